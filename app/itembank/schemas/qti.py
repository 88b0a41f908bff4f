"""What the API tells about items that come in as QTI."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app.core.schema import Schema
from assessments.forms import ItemKind

CodePrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,20}$")]


class QtiOutcome(StrEnum):
    """What became of a resource of a package, or would."""

    DRAFTED = "drafted"
    REFUSED = "refused"
    LEFT_OUT = "left_out"
    """It is no item."""


class QtiFinding(Schema):
    """One thing that is not understood of an item, or not sound in it."""

    pointer: str
    code: str
    message: str


class QtiRow(Schema):
    """What became of one resource of a package."""

    resource: str
    code: str | None
    kind: ItemKind | None
    outcome: QtiOutcome
    findings: list[QtiFinding]


class QtiImportRead(Schema):
    """What an import did, or would do if it is a dry run."""

    is_dry_run: bool
    drafted: int = Field(description="Items that were drafted; none in a dry run.")
    rows: list[QtiRow]
