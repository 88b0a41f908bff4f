"""From what a form holds to what the service takes, and from a refusal back to the fields that caused it.

What was typed is kept as it came, so that a page that is shown again has lost nothing.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from app.core.errors import Findings, Refusal
from app.core.schema import Schema
from app.practice.rules.impact import Unit
from app.practice.rules.questions import AnswerKind, Audience
from app.practice.schemas.confirming import MenteeAnswer
from app.practice.schemas.impact import ConsentWithdraw, ImpactAnswer
from app.practice.schemas.reviews import MenteeReviewAnswer, QuestionRead

Made = TypeVar("Made", bound=Schema)
Faults = Mapping[str, str]
"""What is wrong, by field; what belongs to no field of the page stands under the empty name."""

USES = ("to_assessors", "in_statistics")
_GROUPED = re.compile(
    r"-?[1-9]\d{0,2}([.,' \u2019\u00a0\u202f])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?", re.ASCII
)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """The fields of a form as somebody filled them in; a page that is opened first has none."""

    fields: Sequence[tuple[str, str]] = ()

    def all(self, name: str) -> list[str]:
        """Return all values of a field, as boxes with one name have."""
        return [value for found, value in self.fields if found == name]

    def first(self, name: str) -> str:
        """Return what stands in a field, or nothing."""
        return next(iter(self.all(name)), "")

    def prose(self, name: str) -> str | None:
        """Return a text as schemas take it: browsers end lines by two characters, and empty is none."""
        return _prose(self.first(name))

    def named(self, kinds: Iterable[str]) -> Iterator[tuple[str, list[str], str]]:
        """Yield the filled fields of some kinds: the whole name, its parts, and the value."""
        wanted = set(kinds)
        for name, value in self.fields:
            kind, *parts = name.split(".")
            if kind in wanted and value.strip():
                yield name, [kind, *parts], value


def confirmation(typed: Typed) -> MenteeAnswer:
    """Return a mentee's answer about sessions; her words are shared only where she says so."""
    present: dict[str, list[str]] = {}
    for _, parts, value in typed.named(("present",)):
        present.setdefault(parts[-1], []).append(value)
    disputed = typed.all("disputed")
    told = {
        "disputed": disputed,
        "present": [
            {"session_id": session, "mentors": names}
            for session, names in present.items()
            if session not in disputed  # a meeting that did not take place had nobody in it
        ],
        "disputed_milestones": typed.all("disputed_milestones"),
        "feedback": typed.prose("feedback"),
        "audience": Audience.SHARED if typed.first("shared") else Audience.ASSESSORS,
    }
    return _fitted(MenteeAnswer, told)


def confirmation_faults(refusal: Refusal) -> Faults:
    """Return what is wrong in an answer about sessions, by field."""
    found = {pointer.split("/")[1]: code for pointer, code in _findings(refusal)}
    return _in_order(found, ("disputed", "present", "disputed_milestones", "feedback"))


def review(typed: Typed) -> MenteeReviewAnswer:
    """Return a mentee's answers at a review, each for those who assess unless she shares it."""
    answers = []
    for _, (kind, *rest), value in typed.named(AnswerKind):
        code = ".".join(rest)
        member = "yes" if kind == AnswerKind.YES_NO else kind
        audience = Audience.SHARED if typed.first(f"share.{code}") else Audience.ASSESSORS
        told = _prose(value) if kind == AnswerKind.TEXT else value
        answers.append({"question": code, member: told, "audience": audience})
    return _fitted(MenteeReviewAnswer, {"answers": answers})


def review_faults(
    refusal: Refusal, typed: Typed, fields: Collection[str], questions: Sequence[QuestionRead]
) -> Faults:
    """Return what is wrong in answers at a review, by field."""
    sent = [name for name, _, _ in typed.named(AnswerKind)]
    required = (f"{question.kind}.{question.code}" for question in questions if not question.is_optional)
    found = {name: "answer_missing" for name in required if name not in sent}
    found |= {_place(where, sent): code for where, code in _findings(refusal) if code != "answer_missing"}
    return _in_order(found, fields)


def impact(typed: Typed) -> ImpactAnswer:
    """Return a firm's consent and figures, or its refusal; nothing ticked is neither."""
    if typed.first("refuse"):
        return ImpactAnswer(to_assessors=False, in_statistics=False)
    figures = [_figure(typed, parts, value) for _, parts, value in typed.named(Unit)]
    uses = {use: bool(typed.first(use)) for use in USES}
    told = _fitted(ImpactAnswer, uses | {"figures": figures})
    if not any(uses.values()):
        raise Findings("input_refused", (("/consent", "consent_missing", ""),))
    return told


def impact_faults(refusal: Refusal, typed: Typed, fields: Collection[str]) -> Faults:
    """Return what is wrong in consent and figures, by field."""
    sent = [name for name, _, _ in typed.named(Unit)]
    found = {} if any(typed.first(use) for use in USES) else {"consent": "consent_missing"}
    found |= dict(
        _of_figure(_place(where, sent), where.split("/")[-1], code)
        for where, code in _findings(refusal)
        if code != "consent_missing"
    )
    return _in_order(found, fields)


def withdrawal(typed: Typed) -> ConsentWithdraw:
    """Return which uses are taken back, as the pressed button says."""
    use = typed.first("use")
    if use not in {"all", *USES}:
        raise Findings("input_refused", (("/use", "missing", ""),))
    return ConsentWithdraw(
        to_assessors=use in {"all", "to_assessors"}, in_statistics=use in {"all", "in_statistics"}
    )


def amount_of(text: str) -> str:
    """Return an amount as the service reads it, whichever way thousands and decimals are marked.

    Amounts have two decimals at most, so three digits behind a mark are always a group. What is no amount
    stays as it is, and is refused.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if grouped := _GROUPED.fullmatch(text):
        text = text.replace(grouped[1], "")
    return text.replace(",", ".") if _PLAIN.fullmatch(text) else text


def _figure(typed: Typed, parts: Sequence[str], value: str) -> dict[str, object]:
    unit, moment, code = (*parts, "", "")[:3]
    currency = typed.first("currency").strip().upper() or None
    return {
        "indicator": code,
        "moment": moment,
        "as_of": typed.first(f"day.{moment}") or None,
        "amount": amount_of(value),
        "currency": currency if unit == Unit.MONEY else None,
    }


def _of_figure(name: str, member: str, code: str) -> tuple[str, str]:
    """Return field and fault of a figure that was refused; several figures share a day and a currency."""
    if member in {"as_of", "moment"}:
        day = f"day.{(*name.split('.'), '')[1]}"
        return day, code if code in {"day_ahead", "moment_refused"} else "day_missing"
    if member == "currency":
        return member, code if code in {"currency_missing", "currency_differs"} else "currency_unknown"
    return name, code if code == "amount_refused" else "amount_malformed"


def _in_order(found: Mapping[str, str], fields: Collection[str]) -> Faults:
    """Return faults in the order of the page; what belongs to none of its fields is told in general."""
    told = {name: found[name] for name in fields if name in found}
    return told if len(told) == len(found) else told | {"": "other"}


def _prose(text: str) -> str | None:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _fitted(schema: type[Made], told: Mapping[str, object]) -> Made:
    """Return what a schema makes of a form; what it refuses is told as the service tells its own refusals."""
    try:
        return schema.model_validate(told)
    except ValidationError as error:
        found = [("/" + "/".join(map(str, one["loc"])), str(one["type"]), "") for one in error.errors()]
        raise Findings("input_refused", tuple(found)) from None


def _findings(refusal: Refusal) -> list[tuple[str, str]]:
    if isinstance(refusal, Findings):
        return [(pointer, code) for pointer, code, _ in refusal.findings]
    return [(refusal.pointer or "/", refusal.code)]


def _place(pointer: str, sent: Sequence[str]) -> str:
    """Return the field behind `/answers/3/scale`, or nothing."""
    _, _, number, *_ = (*pointer.split("/"), "", "")
    return sent[int(number)] if number.isdecimal() and int(number) < len(sent) else ""
