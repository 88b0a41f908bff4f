"""HTTP of calibration exercises and tries."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems, without_key
from app.marking import service
from app.marking.schemas.calibration import (
    CalibrationList,
    ExerciseContent,
    ExerciseCreate,
    ExerciseList,
    ExerciseRead,
    TryRead,
    TrySubmit,
)

router = APIRouter(prefix="/v1", tags=["marking"])


@router.post(
    "/scheme-versions/{version_id}/calibration-exercises",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def marking_draft_exercise(version_id: UUID, body: ExerciseCreate, caller: CallerDep) -> ExerciseRead:
    """Draft a calibration exercise with performances and what experts agreed on them."""
    return without_key(caller).write(service.draft_exercise, version_id, body, answer=ExerciseRead)


@router.get("/calibration-exercises", responses=problems(401, 403))
def marking_exercises(caller: CallerDep) -> ExerciseList:
    """List the body's calibration exercises, without their references."""
    return caller.read(service.exercises, answer=ExerciseList)


@router.get("/calibration-exercises/{exercise_id}", responses=problems(401, 403, 404))
def marking_exercise_content(exercise_id: UUID, caller: CallerDep) -> ExerciseContent:
    """Read an exercise with its references; the access is recorded."""
    return caller.disclose(service.exercise_content, exercise_id, answer=ExerciseContent)


@router.post(
    "/calibration-exercises/{exercise_id}/publication", responses=problems(401, 403, 404, 409, 412, 428)
)
def marking_publish_exercise(exercise_id: UUID, caller: CallerDep) -> ExerciseRead:
    """Open an exercise to assessors; send the version you saw in If-Match."""
    return caller.write(service.publish_exercise, exercise_id, answer=ExerciseRead)


@router.post(
    "/calibration-exercises/{exercise_id}/retirement", responses=problems(401, 403, 404, 409, 412, 428)
)
def marking_retire_exercise(exercise_id: UUID, caller: CallerDep) -> ExerciseRead:
    """Close an exercise to new tries; send the version you saw in If-Match."""
    return caller.write(service.retire_exercise, exercise_id, answer=ExerciseRead)


@router.get("/marking/calibrations", responses=problems(401, 403))
def marking_calibrations(caller: CallerDep) -> CalibrationList:
    """List the exercises that are open, and one's own tries."""
    return caller.read(service.own_calibrations, answer=CalibrationList)


@router.post(
    "/calibration-exercises/{exercise_id}/tries", status_code=201, responses=problems(401, 403, 404, 409)
)
def marking_open_try(exercise_id: UUID, caller: CallerDep) -> TryRead:
    """Begin one's one try at an exercise: performances to rate, without what others found."""
    return without_key(caller).write(service.open_try, exercise_id, answer=TryRead)


@router.get("/calibration-tries/{try_id}", responses=problems(401, 403, 404))
def marking_try(try_id: UUID, caller: CallerDep) -> TryRead:
    """Read one's own try: blind before it is submitted, compared afterwards."""
    return caller.read(service.own_try, try_id, answer=TryRead)


@router.post("/calibration-tries/{try_id}/submission", responses=problems(401, 403, 404, 409))
def marking_submit_try(try_id: UUID, body: TrySubmit, caller: CallerDep) -> TryRead:
    """Submit all ratings of a try, once, and see where they differ from the experts'."""
    return without_key(caller).write(service.submit_try, try_id, body.ratings, answer=TryRead)
