"""HTTP of attendance lists."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, UploadFile
from pydantic import Field

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.rules import BadRows
from app.practice.schemas.attendance import ActivityHeld, AttendanceRead

router = APIRouter(tags=["practice"])


class AttendanceForm(ActivityHeld):
    """An activity with the list of who took part, sent as a form."""

    file: UploadFile = Field(
        description="CSV in UTF-8, up to 500 rows: email, and if you like hours, where somebody left early.",
        examples=["email,hours\nperson@alpha.example,2.5\n"],
    )

    @property
    def content(self) -> bytes:
        """The bytes of the list."""
        return self.file.file.read()


@router.post("/v1/practice/attendance", responses=problems(401, 403, 409, 413))
def practice_import_attendance(
    form: Annotated[AttendanceForm, Form(media_type="multipart/form-data")],
    caller: CallerDep,
    dry_run: Annotated[bool, Query(description="Judge every row and enter none.")] = False,
    language: Annotated[Literal["en", "es"], Query(description="Language of the reasons by row.")] = "en",
    bad_rows: Annotated[
        BadRows,
        Query(description="refuse: one bad row, and none is entered. skip: enter the good, name the bad."),
    ] = BadRows.SKIP,
) -> AttendanceRead:
    """Enter who took part in an activity, attested in one's own name; the same list adds nothing twice."""
    return caller.write(
        service.import_attendance,
        form.content,
        form,
        dry_run=dry_run,
        language=language,
        bad_rows=bad_rows,
        answer=AttendanceRead,
    )
