"""What is asked about calibration exercises and tries."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.marking.rules import ExerciseState
from app.marking.tables import CalibrationExerciseRow, CalibrationPerformanceRow, CalibrationTryRow
from app.schemes.tables import SchemeVersionRow
from app.work import Work

_Exercise, _Try = CalibrationExerciseRow, CalibrationTryRow


def exercises(work: Work) -> Sequence[CalibrationExerciseRow]:
    """Return the body's exercises, oldest first."""
    return work.session.exec(
        select(_Exercise).where(col(_Exercise.body_id) == work.body_id).order_by(col(_Exercise.id))
    ).all()


def open_exercises(work: Work) -> Sequence[CalibrationExerciseRow]:
    """Return the exercises that may be tried, oldest first."""
    return [row for row in exercises(work) if row.state is ExerciseState.PUBLISHED]


def exercise(work: Work, exercise_id: UUID) -> CalibrationExerciseRow:
    """Return an exercise of this body."""
    found = work.session.get(_Exercise, (work.body_id, exercise_id))
    if found is None:
        raise NotFound("calibration_exercise")
    return found


def exercise_for_update(work: Work, exercise_id: UUID) -> CalibrationExerciseRow:
    """Return an exercise, locked for change."""
    found = work.session.exec(
        select(_Exercise)
        .where(col(_Exercise.body_id) == work.body_id, col(_Exercise.id) == exercise_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("calibration_exercise")
    return found


def performances_of(work: Work, exercise_id: UUID) -> Sequence[CalibrationPerformanceRow]:
    """Return the performances of an exercise in order."""
    return work.session.exec(
        select(CalibrationPerformanceRow)
        .where(
            col(CalibrationPerformanceRow.body_id) == work.body_id,
            col(CalibrationPerformanceRow.stream) == exercise_id,
        )
        .order_by(col(CalibrationPerformanceRow.number))
    ).all()


def tries_of(work: Work, assessor_id: UUID) -> Sequence[CalibrationTryRow]:
    """Return an assessor's tries, oldest first."""
    return work.session.exec(
        select(_Try)
        .where(col(_Try.body_id) == work.body_id, col(_Try.assessor_id) == assessor_id)
        .order_by(col(_Try.id))
    ).all()


def own_try(work: Work, try_id: UUID, assessor_id: UUID, *, lock: bool = False) -> CalibrationTryRow:
    """Return an assessor's own try; another's is not there for her."""
    query = select(_Try).where(
        col(_Try.body_id) == work.body_id, col(_Try.id) == try_id, col(_Try.assessor_id) == assessor_id
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("calibration_try")
    return found


def passed_tries(
    work: Work, scheme_id: UUID, component: str, people: Collection[UUID]
) -> Sequence[CalibrationTryRow]:
    """Return the tries by which some people passed calibration for a component of a scheme."""
    return work.session.exec(
        select(_Try)
        .join(
            _Exercise,
            sa.and_(col(_Exercise.body_id) == col(_Try.body_id), col(_Exercise.id) == col(_Try.exercise_id)),
        )
        .join(
            SchemeVersionRow,
            sa.and_(
                col(SchemeVersionRow.body_id) == col(_Exercise.body_id),
                col(SchemeVersionRow.id) == col(_Exercise.scheme_version_id),
            ),
        )
        .where(
            col(_Try.body_id) == work.body_id,
            col(_Try.assessor_id).in_(people),
            col(_Try.passed).is_(True),
            col(_Exercise.component) == component,
            col(SchemeVersionRow.scheme_id) == scheme_id,
        )
        .order_by(col(_Try.id))
    ).all()
