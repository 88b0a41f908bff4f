"""The life of a panel study: its panel, its rounds, each judge's own sheet, and the cuts that follow (EXM-3).

A *judge* is a member of a panel. She rates every item for every level on a sheet of her own, in hundredths:
of 100 persons who are only just competent at the level, how many would answer the item right?
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from app.core.errors import Conflict, Invalid, MoveRefused, NotImpartial
from assessments.errors import AssessmentError
from assessments.results import Finding as Caution
from assessments.results import rounded
from assessments.standard_setting import (
    Exclusion,
    LevelCut,
    Ratings,
    RoundFeedback,
    Rounding,
    angoff,
    angoff_excluding,
    angoff_levels,
    round_feedback,
)

Finding = tuple[str, str, str]
"""(pointer, code, message)"""
Sheet = Mapping[str, Mapping[str, int]]
"""One judge's ratings: level (as text) → item → hundredths."""


class StudyState(StrEnum):
    """Where a panel stands; what was concluded or abandoned never changes again."""

    PLANNED = "planned"
    RATING = "rating"
    DISCUSSING = "discussing"
    CONCLUDED = "concluded"
    ABANDONED = "abandoned"


class StudyAction(StrEnum):
    """What may be done in a panel study."""

    INVITE = "invite"
    SIGN = "sign"
    LET_GO = "let_go"
    OPEN_ROUND = "open_round"
    CLOSE_ROUND = "close_round"
    CONCLUDE = "conclude"
    ABANDON = "abandon"


class JudgeState(StrEnum):
    """Where a judge stands: only who signed the undertaking rates, and who withdrew does not count."""

    INVITED = "invited"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class RoundState(StrEnum):
    """While a round is open nobody sees another's ratings; afterwards nobody changes her own."""

    OPEN = "open"
    CLOSED = "closed"


class SheetState(StrEnum):
    """A sheet is saved as often as wanted and submitted once."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


_S, _A = StudyState, StudyAction
MOVES: dict[tuple[StudyState, StudyAction], StudyState] = {
    (_S.PLANNED, _A.INVITE): _S.PLANNED,
    (_S.PLANNED, _A.SIGN): _S.PLANNED,
    (_S.PLANNED, _A.LET_GO): _S.PLANNED,
    (_S.PLANNED, _A.OPEN_ROUND): _S.RATING,
    (_S.PLANNED, _A.ABANDON): _S.ABANDONED,
    (_S.RATING, _A.LET_GO): _S.RATING,
    (_S.RATING, _A.CLOSE_ROUND): _S.DISCUSSING,
    (_S.RATING, _A.ABANDON): _S.ABANDONED,
    (_S.DISCUSSING, _A.LET_GO): _S.DISCUSSING,
    (_S.DISCUSSING, _A.OPEN_ROUND): _S.RATING,
    (_S.DISCUSSING, _A.CONCLUDE): _S.CONCLUDED,
    (_S.DISCUSSING, _A.ABANDON): _S.ABANDONED,
}


@dataclass(frozen=True)
class Rated:
    """A panel's closed rounds as they count: those who stayed, and beside them those who left, and why."""

    rounds: Sequence[Mapping[str, Sheet]]
    """Each round: judge → sheet, of everybody who submitted one."""
    judges: Sequence[str]
    """Who counts, in the order of the panel."""
    left: Mapping[str, str]
    """Who does not, and the reason."""
    rounding: str
    points: Mapping[str, int]
    """Item → the points that it is worth, in the order of the form."""

    def table(self, number: int, level: int, judges: Sequence[str] | None = None) -> Ratings:
        """Return one level's ratings of a round (from 1; the training has one, 0) as probabilities.

        An item of k points stands there k times, since its rating is the share of its points expected.
        """
        held = self.rounds[max(number, 1) - 1]
        return {
            judge: {
                f"{item}/{point}" if point else item: Decimal(held[judge][str(level)][item]).scaleb(-2)
                for item, points in self.points.items()
                for point in range(points)
            }
            for judge in (self.judges if judges is None else judges)
        }


def after(state: StudyState, action: StudyAction) -> StudyState:
    """Return the state after an action; refuse what the life of a panel study does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("study_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def ensure_levels(wanted: Sequence[int], declared: Sequence[int]) -> None:
    """Refuse a study that sets cuts for other levels than the scheme asks for (EXM-2)."""
    if sorted(wanted) != sorted(declared) or not declared:
        raise Invalid("study_levels_refused", pointer="/levels", rule="EXM-2", levels=sorted(declared))


def ensure_training(wanted: Sequence[str], known: Sequence[str], *, is_fit: bool) -> None:
    """Refuse training on the form itself, on a form of another component, or on items that it has not."""
    strange = sorted(set(wanted) - set(known)) or [item for item in wanted if wanted.count(item) > 1]
    if not is_fit or strange:
        raise Invalid("training_refused", pointer="/training", items=strange)


def ensure_may_judge(person_id: UUID, hands: Sequence[UUID], *, is_candidate: bool) -> None:
    """Refuse as judge who drafted the form, leads the study, or is a candidate of the scheme (SEC-1)."""
    if person_id in hands:
        raise NotImpartial("judge_barred", rule="EXM-3", act="drafted the form or leads the study")
    if is_candidate:
        raise NotImpartial("judge_barred", rule="SEC-1", act="is a candidate of the scheme")


def ensure_panel(states: Sequence[JudgeState], least: int) -> None:
    """Refuse to go on with fewer judges than the scheme asks for, or with one who has not signed (EXM-3)."""
    signed = sum(state is JudgeState.SIGNED for state in states)
    if signed < least:
        raise Conflict("panel_too_small", rule="EXM-3", judges=signed, least=least)
    if JudgeState.INVITED in states:
        raise Conflict("undertaking_missing", rule="SEC-1", judges=states.count(JudgeState.INVITED))


def ensure_may_leave(state: StudyState, judge: JudgeState, *, signed: int, least: int) -> None:
    """Refuse to let a judge go twice, or below the least panel once rating has begun (EXM-3)."""
    after(state, StudyAction.LET_GO)
    if judge is JudgeState.WITHDRAWN:
        raise Conflict("judge_left_already")
    if state is not StudyState.PLANNED and judge is JudgeState.SIGNED and signed <= least:
        raise Conflict("panel_too_small", rule="EXM-3", judges=signed - 1, least=least)


def next_round(held: Sequence[int], declared: int, *, has_training: bool) -> int:
    """Return the number of the next round, 0 for the training; refuse more than were declared."""
    if not held:
        return 0 if has_training else 1
    if held[-1] >= declared:
        raise Conflict("rounds_over", rule="EXM-3", rounds=declared)
    return held[-1] + 1


def ensure_all_in(missing: Sequence[str]) -> None:
    """Refuse to close a round while a judge's sheet is not in; who cannot go on is let go, with a reason."""
    if missing:
        raise Conflict("sheets_missing", rule="EXM-3", judges=list(missing))


def ensure_rounds_held(closed: int, declared: int) -> None:
    """Refuse to conclude before all declared rounds were held."""
    if closed < declared:
        raise Conflict("rounds_missing", rule="EXM-3", held=closed, declared=declared)


def ensure_draft(state: SheetState, round_state: RoundState) -> None:
    """Refuse a change to a sheet that is in, or whose round is over."""
    if state is SheetState.SUBMITTED or round_state is RoundState.CLOSED:
        raise MoveRefused("sheet_is_in", rule="EXM-3")


def merged(sheet: Sheet, given: Sheet, levels: Sequence[int], items: Sequence[str]) -> dict[str, Any]:
    """Return a sheet with the ratings given put in; refuse levels and items that the study has not."""
    known, known_items = {str(level) for level in levels}, frozenset(items)
    for level, row in given.items():
        strange = [level] if level not in known else [item for item in row if item not in known_items]
        if strange:
            place = f"/ratings/{level}" if level not in known else f"/ratings/{level}/{strange[0]}"
            raise Invalid("rating_refused", pointer=place, named=strange[0])
    return {level: {**sheet.get(level, {}), **given.get(level, {})} for level in sorted(known)}


def sheet_findings(sheet: Sheet, levels: Sequence[int], items: Sequence[str]) -> list[Finding]:
    """Name every cell that is still empty."""
    return [
        (f"/ratings/{level}/{item}", "rating_missing", f"Item {item} is not rated for level {level}.")
        for level in levels
        for item in items
        if item not in sheet.get(str(level), {})
    ]


def falls(sheet: Sheet, levels: Sequence[int], items: Sequence[str]) -> list[Finding]:
    """Name every item of which a judge expects less at a higher level than at the one below."""
    return list(_falls(sheet, sorted(levels), items))


def _falls(sheet: Sheet, levels: Sequence[int], items: Sequence[str]) -> Iterator[Finding]:
    for lower, higher in pairwise(levels):
        for item in items:
            low, high = sheet[str(lower)][item], sheet[str(higher)][item]
            if high < low:
                message = f"Item {item} is rated {high} for level {higher}, {low} for level {lower}."
                yield f"/ratings/{higher}/{item}", "rating_falls", message


def feedback(rated: Rated, number: int, level: int) -> RoundFeedback:
    """Summarise a closed round for the discussion before the next one."""
    return round_feedback(rated.table(number, level))


def provisional_cut(rated: Rated, number: int, level: int) -> int:
    """Return the cut that would follow from a closed round."""
    return angoff([rated.table(number, level)], rounding=Rounding(rated.rounding)).cut


def cuts(rated: Rated, levels: Sequence[int]) -> tuple[LevelCut, ...]:
    """Compute one cut per level from all rounds; refuse a study from which none follow (EXM-2, EXM-3)."""
    numbers = range(1, len(rated.rounds) + 1)
    tables = {level: [rated.table(number, level) for number in numbers] for level in levels}
    try:
        return angoff_levels(tables, rounding=Rounding(rated.rounding))
    except AssessmentError as refusal:
        raise Conflict("cuts_not_set", rule="EXM-3", reason=refusal.code) from None


def moved_by_leaving(rated: Rated, level: int) -> str | None:
    """Tell by how many points the cut before rounding moved because judges left; None if none rated all."""
    whole = [judge for judge in rated.left if all(judge in held for held in rated.rounds)]
    if not whole:
        return None
    numbers = range(1, len(rated.rounds) + 1)
    tables = [rated.table(number, level, [*rated.judges, *whole]) for number in numbers]
    exclusions = [Exclusion(judge, rated.left[judge]) for judge in whole]
    return str(rounded(angoff_excluding(tables, exclusions, rounding=Rounding(rated.rounding)).change))


def cautions(warnings: Sequence[Caution]) -> list[dict[str, str]]:
    """Tell warnings as they are kept and shown."""
    return [
        {"code": one.code, "message": one.message, "threshold": one.threshold, "source": one.source}
        for one in warnings
    ]
