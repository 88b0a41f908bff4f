"""The one frozen object from which PDF, credential, register and API are rendered (CRT-2).

It holds what ISO/IEC 17024:2012, 9.4.8 asks a certificate to say, and checks that it says it coherently. It
knows no layout and no font; whether a text can be printed is asked of `fonts` when it enters the service.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

PROFILE = "mentorcert-certificate-1"
"""Names the shape of `to_document`; a later shape gets another name and this one stays readable."""

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{20}")
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_URL = re.compile(r"https?://[!-~]{1,180}")
_LANGUAGE = re.compile(r"[a-z]{2}")
# MRK-2: a person is certified under a scheme, a body is accredited; nobody is "ISO 17024 certified"
_FALSE_CLAIM = re.compile(
    r"17024[\s:0-9\-\u2013]*(certified|certificad[oa])|(certified|certificad[oa])\s[^.;]{0,40}\b(iso|iec)\b[^.;]{0,12}17024",
    re.IGNORECASE,
)
_NEVER_PRINTED = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LIMITS = {"ownership_notice": 300, "status_notice": 300, "limitations": 400, "accreditation": 300}
LINE_LIMIT = 200
"""The longest text that is printed on a line, in characters."""


class ContentError(ValueError):
    """The content contradicts itself or a rule; `field` names where."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class Named:
    """A code of the scheme with its title in the certificate's language: a growth phase or an endorsement."""

    code: str
    title: str


@dataclass(frozen=True)
class Signatory:
    """Who authorised the certificate: printed name and function (CRT-1)."""

    name: str
    function: str


@dataclass(frozen=True, kw_only=True)
class CertificateContent:
    """Everything that a certificate says, once and for all."""

    number: str
    code: str
    """20 random base-32 characters; the verification address ends with it."""
    edition: int
    language: str
    demonstration: bool
    holder_name: str
    """In the holder's own script, NFC, as in the register."""
    body_name: str
    body_slug: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    scheme_issued_on: date
    standard: str
    """Reference text of the standard or normative document that the scheme names."""
    level: int
    level_title: str
    phases: tuple[Named, ...]
    endorsements: tuple[Named, ...]
    practice_languages: tuple[str, ...]
    """Languages of practice as printed; information, not scope."""
    limitations: str
    """Conditions and limits of the scope; the word for "none" where there are none, never empty."""
    decided_on: date
    effective_on: date
    expires_on: date
    authorised_by: Signatory
    accreditation: str | None
    """Generated wording, present only inside a valid accreditation (MRK-2)."""
    ownership_notice: str
    status_notice: str
    verify_url: str

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_forms(self)
        _check_dates(self)

    def to_document(self) -> dict[str, object]:
        """Return the content as plain JSON values (no floats, dates as text) to store, hash and sign."""
        document: dict[str, object] = {"profile": PROFILE}
        for field in fields(self):
            document[field.name] = _plain(getattr(self, field.name))
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "CertificateContent":
        """Read back what `to_document` wrote; raise ContentError on anything else."""
        wanted = {field.name for field in fields(cls)}
        if document.get("profile") != PROFILE:
            raise ContentError("profile", f"is not {PROFILE}")
        if odd := (set(document) - {"profile"}) ^ wanted:
            raise ContentError(min(odd), "is missing or unknown")
        return cls(**{name: _READ[name](name, document[name]) for name in wanted})  # type: ignore[arg-type] # by _READ


def _check_texts(content: CertificateContent) -> None:
    """Refuse empty, overlong, unprintable or misleading text."""
    for name, text in _texts(content):
        check_text(name, text, _LIMITS.get(name, LINE_LIMIT))


def check_text(name: str, text: object, limit: int) -> None:
    """Refuse one text that a sealed document may not print; `name` is the field that the refusal names."""
    if not isinstance(text, str) or not text.strip() or text != text.strip():
        raise ContentError(name, "must be text without blank ends")
    if len(text) > limit:
        raise ContentError(name, f"is longer than {limit} characters")
    if text != unicodedata.normalize("NFC", text):
        raise ContentError(name, "is not in Unicode form NFC")
    if any(unicodedata.category(char) in _NEVER_PRINTED or char in _DIRECTION_MARKS for char in text):
        raise ContentError(name, "has control characters")
    if _FALSE_CLAIM.search(text):
        raise ContentError(name, "claims a certification that ISO/IEC 17024 does not give (MRK-2)")


def _texts(content: CertificateContent) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, str):
            found.append((field.name, value))
    for name, items in (("phases", content.phases), ("endorsements", content.endorsements)):
        found += [(name, text) for item in items for text in (item.code, item.title)]
    found += [("practice_languages", language) for language in content.practice_languages]
    found += [
        ("authorised_by", content.authorised_by.name),
        ("authorised_by", content.authorised_by.function),
    ]
    return found


def _check_forms(content: CertificateContent) -> None:
    """Refuse identifiers, counts and levels outside their form."""
    for name, pattern in (
        ("code", _CODE),
        ("number", _NUMBER),
        ("body_slug", _SLUG),
        ("language", _LANGUAGE),
    ):
        if not pattern.fullmatch(getattr(content, name)):
            raise ContentError(name, "has another form")
    if not _URL.fullmatch(content.verify_url) or not content.verify_url.endswith(f"/{content.code}"):
        raise ContentError("verify_url", "is not a web address that ends with the certificate's code")
    if not 1 <= content.level <= 5:
        raise ContentError("level", "lies outside 1 to 5")
    if content.edition < 1:
        raise ContentError("edition", "starts at 1")
    _check_counts(content)


def _check_counts(content: CertificateContent) -> None:
    for name, most in (("phases", 6), ("endorsements", 12), ("practice_languages", 8)):
        if len(getattr(content, name)) > most:
            raise ContentError(name, f"has more than {most} entries")
    if not content.phases:
        raise ContentError("phases", "is empty")


def _check_dates(content: CertificateContent) -> None:
    """Refuse dates out of order (CRT-3)."""
    if content.scheme_issued_on > content.decided_on:
        raise ContentError("scheme_issued_on", "lies after the decision")
    if content.effective_on < content.decided_on:
        raise ContentError("effective_on", "lies before the decision")
    if content.expires_on <= content.effective_on:
        raise ContentError("expires_on", "does not lie after the effective date")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Named):
        return {"code": value.code, "title": value.title}
    if isinstance(value, Signatory):
        return {"name": value.name, "function": value.function}
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ContentError(name, "is not text")
    return value


def _whole(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ContentError(name, "is not a whole number")
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ContentError(name, "is not true or false")
    return value


def _day(name: str, value: object) -> date:
    try:
        day = date.fromisoformat(_text(name, value))
    except ValueError:
        raise ContentError(name, "is not a date") from None
    if day.isoformat() != value:
        raise ContentError(name, "is not a date as YYYY-MM-DD")
    return day


def _pair(name: str, value: object, keys: tuple[str, str]) -> tuple[str, str]:
    if not isinstance(value, dict) or set(value) != set(keys):
        raise ContentError(name, f"does not have exactly {keys[0]} and {keys[1]}")
    return _text(name, value[keys[0]]), _text(name, value[keys[1]])


def _items(name: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise ContentError(name, "is not a list")
    return value


def _named(name: str, value: object) -> tuple[Named, ...]:
    return tuple(Named(*_pair(name, item, ("code", "title"))) for item in _items(name, value))


def _lines(name: str, value: object) -> tuple[str, ...]:
    return tuple(_text(name, item) for item in _items(name, value))


def _signatory(name: str, value: object) -> Signatory:
    return Signatory(*_pair(name, value, ("name", "function")))


def _text_or_none(name: str, value: object) -> str | None:
    return None if value is None else _text(name, value)


_READERS = {
    str: _text,
    int: _whole,
    bool: _flag,
    date: _day,
    Signatory: _signatory,
    str | None: _text_or_none,
    tuple[Named, ...]: _named,
    tuple[str, ...]: _lines,
}
_READ = {field.name: _READERS[field.type] for field in fields(CertificateContent)}  # type: ignore[index] # real types here
