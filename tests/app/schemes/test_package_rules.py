"""Rules that cross the sections of a package: each planted fault is found at its place."""

from typing import Any

import pytest

from app.schemes.packaging import check_package
from app.schemes.packaging.texts import alike
from skillcard.framework import Level
from skillcard.reading import framework_from
from tests.factories.packages import Fault, a_package, append, drop, found, put

ELEMENT = "units/3/elements/2"
REASON = {"not_applicable_reason": {"en": "No need.", "es": "No hace falta."}}
SUPERVISION = "requirements/items/9"
EACH_QUARTER = {"kind": "at_least_each", "period_months": 3}
F1, F2, F3, F4 = (f"assessment/components/{place}" for place in (6, 7, 8, 9))


def a_row(place: int, *, final: list[str]) -> Fault:
    return put(f"coverage/{place}/final", final)


CROSS_FAULTS = [
    # languages
    (drop(f"{ELEMENT}/descriptors/4/es"), f"/{ELEMENT}/descriptors/4/es", "SCH-1"),
    (put("scope/text/de", "Menschen, die begleiten"), "/scope/text/de", "SCH-1"),
    (drop("scheme/partial_languages/1"), "/scheme/title/tr", "SCH-1"),
    (drop("scheme/title/tr"), "/scheme/partial_languages/1", "SCH-1"),
    (append("scheme/partial_languages", "en"), "/scheme/partial_languages/3", "SCH-1"),
    # descriptors
    (drop(f"{ELEMENT}/descriptors/4"), f"/{ELEMENT}/descriptors/4", "SCH-1"),
    # levels
    (put("levels/items/1/level", 3), "/levels/items/1/level", "SCH-1"),
    (drop("levels/items/2/serves/growth"), "/levels/items/2/serves/growth", "SCH-1"),
    (put("levels/items/2/serves/decline", "none"), "/levels/items/2/serves/decline", "SCH-1"),
    (put("requirements/items/10/thresholds/3", "3"), "/requirements/items/10/thresholds/3", "SCH-1"),
    (put("requirements/items/7/thresholds/3", "2"), "/requirements/items/7/thresholds/3", "SCH-1"),
    (drop("requirements/items/7/thresholds/3"), "/requirements/items/7/thresholds/3", "SCH-1"),
    (put(f"{F4}/levels", [2, 5]), f"/{F4}/levels/0", "SCH-1"),
    (put("endorsements/rule/minimum_level", 2), "/endorsements/rule/minimum_level", "SCH-1"),
    # codes given twice, or under the wrong parent
    (put("phases/2/code", "transition"), "/phases/2/code", "SCH-1"),
    (put("endorsements/items/1/code", "fintech"), "/endorsements/items/1/code", "SCH-1"),
    (put("job/tasks/1/code", "T1"), "/job/tasks/1/code", "SCH-1"),
    (put("surveillance/requirements/0/id", "R-hours"), "/surveillance/requirements/0/id", "SCH-1"),
    (put("recertification/requirements/0/id", "S-cpd"), "/recertification/requirements/0/id", "SCH-1"),
    (put("units/0/code", "EMCC-X/U1"), "/units/0/code", "SCH-1"),
    (put("units/0/elements/0/code", "SME-BM/U2.9"), "/units/0/elements/0/code", "SCH-1"),
    # codes that name nothing
    (put("coverage/0/element", "SME-BM/U9.1"), "/coverage/0/element", "SCH-1"),
    (put("coverage/0/entry", ["E9"]), "/coverage/0/entry/0", "SCH-1"),
    (put("job/tasks/3/elements", ["SME-BM/U4.9"]), "/job/tasks/3/elements/0", "SCH-1"),
    (
        put("recertification/components/0/elements/1", "SME-BM/U4.9"),
        "/recertification/components/0/elements/1",
        "SCH-1",
    ),
    (put("recertification/components/2/same_as", "F9"), "/recertification/components/2/same_as", "SCH-1"),
    (
        put("recertification/requirements/4/component", "F2"),
        "/recertification/requirements/4/component",
        "SCH-1",
    ),
    (put("requirements/items/12/component", "C9"), "/requirements/items/12/component", "SCH-1"),
    (
        append("assessment/standard_setting/components", "F9"),
        "/assessment/standard_setting/components/1",
        "SCH-1",
    ),
    (
        append("assessment/components/0/checks_requirements", "R-none"),
        "/assessment/components/0/checks_requirements/11",
        "SCH-1",
    ),
    (put("studies/methods/0/component", "F9"), "/studies/methods/0/component", "SCH-1"),
    (put(f"{F1}/blueprint/7/unit", "SME-BM/U9"), f"/{F1}/blueprint/7/unit", "SCH-1"),
    (
        append("requirements/counting/completed_engagement/milestones_required", "party"),
        "/requirements/counting/completed_engagement/milestones_required/2",
        "SCH-1",
    ),
    (
        append(
            "transition/rules",
            {
                "from_version": "1.0",
                "applications_months": 0,
                "open_cases": "move",
                "extra_assessment": ["F9"],
                "deadline_months": 12,
                "text": {"en": "One test.", "es": "Una prueba."},
            },
        ),
        "/transition/rules/0/extra_assessment/0",
        "SCH-1",
    ),
    # membership
    (
        put("requirements/items/0/title/en", "Membership of the guild"),
        "/requirements/items/0/title/en",
        "GEN-3",
    ),
    (put("requirements/items/0/title/es", "Estar colegiada"), "/requirements/items/0/title/es", "GEN-3"),
    (put("requirements/items/0/id", "R-membership"), "/requirements/items/0/id", "GEN-3"),
    (
        put("surveillance/requirements/0/title/en", "Annual quota"),
        "/surveillance/requirements/0/title/en",
        "GEN-3",
    ),
    # coverage
    (drop("coverage/2"), "/units/0/elements/2", "SCH-3"),
    (a_row(2, final=[]), "/coverage/2/final", "SCH-3"),
    (a_row(2, final=["F4"]), "/coverage/2/final", "SCH-3"),
    (a_row(8, final=["F2"]), "/coverage/8/final", "SCH-3"),
    (put("coverage/2/entry", ["F3"]), "/coverage/2/entry/0", "SCH-3"),
    (put("coverage/2/rating_from", "F2"), "/coverage/2/rating_from", "SCH-3"),
    (put("coverage/0/rating_from", "F1"), "/coverage/0/rating_from", "SCH-3"),
    (put("coverage/27/rating_from", "F4"), "/coverage/27/rating_from", "SCH-3"),
    (put("coverage/29/rating_from", "F4"), "/coverage/29/rating_from", "SCH-3"),
    (drop("assessment/components/0/checks_requirements"), "/assessment/components/0", "SCH-3"),
    # tests
    (put(f"{F1}/items", 61), f"/{F1}/blueprint", "EXM-1"),
    (put(f"{F1}/blueprint_basis", "task_ratings"), f"/{F1}/blueprint/3/items", "SCH-4"),
    (drop(f"{F1}/blueprint/7"), f"/{F1}/blueprint", "EXM-1"),
    (drop("studies/methods/1"), f"/{F2}", "SCH-4"),
    (drop("requirements/items/17"), f"/{F3}", "ASM-1"),
    (put("assessment/standard_setting/components", ["F2"]), f"/{F1}", "EXM-2"),
    (put("assessment/standard_setting", REASON), f"/{F1}", "EXM-2"),
    (
        put("assessment/standard_setting/cuts_for_levels", [3, 4]),
        "/assessment/standard_setting/cuts_for_levels",
        "EXM-2",
    ),
]


@pytest.mark.parametrize(("fault", "pointer", "rule"), CROSS_FAULTS)
def test_a_fault_between_sections_is_found_at_its_place(fault: Fault, pointer: str, rule: str) -> None:
    assert (pointer, rule) in found(fault)


def test_a_test_may_not_sample_a_unit_it_does_not_measure() -> None:
    faults = [
        put(f"coverage/{place}/final", [code for code in row["final"] if code != "F1"])
        for place, row in enumerate(a_package()["coverage"])
        if row["element"].startswith("SME-BM/U8.")
    ]

    assert found(*faults) == {(f"/{F1}/blueprint/7/unit", "EXM-1")}


def test_a_blueprint_set_by_a_panel_need_not_follow_the_task_ratings() -> None:
    by_task_ratings = [5, 8, 7, 17, 9, 4, 5, 5]
    faults = [put(f"{F1}/blueprint/{place}/items", n) for place, n in enumerate(by_task_ratings)]

    assert found() == set()
    assert found(put(f"{F1}/blueprint_basis", "task_ratings"), *faults) == set()
    assert found(put(f"{F1}/blueprint_basis", "task_ratings")) != set()


def test_a_package_of_four_levels_is_sound_once_every_figure_fits() -> None:
    faults = [drop("levels/items/4"), drop("requirements/items/18"), drop("studies/methods/3"), drop(F4)]
    faults += [drop(f"units/{u}/elements/{e}/descriptors/5") for u, e in _places()]
    faults += [drop(f"requirements/items/{place}/thresholds/5") for place in range(11)]
    faults += [drop("surveillance/requirements/0/thresholds/5"), drop(f"{F3}/engagements/5")]
    faults += [drop(f"recertification/requirements/{place}/thresholds/5") for place in range(3)]
    faults += [put(f"assessment/components/{place}/levels", [3, 4]) for place in range(9)]
    faults += [
        put(f"coverage/{place}/final", [code for code in row["final"] if code != "F4"])
        for place, row in enumerate(a_package()["coverage"])
    ]
    document = a_package(*faults)

    assert check_package(document) == []
    assert framework_from(document).levels == tuple(Level)[:4]


def _places() -> list[tuple[int, int]]:
    return [(u, e) for u, unit in enumerate(a_package()["units"]) for e in range(len(unit["elements"]))]


@pytest.mark.parametrize("path", ["requirements/items/2", "recertification/requirements/0"])
def test_a_figure_for_a_level_that_is_not_there_is_refused(path: str) -> None:
    assert (f"/{path}/thresholds/5", "SCH-1") in found(
        drop("levels/items/4"), put(f"{path}/thresholds/5", "9")
    )


def test_a_scheme_without_a_certifiable_level_is_refused() -> None:
    faults = [put(f"levels/items/{place}/certifiable", False) for place in (2, 3, 4)]

    assert ("/levels/items", "SCH-1") in found(*faults)


def test_a_descriptor_for_a_level_that_is_not_there_is_refused() -> None:
    assert (f"/{ELEMENT}/descriptors/5", "SCH-1") in found(drop("levels/items/4"))


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("Reviews goals with the owner", "Always reviews goals with the owner"),
        ("Reviews two goals with the owner", "Reviews 5 goals with the owner"),
        ("Sometimes reviews goals at an advanced level", "Often reviews goals at an expert level"),
        ("Revisa a veces los objetivos con la pyme", "Revisa siempre los objetivos con la pyme"),
        ("Reviews goals with the owner thoroughly", "Reviews goals with the owner superficially"),
    ],
)
def test_descriptors_that_differ_only_in_a_level_word_are_alike(lower: str, higher: str) -> None:
    language = "es" if lower.startswith("Revisa ") else "en"
    faults = [
        put(f"{ELEMENT}/descriptors/3/{language}", lower),
        put(f"{ELEMENT}/descriptors/4/{language}", higher),
    ]

    assert found(*faults) == {(f"/{ELEMENT}/descriptors/4/{language}", "SCH-1")}


def test_descriptors_that_name_different_acts_are_not_alike() -> None:
    assert not alike("Reviews goals with the owner", "Drops a goal that no longer serves the owner")


@pytest.mark.parametrize("path", ["phases/0/code", "scope/text/en", "job/tasks/0/text/es"])
def test_a_text_that_ends_in_a_line_break_is_refused(path: str) -> None:
    value: Any = a_package()
    for step in path.split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]

    assert (f"/{path}", "SCH-1") in found(put(path, f"{value}\n"))


def quarterly(**changes: object) -> Fault:
    """SME-BM with supervision asked quarter by quarter."""
    before = a_package()["requirements"]["items"][9]
    return put(SUPERVISION, before | EACH_QUARTER | changes)


def test_supervision_may_be_asked_quarter_by_quarter() -> None:
    assert found(quarterly()) == set()


@pytest.mark.parametrize(
    ("changes", "member", "rule"),
    [
        ({"window_months": 11}, "window_months", "SCH-1"),
        ({"window_months": 2}, "window_months", "SCH-1"),
        ({"period_months": 0}, "period_months", "SCH-1"),
        ({"measure": "years_mentoring"}, "measure", "GEN-3"),
        ({"measure": "business_experience_years"}, "measure", "GEN-3"),
    ],
)
def test_periods_that_cannot_be_asked_are_refused(changes: dict[str, object], member: str, rule: str) -> None:
    assert found(quarterly(**changes)) == {(f"/{SUPERVISION}/{member}", rule)}


def test_periods_of_the_upkeep_must_fill_their_window_too() -> None:
    upkeep = "recertification/requirements/1"
    by_year = a_package()["recertification"]["requirements"][1] | {"kind": "at_least_each"}

    assert found(put(upkeep, by_year | {"period_months": 12})) == set()
    assert found(put(upkeep, by_year | {"period_months": 24})) == {(f"/{upkeep}/window_months", "SCH-1")}


@pytest.mark.parametrize("place", [11, 12, 15])
def test_what_the_case_shows_cannot_be_judged_at_application(place: int) -> None:
    path = f"requirements/items/{place}/as_of"

    assert found(put(path, "application")) == {(f"/{path}", "SCH-1")}


@pytest.mark.parametrize("record", ["membership", "feedback", "cpd"])
def test_a_record_that_cannot_be_asked_for_is_refused(record: str) -> None:
    wanted = {
        "id": "R-business", "title": {"en": "Shown", "es": "Probado"}, "as_of": "application",
        "kind": "record_present", "record": record, "attested": True,
    }  # fmt: skip

    assert found(put("requirements/items/0", wanted)) == {("/requirements/items/0/record", "GEN-3")}
    assert found(put("requirements/items/0", wanted | {"record": "own_business"})) == set()


def test_a_scheme_that_sets_no_least_feedback_may_ask_for_any() -> None:
    asked = put("requirements/items/7/thresholds/3", "1")

    assert found(asked) == {("/requirements/items/7/thresholds/3", "SCH-1")}
    assert found(asked, drop("parameters/feedback_min")) == set()
