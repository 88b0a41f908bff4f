import copy

import pytest
import sqlalchemy as sa

from tests.factories import marking as a


def drafted(client, world, version_id, document=None, who="scheme_manager"):
    return client.post(
        "/v1/forms",
        json={"scheme_version_id": str(version_id), "document": document or a.form_document()},
        headers=world.alpha[who].headers,
    )


def test_a_form_is_drafted_and_listed_without_its_items(client, world, version_id):
    form = drafted(client, world, version_id)

    headers = world.alpha["scheme_manager"].headers
    listed = client.get("/v1/forms", headers=headers)

    assert (form.status_code, form.json()["state"], form.json()["item_count"]) == (201, "draft", 60)
    assert [item["id"] for item in listed.json()["items"]] == [form.json()["id"]]
    read = client.get(f"/v1/forms/{form.json()['id']}", headers=headers).json()
    assert read["blueprint"]["U4"] == 14
    assert "stem" not in listed.text + str(read)


def test_a_faulty_form_is_refused_with_each_place(client, world, version_id):
    document = copy.deepcopy(a.form_document())
    document["study"]["levels"][0]["cut"] = 20

    answer = drafted(client, world, version_id, document)

    assert answer.status_code == 422
    assert [(item["pointer"], item["code"]) for item in answer.json()["findings"]] == [
        ("/study/levels/0/cut", "not_as_rated")
    ]
    assert client.get("/v1/forms", headers=world.alpha["auditor"].headers).json()["items"] == []


@pytest.mark.parametrize("document", [{"title": 1.5}, {"form": "X"}, {"ítems": []}])
def test_what_is_no_form_at_all_is_refused(client, world, version_id, document):
    assert drafted(client, world, version_id, document).status_code == 422


def test_a_form_of_an_unknown_version_or_component_is_not_found(client, world, version_id):
    elsewhere = drafted(client, world, world.alpha.body_id)
    component = drafted(client, world, version_id, {**a.form_document(), "component": "F9"})

    assert (elsewhere.status_code, component.status_code) == (404, 404)


def test_a_form_is_taken_in_once(client, world, version_id):
    drafted(client, world, version_id)

    assert drafted(client, world, version_id).json()["code"] == "form_taken"


def test_only_who_manages_the_item_bank_drafts(client, world, version_id):
    assert drafted(client, world, version_id, who="assessor").status_code == 403


def test_the_drafter_does_not_approve(client, world, version_id):
    form = drafted(client, world, version_id)

    answer = client.post(
        f"/v1/forms/{form.json()['id']}/approval",
        headers={**world.alpha["scheme_manager"].headers, "If-Match": form.headers["etag"]},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "form_own_draft")


def test_approval_needs_the_version_seen_and_happens_once(client, world, version_id):
    form = a.an_approved_form(client, world, version_id)
    headers = world.alpha["impartiality_officer"].headers

    bare = client.post(f"/v1/forms/{form['id']}/approval", headers=headers)
    again = client.post(
        f"/v1/forms/{form['id']}/approval", headers={**headers, "If-Match": f'"{form["rev"]}"'}
    )

    assert form["state"] == "approved"
    assert (bare.status_code, again.status_code, again.json()["code"]) == (428, 409, "form_move_refused")


def test_items_and_keys_are_disclosed_to_the_item_bank_only(client, world, version_id):
    form = drafted(client, world, version_id).json()

    content = client.get(f"/v1/forms/{form['id']}/content", headers=world.alpha["auditor"].headers)
    refused = [
        client.get(f"/v1/forms/{form['id']}/content", headers=world.alpha[name].headers).status_code
        for name in ("person", "assessor", "administrator", "decision_maker", "client")
    ]

    assert len(content.json()["items"]) == 60
    assert content.json()["items"][0]["key"] == ["b"]
    assert len(content.json()["study"]["ratings"]["3"]) == 60
    assert refused == [403] * 5
    assert client.get(f"/v1/forms/{form['id']}", headers=world.beta["auditor"].headers).status_code == 404


def test_a_disclosure_leaves_its_event(client, world, runtime, version_id):
    form = drafted(client, world, version_id).json()

    client.get(f"/v1/forms/{form['id']}/content", headers=world.alpha["auditor"].headers)

    with runtime.database.engine.connect() as connection:
        events = connection.exec_driver_sql("SELECT event FROM events WHERE event = 'record.disclosed'").all()
    assert len(events) == 1


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE forms SET minutes = 120, rev = rev + 1", "EXM-3"),
        ("UPDATE form_items SET key = '[\"a\"]', rev = rev + 1", "EXM-5"),
        ("UPDATE standard_setting_studies SET rounding = 'down', rev = rev + 1", "EXM-3"),
        (
            "INSERT INTO form_items (body_id, id, rev, stream, place, code, version, unit, element, kind,"
            " stem, options, key, rationale) SELECT body_id, stream, rev + 5, stream, 61, 'K-061', 1, 'U1',"
            " element, kind, 'x', options, key, 'x' FROM form_items WHERE place = 1",
            "EXM-5",
        ),
        ("DELETE FROM form_items", "REC-1"),
    ],
)
def test_the_database_keeps_an_approved_form(client, world, runtime, version_id, statement, rule):
    a.an_approved_form(client, world, version_id)

    with pytest.raises(sa.exc.IntegrityError, match=rule), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)
