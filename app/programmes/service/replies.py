"""Use cases of replies: to many requests at once, each row with its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Refusal
from app.core.messages import sentence
from app.programmes import queries
from app.programmes.rules.board import Board
from app.programmes.rules.dates import ensure_open
from app.programmes.schemas.intake import ReplyBatchCreate, ReplyCreate
from app.programmes.service.boards import board_of, settle
from app.programmes.tables import ReplyBatchRow
from app.work import Work


@dataclass(frozen=True)
class Judged:
    """One row of a batch: carried out, or refused and why."""

    asked: ReplyCreate
    refusal: Refusal | None

    def as_result(self) -> dict[str, object]:
        """Return the row as it is kept: no reasons, which are personal and lie with the request."""
        facts = self.refusal.facts if self.refusal else {}
        return {
            "request_id": str(self.asked.request_id),
            "reply": str(self.asked.reply),
            "code": self.refusal.code if self.refusal else None,
            "facts": {name: str(fact) for name, fact in facts.items()},
        }


def reply(work: Work, window_id: UUID, wanted: ReplyBatchCreate, *, language: str) -> dict[str, object]:
    """Reply to requests of a window in the order given: the good rows are carried out, the bad ones named.

    A place that the batch makes free on balance goes to the first in line (PRG-2).
    """
    work.require(Permission.PROGRAMMES_MANAGE)
    window = queries.window_for_update(work, window_id)
    ensure_open(queries.by_id(work, window.programme_id).state)
    board = board_of(work, window)
    judged = _judged(work, board, wanted.replies)
    board.move_up()
    row = ReplyBatchRow(
        body_id=work.body_id,
        window_id=window_id,
        replied_by=work.person_id,
        replied_at=work.now,
        results=[one.as_result() for one in judged],
        moved_up=[str(request_id) for request_id in board.moved_up],
    )
    if wanted.dry_run:
        return _told(row, language) | {"id": None, "is_dry_run": True}
    work.session.add(row)
    settle(work, board, how="replied", reasons=_reasons(judged))
    told = _told(row, language)
    work.record(
        Event.PROGRAMME_REPLIES_GIVEN,
        row,
        window=window_id,
        carried_out=told["carried_out"],
        refused=told["refused"],
        moved_up=len(row.moved_up),
    )
    return told


def read(work: Work, batch_id: UUID, *, language: str) -> dict[str, object]:
    """Return what became of replies that were given together."""
    work.require(Permission.PROGRAMMES_READ_PEOPLE)
    return _told(queries.batch(work, batch_id), language)


def _judged(work: Work, board: Board, asked: Sequence[ReplyCreate]) -> list[Judged]:
    own = {one.request.id for one in queries.own_requests(work, work.person_id)}
    rows: dict[UUID, int] = {}
    judged = []
    for number, one in enumerate(asked, start=1):
        try:
            if one.request_id in rows:
                raise Conflict("programme_request_repeated", row=rows[one.request_id])
            if one.request_id in own:
                raise Conflict("own_programme_request")
            board.reply(one.request_id, one.reply, one.reasons)
            rows[one.request_id] = number
            judged.append(Judged(one, None))
        except Refusal as refusal:
            judged.append(Judged(one, refusal))
    return judged


def _reasons(judged: Sequence[Judged]) -> Mapping[UUID, str | None]:
    return {one.asked.request_id: one.asked.reasons for one in judged if one.refusal is None}


def _told(row: ReplyBatchRow, language: str) -> dict[str, Any]:
    refused = sum(result["code"] is not None for result in row.results)
    return {
        "id": row.id,
        "is_dry_run": False,
        "replied_at": row.replied_at,
        "carried_out": len(row.results) - refused,
        "refused": refused,
        "rows": [
            {
                "row": number,
                "request_id": result["request_id"],
                "reply": result["reply"],
                "is_ok": result["code"] is None,
                "code": result["code"],
                "message": sentence(result["code"], result["facts"], language) if result["code"] else None,
            }
            for number, result in enumerate(row.results, start=1)
        ],
        "moved_up": row.moved_up,
    }
