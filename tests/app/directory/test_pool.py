"""The pool as a whole: its gaps, and as a table."""

import csv
import io
from datetime import timedelta

import pytest

from app.core.errors import Invalid
from app.directory.rules.coverage import Axes, Held, Minimum, counted, covered, minimum_of
from tests.factories.directory import Pool, listed
from tests.support.counting import events
from tests.support.world import START

COVERAGE = "/v1/directory/coverage"
GROWTH = (("growth", "Growth"),)
FINTECH = (("fintech", "Financial technology"),)


def cells(answer):
    assert answer.status_code == 200, answer.text
    return {
        (cell["sector"], cell["phase"], cell["language"]): (cell["certified"], cell["wanted"], cell["gap"])
        for cell in answer.json()["cells"]
    }


class TestCoverage:
    def test_all_certified_persons_count_and_not_only_the_listed(self, client, world, pool: Pool):
        pool.person("Ana", phases=GROWTH, endorsements=FINTECH)
        listed(client, pool.person("Bea", phases=GROWTH, endorsements=()), languages=["es"])
        pool.person("Cleo", phases=GROWTH, endorsements=(), effective_on=START.date() + timedelta(days=9))

        found = cells(client.get(COVERAGE, headers=world.alpha["adviser"].headers))

        assert found["any", "growth", "en"] == (2, 1, 0)
        assert found["any", "growth", "es"] == (1, 1, 0)
        assert found["fintech", "growth", "en"] == (1, 1, 0)
        assert found["fintech", "growth", "es"] == (0, 1, 1)
        assert found["construction", "transition", "en"] == (0, 1, 1)

    def test_a_person_with_two_certificates_counts_once(self, client, world, pool):
        ana = pool.person("Ana", phases=GROWTH)
        pool.certified(ana, phases=GROWTH, level=4)

        found = cells(client.get(COVERAGE, headers=world.alpha["adviser"].headers))

        assert found["any", "growth", "en"][0] == 1

    def test_what_a_withdrawn_listing_told_no_longer_counts(self, client, world, pool):
        ana = pool.person("Ana", phases=GROWTH)
        listed(client, ana, languages=["es"])
        client.post("/v1/me/listing/withdrawal", headers=ana.headers)

        found = cells(client.get(COVERAGE, headers=world.alpha["adviser"].headers))

        assert {cell for cell, (certified, _, _) in found.items() if certified} == {
            ("any", "growth", "en"),
            ("tourism", "growth", "en"),
        }

    def test_gaps_are_held_against_what_is_wanted(self, client, world, pool):
        pool.person("Ana", phases=GROWTH, endorsements=FINTECH)
        query = {"least": 2, "minimum": ["fintech.growth.en:3", "any.growth.it:1"], "language": "fr"}

        answer = client.get(COVERAGE, params=query, headers=world.alpha["programme_manager"].headers)

        found = cells(answer)
        assert found["fintech", "growth", "en"] == (1, 3, 2)
        assert found["any", "growth", "en"] == (1, 2, 1)
        assert found["any", "growth", "it"] == (0, 1, 1)
        assert found["any", "growth", "fr"] == (0, 2, 2)
        assert answer.json()["gaps"] == sum(gap > 0 for _, _, gap in found.values())

    def test_the_same_report_is_to_be_had_as_a_table(self, client, world, pool):
        pool.person("Ana", phases=GROWTH, endorsements=FINTECH)
        headers = world.alpha["scheme_manager"].headers

        answer = client.get(f"{COVERAGE}.csv", headers=headers)

        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        report = client.get(COVERAGE, headers=headers).json()["cells"]
        assert lines == [{name: str(value) for name, value in cell.items()} for cell in report]

    @pytest.mark.parametrize(
        "text", ["fintech", "fintech.growth:3", "a.b.c:", "a.b.c:-1", "a.b.c:x", "a..c:1"]
    )
    def test_a_minimum_that_cannot_be_read_is_refused(self, client, world, text):
        headers = world.alpha["adviser"].headers
        answer = client.get(COVERAGE, params={"minimum": text}, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (422, "minimum_refused")

    def test_persons_count_once_in_each_cell_and_cells_add_nobody_up_twice(self):
        growth, both = ("growth",), ("growth", "transition")
        es, two = frozenset({"es"}), frozenset({"es", "en"})
        held = [
            Held("ana", growth, ("fintech",), es),
            Held("ana", both, (), es),
            Held("bea", growth, (), two),
            Held("cleo", growth, (), two),
        ]

        assert counted(held) == {
            ("fintech", "growth", "es"): 1,
            ("any", "growth", "es"): 3,
            ("any", "transition", "es"): 1,
            ("any", "growth", "en"): 2,
        }

    def test_a_report_too_wide_to_read_is_refused(self):
        wanted = [Minimum((f"s{n}", f"p{n}", f"l{n}"), 1) for n in range(20)]

        with pytest.raises(Invalid, match="coverage_too_wide"):
            covered({}, Axes([], [], []), 1, wanted)

    def test_a_minimum_is_read(self):
        assert minimum_of("fintech.growth.es:5") == Minimum(("fintech", "growth", "es"), 5)

    def test_another_bodys_persons_do_not_count(self, client, world, pool):
        pool.person("Ana")

        found = cells(client.get(COVERAGE, headers=world.beta["adviser"].headers))

        assert {certified for certified, _, _ in found.values()} <= {0}


class TestTable:
    def test_each_listed_mentor_stands_in_it_with_her_certificate(self, client, world, runtime, pool):
        pool.mentor("Ana", visibility="advisers")
        pool.person("Bea")

        answer = client.get("/v1/directory/mentors.csv", headers=world.alpha["adviser"].headers)

        [line] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (line["name"], line["level"], line["phases"]) == ("Ana", "3", "early_startup; growth")
        assert line["verify_url"].startswith("http")
        assert "/v/alpha/" in line["verify_url"]
        assert (line["visibility"], line["open_engagements"], line["free"]) == ("advisers", "0", "yes")
        assert "@" not in answer.text
        assert len(events(runtime, "record.disclosed")) == 1

    @pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", " =HYPERLINK(0)", "\uff1d1"])
    def test_nothing_in_it_is_a_formula(self, client, world, pool, name):
        pool.mentor("Ana", headline={"en": name})

        answer = client.get("/v1/directory/mentors.csv", headers=world.alpha["adviser"].headers)

        [line] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert line["headline"] == f"'{name.strip()}"

    def test_it_is_for_advisers(self, client, world):
        for role in ("person", "administrator", "client"):
            answer = client.get("/v1/directory/mentors.csv", headers=world.alpha[role].headers)
            assert answer.status_code == 403
