"""What programme staff are told once a week: how many reviews wait for their word."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.people import service as people
from app.practice.rules.prompts import LAST_WEEK
from app.practice.service.reviews import waiting
from app.work import Work


def staff_to_remind(work: Work) -> Sequence[UUID]:
    """Return who answers for the programmes while any review waits; only the service itself asks."""
    work.require_system()
    if next(waiting(work, None), None) is None:
        return ()
    return people.appointed_who_may(work, Permission.PRACTICE_REVIEW)


def remind_staff(work: Work, person_id: UUID) -> None:
    """Tell one of the staff how many reviews wait for the programme, once in a week and only if any does."""
    work.require_system()
    to = notices.recipient(work, person_id)
    due_days: list[date] = [
        review["due_on"] for found in waiting(work, person_id) for review in found.reviews
    ]
    if to is None or not due_days:
        return
    year, week, _ = work.today.isocalendar()
    notices.send(
        work,
        to,
        NoticeKind.REVIEWS_WAITING,
        about=person_id,
        key=f"reviews-waiting:{person_id}:{year}-{week}",
        facts={
            "reviews": len(due_days),
            "closing": sum(day <= work.today + LAST_WEEK for day in due_days),
        },
    )
