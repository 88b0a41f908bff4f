"""What anyone is told about a certificate."""

from datetime import date

from pydantic import Field

from app.certificates.inspection import Verdict
from app.certificates.rules import Status
from app.certificates.schemas import NamedRead
from app.core.schema import Schema
from app.register.rules import VerifiedKind
from app.statements.rules import StatementKind
from app.statements.schemas import StatementContentRead


class EntryContentRead(Schema):
    """What the certificate says, as it was issued."""

    number: str
    language: str = Field(description="The language of the texts, as a two-letter code.", examples=["en"])
    demonstration: bool
    holder_name: str
    body_name: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    standard: str
    level: int
    level_title: str
    phases: list[NamedRead]
    endorsements: list[NamedRead]
    limitations: str
    decided_on: date
    effective_on: date
    expires_on: date


class RegisterEntryRead(Schema):
    """The register's entry: what was issued, and its status today."""

    content: EntryContentRead
    status: Status


class StatementEntryRead(Schema):
    """A statement, which certifies nobody: when it was made, and to who has its code or file what it says."""

    number: str
    kind: StatementKind
    found_on: date
    content: StatementContentRead | None


class CheckRead(Schema):
    """One check: ok, failed or not made, with the reason in words."""

    name: str = Field(examples=["in_force"])
    verdict: Verdict
    reason: str


class VerificationRead(Schema):
    """Every check in order, and what was found: a certificate in `entry`, or a statement, or neither.

    `is_ok` only for a certificate of which every check is ok; a statement is never a certificate.
    """

    kind: VerifiedKind | None
    is_ok: bool
    is_genuine: bool
    """Whether nothing but the status of today stands against it; of a statement, whether it was so issued."""
    on: date
    """The body's calendar day that the answer holds for."""
    checks: list[CheckRead]
    entry: RegisterEntryRead | None
    statement: StatementEntryRead | None


class StatisticsCount(Schema):
    """One value of one dimension, and how many certificates in force have it."""

    name: str = Field(examples=["SME-BM 3"])
    certificates: int


class StatisticsRead(Schema):
    """A body's year in figures; null is kept back, since it might point at somebody outside the register."""

    year: int
    on: date
    """The day that certificates in force are counted on: the year's last, or today."""
    is_year_over: bool
    applications: int | None
    grants: int
    refusals: int | None
    smallest_group: int = Field(description="Fewer people than this are not told of, unless there are none.")
    in_force: int
    by_scheme: list[StatisticsCount]
    by_level: list[StatisticsCount]
    by_phase: list[StatisticsCount]
    by_endorsement: list[StatisticsCount]
