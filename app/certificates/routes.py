"""HTTP of certificates: the holder's own, and the body's list."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.certificates import service
from app.certificates.schemas import CertificateList, CertificateRead
from app.certificates.service import Download
from app.core.schema import Page
from app.edge import PDF_ANSWER, CallerDep, PdfResponse, WindowDep, problems

router = APIRouter(prefix="/v1", tags=["certificates"])


@router.get("/me/certificates", responses=problems(401, 403))
def certificates_search_own(caller: CallerDep) -> CertificateList:
    """List the caller's own certificates, newest first."""
    return caller.read(service.search_own, answer=CertificateList)


@router.get("/me/certificates/{certificate_id}", responses=problems(401, 403, 404))
def certificates_read_own(certificate_id: UUID, caller: CallerDep) -> CertificateRead:
    """Read one of the caller's own certificates with its status today."""
    return caller.read(service.read_own, certificate_id, answer=CertificateRead)


@router.get(
    "/me/certificates/{certificate_id}/document",
    response_class=PdfResponse,
    responses=PDF_ANSWER | problems(401, 403, 404, 409),
)
def certificates_download_own(certificate_id: UUID, caller: CallerDep) -> Response:
    """Download the sealed document, byte for byte as it was issued; refused while suspended or withdrawn."""
    found: Download = caller.read(service.download_own, certificate_id)
    return PdfResponse.of(found.content, sha256=found.sha256, name=found.number)


@router.get("/certificates", responses=problems(401, 403))
def certificates_search(caller: CallerDep, window: WindowDep) -> Page[CertificateRead]:
    """List the body's certificates."""
    return caller.read(service.search, window, answer=Page[CertificateRead])
