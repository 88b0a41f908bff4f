"""What advisers note: the need, who was proposed and chosen, why a mentor was changed."""

import pytest
import sqlalchemy as sa

from app.core.database import refused_by
from app.core.ids import new_id
from tests.factories.directory import LISTING, Pool
from tests.factories.marking import raw
from tests.factories.practice import at_once
from tests.support.counting import events, rows

NEEDS = "/v1/directory/needs"
NEED = {
    "firm": "Olivar del Alba S.L.",
    "asked_by": "Managing director",
    "words": "They say marketing; what is missing is a price that covers the costs.",
    "expertise": ["finance"],
    "phase": "growth",
    "sector": "agro_food",
    "language": "es",
}


class Desk:
    """An adviser at work."""

    def __init__(self, client, member) -> None:
        self.client, self.headers = client, member.headers
        self.need = self.post("", NEED).json()

    def post(self, path: str, body: dict[str, object]):
        return self.client.post(f"{NEEDS}{path}", json=body, headers=self.headers)

    def propose(self, listing: str):
        return self.post(f"/{self.need['id']}/proposals", {"listing_id": listing})

    def choose(self, listing: str):
        return self.post(f"/{self.need['id']}/choice", {"listing_id": listing})

    def change(self, listing: str, reason: str = "The price is found; now it is about people."):
        return self.post(f"/{self.need['id']}/mentor-changes", {"listing_id": listing, "reason": reason})


@pytest.fixture
def desk(client, world) -> Desk:
    return Desk(client, world.alpha["adviser"])


def test_a_need_is_kept_with_what_was_proposed_chosen_and_changed(client, runtime, desk, pool: Pool):
    ana, bea = pool.mentor("Ana"), pool.mentor("Bea")

    desk.propose(ana)
    desk.propose(bea)
    desk.choose(ana)
    desk.change(bea)

    need = client.get(f"{NEEDS}/{desk.need['id']}", headers=desk.headers).json()
    assert {name: need[name] for name in NEED} == NEED
    assert [one["listing_id"] for one in need["proposals"]] == [ana, bea]
    assert need["chosen_id"] == bea
    [change] = need["changes"]
    assert (change["from_id"], change["to_id"], change["changed_on"]) == (ana, bea, "2026-03-02")
    assert change["reason"].startswith("The price is found")
    assert client.get(NEEDS, headers=desk.headers).json()["items"] == [need]
    told = [row.event for row in rows(runtime, "events") if row.event.startswith("mentoring_need")]
    assert sorted(told) == [
        "mentoring_need.mentor_changed",
        "mentoring_need.mentor_chosen",
        "mentoring_need.mentor_proposed",
        "mentoring_need.mentor_proposed",
        "mentoring_need.noted",
    ]
    [event] = events(runtime, "mentoring_need.noted")
    for private in (b"Olivar", b"price", b"Managing"):
        assert private not in bytes(event.body)


def test_only_who_was_proposed_is_chosen_and_only_once(desk, pool):
    ana, bea = pool.mentor("Ana"), pool.mentor("Bea")

    unproposed = desk.choose(ana)
    early = desk.change(ana)
    desk.propose(ana)
    again = desk.propose(ana)
    desk.choose(ana)
    twice = desk.choose(ana)
    same = desk.change(ana)
    foreign = desk.change(bea)

    refusals = [answer.json()["code"] for answer in (unproposed, early, again, twice, same, foreign)]
    assert refusals == [
        "mentor_not_proposed",
        "mentor_not_chosen",
        "mentor_proposed_already",
        "mentor_chosen_already",
        "mentor_is_chosen",
        "mentor_not_proposed",
    ]
    assert {answer.status_code for answer in (unproposed, early, again, twice, same, foreign)} == {409}


def test_nobody_is_proposed_who_cannot_be_found(client, desk, pool):
    ana = pool.person("Ana")
    listing = client.post("/v1/me/listing", json=LISTING, headers=ana.headers).json()["id"]
    client.post("/v1/me/listing/withdrawal", headers=ana.headers)

    assert desk.propose(listing).status_code == 404
    assert desk.propose(str(new_id())).status_code == 404


def test_two_choices_at_once_are_one(desk, pool):
    ana = pool.mentor("Ana")
    desk.propose(ana)

    assert at_once(lambda: desk.choose(ana), 3) == [201, 409, 409]


def test_needs_are_for_advisers_of_the_body(client, world, desk):
    path = f"{NEEDS}/{desk.need['id']}"

    for role, status in (
        ("programme_manager", 200),
        ("scheme_manager", 200),
        ("person", 403),
        ("client", 403),
    ):
        assert client.get(path, headers=world.alpha[role].headers).status_code == status, role
    assert client.get(path, headers=world.beta["adviser"].headers).status_code == 404
    assert client.get(NEEDS, headers=world.beta["adviser"].headers).json()["items"] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directory_proposals SET proposed_on = '2020-01-01', rev = rev + 1",
        "UPDATE directory_mentor_changes SET reason = 'another', rev = rev + 1",
        "UPDATE directory_needs SET noted_on = '2020-01-01', rev = rev + 1",
        "UPDATE directory_needs SET chosen_id = NULL, rev = rev + 1",
    ],
)
def test_the_database_keeps_what_was_noted(runtime, desk, pool, statement):
    ana, bea = pool.mentor("Ana"), pool.mentor("Bea")
    desk.propose(ana)
    desk.propose(bea)
    desk.choose(ana)
    desk.change(bea)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(statement)

    assert refused_by(refused.value) == "7.1"
