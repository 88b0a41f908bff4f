"""The final assessment: the knowledge form, and two judged parts marked blind by two assessors."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from mentorcert_client.api.delivery import (
    delivery_book,
    delivery_check_in,
    delivery_hold,
    delivery_open,
    delivery_open_slot,
    delivery_read,
    delivery_save,
    delivery_submit,
)
from mentorcert_client.api.marking import (
    marking_co_marks,
    marking_declare,
    marking_progress,
    marking_propose,
    marking_queue,
    marking_read,
    marking_release,
    marking_save,
    marking_submit,
)
from mentorcert_client.api.schemes import schemes_search
from mentorcert_client.models import (
    Answer,
    AttemptCreate,
    BookingCreate,
    CheckIn,
    DeclarationCreate,
    MarksSave,
    ProposalCreate,
    ResponsesSave,
    ResultCreate,
    Seen,
    SittingCreate,
    SlotCreate,
    SubmissionCreate,
)

from app.core.clock import SystemClock
from app.demo.prologue import Cast
from app.demo.show import Show
from app.demo.voices import DemoError, Voice, key, problem, told

_CONTENT = Path(__file__).parent / "content"
_SEATS = ("first", "second", "third")
_WHY = {
    "verdicts_differ": "one sheet passes and the other does not",
    "critical_straddles": "a critical element lies below the target on one sheet only",
    "noncritical_apart": "several other elements lie far apart",
}


def sit_knowledge(cast: Cast, mentor: Voice, case_id: UUID, show: Show) -> None:
    """Book a slot, be checked in, answer the sixty items; saved as she goes, submitted once."""
    show.step("Final assessment: the knowledge form")
    client = mentor.client
    _check_in(cast, mentor, case_id, show)
    attempt = told(
        delivery_open.sync_detailed(
            case_id, client=client, body=AttemptCreate(component="F1"), idempotency_key=key()
        )
    )
    paper = told(delivery_read.sync_detailed(attempt.id, client=client))
    responses = _read("responses.yaml")["responses"]
    saved = told(
        delivery_save.sync_detailed(
            attempt.id, client=client, body=ResponsesSave.from_dict({"responses": responses}),
            if_match=f'"{attempt.rev}"', idempotency_key=key(),
        )
    )  # fmt: skip
    told(delivery_submit.sync_detailed(saved.id, client=client, idempotency_key=key()))
    show.line(f"{len(paper.questions)} questions, {len(responses)} answered and submitted")


def _check_in(cast: Cast, mentor: Voice, case_id: UUID, show: Show) -> None:
    """Open a slot that begins soon, let the candidate take it, and see to identity, agreement and aids."""
    schemes = told(schemes_search.sync_detailed(client=mentor.client))
    at = SystemClock().now()
    wanted = {
        "scheme_id": str(schemes.items[0].id),
        "component": "F1",
        "starts_at": (at + timedelta(minutes=30)).isoformat(),
        "ends_at": (at + timedelta(hours=3)).isoformat(),
        "closes_at": (at + timedelta(minutes=20)).isoformat(),
        "mode": "on_site",
        "site": "Demonstration room",
        "places": 12,
    }
    slot = told(
        delivery_open_slot.sync_detailed(
            client=cast.administrator.client, body=SlotCreate.from_dict(wanted), idempotency_key=key()
        )
    )
    booking = told(
        delivery_book.sync_detailed(
            case_id, client=mentor.client, body=BookingCreate(slot_id=slot.id), idempotency_key=key()
        )
    )
    seen = CheckIn(identity_confirmed=True, agreement_signed=True, aids_checked=True)
    told(
        delivery_check_in.sync_detailed(
            booking.id, client=cast.reviewer.client, body=seen, idempotency_key=key()
        )
    )
    show.line("A slot is booked; identity, agreement and aids are checked before she may begin")


def mark(cast: Cast, case_id: UUID, today: date, show: Show) -> None:
    """Hold the sittings, mark blind, call a third where the rule says so, release all results."""
    show.step("Final assessment: observed session and portfolio, marked blind by two")
    sheets = _read("marks.yaml")["components"]
    _propose_trainer(cast, case_id, show)
    for component in ("F2", "F3"):
        _hold(cast, case_id, component, today)
        for seat, assessor in zip(_SEATS[:2], (cast.first, cast.second), strict=True):
            _propose(cast, case_id, component, seat, assessor)
    for assessor in (cast.first, cast.second):
        _declare(assessor, case_id)
    for number, component in enumerate(("F2", "F3")):
        _submit(cast.first, component, sheets[component][0], show)
        if number == 0:
            _peek(cast, show)
        _submit(cast.second, component, sheets[component][1], show)
    _third_where_needed(cast, case_id, sheets, show)
    show.step("Results are released")
    for component in ("F1", "F2", "F3"):
        _release(cast, case_id, component, show)


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_CONTENT / name).read_text(encoding="utf-8"))
    return content


def _propose_trainer(cast: Cast, case_id: UUID, show: Show) -> None:
    body = ProposalCreate.from_dict(
        {"component": "F2", "seat": "first", "assessor_id": str(cast.trainer.person_id)}
    )
    answer = marking_propose.sync_detailed(
        case_id, client=cast.scheme_manager.client, body=body, idempotency_key=key()
    )
    barred = problem(answer, 409)
    show.refused("the candidate's trainer is proposed as assessor", barred)


def _hold(cast: Cast, case_id: UUID, component: str, today: date) -> None:
    held = {
        "component": component,
        "held_on": today.isoformat(),
        "site": "Málaga, Calle Mayor 1, room 2",
        "mode": "on_site",
        "identity_confirmed": True,
        "agreement_signed": True,
        "aids_checked": True,
    }
    told(
        delivery_hold.sync_detailed(
            case_id, client=cast.reviewer.client, body=SittingCreate.from_dict(held), idempotency_key=key()
        )
    )


def _propose(cast: Cast, case_id: UUID, component: str, seat: str, assessor: Voice) -> None:
    body = ProposalCreate.from_dict(
        {"component": component, "seat": seat, "assessor_id": str(assessor.person_id)}
    )
    office = cast.scheme_manager.client
    told(marking_propose.sync_detailed(case_id, client=office, body=body, idempotency_key=key()))


def _declare(assessor: Voice, case_id: UUID) -> None:
    body = DeclarationCreate(answer=Answer.NONE)
    told(marking_declare.sync_detailed(case_id, client=assessor.client, body=body, idempotency_key=key()))


def _assignment(assessor: Voice, component: str) -> Any:
    queue = told(marking_queue.sync_detailed(client=assessor.client)).items
    return next(entry for entry in queue if entry.component == component)


def _submit(assessor: Voice, component: str, sheet: dict[str, Any], show: Show) -> None:
    """Fill in one sheet and submit it."""
    mine = _assignment(assessor, component)
    comments = sheet.get("comments", {})
    marks = [
        {"element": element, "rating": rating, "comment": comments.get(element)}
        for element, rating in sheet["ratings"].items()
    ]
    client = assessor.client
    saved = told(
        marking_save.sync_detailed(
            mine.id, client=client, body=MarksSave.from_dict({"marks": marks}), if_match=f'"{mine.rev}"',
            idempotency_key=key(),
        )
    )  # fmt: skip
    told(
        marking_submit.sync_detailed(
            mine.id,
            client=client,
            body=SubmissionCreate(seen=Seen.LIVE),
            if_match=f'"{saved.rev}"',
            idempotency_key=key(),
        )
    )
    show.line(f"{component}: {assessor.name} has rated {len(marks)} elements of {saved.candidate}")


def _peek(cast: Cast, show: Show) -> None:
    """Show that an assessor cannot reach the other's marks before her own are in."""
    hers = _assignment(cast.first, "F2")
    answer = problem(marking_read.sync_detailed(hers.id, client=cast.second.client), 404)
    show.refused("the second assessor opens the first one's sheet", answer)
    own = _assignment(cast.second, "F2")
    early = problem(marking_co_marks.sync_detailed(own.id, client=cast.second.client), 409)
    show.refused("the second assessor asks for the other's marks", early)


def _third_where_needed(cast: Cast, case_id: UUID, sheets: dict[str, Any], show: Show) -> None:
    """Call a third assessor for every part whose sheets disagree too much."""
    office = cast.scheme_manager.client
    called = 0
    for part in told(marking_progress.sync_detailed(case_id, client=office)).items:
        if not part.reasons:
            continue
        called += 1
        why = "; ".join(_WHY[str(reason)] for reason in part.reasons)
        show.line(f"{part.component}: a third assessor is called, because {why}")
        _propose(cast, case_id, part.component, "third", cast.third)
        _declare(cast.third, case_id)
        _submit(cast.third, part.component, sheets[part.component][2], show)
    if called == 0:
        raise DemoError("the two assessors were meant to disagree enough for a third")


def _release(cast: Cast, case_id: UUID, component: str, show: Show) -> None:
    result = told(
        marking_release.sync_detailed(
            case_id, client=cast.scheme_manager.client, body=ResultCreate(component=component),
            idempotency_key=key(),
        )
    )  # fmt: skip
    if not result.passed:
        raise DemoError(f"{component} was not passed")
    how = (
        f"{result.score_raw} of {result.score_maximum}, cut {result.cut}"
        if result.cut is not None
        else f"{len(result.values)} elements reconciled, each at or above its line"
    )
    show.line(f"{component}: passed, {how}")
