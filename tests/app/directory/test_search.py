"""Looking for a mentor: who is shown, in which order, and why."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.certificates.rules import Move
from tests.factories.certificates import moved
from tests.factories.directory import SEARCH, Pool, listed, names
from tests.support.world import START

TODAY = START.date()


class TestWhoIsShown:
    def test_a_certified_person_who_lists_herself_is_found_with_her_certificate(self, client, pool: Pool):
        listing = pool.mentor("Ana")

        found = client.get(SEARCH).json()["items"]

        [ana] = found
        assert (ana["listing_id"], ana["name"]) == (listing, "Ana")
        assert ana["body"] == {"slug": "alpha", "legal_name": "Alpha Certification"}
        [held] = ana["certificates"]
        assert (held["level"], held["phases"], held["endorsements"]) == (
            3,
            ["early_startup", "growth"],
            ["tourism"],
        )
        assert held["verify_url"].endswith(held["verify_url"].split("/")[-1])
        assert held["level_means"]["en"].startswith("Plans and orders a whole engagement alone")
        assert held["level_means"]["es"].startswith("Planifica")
        assert held["serves"]["transition"] == "with_lead"

    def test_nobody_is_found_who_did_not_list_herself(self, client, pool: Pool):
        pool.person("Ana")

        assert names(client.get(SEARCH)) == []

    @pytest.mark.parametrize("move", [Move.SUSPEND, Move.WITHDRAW])
    def test_a_certificate_that_is_moved_takes_its_holder_out_at_once(self, client, system, pool, move):
        ana = pool.person("Ana")
        held = client.get("/v1/me/certificates", headers=ana.headers).json()["items"][0]
        listing = listed(client, ana)
        before = names(client.get(SEARCH))

        moved(system, UUID(held["id"]), move)

        assert before == ["Ana"]
        assert names(client.get(SEARCH)) == []
        assert client.get(f"{SEARCH}/{listing['id']}").status_code == 404
        assert client.get("/v1/me/listing", headers=ana.headers).json()["is_shown"] is False

    def test_a_suspended_mentor_is_found_again_once_she_is_reinstated(self, client, system, pool):
        ana = pool.person("Ana")
        held = client.get("/v1/me/certificates", headers=ana.headers).json()["items"][0]
        listed(client, ana)

        moved(system, UUID(held["id"]), Move.SUSPEND)
        moved(system, UUID(held["id"]), Move.REINSTATE)

        assert names(client.get(SEARCH)) == ["Ana"]

    def test_she_is_found_through_her_last_day_and_not_beyond(self, client, clock, pool):
        pool.mentor("Ana", {"expires_on": TODAY + timedelta(days=2)})

        clock.advance(timedelta(days=2))
        last = names(client.get(SEARCH))
        clock.advance(timedelta(days=1))

        assert last == ["Ana"]
        assert names(client.get(SEARCH)) == []

    def test_a_certificate_that_is_not_valid_yet_shows_nobody(self, client, pool):
        ana = pool.person("Ana", expires_on=TODAY + timedelta(days=1))
        pool.certified(ana, effective_on=TODAY + timedelta(days=30))
        listed(client, ana)

        [found] = client.get(SEARCH).json()["items"]

        assert len(found["certificates"]) == 1

    def test_withdrawn_she_is_gone_from_every_answer(self, client, pool, world):
        ana = pool.person("Ana")
        listing = listed(client, ana)

        client.post("/v1/me/listing/withdrawal", headers=ana.headers)

        headers = world.alpha["adviser"].headers
        assert names(client.get(SEARCH)) == []
        assert client.get(f"{SEARCH}/{listing['id']}").status_code == 404
        assert names(client.get("/v1/directory/mentors", headers=headers)) == []
        assert client.get(f"/v1/directory/mentors/{listing['id']}", headers=headers).status_code == 404
        assert b"Ana" not in client.get("/v1/directory/mentors.csv", headers=headers).content

    def test_nothing_that_leads_to_her_address_is_shown(self, client, pool):
        listing = pool.mentor("Ana")

        for path in (SEARCH, f"{SEARCH}/{listing}"):
            text = client.get(path).text
            assert "@" not in text
            assert "person_id" not in text


class TestFilters:
    @pytest.fixture
    def three(self, pool: Pool) -> Pool:
        pool.mentor(
            "Ana",
            {"level": 4, "phases": (("growth", "Growth"),), "endorsements": (("fintech", "Fintech"),)},
            expertise=["finance"], languages=["es"], country="ES", is_remote=False, is_free=True,
            sectors=["technology"], experience=["raised_capital"], styles=["challenges"], touch="high",
        )  # fmt: skip
        pool.mentor(
            "Bea",
            {"level": 3, "phases": (("transition", "Transition"),), "endorsements": ()},
            expertise=["succession", "law"], languages=["en", "es"], country="PT", is_free=False,
            sectors=["tourism"], experience=["handed_business_over"], styles=["asks_first"], touch="low",
        )  # fmt: skip
        pool.mentor(
            "Cleo",
            {"level": 5, "phases": (("growth", "Growth"), ("transition", "Transition")), "endorsements": ()},
            expertise=["finance", "law"], languages=["en"], country="IT", is_accepting=False,
            sectors=[], experience=[], styles=[], touch="low",
        )  # fmt: skip
        return pool

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, {"Ana", "Bea", "Cleo"}),
            ({"phase": "growth"}, {"Ana", "Cleo"}),
            ({"phase": "growth", "level": 5}, {"Cleo"}),
            ({"level": 4}, {"Ana", "Cleo"}),
            ({"endorsement": "fintech"}, {"Ana"}),
            ({"endorsement": "tourism"}, set()),
            ({"expertise": "law"}, {"Bea", "Cleo"}),
            ({"expertise": ["succession", "finance"]}, {"Ana", "Bea", "Cleo"}),
            ({"language": "es"}, {"Ana", "Bea"}),
            ({"country": ["PT", "IT"]}, {"Bea", "Cleo"}),
            ({"remote": True}, {"Bea", "Cleo"}),
            ({"free": True}, {"Ana", "Cleo"}),
            ({"accepting": True}, {"Ana", "Bea"}),
            ({"language": "es", "phase": "growth", "expertise": "finance"}, {"Ana"}),
            ({"sector": "tourism", "require": "sector"}, {"Bea"}),
            ({"sector": "fintech", "require": "sector"}, {"Ana"}),
            ({"touch": "low", "require": "touch"}, {"Bea", "Cleo"}),
            ({"experience": "raised_capital", "require": ["experience", "language"]}, {"Ana"}),
            ({"sector": "tourism"}, {"Ana", "Bea", "Cleo"}),
            ({"style": "challenges"}, {"Ana", "Bea", "Cleo"}),
            ({"language": "es", "require": "scope"}, {"Ana", "Bea", "Cleo"}),
        ],
    )
    @pytest.mark.usefixtures("three")
    def test_each_filter_leaves_who_meets_it(self, client, query, found):
        assert set(names(client.get(SEARCH, params=query))) == found

    def test_level_and_phase_must_stand_in_one_certificate(self, client, pool):
        ana = pool.person("Ana", level=5, phases=(("transition", "Transition"),))
        pool.certified(ana, level=3, phases=(("growth", "Growth"),))
        listed(client, ana)

        assert names(client.get(SEARCH, params={"level": 5, "phase": "growth"})) == []
        assert names(client.get(SEARCH, params={"level": 5, "phase": "transition"})) == ["Ana"]

    @pytest.mark.parametrize(
        ("query", "pointer", "allowed"),
        [
            ({"expertise": "magic"}, "/query/expertise/0", "access_to_finance"),
            ({"sector": "magic"}, "/query/sector/0", "agro_food"),
            ({"style": "magic"}, "/query/style/0", "asks_first"),
            ({"experience": "magic"}, "/query/experience/0", "grown_business"),
            ({"touch": "magic"}, "/query/touch", "high"),
            ({"phase": "magic"}, "/query/phase", "growth"),
            ({"endorsement": "magic"}, "/query/endorsement", "tourism"),
            ({"weight": "magic:3"}, "/query/weight", "expertise"),
            ({"weight": "expertise:11"}, "/query/weight", "10"),
            ({"weight": "expertise"}, "/query/weight", "10"),
            ({"require": "style"}, "/query/require/0", "scope"),
            ({"level": 6}, "/query/level", "5"),
            ({"country": "Spain"}, "/query/country/0", ""),
            ({"cursor": "magic"}, "/query/cursor", ""),
            ({"magic": "1"}, "/query/magic", ""),
        ],
    )
    @pytest.mark.usefixtures("pool")
    def test_what_is_unknown_is_refused_by_place_with_what_is_allowed(self, client, query, pointer, allowed):
        answer = client.get(SEARCH, params=query)

        assert answer.status_code == 422
        assert pointer in [finding["pointer"] for finding in answer.json()["findings"]]
        assert allowed in answer.text

    def test_a_phase_that_only_a_scheme_of_the_body_knows_may_be_asked_for(self, client, pool):
        pool.mentor("Ana", {"phases": (("second_life", "Second life"),)})

        assert names(client.get(SEARCH, params={"phase": "second_life"})) == ["Ana"]


class TestScore:
    def test_a_score_is_told_in_its_parts(self, client, pool):
        pool.mentor("Ana", expertise=["finance", "export"], sectors=["agro_food"], country="ES")

        query = {"expertise": ["finance", "law", "export"], "sector": ["tourism", "health"], "country": "ES"}
        [ana] = client.get(SEARCH, params=query).json()["items"]

        score = ana["score"]
        assert [(part["criterion"], part["weight"], part["score"]) for part in score["parts"]] == [
            ("expertise", 4, "2.67"),
            ("sector", 3, "1.50"),
            ("country", 1, "1.00"),
        ]
        expertise, sector, country = score["parts"]
        assert (expertise["matched"], expertise["missing"]) == (["finance", "export"], ["law"])
        assert (sector["matched"], sector["certified"], sector["missing"]) == (
            ["tourism"],
            ["tourism"],
            ["health"],
        )
        assert (expertise["is_required"], sector["is_required"], country["is_required"]) == (
            True,
            False,
            True,
        )
        assert (score["total"], score["best"]) == ("5.17", "8.00")

    def test_who_meets_more_stands_first(self, client, pool):
        pool.mentor("One", expertise=["finance"])
        pool.mentor("Three", expertise=["finance", "law", "export"])
        pool.mentor("Two", expertise=["finance", "law"])

        answer = client.get(SEARCH, params={"expertise": ["finance", "law", "export"]})

        assert names(answer) == ["Three", "Two", "One"]

    def test_life_experience_counts_most_then_business_knowledge_then_the_sector(self, client, pool):
        pool.mentor("Sector", expertise=["law"], sectors=["health"], experience=[])
        pool.mentor("Knowledge", expertise=["finance"], sectors=[], experience=[])
        pool.mentor("Life", expertise=["law"], sectors=[], experience=["closed_business"])

        wishes = {"expertise": "finance", "sector": "health", "experience": "closed_business"}
        usual = names(client.get(SEARCH, params=wishes | {"require": "scope"}))
        weights = ["sector:10", "experience:0"]
        other = names(client.get(SEARCH, params=wishes | {"require": "scope", "weight": weights}))

        assert usual == ["Life", "Knowledge", "Sector"]
        assert other == ["Sector", "Knowledge", "Life"]

    def test_the_order_of_the_database_is_the_order_of_the_parts(self, client, pool):
        for number, codes in enumerate((["finance"], ["law", "export"], ["finance", "law"], ["export"])):
            pool.mentor(
                f"Mentor {number}", expertise=codes, country="ES" if number % 2 else "PT",
                styles=["challenges"] if number == 3 else [], is_free=number != 1,
            )  # fmt: skip
        query = {
            "expertise": ["finance", "law", "export"], "country": "ES", "free": True, "style": ["challenges"],
            "touch": "high", "language": ["es", "en", "it"], "sector": ["tourism"], "require": "scope",
        }  # fmt: skip

        items = client.get(SEARCH, params=query).json()["items"]

        totals = [Decimal(item["score"]["total"]) for item in items]
        assert len(items) == 4
        assert totals == sorted(totals, reverse=True)
        assert len(set(totals)) > 1
        for item in items:
            parts = sum(Decimal(part["score"]) for part in item["score"]["parts"])
            assert abs(parts - Decimal(item["score"]["total"])) <= Decimal("0.05")

    @pytest.mark.usefixtures("pool")
    def test_the_hard_filters_are_named_apart(self, client):
        query = {"phase": "growth", "level": 3, "language": "es", "sector": "tourism", "accepting": True}

        filters = client.get(SEARCH, params=query).json()["filters"]

        assert filters == {
            "in_force_on": "2026-03-02",
            "phase": "growth",
            "level": 3,
            "endorsement": None,
            "accepting": True,
            "required": ["language"],
        }


class TestTurnsAndPages:
    def test_equals_stand_in_another_order_on_another_day_and_in_the_same_all_day(self, client, clock, pool):
        for number in range(6):
            pool.mentor(f"Mentor {number}")
        orders = []
        for _ in range(12):
            orders.append(names(client.get(SEARCH)))
            assert names(client.get(SEARCH)) == orders[-1]
            clock.advance(timedelta(days=1))

        assert len({tuple(order) for order in orders}) > 4
        assert len({order[-1] for order in orders}) > 2

    def test_pages_show_each_mentor_once(self, client, pool):
        for number in range(7):
            pool.mentor(f"Mentor {number}", expertise=["finance"] if number % 2 else ["finance", "law"])
        query = {"expertise": ["finance", "law"]}
        whole = names(client.get(SEARCH, params=query))

        paged, cursor = [], None
        while True:
            page = client.get(SEARCH, params=query | {"limit": 3} | ({"cursor": cursor} if cursor else {}))
            paged += names(page)
            cursor = page.json()["next"]
            if cursor is None:
                break

        assert len(whole) == 7
        assert paged == whole

    def test_reading_on_past_midnight_keeps_the_order_begun(self, client, clock, pool):
        for number in range(6):
            pool.mentor(f"Mentor {number}")
        whole = names(client.get(SEARCH))
        first = client.get(SEARCH, params={"limit": 3}).json()

        clock.advance(timedelta(days=1))
        rest = client.get(SEARCH, params={"cursor": first["next"]})
        clock.advance(timedelta(days=1))
        stale = client.get(SEARCH, params={"cursor": first["next"]})

        assert [item["name"] for item in first["items"]] + names(rest) == whole
        assert (stale.status_code, stale.json()["code"]) == (422, "cursor_refused")


class TestAdvisers:
    def test_an_adviser_sees_who_is_found_by_advisers_only_and_how_much_she_has_to_do(
        self, client, world, pool
    ):
        ana = pool.person("Ana")
        listing = listed(client, ana, visibility="advisers")
        engagement = {
            "code": "a", "sme_name": "Olivar", "sector": "agro_food", "modality": "one_to_one",
            "planned_months": 6, "phase": "growth", "started_on": "2025-02-03",
        }  # fmt: skip
        assert (
            client.post("/v1/me/practice/engagements", json=engagement, headers=ana.headers).status_code
            == 201
        )
        headers = world.alpha["adviser"].headers

        [found] = client.get("/v1/directory/mentors", headers=headers).json()["items"]

        assert names(client.get(SEARCH)) == []
        assert client.get(f"{SEARCH}/{listing['id']}").status_code == 404
        assert (found["visibility"], found["open_engagements"]) == ("advisers", 1)
        alone = client.get(f"/v1/directory/mentors/{listing['id']}", headers=headers).json()
        assert alone["open_engagements"] == 1
        assert "Olivar" not in str(found)

    def test_who_is_no_adviser_is_refused(self, client, world):
        for role in ("person", "assessor", "client"):
            answer = client.get("/v1/directory/mentors", headers=world.alpha[role].headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")
