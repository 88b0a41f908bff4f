"""What is written to mentors about their requests; callers have asked their own permission."""

from datetime import date

from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.programmes import queries
from app.programmes.rules.states import RequestState
from app.programmes.tables import RequestRow
from app.work import Work

_KINDS = {
    RequestState.OFFERED: NoticeKind.PROGRAMME_OFFERED,
    RequestState.WAITING: NoticeKind.PROGRAMME_WAITING,
    RequestState.DECLINED: NoticeKind.PROGRAMME_DECLINED,
    RequestState.LEFT: NoticeKind.PROGRAMME_LEFT,
}


def write_of(work: Work, row: RequestRow) -> None:
    """Write to a mentor in what state her request is now, and why (PRG-5); each state is told once."""
    to = notices.recipient(work, row.person_id)
    if to is None:
        return
    names = queries.by_id(work, row.programme_id).names
    notices.send(
        work,
        to,
        _KINDS[row.state],
        about=row.id,
        key=f"programme-request/{row.id}/{row.state}",
        facts={
            "programme": names.get(to.language) or next(iter(names.values())),
            "reasons": row.reasons,
            "days": tuple(map(date.fromisoformat, queries.window(work, row.window_id).induction_days)),
        },
    )
