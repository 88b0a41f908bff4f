"""What holds of every one-time link: it is used once, and stays what it was when it was sent."""

from app.core.table import Guard

USED_ONCE = Guard(
    "used_once",
    "7.3",
    "UPDATE",
    "OLD.used_at IS NOT NULL OR NEW.secret_hash <> OLD.secret_hash OR NEW.stream <> OLD.stream"
    " OR NEW.mentee_id <> OLD.mentee_id OR NEW.expires_at <> OLD.expires_at",
)
