"""Figures of a firm over HTTP: by its own consent, used as it allows, erased once it allows nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, at_once
from tests.factories.reviews import (
    BOTH,
    NEITHER,
    STAFF,
    an_impact_link,
    figure,
    in_first_weeks,
    newest_api_path,
)
from tests.support.world import StandingClock, World

TURNOVER = figure("turnover", "118345.60", currency="EUR")


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor) -> str:
    return in_first_weeks(client, mentor)


def stored(runtime: Runtime) -> list[tuple]:
    with runtime.database.reading() as session:
        query = "SELECT indicator, amount, currency, as_of, salt FROM practice_figures ORDER BY id"
        return [tuple(row) for row in session.execute(sa.text(query)).all()]


def read_by(client, world: World, engagement: str, role: str = "application_reviewer"):
    return client.get(f"{STAFF}/engagements/{engagement}/impact", headers=world.alpha[role].headers)


def test_a_firm_consents_tells_and_those_who_assess_may_see(client, world, mentor, engagement) -> None:
    link = an_impact_link(client, mentor, engagement)

    asked = client.get(link).json()
    told = client.post(link, json=BOTH | {"figures": [figure(), TURNOVER]})
    again = client.post(link, json=NEITHER)

    assert (asked["consent"], asked["figures"], asked["mentor_name"]) == (None, [], "Person of Alpha")
    assert [one["code"] for one in asked["indicators"]] == ["jobs", "turnover", "profit", "confidence"]
    assert told.json() == BOTH | {"figures": 2}
    assert (again.status_code, again.json()["code"]) == (409, "link_used")
    seen = read_by(client, world, engagement).json()
    assert seen["consent"] == BOTH | {"given_on": "2026-03-02"}
    assert [(one["indicator"], one["amount"], one["currency"]) for one in seen["figures"]] == [
        ("jobs", "4.00", None), ("turnover", "118345.60", "EUR"),
    ]  # fmt: skip


def test_a_refusal_keeps_the_refusal_and_nothing_else(client, runtime, world, mentor, engagement) -> None:
    link = an_impact_link(client, mentor, engagement)

    with_figures = client.post(link, json=NEITHER | {"figures": [figure()]})
    plain = client.post(link, json=NEITHER)
    by_mentor = client.post(
        f"{OWN}/engagements/{engagement}/figures", json={"figures": [figure()]}, headers=mentor.headers
    )

    assert (with_figures.status_code, with_figures.json()["code"]) == (409, "consent_missing")
    assert plain.json() == NEITHER | {"figures": 0}
    assert (by_mentor.status_code, by_mentor.json()["code"]) == (409, "consent_missing")
    assert stored(runtime) == []
    assert read_by(client, world, engagement).json()["consent"] == NEITHER | {"given_on": "2026-03-02"}


def test_figures_for_statistics_alone_are_shown_to_nobody(client, world, mentor, engagement) -> None:
    only_counted = {"to_assessors": False, "in_statistics": True, "figures": [figure()]}
    client.post(an_impact_link(client, mentor, engagement), json=only_counted)

    seen = read_by(client, world, engagement)
    own = client.get(f"{OWN}/engagements/{engagement}/impact", headers=mentor.headers).json()

    assert (seen.json()["figures"], own["figures"]) == ([], [])


def test_consent_is_taken_back_in_part_and_as_a_whole_and_then_the_figures_are_gone(
    client, runtime, world, mentor, engagement
) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH | {"figures": [figure(), TURNOVER]})
    consent = newest_api_path(client, "impact-consent")
    before = stored(runtime)

    part = client.post(f"{consent}/withdrawals", json={"to_assessors": True, "in_statistics": False}).json()
    still, shown = stored(runtime), read_by(client, world, engagement).json()["figures"]
    whole = client.post(f"{consent}/withdrawals", json=BOTH)
    again = client.post(f"{consent}/withdrawals", json=BOTH)

    assert part == {"to_assessors": False, "in_statistics": True, "figures": 0}
    assert ([row[1] for row in still], shown) == ([400, 11834560], [])
    assert whole.json() == NEITHER | {"figures": 0}
    assert [row[1:4] for row in stored(runtime)] == [(None, None, None)] * 2
    assert not {bytes(row[4]) for row in before} & {bytes(row[4]) for row in stored(runtime)}
    assert (again.status_code, again.json()["code"]) == (409, "consent_missing")
    assert client.get(consent).json()["figures"] == []


def test_the_way_back_has_no_end(client, clock: StandingClock, mentor, engagement) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH | {"figures": [figure()]})
    consent = newest_api_path(client, "impact-consent")

    clock.advance(timedelta(days=3000))

    assert client.get(consent).json()["sme_name"] == "Olivar del Alba S.L."
    assert client.post(f"{consent}/withdrawals", json=BOTH).status_code == 200


def test_a_link_to_take_back_does_not_consent_and_one_to_consent_does_not_take_back(
    client, mentor, engagement
) -> None:
    ask = an_impact_link(client, mentor, engagement)
    client.post(ask, json=BOTH)
    back = newest_api_path(client, "impact-consent")

    assert client.post(back.replace("practice-consents", "practice-impact"), json=BOTH).status_code == 404
    assert client.get(ask.replace("practice-impact", "practice-consents")).status_code == 404


def test_a_mentor_enters_with_consent_sees_her_own_and_overwrites_nothing_of_the_firm(
    client, world, mentor, engagement
) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH | {"figures": [figure()]})
    path = f"{OWN}/engagements/{engagement}/figures"

    entered = client.post(path, json={"figures": [TURNOVER]}, headers=mentor.headers)
    corrected = client.post(path, json={"figures": [TURNOVER | {"amount": "99"}]}, headers=mentor.headers)
    over = client.post(path, json={"figures": [figure(amount="40")]}, headers=mentor.headers)

    assert entered.status_code == 201, entered.text
    assert [one["amount"] for one in corrected.json()["figures"]] == ["99.00"]
    assert (over.status_code, over.json()["code"]) == (409, "figure_of_firm")
    seen = read_by(client, world, engagement).json()["figures"]
    assert [(one["indicator"], one["told_by"]) for one in seen] == [
        ("jobs", "mentee"), ("turnover", "mentor"),
    ]  # fmt: skip


def test_a_wrong_currency_may_be_put_right_but_not_mixed(client, mentor, engagement) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH)
    path = f"{OWN}/engagements/{engagement}/figures"
    client.post(path, json={"figures": [TURNOVER]}, headers=mentor.headers)

    right = client.post(path, json={"figures": [TURNOVER | {"currency": "GBP"}]}, headers=mentor.headers)
    no_currency = client.post(
        path, json={"figures": [TURNOVER | {"currency": "XQQ"}]}, headers=mentor.headers
    )

    assert right.json()["figures"][0]["currency"] == "GBP"
    assert no_currency.status_code == 422


def test_bad_figures_leave_the_link_and_everything_as_it_was(client, runtime, mentor, engagement) -> None:
    link = an_impact_link(client, mentor, engagement)

    refused = client.post(link, json=BOTH | {"figures": [figure(), figure("confidence", "9")]})

    assert (refused.status_code, refused.json()["code"]) == (422, "figures_refused")
    assert [one["pointer"] for one in refused.json()["findings"]] == ["/figures/1/amount"]
    assert (stored(runtime), client.get(link).json()["consent"]) == ([], None)


def test_of_many_answers_to_one_link_one_is_taken(client, mentor, engagement) -> None:
    link = an_impact_link(client, mentor, engagement)

    assert at_once(lambda: client.post(link, json=BOTH), 5) == [200, 409, 409, 409, 409]


def test_a_mentee_is_not_asked_again_within_two_weeks(client, mentor, engagement) -> None:
    an_impact_link(client, mentor, engagement)

    again = client.post(f"{OWN}/engagements/{engagement}/figure-requests", headers=mentor.headers)

    assert (again.status_code, again.json()["code"]) == (409, "figures_asked_lately")


def test_reading_is_recorded_and_neither_figures_nor_firm_stand_in_the_log(
    client, runtime, world, mentor, engagement
) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH | {"figures": [TURNOVER]})
    read_by(client, world, engagement, "auditor")

    with runtime.database.reading() as session:
        events = session.execute(sa.text("SELECT event, body FROM events ORDER BY id")).all()
    names = [name for name, _ in events]
    assert {"engagement_figures.asked", "engagement_consent.told", "record.disclosed"} <= set(names)
    assert not any(b"118345" in bytes(body) or b"Olivar" in bytes(body) for _, body in events)


def test_nobody_reads_her_own_firms_figures_as_an_assessor(client, world) -> None:
    reviewer = world.alpha["application_reviewer"]
    own = in_first_weeks(client, reviewer)

    assert read_by(client, world, own).status_code == 404


def test_only_those_who_assess_read_a_firms_figures(client, world, engagement) -> None:
    refused = {
        role: read_by(client, world, engagement, role).status_code
        for role in ("adviser", "programme_manager", "administrator", "person", "assessor")
    }

    assert set(refused.values()) == {403}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE practice_figures SET amount = 1, rev = rev + 1",
        "UPDATE practice_figures SET moment = 'end', rev = rev + 1",
        "UPDATE practice_consents SET in_statistics = (1 = 1), rev = rev + 1",
        "INSERT INTO practice_figures (body_id, id, rev, stream, indicator, moment, consent_id, told_by,"
        " amount) SELECT body_id, consent_id, rev + 1, stream, indicator, 'end', consent_id, told_by, 5"
        " FROM practice_figures",
    ],
)
def test_the_database_keeps_no_figure_without_consent(
    client, runtime, mentor, engagement, statement: str
) -> None:
    client.post(an_impact_link(client, mentor, engagement), json=BOTH | {"figures": [figure()]})
    client.post(f"{newest_api_path(client, 'impact-consent')}/withdrawals", json=BOTH)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(statement)

    assert refused_by(refused.value) == "7.3"
