"""Calibration exercises: prepared with their references, rated blind once, compared afterwards (PER-1)."""

from collections.abc import Mapping
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict
from app.marking import queries, rules
from app.marking.rules import ExerciseAction, Tolerance
from app.marking.schemas.calibration import ExerciseCreate
from app.marking.tables import CalibrationExerciseRow, CalibrationPerformanceRow, CalibrationTryRow
from app.people import service as people
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work

_OF_EXERCISE = ("title", "component", "level", "closeness", "least")
_OF_TRY = ("id", "rev", "exercise_id", "opened_at", "submitted_at", "figure", "passed", "valid_until")


def draft_exercise(work: Work, version_id: UUID, wanted: ExerciseCreate) -> CalibrationExerciseRow:
    """Take in an exercise whose references rate exactly what a sheet of its component rates."""
    work.require(Permission.MARKING_CALIBRATE)
    version = schemes.version_of(work, version_id)
    for expert in wanted.experts:
        people.known(work, expert)
    elements = assessing.elements_of(version.package, wanted.component, wanted.level)
    rules.ensure_references(
        [element.code for element in elements], [each.references.keys() for each in wanted.performances]
    )
    row = CalibrationExerciseRow(
        body_id=work.body_id,
        scheme_version_id=version_id,
        experts=sorted(str(expert) for expert in wanted.experts),
        drafted_by=work.person_id,
        **wanted.model_dump(exclude={"experts", "performances"}),
    )
    work.session.add(row)
    work.session.flush()  # the performances refer to it
    work.recorder.insert(
        CalibrationPerformanceRow,
        [
            {"stream": row.id, "number": number, **each.model_dump(mode="json")}
            for number, each in enumerate(wanted.performances, start=1)
        ],
    )
    work.record(
        Event.CALIBRATION_DRAFTED, row, component=row.component, performances=len(wanted.performances)
    )
    return row


def publish_exercise(work: Work, exercise_id: UUID) -> CalibrationExerciseRow:
    """Open an exercise to assessors; from then on it is frozen."""
    return _moved(work, exercise_id, ExerciseAction.PUBLISH)


def retire_exercise(work: Work, exercise_id: UUID) -> CalibrationExerciseRow:
    """Close an exercise to new tries; what was passed holds as long as it said."""
    return _moved(work, exercise_id, ExerciseAction.RETIRE)


def exercises(work: Work) -> dict[str, object]:
    """Return the body's exercises without their references."""
    work.require(Permission.MARKING_CALIBRATE)
    return {"items": queries.exercises(work)}


def exercise_content(work: Work, exercise_id: UUID) -> dict[str, object]:
    """Show performances with their references; who looked is on record."""
    work.require(Permission.MARKING_CALIBRATE)
    row = queries.exercise(work, exercise_id)
    work.record(Event.RECORD_DISCLOSED, row, what="calibration references")
    performances = [
        {
            **_shown(each),
            "references": [{"element": code, **found} for code, found in sorted(each.references.items())],
        }
        for each in queries.performances_of(work, exercise_id)
    ]
    return {"exercise_id": exercise_id, "performances": performances}


def own_calibrations(work: Work) -> dict[str, object]:
    """Show the acting assessor the exercises that are open, and her own tries."""
    work.require(Permission.MARKING_MARK)
    return {"open": queries.open_exercises(work), "tries": queries.tries_of(work, work.person_id)}


def open_try(work: Work, exercise_id: UUID) -> dict[str, object]:
    """Begin one's one try at an exercise; who set its reference may not, nor who has seen it."""
    work.require(Permission.MARKING_MARK)
    exercise = queries.exercise(work, exercise_id)
    is_blind = not work.may(Permission.MARKING_CALIBRATE) and str(work.person_id) not in exercise.experts
    rules.ensure_may_try(exercise.state, is_blind=is_blind)
    if any(row.exercise_id == exercise_id for row in queries.tries_of(work, work.person_id)):
        raise Conflict("calibration_tried", rule="PER-1")
    row = CalibrationTryRow(
        body_id=work.body_id,
        exercise_id=exercise_id,
        assessor_id=work.person_id,
        opened_at=work.now,
        ratings={},
    )
    work.session.add(row)
    work.record(Event.CALIBRATION_OPENED, row, exercise=exercise_id)
    work.session.flush()  # the answer tells its version
    return _told(work, row, exercise)


def own_try(work: Work, try_id: UUID) -> dict[str, object]:
    """Show the acting assessor her try: blind before she has submitted, compared afterwards."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_try(work, try_id, work.person_id)
    return _told(work, row, queries.exercise(work, row.exercise_id))


def submit_try(work: Work, try_id: UUID, given: Mapping[str, Mapping[str, int]]) -> dict[str, object]:
    """Hold complete ratings beside the reference, once; a pass holds as long as the exercise says."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_try(work, try_id, work.person_id, lock=True)
    if row.submitted_at is not None:
        raise Conflict("calibration_tried", rule="PER-1")
    exercise = queries.exercise(work, row.exercise_id)
    reference = {
        str(each.number): {code: found["rating"] for code, found in each.references.items()}
        for each in queries.performances_of(work, exercise.id)
    }
    rules.ensure_complete(reference, given)
    tolerance = Tolerance(exercise.closeness, exercise.least, exercise.valid_months)
    found = rules.calibrated(reference, given, tolerance, work.today)
    row.ratings = {number: dict(rated) for number, rated in given.items()}
    row.submitted_at, row.figure = work.now, found.figure
    row.passed, row.valid_until = found.passed, found.valid_until
    work.session.add(row)
    work.record(
        Event.CALIBRATION_SUBMITTED,
        row,
        exercise=exercise.id,
        figure=found.figure,
        passed=found.passed,
        valid_until=found.valid_until,
    )
    work.session.flush()  # the answer tells its version
    return _told(work, row, exercise)


def _moved(work: Work, exercise_id: UUID, action: ExerciseAction) -> CalibrationExerciseRow:
    work.require(Permission.MARKING_CALIBRATE)
    row = queries.exercise_for_update(work, exercise_id)
    work.expect(row)
    row.state = rules.after_exercise(row.state, action)
    if action is ExerciseAction.PUBLISH:
        rules.ensure_may_publish(is_example=row.is_example, is_demo_body=bodies.own(work).is_demo)
    work.session.add(row)
    work.record(Event.CALIBRATION_MOVED, row, state=row.state)
    return row


def _shown(row: CalibrationPerformanceRow) -> dict[str, object]:
    return {
        "number": row.number,
        "text": row.text,
        "recording_url": row.recording_url,
        "recording_sha256": row.recording_sha256,
    }


def _told(work: Work, row: CalibrationTryRow, exercise: CalibrationExerciseRow) -> dict[str, object]:
    performances = queries.performances_of(work, exercise.id)
    differences = [
        {
            "performance": each.number,
            "element": code,
            "own": row.ratings[str(each.number)][code],
            "reference": found["rating"],
            "reason": found["reason"],
        }
        for each in performances
        if row.submitted_at is not None
        for code, found in sorted(each.references.items())
    ]
    shown = [{**_shown(each), "elements": sorted(each.references)} for each in performances]
    of_exercise = {name: getattr(exercise, name) for name in _OF_EXERCISE}
    of_try = {name: getattr(row, name) for name in _OF_TRY}
    return {**of_exercise, **of_try, "performances": shown, "differences": differences}
