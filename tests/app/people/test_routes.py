"""People and their appointments over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> TestClient:
    client.headers.update(world.alpha["administrator"].headers)
    return client


@pytest.fixture
def appointment(office: TestClient, world: World) -> dict[str, object]:
    url = f"/v1/people/{world.alpha['mentee'].person_id}/appointments"
    made = office.post(url, json={"role": "assessor", "starts_on": "2026-03-10"})
    assert made.status_code == 201, made.text
    return dict(made.json())


def test_a_person_is_registered_with_her_name_as_printed(office: TestClient) -> None:
    answer = office.post("/v1/people", json={"printed_name": "Zoë Őrség", "language": "hu"})

    assert answer.status_code == 201, answer.text
    assert answer.json()["printed_name"] == "Zoë Őrség"
    assert (answer.headers["etag"], answer.headers["cache-control"]) == ('"1"', "no-store")


def test_everyone_reads_herself_and_nobody_else(client: TestClient, world: World) -> None:
    person, mentee = world.alpha["person"], world.alpha["mentee"]

    own = client.get(f"/v1/people/{person.person_id}", headers=person.headers)
    other = client.get(f"/v1/people/{mentee.person_id}", headers=person.headers)

    assert (own.status_code, other.status_code) == (200, 403)


def test_pages_follow_each_other_without_gap_or_repetition(office: TestClient, world: World) -> None:
    found, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        answer = office.get(f"/v1/people?limit=4{cursor and f'&cursor={cursor}'}").json()
        found += [item["id"] for item in answer["items"]]
        cursor, pages = answer["next"], pages + 1

    assert (
        len(found)
        == len(set(found))
        == sum(member.person_id is not None for member in world.alpha.members.values())
    )
    assert found == sorted(found)
    assert pages == -(-len(found) // 4)


def test_a_last_page_that_is_full_leads_nowhere(office: TestClient, world: World) -> None:
    people = sum(member.person_id is not None for member in world.alpha.members.values())

    assert office.get(f"/v1/people?limit={people}").json()["next"] is None


@pytest.mark.parametrize(
    "wanted",
    [
        {"role": "person", "starts_on": "2026-03-10"},
        {"role": "client", "starts_on": "2026-03-10"},
        {"role": "king", "starts_on": "2026-03-10"},
        {"role": "assessor", "starts_on": "2026-03-10", "ends_on": "2026-03-09"},
        {"role": "assessor", "starts_on": "2026-02-30"},
        {"role": "assessor"},
    ],
)
def test_an_appointment_is_to_an_office_and_for_a_time(
    wanted: dict[str, str], office: TestClient, world: World
) -> None:
    answer = office.post(f"/v1/people/{world.alpha['mentee'].person_id}/appointments", json=wanted)

    assert answer.status_code == 422


def test_an_appointment_is_ended_by_who_saw_its_present_version(
    office: TestClient, appointment: dict[str, object]
) -> None:
    url, body = f"/v1/appointments/{appointment['id']}/end", {"ends_on": "2026-12-31"}

    unseen = office.post(url, json=body)
    stale = office.post(url, json=body, headers={"If-Match": '"7"'})
    ended = office.post(url, json=body, headers={"If-Match": '"1"'})

    assert [unseen.status_code, stale.status_code, ended.status_code] == [428, 412, 200]
    assert stale.json()["current"] == appointment
    assert (ended.json()["ends_on"], ended.json()["rev"], ended.headers["etag"]) == ("2026-12-31", 2, '"2"')


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-09"])
def test_an_appointment_never_ends_in_the_past_or_before_it_starts(
    day: str, office: TestClient, appointment: dict[str, object]
) -> None:
    answer = office.post(
        f"/v1/appointments/{appointment['id']}/end", json={"ends_on": day}, headers={"If-Match": '"1"'}
    )

    assert (answer.status_code, answer.json()["facts"]) == (422, {"earliest": "2026-03-10"})
    assert answer.json()["findings"][0]["pointer"] == "/ends_on"


def test_appointments_of_a_person_are_told_oldest_first(office: TestClient, world: World) -> None:
    url = f"/v1/people/{world.alpha['mentee'].person_id}/appointments"
    for role in ("assessor", "auditor"):
        office.post(url, json={"role": role, "starts_on": "2026-03-10"})

    assert [item["role"] for item in office.get(url).json()["items"]] == ["assessor", "auditor"]
