"""A draft form, the panel study that is planned for it, and one whose first round is open."""

import pytest

from tests.factories import studies as the
from tests.factories.studies import JUDGES


@pytest.fixture
def form(client, world, version_id):
    return the.a_draft_form(client, world, version_id)


@pytest.fixture
def study(client, world, form):
    return the.planned(client, world, form)


@pytest.fixture
def rating(client, world, study):
    """A study of the least panel with its first round open."""
    the.a_panel(client, world, study, JUDGES[:5])
    the.opened(client, world, study)
    return study
