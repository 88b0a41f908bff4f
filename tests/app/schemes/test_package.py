"""The SME-BM package is sound, and each fault planted in it is found at its place."""

from decimal import Decimal
from typing import Any

import pytest

from app.schemes.packaging import check_package
from skillcard.framework import Level, UnitKind
from skillcard.level import level_reached, pathway
from skillcard.reading import framework_from
from tests.factories.packages import Fault, a_package, drop, found, put

SECTIONS = {
    "format": "SCH-1",
    "scheme": "SCH-1",
    "scope": "SCH-1",
    "phases": "SCH-1",
    "endorsements": "SCH-1",
    "parameters": "SCH-1",
    "job": "SCH-1",
    "abilities": "SCH-1",
    "levels": "SCH-1",
    "units": "SCH-1",
    "requirements": "SCH-1",
    "conduct": "SCH-1",
    "assessment": "SCH-2",
    "surveillance": "SCH-2",
    "recertification": "SCH-2",
    "criteria": "SCH-2",
    "criteria/initial": "SCH-2",
    "criteria/recertification": "SCH-2",
    "criteria/suspension": "SCH-2",
    "criteria/withdrawal": "SCH-2",
    "criteria/scope_change": "SCH-2",
    "coverage": "SCH-3",
    "studies": "SCH-4",
    "studies/practice_analysis": "SCH-4",
    "transition": "SCH-5",
    "overview": "APP-1",
    "overview/needs": "APP-1",
    "overview/needs/time": "APP-1",
    "overview/needs/digital": "APP-1",
    "overview/needs/languages": "APP-1",
    "fees": "APP-1",
    "agreement": "APP-2",
    "assessment/standard_setting": "EXM-2",
}
REASON = {"not_applicable_reason": {"en": "No need.", "es": "No hace falta."}}


def test_the_package_is_sound() -> None:
    assert check_package(a_package()) == []


def test_the_package_holds_a_framework_of_eight_units_and_thirty_two_elements() -> None:
    framework = framework_from(a_package())

    assert [len(unit.elements) for unit in framework.units] == [4, 4, 4, 6, 4, 3, 4, 3]
    assert framework.critical_codes == {
        f"SME-BM/U{n}" for n in ("1.1", "1.2", "1.4", "2.1", "3.1", "4.1", "5.1")
    }
    assert {unit.code for unit in framework.units if unit.kind is UnitKind.HARD} == {"SME-BM/U4", "SME-BM/U7"}
    assert framework.rule.unit_mean_offset == Decimal("-0.5")
    assert framework.levels == tuple(Level)


def test_the_pathway_on_the_package_names_a_descriptor_in_both_languages() -> None:
    framework = framework_from(a_package())
    ratings = {element.code: 3 for element in framework.elements} | {"SME-BM/U3.1": 2}

    (step,) = pathway(framework, ratings, Level.COMPETENT)

    assert level_reached(framework, ratings) is Level.ADVANCED_BEGINNER
    assert step.element == "SME-BM/U3.1"
    assert set(step.descriptor) == {"en", "es"}


def test_every_descriptor_has_twelve_to_thirty_words() -> None:
    lengths = {
        (element.code, level, language): len(text.split())
        for element in framework_from(a_package()).elements
        for level, texts in element.descriptors.items()
        for language, text in texts.items()
    }

    assert len(lengths) == 320
    assert {key: length for key, length in lengths.items() if not 12 <= length <= 30} == {}


def test_no_two_descriptors_of_the_package_say_the_same() -> None:
    texts = [
        (language, text)
        for element in framework_from(a_package()).elements
        for by_language in element.descriptors.values()
        for language, text in by_language.items()
    ]

    assert len(set(texts)) == len(texts)


def test_the_observed_session_and_the_portfolio_share_the_elements() -> None:
    rows = a_package()["coverage"]

    assert sum("F2" in row["final"] for row in rows) == 12
    assert sum("F3" in row["final"] for row in rows) == 27
    assert all("F2" in row["final"] or "F3" in row["final"] for row in rows)


@pytest.mark.parametrize(("section", "rule"), SECTIONS.items())
def test_a_section_that_is_left_out_is_named(section: str, rule: str) -> None:
    assert found(drop(section)) == {(f"/{section}", rule)}


@pytest.mark.parametrize("section", ["abilities", "requirements", "conduct", "surveillance", "endorsements"])
def test_some_sections_may_give_a_reason_for_their_absence(section: str) -> None:
    faults = [put(section, REASON)]
    if section == "requirements":
        faults += [drop("assessment/components/0/checks_requirements")]

    rules = {code for _, code in found(*faults)}

    assert rules <= ({"ASM-1", "SCH-3"} if section == "requirements" else set())


@pytest.mark.parametrize("section", ["scope", "job", "assessment", "recertification", "criteria"])
def test_the_other_sections_may_not(section: str) -> None:
    assert (f"/{section}/not_applicable_reason", SECTIONS[section]) in found(put(section, REASON))


def test_a_reason_beside_content_is_refused() -> None:
    assert ("/abilities/items", "SCH-1") in found(
        put("abilities/not_applicable_reason", {"en": "No.", "es": "No."})
    )


def test_a_foreign_member_is_refused_wherever_it_stands() -> None:
    document = a_package()
    planted = _plant(document, "")

    pointers = {finding.pointer for finding in check_package(document)}

    assert len(planted) > 600
    assert planted - pointers == set()


def _plant(value: Any, at: str) -> set[str]:
    """Put a foreign member into every mapping and return where."""
    if isinstance(value, list):
        return {place for index, inner in enumerate(value) for place in _plant(inner, f"{at}/{index}")}
    if not isinstance(value, dict):
        return set()
    planted = {place for key, inner in value.items() for place in _plant(inner, f"{at}/{key}")}
    value["foreign_member"] = 1
    return planted | {f"{at}/foreign_member"}


@pytest.mark.parametrize(
    ("parameter", "outside"),
    [
        ("cycle_months", 11),
        ("cycle_months", 61),
        ("surveillance_months", 5),
        ("surveillance_months", 25),
        ("examiner_gap_months", 23),
        ("retention_cycles", 0),
        ("appeal_days", 14),
        ("suspension_max_months", 13),
        ("min_angoff_panel", 4),
        ("endorsement_intel_max_age", 11),
        ("endorsement_intel_max_age", 61),
        ("practice_analysis_max_age", 61),
        ("feedback_min", 2),
    ],
)
def test_a_parameter_outside_its_bounds_is_refused(parameter: str, outside: int) -> None:
    path = f"parameters/{parameter}"

    assert found(put(path, outside)) == {(f"/{path}", "SCH-1")}


@pytest.mark.parametrize(
    "factor",
    [
        "law",
        "normative_changes",
        "scheme_changes",
        "field_maturity",
        "risk",
        "technology",
        "interested_parties",
        "surveillance_frequency",
    ],
)
def test_each_factor_of_the_cycle_needs_its_reason(factor: str) -> None:
    path = f"recertification/rationale/{factor}"

    assert found(drop(path)) == {(f"/{path}", "RCT-1")}


@pytest.mark.parametrize(
    "method",
    [
        "on_site_assessment",
        "professional_development",
        "structured_interview",
        "work_records",
        "examination",
        "physical_capability",
    ],
)
def test_each_method_of_recertification_is_used_or_has_a_reason(method: str) -> None:
    path = f"recertification/methods/{method}"

    assert found(drop(path)) == {(f"/{path}", "RCT-2")}
    assert found(put(path, {"used": False})) == {(f"/{path}/reason", "RCT-2")}
    assert found(put(path, {"used": True})) == {(f"/{path}/how", "RCT-2")}


F1, F2 = (f"assessment/components/{place}" for place in (6, 7))

SHAPE_FAULTS = [
    (put("scheme/version", "one"), "/scheme/version", "SCH-1"),
    (drop("scheme/demo_note"), "/scheme/demo_note", "SCH-1"),
    (put("phases/0/code", "es"), "/phases/0/code", "SCH-1"),
    (put("levels/items/2/serves/UP", "alone"), "/levels/items/2/serves/UP", "SCH-1"),
    (put("levels/items/2/serves/growth", "perhaps"), "/levels/items/2/serves/growth", "SCH-1"),
    (drop("levels/items/2/public_title"), "/levels/items/2/public_title", "SCH-1"),
    (put("levels/rule/other_offset", 1), "/levels/rule/other_offset", "SCH-1"),
    (put("requirements/items/0/kind", "membership"), "/requirements/items/0/kind", "GEN-3"),
    (put("requirements/items/0/measure", "quota"), "/requirements/items/0/measure", "GEN-3"),
    (drop("requirements/items/0/thresholds"), "/requirements/items/0/thresholds", "SCH-1"),
    (put("requirements/items/2/thresholds/3", 50), "/requirements/items/2/thresholds/3", "SCH-1"),
    (put("requirements/items/2/thresholds/6", "50"), "/requirements/items/2/thresholds/6", "SCH-1"),
    (put(f"{F1}/pass/cut", "0.7"), f"/{F1}/pass/cut", "SCH-2"),
    (drop(f"{F2}/pass/mean_offset"), f"/{F2}/pass/mean_offset", "SCH-2"),
    (put(f"{F2}/assessors", 1), f"/{F2}/assessors", "EXM-6"),
    (drop(f"{F1}/blueprint"), f"/{F1}/blueprint", "SCH-2"),
    (put("surveillance/requirements/0/measure", "quota"), "/surveillance/requirements/0/measure", "GEN-3"),
    (put("studies/methods/0/completed_on", "2026-02-30"), "/studies/methods/0/completed_on", "SCH-4"),
    (put("fees/items/0/amount", "120"), "/fees/items/0/amount", "APP-1"),
]


@pytest.mark.parametrize(("fault", "pointer", "rule"), SHAPE_FAULTS)
def test_a_fault_of_shape_is_found_at_its_place(fault: Fault, pointer: str, rule: str) -> None:
    assert found(fault) == {(pointer, rule)}


def test_findings_come_sorted_by_place() -> None:
    findings = check_package(a_package(drop("scope"), drop("agreement"), drop("units/0/kind")))

    assert [finding.pointer for finding in findings] == ["/agreement", "/scope", "/units/0/kind"]
