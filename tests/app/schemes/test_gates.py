"""What stands between a draft and the public: each rule broken once, and what publishing says of it.

SCH-1 to SCH-5, RCT-1, APP-1 and GEN-3 are judged from the package; PUB-3 is that there is one object only;
PUB-4 is tested with the body's documents.
"""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.schemes.packaging import check_package
from app.schemes.requirements import requirements_for
from tests.factories.packages import Fault, a_package, append, drop, put
from tests.factories.schemes import a_draft
from tests.factories.versions import a_rule, moved_on
from tests.support.world import World

TODAY = date(2026, 3, 2)
COMPLETED = "studies/practice_analysis/completed_on"
FEE = {
    "id": "R-fee",
    "title": {"en": "Fee paid", "es": "Tarifa abonada"},
    "as_of": "application",
    "kind": "record_present",
    "record": "training",
    "attested": True,
}
FACTORS = (
    "law", "normative_changes", "scheme_changes", "field_maturity", "risk", "technology",
    "interested_parties", "surveillance_frequency",
)  # fmt: skip
UNIT = [n for n, row in enumerate(a_package()["coverage"]) if row["element"].startswith("SME-BM/U6.")]

GATES: dict[str, tuple[tuple[Fault, ...], str, str]] = {
    "scope": ((drop("scope"),), "/scope", "SCH-1"),
    "job and tasks": ((drop("job"),), "/job", "SCH-1"),
    "no task at all": ((put("job/tasks", []),), "/job/tasks", "SCH-1"),
    "an element without a task": (
        (put("job/tasks/0/elements", ["SME-BM/U1.1"]),), "/units/0/elements/1", "SCH-4",
    ),
    "conduct": ((drop("conduct"),), "/conduct", "SCH-1"),
    "how to keep it": ((drop("recertification"),), "/recertification", "SCH-2"),
    "how to watch over it": ((drop("surveillance"),), "/surveillance", "SCH-2"),
    "when it is suspended": ((drop("criteria/suspension"),), "/criteria/suspension", "SCH-2"),
    "a unit that nothing measures": (
        tuple(put(f"coverage/{n}/final", []) for n in UNIT), f"/coverage/{UNIT[0]}/final", "SCH-3",
    ),
    "a unit left out of the plan": (
        tuple(drop(f"coverage/{n}") for n in reversed(UNIT)), "/units/5/elements/0", "SCH-3",
    ),
    "practice analysis": ((drop("studies/practice_analysis"),), "/studies/practice_analysis", "SCH-4"),
    "practice analysis too old": ((put(COMPLETED, "2021-03-01"),), f"/{COMPLETED}", "SCH-4"),
    "practice analysis yet to come": ((put(COMPLETED, "2026-03-03"),), f"/{COMPLETED}", "SCH-4"),
    "a study yet to come": (
        (put("studies/methods/1/completed_on", "2026-03-03"),), "/studies/methods/1/completed_on", "SCH-4",
    ),
    "a method without a study": ((drop("studies/methods/1"),), "/assessment/components/7", "SCH-4"),
    "transition": ((drop("transition"),), "/transition", "SCH-5"),
    "a rule about no earlier version": (
        (append("transition/rules", a_rule("finish", from_version="2.0")),),
        "/transition/rules/0/from_version", "SCH-5",
    ),
    **{
        f"the cycle without {factor}": (
            (drop(f"recertification/rationale/{factor}"),), f"/recertification/rationale/{factor}", "RCT-1",
        )
        for factor in FACTORS
    },
    "overview": ((drop("overview"),), "/overview", "APP-1"),
    "fees": ((drop("fees"),), "/fees", "APP-1"),
    "no fee named": ((put("fees/items", []),), "/fees/items", "APP-1"),
    "a fee that is asked for": (
        (append("requirements/items", FEE),), "/requirements/items/19/title/en", "GEN-3",
    ),
}  # fmt: skip


def found(*faults: Fault, today: date = TODAY) -> set[tuple[str, str]]:
    return {(fault.pointer, fault.code) for fault in check_package(a_package(*faults), today=today)}


def test_the_package_goes_through() -> None:
    assert found() == set()


@pytest.mark.parametrize("gate", GATES)
def test_each_gate_holds_and_names_the_place(gate: str) -> None:
    faults, pointer, code = GATES[gate]

    assert (pointer, code) in found(*faults)


@pytest.mark.parametrize("name", ["fees", "cuota", "Honorarios", "Payment"])
def test_a_fee_is_no_requirement_in_any_language_nor_by_its_id(name: str) -> None:
    assert found(put("recertification/requirements/0/title/es", name)) == {
        ("/recertification/requirements/0/title/es", "GEN-3")
    }
    assert ("/requirements/items/0/id", "GEN-3") in found(put("requirements/items/0/id", "R-fee"))


@pytest.mark.parametrize(
    ("completed", "today", "is_in_time"),
    [
        ("2021-03-02", TODAY, True),
        ("2021-03-01", TODAY, False),
        ("2021-08-31", date(2026, 8, 31), True),
        ("2021-08-31", date(2026, 9, 1), False),
        ("2026-03-02", TODAY, True),
    ],
)
def test_an_analysis_serves_sixty_months_to_the_day(completed: str, today: date, is_in_time: bool) -> None:
    assert (found(put(COMPLETED, completed), today=today) == set()) is is_in_time


def test_the_scheme_may_allow_less_and_without_a_day_nothing_is_too_old() -> None:
    shorter, older = put("parameters/practice_analysis_max_age", 3), put(COMPLETED, "2001-01-01")

    assert found(shorter) == {(f"/{COMPLETED}", "SCH-4")}
    assert check_package(a_package(older)) == []


@pytest.mark.parametrize("step", ["publication", "pilot"])
def test_a_draft_that_has_grown_old_stays_a_draft(step: str, client: TestClient, world: World) -> None:
    version = a_draft(client, world.alpha, a_package(put(COMPLETED, "2021-03-01")))
    headers = world.alpha["scheme_manager"].headers

    told = client.get(f"/v1/scheme-versions/{version}/findings", headers=headers).json()["findings"]
    refused = moved_on(client, world.alpha, version, step)

    assert [(fault["pointer"], fault["code"]) for fault in told] == [(f"/{COMPLETED}", "SCH-4")]
    assert (refused.status_code, refused.json()["code"]) == (422, "package_refused")
    assert refused.json()["findings"] == told


def test_what_is_evaluated_is_what_the_public_page_shows(
    client: TestClient, world: World, version_id: UUID
) -> None:
    """PUB-3: every requirement at every level, and the fees, can be read without logging in."""
    shown: dict[str, Any] = client.get("/public/v1/bodies/alpha/schemes/SME-BM").json()["package"]
    headers = world.alpha["scheme_manager"].headers
    kept = client.get(f"/v1/scheme-versions/{version_id}", headers=headers).json()["package"]
    items = {item["id"]: item for item in shown["requirements"]["items"]}

    assert shown == kept
    assert shown["fees"]["items"]
    for level in (3, 4, 5):
        for asked in requirements_for(kept, level):
            assert items[asked.id]["title"] == asked.title
            if "thresholds" in items[asked.id]:
                assert items[asked.id]["thresholds"][str(level)] == format(asked.threshold, "f")
