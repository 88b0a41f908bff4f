"""What is asked about feedback: the mentors' own rows, and the records that mentees gave by link."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.practice.tables import FeedbackRow, PracticeRecordRow
from app.work import Work


def feedback_by_mentor(work: Work, engagement_id: UUID) -> Sequence[FeedbackRow]:
    """Return what the mentor of an engagement said to her mentee, oldest first."""
    return work.session.exec(
        select(FeedbackRow)
        .where(col(FeedbackRow.body_id) == work.body_id, col(FeedbackRow.stream) == engagement_id)
        .order_by(col(FeedbackRow.id))
    ).all()


def feedback_by_mentee(work: Work, person_id: UUID, engagement_id: UUID) -> Sequence[PracticeRecordRow]:
    """Return what the mentee of a mentor's engagement said by her links, oldest first."""
    return work.session.exec(
        select(PracticeRecordRow)
        .where(
            col(PracticeRecordRow.body_id) == work.body_id,
            col(PracticeRecordRow.person_id) == person_id,
            col(PracticeRecordRow.engagement_id) == engagement_id,
        )
        .order_by(col(PracticeRecordRow.id))
    ).all()
