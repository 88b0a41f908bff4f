"""Notices as they were written; only their delivery changes."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.notices.rules import NoticeKind, NoticeState


class NoticeRow(Audited, table=True):
    """One notice to one recipient; the same key twice in a body is one notice."""

    __tablename__ = "notices"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "key"),
        sa.Index(None, "body_id", "person_id", "id"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        sa.CheckConstraint("state = 'written' OR link IS NULL", name="link_forgotten"),
        sa.CheckConstraint("state = 'written' OR enclosed IS NULL", name="enclosed_forgotten"),
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_written",
            "9.8.6",
            "UPDATE",
            "NEW.kind <> OLD.kind OR NEW.key <> OLD.key OR NEW.about <> OLD.about"
            " OR NEW.language <> OLD.language OR NEW.template <> OLD.template"
            " OR NEW.written_at <> OLD.written_at OR NEW.subject <> OLD.subject OR NEW.text <> OLD.text"
            " OR (OLD.state <> 'written' AND NEW.state <> OLD.state)"
            " OR COALESCE(NEW.link, OLD.link, '') <> COALESCE(OLD.link, '')"
            " OR COALESCE(NEW.enclosed, OLD.enclosed, '') <> COALESCE(OLD.enclosed, '')",
        ),
    )

    kind: NoticeKind = restricted(sa_type=enum_type(NoticeKind))
    key: str = restricted(max_length=200)
    about: UUID = restricted()
    """What the notice is about: an engagement, a review, a listing."""
    person_id: UUID | None = restricted(None)
    """Empty where the recipient has no account, such as a mentee."""
    name: str = personal(max_length=200)
    address: str = personal(max_length=254)
    language: str = restricted(max_length=2)
    template: str = restricted(max_length=16)
    """Names the wording that subject and text were made from."""
    subject: str = personal(max_length=400)
    text: str = personal()
    link: str | None = personal(None)
    """The path of a one-time link, in an envelope that only the body's key opens."""
    enclosed: str | None = personal(None)
    """What the mail passes on and the body does not keep in it, in an envelope like the link's."""
    state: NoticeState = restricted(NoticeState.WRITTEN, sa_type=enum_type(NoticeState))
    written_at: datetime = restricted()
    sent_at: datetime | None = restricted(None)
