"""First contacts between strangers and mentors, and how many there were on a day."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Table, enum_type, keys, personal, restricted
from app.directory.rules.contact import ContactState


class ContactRow(Audited, table=True):
    """One stranger's message to one mentor; emptied of all that is personal once its time is over."""

    __tablename__ = "directory_contacts"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "sender_secret_hash"),
        sa.UniqueConstraint("body_id", "mentor_secret_hash"),
        sa.Index(None, "body_id", "person_id", "id"),
        sa.Index(None, "body_id", "sender_email"),
        sa.Index(None, "body_id", "empty_on"),
        sa.CheckConstraint(
            "emptied_at IS NULL OR (sender_name IS NULL AND sender_email IS NULL AND message IS NULL"
            " AND reason IS NULL)",
            name="emptied",
        ),
        sa.CheckConstraint(
            "emptied_at IS NOT NULL OR (sender_name IS NOT NULL AND sender_email IS NOT NULL"
            " AND message IS NOT NULL)",
            name="whole",
        ),
        sa.CheckConstraint("(state = 'asked') = (passed_on_at IS NULL)", name="passed_on"),
        listing_id="directory_listings",
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_written",
            "7.3",
            "UPDATE",
            "NEW.listing_id <> OLD.listing_id OR NEW.person_id <> OLD.person_id"
            " OR COALESCE(NEW.message, OLD.message) <> OLD.message"
            " OR COALESCE(NEW.sender_email, OLD.sender_email) <> OLD.sender_email"
            " OR (OLD.emptied_at IS NOT NULL AND (NEW.message IS NOT NULL OR NEW.sender_email IS NOT NULL"
            " OR NEW.sender_name IS NOT NULL))",
        ),
    )

    listing_id: UUID = restricted()
    person_id: UUID = restricted()
    """The mentor."""
    state: ContactState = restricted(ContactState.ASKED, sa_type=enum_type(ContactState))
    language: str = restricted(max_length=2)
    sender_name: str | None = personal(None, max_length=200)
    sender_email: str | None = personal(None, max_length=254)
    message: str | None = personal(None, max_length=4000)
    reason: str | None = personal(None, max_length=4000)
    """Why the mentor reported it."""
    sender_secret_hash: str = restricted(max_length=64)
    mentor_secret_hash: str | None = restricted(None, max_length=64)
    """Made when the message is passed on."""
    asked_at: datetime = restricted()
    expires_at: datetime = restricted()
    """Until when the sender may confirm that the address is hers."""
    passed_on_at: datetime | None = restricted(None)
    empty_on: date = restricted()
    emptied_at: datetime | None = restricted(None)


class ContactTallyRow(Table, table=True):
    """How many messages one address has asked for, or one mentor was sent, on one day; hashes, no names."""

    __tablename__ = "directory_contact_tallies"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "key", "day"),
        sa.Index(None, "body_id", "day"),
    )

    key: str = restricted(max_length=64)
    day: date = restricted()
    count: int = restricted()
