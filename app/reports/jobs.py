"""The job that makes a report: gather, compute, draw, store. It may be run again any time."""

from uuid import UUID

from app.reports import making
from app.reports.drawing import draw
from app.reports.making import Gathered, Made
from app.work import Caller


def make(caller: Caller, report_id: UUID) -> None:
    """Make one report unless that is done; computing and drawing happen outside any transaction."""
    gathered: Gathered | None = caller.read(making.gather, report_id)
    if gathered is None:
        return
    made = making.compute(gathered)
    _keep(caller, report_id, made, draw(gathered.head, made))


def _keep(caller: Caller, report_id: UUID, made: Made, pdf: bytes) -> None:
    caller.write(making.keep, report_id, made, pdf)
