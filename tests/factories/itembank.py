"""Items of the bank over HTTP: written by the item writer, reviewed by two others."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from app.audit.events import Event
from app.core.ids import new_id
from app.core.paging import Window
from app.itembank.queries import bank
from app.itembank.queries.bank import Chosen
from app.itembank.rules.items import ItemState, ItemVerdict, VariantState
from app.itembank.service.contents import seal, seal_text
from app.itembank.tables import BankItemRow, ItemReviewRow, ItemVariantRow, ItemVersionRow
from app.jobs.running import drain
from app.work import Caller, Work
from app.worker import HANDLERS
from assessments.forms import ItemKind
from assessments.results import rounded
from tests.factories.marking import form_document
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


BLUEPRINT = {"U1": 8, "U2": 7, "U3": 8, "U4": 14, "U5": 7, "U6": 5, "U7": 6, "U8": 5}
"""What a form of F1 takes of each unit of SME-BM."""


def a_bank(
    caller: Caller,
    tenant: Tenant,
    scheme: str,
    counts: dict[str, int],
    kinds: Sequence[str] = ("single_choice",),
    limits: dict[str, int] | None = None,
) -> None:
    """Approved items by unit (B-101, B-102, … of U1), their kinds in turn; limits of exposure by code."""
    caller.write(_fill, tenant, UUID(scheme), counts, kinds=kinds, limits=limits or {})


def _fill(
    work: Work,
    tenant: Tenant,
    scheme: UUID,
    counts: dict[str, int],
    *,
    kinds: Sequence[str],
    limits: dict[str, int],
) -> None:
    work.require_system()
    author, *reviewers = (tenant[name].person_id for name in (AUTHOR, *REVIEWERS))
    placed = [(unit, number) for unit, count in counts.items() for number in range(1, count + 1)]
    items = [
        BankItemRow(
            body_id=work.body_id,
            scheme_id=scheme,
            code=(code := f"B-{unit[1:]}{number:02d}"),
            exposure_limit=limits.get(code),
            kind=ItemKind(kinds[place % len(kinds)]),
        )
        for place, (unit, number) in enumerate(placed)
    ]
    _keep(work, items)
    versions = [_a_version(work, item, unit, author) for item, (unit, _) in zip(items, placed, strict=True)]
    _keep(work, versions)
    for version in versions:
        version.state = ItemState.IN_REVIEW
    _keep(work, versions)
    _keep(work, [_an_acceptance(work, version, one) for version in versions for one in reviewers])
    for item, version in zip(items, versions, strict=True):
        version.state, version.approved_on = ItemState.APPROVED, work.today
        work.session.add(version)
        work.record(Event.ITEM_REVIEWED, item)


def a_spanish_bank(caller: Caller, tenant: Tenant, *, but: Sequence[str] = ()) -> None:
    """Reviewed Spanish variants of all approved items, but of those with these codes."""
    caller.write(_translate, tenant, but)


def _translate(work: Work, tenant: Tenant, but: Sequence[str]) -> None:
    work.require_system()
    schemes = {item.scheme_id for item in bank.items(work, Window(limit=1), Chosen()).items}
    for scheme in schemes:
        for item, version in bank.approved_versions(work, scheme):
            if item.code not in but:
                _a_variant(work, item, version, tenant)


def _a_variant(work: Work, item: BankItemRow, version: ItemVersionRow, tenant: Tenant) -> None:
    row_id, content = new_id(), CONTENT[item.kind.value]
    texts = {
        "stem": f"De {item.code}?",
        "options": {letter: f"Opción {letter}." for letter in content.get("options", {})},
        "rubric": {line["code"]: "Lo dice." for line in content.get("rubric", [])},
    }
    sealed = seal(work, "item_variants", row_id, texts)
    row = ItemVariantRow(
        body_id=work.body_id,
        id=row_id,
        stream=item.id,
        version_id=version.id,
        language="es",
        translated_by=tenant[AUTHOR].person_id,
        content=sealed.envelope,
        content_sha256=sealed.sha256,
    )
    _keep(work, [row])
    row.state, row.reviewed_by, row.reviewed_on = (
        VariantState.REVIEWED,
        tenant[REVIEWERS[0]].person_id,
        work.today,
    )
    row.findings = seal_text(work, "item_variants", row_id, "Same meaning.")
    _keep(work, [row])
    work.record(Event.ITEM_TRANSLATION_REVIEWED, item)


def _keep(work: Work, rows: Sequence[object]) -> None:
    for row in rows:
        work.session.add(row)
    work.session.flush()


def _a_version(work: Work, item: BankItemRow, unit: str, author: UUID | None) -> ItemVersionRow:
    nothing = {"options": {}, "key": [], "rule": None, "points": None, "rubric": []}
    content = nothing | CONTENT[item.kind.value] | {"stem": f"Of {item.code}?"}
    version_id = new_id()
    sealed = seal(work, "item_versions", version_id, content)
    return ItemVersionRow(
        body_id=work.body_id,
        id=version_id,
        stream=item.id,
        number=1,
        element=f"SME-BM/{unit}.1",
        unit=unit,
        language="en",
        seconds=60,
        author_id=author,
        content=sealed.envelope,
        content_sha256=sealed.sha256,
    )


def _an_acceptance(work: Work, version: ItemVersionRow, reviewer: UUID | None) -> ItemReviewRow:
    row_id = new_id()
    return ItemReviewRow(
        body_id=work.body_id,
        id=row_id,
        stream=version.stream,
        version_id=version.id,
        reviewer_id=reviewer,
        content_sha256=version.content_sha256,
        verdict=ItemVerdict.ACCEPT,
        reasons=seal_text(work, "item_reviews", row_id, "Sound."),
        given_on=work.today,
    )


def assembly_asked(
    client: TestClient, tenant: Tenant, version_id: UUID, who: str = "scheme_manager", **changes: Any
) -> Any:
    wanted = {
        "scheme_version_id": str(version_id),
        "component": "F1",
        "language": "en",
        "title": "Knowledge",
        "codes": ["SME-BM-F1-B"],
    }
    return client.post("/v1/form-assemblies", json=wanted | changes, headers=tenant[who].headers)


def assembled(client: TestClient, tenant: Tenant, version_id: UUID, **changes: Any) -> dict[str, Any]:
    """Ask for forms, let the service look for them, and return what came of it."""
    asked = assembly_asked(client, tenant, version_id, **changes)
    assert asked.status_code == 201, asked.text
    done = drain(client.app.state.runtime, HANDLERS)  # type: ignore[attr-defined] # an ASGI app to the client's type
    assert done.failures == (), done
    path = f"/v1/form-assemblies/{asked.json()['id']}"
    return client.get(path, headers=tenant["auditor"].headers).json()


def content_of(client: TestClient, tenant: Tenant, form_id: str) -> dict[str, Any]:
    return client.get(f"/v1/forms/{form_id}/content", headers=tenant["auditor"].headers).json()


def a_study(client: TestClient, tenant: Tenant, form_id: str) -> dict[str, Any]:
    """A study of a form: every judge expects 60, 70 and 80 of 100 of every item at the three levels."""
    items = content_of(client, tenant, form_id)["items"]
    points = sum(item["points"] for item in items)
    panel = [{"judge": f"J{n}", "role": "Mentor", "conflicts": "none"} for n in range(1, 6)]
    levels = []
    for level, expected in ((3, 60), (4, 70), (5, 80)):
        exact = Fraction(points * expected, 100)
        levels.append(
            {
                "level": level,
                "minimally_competent": "Knows what to do in the usual case.",
                "mean": str(rounded(exact)),
                "sd": "0.000000",
                "se": "0.000000",
                "cut": -(-exact.numerator // exact.denominator),
                "ratings": {item["code"]: [expected] * 5 for item in items},
            }
        )
    return form_document()["study"] | {"form_version": 1, "panel": panel, "levels": levels, "rounding": "up"}


def with_study(client: TestClient, tenant: Tenant, form_id: str) -> dict[str, Any]:
    headers = tenant["scheme_manager"].headers
    rev = client.get(f"/v1/forms/{form_id}", headers=headers).headers["etag"]
    wanted = {"study": a_study(client, tenant, form_id)}
    answer = client.post(f"/v1/forms/{form_id}/study", json=wanted, headers=headers | {"If-Match": rev})
    assert answer.status_code == 201, answer.text
    return answer.json()


def approved(client: TestClient, tenant: Tenant, form_id: str) -> Any:
    headers = tenant["impartiality_officer"].headers
    rev = client.get(f"/v1/forms/{form_id}", headers=headers).headers["etag"]
    return client.post(f"/v1/forms/{form_id}/approval", headers=headers | {"If-Match": rev})


def an_approved_form_of(
    client: TestClient, system: Caller, tenant: Tenant, version_id: UUID, kinds: Sequence[str]
) -> str:
    """A form of F1 out of items of these kinds in turn, rated and approved."""
    a_bank(system, tenant, scheme_id(client, tenant), BLUEPRINT, kinds=kinds)
    [form_id] = assembled(client, tenant, version_id)["forms"]
    with_study(client, tenant, form_id)
    answer = approved(client, tenant, form_id)
    assert answer.status_code == 200, answer.text
    return str(form_id)


ANSWERS: dict[str, Any] = {
    "single_choice": ["a"],
    "multiple_choice": ["a", "b"],
    "ordering": ["d", "b", "c", "a"],
    "situational_judgement": {"best": "a", "worst": "d"},
    "short_answer": "Money may run out; he asks the bank early.",
}
"""What a candidate answers to an item of `CONTENT`: all right, but of the order one pair of three."""


def answered(client: TestClient, tenant: Tenant, form_id: str) -> dict[str, Any]:
    """The answers to a form's items, by code."""
    return {item["code"]: ANSWERS[item["kind"]] for item in content_of(client, tenant, form_id)["items"]}
