"""HTTP of evidence: the mentor's own, and attesting what stays where it is."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile

from app.core.schema import Page, Schema
from app.edge import BYTES_ANSWER, BytesResponse, CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.evidence import (
    AccessList,
    EngagementEvidenceCreate,
    EvidenceAttest,
    EvidenceCreate,
    EvidenceRead,
    EvidenceToAttest,
)
from app.practice.service import Download

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"
_PIECE = f"{_OWN}/evidence/{{evidence_id}}"


class _Upload(Schema):
    """A form that may bring bytes; the name that they had at home is not looked at."""

    file: UploadFile | None = None

    @property
    def content(self) -> bytes | None:
        """The bytes that came with it."""
        return self.file.file.read() if self.file is not None else None


class RecordEvidenceForm(_Upload, EvidenceCreate):
    """Evidence for a record, sent as a form."""


class EngagementEvidenceForm(_Upload, EngagementEvidenceCreate):
    """Evidence for an engagement, sent as a form."""


_FORM = Form(media_type="multipart/form-data")


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/evidence",
    status_code=201,
    responses=problems(401, 403, 404, 409, 413),
)
def practice_attach_to_engagement(
    engagement_id: UUID, form: Annotated[EngagementEvidenceForm, _FORM], caller: CallerDep
) -> EvidenceRead:
    """Hand in evidence for an engagement: a file, a link with hash or snapshot, or what will be attested."""
    return caller.write(service.attach_to_engagement, engagement_id, form, form.content, answer=EvidenceRead)


@router.post(
    f"{_OWN}/records/{{record_id}}/evidence", status_code=201, responses=problems(401, 403, 404, 409, 413)
)
def practice_attach_to_record(
    record_id: UUID, form: Annotated[RecordEvidenceForm, _FORM], caller: CallerDep
) -> EvidenceRead:
    """Hand in evidence for a record: a file, a link with hash or snapshot, or what will be attested."""
    return caller.write(service.attach_to_record, record_id, form, form.content, answer=EvidenceRead)


@router.get(f"{_OWN}/evidence", responses=problems(401, 403))
def practice_search_evidence(caller: CallerDep, window: WindowDep) -> Page[EvidenceRead]:
    """List one's own evidence."""
    return caller.read(service.own_evidence, window, answer=Page[EvidenceRead])


@router.get(_PIECE, responses=problems(401, 403, 404))
def practice_read_evidence(evidence_id: UUID, caller: CallerDep) -> EvidenceRead:
    """Read what is known of one's own evidence, with all versions and their hashes."""
    return caller.read(service.own_piece, evidence_id, answer=EvidenceRead)


@router.post(f"{_PIECE}/versions", status_code=201, responses=problems(401, 403, 404, 409, 413))
def practice_redact_evidence(
    evidence_id: UUID,
    file: Annotated[bytes, File(description="The same without names.", examples=["Minutes, names removed."])],
    caller: CallerDep,
) -> EvidenceRead:
    """Add a redacted version; from then on nobody else is shown an earlier one."""
    return caller.write(service.redact, evidence_id, file, answer=EvidenceRead)


@router.get(
    f"{_PIECE}/versions/{{evidence_version_id}}/content",
    response_class=BytesResponse,
    responses=BYTES_ANSWER | problems(401, 403, 404, 409),
)
def practice_download_evidence(evidence_id: UUID, evidence_version_id: UUID, caller: CallerDep) -> Response:
    """Download a version of one's own evidence, byte for byte as it was handed in."""
    found: Download = caller.read(service.own_content, evidence_id, evidence_version_id)
    return BytesResponse.of(found.content, sha256=found.sha256, name=found.name)


@router.get(f"{_PIECE}/accesses", responses=problems(401, 403, 404))
def practice_evidence_accesses(evidence_id: UUID, caller: CallerDep) -> AccessList:
    """See who opened one's own evidence, by role and day."""
    return caller.read(service.accesses, evidence_id, answer=AccessList)


@router.get("/v1/practice/evidence/{evidence_id}", responses=problems(401, 403, 404))
def practice_evidence_to_attest(evidence_id: UUID, caller: CallerDep) -> EvidenceToAttest:
    """Read what one is asked to attest; the access is recorded."""
    return caller.disclose(service.to_attest, evidence_id, answer=EvidenceToAttest)


@router.post(
    "/v1/practice/evidence/{evidence_id}/attestation", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_attest_evidence(evidence_id: UUID, body: EvidenceAttest, caller: CallerDep) -> EvidenceToAttest:
    """Attest a document in one's own name; it bars from any duty in the mentor's certification."""
    return caller.write(service.attest_evidence, evidence_id, body, answer=EvidenceToAttest)
