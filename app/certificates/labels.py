"""The fixed wording of a certificate in each language that certificates come in, and dates in words."""

from datetime import date

from app.certificates.content import ContentError

_EN = {
    "title": "Certificate",
    "certifies": "This is to certify that",
    "has_met": "has met every requirement of the certification scheme and is certified as",
    "level": "Level {level} of 5",
    "scheme": "{title} ({code}), version {version}, issued on {issued}",
    "standard": "Standard: {standard}",
    "phases": "Growth phases",
    "endorsements": "Sector endorsements",
    "no_endorsements": "None",
    "limitations": "Conditions and limitations",
    "practice_languages": "Languages of practice",
    "number": "Certificate number",
    "decided_on": "Decided on",
    "effective_on": "Effective from",
    "expires_on": "Valid until",
    "edition": "edition {edition}",
    "authorised_by": "Authorised by",
    "seal": "Electronic seal",
    "seal_note": "Open the signature panel of your PDF reader to check it.",
    "check": "Check the current status",
    "demonstration": "DEMONSTRATION",
    "demonstration_line": "DEMONSTRATION: made with an example scheme. This document certifies nobody.",
    "subject": "Certificate {number}",
}
_ES = {
    "title": "Certificado",
    "certifies": "Se certifica que",
    "has_met": "cumple todos los requisitos del esquema de certificación y queda certificado/a como",
    "level": "Nivel {level} de 5",
    "scheme": "{title} ({code}), versión {version}, publicado el {issued}",
    "standard": "Norma: {standard}",
    "phases": "Fases de crecimiento",
    "endorsements": "Especialidades sectoriales",
    "no_endorsements": "Ninguna",
    "limitations": "Condiciones y limitaciones",
    "practice_languages": "Idiomas de ejercicio",
    "number": "Número de certificado",
    "decided_on": "Fecha de la decisión",
    "effective_on": "En vigor desde",
    "expires_on": "Válido hasta",
    "edition": "edición {edition}",
    "authorised_by": "Autorizado por",
    "seal": "Sello electrónico",
    "seal_note": "Abra el panel de firmas de su lector de PDF para comprobarlo.",
    "check": "Compruebe el estado actual",
    "demonstration": "DEMOSTRACIÓN",
    "demonstration_line": "DEMOSTRACIÓN (DEMONSTRATION): esquema de ejemplo. No certifica a nadie.",
    "subject": "Certificado {number}",
}
_CATALOGUE = {"en": _EN, "es": _ES}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
_DAY = {"en": "{day} {month} {year}", "es": "{day} de {month} de {year}"}

LANGUAGES = tuple(sorted(_CATALOGUE))
"""The languages in which a certificate can be drawn."""


def label(language: str, key: str, **facts: object) -> str:
    """Return the fixed text of that key; raise ContentError for a language without wording."""
    if language not in _CATALOGUE:
        raise ContentError("language", "has no wording for certificates")
    return _CATALOGUE[language][key].format(**facts)


def day_in_words(language: str, day: date) -> str:
    """Return a date as it is written out, so that no reader takes the month for the day."""
    return _DAY[language].format(day=day.day, month=_MONTHS[language][day.month - 1], year=day.year)
