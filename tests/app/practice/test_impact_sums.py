"""Indicators as data, what firms' figures come to, and the days on which firms are asked."""

from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from app.core.errors import Invalid
from app.practice import service as practice
from app.practice.rules import COUNTING
from app.schemes.requirements import AsOf, Kind, Requirement
from app.work import Runtime
from tests.factories.practice import MENTEE, OWN, a_mentee, an_engagement
from tests.factories.reviews import (
    BOTH,
    NEITHER,
    STAFF,
    an_impact_link,
    figure,
    in_first_weeks,
    newest_api_path,
    signed_in,
)
from tests.support.days import live, mailbox
from tests.support.world import World


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor) -> str:
    return in_first_weeks(client, mentor)


class TestIndicators:
    EXPORTS = {  # noqa: RUF012 - read only
        "code": "export_markets",
        "unit": "count",
        "text": {"en": "Countries that the firm sells to", "es": "Países en los que vende"},
    }

    def test_a_body_counts_what_its_funders_ask_for_until_it_retires_it(
        self, client, world, mentor, engagement
    ) -> None:
        manager = world.alpha["programme_manager"].headers
        made = client.post(f"{STAFF}/indicators", json=self.EXPORTS, headers=manager)
        link = an_impact_link(client, mentor, engagement)
        told = client.post(link, json=BOTH | {"figures": [figure("export_markets", "3")]})

        retired = client.post(
            f"{STAFF}/indicators/{made.json()['id']}/retirement", headers=manager | {"If-Match": '"1"'}
        )
        later = client.post(
            f"{OWN}/engagements/{engagement}/figures",
            json={"figures": [figure("export_markets", "4")]},
            headers=mentor.headers,
        )

        assert (made.status_code, told.status_code) == (201, 200)
        assert retired.json()["retired_on"] == "2026-03-02"
        assert later.json()["findings"][0]["code"] == "indicator_unknown"
        listed = client.get(f"{STAFF}/indicators", headers=manager).json()["items"]
        assert [one["code"] for one in listed] == ["export_markets"]

    @pytest.mark.parametrize("code", ["jobs", "export_markets"])
    def test_a_code_is_taken_once(self, client, world, code: str) -> None:
        manager = world.alpha["programme_manager"].headers
        client.post(f"{STAFF}/indicators", json=self.EXPORTS, headers=manager)

        again = client.post(f"{STAFF}/indicators", json=self.EXPORTS | {"code": code}, headers=manager)

        assert (again.status_code, again.json()["code"]) == (409, "indicator_taken")

    def test_a_text_is_needed_in_every_language(self, client, world) -> None:
        manager = world.alpha["programme_manager"].headers

        refused = client.post(
            f"{STAFF}/indicators", json=self.EXPORTS | {"text": {"en": "Countries"}}, headers=manager
        )

        assert refused.status_code == 422

    def test_no_requirement_can_ask_for_a_figure_even_under_its_own_code(
        self, client, system, world, mentor
    ) -> None:
        manager = world.alpha["programme_manager"].headers
        client.post(f"{STAFF}/indicators", json=self.EXPORTS, headers=manager)

        for code in ("jobs", "turnover", "profit", "confidence", "export_markets"):
            with pytest.raises(Invalid) as refusal:
                system.read(_evaluated, mentor.person_id, code)
            assert refusal.value.code == "measure_unknown"


def _evaluated(work, person_id, measure: str):
    work.require_system()
    wanted = Requirement("R-X", Kind.AT_LEAST, AsOf.DECISION, {"en": "x"}, 1, measure=measure)
    return practice.evaluate(work, person_id, wanted, on=work.today, counting=COUNTING)


class TestSums:
    def a_told_firm(self, client, mentor, n: int, **uses: bool) -> None:
        """A firm whose engagement ended on 27 February 2026, with jobs before and after."""
        code = f"{mentor.person_id}-{n}"
        made = an_engagement(client, mentor, code=code, sme_name=f"Firm {code}", started_on="2025-09-01")
        a_mentee(client, mentor, made["id"])
        ended = client.post(
            f"{OWN}/engagements/{made['id']}/end",
            json={"ended_on": "2026-02-27"},
            headers=mentor.headers | {"If-Match": '"1"'},
        )
        assert ended.status_code == 200, ended.text
        told = client.post(
            an_impact_link(client, mentor, made["id"]),
            json=BOTH
            | uses
            | {
                "figures": [
                    figure(amount="4", as_of="2025-09-01"),
                    figure(amount=str(4 + n), moment="end", as_of="2026-02-28"),
                ]
            },
        )
        assert told.status_code == 200, told.text

    def jobs_at_end(self, client, world, **query: object) -> dict:
        answer = client.get(
            f"{STAFF}/impact", params={"year": 2026} | query, headers=world.alpha["adviser"].headers
        )
        assert answer.status_code == 200, answer.text
        return next(
            one
            for one in answer.json()["items"]
            if (one["indicator"]["code"], one["moment"]) == ("jobs", "end")
        )

    def test_ten_firms_are_told_of_and_nine_are_not(self, client, world, mentor) -> None:
        for n in range(9):
            self.a_told_firm(client, mentor, n)
        self.a_told_firm(client, mentor, 9, in_statistics=False)
        few = self.jobs_at_end(client, world)
        self.a_told_firm(client, mentor, 10)

        enough = self.jobs_at_end(client, world)

        assert {few[name] for name in ("firms", "baseline", "value", "change")} == {None}
        assert {name: enough[name] for name in ("firms", "baseline", "value", "change")} == {
            "firms": 10, "baseline": "4.0", "value": "8.5", "change": "4.5",
        }  # fmt: skip
        assert self.jobs_at_end(client, world, year=2025)["firms"] is None
        assert self.jobs_at_end(client, world, person_id=str(mentor.person_id))["firms"] == 10
        other = world.alpha["trainer"].person_id
        assert self.jobs_at_end(client, world, person_id=str(other))["firms"] is None

        client.post(f"{newest_api_path(client, 'impact-consent')}/withdrawals", json=BOTH)
        assert self.jobs_at_end(client, world)["firms"] is None

    def test_a_mentor_is_told_no_sums(self, client, mentor) -> None:
        answer = client.get(f"{STAFF}/impact", params={"year": 2026}, headers=mentor.headers)

        assert answer.status_code == 403


def test_through_an_engagement_and_the_year_after_it_a_firm_is_asked_on_the_right_days(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    engagement = an_engagement(client, world.alpha["person"], started_on="2026-03-02")["id"]
    a_mentee(client, world.alpha["person"], engagement)

    first = figures_mails(live(runtime, datetime(2026, 3, 20, 9, tzinfo=UTC)))
    client.post(newest_api_path(client, "impact"), json=BOTH | {"figures": [figure(as_of="2026-03-01")]})
    newest_api_path(client, "impact-consent")
    until_end = figures_mails(live(runtime, datetime(2026, 9, 25, 9, tzinfo=UTC)))
    ended = client.post(
        f"{OWN}/engagements/{engagement}/end",
        json={"ended_on": "2026-09-02"},
        headers=signed_in(client, "person") | {"If-Match": '"1"'},
    )
    after = figures_mails(live(runtime, datetime(2028, 1, 1, 9, tzinfo=UTC)))

    assert ended.status_code == 200, ended.text
    assert first == [date(2026, 3, 16)]
    assert until_end == [date(2026, 9, 10)]
    assert after == [date(2027, 3, 2), date(2027, 9, 2)]


def figures_mails(lived: list) -> list[date]:
    return [
        day
        for day, mail in lived
        if mail.address == MENTEE["email"] and mail.subject.startswith("How is Olivar")
    ]


def test_a_firm_that_refused_is_asked_no_more(client: TestClient, runtime: Runtime, world: World) -> None:
    engagement = an_engagement(client, world.alpha["person"], started_on="2026-03-02")["id"]
    a_mentee(client, world.alpha["person"], engagement)
    client.post(an_impact_link(client, world.alpha["person"], engagement), json=NEITHER)
    before = len(mailbox(runtime))

    lived = live(runtime, datetime(2026, 10, 15, 9, tzinfo=UTC))

    assert before == 1
    assert figures_mails(lived) == []
