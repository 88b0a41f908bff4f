"""What is known of assessors on the day: who is appointed, and how each stands towards a seat."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.core.errors import Refusal
from app.impartiality import service as impartiality
from app.marking import queries, rules
from app.marking.rules import Basis, Cefr, Scope, Seat, Standing, Vacancy
from app.marking.service.policies import policy_of
from app.marking.service.reviewing import states
from app.marking.tables import AssessorScopeRow
from app.people import service as people
from app.schemes import service as schemes
from app.work import Work
from assessments.examiners import ExaminerState


def scheme_of(work: Work, case: CaseRow) -> UUID:
    """Return the scheme that a case belongs to."""
    scheme_id: UUID = schemes.version_of(work, case.scheme_version_id).scheme_id
    return scheme_id


def assessors(work: Work) -> Sequence[UUID]:
    """Return who is appointed to mark today."""
    return people.appointed_who_may(work, Permission.MARKING_MARK)


def vacancy(case: CaseRow, component: str) -> Vacancy:
    """Return what a seat of a component asks of whoever takes it."""
    return Vacancy(
        case.id, component, case.level, frozenset(case.phases), frozenset(case.endorsements), case.language
    )


def standings(work: Work, scheme_id: UUID, component: str, whom: Collection[UUID]) -> dict[UUID, Standing]:
    """Return how some assessors stand today towards the seats of a component."""
    policy = policy_of(work, scheme_id)
    scopes: dict[UUID, list[Scope]] = {}
    for row in queries.scopes_of(work, whom):
        if row.scheme_id == scheme_id:
            scopes.setdefault(row.person_id, []).append(_scope(row))
    loads = {row.person_id: row.most_open for row in queries.loads_of(work, whom)}
    taken = queries.open_assignments(work, whom)
    reviewed = states(work, scheme_id, component, whom)
    calibrated: dict[UUID, date] = {}
    for passed in queries.passed_tries(work, scheme_id, component, whom):
        until, one = passed.valid_until or date.min, passed.assessor_id
        calibrated[one] = max(until, calibrated.get(one, date.min))
    return {
        one: Standing(
            scopes=tuple(scopes.get(one, ())),
            calibrated_until=calibrated.get(one),
            open_assignments=taken[one],
            most_open=loads.get(one, policy.most_open),
            state=reviewed.get(one, ExaminerState.TOO_FEW),
        )
        for one in whom
    }


def ensure_suitable(work: Work, case: CaseRow, component: str, assessor_id: UUID) -> None:
    """Refuse an assessor whom scope, language, calibration, load or PER-5 keep from a seat (PER-1, 4, 5)."""
    scheme_id = scheme_of(work, case)
    standing = standings(work, scheme_id, component, [assessor_id])[assessor_id]
    rules.ensure_suitable(
        vacancy(case, component), standing, policy_of(work, scheme_id).language_level, work.today
    )


def barred(work: Work, case: CaseRow, component: str, seat: Seat) -> Mapping[UUID, Refusal]:
    """Return whom an earlier act or a declared conflict keeps from a seat, and why."""
    matter = applications.matter(work, case, component)
    return impartiality.objections(work, rules.duty_of(seat), matter, assessors(work))


def _scope(row: AssessorScopeRow) -> Scope:
    return Scope(
        components=frozenset(row.components),
        level=row.level,
        phases=frozenset(row.phases),
        endorsements=frozenset(row.endorsements),
        languages={language: Cefr(level) for language, level in row.languages.items()},
        basis=Basis(row.basis),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
