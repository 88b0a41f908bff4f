"""Looking across bodies: only where both share, only who wants to be shown, only what anyone may see."""

from typing import Any

import pytest

from tests.factories.directory import SEARCH, Pool, names
from tests.factories.schemes import a_published_version
from tests.support.world import as_system

BETA = "/public/v1/bodies/beta/mentors"


def share(client, tenant, *, is_shared: bool = True) -> None:
    answer = client.put(
        "/v1/directory/settings",
        json={"is_shared": is_shared, "stale_after_months": 6},
        headers=tenant["administrator"].headers,
    )
    assert answer.status_code == 200, answer.text


@pytest.fixture
def other(client, runtime, world) -> Pool:
    """A pool in body beta."""
    return Pool(
        client, as_system(runtime, world.beta.body_id), world.beta, a_published_version(client, world.beta)
    )


@pytest.fixture
def both(client, world, pool: Pool, other: Pool) -> Any:
    pool.mentor("Ana", is_shared=True)
    other.mentor("Bea", is_shared=True)
    other.mentor("Shy", is_shared=False)
    other.mentor("Quiet", is_shared=True, visibility="advisers")
    share(client, world.alpha)
    share(client, world.beta)


@pytest.mark.usefixtures("both")
class TestAcross:
    def test_mentors_of_both_are_found_and_each_names_her_body(self, client):
        found = client.get(SEARCH, params={"across": True})

        assert set(names(found)) == {"Ana", "Bea"}
        bodies = {item["name"]: item["body"]["slug"] for item in found.json()["items"]}
        assert bodies == {"Ana": "alpha", "Bea": "beta"}
        urls = {item["name"]: item["certificates"][0]["verify_url"] for item in found.json()["items"]}
        assert "/v/alpha/" in urls["Ana"]
        assert "/v/beta/" in urls["Bea"]
        assert set(names(client.get(BETA, params={"across": True}))) == {"Ana", "Bea", "Shy"}

    def test_without_the_word_only_ones_own_are_found(self, client):
        assert names(client.get(SEARCH)) == ["Ana"]

    def test_a_body_that_does_not_share_is_neither_shown_nor_shows(self, client, world):
        share(client, world.beta, is_shared=False)

        refused = client.get(BETA, params={"across": True})

        assert names(client.get(SEARCH, params={"across": True})) == ["Ana"]
        assert (refused.status_code, refused.json()["code"]) == (409, "directory_not_shared")

    def test_an_adviser_sees_of_others_only_what_anyone_does(self, client, world):
        headers = world.alpha["adviser"].headers

        found = client.get("/v1/directory/mentors", params={"across": True}, headers=headers).json()["items"]

        assert {item["name"]: item["open_engagements"] for item in found} == {"Ana": 0, "Bea": None}

    def test_a_mentor_is_read_and_written_to_at_her_own_body_alone(self, client, world):
        bea = next(
            item["listing_id"]
            for item in client.get(SEARCH, params={"across": True}).json()["items"]
            if item["name"] == "Bea"
        )

        assert client.get(f"{BETA}/{bea}").status_code == 200
        assert client.get(f"{SEARCH}/{bea}").status_code == 404
        headers = world.alpha["adviser"].headers
        assert client.get(f"/v1/directory/mentors/{bea}", headers=headers).status_code == 404

    def test_the_sector_that_is_certified_counts_across_bodies(self, client):
        query = {"across": True, "sector": "tourism", "require": "sector"}

        assert set(names(client.get(SEARCH, params=query))) == {"Ana", "Bea"}


def test_nothing_is_shared_before_a_body_says_so(client, pool):
    pool.mentor("Ana", is_shared=True)

    answer = client.get(SEARCH, params={"across": True})

    assert (answer.status_code, answer.json()["code"]) == (409, "directory_not_shared")
