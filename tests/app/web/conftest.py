"""Links in mentees' mails, as paths of the pages that they open."""

import pytest
from starlette.testclient import TestClient

from app.jobs.running import drain
from app.work import Runtime
from app.worker import HANDLERS
from tests.factories.practice import MENTEE, a_link, an_engagement, an_import
from tests.factories.reviews import FIGURES_TYPED, a_review_link, an_impact_link, in_first_weeks
from tests.support.days import newest_path
from tests.support.world import Member, World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> str:
    made = str(an_engagement(client, mentor)["id"])
    an_import(client, mentor, TWO)
    return made


@pytest.fixture
def confirm(client: TestClient, runtime: Runtime, mentor: Member, engagement: str) -> str:
    a_link(client, mentor, engagement)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def reviewed(client: TestClient, mentor: Member) -> str:
    return in_first_weeks(client, mentor, code="vega", sme_name="Vega Alta S.L.")


@pytest.fixture
def review(client: TestClient, runtime: Runtime, world: World, reviewed: str) -> str:
    a_review_link(client, world, reviewed)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def impact(client: TestClient, runtime: Runtime, mentor: Member, reviewed: str) -> str:
    an_impact_link(client, mentor, reviewed)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def consent(client: TestClient, runtime: Runtime, impact: str) -> str:
    """The link that follows upon a consent to both uses."""
    assert client.post(impact, data=FIGURES_TYPED | {"to_assessors": "yes"}).status_code == 200
    drain(runtime, HANDLERS)
    return newest_path(runtime, MENTEE["email"])
