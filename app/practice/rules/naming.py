"""When two names mean the same SME, and when a text names one."""

import hashlib
import re
import unicodedata
from uuid import UUID

_LEGAL_FORMS = {
    "ab",
    "ag",
    "as",
    "bv",
    "doo",
    "eood",
    "gmbh",
    "kft",
    "limited",
    "ltd",
    "nv",
    "ood",
    "oy",
    "sa",
    "sarl",
    "sas",
    "sl",
    "slu",
    "spa",
    "spzoo",
    "srl",
    "sro",
    "ug",
    "αε",
    "εε",
    "ικε",
    "оод",
    "еоод",
    "тов",
}
"""Small letters without points, blanks and accents."""
_LONG = 8


def sme_key(person_id: UUID, name: str) -> str:
    """Return the key that is equal for two spellings of one firm: the same SME twice is one SME (7.3).

    Case, accents, punctuation and a closing legal form do not tell firms apart. The mentor's id goes in, so
    that keys of different mentors cannot be laid beside each other.
    """
    words = _proper_words(name)
    return hashlib.sha256(f"{person_id}\n{' '.join(words) or name}".encode()).hexdigest()


def names_firm(text: str, name: str) -> bool:
    """Return whether a text gives a firm away: its name in any spelling, also written as one word."""
    wanted = _proper_words(name)
    if not wanted:
        return name.casefold() in text.casefold()
    return any(_holds(_words(found), wanted) for found in (text, re.sub(r"[._]", " ", text)))


def _holds(words: list[str], wanted: list[str]) -> bool:
    size, whole = len(wanted), "".join(wanted)
    in_a_row = any(words[start : start + size] == wanted for start in range(len(words) - size + 1))
    return in_a_row or (_stands_out(whole) and whole in "".join(words))


def _words(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return re.findall(r"\w+", bare.replace(".", ""))


def _proper_words(name: str) -> list[str]:
    words = _words(name)
    while end := _legal_form_at_end(words):
        words = words[:-end]
    return words


def _stands_out(whole: str) -> bool:
    """Tell whether a name is found within others by no accident: long, or of a script without blanks."""
    return len(whole) >= _LONG or any(unicodedata.east_asian_width(char) in {"W", "F"} for char in whole)


def _legal_form_at_end(words: list[str]) -> int:
    """Return how many words at the end are a legal form; at least one word of the name is left."""
    return next((n for n in (4, 3, 2, 1) if len(words) > n and "".join(words[-n:]) in _LEGAL_FORMS), 0)
