"""The life of a certificate: its moves, its status on a day, and what a decision hands over to have one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.errors import Conflict, MoveRefused


class CertificateState(StrEnum):
    """What decisions have made of a certificate; expiry is no state but a matter of the date."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What a decision may do to a certificate (LIF-1)."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"


MOVES: dict[tuple[CertificateState, Move], CertificateState] = {
    (CertificateState.VALID, Move.SUSPEND): CertificateState.SUSPENDED,
    (CertificateState.SUSPENDED, Move.REINSTATE): CertificateState.VALID,
    (CertificateState.VALID, Move.WITHDRAW): CertificateState.WITHDRAWN,
    (CertificateState.SUSPENDED, Move.WITHDRAW): CertificateState.WITHDRAWN,
}


def after(state: CertificateState, move: Move) -> CertificateState:
    """Return the state that a move leads to; refuse a move that does not exist (LIF-1)."""
    if (state, move) not in MOVES:
        raise MoveRefused("certificate_move_refused", rule="LIF-1", state=str(state), move=str(move))
    return MOVES[state, move]


class Status(StrEnum):
    """What anyone is told about a certificate on a day (PUB-2)."""

    VALID = "valid"
    NOT_YET_VALID = "not_yet_valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def status_on(state: CertificateState, effective_on: date, expires_on: date, *, on: date) -> Status:
    """Return the status on a day: valid from the effective date through the last, unless moved."""
    if state is CertificateState.WITHDRAWN:
        return Status.WITHDRAWN
    if on > expires_on:
        return Status.EXPIRED
    if state is CertificateState.SUSPENDED:
        return Status.SUSPENDED
    return Status.NOT_YET_VALID if on < effective_on else Status.VALID


def ensure_may_download(state: CertificateState) -> None:
    """Refuse the document while the certification is suspended, and once it is withdrawn (LIF-2)."""
    if state is not CertificateState.VALID:
        raise Conflict("document_withheld", rule="LIF-2", state=str(state))


class ScopeDimension(StrEnum):
    """What a certificate's scope is made of beside its level."""

    PHASE = "phase"
    ENDORSEMENT = "endorsement"


class DocumentState(StrEnum):
    """Whether the sealed bytes are there yet."""

    PENDING = "pending"
    READY = "ready"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """All that a grant says about the certificate; the rest comes from the body and the scheme."""

    case_id: UUID
    decision_id: UUID
    person_id: UUID
    holder_name: str
    scheme_version_id: UUID
    scheme_code: str
    scheme_title: str
    scheme_version: str
    scheme_issued_on: date
    level: int
    level_title: str
    phases: tuple[tuple[str, str], ...]
    """Code and title in the certificate's language."""
    endorsements: tuple[tuple[str, str], ...]
    limitations: str | None
    """Conditions and limits of the scope; None where there are none."""
    effective_on: date
    """First day of validity; not before `decided_on` (CRT-3)."""
    expires_on: date
    """Last day of validity."""
    decided_on: date
    authorised_by: str
    """Printed name of the person who decided (CRT-1)."""
    language: str
    practice_languages: tuple[str, ...] = ()


def number_prefix(scheme_code: str, year: int) -> str:
    """Return what certificate numbers of a scheme and year begin with; each prefix is counted on its own."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in scheme_code)
    return f"{plain[:28].strip('-')}-{year}"


def number(prefix: str, serial: int) -> str:
    """Return the certificate number with this serial."""
    return f"{prefix}-{serial:05d}"
