"""Read a written form from its YAML files and check it whole: schema, items, blueprint, cuts as rated.

A form `x.yaml` holds the head; its items lie in `x/*.yaml`, its standard-setting study in `x_study.yaml`.
"""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TypedDict, cast

import yaml
from jsonschema import Draft202012Validator

from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, Blueprint, BlueprintLine, Item, ItemKind, blueprint_deviations
from assessments.standard_setting import Ratings, Rounding, angoff, falling_ratings

SCHEMA = Path(__file__).resolve().parent.parent / "schemes" / "packages" / "form.schema.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a form document: where (JSON pointer), which rule, and what is wrong in a sentence."""

    pointer: str
    code: str
    message: str


class ItemEntry(TypedDict):
    """An item as the file writes it."""

    code: str
    version: int
    unit: str
    element: str
    kind: str
    stem: str
    options: dict[str, str]
    key: list[str]
    rationale: str


class BlueprintEntry(TypedDict):
    """A blueprint as the file writes it."""

    minutes: int
    units: dict[str, int]


class JudgeEntry(TypedDict):
    """A member of the panel."""

    judge: str
    role: str
    conflicts: str


class LevelEntry(TypedDict):
    """One level's ratings with the figures that the study states for it."""

    level: int
    minimally_competent: str
    mean: str
    sd: str
    se: str
    cut: int
    ratings: dict[str, list[int]]


class StudyEntry(TypedDict):
    """The parts of a study that are checked beyond its schema."""

    form_version: int
    rounds: int
    recorded_round: int
    rounding: str
    panel: list[JudgeEntry]
    levels: list[LevelEntry]


class FormDocument(TypedDict):
    """The merged document of a form that its schema has accepted."""

    scheme: str
    version: int
    key_version: str
    blueprint: BlueprintEntry
    items: list[ItemEntry]
    study: StudyEntry


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses a key written twice, where YAML libraries let the last one win unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping of as many keys as are written."""
        mapping = cast("dict[object, object]", super().construct_mapping(node, deep=deep))
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands here twice", node.start_mark)
        return mapping


def read_form(path: Path) -> dict[str, object]:
    """Merge head, items and study of a form into one document; nothing in it is checked yet.

    A file of another shape than expected is kept as it is, or left out, so that the check names it. Raises
    OSError when head or study is missing and yaml.YAMLError when a file is not clean YAML.
    """
    head = _read(path)
    parts = [_read(part) for part in sorted(path.with_suffix("").glob("*.yaml"))]
    items = [item for part in parts for item in (part if isinstance(part, list) else [part])]
    study = _read(path.with_name(f"{path.stem}_study.yaml"))
    return {**(head if isinstance(head, dict) else {}), "items": items, "study": study}


def check_form(document: Mapping[str, object]) -> list[Finding]:
    """List every fault of a form: schema, items, blueprint (EXM-1), cuts as rated (EXM-2, EXM-3).

    A form may come without a study; a panel then rates it here. The schema comes first; while it refuses the
    document, the rules that build on it are not asked.
    """
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    faults = sorted(validator.iter_errors(document), key=lambda error: error.json_path)
    if faults:
        return [Finding(_pointer(*error.absolute_path), "schema", error.message) for error in faults]
    form = cast("FormDocument", document)
    broken = list(_item_findings(form))
    found = broken or list(_blueprint_findings(form))
    if "study" not in document:
        return found
    points = {item["code"]: 1 for item in form["items"]}
    return [*found, *_study_findings(form["study"], form_version=form["version"], points=points)]


def check_study(study: object, *, form_version: int, points: Mapping[str, int]) -> list[Finding]:
    """List every fault of a study of a form whose items are worth these points (EXM-2, EXM-3)."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = Draft202012Validator({"$ref": "#/$defs/study", "$defs": schema["$defs"]})
    faults = sorted(validator.iter_errors(study), key=lambda error: error.json_path)
    if faults:
        return [Finding(_pointer("study", *error.absolute_path), "schema", error.message) for error in faults]
    return _study_findings(cast("StudyEntry", study), form_version=form_version, points=points)


def answer_key(form: FormDocument) -> AnswerKey:
    """Return the key by which responses to a checked form are scored (EXM-5)."""
    return AnswerKey(form["key_version"], tuple(_item(entry) for entry in form["items"]))


def panel_ratings(study: StudyEntry, level: LevelEntry, points: Mapping[str, int] | None = None) -> Ratings:
    """Return one level's ratings as judge → item → probability, from hundredths in the order of the panel.

    An item of k points stands there k times, since its rating is the share of its points that is expected.
    """
    return {
        judge["judge"]: {
            f"{item}/{point}" if point else item: Decimal(f"{row[place]}E-2")
            for item, row in level["ratings"].items()
            for point in range((points or {}).get(item, 1))
        }
        for place, judge in enumerate(study["panel"])
    }


def _read(path: Path) -> object:
    """Load one YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader by descent


def _pointer(*steps: object) -> str:
    """Write a path as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _item(entry: ItemEntry) -> Item:
    """Reduce an item to what scoring sees."""
    return Item(
        code=entry["code"],
        version=entry["version"],
        unit=entry["unit"],
        kind=ItemKind(entry["kind"]),
        options=tuple(entry["options"]),
        key=frozenset(entry["key"]),
    )


def _item_findings(form: FormDocument) -> Iterator[Finding]:
    """Check the items one by one."""
    for place, entry in enumerate(form["items"]):
        if not entry["element"].startswith(f"{form['scheme']}/{entry['unit']}."):
            message = f"{entry['code']}: element {entry['element']} is not of unit {entry['unit']}"
            yield Finding(_pointer("items", place, "element"), "element_of_other_unit", message)
        if len(set(entry["options"].values())) != len(entry["options"]):
            message = f"{entry['code']}: two options read the same"
            yield Finding(_pointer("items", place, "options"), "same_option_twice", message)
        try:
            _item(entry)
        except AssessmentError as refusal:
            yield Finding(_pointer("items", place), refusal.code, str(refusal))


def _blueprint_findings(form: FormDocument) -> Iterator[Finding]:
    """Compare the items with the blueprint (EXM-1)."""
    lines = tuple(BlueprintLine(unit, count) for unit, count in form["blueprint"]["units"].items())
    try:
        items = answer_key(form).items
        deviations = blueprint_deviations(items, Blueprint(lines, form["blueprint"]["minutes"]))
    except AssessmentError as refusal:
        yield Finding("/items", refusal.code, str(refusal))
        return
    for deviation in deviations:
        message = f"{deviation.unit}: {deviation.found} items, the blueprint asks for {deviation.expected}"
        yield Finding(_pointer("blueprint", "units", deviation.unit), "blueprint_deviation", message)


def _study_findings(study: StudyEntry, *, form_version: int, points: Mapping[str, int]) -> list[Finding]:
    """Check that the study rates this form completely, once per level, and that its figures follow."""
    findings: list[Finding] = []
    if study["form_version"] != form_version:
        message = f"the study rated version {study['form_version']}, the form is version {form_version}"
        findings.append(Finding("/study/form_version", "study_of_other_version", message))
    if study["recorded_round"] != study["rounds"]:
        message = "the ratings kept must be those of the last round"
        findings.append(Finding("/study/recorded_round", "not_the_last_round", message))
    if len({judge["judge"] for judge in study["panel"]}) != len(study["panel"]):
        findings.append(Finding("/study/panel", "judge_repeated", "two judges carry the same code"))
    levels = [level["level"] for level in study["levels"]]
    if levels != sorted(set(levels)):
        findings.append(Finding("/study/levels", "levels_not_ascending", "levels must rise, each named once"))
    findings += _coverage_findings(study, points.keys())
    # A table with holes has no cut, and a doubled judge no column: further findings would only repeat these.
    return findings or [*_cut_findings(study, points), *_order_findings(study)]


def _coverage_findings(study: StudyEntry, codes: AbstractSet[str]) -> Iterator[Finding]:
    """Name each level whose ratings do not cover exactly the form's items and the panel."""
    judges = len(study["panel"])
    for place, level in enumerate(study["levels"]):
        pointer = _pointer("study", "levels", place, "ratings")
        strange = sorted(codes ^ level["ratings"].keys())
        if strange:
            yield Finding(pointer, "items_not_rated", f"rated and asked items differ: {', '.join(strange)}")
        for code, row in level["ratings"].items():
            if len(row) != judges:
                message = f"{code}: {len(row)} ratings of {judges} judges"
                yield Finding(f"{pointer}{_pointer(code)}", "missing_cell", message)


def _cut_findings(study: StudyEntry, points: Mapping[str, int]) -> Iterator[Finding]:
    """Recompute each level's figures from its ratings and name what is stated otherwise (EXM-3)."""
    for place, level in enumerate(study["levels"]):
        found = angoff([panel_ratings(study, level, points)], rounding=Rounding(study["rounding"]))
        stated = {"mean": level["mean"], "sd": level["sd"], "se": level["se"], "cut": str(level["cut"])}
        for name, value in stated.items():
            recomputed = str(getattr(found, name))
            if value != recomputed:
                message = (
                    f"level {level['level']}: {name} is stated as {value}, the ratings give {recomputed}"
                )
                yield Finding(_pointer("study", "levels", place, name), "not_as_rated", message)


def _order_findings(study: StudyEntry) -> Iterator[Finding]:
    """Name each rating that falls from one level to the next."""
    levels = study["levels"]
    for place, (lower, higher) in enumerate(pairwise(levels), start=1):
        for fall in falling_ratings(panel_ratings(study, lower), panel_ratings(study, higher)):
            message = (
                f"{fall.judge} rates {fall.item} {fall.higher} at level {higher['level']}, {fall.lower} below"
            )
            pointer = _pointer("study", "levels", place, "ratings", fall.item)
            yield Finding(pointer, "rating_falls", message)
