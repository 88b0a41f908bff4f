"""Items of the bank over HTTP: written by the item writer, reviewed by two others."""

from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.support.world import Tenant

Item = dict[str, Any]
AUTHOR, REVIEWERS = "item_writer", ("scheme_manager", "impartiality_officer")
CONTENT = {
    "single_choice": {
        "stem": "What does a mentor do first?",
        "options": {"a": "Listens.", "b": "Advises.", "c": "Decides.", "d": "Leaves."},
        "key": ["a"],
        "rationale": "Without listening nothing else can be right.",
    },
    "multiple_choice": {
        "stem": "Which TWO belong into the agreement?",
        "options": {"a": "Roles.", "b": "Privacy.", "c": "Profit.", "d": "Hobbies."},
        "key": ["a", "b"],
        "rationale": "The agreement settles how both work together.",
    },
    "ordering": {
        "stem": "Put the steps of a first session in order.",
        "options": {"a": "Agree.", "b": "Listen.", "c": "Close.", "d": "Greet."},
        "key": ["d", "b", "a", "c"],
        "rule": "adjacent_pairs",
        "points": 1,
        "rationale": "One greets before one listens.",
    },
    "situational_judgement": {
        "stem": "The owner cries in the session. What is best, what worst?",
        "options": {"a": "Wait and offer a pause.", "b": "Change the topic.", "c": "End it.", "d": "Laugh."},
        "key": {"best": "a", "worst": "d", "rule": "plain"},
        "points": 2,
        "rationale": "Room first, then the matter.",
    },
    "short_answer": {
        "stem": "Name a risk of this plan and a step against it.",
        "rubric": [
            {"code": "risk", "points": 2, "text": "Names a risk."},
            {"code": "step", "points": 3, "text": "Proposes a step."},
        ],
        "rationale": "A plan without a named risk is a wish.",
    },
}
"""A sound content of every kind."""
TEXTS = {
    "stem": "¿Qué hace primero una persona mentora?",
    "options": {"a": "Escucha.", "b": "Aconseja.", "c": "Decide.", "d": "Se va."},
}


def scheme_id(client: TestClient, tenant: Tenant) -> str:
    found = client.get("/v1/schemes", headers=tenant["person"].headers).json()["items"]
    return str(found[0]["id"])


def version_wanted(kind: str = "single_choice", **changes: Any) -> dict[str, Any]:
    content = CONTENT[kind] | changes.pop("content", {})
    return {"element": "SME-BM/U1.1", "language": "en", "content": content} | changes


def item_drafted(
    client: TestClient, tenant: Tenant, code: str = "B-001", kind: str = "single_choice", **changes: Any
) -> Any:
    wanted = {
        "scheme_id": changes.pop("scheme", None) or scheme_id(client, tenant),
        "code": code,
        "kind": kind,
        "exposure_limit": changes.pop("exposure_limit", None),
        "version": version_wanted(kind, **changes),
    }
    return client.post("/v1/items", json=wanted, headers=tenant[AUTHOR].headers)


def an_item(client: TestClient, tenant: Tenant, code: str = "B-001", **changes: Any) -> Item:
    """An item as it is drafted."""
    answer = item_drafted(client, tenant, code, **changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def at(item: Item, tail: str = "") -> str:
    """The address of its newest version."""
    return f"/v1/items/{item['id']}/versions/{item['versions'][-1]['id']}{tail}"


def acted(client: TestClient, tenant: Tenant, item: Item, tail: str, who: str = AUTHOR, **wanted: Any) -> Any:
    """Do something to the newest version as it was seen last."""
    headers = tenant[who].headers | {"If-Match": f'"{item["rev"]}"'}
    return client.post(at(item, tail), json=wanted or None, headers=headers)


def in_review(client: TestClient, tenant: Tenant, code: str = "B-001", **changes: Any) -> Item:
    answer = acted(client, tenant, an_item(client, tenant, code, **changes), "/submission")
    assert answer.status_code == 200, answer.text
    return answer.json()


def judged(
    client: TestClient,
    tenant: Tenant,
    item: Item,
    who: str,
    verdict: str = "accept",
    **changes: Any,
) -> Any:
    wanted = {
        "content_sha256": item["versions"][-1]["content_sha256"],
        "verdict": verdict,
        "reasons": "One right answer.",
    }
    return acted(client, tenant, item, "/reviews", who, **(wanted | changes))


def accepted(client: TestClient, tenant: Tenant, item: Item) -> Item:
    for who in REVIEWERS:
        answer = judged(client, tenant, item, who)
        assert answer.status_code == 201, answer.text
    return answer.json()


def an_approved_item(client: TestClient, tenant: Tenant, code: str = "B-001", **changes: Any) -> Item:
    return accepted(client, tenant, in_review(client, tenant, code, **changes))


def translated(client: TestClient, tenant: Tenant, item: Item, who: str = AUTHOR, **texts: Any) -> Any:
    wanted = {"language": "es", "texts": TEXTS | texts}
    return client.post(at(item, "/variants"), json=wanted, headers=tenant[who].headers)


def variant_judged(
    client: TestClient,
    tenant: Tenant,
    item: Item,
    who: str = "scheme_manager",
    verdict: str = "accept",
) -> Any:
    """Judge the newest translation of the newest version."""
    variant = item["versions"][-1]["variants"][-1]
    wanted = {"content_sha256": variant["content_sha256"], "verdict": verdict, "findings": "Same meaning."}
    path = f"/v1/items/{item['id']}/variants/{variant['id']}/review"
    return client.post(path, json=wanted, headers=tenant[who].headers)


def item_read(client: TestClient, tenant: Tenant, item_id: str | UUID) -> Item:
    return client.get(f"/v1/items/{item_id}", headers=tenant["auditor"].headers).json()
