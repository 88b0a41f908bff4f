import copy
from pathlib import Path

import pytest
import yaml

from app.itembank.formfile import answer_key, check_form, panel_ratings, read_form
from assessments.forms import ItemKind

APP = Path(__file__).resolve().parents[3] / "app"
KNOWLEDGE_A = APP / "schemes/packages/sme_bm/forms/knowledge_a.yaml"
WHOLE = read_form(KNOWLEDGE_A)


@pytest.fixture
def form():
    return copy.deepcopy(WHOLE)


def codes(document):
    return [finding.code for finding in check_form(document)]


def test_a_whole_form_has_no_finding(form):
    assert check_form(form) == []


@pytest.mark.parametrize(
    ("breaks", "pointer"),
    [
        (lambda form: form.update(colour="red"), ""),
        (lambda form: form["items"][3].update(stem=" "), "/items/3/stem"),
        (lambda form: form["items"][3]["options"].pop("d"), "/items/3/options"),
        (lambda form: form["items"][3].update(key=["e"]), "/items/3/key/0"),
        (lambda form: form["items"][3].update(kind="best_worst"), "/items/3/kind"),
        (lambda form: form["items"].append(None), "/items/60"),
        (lambda form: form["blueprint"]["units"].update({1: 8}), "/blueprint/units"),
        (lambda form: form["study"]["levels"][0].update(mean=38.22), "/study/levels/0/mean"),
        (lambda form: form["study"]["panel"].clear(), "/study/panel"),
        (
            lambda form: form["study"]["levels"][0]["ratings"].update({"K-001": [101] * 9}),
            "/study/levels/0/ratings/K-001/0",
        ),
    ],
)
def test_the_schema_is_strict_and_names_the_place(form, breaks, pointer):
    breaks(form)

    findings = check_form(form)

    assert {finding.code for finding in findings} == {"schema"}
    assert pointer in {finding.pointer for finding in findings}


def drop_item(form):
    code = form["items"].pop()["code"]
    for level in form["study"]["levels"]:
        del level["ratings"][code]
    # The figures of the shorter study no longer follow either; the blueprint is the point here.
    form["study"]["levels"] = form["study"]["levels"][:1]


def test_a_form_one_item_short_misses_its_blueprint(form):
    drop_item(form)

    deviations = [finding for finding in check_form(form) if finding.code == "blueprint_deviation"]

    assert [finding.pointer for finding in deviations] == ["/blueprint/units/U8"]
    assert deviations[0].message == "U8: 4 items, the blueprint asks for 5"


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        (lambda form: form["items"][0].update(element="SME-BM/U2.1"), "element_of_other_unit"),
        (lambda form: form["items"][0].update(element="OTHER/U1.1"), "element_of_other_unit"),
        (
            lambda form: form["items"][0]["options"].update(a=form["items"][0]["options"]["b"]),
            "same_option_twice",
        ),
        (lambda form: form["items"][0].update(key=["a", "b"]), "key_count"),
        (lambda form: form["items"][1].update(code="K-001"), "item_repeated"),
        (lambda form: form["blueprint"]["units"].update(U9=1), "blueprint_deviation"),
        (lambda form: form["study"].update(form_version=2), "study_of_other_version"),
        (lambda form: form["study"].update(recorded_round=1), "not_the_last_round"),
        (lambda form: form["study"]["panel"][0].update(judge="J2"), "judge_repeated"),
        (lambda form: form["study"]["levels"].reverse(), "levels_not_ascending"),
        (lambda form: form["study"]["levels"][1].update(level=3), "levels_not_ascending"),
        (lambda form: form["study"]["levels"][1]["ratings"].pop("K-060"), "items_not_rated"),
        (lambda form: form["study"]["levels"][1]["ratings"]["K-060"].pop(), "missing_cell"),
        (lambda form: form["study"]["levels"][1].update(cut=43), "not_as_rated"),
        (lambda form: form["study"]["levels"][1].update(se="0.573733"), "not_as_rated"),
        (lambda form: form["study"].update(rounding="down"), "not_as_rated"),
    ],
)
def test_each_rule_has_its_finding(form, breaks, expected):
    breaks(form)

    assert expected in codes(form)


def test_a_changed_rating_shows_in_every_figure(form):
    form["study"]["levels"][0]["ratings"]["K-001"][0] -= 9

    findings = check_form(form)

    assert [finding.pointer.rsplit("/", 1)[1] for finding in findings] == ["mean", "sd", "se"]


def test_a_rating_that_falls_with_the_level_is_named(form):
    form["study"]["levels"][2]["ratings"]["K-001"][0] = 20

    falls = [finding for finding in check_form(form) if finding.code == "rating_falls"]

    assert [finding.pointer for finding in falls] == ["/study/levels/2/ratings/K-001"]
    assert falls[0].message.startswith("J1 rates K-001 0.20 at level 5")


def test_the_key_and_the_ratings_can_be_taken_from_a_form(form):
    key = answer_key(form)
    ratings = panel_ratings(form["study"], form["study"]["levels"][0])

    assert (key.version, len(key.items), key.items[0].code) == ("1", 60, "K-001")
    assert next(item.code for item in key.items if item.kind is ItemKind.MULTIPLE_CHOICE) == "K-003"
    assert (list(ratings), len(ratings["J9"])) == ([f"J{n}" for n in range(1, 10)], 60)


def write_form(folder, head, part, study):
    (folder / "x").mkdir()
    (folder / "x.yaml").write_text(head, encoding="utf-8")
    (folder / "x" / "U1.yaml").write_text(part, encoding="utf-8")
    (folder / "x_study.yaml").write_text(study, encoding="utf-8")
    return folder / "x.yaml"


def test_a_key_written_twice_is_refused(tmp_path):
    path = write_form(tmp_path, "form: X\n", "[]\n", "levels: 1\nlevels: 2\n")

    with pytest.raises(yaml.YAMLError, match="twice"):
        read_form(path)


def test_files_of_another_shape_end_in_findings_not_in_a_crash(tmp_path):
    path = write_form(tmp_path, "[1]\n", "7\n", "null\n")

    assert set(codes(read_form(path))) == {"schema"}


def test_a_missing_study_is_told_at_once(tmp_path):
    (tmp_path / "x.yaml").write_text("form: X\n", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        read_form(tmp_path / "x.yaml")
