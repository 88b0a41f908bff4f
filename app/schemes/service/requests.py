"""The change log's other end: what people say about a version, who they speak for, and what comes of it."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.core.paging import Slice, Window
from app.schemes import queries
from app.schemes.rules import VersionState, requests
from app.schemes.rules.requests import ChangeRequestState, Chosen, RequestAction
from app.schemes.schemas import (
    RequestAccept,
    RequestComment,
    RequestCreate,
    RequestDecline,
    RequestNote,
)
from app.schemes.tables import ChangeRequestRow, RequestCommentRow, SchemeVersionRow
from app.work import Work

_ACTION = {
    ChangeRequestState.ACCEPTED: RequestAction.ACCEPT,
    ChangeRequestState.DECLINED: RequestAction.DECLINE,
    ChangeRequestState.NOTED: RequestAction.NOTE,
}

_HIDDEN = {"body_id", "salt", "rev", "stream"}


def file_request(work: Work, scheme_id: UUID, wanted: RequestCreate) -> dict[str, object]:
    """File a comment, a change request or an error, naming for which interested party one speaks (8.4 b)."""
    work.require(Permission.SCHEMES_COMMENT)
    version = _version_meant(work, scheme_id, wanted.version_id)
    requests.ensure_interest(version.package, wanted.interest)
    requests.ensure_place(version.package, wanted.place)
    row = ChangeRequestRow(
        body_id=work.body_id,
        scheme_id=scheme_id,
        version_id=version.id,
        filed_by=work.person_id,
        filed_at=work.now,
        **wanted.model_dump(exclude={"version_id"}),
    )
    work.session.add(row)
    work.record(
        Event.REQUEST_FILED,
        row,
        scheme=scheme_id,
        version=version.id,
        kind=row.kind,
        place=row.place,
        interest=row.interest,
    )
    work.session.flush()  # the answer tells the version that the request stands in
    return _told(work, row)


def comment(work: Work, request_id: UUID, wanted: RequestComment) -> dict[str, object]:
    """Add to a request of somebody else, or to one's own, while it is open."""
    work.require(Permission.SCHEMES_COMMENT)
    request = queries.request_for_update(work, request_id)
    request.state = requests.after(request.state, RequestAction.COMMENT)
    requests.ensure_interest(queries.version(work, request.version_id).package, wanted.interest)
    row = RequestCommentRow(
        body_id=work.body_id,
        stream=request.id,
        written_by=work.person_id,
        written_at=work.now,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.REQUEST_COMMENTED, request, comment=row.id, interest=row.interest)
    work.session.flush()  # the answer reads the comment back
    return _told(work, request)


def answer_request(
    work: Work, request_id: UUID, wanted: RequestAccept | RequestDecline | RequestNote
) -> dict[str, object]:
    """Answer a request once: accepted with the version it is done in, declined with reasons, or noted."""
    work.require(Permission.SCHEMES_DRAFT)
    row = queries.request_for_update(work, request_id)
    row.state = requests.after(row.state, _ACTION[wanted.state])
    if isinstance(wanted, RequestAccept):
        row.done_in_id = _done_in(work, row, wanted.done_in).id
    row.answer, row.answered_by, row.answered_at = wanted.answer, work.person_id, work.now
    work.session.add(row)
    work.record(Event.REQUEST_ANSWERED, row, state=row.state, done_in=row.done_in_id)
    work.session.flush()  # the answer tells the version that the request stands in now
    return _told(work, row)


def search_requests(work: Work, scheme_id: UUID, wanted: Window, chosen: Chosen) -> dict[str, object]:
    """Return one page of what was said about a scheme, as far as the filter lets through."""
    _require_reader(work)
    queries.scheme(work, scheme_id)
    found: Slice[ChangeRequestRow] = queries.requests_of(work, scheme_id, wanted, chosen)
    return {"items": _told_all(work, found.items), "next": found.next}


def read_request(work: Work, request_id: UUID) -> dict[str, object]:
    """Return a request with its comments and its answer."""
    _require_reader(work)
    return _told(work, queries.request(work, request_id))


def balance(work: Work, scheme_id: UUID) -> dict[str, object]:
    """Tell for which interested parties people spoke, those for whom nobody did included (8.4 b)."""
    _require_reader(work)
    said = queries.voices(work, scheme_id)
    declared = requests.interests(_version_meant(work, scheme_id, None).package)
    requested = Counter(voice.interest for voice in said if voice.is_request)
    spoken = Counter(voice.interest for voice in said)
    people: dict[str, set[UUID]] = {}
    for voice in said:
        people.setdefault(voice.interest, set()).add(voice.person_id)
    named = (*declared, *sorted(set(spoken) - set(declared)))
    return {
        "items": [
            {
                "interest": name,
                "requests": requested[name],
                "comments": spoken[name] - requested[name],
                "people": len(people.get(name, ())),
            }
            for name in named
        ]
    }


def _require_reader(work: Work) -> None:
    """Let every person of the body read; what people wrote is not for machines."""
    work.require(Permission.SCHEMES_READ)
    _ = work.person_id


def _version_meant(work: Work, scheme_id: UUID, version_id: UUID | None) -> SchemeVersionRow:
    """Return the version that is named; without a name the newest published one, else the newest draft."""
    scheme = queries.scheme(work, scheme_id)
    if version_id is not None:
        version = queries.version(work, version_id)
        if version.scheme_id != scheme.id:
            raise NotFound("scheme_version")
        return version
    found = queries.published(work, scheme.code) or next(reversed(queries.versions_of(work, scheme_id)), None)
    if found is None:
        raise Conflict("scheme_without_version", scheme=scheme.code)
    return found


def _done_in(work: Work, request: ChangeRequestRow, version_id: UUID) -> SchemeVersionRow:
    version = _version_meant(work, request.scheme_id, version_id)
    requests.ensure_done_elsewhere(
        is_same=version.id == request.version_id, is_frozen=version.state is not VersionState.DRAFT
    )
    return version


def _told(work: Work, row: ChangeRequestRow) -> dict[str, object]:
    return _told_all(work, [row])[0]


def _told_all(work: Work, rows: Sequence[ChangeRequestRow]) -> list[dict[str, object]]:
    """Tell requests with their comments; who wrote is for those who answer and for the auditor."""
    sees_names = work.may(Permission.SCHEMES_DRAFT) or work.may(Permission.EVENTS_READ)
    by_request: dict[UUID, list[dict[str, object]]] = {row.id: [] for row in rows}
    for said in queries.comments_on(work, by_request):
        is_own = said.written_by == work.actor.person_id
        written_by = said.written_by if is_own or sees_names else None
        by_request[said.stream].append(
            {**said.model_dump(exclude=_HIDDEN), "is_own": is_own, "written_by": written_by}
        )
    told = []
    for row in rows:
        is_own = row.filed_by == work.actor.person_id
        filed_by = row.filed_by if is_own or sees_names else None
        told.append(
            {
                **row.model_dump(exclude={"body_id", "salt"}),
                "is_own": is_own,
                "filed_by": filed_by,
                "comments": by_request[row.id],
            }
        )
    return told
