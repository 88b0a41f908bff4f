"""The content of a statement, for tests that just need one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from app.profiles import service as profiles
from app.statements import jobs
from app.statements.content import StatementContent
from app.statements.freezing import card_found
from app.statements.rules import StatementKind
from app.work import Caller, Work
from skillcard.framework import Framework
from skillcard.profile import Rating, Source
from skillcard.reading import framework_from
from tests.factories.packages import packaged
from tests.support.world import Member

CODE = "7KQ2M9XWTB4HZ0RFVJ6D"
FOUND = date(2026, 3, 2)


@cache
def _package(folder: str) -> dict[str, Any]:
    """Read a package once; nothing here changes it."""
    return packaged(folder)


@cache
def _framework(folder: str) -> Framework:
    return framework_from(_package(folder))


def elements_of(folder: str = "sme_bm") -> list[str]:
    return [element.code for element in _framework(folder).elements]


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
    package, framework = _package(folder), _framework(folder)
    given = ratings if isinstance(ratings, Mapping) else dict.fromkeys(elements_of(folder), ratings)
    rated = {
        code: Rating(code, Decimal(level).quantize(Decimal("0.01")), source, FOUND)
        for code, level in given.items()
    }
    card = card_found(package, framework, rated, source=source, target=target, language=language)
    scheme = package["scheme"]
    content = StatementContent(
        number="ST.2026.7KQ2M9XW",
        code=CODE,
        kind=StatementKind.SKILL_CARD,
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


def assessed(system: Caller, person_id: UUID, version_id: UUID, ratings: Mapping[str, Any]) -> None:
    """Enter what assessors found of a person, as a released result would."""
    found = {code: Decimal(level) for code, level in ratings.items()}
    system.write(_assess, person_id, version_id, found)


def _assess(work: Work, person_id: UUID, version_id: UUID, ratings: Mapping[str, Decimal]) -> None:
    work.require_system()
    profiles.enter_assessed(work, person_id, version_id, ratings, work.today)


def asked(client: TestClient, member: Member, version_id: UUID, **changes: Any) -> Any:
    """Ask for a statement: a skill card from assessors' ratings unless something else is said."""
    wanted = {"scheme_version_id": str(version_id), "kind": "skill_card", "source": "assessor"}
    return client.post("/v1/me/statements", json=wanted | changes, headers=member.headers)


def sealed(system: Caller, client: TestClient, member: Member, told: Mapping[str, Any]) -> bytes:
    """Run the job that seals a statement and return its bytes."""
    jobs.seal(system, UUID(told["id"]))
    answer = client.get(f"/v1/me/statements/{told['id']}/document", headers=member.headers)
    assert answer.status_code == 200, answer.text
    return answer.content
