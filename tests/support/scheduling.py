"""Which worker runs which test: any, except where tests share what is costly to make."""

from xdist.scheduler import LoadScopeScheduling

_COSTLY = ("tests/journeys/", "tests/contract/test_permissions.py")


class Together(LoadScopeScheduling):
    """Keeps the tests of a costly module on one worker, so that each database sees its making once.

    They also come first, since larger groups are handed out before single tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith(_COSTLY):
            return nodeid
        kind = "postgresql" if "[postgresql" in nodeid else "sqlite"
        return f"{nodeid.partition('::')[0]} {kind}"
