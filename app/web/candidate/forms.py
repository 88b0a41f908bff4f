"""From what a test's form holds to what the service takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from app.core.errors import Malformed
from app.delivery.schemas.sat import ResponsesSave

Fields = Iterable[tuple[str, str]]
Responses = dict[str, Any]
"""Item → options, best and worst, or a text."""
_RESPONSE = "response."


def field(fields: Fields, name: str) -> str:
    """Return what stands in a field, or nothing."""
    return next((value for found, value in fields if found == name), "")


def responses(fields: Fields) -> Responses:
    """Return the responses that a form holds, item by item, in the shape of the item's kind.

    The values of one field, in the form's order, are options; a part of the name makes another shape: `.best`
    and `.worst`, or `.text`. An empty field is no answer.
    """
    given: dict[str, dict[str, list[str]]] = {}
    for name, value in fields:
        if name.startswith(_RESPONSE) and value.strip():
            code, _, part = name.removeprefix(_RESPONSE).partition(".")
            given.setdefault(code, {}).setdefault(part, []).append(value)
    try:
        return ResponsesSave(responses={code: _shaped(parts) for code, parts in given.items()}).kept()
    except ValidationError:
        raise Malformed("request_refused") from None


def _shaped(parts: Mapping[str, list[str]]) -> Any:
    """Return one item's fields as a response; what belongs to no kind is refused where it is read."""
    if parts.keys() == {""}:
        return parts[""]
    if parts.keys() == {"text"}:
        return parts["text"][0].replace("\r\n", "\n")
    return {part: values[0] for part, values in parts.items()}
