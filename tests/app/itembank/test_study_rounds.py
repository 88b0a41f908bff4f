"""Rounds of a panel study: blind sheets, their submission, feedback, and leaving."""

import pytest

from tests.factories import studies as the
from tests.factories.studies import JUDGES, code_of, posted
from tests.support.counting import events

FIVE = JUDGES[:5]


def test_a_sheet_is_its_judges_alone(client, world, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)
    others = ("other_assessor", "scheme_manager", "impartiality_officer", "auditor", "person")

    answers = {
        client.get(f"/v1/rating-sheets/{sheet}", headers=world.alpha[name].headers).status_code
        for name in others
    }

    assert answers == {404}


def test_a_judge_sees_the_items_and_that_is_on_record(client, world, runtime, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)

    paper = the.sent(client, world.alpha["assessor"], "GET", f"/v1/rating-sheets/{sheet}")

    assert (len(paper["items"]), paper["items"][0]["key"], paper["ratings"]) == (60, ["b"], {})
    assert len(events(runtime, "record.disclosed")) == 1


def test_an_open_round_is_shown_to_nobody(client, world, rating):
    the.rated(client, world, 1, FIVE[:4])
    path, sheet = the.round_path(client, world, rating, 1), the.sheet_of(client, world, "assessor", 1)

    panel = client.get(f"{path}/feedback", headers=world.alpha["scheme_manager"].headers)
    own = client.get(f"/v1/rating-sheets/{sheet}/feedback", headers=world.alpha["assessor"].headers)

    assert (code_of(panel), code_of(own)) == ((409, "round_open"), (409, "round_open"))


def test_a_save_keeps_what_it_does_not_name(client, world, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)

    the.saved(client, world, "assessor", sheet, {"3": {"K-001": 50, "K-002": 60}})
    answer = the.saved(client, world, "assessor", sheet, {"3": {"K-002": 70}})

    assert answer.json()["ratings"]["3"] == {"K-001": 50, "K-002": 70}


@pytest.mark.parametrize("ratings", [{"2": {"K-001": 50}}, {"3": {"K-999": 50}}, {"3": {"K-001": 101}}])
def test_what_the_study_does_not_ask_is_not_rated(client, world, rating, ratings):
    sheet = the.sheet_of(client, world, "assessor", 1)

    assert the.saved(client, world, "assessor", sheet, ratings).status_code == 422


def test_a_sheet_with_a_hole_is_not_submitted(client, world, rating):
    sheet, ratings = the.sheet_of(client, world, "assessor", 1), the.imagined(0, 1)
    del ratings["4"]["K-007"]
    the.saved(client, world, "assessor", sheet, ratings)

    answer = the.submitted(client, world, "assessor", sheet)

    assert code_of(answer) == (422, "ratings_missing")
    assert [found["pointer"] for found in answer.json()["findings"]] == ["/ratings/4/K-007"]


def test_a_rating_that_falls_must_be_meant(client, world, rating):
    sheet, ratings = the.sheet_of(client, world, "assessor", 1), the.imagined(0, 1)
    ratings["3"]["K-007"], ratings["4"]["K-007"], ratings["5"]["K-007"] = 60, 50, 70
    the.saved(client, world, "assessor", sheet, ratings)

    refused = the.submitted(client, world, "assessor", sheet)
    meant = the.submitted(client, world, "assessor", sheet, confirms_falls=True)

    assert code_of(refused) == (422, "ratings_fall")
    assert "/ratings/4/K-007" in {found["pointer"] for found in refused.json()["findings"]}
    assert meant.json()["falls"] >= 1


def test_a_sheet_is_submitted_once_and_then_stays(client, world, rating):
    the.rated(client, world, 1, FIVE[:1])
    sheet = the.sheet_of(client, world, "assessor", 1)

    again = the.submitted(client, world, "assessor", sheet)
    changed = the.saved(client, world, "assessor", sheet, {"3": {"K-001": 1}})

    assert (code_of(again), code_of(changed)) == ((409, "sheet_is_in"), (409, "sheet_is_in"))


def test_a_round_closes_when_every_sheet_is_in(client, world, rating):
    the.rated(client, world, 1, FIVE[:4])

    path = the.round_path(client, world, rating, 1)
    early = posted(client, world.alpha["scheme_manager"], f"{path}/closing")
    the.rated(client, world, 1, FIVE[4:])

    assert code_of(early) == (409, "sheets_missing")
    assert the.closed(client, world, rating, 1)["state"] == "discussing"


def test_nobody_leaves_below_the_least_panel(client, world, rating):
    judge = client.get(f"/v1/studies/{rating}", headers=world.alpha["auditor"].headers).json()["judges"][0][
        "id"
    ]

    answer = posted(
        client,
        world.alpha["scheme_manager"],
        f"/v1/studies/{rating}/judges/{judge}/withdrawal",
        reason="Ill.",
    )

    assert code_of(answer) == (409, "panel_too_small")


def test_who_left_is_shut_out_and_does_not_hold_up_the_round(client, world, study):
    the.a_panel(client, world, study, JUDGES[:6])
    judge = the.opened(client, world, study)["judges"][5]["id"]
    sheet = the.sheet_of(client, world, JUDGES[5], 1)
    the.rated(client, world, 1, FIVE)

    the.lead(client, world, f"/v1/studies/{study}/judges/{judge}/withdrawal", reason="She fell ill.")
    shut = client.get(f"/v1/rating-sheets/{sheet}", headers=world.alpha[JUDGES[5]].headers)

    assert code_of(shut) == (409, "study_shut")
    assert the.closed(client, world, study, 1)["rounds_held"][0]["sheets_in"] == 5


def test_feedback_shows_ones_own_place_and_nobody_elses(client, world, rating):
    the.rated(client, world, 1, FIVE)
    the.closed(client, world, rating, 1)
    sheet = the.sheet_of(client, world, "assessor", 1)

    own = the.sent(client, world.alpha["assessor"], "GET", f"/v1/rating-sheets/{sheet}/feedback")
    panel = the.sent(
        client, world.alpha["scheme_manager"], "GET", f"{the.round_path(client, world, rating, 1)}/feedback"
    )

    assert [entry["own"]["judge"] for entry in own["levels"]] == ["J1"] * 3
    assert "J2" not in str(own)
    assert [judge["judge"] for judge in panel["levels"][0]["judges"]] == ["J1", "J2", "J3", "J4", "J5"]
    assert own["levels"][0]["panel"]["mean"] == panel["levels"][0]["panel"]["mean"]
    assert len(own["levels"][0]["items"]) == 60
