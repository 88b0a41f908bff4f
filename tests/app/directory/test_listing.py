"""A mentor lets herself be found: by consent, with a certificate, as long as she wants."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.certificates.rules import Move
from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.directory.rules.listing import MOVES, ListingAction, ListingState, after
from tests.factories.certificates import moved
from tests.factories.directory import LISTING, SEARCH, Pool, listed, names
from tests.factories.marking import raw
from tests.factories.practice import at_once
from tests.support.counting import events, rows
from tests.support.days import live, mailbox
from tests.support.world import START

OWN = "/v1/me/listing"


@pytest.fixture
def ana(pool: Pool):
    return pool.person("Ana")


def test_a_listing_is_made_with_consent_by_version_and_date(client, runtime, ana):
    made = listed(client, ana)

    assert (made["consent_version"], made["consented_on"], made["state"]) == (1, "2026-03-02", "listed")
    assert made["is_shown"] is True
    [event] = events(runtime, "listing.published")
    assert b'"consent_version":1' in bytes(event.body)
    assert b"food exports" not in bytes(event.body)


def test_who_holds_no_certificate_in_force_cannot_list_herself(client, system, world, pool):
    early = pool.person("Early", effective_on=START.date() + timedelta(days=1))
    held = pool.person("Held")
    certificate = client.get("/v1/me/certificates", headers=held.headers).json()["items"][0]
    moved(system, UUID(certificate["id"]), Move.SUSPEND)

    for member in (world.alpha["person"], early, held):
        answer = client.post(OWN, json=LISTING, headers=member.headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "listing_needs_certificate")


def test_consent_to_an_older_text_is_refused(client, ana):
    answer = client.post(OWN, json=LISTING | {"consent_version": 0}, headers=ana.headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "consent_outdated")
    assert answer.json()["facts"] == {"given": 0, "current": 1}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"expertise": []}, "/expertise"),
        ({"expertise": ["magic"]}, "/expertise/0"),
        ({"sectors": ["magic"]}, "/sectors/0"),
        ({"languages": []}, "/languages"),
        ({"headline": {}}, "/headline"),
        ({"headline": {"en": "x" * 141}}, "/headline/en"),
        ({"is_remote": False, "is_on_site": False}, ""),
        ({"media_url": "http://video.example/a"}, "/media_url"),
        ({"media_url": "https://bank.example@evil.example/a"}, "/media_url"),
        ({"media_url": "https://evil.example:8443/a"}, "/media_url"),
        ({"media_url": "https://localhost/a"}, "/media_url"),
        ({"media_url": "javascript:alert(1)"}, "/media_url"),
        ({"media_url": 'https://video.example/"onclick'}, "/media_url"),
        ({"level": 5}, "/level"),
        ({"country": "es"}, "/country"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_place(client, ana, change, pointer):
    answer = client.post(OWN, json=LISTING | change, headers=ana.headers)

    assert answer.status_code == 422
    assert pointer in [finding["pointer"] for finding in answer.json()["findings"]]


def test_a_media_link_is_shown_as_it_was_given(client, ana):
    listed(client, ana, media_url="https://video.example/ana?t=1")

    assert client.get(SEARCH).json()["items"][0]["media_url"] == "https://video.example/ana?t=1"


def test_a_listing_is_changed_in_the_version_that_was_seen(client, runtime, ana):
    made = listed(client, ana)
    new = LISTING | {"expertise": ["law"], "is_accepting": False}

    blind = client.put(OWN, json=new, headers=ana.headers)
    changed = client.put(OWN, json=new, headers=ana.headers | {"If-Match": f'"{made["rev"]}"'})
    stale = client.put(OWN, json=new, headers=ana.headers | {"If-Match": f'"{made["rev"]}"'})

    assert (blind.status_code, changed.status_code, stale.status_code) == (428, 200, 412)
    assert names(client.get(SEARCH, params={"expertise": "export"})) == []
    assert names(client.get(SEARCH, params={"expertise": "law"})) == ["Ana"]
    assert len(events(runtime, "listing.changed")) == 1


def test_withdrawn_her_texts_and_index_are_gone_and_she_may_come_back(client, runtime, ana):
    listed(client, ana, about={"en": "I have built two firms."}, media_url="https://video.example/ana")

    gone = client.post(f"{OWN}/withdrawal", headers=ana.headers).json()
    [row] = rows(runtime, "directory_listings")
    index = rows(runtime, "directory_facets")
    twice = client.post(f"{OWN}/withdrawal", headers=ana.headers)
    back = client.post(OWN, json=LISTING, headers=ana.headers)

    assert (gone["state"], gone["withdrawn_on"], gone["is_shown"]) == ("withdrawn", "2026-03-02", False)
    assert (row.headline, row.about, row.media_url, row.region) == (None, None, None, None)
    assert index == []
    assert (twice.status_code, twice.json()["code"]) == (409, "listing_move_refused")
    assert back.status_code == 201
    assert names(client.get(SEARCH)) == ["Ana"]
    assert len(events(runtime, "listing.withdrawn")) == 1


def test_a_second_listing_is_refused_even_at_once(client, runtime, ana):
    statuses = at_once(lambda: client.post(OWN, json=LISTING, headers=ana.headers), 4)

    assert statuses == [201, 409, 409, 409]
    assert len(rows(runtime, "directory_listings")) == 1


def test_nobody_sees_or_changes_anothers_listing(client, world, ana):
    listed(client, ana)

    for answer in (
        client.get(OWN, headers=world.alpha["person"].headers),
        client.post(f"{OWN}/confirmation", headers=world.alpha["person"].headers),
        client.post(f"{OWN}/withdrawal", headers=world.alpha["person"].headers),
        client.put(OWN, json=LISTING, headers=world.alpha["person"].headers | {"If-Match": '"1"'}),
    ):
        assert answer.status_code == 404


def test_a_stale_listing_is_asked_about_once_until_it_is_confirmed(client, runtime, pool):
    ana = pool.person("Ana")
    listed(client, ana)
    sent = live(runtime, START + timedelta(days=190))

    assert [(day, mail.address) for day, mail in sent] == [(date(2026, 9, 3), "ana@alpha.example")]
    assert "2 March 2026" in mailbox(runtime)[0].text


def test_a_body_sets_when_a_listing_is_stale(client, world, runtime, pool):
    headers = world.alpha["administrator"].headers
    ana = pool.person("Ana")
    listed(client, ana)
    usual = client.get("/v1/directory/settings", headers=headers).json()

    wanted = {"is_shared": True, "stale_after_months": 1}
    answer = client.put("/v1/directory/settings", json=wanted, headers=headers)

    assert usual == {"is_shared": False, "stale_after_months": 6}
    assert answer.json() == client.get("/v1/directory/settings", headers=headers).json() == wanted
    [event] = events(runtime, "directory.configured")
    assert b'"is_shared":true' in bytes(event.body)
    sent = live(runtime, START + timedelta(days=40))
    assert [day for day, _ in sent] == [date(2026, 4, 3)]


def test_confirming_makes_it_fresh_again(client, runtime, clock, ana):
    listed(client, ana)
    clock.advance(timedelta(minutes=5))

    answer = client.post(f"{OWN}/confirmation", headers=ana.headers)

    assert answer.json()["confirmed_on"] == "2026-03-02"
    assert len(events(runtime, "listing.confirmed")) == 1


def test_the_vocabulary_has_titles_in_both_languages_for_every_code(client):
    told = client.get("/public/v1/bodies/alpha/mentor-vocabulary").json()

    for family in ("experience", "expertise", "sectors", "styles", "touch", "levels"):
        assert all(set(word["titles"]) == {"en", "es"} for word in told[family]), family
    assert set(told["consent"]["text"]) == {"en", "es"}
    weights = {weight["criterion"]: weight["weight"] for weight in told["weights"]}
    assert (
        weights["experience"]
        > weights["expertise"]
        > weights["sector"]
        > max(weights[one] for one in ("language", "country", "remote", "free", "touch", "style"))
    )


def test_no_move_exists_beside_those_of_the_table():
    for state in ListingState:
        for action in ListingAction:
            if (state, action) in MOVES:
                assert after(state, action) is MOVES[state, action]
            else:
                with pytest.raises(MoveRefused):
                    after(state, action)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'withdrawn', withdrawn_on = '2026-03-02'", "emptied"),
        ("headline = NULL", "headline"),
        ("media_url = 'http://video.example/a'", "media"),
        ("withdrawn_on = '2026-03-02'", "withdrawn"),
    ],
)
def test_the_database_refuses_a_listing_that_cannot_be(client, runtime, ana, change, constraint):
    listed(client, ana)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE directory_listings SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == f"ck_directory_listings_{constraint}"


class TestScopeOfCertificates:
    def test_what_a_certificate_covers_is_what_it_says(self, runtime, ana):
        assert ana
        found = {(row.dimension, row.code) for row in rows(runtime, "certificate_scopes")}

        assert found == {("phase", "early_startup"), ("phase", "growth"), ("endorsement", "tourism")}

    @pytest.mark.parametrize(
        ("statement", "rule"),
        [
            ("UPDATE certificate_scopes SET code = 'fintech' WHERE dimension = 'endorsement'", "CRT-2"),
            ("DELETE FROM certificate_scopes", "CRT-2"),
            (
                "INSERT INTO certificate_scopes (body_id, id, certificate_id, dimension, code)"
                " SELECT body_id, case_id, id, 'endorsement', 'fintech' FROM certificates",
                "CRT-2",
            ),
            (
                "INSERT INTO certificate_scopes (body_id, id, certificate_id, dimension, code)"
                " SELECT body_id, case_id, id, 'phase', 'tourism' FROM certificates",
                "CRT-2",
            ),
        ],
    )
    def test_nobody_makes_it_cover_more(self, runtime, ana, statement, rule):
        assert ana
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(statement)

        assert refused_by(refused.value) == rule
