"""From what a test's form holds to what the service takes."""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from app.core.errors import Malformed
from app.delivery.schemas.sat import ResponsesSave

Fields = Iterable[tuple[str, str]]
_RESPONSE = "response."


def field(fields: Fields, name: str) -> str:
    """Return what stands in a field, or nothing."""
    return next((value for found, value in fields if found == name), "")


def responses(fields: Fields) -> Mapping[str, list[str]]:
    """Return the responses that a form holds, item by item, each with its values in the form's order."""
    given: dict[str, list[str]] = {}
    for name, value in fields:
        if name.startswith(_RESPONSE):
            given.setdefault(name.removeprefix(_RESPONSE), []).append(value)
    try:
        return ResponsesSave(responses=given).responses
    except ValidationError:
        raise Malformed("request_refused") from None
