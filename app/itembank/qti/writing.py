"""An item as a QTI 3 file."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.itembank.qti.texts import paragraphs
from app.itembank.qti.travelling import (
    BEST,
    ITEM_NAMESPACE,
    MAP,
    MATCH,
    RESPONSE,
    TEMPLATES,
    WORST,
    Travelling,
    judgement_mapping,
    points_of,
)
from app.itembank.qti.tree import document, tag
from assessments.forms import ItemKind, JudgementRule, OrderingRule

_NAMES = {"en": ("Best", "Worst"), "es": ("Mejor", "Peor")}


def item_file(item: Travelling) -> bytes:
    """Write an item as one file."""
    points = points_of(item.kind, item.content)
    interaction, declared, scoring = _WRITERS[item.kind](item.content, item.language, points)
    external = {MATCH: None, MAP: None, "": "externalMachine"}.get(scoring, scoring)
    head = {
        "xmlns": ITEM_NAMESPACE,
        "identifier": item.identifier,
        "title": item.identifier,
        "adaptive": "false",
        "time-dependent": "false",
        "xml:lang": item.language,
    }
    processing = tag("qti-response-processing", {"template": f"{TEMPLATES}{scoring}"})
    return document(
        tag(
            "qti-assessment-item",
            head,
            declared,
            _outcome("SCORE", external=external),
            _outcome("MAXSCORE", tag("qti-default-value", {}, _value(points))),
            tag("qti-item-body", {}, paragraphs(item.content["stem"]), interaction, *_rubric(item.content)),
            *([processing] if external is None else []),
        )
    )


Written = tuple[str, str, str]
"""(interaction, response declaration, template that scores it or who does)"""


def _choice(content: Mapping[str, Any], _language: str | None, _points: int) -> Written:
    key = content["key"]
    is_single = len(key) == 1
    shown = {"response-identifier": RESPONSE, "shuffle": "false", "max-choices": 1 if is_single else len(key)}
    return (
        tag("qti-choice-interaction", shown, *_options("qti-simple-choice", content["options"])),
        _response("single" if is_single else "multiple", "identifier", key),
        MATCH,
    )


def _ordering(content: Mapping[str, Any], _language: str | None, points: int) -> Written:
    shown = {
        "response-identifier": RESPONSE,
        "shuffle": "false",
        "data-rule": content["rule"],
        "data-points": content["points"],
    }
    is_match = content["rule"] == OrderingRule.ALL_OR_NOTHING.value and points == 1
    return (
        tag("qti-order-interaction", shown, *_options("qti-simple-choice", content["options"])),
        _response("ordered", "identifier", content["key"]),
        MATCH if is_match else "externalMachine",
    )


def _judgement(content: Mapping[str, Any], language: str | None, points: int) -> Written:
    key = content["key"]
    values = key.get("values")
    shown = {
        "response-identifier": RESPONSE,
        "shuffle": "false",
        "max-associations": 2,
        "data-points": content["points"],
        "data-values": None if values is None else " ".join(values),
    }
    ends = dict(zip((BEST, WORST), _NAMES.get(language or "", _NAMES["en"]), strict=True))
    choice, most = "qti-simple-associable-choice", {"match-max": 1}
    interaction = tag(
        "qti-match-interaction",
        shown,
        tag("qti-simple-match-set", {}, *_options(choice, content["options"], **most)),
        tag("qti-simple-match-set", {}, *_options(choice, ends, **most)),
    )
    if values is not None:
        return interaction, _response("multiple", "directedPair", []), "externalMachine"
    best, worst = key["best"], key["worst"]
    earned = judgement_mapping(best, worst, JudgementRule(key["rule"]), points)
    entries = [
        tag("qti-map-entry", {"map-key": pair, "mapped-value": f"{float(value):g}"})
        for pair, value in earned.items()
    ]
    mapping = tag("qti-mapping", {"default-value": 0}, *entries)
    return (
        interaction,
        _response("multiple", "directedPair", [f"{best} {BEST}", f"{worst} {WORST}"], mapping),
        MAP,
    )


def _short_answer(_content: Mapping[str, Any], _language: str | None, _points: int) -> Written:
    interaction = tag("qti-extended-text-interaction", {"response-identifier": RESPONSE})
    return interaction, _response("single", "string", []), "human"


_WRITERS = {
    ItemKind.SINGLE_CHOICE: _choice,
    ItemKind.MULTIPLE_CHOICE: _choice,
    ItemKind.ORDERING: _ordering,
    ItemKind.SITUATIONAL_JUDGEMENT: _judgement,
    ItemKind.SHORT_ANSWER: _short_answer,
}


def _options(name: str, texts: Mapping[str, str], **more: object) -> list[str]:
    return [tag(name, {"identifier": letter} | more, paragraphs(text)) for letter, text in texts.items()]


def _response(cardinality: str, base: str, right: Sequence[str], *mapping: str) -> str:
    given = {"identifier": RESPONSE, "cardinality": cardinality, "base-type": base}
    correct = [tag("qti-correct-response", {}, *map(_value, right))] if right else []
    return tag("qti-response-declaration", given, *correct, *mapping)


def _outcome(name: str, *parts: str, external: str | None = None) -> str:
    given = {"identifier": name, "cardinality": "single", "base-type": "float", "external-scored": external}
    return tag("qti-outcome-declaration", given, *parts)


def _value(value: object) -> str:
    return tag("qti-value", {}, str(value))


def _rubric(content: Mapping[str, Any]) -> list[str]:
    """Write criteria and rationale as blocks that no candidate is shown."""
    criteria = [
        tag(
            "qti-rubric-block",
            {"id": line["code"], "use": "scoring", "view": "scorer", "data-points": line["points"]},
            tag("qti-content-body", {}, paragraphs(line["text"])),
        )
        for line in content["rubric"]
    ]
    shown = {"use": "instructions", "view": "author", "data-part": "rationale"}
    body = tag("qti-content-body", {}, paragraphs(content["rationale"]))
    return [*criteria, tag("qti-rubric-block", shown, body)]
