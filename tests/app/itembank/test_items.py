"""Items of the bank: drafted, reviewed by two others, superseded, retired, and what the database refuses."""

import pytest
import sqlalchemy as sa

from tests.factories import itembank as b
from tests.factories.marking import raw


def state_of(item):
    return item["versions"][-1]["state"]


@pytest.mark.parametrize("kind", list(b.CONTENT))
def test_an_item_of_every_kind_is_drafted_and_shown_to_the_item_bank(client, world, version_id, kind):
    item = b.an_item(client, world.alpha, kind=kind)

    shown = client.get(b.at(item, "/content"), headers=world.alpha["auditor"].headers).json()

    assert (item["kind"], state_of(item), item["versions"][0]["unit"]) == (kind, "draft", "U1")
    assert {name: shown["content"][name] for name in b.CONTENT[kind]} == b.CONTENT[kind]
    assert shown["content_sha256"] == item["versions"][0]["content_sha256"]


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("single_choice", {"key": ["a", "b"]}, "key_count"),
        ("single_choice", {"key": ["z"]}, "key_not_an_option"),
        ("single_choice", {"points": 2}, "item_shape"),
        ("single_choice", {"rubric": b.CONTENT["short_answer"]["rubric"]}, "part_of_other_kind"),
        ("single_choice", {"options": {"a": "Same.", "b": "Same."}}, "same_option_twice"),
        ("single_choice", {"key": {"best": "a", "worst": "b"}}, "item_shape"),
        ("multiple_choice", {"key": ["a"]}, "key_count"),
        ("ordering", {"key": ["a", "b"]}, "key_count"),
        ("ordering", {"rule": None}, "item_shape"),
        ("situational_judgement", {"key": {"best": "a", "worst": "a"}}, "key_count"),
        ("situational_judgement", {"key": {"values": ["1", "2", "3"]}}, "effectiveness_count"),
        ("short_answer", {"rubric": []}, "no_rubric"),
        ("short_answer", {"options": {"a": "What?"}}, "part_of_other_kind"),
    ],
)
def test_an_unsound_item_is_refused_with_its_fault(client, world, version_id, kind, content, code):
    answer = b.item_drafted(client, world.alpha, kind=kind, content=content)

    assert answer.status_code == 422
    assert code in [found["code"] for found in answer.json()["findings"]]


def test_an_item_of_another_scheme_is_refused_by_its_element(client, world, version_id):
    answer = b.item_drafted(client, world.alpha, element="OTHER/U1.1")

    assert [found["pointer"] for found in answer.json()["findings"]] == ["/element"]


def test_a_code_is_taken_once(client, world, version_id):
    b.an_item(client, world.alpha)

    assert b.item_drafted(client, world.alpha).json()["code"] == "item_taken"


def test_the_database_holds_no_readable_content(client, world, runtime, version_id):
    item = b.translated(client, world.alpha, b.an_approved_item(client, world.alpha)).json()
    b.variant_judged(client, world.alpha, item)
    secrets = ("Listens", "Escucha", "listening nothing else", "One right answer", "Same meaning")

    with runtime.database.engine.connect() as connection:
        rows = [
            str(row)
            for table in ("item_versions", "item_variants", "item_reviews", "events", "event_openings")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]

    assert rows
    assert [secret for secret in secrets if any(secret in row for row in rows)] == []


def test_who_looked_at_a_content_is_on_record(client, world, runtime, version_id):
    item = b.an_item(client, world.alpha)

    client.get(b.at(item, "/content"), headers=world.alpha["auditor"].headers)

    with runtime.database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT event FROM events WHERE event = 'record.disclosed'").all()
    assert len(found) == 1


def test_an_author_revises_her_own_draft_as_she_saw_it(client, world, version_id):
    item = b.an_item(client, world.alpha)
    wanted = b.version_wanted(content={"stem": "What does a mentor do at once?"})
    author, other = world.alpha["item_writer"].headers, world.alpha["scheme_manager"].headers
    seen = {"If-Match": f'"{item["rev"]}"'}

    by_other = client.put(b.at(item), json=wanted, headers=other | seen)
    revised = client.put(b.at(item), json=wanted, headers=author | seen)
    stale = client.put(b.at(item), json=wanted, headers=author | seen)

    assert (by_other.status_code, by_other.json()["code"]) == (409, "item_not_own_draft")
    assert revised.json()["versions"][0]["content_sha256"] != item["versions"][0]["content_sha256"]
    assert stale.status_code == 412


def test_two_people_approve_an_item_and_one_does_not(client, world, version_id):
    item = b.in_review(client, world.alpha)

    first = b.judged(client, world.alpha, item, "scheme_manager").json()
    second = b.judged(client, world.alpha, item, "impartiality_officer").json()

    assert (state_of(first), state_of(second)) == ("in_review", "approved")
    assert [review["verdict"] for review in second["versions"][0]["reviews"]] == ["accept", "accept"]


def test_the_author_does_not_review_and_nobody_reviews_twice(client, world, version_id):
    item = b.in_review(client, world.alpha)

    own = b.judged(client, world.alpha, item, "item_writer")
    b.judged(client, world.alpha, item, "scheme_manager")
    again = b.judged(client, world.alpha, item, "scheme_manager")

    assert (own.json()["code"], again.json()["code"]) == ("item_own_work", "item_reviewed_already")


def test_an_item_that_a_system_helped_to_write_waits_for_two_people_like_any_other(client, world, version_id):
    item = b.in_review(client, world.alpha, ai_system="Writer 3.1")

    first = b.judged(client, world.alpha, item, "scheme_manager").json()

    assert (first["versions"][0]["ai_system"], state_of(first)) == ("Writer 3.1", "in_review")


def test_a_returned_item_is_a_draft_again_and_earlier_acceptances_do_not_count(client, world, version_id):
    item = b.in_review(client, world.alpha)
    b.judged(client, world.alpha, item, "scheme_manager")
    item = b.judged(client, world.alpha, item, "impartiality_officer", "return").json()

    headers = world.alpha["item_writer"].headers | {"If-Match": f'"{item["rev"]}"'}
    wanted = b.version_wanted(content={"stem": "What comes first?"})
    item = client.put(b.at(item), json=wanted, headers=headers).json()
    item = b.acted(client, world.alpha, item, "/submission").json()
    once = b.judged(client, world.alpha, item, "scheme_manager").json()

    assert (state_of(item), state_of(once)) == ("in_review", "in_review")
    assert state_of(b.judged(client, world.alpha, item, "impartiality_officer").json()) == "approved"


def test_a_verdict_names_the_content_that_was_read(client, world, version_id):
    item = b.in_review(client, world.alpha)

    answer = b.judged(client, world.alpha, item, "scheme_manager", content_sha256="0" * 64)

    assert answer.json()["code"] == "item_content_changed"


def test_a_draft_is_not_reviewed_and_an_approved_version_not_revised(client, world, version_id):
    draft = b.an_item(client, world.alpha)
    approved = b.an_approved_item(client, world.alpha, "B-002")
    headers = world.alpha["item_writer"].headers | {"If-Match": f'"{approved["rev"]}"'}

    reviewed = b.judged(client, world.alpha, draft, "scheme_manager")
    revised = client.put(b.at(approved), json=b.version_wanted(), headers=headers)

    assert {reviewed.json()["code"], revised.json()["code"]} == {"item_move_refused"}


def test_a_change_is_a_new_version_that_supersedes_once_it_is_approved(client, world, version_id):
    item = b.an_approved_item(client, world.alpha)
    headers = world.alpha["item_writer"].headers | {"If-Match": f'"{item["rev"]}"'}
    wanted = b.version_wanted(content={"stem": "What comes first?"})

    item = client.post(f"/v1/items/{item['id']}/versions", json=wanted, headers=headers).json()
    between = [version["state"] for version in item["versions"]]
    item = b.accepted(client, world.alpha, b.acted(client, world.alpha, item, "/submission").json())

    assert between == ["approved", "draft"]
    assert [(v["state"], v["retired_for"]) for v in item["versions"]] == [
        ("retired", "superseded"),
        ("approved", None),
    ]


def test_one_version_is_in_the_making_at_a_time(client, world, version_id):
    item = b.an_item(client, world.alpha)
    headers = world.alpha["item_writer"].headers | {"If-Match": f'"{item["rev"]}"'}

    answer = client.post(f"/v1/items/{item['id']}/versions", json=b.version_wanted(), headers=headers)

    assert answer.json()["code"] == "item_version_open"


def test_an_item_is_retired_with_a_reason_by_who_manages_the_bank(client, world, version_id):
    item = b.an_approved_item(client, world.alpha)
    wanted = {"reason": "outdated", "note": "The law has changed."}

    refused = b.acted(client, world.alpha, item, "/retirement", **wanted)
    superseded = b.acted(
        client, world.alpha, item, "/retirement", "scheme_manager", reason="superseded", note="By hand."
    )
    retired = b.acted(client, world.alpha, item, "/retirement", "scheme_manager", **wanted)

    assert (refused.status_code, superseded.json()["code"]) == (403, "retirement_by_approval_only")
    assert (state_of(retired.json()), retired.json()["versions"][0]["retired_for"]) == ("retired", "outdated")


def test_the_bank_is_searched_by_scheme_unit_and_state(client, world, version_id):
    b.an_item(client, world.alpha)
    approved = b.an_approved_item(client, world.alpha, "B-002", element="SME-BM/U2.1")
    headers = world.alpha["auditor"].headers

    found = client.get("/v1/items?unit=U2&state=approved", headers=headers).json()["items"]
    both = client.get(f"/v1/items?scheme={approved['scheme_id']}&limit=1", headers=headers).json()

    assert [item["code"] for item in found] == ["B-002"]
    assert (len(both["items"]), both["next"] is None) == (1, False)


@pytest.mark.parametrize("role", ["person", "assessor", "administrator", "decision_maker", "client"])
def test_others_see_nothing_of_the_bank(client, world, version_id, role):
    item = b.an_item(client, world.alpha)
    headers = world.alpha[role].headers

    statuses = {
        client.get(path, headers=headers).status_code
        for path in ("/v1/items", f"/v1/items/{item['id']}", b.at(item, "/content"))
    }

    assert statuses == {403}


def test_another_bodys_item_is_not_there(client, world, version_id):
    item = b.an_item(client, world.alpha)

    assert client.get(f"/v1/items/{item['id']}", headers=world.beta["auditor"].headers).status_code == 404


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE item_versions SET content_sha256 = 'x', rev = rev + 1", "ITM-1"),
        ("UPDATE item_versions SET content = 'x', rev = rev + 1", "ITM-1"),
        ("UPDATE item_versions SET state = 'approved', approved_on = '2026-03-02', rev = rev + 1", "ITM-1"),
        ("UPDATE item_reviews SET verdict = 'return', rev = rev + 1", "ITM-1"),
        ("UPDATE bank_items SET code = 'B-009', rev = rev + 1", "ITM-1"),
        ("DELETE FROM item_versions", "REC-1"),
        (
            "INSERT INTO item_reviews (body_id, id, rev, stream, version_id, reviewer_id, content_sha256,"
            " verdict, reasons, given_on) SELECT body_id, stream, rev + 1, stream, id, author_id,"
            " content_sha256, 'accept', 'x', '2026-03-02' FROM item_versions",
            "ITM-1",
        ),
        (
            "INSERT INTO item_versions (body_id, id, rev, stream, number, element, unit, language,"
            " author_id, content_sha256, content, state, approved_on) SELECT body_id, stream, rev + 1,"
            " stream, 2, element, unit, language, author_id, content_sha256, content, 'approved',"
            " '2026-03-02' FROM item_versions",
            "ITM-1",
        ),
    ],
)
def test_the_database_keeps_items_and_reviews(client, world, runtime, version_id, statement, rule):
    b.judged(client, world.alpha, b.in_review(client, world.alpha), "scheme_manager")

    with pytest.raises(sa.exc.IntegrityError, match=rule), raw(runtime) as connection:
        connection.exec_driver_sql(statement)


def test_an_approved_version_is_not_reopened_past_the_service(client, world, runtime, version_id):
    b.an_approved_item(client, world.alpha)

    with pytest.raises(sa.exc.IntegrityError, match="ITM-1"), raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE item_versions SET state = 'draft', rev = rev + 1")
