"""When two names mean the same SME."""

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


def sme_key(person_id: UUID, name: str) -> str:
    """Return the key that is equal for two spellings of one firm: the same SME twice is one SME (7.3).

    Case, accents, punctuation and a closing legal form do not tell firms apart. The mentor's id goes in, so
    that keys of different mentors cannot be laid beside each other.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    words = re.findall(r"\w+", bare.replace(".", ""))
    while end := _legal_form_at_end(words):
        words = words[:-end]
    return hashlib.sha256(f"{person_id}\n{' '.join(words) or name}".encode()).hexdigest()


def _legal_form_at_end(words: list[str]) -> int:
    """Return how many words at the end are a legal form; at least one word of the name is left."""
    return next((n for n in (4, 3, 2, 1) if len(words) > n and "".join(words[-n:]) in _LEGAL_FORMS), 0)
