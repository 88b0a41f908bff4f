"""Questions that are data, and answers that fit them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.core.errors import Findings

LOWEST, HIGHEST = 1, 5
"""The ends of a scale, from not at all to fully."""


class AnswerKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    YES_NO = "yes_no"
    TEXT = "text"


class Audience(StrEnum):
    """For whom an answer is meant, as who gives it says."""

    SHARED = "shared"
    """For the other sides too, once they have answered themselves."""
    ASSESSORS = "assessors"
    """For those who review, assess or decide, and for nobody else."""


@dataclass(frozen=True)
class Question:
    """One question with its text by language; its code never changes its meaning."""

    code: str
    kind: AnswerKind
    text: Mapping[str, str]
    is_optional: bool


class Given(Protocol):
    """An answer as it comes in: one of the three is set."""

    @property
    def question(self) -> str:
        """The code of the question."""
        ...

    @property
    def scale(self) -> int | None:
        """How far, from not at all to fully."""
        ...

    @property
    def yes(self) -> bool | None:
        """Yes or no."""
        ...

    @property
    def text(self) -> str | None:
        """In one's own words."""
        ...


def questions_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions that a questionnaire lists."""
    return tuple(
        Question(
            code=entry["code"],
            kind=AnswerKind(entry["kind"]),
            text=entry["text"],
            is_optional=bool(entry.get("optional", False)),
        )
        for entry in entries
    )


def ensure_fit(questions: Sequence[Question], given: Sequence[Given]) -> None:
    """Refuse answers to what was not asked, twice, or in another kind; and too few. Each fault is named."""
    faults = [*_misfits({question.code: question for question in questions}, given)]
    told = {answer.question for answer in given}
    faults += [
        ("/answers", "answer_missing", f"The question {question.code} must be answered.")
        for question in questions
        if not question.is_optional and question.code not in told
    ]
    if faults:
        raise Findings("answers_unfit", tuple(faults))


def _misfits(asked: Mapping[str, Question], given: Sequence[Given]) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for place, answer in enumerate(given):
        pointer = f"/answers/{place}"
        question = asked.get(answer.question)
        if question is None:
            yield pointer, "question_unknown", f"There is no question {answer.question} here."
        elif answer.question in seen:
            yield pointer, "question_repeated", f"The question {answer.question} is answered twice."
        elif _kinds_of(answer) != {question.kind}:
            yield pointer, "answer_kind_refused", f"Answer {answer.question} by {question.kind} alone."
        seen.add(answer.question)


def _kinds_of(answer: Given) -> set[AnswerKind]:
    told = {AnswerKind.SCALE: answer.scale, AnswerKind.YES_NO: answer.yes, AnswerKind.TEXT: answer.text}
    return {kind for kind, value in told.items() if value is not None}
