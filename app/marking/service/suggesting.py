"""Who might take a seat, and whether there are enough for all seats of a period; nobody is assigned here."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.rules import CaseState
from app.bodies import service as bodies
from app.core.errors import Conflict, Invalid, Refusal
from app.core.messages import sentence
from app.delivery import service as delivery
from app.marking import queries, rules
from app.marking.rules import PAIR, Considered, OpenSeat, Seat, Stage, Standing
from app.marking.service.allocating import stage_of, standing_proposals
from app.marking.service.material import Component, component_of, components_of
from app.marking.service.policies import policy_of
from app.marking.service.standings import assessors, barred, scheme_of, standings, vacancy
from app.people import service as people
from app.work import Work

_LONGEST = timedelta(days=366)


def suggest(work: Work, case_id: UUID, code: str, seat: Seat) -> dict[str, object]:
    """Rank all appointed assessors for a seat, with what speaks against each; nobody is assigned by it."""
    work.require(Permission.MARKING_ALLOCATE)
    case = applications.case(work, case_id)
    applications.ensure_not_own(work, case, "allocate")
    component = component_of(work, case, code)
    known = standings(work, scheme_of(work, case), code, assessors(work))
    found = [
        _told(work, one, known[one.assessor_id], one.against) for one in _considered(work, component, seat)
    ]
    return {"case_id": case_id, "component": code, "seat": seat, "items": sorted(found, key=_rank)}


def forecast(work: Work, held_from: date, held_until: date) -> dict[str, object]:
    """Tell whether the open seats of a period can all be filled, and what the bottleneck lacks if not."""
    work.require(Permission.MARKING_ALLOCATE)
    if not held_from <= held_until <= held_from + _LONGEST:
        raise Invalid("period_refused", days=_LONGEST.days)
    zone = ZoneInfo(bodies.own(work).time_zone)
    found = queries.to_be_judged(
        work,
        held_from,
        held_until,
        since=datetime.combine(held_from, time.min, zone),
        until=datetime.combine(held_until + timedelta(days=1), time.min, zone),
    )
    seats = [seat for case_id, code in found for seat in _open_seats(work, case_id, code)]
    filled, short = rules.bottlenecks(seats)
    return {
        "held_from": held_from,
        "held_until": held_until,
        "seats": len(seats),
        "can_be_filled": filled,
        "bottlenecks": short,
    }


def _open_seats(work: Work, case_id: UUID, code: str) -> Iterator[OpenSeat]:
    case = applications.case(work, case_id)
    judged = {component.code: component for component in components_of(work, case)}
    if code not in judged or case.state is not CaseState.ADMITTED or case.person_id == work.actor.person_id:
        return
    component = judged[code]
    number = delivery.present_sitting_no(work, case_id, code)
    taken = {row.seat for row in standing_proposals(work, case_id, component.code, number)}
    stage = stage_of(work, component, number)
    due = {Stage.MARKING: PAIR, Stage.ADJUDICATION_NEEDED: (Seat.THIRD,)}.get(stage, ())
    for seat in due:
        if seat not in taken:
            considered = tuple(_considered(work, component, seat))
            yield OpenSeat(f"{case_id} {code} {seat}", vacancy(case, code), considered)


def _considered(work: Work, component: Component, seat: Seat) -> list[Considered]:
    case = component.case
    scheme_id, least = scheme_of(work, case), policy_of(work, scheme_of(work, case)).language_level
    number = delivery.present_sitting_no(work, case.id, component.code)
    seated = {row.assessor_id for row in standing_proposals(work, case.id, component.code, number)}
    conflicts = barred(work, case, component.code, seat)
    found = []
    for one, standing in standings(work, scheme_id, component.code, assessors(work)).items():
        against = rules.objections(vacancy(case, component.code), standing, least, work.today)
        if one in conflicts:
            against.append(conflicts[one])
        if one in seated:
            against.append(Conflict("assessor_seated", rule="EXM-6"))
        room = max(0, standing.most_open - standing.open_assignments)
        found.append(Considered(one, tuple(against), room))
    return found


def _told(work: Work, one: Considered, standing: Standing, against: tuple[Refusal, ...]) -> dict[str, object]:
    person = people.known(work, one.assessor_id)
    return {
        "assessor_id": one.assessor_id,
        "printed_name": person.printed_name,
        "is_free": not against,
        "against": [
            {"code": each.code, "facts": dict(each.facts), "told": sentence(each.code, each.facts)}
            for each in against
        ],
        "open_assignments": standing.open_assignments,
        "most_open": standing.most_open,
        "calibrated_until": standing.calibrated_until,
        "scope_until": max((scope.valid_until for scope in standing.scopes), default=None),
    }


def _rank(told: dict[str, object]) -> tuple[object, ...]:
    against, calibrated = told["against"], told["calibrated_until"]
    assert isinstance(against, list)
    days = calibrated.toordinal() if isinstance(calibrated, date) else 0
    return (len(against), told["open_assignments"], -days, str(told["assessor_id"]))
