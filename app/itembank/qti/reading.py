"""An item out of a QTI 3 file: all of it is understood, or what is not is named."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any, Never

from app.itembank.qti.texts import read_text
from app.itembank.qti.travelling import (
    BEST,
    ITEM_NAMESPACE,
    MAP,
    MATCH,
    RESPONSE,
    WORST,
    Travelling,
    judgement_mapping,
    points_of,
)
from app.itembank.qti.tree import LANGUAGE, Node
from assessments.forms import ItemKind, JudgementRule, OrderingRule

Finding = tuple[str, str, str]
"""(pointer, code, message)"""

_HEAD = {"identifier", "title", "adaptive", "time-dependent", "label", "tool-name", "tool-version", LANGUAGE}
_LOOKS = {"class", "id", "shuffle", "orientation", "response-identifier", "min-choices", "label", LANGUAGE}
"""What an element may say without its meaning anything to an answer."""
_OPTION = {"identifier", "fixed", "class", "id", "match-max", "match-min"}
_KINDS = {
    "qti-choice-interaction": ("single", "multiple"),
    "qti-order-interaction": ("ordered",),
    "qti-match-interaction": ("multiple",),
    "qti-extended-text-interaction": ("single",),
}
"""Interaction → the cardinalities that its response may have."""
_PARTS = ("qti-response-declaration", "qti-outcome-declaration", "qti-item-body", "qti-response-processing")


_WHOLLY = OrderingRule.ALL_OR_NOTHING.value


class NotUnderstoodError(Exception):
    """What is not understood keeps the rest of the item from being read at all."""


def read_item(root: Node) -> tuple[Travelling | None, list[Finding]]:
    """Return the item in a file, or None and all that is not understood of it."""
    reading = _Reading(root)
    try:
        found = reading.item()
    except NotUnderstoodError:
        return None, reading.findings
    return (None if reading.findings else found), reading.findings


class _Reading:
    """One item being read; what is not understood is noted, and the reading goes on where it can."""

    def __init__(self, root: Node) -> None:
        self.findings: list[Finding] = []
        self._root = root

    def item(self) -> Travelling:
        root = self._root
        if (root.namespace, root.name) != (ITEM_NAMESPACE, "qti-assessment-item"):
            self._give_up(
                "", "not_an_item", f"The file holds {root.name} of {root.namespace or 'no namespace'}."
            )
        self._only("", root, _HEAD)
        if "true" in {root.attributes.get("adaptive"), root.attributes.get("time-dependent")}:
            self._note("", "part_not_understood", "Adaptive and time-dependent items are not understood.")
        for strange in {child.name for child in root.children} - set(_PARTS):
            self._note("", "part_not_understood", f"{strange} is not understood.")
        self._declared, body = self._one("qti-response-declaration"), self._one("qti-item-body")
        self._scoring = self._scored_by()
        interaction, stem = self._body(body)
        letters, options = self._options(interaction)
        kind, answer = self._answer(interaction, letters)
        content: dict[str, Any] = {
            "stem": stem,
            "options": options,
            "key": [],
            "rule": None,
            "points": self._whole(interaction, "data-points"),
            "rubric": [],
            "rationale": "",
        }
        content |= answer | self._rubric(body)
        self._ensure_maximum(points_of(kind, content))
        attributes = root.attributes
        return Travelling(attributes.get("identifier", ""), kind, attributes.get(LANGUAGE), content)

    def _body(self, body: Node) -> tuple[Node, str]:
        """Return the one interaction of an item, and its question."""
        self._only("/qti-item-body", body, {"class", "id", LANGUAGE})
        found = [child for child in body.children if child.name in _KINDS]
        if len(found) != 1:
            names = ", ".join(sorted(child.name for child in body.children if child.name.startswith("qti-")))
            self._give_up(
                "/qti-item-body", "interaction_not_understood", f"Not one of a known kind: {names}."
            )
        aside = {"qti-rubric-block", found[0].name}
        rest = [part for part in body.parts if isinstance(part, str) or part.name not in aside]
        asked = Node(body.namespace, body.name, {}, [*rest, *self._prompts(found[0])])
        return found[0], self._text("/qti-item-body", asked)

    def _prompts(self, interaction: Node) -> Iterator[Node]:
        for prompt in interaction.named("qti-prompt"):
            yield Node(prompt.namespace, "div", {}, prompt.parts)

    def _options(self, interaction: Node) -> tuple[Mapping[str, str], dict[str, str]]:
        """Return our letter of each option, and the texts; other names than single letters are replaced."""
        name, home = "qti-simple-choice", interaction
        if interaction.name == "qti-match-interaction":
            name, sets = "qti-simple-associable-choice", interaction.named("qti-simple-match-set")
            ends = (
                [child.attributes.get("identifier") for child in sets[1].children] if len(sets) == 2 else []
            )
            if ends != [BEST, WORST]:
                self._give_up(
                    "", "interaction_not_understood", "Only a match with BEST and WORST is understood."
                )
            home = sets[0]
        known = {"qti-prompt", "qti-simple-match-set", name}
        for strange in {child.name for child in interaction.children} - known:
            self._note(f"/{interaction.name}", "part_not_understood", f"{strange} is not understood.")
        choices = home.named(name)
        for choice in choices:
            self._only(f"/{name}", choice, _OPTION)
        given = [choice.attributes.get("identifier", "") for choice in choices]
        if len(set(given)) != len(given) or len(given) > 26:
            self._give_up(f"/{interaction.name}", "options_refused", "Options repeat, or there are too many.")
        is_ours = all(len(one) == 1 and "a" <= one <= "z" for one in given)
        letters = {one: one if is_ours else chr(ord("a") + place) for place, one in enumerate(given)}
        texts = {
            letters[one]: self._text(f"/{name}", choice) for one, choice in zip(given, choices, strict=True)
        }
        return letters, texts

    def _answer(self, interaction: Node, letters: Mapping[str, str]) -> tuple[ItemKind, dict[str, Any]]:
        """Return the kind of an item, and its key with the rule that scores it."""
        declared = self._declared.attributes
        self._only("/qti-response-declaration", self._declared, {"identifier", "cardinality", "base-type"})
        if interaction.attributes.get("response-identifier", RESPONSE) != declared.get("identifier"):
            self._give_up(f"/{interaction.name}", "response_undeclared", "Its response is not declared.")
        if declared.get("cardinality") not in _KINDS[interaction.name]:
            self._give_up("/qti-response-declaration", "response_undeclared", "Its cardinality does not fit.")
        if interaction.name == "qti-extended-text-interaction":
            self._only(f"/{interaction.name}", interaction, _LOOKS | {"expected-length", "expected-lines"})
            self._scored("human", "")
            return ItemKind.SHORT_ANSWER, {}
        if interaction.name == "qti-match-interaction":
            more = {"max-associations", "data-points", "data-values"}
            self._only(f"/{interaction.name}", interaction, _LOOKS | more)
            return ItemKind.SITUATIONAL_JUDGEMENT, {"key": self._judgement(interaction, letters)}
        self._no_mapping()
        key = self._keyed(letters)
        if interaction.name == "qti-order-interaction":
            self._only(f"/{interaction.name}", interaction, _LOOKS | {"data-rule", "data-points"})
            rule = interaction.attributes.get("data-rule", _WHOLLY)
            is_match = rule == _WHOLLY and (self._whole(interaction, "data-points") or 1) == 1
            self._scored(MATCH if is_match else "externalMachine")
            return ItemKind.ORDERING, {"key": key, "rule": rule}
        self._only(f"/{interaction.name}", interaction, _LOOKS | {"max-choices"})
        self._scored(MATCH)
        is_single = declared["cardinality"] == "single"
        return ItemKind.SINGLE_CHOICE if is_single else ItemKind.MULTIPLE_CHOICE, {"key": key}

    def _judgement(self, interaction: Node, letters: Mapping[str, str]) -> dict[str, Any]:
        values = interaction.attributes.get("data-values")
        if values is not None:
            self._scored("externalMachine")
            return {"values": values.split()}
        self._scored(MAP)
        pairs = [tuple(pair.split()) for pair in self._right()]
        named = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
        best, worst = named.get(BEST, ""), named.get(WORST, "")
        points, found = self._whole(interaction, "data-points") or 2, self._mapping()
        rules = [rule for rule in JudgementRule if found == judgement_mapping(best, worst, rule, points)]
        if not rules:
            self._give_up("/qti-mapping", "scoring_not_understood", "The pairs earn by no rule known here.")
        return {
            "best": letters.get(best, best),
            "worst": letters.get(worst, worst),
            "rule": rules[0].value,
        }

    def _keyed(self, letters: Mapping[str, str]) -> list[str]:
        right = self._right()
        if set(right) - letters.keys():
            self._note("/qti-correct-response", "key_not_an_option", "A right answer is not offered.")
        return [letters.get(one, one) for one in right]

    def _right(self) -> list[str]:
        return [
            value.words
            for correct in self._declared.named("qti-correct-response")
            for value in correct.named("qti-value")
        ]

    def _mapping(self) -> dict[str, Fraction]:
        try:
            return {
                entry.attributes["map-key"]: Fraction(entry.attributes["mapped-value"])
                for mapping in self._declared.named("qti-mapping")
                for entry in mapping.named("qti-map-entry")
            }
        except (KeyError, ValueError, ZeroDivisionError):
            self._give_up("/qti-mapping", "scoring_not_understood", "An entry is no pair with its points.")

    def _no_mapping(self) -> None:
        for child in self._declared.children:
            if child.name != "qti-correct-response":
                self._note(
                    "/qti-response-declaration", "part_not_understood", f"{child.name} is not understood."
                )

    def _rubric(self, body: Node) -> dict[str, Any]:
        """Return criteria and rationale out of the blocks that candidates are not shown."""
        found: dict[str, Any] = {"rubric": [], "rationale": ""}
        for block in body.named("qti-rubric-block"):
            self._only("/qti-rubric-block", block, {"id", "use", "view", "class", "data-points", "data-part"})
            bodies = block.named("qti-content-body") or [Node(block.namespace, "div", {}, block.parts)]
            text = "\n".join(self._text("/qti-rubric-block", one) for one in bodies)
            seen_by = (block.attributes.get("use"), block.attributes.get("view"))
            points = self._whole(block, "data-points")
            if seen_by == ("scoring", "scorer") and points is not None:
                found["rubric"].append(
                    {"code": block.attributes.get("id", ""), "points": points, "text": text}
                )
            elif seen_by == ("instructions", "author") and not found["rationale"]:
                found["rationale"] = text
            else:
                self._note(
                    "/qti-rubric-block", "part_not_understood", "Neither a criterion nor the rationale."
                )
        return found

    def _scored_by(self) -> str:
        """Return the template that scores an item, who does so outside, or nothing."""
        outcomes = {node.attributes.get("identifier"): node for node in self._root.named(_PARTS[1])}
        for strange in outcomes.keys() - {"SCORE", "MAXSCORE"}:
            self._note("/qti-outcome-declaration", "part_not_understood", f"{strange} is not understood.")
        outside = outcomes["SCORE"].attributes.get("external-scored", "") if "SCORE" in outcomes else ""
        processing = self._root.named("qti-response-processing")
        if not processing:
            return outside
        if len(processing) > 1 or list(processing[0].children):
            return "rules of its own"
        template = processing[0].attributes.get("template", "").rpartition("/")[2]
        return template.removesuffix(".xml")

    def _scored(self, *known: str) -> None:
        if self._scoring not in known:
            message = (
                f"Scored by {self._scoring or 'nothing'}; known here is {' or '.join(filter(None, known))}."
            )
            self._note("/qti-response-processing", "scoring_not_understood", message)

    def _ensure_maximum(self, points: int) -> None:
        for outcome in self._root.named("qti-outcome-declaration"):
            if outcome.attributes.get("identifier") == "MAXSCORE":
                told = [value.words for one in outcome.children for value in one.named("qti-value")]
                if not all(_same(value, points) for value in told):
                    message = f"MAXSCORE is {', '.join(told)}, the item is worth {points}."
                    self._note("/qti-outcome-declaration", "points_differ", message)

    def _whole(self, node: Node, name: str) -> int | None:
        text = node.attributes.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            self._give_up(f"/{node.name}", "number_refused", f"{name} is no whole number.")
        return int(text)

    def _text(self, place: str, node: Node) -> str:
        strange: list[str] = []
        text = read_text(node, strange)
        for name in dict.fromkeys(strange):
            self._note(place, "part_not_understood", f"{name} is more than text.")
        return text

    def _only(self, place: str, node: Node, known: Collection[str]) -> None:
        """Note what an element says that is not understood; where a schema lies means nothing here."""
        for name in node.attributes.keys() - known:
            if not name.endswith(" schemaLocation"):
                self._note(place, "part_not_understood", f"{node.name} says {name}.")

    def _one(self, name: str) -> Node:
        found = self._root.named(name)
        if len(found) != 1:
            self._give_up("", "part_not_understood", f"There are {len(found)} of {name}; one is understood.")
        return found[0]

    def _note(self, place: str, code: str, message: str) -> None:
        self.findings.append((place, code, message))

    def _give_up(self, place: str, code: str, message: str) -> Never:
        self._note(place, code, message)
        raise NotUnderstoodError


def _same(text: str, points: int) -> bool:
    try:
        return Fraction(text) == points
    except (ValueError, ZeroDivisionError):
        return False
