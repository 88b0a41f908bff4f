"""Items that come in as drafts out of a QTI package, and go out with every access on record."""

from dataclasses import replace

import pytest

from app.itembank.qti.package import pack, unpack
from tests.factories import itembank as b
from tests.factories.qti import A_CHOICE, a_package, an_item


@pytest.fixture
def scheme(client, world, version_id):
    return b.scheme_id(client, world.alpha)


def brought(client, world, scheme, content, who="item_writer", **query):
    return client.post(
        f"/v1/schemes/{scheme}/items/import",
        params=query,
        files={"file": ("items.zip", content)},
        headers=world.alpha[who].headers,
    )


def handed_out(client, world, scheme, who="scheme_manager", **query):
    return client.get(f"/v1/schemes/{scheme}/items/export", params=query, headers=world.alpha[who].headers)


def codes(client, world):
    listed = client.get("/v1/items", headers=world.alpha["auditor"].headers).json()["items"]
    return [item["code"] for item in listed]


def renamed(content, **names):
    """The items of a package under other codes."""
    return pack([replace(one.item, identifier=names[one.item.identifier]) for one in unpack(content)])


FOREIGN = {"prefix": "IMP", "element": "SME-BM/U1.1", "language": "en", "rationale": "One listens first."}


def test_what_is_handed_out_comes_in_as_the_same_content(client, world, scheme):
    written = b.an_approved_item(client, world.alpha, "B-001", seconds=45, cognitive_level="apply")
    package = renamed(handed_out(client, world, scheme).content, **{"B-001": "B-901"})

    answer = brought(client, world, scheme, package)

    assert (answer.status_code, answer.json()["drafted"]) == (200, 1)
    [brought_in] = client.get(
        "/v1/items", params={"state": "draft"}, headers=world.alpha["auditor"].headers
    ).json()["items"]
    [was], [now] = written["versions"], brought_in["versions"]
    same = ("element", "unit", "cognitive_level", "language", "seconds", "ai_system", "content_sha256")
    assert {name: now[name] for name in same} == {name: was[name] for name in same}
    assert now["author_id"] == str(world.alpha["item_writer"].person_id)


def test_each_item_handed_out_is_on_record(client, world, runtime, scheme):
    b.an_approved_item(client, world.alpha, "B-001")
    b.an_item(client, world.alpha, "B-002")

    answer = handed_out(client, world, scheme)

    assert [one.item.identifier for one in unpack(answer.content)] == ["B-001"]
    with runtime.database.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT body FROM events WHERE event = 'record.disclosed'").all()
    assert len(told) == 1
    assert answer.headers["etag"].strip('"') in bytes(told[0][0]).decode()


def test_a_package_holds_the_unit_that_was_asked_for_and_is_never_empty(client, world, scheme):
    b.an_approved_item(client, world.alpha, "B-001")

    assert handed_out(client, world, scheme, unit="U1").status_code == 200
    assert handed_out(client, world, scheme, unit="U2").json()["code"] == "items_not_exported"


def test_a_dry_run_tells_of_each_item_and_drafts_none(client, world, scheme):
    strange = A_CHOICE.replace("<p>Read this.</p>", '<p><img src="a.png"/></p>')
    other = '<resource identifier="test" type="imsqti_test_xmlv3p0" href="test.xml"/>'
    package = a_package({"q1": A_CHOICE, "q2": strange}, more=other)

    answer = brought(client, world, scheme, package, dry_run=True, **FOREIGN).json()

    assert [(row["resource"], row["code"], row["outcome"]) for row in answer["rows"]] == [
        ("q1", "IMP-001", "drafted"),
        ("q2", None, "refused"),
        ("test", None, "left_out"),
    ]
    assert answer["rows"][1]["findings"][0]["message"] == "img is more than text."
    assert (answer["is_dry_run"], answer["drafted"], codes(client, world)) == (True, 0, [])


def test_one_item_that_is_not_understood_keeps_all_out(client, world, scheme):
    package = a_package({"q1": A_CHOICE, "q2": A_CHOICE.replace("match_correct", "of_its_own")})

    answer = brought(client, world, scheme, package, **FOREIGN)

    assert (answer.status_code, answer.json()["code"]) == (422, "items_import_refused")
    assert [(found["pointer"], found["code"]) for found in answer.json()["findings"]] == [
        ("/items/q2/qti-response-processing", "scoring_not_understood")
    ]
    assert codes(client, world) == []


def test_items_of_other_systems_come_in_under_codes_of_the_bank(client, world, scheme):
    package = a_package({"q1": A_CHOICE, "q2": A_CHOICE})

    assert brought(client, world, scheme, package, **FOREIGN).json()["drafted"] == 2
    assert codes(client, world) == ["IMP-001", "IMP-002"]


def test_what_an_item_does_not_say_is_asked_for(client, world, scheme):
    answer = brought(client, world, scheme, a_package({"q1": A_CHOICE}))

    assert {found["pointer"] for found in answer.json()["findings"]} == {
        "/items/q1/code",
        "/items/q1/version/element",
        "/items/q1/version/content/rationale",
    }


def test_a_code_comes_in_once(client, world, scheme):
    b.an_approved_item(client, world.alpha, "B-001")
    package = handed_out(client, world, scheme).content
    twice = a_package({"q1": an_item("B-002"), "q2": an_item("B-002")})

    for content in (package, twice):
        answer = brought(client, world, scheme, content, **FOREIGN)
        assert [found["code"] for found in answer.json()["findings"]] == ["item_taken"]


def test_an_item_of_another_scheme_is_refused(client, world, scheme):
    answer = brought(
        client, world, scheme, a_package({"q1": A_CHOICE}), **FOREIGN | {"element": "OTHER/U1.1"}
    )

    assert [found["code"] for found in answer.json()["findings"]] == ["element_unknown"]


def test_what_is_no_package_is_refused(client, world, scheme):
    answer = brought(client, world, scheme, b"no zip")

    assert (answer.status_code, answer.json()["code"]) == (422, "items_package_refused")


def test_authors_bring_items_in_and_only_who_manages_the_bank_hands_them_out(client, world, scheme):
    package = a_package({"q1": A_CHOICE})

    assert brought(client, world, scheme, package, "auditor", **FOREIGN).status_code == 403
    assert handed_out(client, world, scheme, "item_writer").status_code == 403
    assert (
        client.get(
            f"/v1/schemes/{scheme}/items/export", headers=world.beta["scheme_manager"].headers
        ).status_code
        == 404
    )
