"""The one frozen object from which a statement's document, verification and answers are rendered (CRT-2).

It knows no layout and no font; whether its texts can be printed is asked when a statement is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from app.certificates.content import LINE_LIMIT, ContentError, check_text
from app.statements.rules import StatementKind
from skillcard.framework import HIGHEST_RATING
from skillcard.level import Why
from skillcard.profile import Source

PROFILE = "mentorcert-statement-1"
"""Names the shape of `to_document`; a later shape gets another name and this one stays readable."""

_DESCRIPTOR_LIMIT = 1000
_STRICT = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True)
class LevelNamed:
    """A level of the scheme, its name in the statement's language, and whether the scheme certifies it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    level: int
    name: str
    certifiable: bool


@dataclass(frozen=True)
class ElementFound:
    """An element as the source rated it; `least` is what the target asks of it at the least."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    title: str
    critical: bool
    rating: Decimal | None
    rated_on: date | None
    least: int


@dataclass(frozen=True)
class UnitFound:
    """A unit with its mean, an element without a rating counting zero, and the least for the target."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    title: str
    mean: Decimal
    least: Decimal
    elements: tuple[ElementFound, ...]


@dataclass(frozen=True)
class StepAhead:
    """One thing that is missing to the target, with what can be seen once it is there."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    element: str
    title: str
    has: int
    needs: int
    why: Why
    descriptor: str


@dataclass(frozen=True, kw_only=True)
class CardFound:
    """A skill card as one source sees it, measured against a target level."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    source: Source
    level: int | None
    """The level that the ratings reach by the scheme's own rule; None below the lowest."""
    target: int
    levels: tuple[LevelNamed, ...]
    units: tuple[UnitFound, ...]
    steps: tuple[StepAhead, ...]
    """The whole gap to the target, in the order in which to close it."""

    def __post_init__(self) -> None:
        if any(not 0 <= mean <= HIGHEST_RATING for unit in self.units for mean in (unit.mean, unit.least)):
            raise ContentError("units", "has a mean outside the scale")
        if {self.level, self.target} - {named.level for named in self.levels} - {None}:
            raise ContentError("levels", "lacks the level reached, or the target")

    @property
    def elements(self) -> tuple[ElementFound, ...]:
        """All elements in the order of the skill card."""
        return tuple(element for unit in self.units for element in unit.elements)

    @property
    def rated(self) -> int:
        """How many elements have a rating."""
        return sum(element.rating is not None for element in self.elements)

    @property
    def certified(self) -> tuple[int, ...]:
        """The levels for which the scheme issues certificates."""
        return tuple(named.level for named in self.levels if named.certifiable)

    def name_of(self, rating: Decimal | int) -> str | None:
        """Return the name of the level that a rating has fully reached, None below the lowest.

        A rating above the scheme's highest level has that level's name.
        """
        names = [named.name for named in self.levels if named.level <= rating]
        return names[-1] if names else None


@dataclass(frozen=True, kw_only=True)
class StatementContent:
    """Everything that a statement says, once and for all."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    number: str
    code: str
    """20 random base-32 characters; the verification address ends with it."""
    kind: StatementKind
    language: str
    demonstration: bool
    pilot: bool
    """Whether the scheme version was still being tried out."""
    person_name: str
    body_name: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    found_on: date
    """The day whose counting ratings the card shows."""
    card: CardFound
    verify_url: str

    def __post_init__(self) -> None:
        for name, text, limit in _texts(self):
            check_text(name, text, limit)
        if not self.verify_url.endswith(f"/{self.code}"):
            raise ContentError("verify_url", "does not end with the statement's code")
        stateable = {named.level for named in self.card.levels if not named.certifiable}
        is_stateable = self.card.source is Source.ASSESSOR and self.card.level in stateable
        if self.kind is StatementKind.LEVEL_STATEMENT and not is_stateable:
            raise ContentError("card", "has no level that may be stated (7.0)")

    def to_document(self) -> dict[str, Any]:
        """Return the content as plain JSON values (no floats, decimals and dates as text)."""
        return {"profile": PROFILE, **_adapter().dump_python(self, mode="json")}

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "StatementContent":
        """Read back what `to_document` wrote; raise ContentError on anything else."""
        said = dict(document)
        if said.pop("profile", None) != PROFILE:
            raise ContentError("profile", f"is not {PROFILE}")
        try:
            return _adapter().validate_json(TypeAdapter(Any).dump_json(said))
        except ValidationError as fault:
            first = fault.errors()[0]
            raise ContentError(".".join(map(str, first["loc"])), str(first["msg"])) from None


@cache
def _adapter() -> TypeAdapter[StatementContent]:
    return TypeAdapter(StatementContent)


def texts(content: StatementContent) -> Iterator[str]:
    """Yield every text that a statement prints and that people wrote, the holder's name first."""
    return (text for _, text, _ in _texts(content))


def _texts(content: StatementContent) -> Iterator[tuple[str, str, int]]:
    """Yield field, text and limit of every text."""
    for field in ("person_name", "body_name", "scheme_code", "scheme_title", "scheme_version", "number"):
        yield field, getattr(content, field), LINE_LIMIT
    yield "verify_url", content.verify_url, LINE_LIMIT
    for named in content.card.levels:
        yield "levels", named.name, LINE_LIMIT
    for unit in content.card.units:
        yield "units", unit.code, LINE_LIMIT
        yield "units", unit.title, LINE_LIMIT
        for element in unit.elements:
            yield "units", element.code, LINE_LIMIT
            yield "units", element.title, LINE_LIMIT
    for step in content.card.steps:
        yield "steps", step.descriptor, _DESCRIPTOR_LIMIT
