"""The types of activity that come with the service, read from the file beside this module."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from app.practice.rules import RecordKind
from app.practice.rules.activities import ActivityType

_FILE = Path(__file__).with_name("activity_types.yaml")
_LANGUAGES = ("en", "es")


@cache
def shipped() -> Mapping[str, ActivityType]:
    """Return the shipped types by code, in the order of the file."""
    found = [_type(entry) for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8"))]
    return {one.code: one for one in found}


def _type(entry: Mapping[str, str | bool]) -> ActivityType:
    return ActivityType(
        code=str(entry["code"]),
        record_kind=RecordKind(str(entry["record"])) if "record" in entry else None,
        titles={language: str(entry[language]) for language in _LANGUAGES},
        is_attested=bool(entry.get("attested", False)),
        is_shipped=True,
    )
