"""The skill card over HTTP: rate oneself, read gap and pathway, and what assessors found beside it."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from app.core.errors import Findings
from app.profiles import service as profiles
from tests.factories import marking as a
from tests.factories.packages import a_package
from tests.support.world import World

ELEMENTS = [element["code"] for unit in a_package()["units"] for element in unit["elements"]]


def rate(client: TestClient, member, version_id, ratings: dict[str, object], **query: object):
    return client.put(
        f"/v1/me/profiles/{version_id}/ratings",
        json={"ratings": ratings},
        params=query,
        headers=member.headers,
    )


def view(answer, source: str = "self"):
    return next(found for found in answer.json()["sources"] if found["source"] == source)


def test_before_the_first_rating_the_whole_way_lies_ahead(client: TestClient, world: World, version_id: UUID):
    answer = client.get(f"/v1/me/profiles/{version_id}", headers=world.alpha["person"].headers)

    assert answer.status_code == 200, answer.text
    assert (view(answer)["rated"], view(answer)["level_reached"]) == (0, None)
    assert {lack["element"] for lack in view(answer)["gap"]} == set(ELEMENTS)


def test_ratings_at_the_target_leave_no_gap(client: TestClient, world: World, version_id: UUID):
    answer = rate(client, world.alpha["person"], version_id, dict.fromkeys(ELEMENTS, 3))

    assert answer.status_code == 200, answer.text
    assert (view(answer)["level_reached"], view(answer)["gap"], view(answer)["pathway"]) == (3, [], [])
    assert set(view(answer)["unit_means"].values()) == {"3.00"}


def test_a_part_of_the_ratings_may_be_given_anew_and_the_newest_stands(
    client: TestClient, world: World, version_id: UUID
):
    rate(client, world.alpha["person"], version_id, dict.fromkeys(ELEMENTS, 3))

    answer = rate(client, world.alpha["person"], version_id, {"SME-BM/U1.1": 2}, language="es")

    step = view(answer)["pathway"][0]
    expected = a_package()["units"][0]["elements"][0]
    assert view(answer)["level_reached"] == 2
    assert (step["element"], step["has"], step["needs"], step["why"]) == ("SME-BM/U1.1", 2, 3, "critical")
    assert (step["title"], step["descriptor"]) == (
        expected["title"]["es"],
        expected["descriptors"]["3"]["es"],
    )


def test_an_unknown_element_is_named_and_nothing_is_taken_down(
    client: TestClient, world: World, version_id: UUID
):
    answer = rate(client, world.alpha["person"], version_id, {"SME-BM/U1.1": 3, "SME-BM/U9.9": 3})

    assert (answer.status_code, answer.json()["findings"][0]["pointer"]) == (422, "/ratings/SME-BM~1U9.9")
    own = client.get(f"/v1/me/profiles/{version_id}", headers=world.alpha["person"].headers)
    assert view(own)["rated"] == 0


@pytest.mark.parametrize("level", [-1, 6, 2.5, "3", True, None])
def test_a_rating_is_a_whole_number_from_0_to_5(client: TestClient, world: World, level, version_id: UUID):
    assert rate(client, world.alpha["person"], version_id, {"SME-BM/U1.1": level}).status_code == 422


def test_an_unknown_version_and_another_bodys_are_not_found(
    client: TestClient, world: World, version_id: UUID
):
    headers = world.beta["person"].headers

    answers = [client.get(f"/v1/me/profiles/{found}", headers=headers) for found in (uuid4(), version_id)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_sources_are_never_mixed_and_half_a_level_is_not_the_level(
    client, system, world: World, version_id: UUID
):
    mentor = world.alpha["person"]
    rate(client, mentor, version_id, dict.fromkeys(ELEMENTS, 4))
    found = dict.fromkeys(ELEMENTS, Decimal("3.5"))

    system.write(_assess, mentor.person_id, version_id, found)

    answer = client.get(
        f"/v1/people/{mentor.person_id}/profiles/{version_id}", headers=world.alpha["decision_maker"].headers
    )
    assert view(answer)["level_reached"] == 4
    assert view(answer, "assessor")["level_reached"] == 3
    assert answer.json()["units"][0]["elements"][0]["ratings"] == [
        {"source": "self", "level": "4.00", "on": "2026-03-02"},
        {"source": "assessor", "level": "3.50", "on": "2026-03-01"},
    ]
    apart = answer.json()["differences"]
    assert {found["steps"] for found in apart} == {"0.50"}
    assert [found["element"] for found in apart] == ELEMENTS


def test_the_widest_difference_is_told_first_and_agreement_not_at_all(
    client, system, world: World, version_id: UUID
):
    mentor = world.alpha["person"]
    rate(client, mentor, version_id, {"SME-BM/U1.1": 3, "SME-BM/U2.1": 5, "SME-BM/U3.1": 2, "SME-BM/U3.2": 4})
    found = {"SME-BM/U1.1": 3, "SME-BM/U2.1": 2, "SME-BM/U3.1": 3, "SME-BM/U4.1": 4}
    system.write(
        _assess, mentor.person_id, version_id, {code: Decimal(level) for code, level in found.items()}
    )

    card = client.get(f"/v1/me/profiles/{version_id}", headers=mentor.headers).json()

    assert [(one["element"], one["steps"]) for one in card["differences"]] == [
        ("SME-BM/U2.1", "3.00"),
        ("SME-BM/U3.1", "-1.00"),
    ]


def test_ratings_older_than_the_scheme_allows_count_no_more(
    client, system, clock, world: World, version_id: UUID
):
    mentor = world.alpha["person"]
    system.write(_assess, mentor.person_id, version_id, dict.fromkeys(ELEMENTS, Decimal(3)))
    clock.advance(timedelta(days=5 * 366))
    a.signed_in_again(client, world, "person")

    card = client.get(f"/v1/me/profiles/{version_id}", headers=world.alpha["person"].headers)

    assert [one["source"] for one in card.json()["sources"]] == ["self"]


def others_than(world: World, asking) -> list:
    """Ten other people of the body."""
    return [one for one in world.alpha.members.values() if one.person_id and one is not asking][:10]


def test_a_cohort_shows_spreads_but_no_small_group(client, system, world: World, version_id: UUID):
    path, asking = f"/v1/me/profiles/{version_id}/cohort", world.alpha["person"]
    *first, last = others_than(world, asking)
    for member in (asking, *first):
        system.write(_assess, member.person_id, version_id, {"SME-BM/U1.1": Decimal(2)})
    few = client.get(path, headers=asking.headers)
    system.write(_assess, last.person_id, version_id, {"SME-BM/U1.1": Decimal(4)})
    enough = client.get(path, headers=asking.headers)

    assert few.status_code == 200, few.text
    assert {(one["people"], one["quartiles"] is None) for one in few.json()["elements"]} == {(None, True)}
    shown, *rest = enough.json()["elements"]
    assert (shown["element"], shown["own"], shown["people"]) == ("SME-BM/U1.1", "2.00", 10)
    assert shown["quartiles"] == {"lower": "2.00", "median": "2.00", "upper": "2.00"}
    assert {one["people"] for one in rest} == {None}


def test_nobody_moves_the_cohort_by_her_own_rating(client, world: World, version_id: UUID):
    path, asking = f"/v1/me/profiles/{version_id}/cohort", world.alpha["person"]
    for place, member in enumerate(others_than(world, asking)):
        rate(client, member, version_id, {"SME-BM/U1.1": place % 6})
    seen = []
    for level in (0, 5):
        rate(client, asking, version_id, {"SME-BM/U1.1": level})
        answer = client.get(path, params={"source": "self"}, headers=asking.headers)
        seen.append(answer.json()["elements"][0]["quartiles"])

    assert seen[0] is not None
    assert seen[0] == seen[1]


def test_a_draft_has_no_skill_card_yet(client: TestClient, world: World):
    headers = world.alpha["scheme_manager"].headers
    scheme = client.post("/v1/schemes", json={"code": "SME-BM", "titles": {"en": "SME"}}, headers=headers)
    versions = f"/v1/schemes/{scheme.json()['id']}/versions"
    draft = client.post(versions, json={"package": a_package()}, headers=headers).json()["id"]

    for path in (f"/v1/me/profiles/{draft}", f"/v1/me/profiles/{draft}/cohort"):
        assert client.get(path, headers=world.alpha["person"].headers).status_code == 404


def test_assessed_ratings_outside_the_scale_are_refused(client, system, world: World, version_id: UUID):
    with pytest.raises(Findings):
        system.write(_assess, world.alpha["person"].person_id, version_id, {"SME-BM/U1.1": Decimal("5.01")})


def test_others_cards_are_for_those_who_review_or_decide(client: TestClient, world: World, version_id: UUID):
    path = f"/v1/people/{world.alpha['person'].person_id}/profiles/{version_id}"

    status = {
        role: client.get(path, headers=world.alpha[role].headers).status_code
        for role in ("application_reviewer", "auditor", "assessor", "mentee")
    }

    assert status == {"application_reviewer": 200, "auditor": 200, "assessor": 403, "mentee": 403}


def _assess(work, person_id, version_id, ratings):
    work.require_system()
    profiles.enter_assessed(work, person_id, version_id, ratings, date(2026, 3, 1))
