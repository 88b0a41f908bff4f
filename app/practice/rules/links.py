"""One-time links for people without an account: how many are sent, and how long they live."""

from datetime import date, datetime, timedelta

from app.core.dates import add_months
from app.core.errors import Conflict

LINK_LIFE = timedelta(days=30)
ASKED_LATELY = timedelta(days=14)
"""Who was sent a link so short a time ago is not sent another by the clock."""
MENTEES = 20
"""So many mentees an engagement has at most: mails go out in the body's name to whomever a mentor names."""
ASKS, ASK_WINDOW = 3, timedelta(days=1)
"""So many links that she has not used a mentee is sent at most in so much time, whoever asks."""


def ensure_live(*, used_at: datetime | None, expires_at: datetime, now: datetime) -> None:
    """Refuse a link that was used, or whose time is over."""
    if used_at is not None:
        raise Conflict("link_used")
    if expires_at <= now:
        raise Conflict("link_expired")


def asked_about(today: date) -> tuple[date, date]:
    """Return from which day, and before which, sessions are asked about this month: each twice at most."""
    month = today.replace(day=1)
    return add_months(month, -2), month
