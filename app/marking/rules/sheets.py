"""Seats, what a sheet must hold, when a third is called, and what the sheets come to (EXM-6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.core.errors import Conflict, MoveRefused
from app.impartiality.rules import Act
from app.schemes.assessing import Element
from assessments.marking import (
    AdjudicationRule,
    PassRule,
    Reason,
    Reconciled,
    Verdict,
    disagreement,
    reconcile,
    verdict,
)

Finding = tuple[str, str, str]
"""(pointer, code, message)"""
_PORTFOLIO = "portfolio_interview"
"""The one method by which a component is judged from the portfolio."""


class Seat(StrEnum):
    """A marker's place in one marking; the third is called only when the first two disagree too much."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


PAIR = (Seat.FIRST, Seat.SECOND)


class ProposalState(StrEnum):
    """Where a proposal stands: accepted without conflict, or closed by a declared one."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class Seen(StrEnum):
    """How an assessor saw what she marked: a sitting, or answers in writing."""

    LIVE = "live"
    RECORDING = "recording"
    WRITTEN = "written"


class AssignmentState(StrEnum):
    """Where a rating sheet stands; a submitted one is frozen, one set aside is kept and never counts."""

    ASSIGNED = "assigned"
    SUBMITTED = "submitted"
    SET_ASIDE = "set_aside"


class AssignmentAction(StrEnum):
    """What may be done with a rating sheet."""

    SAVE = "save"
    SUBMIT = "submit"
    SET_ASIDE = "set_aside"


class AsideCause(StrEnum):
    """Why a sheet was set aside: its marker declared a conflict, or it is to be marked by another."""

    CONFLICT = "conflict"
    REMARKING = "remarking"


MOVES: dict[tuple[AssignmentState, AssignmentAction], AssignmentState] = {
    (AssignmentState.ASSIGNED, AssignmentAction.SAVE): AssignmentState.ASSIGNED,
    (AssignmentState.ASSIGNED, AssignmentAction.SUBMIT): AssignmentState.SUBMITTED,
    (AssignmentState.ASSIGNED, AssignmentAction.SET_ASIDE): AssignmentState.SET_ASIDE,
    (AssignmentState.SUBMITTED, AssignmentAction.SET_ASIDE): AssignmentState.SET_ASIDE,
}


class Stage(StrEnum):
    """How far the marking of a component is; it does not tell one sheet in from none in."""

    MARKING = "marking"
    ADJUDICATION_NEEDED = "adjudication_needed"
    READY = "ready"
    PASSED = "passed"


@dataclass(frozen=True)
class Standard:
    """What the sheets of a component are judged by."""

    critical: frozenset[str]
    target: int
    pass_rule: PassRule
    adjudication: AdjudicationRule


@dataclass(frozen=True)
class Sheet:
    """One marker's ratings; only submitted sheets count."""

    seat: Seat
    is_submitted: bool
    ratings: Mapping[str, int]


@dataclass(frozen=True)
class Mark:
    """A rating with its comment, as saved so far."""

    rating: int | None
    comment: str | None
    is_confirmed: bool = True
    """False while a machine took part in it and its marker has not confirmed the line (AI-1)."""


@dataclass(frozen=True)
class Judged:
    """What the sheets of a component come to."""

    reconciled: Reconciled
    verdict: Verdict


def after(state: AssignmentState, action: AssignmentAction) -> AssignmentState:
    """Return the state after an action; refuse what the life of a sheet does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("marks_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def ensure_stands(state: AssignmentState) -> None:
    """Refuse the file to whose sheet was set aside: it is another's to mark now."""
    if state is AssignmentState.SET_ASIDE:
        raise Conflict("sheet_set_aside", rule="EXM-6")


def pass_rule(rule: Mapping[str, Any]) -> PassRule:
    """Turn a package's signed offsets (-1) into the distances (1) that the measurement takes."""
    critical, other, mean = (Decimal(rule[f"{name}_offset"]) for name in ("critical", "other", "mean"))
    if max(critical, other, mean) > 0:
        raise Conflict("offsets_refused", rule="EXM-1")
    return PassRule(abs(critical), abs(other), abs(mean))


def adjudication_rule(assessment: Mapping[str, Any]) -> AdjudicationRule:
    """Return when a third assessor is called, as the package says (7.0, amendment 4)."""
    rule = assessment["adjudication"]
    return AdjudicationRule(
        rule["straddle_critical"], rule["noncritical_count"], rule["noncritical_distance"]
    )


def duty_of(seat: Seat) -> Act:
    """Return the act that a seat is in the involvement ledger."""
    return Act.ADJUDICATED if seat is Seat.THIRD else Act.EXAMINED


def ensure_seat(seat: Seat, taken: Collection[Seat], stage: Stage) -> None:
    """Refuse a seat that is taken or not due: a third one only once the first two disagree (EXM-6)."""
    if seat in taken:
        raise Conflict("seat_taken", seat=seat)
    due = Stage.ADJUDICATION_NEEDED if seat is Seat.THIRD else Stage.MARKING
    if stage is not due:
        raise Conflict("seat_not_open", rule="EXM-6", seat=seat)


def submission_findings(
    elements: Iterable[Element], marks: Mapping[str, Mark], standard: Standard
) -> list[Finding]:
    """Name each element without a rating, each unconfirmed one, each that needs a comment and has none.

    A comment is needed on a critical element and on a failing one: one below its pass line. A rating below
    the target that the pass rule lets stand is no failure, and asks for no words.
    """
    found: list[Finding] = []
    line = standard.target - standard.pass_rule.other_offset
    for element in elements:
        mark = marks.get(element.code, Mark(None, None))
        pointer = f"/marks/{element.code.replace('/', '~1')}"
        if mark.rating is None:
            found.append((pointer, "rating_missing", f"{element.code} is not rated."))
        elif not mark.is_confirmed:
            found.append(
                (pointer, "ai_unconfirmed", f"{element.code} is not confirmed by its marker (AI-1).")
            )
        elif not mark.comment and (element.is_critical or mark.rating < line):
            found.append((pointer, "comment_missing", f"{element.code} needs a comment."))
    return found


def ensure_recorded(*, has_recording: bool, has_consented: bool, was_viewed: bool) -> None:
    """Refuse a sheet marked from a recording that is not there, may not be used, or was never opened."""
    if not has_recording:
        raise Conflict("recording_missing")
    if not has_consented:
        raise Conflict("recording_consent_missing", rule="SEC-2", who="others")
    if not was_viewed:
        raise Conflict("recording_not_viewed")


def ensure_confirmable(saved: Mark, rating: int, *, is_assisted: bool) -> None:
    """Refuse to confirm a line in which no machine took part, or a rating other than the saved one (AI-1)."""
    if not is_assisted or saved.is_confirmed:
        raise Conflict("mark_not_to_confirm", rule="AI-1")
    if saved.rating != rating:
        raise Conflict("mark_differs", rule="AI-1")


def reasons_for_third(sheets: Sequence[Sheet], standard: Standard) -> tuple[Reason, ...]:
    """Say why a third assessor is called; nothing before both sheets are in (EXM-6)."""
    pair = _pair(sheets)
    if pair is None:
        return ()
    return disagreement(
        pair[0].ratings,
        pair[1].ratings,
        critical=standard.critical,
        target=standard.target,
        pass_rule=standard.pass_rule,
        rule=standard.adjudication,
    )


def stage(sheets: Sequence[Sheet], standard: Standard) -> Stage:
    """Tell how far a marking is, without telling whether a single sheet is in."""
    if _pair(sheets) is None:
        return Stage.MARKING
    if not reasons_for_third(sheets, standard) or _submitted(sheets, Seat.THIRD) is not None:
        return Stage.READY
    return Stage.ADJUDICATION_NEEDED


def judged(sheets: Sequence[Sheet], standard: Standard) -> Judged:
    """Reconcile the sheets and judge the component (7.0, 4 and 5); refuse while sheets are missing."""
    found = stage(sheets, standard)
    if found is Stage.MARKING:
        raise Conflict("marks_missing", rule="EXM-6")
    if found is Stage.ADJUDICATION_NEEDED:
        raise Conflict("adjudication_needed", rule="EXM-6")
    pair = _pair(sheets)
    assert pair is not None
    first, second = pair
    # Once a sheet was set aside, the third counts only if the new pair disagrees too.
    third = _submitted(sheets, Seat.THIRD) if reasons_for_third(sheets, standard) else None
    reconciled = reconcile(
        first.ratings,
        second.ratings,
        third.ratings if third is not None else None,
        critical=standard.critical,
        target=standard.target,
        pass_rule=standard.pass_rule,
        rule=standard.adjudication,
    )
    passed = verdict(reconciled.values(), standard.critical, standard.target, standard.pass_rule)
    return Judged(reconciled, passed)


def recomputed(evidence: Mapping[str, Any]) -> bool:
    """Judge a result anew from its evidence alone: score against cut, or all ratings by the rules (DEC-3)."""
    if evidence["rule"] == "cut":
        return bool(evidence["score"] >= evidence["cut"])
    if evidence["rule"] == "external":
        return bool(evidence["outcome"] == "pass")
    rule, third = evidence["pass_rule"], evidence["adjudication_rule"]
    standard = Standard(
        critical=frozenset(evidence["critical"]),
        target=evidence["target"],
        pass_rule=PassRule(*(Decimal(rule[f"{name}_offset"]) for name in ("critical", "other", "mean"))),
        adjudication=AdjudicationRule(
            third["straddle_critical"], third["noncritical_count"], third["noncritical_distance"]
        ),
    )
    sheets = [Sheet(Seat(entry["seat"]), True, entry["ratings"]) for entry in evidence["seats"]]
    return judged(sheets, standard).verdict.passed


def visible(own: Sheet, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the other markers' sheets once own and pair are in; before, the answer tells nothing (EXM-6)."""
    if not own.is_submitted or _pair(sheets) is None:
        raise Conflict("marks_not_in", rule="EXM-6")
    return tuple(sheet for sheet in sheets if sheet.is_submitted and sheet.seat is not own.seat)


def _submitted(sheets: Sequence[Sheet], seat: Seat) -> Sheet | None:
    return next((sheet for sheet in sheets if sheet.seat is seat and sheet.is_submitted), None)


def _pair(sheets: Sequence[Sheet]) -> tuple[Sheet, Sheet] | None:
    first, second = (_submitted(sheets, seat) for seat in PAIR)
    return None if first is None or second is None else (first, second)


def ensure_judges_portfolio(component: str, method: str) -> None:
    """Refuse the portfolio to who judges something else: nobody reads what her duty does not need."""
    if method != _PORTFOLIO:
        raise Conflict("component_without_portfolio", component=component)
