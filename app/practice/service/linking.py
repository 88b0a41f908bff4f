"""What one-time links of mentees have in common: how long they last, and that their secrets are not kept."""

import hashlib
from datetime import datetime, timedelta

from app.core.errors import Conflict

LINK_LIFE = timedelta(days=30)


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def ensure_live(*, used_at: datetime | None, expires_at: datetime | None, now: datetime) -> None:
    """Refuse a link that was used or whose time is over."""
    if used_at is not None:
        raise Conflict("link_used")
    if expires_at is not None and expires_at <= now:
        raise Conflict("link_expired")
