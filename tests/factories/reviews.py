"""Reviews and impact over HTTP; the world's clock stands at 2 March 2026, 09:00 UTC."""

from datetime import date, timedelta
from typing import Any

from starlette.testclient import TestClient

from app.jobs.running import drain
from app.practice.questionnaire import questions_of
from app.practice.rules.questions import AnswerKind
from app.practice.rules.reviews import Side
from app.practice.rules.rhythm import ReviewKind
from app.work import Runtime
from app.worker import HANDLERS
from tests.factories.practice import MENTEE, OWN, a_mentee, an_engagement
from tests.support.days import newest_path
from tests.support.world import PASSWORD, Member, World

TODAY = date(2026, 3, 2)
STAFF = "/v1/practice"
BOTH = {"to_assessors": True, "in_statistics": True}
NEITHER = {"to_assessors": False, "in_statistics": False}
_GOOD: dict[AnswerKind, dict[str, object]] = {
    AnswerKind.SCALE: {"scale": 4},
    AnswerKind.YES_NO: {"yes": True},
    AnswerKind.TEXT: {"text": "The harvest came early."},
}

FIGURES_TYPED = {
    "in_statistics": "yes",
    "currency": "eur",
    "day.baseline": "2026-01-12",
    "count.baseline.jobs": "4",
    "money.baseline.turnover": "120.000,50",
    "scale.baseline.confidence": "2",
}
"""Into the page about a firm's figures."""


def in_first_weeks(client: TestClient, mentor: Member, **changes: object) -> str:
    """Open an engagement whose first review is open, with a mentee, and tell its id."""
    started_on = (TODAY - timedelta(weeks=7)).isoformat()
    engagement = str(an_engagement(client, mentor, **{"started_on": started_on} | changes)["id"])
    a_mentee(client, mentor, engagement)
    return engagement


def answers(side: str, kind: str = "first_weeks", *, audience: str = "shared") -> list[dict[str, object]]:
    """Answer everything that a side is asked."""
    return [
        {"question": question.code, "audience": audience} | _GOOD[question.kind]
        for question in questions_of(ReviewKind(kind), Side(side))
    ]


def as_mentor(client: TestClient, world: World, engagement: str, **changes: Any) -> Any:
    told = {"kind": "first_weeks", "answers": answers("mentor")} | changes
    path = f"{OWN}/engagements/{engagement}/review-answers"
    return client.post(path, json=told, headers=world.alpha["person"].headers)


def as_staff(client: TestClient, world: World, engagement: str, role: str = "adviser", **changes: Any) -> Any:
    told = {"kind": "first_weeks", "answers": answers("staff")} | changes
    path = f"{STAFF}/engagements/{engagement}/review-answers"
    return client.post(path, json=told, headers=world.alpha[role].headers)


def a_review_link(client: TestClient, world: World, engagement: str, kind: str = "first_weeks") -> str:
    """Let staff send the mentee a link; return the path of the API that it stands for."""
    answer = client.post(
        f"{STAFF}/engagements/{engagement}/review-links",
        json={"kind": kind},
        headers=world.alpha["adviser"].headers,
    )
    assert answer.status_code == 201, answer.text
    runtime: Runtime = client.app.state.runtime  # type: ignore[attr-defined] # an ASGI app to the client's type
    drain(runtime, HANDLERS)
    return review_path(newest_path(runtime, MENTEE["email"]))


def review_path(path: str) -> str:
    """Return where the API answers what a page shows: `/review/{slug}/{secret}`."""
    _, page, slug, secret = path.split("/")
    assert page == "review"
    return f"/public/v1/bodies/{slug}/practice-reviews/{secret}"


def newest_api_path(client: TestClient, page: str, address: str = MENTEE["email"]) -> str:
    """Let the mail leave; return where the API answers what the newest link to a page stands for."""
    runtime: Runtime = client.app.state.runtime  # type: ignore[attr-defined] # an ASGI app to the client's type
    drain(runtime, HANDLERS)
    _, named, slug, secret = newest_path(runtime, address).split("/")
    assert named == page
    feature = {"impact": "practice-impact", "impact-consent": "practice-consents"}[page]
    return f"/public/v1/bodies/{slug}/{feature}/{secret}"


def an_impact_link(client: TestClient, mentor: Member, engagement: str) -> str:
    """Have the mentee asked for consent and figures; return the path of the API for her link."""
    path = f"{OWN}/engagements/{engagement}/figure-requests"
    answer = client.post(path, headers=mentor.headers)
    assert answer.status_code == 201, answer.text
    return newest_api_path(client, "impact")


def figure(indicator: str = "jobs", amount: str = "4", **changes: object) -> dict[str, object]:
    """Return a figure of the start of an engagement seven weeks ago."""
    made: dict[str, object] = {
        "indicator": indicator, "moment": "baseline", "as_of": "2026-01-12", "amount": amount,
    }  # fmt: skip
    return made | changes


def signed_in(client: TestClient, name: str) -> dict[str, str]:
    """Return fresh headers of a member of body alpha; a token ends after some minutes."""
    grant = {"grant": "password", "email": f"{name}@alpha.example", "password": PASSWORD}
    answer = client.post("/public/v1/bodies/alpha/tokens", json=grant)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
