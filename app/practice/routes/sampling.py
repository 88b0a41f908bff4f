"""HTTP of samples of attestations, and of their checks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.sampling import (
    AttestationCheck,
    AttestationCheckRead,
    AttestationToCheck,
    SampleCreate,
    SampleRead,
)

router = APIRouter(tags=["practice"])
_SAMPLES = "/v1/practice/samples"
_CHECKS = "/v1/practice/attestation-checks"


@router.post(_SAMPLES, status_code=201, responses=problems(401, 403, 409))
def practice_draw_sample(body: SampleCreate, caller: CallerDep) -> SampleRead:
    """Draw a share of the attestations given in a period, by a seed that anybody can draw them by again."""
    return caller.write(service.draw_sample, body, answer=SampleRead)


@router.get(_SAMPLES, responses=problems(401, 403))
def practice_samples(caller: CallerDep, window: WindowDep) -> Page[SampleRead]:
    """List the samples that were drawn."""
    return caller.read(service.samples, window, answer=Page[SampleRead])


@router.get(_CHECKS, responses=problems(401, 403))
def practice_attestation_checks(
    caller: CallerDep,
    window: WindowDep,
    is_open: Annotated[bool, Query(description="Those still to be done, or else those done.")] = True,
) -> Page[AttestationCheckRead]:
    """List the checks of drawn attestations, without those of or about oneself."""
    return caller.read(service.attestation_checks, window, is_open=is_open, answer=Page[AttestationCheckRead])


@router.get(f"{_CHECKS}/{{check_id}}", responses=problems(401, 403, 404, 409))
def practice_attestation_to_check(check_id: UUID, caller: CallerDep) -> AttestationToCheck:
    """Read what an attestation says and which sessions it covered; the access is recorded."""
    return caller.disclose(service.attestation_to_check, check_id, answer=AttestationToCheck)


@router.post(f"{_CHECKS}/{{check_id}}/outcome", responses=problems(401, 403, 404, 409))
def practice_check_attestation(
    check_id: UUID, body: AttestationCheck, caller: CallerDep
) -> AttestationCheckRead:
    """Enter once how an attestation was checked; if it is not upheld, its sessions are disputed."""
    return caller.write(service.check_attestation, check_id, body, answer=AttestationCheckRead)
