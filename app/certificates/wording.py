"""Sentences that stand inside every certificate, in each language that certificates come in."""

from collections.abc import Mapping
from typing import Any

from app.certificates.content import ContentError

_EN = {
    "standard": "scheme designed to {number}",
    "ownership_notice": "This certificate remains the property of {body}.",
    "status_notice": "Whether it is still valid stands only at the address below; no copy can show it.",
    "no_limitations": "None",
    "decision_maker": "Decision maker",
}
_ES = {
    "standard": "esquema diseñado según {number}",
    "ownership_notice": "Este certificado es propiedad de {body}.",
    "status_notice": "Si sigue en vigor consta solo en la dirección indicada; ninguna copia lo muestra.",
    "no_limitations": "Ninguna",
    "decision_maker": "Responsable de la decisión",
}
_CATALOGUE = {"en": _EN, "es": _ES}


def wording(language: str, key: str, **facts: object) -> str:
    """Return a sentence in a language; raise ContentError for a language without wording."""
    if language not in _CATALOGUE:
        raise ContentError("language", "has no wording for certificates")
    return _CATALOGUE[language][key].format(**facts)


def standard_of(package: Mapping[str, Any], language: str) -> str:
    """Return how a certificate refers to the standard that its scheme names (ISO/IEC 17024:2012, 9.4.8)."""
    named = package["scheme"]["standard"]
    return wording(language, "standard", number=f"{named['number']}:{named['editions'][0]}")
