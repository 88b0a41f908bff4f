"""What the API tells about notices."""

from datetime import datetime
from uuid import UUID

from app.core.schema import Schema
from app.notices.rules import NoticeKind, NoticeState


class NoticeRead(Schema):
    """That a notice was written, and whether it left; what it said is the recipient's."""

    id: UUID
    kind: NoticeKind
    about: UUID
    person_id: UUID | None
    language: str
    state: NoticeState
    written_at: datetime
    sent_at: datetime | None


class OwnNoticeRead(NoticeRead):
    """A notice as its recipient reads it; a one-time link stands in the mail alone."""

    subject: str
    text: str
