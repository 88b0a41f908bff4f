import pytest

from tests.factories.certificates import a_published_version, a_seal, granted


@pytest.fixture
def certificate(client, world, system):
    """A certificate granted to the person of body alpha, its document still to be sealed."""
    a_seal(system)
    version = a_published_version(client, world.alpha)
    return granted(system, version, world.alpha["person"].person_id, world.alpha["decision_maker"].person_id)
