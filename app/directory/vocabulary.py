"""The directory's words as data: codes with titles, default weights, the consent that a listing rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, Field

Titles = Mapping[str, str]


@dataclass(frozen=True)
class Consent:
    """What a mentor agrees to when she lists herself; a changed text is the next version."""

    version: int
    text: Titles


@dataclass(frozen=True)
class Vocabulary:
    """All codes with their titles, and the figures that hold where nobody gives others."""

    consent: Consent
    stale_after_months: int
    weights: Mapping[str, int]
    required: tuple[str, ...]
    offered: Mapping[str, tuple[str, ...]]
    """Languages and countries that forms offer; a search may name any."""
    words: Mapping[str, Mapping[str, Titles]]
    """Titles by family (`expertise`, `sector`, …) and code."""

    def codes(self, family: str) -> tuple[str, ...]:
        """Return the codes of a family in the order in which they are shown."""
        return tuple(self.words[family])

    def titles(self, family: str, code: str) -> Titles:
        """Return the titles of a code; one that only a scheme knows is its own title."""
        return self.words[family].get(code, {"en": code, "es": code})


_FIGURES = {"consent", "stale_after_months", "weights", "required", "offered"}


def _read() -> Vocabulary:
    found = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return Vocabulary(
        Consent(**found["consent"]),
        found["stale_after_months"],
        found["weights"],
        tuple(found["required"]),
        {name: tuple(codes) for name, codes in found["offered"].items()},
        {family: words for family, words in found.items() if family not in _FIGURES},
    )


VOCABULARY = _read()


def _one_of(codes: tuple[str, ...]) -> Callable[[str], str]:
    def known(code: str) -> str:
        if code not in codes:
            raise ValueError(f"allowed are: {', '.join(codes)}")
        return code

    return known


def _coded(family: str) -> AfterValidator:
    return AfterValidator(_one_of(VOCABULARY.codes(family)))


def _shown(family: str) -> dict[str, object]:
    return {"enum": list(VOCABULARY.codes(family))}


Expertise = Annotated[str, _coded("expertise"), Field(json_schema_extra=_shown("expertise"))]
Experience = Annotated[str, _coded("experience"), Field(json_schema_extra=_shown("experience"))]
SectorCode = Annotated[str, _coded("sector"), Field(json_schema_extra=_shown("sector"))]
Style = Annotated[str, _coded("style"), Field(json_schema_extra=_shown("style"))]
