"""What mentors say to their mentees; what mentees say lies among the records, where it counts."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules.questions import Audience


class FeedbackRow(Part, table=True):
    """A mentor's feedback to the mentee of an engagement; it stays as it was given and counts nothing."""

    __tablename__ = "practice_feedback"
    __table_args__ = keys(sa.Index(None, "body_id", "stream"), stream="practice_engagements", part=True)
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_given",
            "7.3",
            "UPDATE",
            "NEW.rev <> OLD.rev OR NEW.stream <> OLD.stream OR NEW.audience <> OLD.audience"
            " OR NEW.given_on <> OLD.given_on",
        ),
    )

    text: str = personal(max_length=4000)
    audience: Audience = restricted(sa_type=enum_type(Audience))
    given_on: date = restricted()
