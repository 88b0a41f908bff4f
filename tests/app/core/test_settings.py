import pytest

from app.core.settings import Mode, SettingsError, settings_from

GIVEN = {"MENTORCERT_KEY_PASSPHRASE": "words", "DATABASE_URL": "postgres://app:secret@db/mentorcert"}


def test_settings_are_read_from_the_environment() -> None:
    read = settings_from(GIVEN | {"MENTORCERT_MODE": "test", "MENTORCERT_THREADS": "3"})

    assert (read.mode, read.threads, read.is_sqlite) == (Mode.TEST, 3, False)
    assert read.database_url == "postgresql+psycopg://app:secret@db/mentorcert"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MENTORCERT_MODE", "prod", "demo, test, production"),
        ("MENTORCERT_THREADS", "many", "whole number"),
        ("MENTORCERT_THREADS", "0", "between 1 and 200"),
        ("MENTORCERT_CLOCK_SHIFT_DAYS", "1.5", "whole number"),
        ("MENTORCERT_KEY_PASSPHRASE", "", "opens the key files"),
    ],
)
def test_a_refused_setting_is_named_with_what_would_do(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refusal:
        settings_from(GIVEN | {name: value})

    assert name in str(refusal.value)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"MENTORCERT_PUBLIC_URL": "http://mentors.example"},
        {"MENTORCERT_PUBLIC_URL": "https://mentors.example", "MENTORCERT_CLOCK_SHIFT_DAYS": "1"},
    ],
)
def test_production_refuses_what_only_a_demonstration_may_do(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        settings_from(GIVEN | {"MENTORCERT_MODE": "production"} | given)


def test_no_secret_shows_when_settings_are_printed() -> None:
    shown = repr(settings_from(GIVEN))

    assert "secret" not in shown
    assert "words" not in shown
