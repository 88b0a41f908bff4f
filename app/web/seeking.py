"""What the pages show to who looks for a mentor: forms as they were filled in, codes as words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin
from urllib.parse import urlencode
from uuid import UUID

from babel import Locale
from fastapi import Request
from pydantic import ValidationError

from app.bodies import service as bodies
from app.core.errors import Invalid
from app.directory import service as directory
from app.directory.schemas.contacts import ContactCreate
from app.directory.schemas.searching import SearchQuery
from app.directory.service.showing import Mentor
from app.directory.vocabulary import VOCABULARY
from app.web.views import Body
from app.work import Work

_ON_PAGE = 10


@dataclass(frozen=True)
class SearchView:
    """A page of mentors, and what was looked for."""

    body: Body
    wanted: SearchQuery
    mentors: Sequence[Mentor]
    next: str | None

    @property
    def next_query(self) -> str:
        """The query of the following page."""
        asked = self.wanted.model_dump(exclude_defaults=True, exclude={"limit", "cursor"}, mode="json")
        return urlencode({**asked, "cursor": self.next}, doseq=True)

    @property
    def is_filled(self) -> bool:
        """Whether anything was looked for."""
        return bool(self.wanted.model_dump(exclude_defaults=True, exclude={"limit", "cursor"}))


@dataclass(frozen=True)
class MentorView:
    """One mentor, and the form by which she is written to."""

    body: Body
    mentor: Mentor


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in, and which fields cannot be taken."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LinkView:
    """What a link in a mail is about."""

    body: Body
    shown: Mapping[str, Any]


def search(work: Work, wanted: SearchQuery) -> SearchView:
    """Return a page of mentors whom everyone finds."""
    found: dict[str, Any] = directory.search(work, wanted)
    return SearchView(bodies.own(work), wanted, found["items"], found["next"])


def mentor(work: Work, listing_id: UUID) -> MentorView:
    """Return one mentor whom everyone finds."""
    found = directory.read(work, listing_id)
    return MentorView(bodies.own(work), found)


def asked(work: Work, secret: str) -> LinkView:
    """Return what a sender is asked to confirm."""
    shown = directory.asked(work, secret)
    return LinkView(bodies.own(work), shown)


def to_answer(work: Work, secret: str) -> LinkView:
    """Return what a mentor may answer."""
    shown = directory.to_answer(work, secret)
    return LinkView(bodies.own(work), shown)


def wanted_of(request: Request) -> SearchQuery:
    """Read the form: what was left blank was not asked for, and what the form does not know is let be."""
    asked: dict[str, object] = {"limit": _ON_PAGE}
    for name, described in SearchQuery.model_fields.items():
        given = [value for value in request.query_params.getlist(name) if value]
        if given and name != "limit":
            asked[name] = given if _is_list(described.annotation) else given[-1]
    try:
        return SearchQuery.model_validate(asked)
    except ValidationError as error:
        places = [str(fault["loc"][0]) for fault in error.errors() if fault["loc"]]
        raise Invalid("value_refused", pointer=f"/query/{places[0] if places else ''}") from None


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_is_list, get_args(annotation)))


def message_of(values: Mapping[str, str]) -> ContactCreate | Typed:
    """Read the message form, or return it as it was filled in with the fields that cannot be taken."""
    try:
        return ContactCreate.model_validate(dict(values))
    except ValidationError as error:
        return Typed(values, frozenset(str(fault["loc"][0]) for fault in error.errors()))


class Words:
    """Codes in the reader's language, else in English, for templates."""

    vocabulary = VOCABULARY

    def of(self, locale: str, family: str, code: str) -> str:
        """Return the title of a code of the directory."""
        return self.said(locale, VOCABULARY.titles(family, code))

    def said(self, locale: str, texts: Mapping[str, str]) -> str:
        """Return a text in the reader's language if it is there, else in the first that it is in."""
        return texts[self.language_of(locale, texts)]

    def language_of(self, locale: str, texts: Mapping[str, str]) -> str:
        """Return the language in which a text is shown."""
        return next((one for one in (locale, "en") if one in texts), next(iter(texts)))

    def language(self, locale: str, code: str) -> str:
        """Return the name of a language."""
        return str(Locale(locale).languages.get(code, code))

    def country(self, locale: str, code: str) -> str:
        """Return the name of a country."""
        return str(Locale(locale).territories.get(code, code))

    def sorted(self, locale: str, family: str) -> list[tuple[str, str]]:
        """Return the languages or countries that forms offer, by name."""
        named = self.language if family == "languages" else self.country
        return sorted(
            ((code, named(locale, code)) for code in VOCABULARY.offered[family]), key=lambda one: one[1]
        )


WORDS = Words()
