"""The languages of the pages: which one a reader reads, and how days, figures and lists are written in it.

A reader chooses by `?lang=`, which every link on the page then carries on, else by her browser's languages. A
text that does not exist in her language is shown in another and marked as being in that one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, quote, urlencode

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from fastapi import Request
from markupsafe import Markup, escape

from app.core.messages import PAGE_LANGUAGES, has_page_text, page_text, preferred

CHOICE = "lang"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_LOCALES = {"en": Locale("en", "GB")} | {code: Locale(code) for code in PAGE_LANGUAGES if code != "en"}


@dataclass(frozen=True)
class Choice:
    """One language that the page at hand can be read in."""

    code: str
    name: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Reader:
    """How one reader is spoken to."""

    language: str
    is_chosen: bool = False
    """Whether the address names the language; then the links of the page name it too."""

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.language]

    def told(self, key: str, **facts: object) -> Markup:
        """Return a text of the pages with its facts, safe to be put into a page."""
        return escape(page_text(key, self.language)).format(**facts)

    def has(self, key: str) -> bool:
        """Tell whether pages have a text under this key."""
        return has_page_text(key, self.language)

    def say(self, text: Mapping[str, str]) -> Markup:
        """Return a text of a scheme in the reader's language, else in one that it has, marked as such."""
        language = next(code for code in (self.language, "en", *text) if code in text)
        return self.marked(text[language], language)

    def marked(self, text: str, language: str) -> Markup:
        """Return a text that is in this language, marked when it is not the page's."""
        if language == self.language:
            return escape(text)
        return Markup('<span lang="{}">{}</span>').format(language, text)

    def link(self, path: str) -> str:
        """Return the address of another page, which keeps the language that was chosen."""
        if not self.is_chosen:
            return path
        path, mark, anchor = path.partition("#")
        return f"{path}{'&' if '?' in path else '?'}{CHOICE}={self.language}{mark}{anchor}"

    def day(self, day: date) -> str:
        """Return a date in words, so that nobody takes the month for the day."""
        return format_date(day, "long", locale=self._locale)

    def weekday(self, day: date) -> str:
        """Return a date in words with its day of the week, by which people remember meetings."""
        return format_date(day, "full", locale=self._locale)

    def written_day(self, day: str) -> str:
        """Return in words a date that a package holds as text."""
        return self.day(date.fromisoformat(day))

    def instant(self, moment: datetime) -> str:
        """Return a date in words with its time."""
        return f"{self.day(moment.date())}, {moment:%H:%M}"

    def number(self, value: str | int | Decimal) -> str:
        """Return a figure with all its places."""
        return format_decimal(Decimal(value), locale=self._locale, decimal_quantization=False)

    def share(self, value: str) -> str:
        """Return a part of one as a percentage."""
        return format_percent(Decimal(value), locale=self._locale, decimal_quantization=False)

    def money(self, amount: str, currency: str) -> str:
        """Return an amount with its currency."""
        return format_currency(Decimal(amount), currency, locale=self._locale)

    def span(self, count: int | str, unit: str) -> str:
        """Return a length of time: so many months, weeks, days or minutes."""
        amount = Decimal(count)
        form = "one" if self._locale.plural_form(amount) == "one" else "many"
        return str(self.told(f"span_{unit}_{form}", count=self.number(amount))).replace(" ", _NO_BREAK)

    def listed(self, members: Iterable[object]) -> Markup:
        """Return members as people list them, with a word before the last."""
        listed = format_list([escape(member) for member in members], locale=self._locale)
        return Markup(listed)  # noqa: S704 - each member was escaped just above

    def language_name(self, code: str) -> str:
        """Return the name of a language in the reader's own; a code that has none stays."""
        names = self._locale.languages
        return str(names.get(code.replace("-", "_")) or names.get(code[:2]) or code)


def reader_of(request: Request) -> Reader:
    """Return how the reader of this request is spoken to."""
    chosen = request.query_params.get(CHOICE)
    if chosen in PAGE_LANGUAGES:
        return Reader(chosen, is_chosen=True)
    return Reader(preferred(request.headers.get("accept-language"), PAGE_LANGUAGES))


def choices(request: Request, reader: Reader) -> Sequence[Choice]:
    """Return the languages that this very page can be had in; what was sent by a form cannot be had again."""
    if request.method != "GET":
        return ()
    asked = [pair for pair in parse_qsl(request.url.query) if pair[0] != CHOICE]
    return tuple(
        Choice(
            code,
            str(_LOCALES[code].languages[code]).capitalize(),
            f"{quote(request.url.path)}?{urlencode([*asked, (CHOICE, code)])}",
            is_current=code == reader.language,
        )
        for code in PAGE_LANGUAGES
    )
