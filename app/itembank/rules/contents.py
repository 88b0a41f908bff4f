"""What an item holds: one content document for every kind, its sound form, and what scoring sees of it.

A content has `stem`, `options` (letter → text, in the order shown), `key`, `rule`, `points`, `rubric` (code,
points, text) and `rationale`; which of them a kind uses, `assessments.forms` says. A translation has the same
stem, options and criteria in another language, and leaves the key alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.errors import AssessmentError
from assessments.forms import AnyItem, ItemKind, read_item

Content = Mapping[str, Any]
Finding = tuple[str, str, str]
"""(pointer, code, message)"""


@dataclass(frozen=True)
class Head:
    """What is known of an item without its content."""

    code: str
    version: int
    unit: str
    kind: ItemKind
    cognitive_level: str | None = None


@dataclass(frozen=True)
class FormItem:
    """An item as it stands in a form, opened."""

    id: UUID
    code: str
    version: int
    unit: str
    element: str
    kind: str
    cognitive_level: str | None
    stem: str
    options: Mapping[str, str]
    key: Any
    rule: str | None
    points: int
    rubric: list[dict[str, Any]]
    rationale: str
    scored: AnyItem


def scored(head: Head, content: Content) -> AnyItem:
    """Reduce an item to what scoring sees; raises AssessmentError naming what is unsound."""
    fields: dict[str, Any] = {
        "code": head.code,
        "version": head.version,
        "unit": head.unit,
        "kind": head.kind.value,
        "cognitive_level": head.cognitive_level,
    }
    if head.kind is ItemKind.SHORT_ANSWER:
        fields["rubric"] = [{"code": line["code"], "points": line["points"]} for line in content["rubric"]]
    else:
        fields |= {"options": list(content["options"]), "key": content["key"]}
    fields |= {name: content[name] for name in ("rule", "points") if content.get(name) is not None}
    return read_item(fields)


def content_findings(head: Head, content: Content) -> list[Finding]:
    """Name everything in which a content is not a sound item of its kind."""
    findings = list(_foreign(head.kind, content))
    if len(set(content["options"].values())) != len(content["options"]):
        findings.append(("/content/options", "same_option_twice", "Two options read the same."))
    try:
        scored(head, content)
    except AssessmentError as refusal:
        findings.append(("/content", refusal.code, str(refusal)))
    return findings


def texts_of(content: Content) -> dict[str, Any]:
    """Return what a translator translates: stem, options and criteria, never the key."""
    return {
        "stem": content["stem"],
        "options": dict(content["options"]),
        "rubric": {line["code"]: line["text"] for line in content["rubric"]},
    }


def translation_findings(content: Content, texts: Mapping[str, Any]) -> list[Finding]:
    """Name where a translation has other options or criteria than what it translates."""
    source = texts_of(content)
    findings = [
        (f"/texts/{part}", "other_parts", f"Expected are {', '.join(sorted(source[part])) or 'none'}.")
        for part in ("options", "rubric")
        if texts[part].keys() != source[part].keys()
    ]
    if len(set(texts["options"].values())) != len(texts["options"]):
        findings.append(("/texts/options", "same_option_twice", "Two options read the same."))
    return findings


def translated(content: Content, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Put a translation's texts into a content; key, points and rationale stay."""
    rubric = [{**line, "text": texts["rubric"][line["code"]]} for line in content["rubric"]]
    return {**content, "stem": texts["stem"], "options": dict(texts["options"]), "rubric": rubric}


def form_item(row_id: UUID, head: Head, element: str, content: Content) -> FormItem:
    """Open an item of a form; its content was sound when the form was drafted."""
    item = scored(head, content)
    return FormItem(
        id=row_id,
        code=head.code,
        version=head.version,
        unit=head.unit,
        element=element,
        kind=head.kind.value,
        cognitive_level=head.cognitive_level,
        stem=content["stem"],
        options=content["options"],
        key=content["key"],
        rule=content.get("rule"),
        points=item.points,
        rubric=content.get("rubric", []),
        rationale=content["rationale"],
        scored=item,
    )


def _foreign(kind: ItemKind, content: Content) -> Iterator[Finding]:
    """Name the parts that another kind of item has."""
    is_written = kind is ItemKind.SHORT_ANSWER
    parts = ("options", "key") if is_written else ("rubric",)
    for part in parts:
        if content.get(part):
            yield f"/content/{part}", "part_of_other_kind", f"An item of the kind {kind.value} has none."
