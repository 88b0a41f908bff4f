"""The life of a case, and what a review may conclude from the answers to the requirements."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Conflict, Invalid, MoveRefused
from app.schemes.requirements import Answer


class CaseState(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    REORIENTED = "reoriented"
    EXAMINED = "examined"
    GRANTED = "granted"
    REFUSED = "refused"


class CaseAction(StrEnum):
    """What moves a case on."""

    ADMIT = "admit"
    REORIENT = "reorient"
    EXAMINE = "examine"
    GRANT = "grant"
    REFUSE = "refuse"
    MOVE = "move"
    """To a newer scheme version, with all that was achieved."""
    MOVE_AND_EXAMINE = "move_and_examine"
    """To a newer scheme version that examines more."""


MOVES: dict[tuple[CaseState, CaseAction], CaseState] = {
    (CaseState.SUBMITTED, CaseAction.ADMIT): CaseState.ADMITTED,
    (CaseState.SUBMITTED, CaseAction.REORIENT): CaseState.REORIENTED,
    (CaseState.ADMITTED, CaseAction.EXAMINE): CaseState.EXAMINED,
    (CaseState.ADMITTED, CaseAction.REFUSE): CaseState.REFUSED,
    (CaseState.EXAMINED, CaseAction.GRANT): CaseState.GRANTED,
    (CaseState.EXAMINED, CaseAction.REFUSE): CaseState.REFUSED,
    (CaseState.SUBMITTED, CaseAction.MOVE): CaseState.SUBMITTED,
    (CaseState.ADMITTED, CaseAction.MOVE): CaseState.ADMITTED,
    (CaseState.EXAMINED, CaseAction.MOVE): CaseState.EXAMINED,
    (CaseState.SUBMITTED, CaseAction.MOVE_AND_EXAMINE): CaseState.SUBMITTED,
    (CaseState.ADMITTED, CaseAction.MOVE_AND_EXAMINE): CaseState.ADMITTED,
    (CaseState.EXAMINED, CaseAction.MOVE_AND_EXAMINE): CaseState.ADMITTED,
}


class Need(StrEnum):
    """What an applicant must bring besides competence, as the scheme's overview states it."""

    TIME = "time"
    DIGITAL = "digital"
    LANGUAGES = "languages"


class Outcome(StrEnum):
    """What a review concludes."""

    ADMIT = "admit"
    ADMIT_WITH_GAPS = "admit_with_gaps"
    REORIENT = "reorient"


class AccommodationState(StrEnum):
    """Where a request for special arrangements stands; none was asked, or it was."""

    NONE = "none"
    REQUESTED = "requested"
    GRANTED = "granted"
    DECLINED = "declined"


def after(state: CaseState, action: CaseAction) -> CaseState:
    """Return the state after an action; refuse what the life of a case does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("case_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def ensure_needs(stated: Collection[str], confirmed: Collection[Need]) -> None:
    """Refuse an application that leaves a stated need unconfirmed, or confirms what nobody asks (APP-1)."""
    if missing := [need for need in Need if need in stated and need not in confirmed]:
        raise Invalid("need_not_confirmed", pointer="/needs_confirmed", needs=", ".join(missing))
    if beyond := [need for need in Need if need in confirmed and need not in stated]:
        raise Invalid("need_not_stated", pointer="/needs_confirmed", needs=", ".join(beyond))


def ensure_scope(
    package: dict[str, object], level: int, phases: Sequence[str], endorsements: Sequence[str]
) -> None:
    """Refuse a scope that the scheme version does not know or that the level may not serve alone."""
    levels = {item["level"]: item for item in package["levels"]["items"]}  # type: ignore[index] # checked package
    if level not in levels or not levels[level]["certifiable"]:
        raise Invalid("level_not_certifiable", pointer="/level", level=level)
    for index, phase in enumerate(phases):
        if levels[level]["serves"].get(phase) != "alone":
            raise Invalid("phase_not_served", pointer=f"/phases/{index}", phase=phase, level=level)
    if endorsements:  # an endorsement is a grant of its own on top of a base certificate
        raise Invalid("endorsement_after_base", pointer="/endorsements")


def is_open(state: CaseState) -> bool:
    """Tell whether a case is still on its way to a decision."""
    return (state, CaseAction.MOVE) in MOVES


def ensure_scope_kept(
    package: dict[str, object], level: int, phases: Sequence[str], endorsements: Sequence[str], language: str
) -> None:
    """Refuse to move a case to a version that does not offer its scope or language; she applies anew then."""
    try:
        ensure_scope(package, level, phases, endorsements)
    except Invalid as fault:
        raise Conflict("scope_not_in_version", rule="SCH-5", reason=fault.code) from None
    if language not in package["scheme"]["languages"]:  # type: ignore[index] # checked package
        raise Conflict("scope_not_in_version", rule="SCH-5", reason="language_not_offered")


def ensure_outcome(
    outcome: Outcome,
    answers: Iterable[Answer],
    named: Sequence[str],
    *,
    close_by: date | None,
    today: date,
    most: int,
) -> None:
    """Refuse a conclusion that the answers do not carry (7.0, amendment 7)."""
    unmet = {answer.requirement.id for answer in answers if not answer.is_met}
    if outcome is Outcome.ADMIT and unmet:
        raise Conflict("requirements_unmet", requirements=sorted(unmet))
    if outcome is not Outcome.ADMIT and not unmet:
        raise Conflict("nothing_unmet")
    if outcome is not Outcome.ADMIT and set(named) != unmet:
        raise Invalid("unmet_not_named", pointer="/unmet", requirements=sorted(unmet))
    if outcome is Outcome.ADMIT_WITH_GAPS:
        latest = today + timedelta(days=most)
        if close_by is None or not today < close_by <= latest:
            raise Invalid("close_by_refused", pointer="/close_by", latest=latest)
