"""One-time links for people without an account: how long they live, and how their secret is kept."""

import hashlib
from datetime import date, timedelta

from app.core.dates import add_months

LINK_LIFE = timedelta(days=30)
ASKED_LATELY = timedelta(days=14)
"""Who was sent a link so short a time ago is not sent another by the clock."""


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def asked_about(today: date) -> tuple[date, date]:
    """Return from which day, and before which, sessions are asked about this month: each twice at most."""
    month = today.replace(day=1)
    return add_months(month, -2), month
