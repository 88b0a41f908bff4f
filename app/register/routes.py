"""HTTP of the public register: whoever asks for a statement is told that it is one."""

from typing import Annotated

from fastapi import APIRouter, Query, UploadFile

from app.edge import StrangerDep, problems
from app.register import service, upload
from app.register.schemas import StatisticsRead, VerificationRead

router = APIRouter(prefix="/public/v1/bodies/{slug}", tags=["register"])

Number = Annotated[str, Query(max_length=60, examples=["SME-BM-2026-00001"])]
Year = Annotated[int, Query(ge=1990, le=2200, examples=[2025])]


@router.get("/certificates/{code}", responses=problems(404))
def register_verify_code(slug: str, code: str, caller: StrangerDep) -> VerificationRead:
    """Verify the certificate whose code stands in its address and QR code; a statement is told as such."""
    return caller.of_body(slug).read(service.verify_code, code, answer=VerificationRead)


@router.get("/certificates", responses=problems(404))
def register_verify_number(slug: str, number: Number, caller: StrangerDep) -> VerificationRead:
    """Verify the certificate with this number; of a statement only that it was issued is told."""
    return caller.of_body(slug).read(service.verify_number, number, answer=VerificationRead)


@router.post("/verifications", responses=problems(404, 413))
def register_verify_file(slug: str, file: UploadFile, caller: StrangerDep) -> VerificationRead:
    """Verify a certificate or a statement as PDF: seal, completeness, and how it stands to the register."""
    return upload.verify(caller.of_body(slug), file.file.read())


@router.get("/statistics", responses=problems(404))
def register_statistics(slug: str, year: Year, caller: StrangerDep) -> StatisticsRead:
    """Tell a body's year in figures, worked out now; what could point at somebody is kept back."""
    return caller.of_body(slug).read(service.statistics_of, year, answer=StatisticsRead)
