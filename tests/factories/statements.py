"""The content of a statement, for tests that just need one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.statements.content import StatementContent
from app.statements.freezing import card_found
from app.statements.rules import Kind
from skillcard.profile import Rating, Source
from skillcard.reading import framework_from
from tests.factories.packages import packaged

CODE = "7KQ2M9XWTB4HZ0RFVJ6D"
FOUND = date(2026, 3, 2)


def elements_of(folder: str = "sme_bm") -> list[str]:
    return [element["code"] for unit in packaged(folder)["units"] for element in unit["elements"]]


def a_statement(
    ratings: Mapping[str, Any] | int | str = 2,
    *,
    folder: str = "sme_bm",
    source: Source = Source.ASSESSOR,
    target: int | None = None,
    language: str = "en",
    **changes: Any,
) -> StatementContent:
    """A skill card from a scheme package of the service; one rating for all elements, or some by code."""
    package = packaged(folder)
    given = ratings if isinstance(ratings, Mapping) else dict.fromkeys(elements_of(folder), ratings)
    rated = {
        code: Rating(code, Decimal(level).quantize(Decimal("0.01")), source, FOUND)
        for code, level in given.items()
    }
    card = card_found(
        package, framework_from(package), rated, source=source, target=target, language=language
    )
    scheme = package["scheme"]
    content = StatementContent(
        number="ST.2026.7KQ2M9XW",
        code=CODE,
        kind=Kind.SKILL_CARD,
        language=language,
        demonstration=False,
        pilot=False,
        person_name="Zoë Őrség",
        body_name="Ostsee Zertifizierung gGmbH",
        scheme_code=scheme["code"],
        scheme_title=scheme["title"][language],
        scheme_version=scheme["version"],
        found_on=FOUND,
        card=card,
        verify_url=f"https://cert.example.org/v/ostsee/{CODE}",
    )
    return replace(content, **changes)
