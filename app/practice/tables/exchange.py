"""What came in from other bodies, and what was decided about it."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.practice.rules.exchange import EntryState


class EntryRow(Audited, table=True):
    """A mentor's transcript, signed by another body; it counts once somebody of this body has admitted it."""

    __tablename__ = "practice_entries"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id", "sha256"),
        sa.CheckConstraint("(state = 'handed_in') = (judged_by IS NULL)", name="judged"),
        sa.CheckConstraint("judged_by IS NULL OR judged_by <> person_id", name="not_by_herself"),
        person_id="people",
        trusted_id="trusted_bodies",
        file_id="files",
        judged_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "judged_once",
            "7.3",
            "UPDATE",
            "OLD.state <> 'handed_in' OR NEW.person_id <> OLD.person_id OR NEW.trusted_id <> OLD.trusted_id"
            " OR NEW.sha256 <> OLD.sha256 OR NEW.file_id <> OLD.file_id OR NEW.left_on <> OLD.left_on",
        ),
    )

    person_id: UUID = restricted()
    trusted_id: UUID = restricted()
    printed_name: str = personal(max_length=200)
    """The name that the other body knows the mentor by: whoever admits the transcript compares."""
    left_on: date = restricted()
    handed_in_on: date = restricted()
    sha256: str = restricted(max_length=64)
    """Of what was signed."""
    file_id: UUID = restricted()
    engagements: int = restricted()
    sessions: int = restricted()
    records: int = restricted()
    state: EntryState = restricted(EntryState.HANDED_IN, sa_type=enum_type(EntryState))
    judged_by: UUID | None = restricted(None)
    judged_on: date | None = restricted(None)
    reason: str | None = personal(None, max_length=4000)
    loaded: int | None = restricted(None)
    already_there: int | None = restricted(None)
    refused: int | None = restricted(None)
