"""Who may take a seat: scope, calibration, language, load; who might, and whether there are enough."""

import pytest
import sqlalchemy as sa

from app.audit import guards
from tests.factories import marking as a
from tests.factories.calibration import a_passed_calibration
from tests.factories.delivery import scheme_of
from tests.factories.schemes import a_scope

OWN_LEVEL = {"basis": "own_level", "own_level": 5}


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    return made


def scopes_of(client, world, who):
    path = f"/v1/people/{world.alpha[who].person_id}/assessor-scopes"
    return client.get(path, headers=world.alpha["administrator"].headers).json()["items"]


def recorded(client, world, who="assessor", by="administrator", **changes):
    path = f"/v1/people/{world.alpha[who].person_id}/assessor-scopes"
    scheme_id = client.get("/v1/schemes", headers=world.alpha[by].headers).json()["items"][0]["id"]
    return client.post(path, json=a_scope(scheme_id, **changes), headers=world.alpha[by].headers)


def without_scope(runtime):
    """Let the world's scopes be over, as if time had passed."""
    with a.raw(runtime) as connection:
        guards.drop(connection)
        connection.execute(
            sa.text("UPDATE assessor_scopes SET valid_from = '2020-01-01', valid_until = '2021-01-01'")
        )


def suggested(client, world, case_id, by="administrator", **changes):
    params = {"component": "F2", "seat": "first"} | changes
    headers = world.alpha[by].headers
    return client.get(f"/v1/cases/{case_id}/assessor-suggestions", params=params, headers=headers)


def policy(client, world, case_id, **changes):
    a.policy_set(client, world, scheme_of(client, world, case_id), **changes)


@pytest.fixture
def unscoped(client, world, runtime, case_id):
    without_scope(runtime)


def test_an_assessor_without_a_scope_is_refused(client, world, case_id, unscoped):
    answer = a.proposed(client, world, case_id, "F2", "first")

    assert (answer.status_code, answer.json()["code"]) == (409, "assessor_out_of_scope")


@pytest.mark.parametrize(
    "changes",
    [{"components": ["F3"]}, {"level": 2}, {"phases": ["growth"]}, {"valid_from": "2026-03-03"}],
    ids=str,
)
def test_a_scope_that_does_not_cover_the_case_is_none(client, world, case_id, unscoped, changes):
    assert recorded(client, world, **changes).status_code == 201

    assert a.proposed(client, world, case_id, "F2", "first").json()["code"] == "assessor_out_of_scope"


@pytest.mark.parametrize("languages", [{"es": "C2"}, {"en": "B2"}], ids=str)
def test_a_language_below_what_the_body_asks_is_refused(client, world, case_id, unscoped, languages):
    recorded(client, world, languages=languages)

    assert a.proposed(client, world, case_id, "F2", "first").json()["code"] == "assessor_language"


def test_the_body_says_how_well_the_language_must_be_known(client, world, case_id, unscoped):
    recorded(client, world, languages={"en": "B2"})
    policy(client, world, case_id, language_level="B2")

    assert a.proposed(client, world, case_id, "F2", "first").status_code == 201


def test_a_scope_alone_is_no_calibration(client, world, case_id, unscoped):
    recorded(client, world, **OWN_LEVEL)

    assert a.proposed(client, world, case_id, "F2", "first").json()["code"] == "assessor_not_calibrated"


def test_a_calibrated_assessor_is_proposed(client, world, case_id, version_id, unscoped):
    recorded(client, world, **OWN_LEVEL)
    a_passed_calibration(client, world, version_id)

    assert a.proposed(client, world, case_id, "F2", "first").status_code == 201


def test_an_assessor_who_takes_no_more_is_refused(client, world, case_id):
    assessor = world.alpha["assessor"]
    path = f"/v1/people/{assessor.person_id}/assessor-load"
    assert client.put(path, json={"most_open": 0}, headers=assessor.headers).status_code == 200

    answer = a.proposed(client, world, case_id, "F2", "first")

    assert (answer.json()["code"], answer.json()["facts"]["most"]) == ("assessor_overloaded", 0)


def test_a_seat_that_she_was_offered_counts_before_she_answers(client, world, case_id):
    assessor = world.alpha["assessor"]
    path = f"/v1/people/{assessor.person_id}/assessor-load"
    client.put(path, json={"most_open": 1}, headers=assessor.headers)
    assert a.proposed(client, world, case_id, "F2", "first").status_code == 201

    assert a.proposed(client, world, case_id, "F3", "first").json()["code"] == "assessor_overloaded"


def test_another_assessor_does_not_speak_for_her_load(client, world):
    path = f"/v1/people/{world.alpha['assessor'].person_id}/assessor-load"

    answer = client.put(path, json={"most_open": 0}, headers=world.alpha["other_assessor"].headers)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": "own_level", "own_level": 4}, "scope_above_own_level"),
        ({"basis": "own_level"}, "scope_above_own_level"),
        ({"valid_until": "2028-06-01"}, "founding_too_long"),
        ({"valid_until": "2025-06-01"}, "dates_reversed"),
    ],
)
def test_a_scope_that_rests_on_nothing_is_refused(client, world, version_id, changes, code):
    answer = recorded(client, world, **changes)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_nobody_records_her_own_scope(client, world, version_id):
    answer = recorded(client, world, who="administrator")

    assert (answer.status_code, answer.json()["code"]) == (409, "scope_of_oneself")


def test_a_scope_ends_once_and_never_later(client, world, version_id):
    [scope] = scopes_of(client, world, "assessor")
    headers = world.alpha["administrator"].headers | {"If-Match": '"1"'}

    answer = client.post(
        f"/v1/assessor-scopes/{scope['id']}/end", json={"valid_until": "2028-01-01"}, headers=headers
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "scope_end_refused")


@pytest.mark.parametrize(
    "change",
    ["level = 1", "valid_until = '2099-01-01'", "languages = '{}'", "basis = 'field_competence'"],
)
def test_the_database_keeps_a_scope_as_it_was_recorded(client, world, runtime, version_id, change):
    with pytest.raises(sa.exc.IntegrityError, match="PER-1"), a.raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE assessor_scopes SET {change}, rev = rev + 1")


def test_an_assessor_sees_her_own_scopes_and_no_others(client, world, version_id):
    headers = world.alpha["assessor"].headers
    paths = [
        f"/v1/people/{world.alpha[who].person_id}/assessor-scopes" for who in ("assessor", "other_assessor")
    ]

    assert [client.get(path, headers=headers).status_code for path in paths] == [200, 403]


def test_a_suggestion_ranks_the_free_first_and_says_what_is_against_the_others(
    client, world, system, case_id
):
    a.trained_by(system, world.alpha["assessor"].person_id, world.alpha["person"].person_id)
    path = f"/v1/people/{world.alpha['other_assessor'].person_id}/assessor-load"
    client.put(path, json={"most_open": 0}, headers=world.alpha["administrator"].headers)

    items = suggested(client, world, case_id).json()["items"]

    found = {item["assessor_id"]: [each["code"] for each in item["against"]] for item in items}
    assert [item["is_free"] for item in items] == [True, False, False]
    assert found == {
        str(world.alpha["third_assessor"].person_id): [],
        str(world.alpha["assessor"].person_id): ["not_impartial"],
        str(world.alpha["other_assessor"].person_id): ["assessor_overloaded"],
    }
    assert "at most 0 assignments" in str(items)


def test_a_suggestion_refuses_nobody_on_record(client, world, system, runtime, case_id):
    a.trained_by(system, world.alpha["assessor"].person_id, world.alpha["person"].person_id)

    suggested(client, world, case_id)

    with runtime.database.engine.connect() as connection:
        refusals = connection.exec_driver_sql(
            "SELECT COUNT(*) FROM events WHERE event = 'impartiality.refused'"
        )
        assert refusals.scalar() == 0


def test_who_declared_a_conflict_is_not_suggested_again(client, world, case_id):
    a.proposed(client, world, case_id, "F2", "first")
    client.post(
        f"/v1/cases/{case_id}/declarations",
        json={"answer": "declared"},
        headers=world.alpha["assessor"].headers,
    )

    items = suggested(client, world, case_id).json()["items"]

    [hers] = [item for item in items if item["assessor_id"] == str(world.alpha["assessor"].person_id)]
    assert [each["code"] for each in hers["against"]] == ["conflict_declared"]


def forecast(client, world, first="2026-03-01", last="2026-03-31"):
    params = {"held_from": first, "held_until": last}
    return client.get("/v1/marking/forecast", params=params, headers=world.alpha["administrator"].headers)


def test_a_forecast_finds_nothing_missing_where_enough_are_free(client, world, case_id):
    a.held(client, world, case_id, "F2")

    told = forecast(client, world).json()

    assert (told["seats"], told["can_be_filled"], told["bottlenecks"]) == (2, 2, [])


def test_a_forecast_names_the_bottleneck_in_plain_words(client, world, runtime, case_id, unscoped):
    a.held(client, world, case_id, "F2")
    recorded(client, world, "assessor")
    for who in ("other_assessor", "third_assessor"):
        recorded(client, world, who, **OWN_LEVEL)

    told = forecast(client, world).json()

    assert (told["seats"], told["can_be_filled"]) == (2, 1)
    assert [each["told"] for each in told["bottlenecks"]] == [
        "2 seats of F2 in en at level 3; 1 assessor is free: what is missing is calibration of 2."
    ]


def test_a_forecast_looks_at_its_period_only(client, world, case_id):
    a.held(client, world, case_id, "F2")

    assert forecast(client, world, "2026-04-01", "2026-04-30").json()["seats"] == 0


def test_a_forecast_of_more_than_a_year_is_refused(client, world, version_id):
    assert forecast(client, world, "2026-01-01", "2027-12-31").json()["code"] == "period_refused"


def test_the_load_of_a_co_marker_does_not_tell_that_her_sheet_is_in(client, world, case_id):
    a.held(client, world, case_id, "F2")
    pair = {seat: a.assigned(client, world, case_id, "F2", seat) for seat in ("first", "second")}
    before = suggested(client, world, case_id).json()

    a.marked(client, world, pair["first"], "F2", "first")
    one_in = suggested(client, world, case_id).json()
    a.marked(client, world, pair["second"], "F2", "second")
    both_in = suggested(client, world, case_id).json()

    assert one_in == before
    assert [item["open_assignments"] for item in both_in["items"]] == [0, 0, 0]


def test_the_newest_policy_counts_and_none_is_changed(client, world, runtime, case_id):
    policy(client, world, case_id)
    policy(client, world, case_id, most_open=3)

    path = f"/v1/schemes/{scheme_of(client, world, case_id)}/marking-policy"
    told = client.get(path, headers=world.alpha["assessor"].headers).json()

    assert (told["number"], told["most_open"]) == (2, 3)
    with pytest.raises(sa.exc.IntegrityError, match="EXM-6"), a.raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE marking_policies SET most_open = 9, rev = rev + 1")
