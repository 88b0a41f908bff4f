"""The fixed wording of a statement in each of its languages, and numbers as people write them."""

from decimal import Decimal

from app.certificates.content import ContentError

_EN = {
    "skill_card": "Skill card",
    "level_statement": "Level statement",
    "not_a_certificate": "This is not a certificate.",
    "not_a_certificate_skill_card": "It shows what a skill card said on one day. It certifies nobody and has"
    " no period of validity.",
    "not_a_certificate_level_statement": "It states a level for which this scheme issues no certificate. It"
    " certifies nobody and has no period of validity.",
    "self_title": "Self-rated: nobody has checked this.",
    "self_text": "The ratings below are this person's own opinion. The seal proves that this file is"
    " unaltered; it says nothing about whether the ratings are right.",
    "assessor_title": "Rated by assessors of the certification body.",
    "assessor_text": "Each rating was given by assessors on the day that stands beside it. No decision on"
    " certification has been taken by this statement.",
    "pilot": "This version of the scheme was still being tried out when the statement was made.",
    "about": "About",
    "scheme": "Certification scheme",
    "scheme_line": "{title} ({code}), version {version}",
    "rests_on": "Rests on",
    "source_self": "The person's own rating",
    "source_assessor": "Assessors' ratings",
    "found_on": "As of",
    "number": "Statement number",
    "rated": "Elements rated",
    "rated_line": "{rated} of {all}",
    "level": "Level by these ratings",
    "level_line": "Level {level}: {name}",
    "level_none": "None yet",
    "target": "Looking towards",
    "certified": "This scheme issues certificates for these levels only: {levels}. A certificate takes"
    " application, examination and decision.",
    "chart": "Units at a glance",
    "chart_elements": "Elements at a glance",
    "chart_values": "mean of the ratings, 0 to 5",
    "chart_values_elements": "rating, 0 to 5",
    "chart_target": "the least that level {level} asks for",
    "chart_alt": "Radar chart: {values}. Dashed, the least that level {level} asks for: {least}.",
    "elements": "All elements",
    "elements_note": "Ratings run from 0 (no evidence) to 5. A rating counts in whole steps: half way to a"
    " level is not yet that level. An element that is not rated counts 0 in the mean of its unit. The mark on"
    " a bar is the least that level {level} asks of that element.",
    "code": "Code",
    "element": "Element",
    "rating": "Rating",
    "rated_on": "Rated on",
    "critical": "critical",
    "critical_note": "A critical element cannot be made up for by others.",
    "not_rated": "not rated",
    "below_lowest": "below the lowest level",
    "mean": "mean {mean}, least {least}",
    "steps": "Next steps to level {level}: {name}",
    "steps_note": "In the order in which to take them: critical elements first, then what is below the least"
    " of an element, then what is missing to the mean of a unit.",
    "steps_none": "By these ratings nothing is missing to this level.",
    "why": "Why",
    "from_to": "Step",
    "step_line": "{has} \u2013 {needs}",
    "can_be_seen": "What can be seen then",
    "why_critical": "critical element",
    "why_floor": "least of an element",
    "why_unit_mean": "mean of the unit",
    "seal": "Electronic seal",
    "seal_note": "Check it in the signature panel of your PDF reader.",
    "seal_reason": "Statement {number}: not a certificate",
    "check": "Check this statement",
    "foot": "{number}  \u00b7  This is not a certificate.",
    "page": "Page {page} of {pages}",
    "demonstration": "DEMONSTRATION",
    "demonstration_line": "DEMONSTRATION: made with an example scheme.",
    "subject": "{title} {number}, not a certificate",
}
_ES = {
    "skill_card": "Tarjeta de competencias",
    "level_statement": "Constancia de nivel",
    "not_a_certificate": "Esto no es un certificado.",
    "not_a_certificate_skill_card": "Muestra lo que decía una tarjeta de competencias en un día. No certifica"
    " a nadie y no tiene período de validez.",
    "not_a_certificate_level_statement": "Indica un nivel para el que este esquema no expide certificado."
    " No certifica a nadie y no tiene período de validez.",
    "self_title": "Autoevaluación: nadie la ha comprobado.",
    "self_text": "Las valoraciones que siguen son la opinión de la propia persona. El sello prueba que este"
    " archivo no se ha alterado; nada dice de si las valoraciones son acertadas.",
    "assessor_title": "Valorada por evaluadores de la entidad de certificación.",
    "assessor_text": "Cada valoración la dieron evaluadores en el día que figura a su lado. Con esta"
    " constancia no se ha tomado ninguna decisión de certificación.",
    "pilot": "Esta versión del esquema aún estaba en prueba cuando se hizo la constancia.",
    "about": "Sobre",
    "scheme": "Esquema de certificación",
    "scheme_line": "{title} ({code}), versión {version}",
    "rests_on": "Se basa en",
    "source_self": "La valoración de la propia persona",
    "source_assessor": "Las valoraciones de evaluadores",
    "found_on": "A fecha de",
    "number": "Número de constancia",
    "rated": "Elementos valorados",
    "rated_line": "{rated} de {all}",
    "level": "Nivel según estas valoraciones",
    "level_line": "Nivel {level}: {name}",
    "level_none": "Ninguno todavía",
    "target": "Mira hacia",
    "certified": "Este esquema expide certificados solo para estos niveles: {levels}. Un certificado exige"
    " solicitud, examen y decisión.",
    "chart": "Las unidades de un vistazo",
    "chart_elements": "Los elementos de un vistazo",
    "chart_values": "media de las valoraciones, de 0 a 5",
    "chart_values_elements": "valoración, de 0 a 5",
    "chart_target": "lo mínimo que pide el nivel {level}",
    "chart_alt": "Gráfico de radar: {values}. Discontinua, lo mínimo que pide el nivel {level}: {least}.",
    "elements": "Todos los elementos",
    "elements_note": "Las valoraciones van de 0 (sin evidencia) a 5. Una valoración cuenta en pasos enteros:"
    " medio camino hacia un nivel aún no es ese nivel. Un elemento sin valorar cuenta 0 en la media de su"
    " unidad. La marca de cada barra es lo mínimo que el nivel {level} pide de ese elemento.",
    "code": "Código",
    "element": "Elemento",
    "rating": "Valoración",
    "rated_on": "Valorado el",
    "critical": "crítico",
    "critical_note": "Un elemento crítico no se compensa con otros.",
    "not_rated": "sin valorar",
    "below_lowest": "por debajo del nivel más bajo",
    "mean": "media {mean}, mínimo {least}",
    "steps": "Próximos pasos hacia el nivel {level}: {name}",
    "steps_note": "En el orden en que conviene darlos: primero los elementos críticos, luego lo que está por"
    " debajo del mínimo de un elemento, luego lo que falta a la media de una unidad.",
    "steps_none": "Según estas valoraciones no falta nada para este nivel.",
    "why": "Motivo",
    "from_to": "Paso",
    "step_line": "{has} \u2013 {needs}",
    "can_be_seen": "Lo que entonces se ve",
    "why_critical": "elemento crítico",
    "why_floor": "mínimo de un elemento",
    "why_unit_mean": "media de la unidad",
    "seal": "Sello electrónico",
    "seal_note": "Compruébelo en el panel de firmas de su lector.",
    "seal_reason": "Constancia {number}: no es un certificado",
    "check": "Compruebe esta constancia",
    "foot": "{number}  \u00b7  Esto no es un certificado.",
    "page": "Página {page} de {pages}",
    "demonstration": "DEMOSTRACIÓN",
    "demonstration_line": "DEMOSTRACIÓN (DEMONSTRATION): hecha con un esquema de ejemplo.",
    "subject": "{title} {number}, no es un certificado",
}
_CATALOGUE = {"en": _EN, "es": _ES}
_POINT = {"en": ".", "es": ",", "fr": ",", "it": ",", "tr": ","}

LANGUAGES = tuple(sorted(_CATALOGUE))
"""The languages in which a statement can be made."""


def label(language: str, key: str, **facts: object) -> str:
    """Return the fixed text of that key; raise ContentError for a language without wording."""
    if language not in _CATALOGUE:
        raise ContentError("language", "has no wording for statements")
    return _CATALOGUE[language][key].format(**facts)


def figure(language: str, value: Decimal | int) -> str:
    """Return a number as it is written in a language, without idle zeros."""
    plain = f"{value:f}"
    shown = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return shown.replace(".", _POINT.get(language, "."))
