"""Forms put together from the bank: by the blueprint, parallel, or with the reason why there are none."""

import pytest
import sqlalchemy as sa

from app.jobs.running import drain
from app.worker import HANDLERS
from tests.factories import itembank as b
from tests.factories.marking import raw

ENOUGH = {unit: 2 * count for unit, count in b.BLUEPRINT.items()}


@pytest.fixture
def scheme(client, world, version_id):
    return b.scheme_id(client, world.alpha)


def codes(client, world, form_id):
    return [item["code"] for item in b.content_of(client, world.alpha, form_id)["items"]]


def form(client, world, form_id):
    return client.get(f"/v1/forms/{form_id}", headers=world.alpha["auditor"].headers).json()


def test_parallel_forms_meet_the_blueprint_and_share_nothing(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, ENOUGH)

    made = b.assembled(client, world.alpha, version_id, codes=["F-B", "F-C"])

    first, second = (codes(client, world, form_id) for form_id in made["forms"])
    assert (made["state"], made["outcome"]["proven"], len(first), len(second)) == ("done", True, 60, 60)
    assert set(first) & set(second) == set()
    head = form(client, world, made["forms"][0])
    assert (head["state"], head["blueprint"], head["assembly_id"]) == ("draft", b.BLUEPRINT, made["id"])
    assert head["drafted_by"] == str(world.alpha["scheme_manager"].person_id)


def test_rules_that_no_form_obeys_are_told_with_the_shortage(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT | {"U4": 13})

    made = b.assembled(client, world.alpha, version_id)

    assert (made["state"], made["forms"], made["outcome"]["code"]) == ("refused", [], "no_form")
    assert made["outcome"]["facts"]["shortages"] == [["U4", None, 14, 13]]


def test_an_item_that_must_be_taken_and_is_not_there_is_named(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)

    made = b.assembled(client, world.alpha, version_id, required=["B-999"])

    assert (made["outcome"]["code"], made["outcome"]["facts"]["item"]) == ("unknown_item", "B-999")


def test_a_new_form_repeats_only_so_many_items_of_an_earlier_one(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, ENOUGH)
    [earlier] = b.assembled(client, world.alpha, version_id)["forms"]

    [later] = b.assembled(
        client, world.alpha, version_id, codes=["F-C"], earlier_forms=[earlier], most_of_earlier=5
    )["forms"]

    assert len(set(codes(client, world, earlier)) & set(codes(client, world, later))) <= 5


def test_items_that_exclude_each_other_do_not_meet(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT | {"U1": 9})

    [made] = b.assembled(client, world.alpha, version_id, enemies=[["B-101", "B-102"]])["forms"]

    assert len({"B-101", "B-102"} & set(codes(client, world, made))) <= 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"component": "F2"}, "blueprint_unknown"),
        ({"language": "fr"}, "language_not_offered"),
        ({"codes": ["F-B", "F-B"]}, "form_code_repeated"),
        ({"earlier_forms": ["01890000-0000-7000-8000-00000000dead"]}, "earlier_form_unknown"),
        ({"cognitive_levels": {"U1": {"apply": 3}}}, "levels_do_not_add_up"),
    ],
)
def test_what_can_be_told_at_once_is_refused_at_once(client, world, version_id, changes, code):
    assert b.assembly_asked(client, world.alpha, version_id, **changes).json()["code"] == code


def test_an_item_seen_too_often_leaves_new_forms_until_that_was_reviewed(
    client, world, system, runtime, version_id, scheme
):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT | {"U1": 9}, limits={"B-101": 1})
    [form_id] = b.assembled(client, world.alpha, version_id, required=["B-101"])["forms"]
    with raw(runtime) as connection:
        connection.exec_driver_sql(
            "INSERT INTO form_exposures (body_id, id, form_id, attempt_id, seen_on)"
            " SELECT body_id, id, id, id, '2026-03-02' FROM forms"
        )

    worn = b.assembled(client, world.alpha, version_id, codes=["F-C"])["forms"]
    listed = client.get("/v1/items?unit=U1", headers=world.alpha["auditor"].headers).json()["items"]
    [item] = [item for item in listed if item["code"] == "B-101"]
    cleared = client.post(
        f"/v1/items/{item['id']}/exposure-review",
        json={"note": "As hard as ever."},
        headers=world.alpha["scheme_manager"].headers | {"If-Match": f'"{item["rev"]}"'},
    )
    again = b.assembled(client, world.alpha, version_id, codes=["F-D"], required=["B-101"])

    assert "B-101" not in codes(client, world, worn[0])
    assert (item["exposures"], item["is_overexposed"]) == (1, True)
    assert (cleared.json()["is_overexposed"], again["state"]) == (False, "done")
    assert form_id in item["forms"]


def test_forms_are_matched_by_what_panels_expected(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, ENOUGH)
    [first] = b.assembled(client, world.alpha, version_id)["forms"]
    b.with_study(client, world.alpha, first)
    b.approved(client, world.alpha, first)

    made = b.assembled(client, world.alpha, version_id, codes=["F-C", "F-D"])

    assert [warning["code"] for warning in made["outcome"]["warnings"]] == ["no_statistic"]


def test_a_form_from_the_bank_is_approved_with_a_study_of_its_own(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT, kinds=list(b.CONTENT))
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]

    bare = b.approved(client, world.alpha, form_id)
    b.with_study(client, world.alpha, form_id)
    approved = b.approved(client, world.alpha, form_id)

    assert (bare.json()["code"], approved.json()["state"]) == ("study_missing", "approved")


def test_a_study_that_does_not_fit_the_form_is_refused_with_each_place(
    client, world, system, version_id, scheme
):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT, kinds=list(b.CONTENT))
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    study = b.a_study(client, world.alpha, form_id)
    study["levels"][0]["cut"] -= 1
    headers = world.alpha["scheme_manager"].headers
    rev = client.get(f"/v1/forms/{form_id}", headers=headers).headers["etag"]

    answer = client.post(
        f"/v1/forms/{form_id}/study", json={"study": study}, headers=headers | {"If-Match": rev}
    )

    assert [found["pointer"] for found in answer.json()["findings"]] == ["/study/levels/0/cut"]


def test_a_form_has_one_study(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    rev = b.with_study(client, world.alpha, form_id)["rev"]

    answer = client.post(
        f"/v1/forms/{form_id}/study",
        json={"study": {}},
        headers=world.alpha["scheme_manager"].headers | {"If-Match": f'"{rev}"'},
    )

    assert answer.json()["code"] == "study_taken"


def test_a_form_with_a_retired_item_is_not_approved(client, world, system, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    b.with_study(client, world.alpha, form_id)
    item = client.get("/v1/items?unit=U1&limit=1", headers=world.alpha["auditor"].headers).json()["items"][0]
    b.acted(client, world.alpha, item, "/retirement", "scheme_manager", reason="flawed", note="Two keys.")

    answer = b.approved(client, world.alpha, form_id)

    assert answer.json()["code"] == "form_item_retired"
    assert answer.json()["facts"]["items"] == [item["code"]]


def test_an_approved_form_is_retired_with_a_reason_and_never_sat_again(
    client, world, system, version_id, scheme
):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    b.with_study(client, world.alpha, form_id)
    rev = b.approved(client, world.alpha, form_id).json()["rev"]
    headers = world.alpha["impartiality_officer"].headers | {"If-Match": f'"{rev}"'}

    wanted = {"reason": "exposed", "note": "Offered for sale."}
    retired = client.post(f"/v1/forms/{form_id}/retirement", json=wanted, headers=headers)

    assert (retired.json()["state"], retired.json()["retired_for"]) == ("retired", "exposed")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE forms SET state = 'draft', rev = rev + 1",
        "UPDATE forms SET state = 'retired', retired_for = 'exposed', retired_by = approved_by,"
        " retired_on = approved_on, minutes = 1, rev = rev + 1",
    ],
)
def test_the_database_lets_an_approved_form_be_retired_and_nothing_else(
    client, world, system, runtime, version_id, scheme, statement
):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    b.with_study(client, world.alpha, form_id)
    b.approved(client, world.alpha, form_id)

    with pytest.raises(sa.exc.IntegrityError, match="EXM-3"), raw(runtime) as connection:
        connection.exec_driver_sql(statement)


def test_an_assembly_is_answered_once(client, world, system, runtime, version_id, scheme):
    b.a_bank(system, world.alpha, scheme, b.BLUEPRINT)
    made = b.assembled(client, world.alpha, version_id)

    assert drain(runtime, HANDLERS).done == 0
    with pytest.raises(sa.exc.IntegrityError, match="EXM-1"), raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE form_assemblies SET state = 'refused', rev = rev + 1")
    assert len(made["forms"]) == 1


def test_only_who_manages_the_bank_asks_for_forms(client, world, version_id):
    assert b.assembly_asked(client, world.alpha, version_id, "item_writer").status_code == 403


def test_the_blueprint_is_shown_beside_what_the_tasks_ask_for(client, world, version_id):
    headers = world.alpha["auditor"].headers
    path = f"/v1/scheme-versions/{version_id}/components/F1/blueprint"

    shown = client.get(path, headers=headers).json()

    lines = shown["lines"]
    assert {line["unit"]: line["in_scheme"] for line in lines} == {
        f"SME-BM/{unit}": count for unit, count in b.BLUEPRINT.items()
    }
    assert sum(line["by_tasks"] for line in lines) == shown["items"] == 60
    assert abs(sum(float(line["weight"]) for line in lines) - 1) < 1e-5
    assert client.get(path.replace("F1", "F2"), headers=headers).json()["code"] == "blueprint_unknown"
