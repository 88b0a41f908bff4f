"""Every package is loaded by its data alone, and its requirements hold exactly at their edge."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.applications import service as applications
from app.decisions import evidence
from app.schemes.packaging import check_package
from app.schemes.requirements import Answer, AsOf, requirements_for
from app.work import Caller, Work
from skillcard.reading import framework_from
from tests.factories.packages import FOLDERS, packaged
from tests.factories.practice import OWN, a_link, an_engagement, an_import
from tests.factories.schemes import a_published_version
from tests.support.world import Member, World

PUBLISHED = {
    "R-hours": {1: 50, 2: 100, 3: 250, 4: 500},
    "R-years": {1: 1, 2: 3, 3: 5, 4: 7},
    "R-clients": {1: 5, 2: 10, 3: 20, 4: 40},
    "R-recent-feedback": {1: 5},
    "R-feedback": {2: 5, 3: 5},
    "R-reflections": {1: 5},
    "R-cpd": {1: 16, 2: 16},
    "R-supervision": {1: 1},
}
"""What the third party publishes for its four levels; what could not be read is not there."""
MEMBERSHIP = {"member", "body", "society"}


def test_the_packages_of_the_service_are_these_three() -> None:
    assert FOLDERS == ["business_ready", "eia_like", "sme_bm"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_package_is_sound_and_holds_a_skill_card(folder: str) -> None:
    package = packaged(folder)

    assert check_package(package) == []
    assert len(framework_from(package).levels) == len(package["levels"]["items"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_package_is_published_over_http_as_it_is(folder: str, client: TestClient, world: World) -> None:
    package = packaged(folder)

    a_published_version(client, world.alpha, package)

    public = client.get(f"/public/v1/bodies/alpha/schemes/{package['scheme']['code']}")
    assert (public.status_code, public.json()["package"]) == (200, package)


def test_the_four_levels_ask_for_the_published_figures_and_no_others() -> None:
    package = packaged("eia_like")
    asked: dict[str, dict[int, int]] = {}
    for level in (1, 2, 3, 4):
        for item in requirements_for(package, level):
            if item.as_of is AsOf.APPLICATION:
                asked.setdefault(item.id, {})[level] = int(item.threshold)

    assert asked == PUBLISHED
    assert package["parameters"]["cycle_months"] == 60
    assert len(package["units"]) == 8


def test_the_example_is_marked_as_one_and_asks_for_no_belonging() -> None:
    package = packaged("eia_like")
    words = {
        word.casefold()
        for item in package["requirements"]["items"]
        for word in (*item["title"]["en"].split(), *item["id"].split("-"))
    }

    assert package["scheme"]["example"] is True
    assert "third party" in package["scheme"]["demo_note"]["en"]
    assert "(example)" in package["scheme"]["title"]["en"]
    assert words & MEMBERSHIP == set()


def applied(client: TestClient, mentor: Member, version_id: UUID) -> str:
    """Apply for level 1; return where the answers are."""
    wanted = {
        "scheme_version_id": str(version_id),
        "level": 1,
        "phases": ["any_stage"],
        "endorsements": [],
        "language": "en",
        "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1,
        "accommodation": {"asked": "none"},
    }
    case = client.post("/v1/me/cases", json=wanted, headers=mentor.headers)
    assert case.status_code == 201, case.text
    return f"/v1/me/cases/{case.json()['id']}/answers"


def answered(client: TestClient, mentor: Member, url: str) -> dict[str, dict[str, Any]]:
    answer = client.get(url, headers=mentor.headers)
    assert answer.status_code == 200, answer.text
    return {item["requirement"]: item for item in answer.json()["items"]}


def values(found: dict[str, dict[str, Any]]) -> dict[str, tuple[Decimal, bool]]:
    return {name: (Decimal(item["value"]), item["met"]) for name, item in found.items()}


def logged(client: TestClient, mentor: Member, **record: object) -> str:
    answer = client.post(f"{OWN}/records", json=record, headers=mentor.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def mentored(client: TestClient, mentor: Member, code: str, rows: list[str]) -> None:
    """Mentor a client of that name; she confirms the sessions and gives feedback."""
    made = an_engagement(client, mentor, code=code, sme_name=f"Firm {code}", started_on="2025-03-02")
    loaded = an_import(client, mentor, "".join(f"{code},{row},session,\n" for row in rows))
    assert loaded.status_code == 200, loaded.text
    link = a_link(client, mentor, made["id"])
    answer = client.post(link, json={"feedback": f"It helped {code}."})
    assert answer.status_code == 200, answer.text


def almost_at_foundation(client: TestClient, mentor: Member, first_day: str) -> None:
    """One short of each threshold: 4 clients, 49 hours, 4 reflections, 15 hours of CPD, 0.99 in a quarter."""
    for n, code in enumerate(("ana", "bea", "eva", "ida")):
        days = [f"2025-{month:02}-{10 + n}" for month in (4, 5, 6)]
        rows = [f"{day},09:00,13:00" for day in days]
        mentored(client, mentor, code, [f"{first_day},09:00,10:00", *rows] if n == 0 else rows)
    for month in (3, 4, 5, 6):
        logged(client, mentor, kind="reflection", started_on=f"2025-{month:02}-20", note="What I learnt.")
    logged(client, mentor, kind="cpd", started_on="2025-06-01", hours="15")
    for day in ("2025-06-02", "2025-06-03", "2025-12-02"):  # the last and first days of three quarters
        logged(client, mentor, kind="supervision", started_on=day, hours="1")
    logged(client, mentor, kind="supervision", started_on="2026-03-02", hours="0.99")
    outside = {"started_on": "2025-03-02"}  # the day on which the window of twelve months has not yet begun
    logged(client, mentor, kind="reflection", note="Too old.", **outside)
    logged(client, mentor, kind="cpd", hours="40", **outside)
    logged(client, mentor, kind="supervision", hours="40", **outside)


def at_foundation(client: TestClient, mentor: Member) -> None:
    """The one that was missing of each."""
    mentored(client, mentor, "zoe", ["2025-07-01,09:00,10:00"])
    logged(client, mentor, kind="reflection", started_on="2026-03-02", note="What I learnt.")
    logged(client, mentor, kind="cpd", started_on="2025-03-03", hours="1")
    logged(client, mentor, kind="supervision", started_on="2025-12-03", hours="0.01")


def test_foundation_holds_at_its_thresholds_and_not_one_below(client: TestClient, world: World) -> None:
    mentor = world.alpha["person"]
    url = applied(client, mentor, a_published_version(client, world.alpha, packaged("eia_like")))
    almost_at_foundation(client, mentor, "2025-03-03")

    below = values(answered(client, mentor, url))
    at_foundation(client, mentor)
    found = answered(client, mentor, url)

    assert below == {
        "R-hours": (Decimal("49"), False),
        "R-years": (Decimal("0.99"), False),
        "R-clients": (Decimal("4"), False),
        "R-recent-feedback": (Decimal("4"), False),
        "R-reflections": (Decimal("4"), False),
        "R-cpd": (Decimal("15"), False),
        "R-supervision": (Decimal("0.99"), False),
    }
    assert values(found) == {
        "R-hours": (Decimal("50"), True),
        "R-years": (Decimal("0.99"), False),
        "R-clients": (Decimal("5"), True),
        "R-recent-feedback": (Decimal("5"), True),
        "R-reflections": (Decimal("5"), True),
        "R-cpd": (Decimal("16"), True),
        "R-supervision": (Decimal("1"), True),
    }
    assert found["R-supervision"]["period_months"] == 3
    assert {name: len(item["sources"]) for name, item in found.items()} == {
        "R-hours": 14, "R-years": 1, "R-clients": 5, "R-recent-feedback": 5, "R-reflections": 5, "R-cpd": 2,
        "R-supervision": 5,
    }  # fmt: skip


def test_a_year_since_the_first_client_is_full_on_its_day(client: TestClient, world: World) -> None:
    mentor = world.alpha["person"]
    url = applied(client, mentor, a_published_version(client, world.alpha, packaged("eia_like")))

    mentored(client, mentor, "ana", ["2025-03-02,09:00,10:00"])

    assert values(answered(client, mentor, url))["R-years"] == (Decimal("1"), True)


def test_attested_hours_count_as_the_package_says(client: TestClient, world: World) -> None:
    """SME-BM lets attested hours be at most half; this package sets no such share."""
    mentor, package = world.alpha["person"], packaged("eia_like")
    url = applied(client, mentor, a_published_version(client, world.alpha, package))
    made = an_engagement(client, mentor, code="ana", started_on="2025-03-02")
    an_import(client, mentor, "ana,2025-04-10,09:00,13:00,session,\n")

    attested = client.post(
        f"/v1/practice/engagements/{made['id']}/attestations",
        json={"capacity": "programme", "basis": "Attendance list."},
        headers=world.alpha["administrator"].headers,
    )

    assert attested.status_code == 201, attested.text
    assert values(answered(client, mentor, url))["R-hours"] == (Decimal("4"), False)


CRITERIA = {"own_business": "R-own-business", "advising": "R-advising", "sme_work": "R-sme-work"}


def test_the_three_criteria_of_business_ready_are_met_once_attested(client: TestClient, world: World) -> None:
    mentor, staff = world.alpha["person"], world.alpha["administrator"]
    url = applied(client, mentor, a_published_version(client, world.alpha, packaged("business_ready")))

    nothing = values(answered(client, mentor, url))
    records = {
        kind: logged(client, mentor, kind=kind, started_on="2010-05-01", note="As my referee can tell.")
        for kind in CRITERIA
    }
    claimed = values(answered(client, mentor, url))
    for kind, criterion in CRITERIA.items():
        path = f"/v1/practice/records/{records[kind]}/attestation"
        attested = client.post(path, json={"capacity": "referee"}, headers=staff.headers)
        assert attested.status_code == 200, attested.text
        met = {name for name, item in answered(client, mentor, url).items() if item["met"]}
        assert criterion in met
        assert len(met) == list(CRITERIA).index(kind) + 1
    found = answered(client, mentor, url)

    assert nothing == claimed == {name: (Decimal(0), False) for name in CRITERIA.values()}
    assert {name: item["sources"] for name, item in found.items()} == {
        CRITERIA[kind]: [f"record:{made}"] for kind, made in records.items()
    }


def at_decision(work: Work, case_id: UUID) -> dict[str, Answer]:
    work.require_system()
    return {
        answer.requirement.id: answer for answer in evidence.answers(work, applications.case(work, case_id))
    }


def test_practice_may_be_judged_on_the_day_of_the_decision(
    client: TestClient, world: World, system: Caller
) -> None:
    mentor, package = world.alpha["person"], packaged("business_ready")
    package["requirements"]["items"][2] |= {"as_of": "decision", "attested": False}
    package["assessment"]["components"][0]["checks_requirements"].remove("R-sme-work")
    url = applied(client, mentor, a_published_version(client, world.alpha, package))
    case_id = UUID(url.split("/")[-2])

    before = system.read(at_decision, case_id)["R-sme-work"]
    logged(client, mentor, kind="sme_work", started_on="2026-03-02")
    after = system.read(at_decision, case_id)["R-sme-work"]

    assert "R-sme-work" not in answered(client, mentor, url)
    assert (before.is_met, after.is_met) == (False, True)


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_answer_survives_its_document(folder: str) -> None:
    package = packaged(folder)
    for item in package["levels"]["items"]:
        for asked in requirements_for(package, item["level"]):
            answer = Answer(asked, asked.threshold, ("record:1",))
            assert Answer.from_document(answer.to_document()) == answer


def test_an_answer_of_before_the_newer_kinds_is_still_read() -> None:
    asked = requirements_for(packaged("sme_bm"), 3)[0]
    document = Answer(asked, Decimal(2), ()).to_document()
    for member in ("period_months", "record", "attested"):
        del document[member]

    assert Answer.from_document(document) == Answer(asked, Decimal(2), ())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_skill_card_reaches_the_highest_level_of_its_package(
    folder: str, client: TestClient, world: World
) -> None:
    mentor, package = world.alpha["person"], packaged(folder)
    version_id = a_published_version(client, world.alpha, package)
    top = len(package["levels"]["items"])
    ratings = {element.code: top for element in framework_from(package).elements}

    rated = client.put(
        f"/v1/me/profiles/{version_id}/ratings",
        json={"ratings": ratings},
        params={"target": top, "language": "es"},
        headers=mentor.headers,
    )

    assert rated.status_code == 200, rated.text
    assert [source["level_reached"] for source in rated.json()["sources"]] == [top]
