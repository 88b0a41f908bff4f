"""What a body makes public before anybody may apply; without it nothing goes live (PUB-4)."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.audit import guards
from app.bodies.rules import DocumentKind, ensure_documents, missing_documents
from app.core.database import refused_by
from app.core.errors import Conflict
from app.demo.content import documents
from app.work import Runtime
from tests.factories import marking as a
from tests.factories.practice import at_once
from tests.factories.schemes import a_draft
from tests.factories.versions import moved_on
from tests.support.counting import events, rows
from tests.support.world import Tenant, World, make_tenant

PAGE = "/public/v1/bodies/alpha/documents"
APPEALS = {
    "kind": "appeals_process",
    "texts": {"en": "Whoever disagrees may appeal; people who took no part in it decide again."},
}


@pytest.fixture
def gamma(runtime: Runtime) -> Tenant:
    """A body that has not made anything public yet."""
    return make_tenant(runtime, "gamma", has_documents=False)


def published(
    client: TestClient, tenant: Tenant, document: dict[str, Any], who: str = "administrator"
) -> Any:
    return client.post("/v1/body/documents", json=document, headers=tenant[who].headers)


def test_a_kind_is_missing_until_it_is_public() -> None:
    assert missing_documents(()) == tuple(DocumentKind)
    for kind in DocumentKind:
        others = set(DocumentKind) - {kind}
        assert missing_documents(others) == (kind,)
        with pytest.raises(Conflict, match="documents_missing"):
            ensure_documents(others)
    ensure_documents(set(DocumentKind))


def test_the_example_documents_are_all_there_is_in_both_languages() -> None:
    assert [document["kind"] for document in documents()] == [str(kind) for kind in DocumentKind]
    assert {frozenset(document["texts"]) for document in documents()} == {frozenset({"en", "es"})}


@pytest.mark.parametrize("who", ["administrator", "scheme_manager"])
def test_the_newest_version_stands_and_earlier_ones_stay(
    who: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    before = client.get(PAGE).json()
    answer = published(client, world.alpha, APPEALS, who)
    assert answer.status_code == 201, answer.text

    after = client.get(PAGE).json()
    newest, first, third = (
        client.get(f"{PAGE}/appeals_process", params=query) for query in ({}, {"version": 1}, {"version": 3})
    )

    assert (before["missing"], after["missing"]) == ([], [])
    assert [item["version"] for item in after["items"]] == [1, 1, 2, 1, 1, 1]
    assert (newest.json()["version"], newest.json()["texts"]) == (2, APPEALS["texts"])
    assert first.json() == before["items"][2]
    assert third.status_code == 404
    [event] = [row for row in events(runtime, "body_document.published") if b'"version":2' in bytes(row.body)]
    assert b"appeals_process" in bytes(event.body)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "price_list"}, "input_refused"),
        ({"texts": {}}, "input_refused"),
        ({"texts": {"en": "Too short."}}, "input_refused"),
        ({"texts": {"english": APPEALS["texts"]["en"]}}, "input_refused"),
        ({"texts": {"en": "\x00" + APPEALS["texts"]["en"]}}, "input_refused"),
        ({"texts": {"es": APPEALS["texts"]["en"]}}, "own_language_missing"),
    ],
)
def test_what_is_no_document_is_refused(
    changes: dict[str, Any], code: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    before = len(rows(runtime, "body_documents"))

    answer = published(client, world.alpha, APPEALS | changes)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert len(rows(runtime, "body_documents")) == before


def test_others_do_not_publish_for_the_body(client: TestClient, world: World) -> None:
    for who in ("person", "auditor", "decision_maker", "client"):
        assert published(client, world.alpha, APPEALS, who).status_code == 403, who


def test_two_at_once_become_two_versions(client: TestClient, world: World, runtime: Runtime) -> None:
    statuses = at_once(lambda: published(client, world.alpha, APPEALS), 2)

    assert statuses == [201, 201]
    kept = rows(runtime, "body_documents", body_id=world.alpha.body_id, kind="appeals_process")
    assert sorted(row.version for row in kept) == [1, 2, 3]


@pytest.mark.parametrize("path", ["", "/appeals_process"])
def test_bodies_do_not_show_each_others_documents(
    path: str, client: TestClient, world: World, gamma: Tenant
) -> None:
    published(client, world.alpha, APPEALS)

    assert client.get(f"/public/v1/bodies/beta/documents{path}").json() != client.get(f"{PAGE}{path}").json()
    assert client.get("/public/v1/bodies/gamma/documents/appeals_process").status_code == 404
    assert client.get("/public/v1/bodies/gamma/documents").json()["missing"] == [*map(str, DocumentKind)]
    assert client.get("/public/v1/bodies/nobody/documents").status_code == 404
    assert client.get(f"{PAGE}/price_list").status_code == 404


@pytest.mark.parametrize(
    ("missing", "step"),
    [*((kind, "publication") for kind in DocumentKind), (DocumentKind.APPEALS_PROCESS, "pilot")],
)
def test_no_version_goes_live_while_one_document_is_missing(
    missing: DocumentKind, step: str, client: TestClient, world: World, gamma: Tenant
) -> None:
    version = a_draft(client, gamma)
    by_kind = {document["kind"]: document for document in documents()}
    for kind in by_kind.keys() - {str(missing)}:
        published(client, gamma, by_kind[kind])

    refused = moved_on(client, gamma, version, step)
    published(client, gamma, by_kind[missing])
    done = moved_on(client, gamma, version, step)

    assert (refused.status_code, refused.json()["code"]) == (409, "documents_missing")
    assert refused.json()["facts"]["documents"] == [missing]
    assert done.status_code == 200, done.text


def test_nobody_applies_to_a_body_that_published_its_scheme_before_its_documents(
    client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    application = {
        "scheme_version_id": str(version_id), "level": 3, "phases": ["growth"], "endorsements": [],
        "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1, "accommodation": {"asked": "none"},
    }  # fmt: skip
    with a.raw(runtime) as connection:
        guards.drop(connection)
        connection.exec_driver_sql("DELETE FROM body_documents WHERE kind = 'complaints_process'")

    answer = client.post("/v1/me/cases", json=application, headers=world.alpha["person"].headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "documents_missing")
    assert answer.json()["facts"]["documents"] == ["complaints_process"]


RAW = {
    "a document changed": "UPDATE body_documents SET rev = rev + 1, texts = '{}'",
    "a version left out": "INSERT INTO body_documents (body_id, id, rev, kind, version, texts, published_on)"
    " SELECT body_id, body_id, rev + 1, kind, version + 2, texts, published_on FROM body_documents"
    " WHERE kind = 'appeals_process'",
    "a scheme gone live": "UPDATE scheme_versions SET rev = rev + 1, state = 'published',"
    " published_on = '2026-03-02'",
}


@pytest.mark.parametrize("what", RAW)
def test_the_database_keeps_documents_and_lets_nothing_live_without(
    what: str, client: TestClient, world: World, runtime: Runtime, gamma: Tenant
) -> None:
    a_draft(client, gamma)

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(RAW[what])

    assert refused_by(refused.value) == "PUB-4"
