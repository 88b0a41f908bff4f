"""What every schema of the API shares: strict input, plain text types without control characters, pages."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


class Schema(BaseModel):
    """Base of all schemas: unknown fields are refused, rows can be read, answers always carry every field."""

    model_config = ConfigDict(
        extra="forbid", from_attributes=True, json_schema_serialization_defaults_required=True, frozen=True
    )


def _plain(text: str, allowed: str) -> str:
    """Return the text in NFC; refuse control, format-override, surrogate and private-use characters."""
    text = unicodedata.normalize("NFC", text)
    for char in text:
        if char not in allowed and _is_no_text(char):
            raise ValueError(f"the character U+{ord(char):04X} may not stand in a text")
    return text


def _is_no_text(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or char in _OVERRIDES


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def one_line(text: str) -> str:
    """Return a text of one line in NFC; refuse what is no text."""
    return _plain(text, allowed="")


def paragraphs(text: str) -> str:
    """Return a text of several lines in NFC; refuse what is no text."""
    return _plain(text, allowed="\n\t")


def salvaged(text: str) -> str:
    """Return a text of several lines in NFC, with a mark in place of what is no text: nothing is refused."""
    lines = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return "".join("\ufffd" if char not in "\n\t" and _is_no_text(char) else char for char in lines)


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(one_line)
]
"""One line of text, as printed: names, titles."""
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(paragraphs)
]
"""Some paragraphs."""
Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2200, 12, 31))]
"""A calendar date that a database and a calendar can hold."""
Instant = Annotated[
    AwareDatetime, Field(ge=datetime(1950, 1, 2, tzinfo=UTC), le=datetime(2200, 12, 30, tzinfo=UTC))
]
"""A moment with its offset from UTC."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    ),
    AfterValidator(one_line),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """One page of a list; `next` is the cursor of the following page or null."""

    items: list[Item]
    next: str | None
