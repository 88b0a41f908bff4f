from uuid import UUID

import pytest

from app.core.errors import Conflict, MoveRefused
from app.itembank import rules
from app.itembank.rules import FormAction, FormState, PanelRatings, Scheme
from app.schemes import assessing
from tests.factories.marking import form_document
from tests.factories.packages import a_package

PACKAGE = a_package()
SCHEME = Scheme(
    code="SME-BM",
    component=assessing.component(PACKAGE, "F1"),
    elements=assessing.element_codes(PACKAGE),
    languages=["en", "es"],
    least_panel=5,
    cut_levels=[3, 4, 5],
)


def study(**changes):
    document = form_document()["study"]
    given = {
        "rounding": document["rounding"],
        "judges": tuple(judge["judge"] for judge in document["panel"]),
        "ratings": {str(level["level"]): level["ratings"] for level in document["levels"]},
        "declared": {level["level"]: level["cut"] for level in document["levels"]},
    }
    return PanelRatings(**{**given, **changes})


def codes(**changes):
    return {code for _, code, _ in rules.fit_findings({**form_document(), **changes}, SCHEME)}


def test_the_cut_is_recomputed_from_the_stored_ratings():
    assert [rules.recomputed_cut(study(), level) for level in (3, 4, 5)] == [39, 44, 49]


@pytest.mark.parametrize(
    ("changes", "level", "code"),
    [
        ({"declared": {3: 38}}, 3, "cut_differs"),
        ({}, 2, "cut_missing"),
        ({"judges": ("J1", "J2")}, 3, "study_unsound"),
    ],
)
def test_a_cut_that_does_not_follow_is_refused(changes, level, code):
    with pytest.raises(Conflict) as refusal:
        rules.recomputed_cut(study(**changes), level)

    assert refusal.value.code == code


def test_the_form_of_the_package_fits_its_scheme():
    assert rules.fit_findings(form_document(), SCHEME) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scheme": "OTHER"}, "other_scheme"),
        ({"language": "fr"}, "language_not_offered"),
        ({"blueprint": {"minutes": 60, "units": form_document()["blueprint"]["units"]}}, "EXM-1"),
        (
            {
                "blueprint": {
                    "minutes": 90,
                    "units": {**form_document()["blueprint"]["units"], "U1": 7, "U2": 8},
                }
            },
            "EXM-1",
        ),
        ({"items": [{**form_document()["items"][0], "element": "SME-BM/U1.9"}]}, "element_unknown"),
        ({"study": {"panel": [], "levels": form_document()["study"]["levels"]}}, "EXM-3"),
        ({"study": {**form_document()["study"], "levels": []}}, "EXM-2"),
        ({"title": "bell\x07"}, "text_refused"),
        ({"title": "x" * 201}, "text_refused"),
        ({"version": 2**31}, "number_refused"),
    ],
)
def test_a_form_that_does_not_fit_is_told_where(changes, code):
    assert code in codes(**changes)


def test_a_component_without_a_key_takes_no_form():
    scheme = Scheme("SME-BM", assessing.component(PACKAGE, "F2"), SCHEME.elements, ["en"], 5, [])

    assert "component_not_keyed" in {code for _, code, _ in rules.fit_findings(form_document(), scheme)}


def test_an_approved_form_has_no_further_move():
    assert rules.after(FormState.DRAFT, FormAction.APPROVE) is FormState.APPROVED
    with pytest.raises(MoveRefused):
        rules.after(FormState.APPROVED, FormAction.APPROVE)


def test_nobody_approves_her_own_draft():
    rules.ensure_may_approve(UUID(int=1), UUID(int=2))
    with pytest.raises(Conflict):
        rules.ensure_may_approve(UUID(int=1), UUID(int=1))
