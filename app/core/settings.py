"""All settings of the service, read once from the environment; nothing else reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path


class Mode(StrEnum):
    """What kind of installation this is; production refuses what only a demonstration or a test may do."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class SettingsError(Exception):
    """A setting is missing or refused; the message says which and how to set it."""


@dataclass(frozen=True)
class Settings:
    """Where the service keeps its data and how much it takes on at once."""

    database_url: str = field(repr=False)  # holds a password
    data_folder: Path
    """Key files, side locks, the job engine's own SQLite file and the guard outside the database."""
    public_url: str = "http://127.0.0.1:8000"
    """Origin under which outsiders reach the service; printed in certificates and QR codes."""
    mode: Mode = Mode.DEMO
    key_passphrase: str = field(default="", repr=False)
    clock_shift: timedelta = timedelta()
    threads: int = 24
    """Most requests handled at once; the connection pool holds as many, so none waits for a connection."""
    upload_limit: int = 10 * 1024 * 1024
    evidence_items_most: int = 300
    evidence_size_most: int = 300 * 1024 * 1024
    """What one mentor may keep as evidence, in pieces and in bytes."""
    access_token_life: timedelta = timedelta(minutes=15)
    refresh_token_life: timedelta = timedelta(days=30)
    argon2_memory_kib: int = 19456
    argon2_rounds: int = 2
    mail_url: str | None = field(default=None, repr=False)  # may hold a password
    """The mail server (smtp:// or smtps://); without one, mails are laid into a folder."""
    mail_sender: str = "no-reply@localhost.localdomain"
    guard_folder: Path | None = None
    """Where each log's last signed head is kept apart from the database; best on another volume."""

    def __post_init__(self) -> None:
        if not self.key_passphrase:
            raise SettingsError(
                "Set MENTORCERT_KEY_PASSPHRASE (or MENTORCERT_KEY_PASSPHRASE_FILE): it opens the key files."
            )
        if self.mode is Mode.PRODUCTION and self.clock_shift:
            raise SettingsError("MENTORCERT_CLOCK_SHIFT_DAYS is for demonstrations; production refuses it.")
        if self.mode is Mode.PRODUCTION and not self.public_url.startswith("https://"):
            raise SettingsError(
                "MENTORCERT_PUBLIC_URL is printed on certificates: in production it must begin with https://."
            )
        if self.mode is Mode.PRODUCTION and self.mail_url is None:
            raise SettingsError(
                "Set MENTORCERT_MAIL (or MENTORCERT_MAIL_FILE) to your mail server: people wait for mail."
            )

    @property
    def guards(self) -> Path:
        """Where the heads of the logs are kept outside the database."""
        return self.guard_folder or self.data_folder / "guard"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; raise SettingsError naming what is missing."""
    folder = Path(environment.get("MENTORCERT_DATA", ".data")).resolve()
    guard = environment.get("MENTORCERT_GUARD")
    return Settings(
        database_url=_with_driver(environment.get("DATABASE_URL") or f"sqlite:///{folder / 'mentorcert.db'}"),
        data_folder=folder,
        public_url=environment.get("MENTORCERT_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        mode=_mode(environment),
        key_passphrase=_secret(environment, "MENTORCERT_KEY_PASSPHRASE"),
        clock_shift=timedelta(
            days=_number(environment, "MENTORCERT_CLOCK_SHIFT_DAYS", 0, range(-36500, 36501))
        ),
        threads=_number(environment, "MENTORCERT_THREADS", 24, range(1, 201)),
        mail_url=_secret(environment, "MENTORCERT_MAIL") or None,
        mail_sender=environment.get("MENTORCERT_MAIL_FROM", Settings.mail_sender),
        evidence_items_most=_number(environment, "MENTORCERT_EVIDENCE_ITEMS", 300, range(1, 100_001)),
        evidence_size_most=_number(environment, "MENTORCERT_EVIDENCE_MIB", 300, range(1, 100_001)) * 1024**2,
        guard_folder=Path(guard).resolve() if guard else None,
    )


def _secret(environment: Mapping[str, str], name: str) -> str:
    """Read a secret from its variable, or from the file that a second one names."""
    if secret_file := environment.get(f"{name}_FILE"):
        return Path(secret_file).read_text(encoding="utf-8").strip()
    return environment.get(name, "")


def _mode(environment: Mapping[str, str]) -> Mode:
    given = environment.get("MENTORCERT_MODE", Mode.DEMO)
    if given not in set(Mode):
        raise SettingsError(f"MENTORCERT_MODE is {given!r}; it must be one of {', '.join(Mode)}.")
    return Mode(given)


def _number(environment: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    given = environment.get(name, str(default))
    try:
        number = int(given)
    except ValueError:
        raise SettingsError(f"{name} is {given!r}; it must be a whole number.") from None
    if number not in allowed:
        raise SettingsError(f"{name} is {number}; it must lie between {allowed[0]} and {allowed[-1]}.")
    return number


def _with_driver(url: str) -> str:
    """Name the driver that the service ships with, whichever of the usual spellings was given."""
    for spelling in ("postgres://", "postgresql://"):
        if url.startswith(spelling):
            return "postgresql+psycopg://" + url.removeprefix(spelling)
    return url
