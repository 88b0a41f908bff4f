"""HTTP of statements of work, as JSON and as CSV."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.edge import CSV_ANSWER, CallerDep, CsvResponse, problems
from app.programmes import service
from app.programmes.schemas.members import WorkStatementRead

router = APIRouter(prefix="/v1", tags=["programmes"])
Month = Annotated[
    str,
    Query(
        pattern=r"^(19[5-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$",
        examples=["2026-02"],
        description="A month of the body's calendar, YYYY-MM.",
    ),
]


@router.get("/programmes/{programme_id}/statement", responses=problems(401, 403, 404))
def programmes_statement(programme_id: UUID, month: Month, caller: CallerDep) -> WorkStatementRead:
    """State a month's sessions and hours of every member; the access is recorded."""
    return caller.disclose(service.statement, programme_id, month, answer=WorkStatementRead)


@router.get(
    "/programmes/{programme_id}/statement.csv",
    response_class=CsvResponse,
    responses=CSV_ANSWER | problems(401, 403, 404),
)
def programmes_statement_sheet(programme_id: UUID, month: Month, caller: CallerDep) -> Response:
    """Download a month's sessions and hours of every member as CSV; the access is recorded."""
    found: bytes = caller.disclose(service.statement_sheet, programme_id, month)
    return CsvResponse.of(found, name=f"statement-{month}")


@router.get("/me/programme-statement", responses=problems(401, 403))
def programmes_own_statement(month: Month, caller: CallerDep) -> WorkStatementRead:
    """State one's own sessions and hours of a month, programme by programme."""
    return caller.read(service.own_statement, month, answer=WorkStatementRead)


@router.get(
    "/me/programme-statement.csv", response_class=CsvResponse, responses=CSV_ANSWER | problems(401, 403)
)
def programmes_own_statement_sheet(month: Month, caller: CallerDep) -> Response:
    """Download one's own sessions and hours of a month as CSV."""
    found: bytes = caller.read(service.own_statement_sheet, month)
    return CsvResponse.of(found, name=f"statement-{month}")
