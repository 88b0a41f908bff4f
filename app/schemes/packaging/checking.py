"""All checks of a scheme package: the JSON Schema first and, once it holds, the rules that cross sections."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from app.schemes.packaging import coverage, grounds, levels, references, succession, texts
from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import Package

SCHEMA_FILE = Path(__file__).parent.parent / "packages" / "package.schema.json"

RULES = (*references.RULES, *texts.RULES, *levels.RULES, *coverage.RULES, *grounds.RULES, *succession.RULES)


def check_package(document: Mapping[str, object], *, today: date | None = None) -> list[Finding]:
    """Return every fault of a merged package, sorted by place; a sound package has none (SCH-1 to SCH-5).

    On the day of publishing, `today`, its studies must be recent; without a day nothing is judged by age.
    """
    found = set(_against_schema(document))
    if not found:
        package = cast("Package", document)
        found = {finding for rule in RULES for finding in rule(package)}
        if today is not None:
            found |= set(grounds.check_timing(package, today))
    return sorted(found)


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def _against_schema(document: Mapping[str, object]) -> Iterator[Finding]:
    for error in _validator().iter_errors(document):
        path = tuple(error.absolute_path)
        members = _members_at_fault(error)
        for member in members or (None,):
            steps = path if member is None else (*path, member)
            yield Finding(pointer_to(*steps), _rule_at(error, steps, member), _message(error, member))


def _members_at_fault(error: ValidationError) -> list[str]:
    """Name the missing or foreign members, so that the pointer leads to them and not to what holds them."""
    if error.validator == "required":
        return [member for member in error.validator_value if member not in error.instance]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        patterns = error.schema.get("patternProperties", {})
        return [member for member in error.instance if member not in known and not _matches(member, patterns)]
    return []


def _matches(member: str, patterns: Mapping[str, object]) -> bool:
    validator = Draft202012Validator({"anyOf": [{"pattern": pattern} for pattern in patterns]})
    return bool(patterns) and validator.is_valid(member)


def _rule_at(error: ValidationError, steps: tuple[str | int, ...], member: str | None) -> str:
    """Find the rule that the schema names at this place, else at the section, else SCH-1."""
    section = _validator().schema["properties"].get(steps[0], {}) if steps else {}
    own = error.schema.get("properties", {}).get(member, {}) if member is not None else {}
    for place in (own, error.schema, section):
        if isinstance(place, dict) and "x-rule" in place:
            return str(place["x-rule"])
    return "SCH-1"


def _message(error: ValidationError, member: str | None) -> str:
    if error.validator == "required":
        return "is missing"
    if error.validator == "additionalProperties":
        return f"{member!r} is not known here"
    return str(error.message)
