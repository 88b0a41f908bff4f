"""Recordings of sittings: bytes kept here or an address elsewhere, with consents and an end."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.delivery.rules.recordings import RecordingEnd

_KEPT = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("sitting_id", "sha256", "size", "candidate_consent_on", "others", "retain_until")
)
_OTHER_BYTES = (
    "NEW.file_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM files f WHERE f.body_id = NEW.body_id"
    " AND f.id = NEW.file_id AND f.sha256 = NEW.sha256 AND f.size = NEW.size AND f.kind = 'recording')"
)
_LATE = (
    "EXISTS (SELECT 1 FROM sittings s WHERE s.body_id = NEW.body_id AND s.id = NEW.sitting_id"
    " AND (s.held_on < NEW.candidate_consent_on OR s.held_on < NEW.others_consent_on))"
)
_BYTES_LEFT = (
    "NEW.ended_on IS NOT NULL AND EXISTS (SELECT 1 FROM file_contents c WHERE c.body_id = NEW.body_id"
    " AND c.stream = NEW.file_id AND c.stored IS NOT NULL)"
)


class RecordingRow(Audited, table=True):
    """A recording of a sitting; what remains of it after its end is that it was there, and by which hash."""

    __tablename__ = "recordings"
    __table_args__ = keys(
        sa.Index(None, "body_id", "sitting_id"),
        sa.Index(None, "body_id", "retain_until"),
        sa.CheckConstraint("size > 0", name="size"),
        sa.CheckConstraint("file_id IS NULL OR url IS NULL", name="one_place"),
        sa.CheckConstraint("ended_on IS NOT NULL OR file_id IS NOT NULL OR url IS NOT NULL", name="content"),
        sa.CheckConstraint("ended_on IS NULL OR url IS NULL", name="emptied"),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_cause IS NULL)", name="ended"),
        sa.CheckConstraint("ended_cause <> 'retention' OR ended_on > retain_until", name="retained"),
        sa.CheckConstraint("retain_until >= entered_on", name="retain_until"),
        sa.CheckConstraint("others >= 0 AND (others = 0) = (others_consent_on IS NULL)", name="consents"),
        sitting_id="sittings",
        file_id="files",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_entered", "FIL-2", "UPDATE", f"OLD.ended_on IS NOT NULL OR NEW.ended_on IS NULL OR {_KEPT}"
        ),
        Guard("bytes_left", "REC-3", "UPDATE", _BYTES_LEFT),
        Guard("other_bytes", "FIL-2", "INSERT", _OTHER_BYTES),
        Guard("late_consent", "SEC-2", "INSERT", _LATE),
    )

    sitting_id: UUID = restricted()
    sha256: str = restricted(max_length=64)
    size: int = restricted(sa_type=sa.BigInteger)
    media_type: str | None = restricted(None, max_length=80)
    """As the bytes themselves show; unknown of what lies elsewhere."""
    file_id: UUID | None = restricted(None)
    url: str | None = personal(None, max_length=2000)
    candidate_consent_on: date = restricted()
    others: int = restricted()
    """How many people besides candidate and assessors are in it."""
    others_consent_on: date | None = restricted(None)
    """By when all of them had agreed."""
    retain_until: date = restricted()
    entered_on: date = restricted()
    ended_on: date | None = restricted(None)
    ended_cause: RecordingEnd | None = restricted(None, sa_type=enum_type(RecordingEnd))

    @property
    def is_file(self) -> bool:
        """Whether its bytes were kept here."""
        return self.file_id is not None
