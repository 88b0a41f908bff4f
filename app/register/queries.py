"""What the register counts over all certificates and cases; single ones it asks of their features."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.applications.tables import CaseRow
from app.audit.events import Event
from app.audit.tables import EventRow
from app.certificates.rules import CertificateState
from app.certificates.tables import CertificateRow
from app.decisions.rules import DecisionKind
from app.decisions.tables import DecisionRow
from app.register.statistics import Scope
from app.work import Work


def applications(work: Work, first: date, last: date) -> int:
    """Return how many applications came in on these days; pilots certify nobody and do not count."""
    return work.session.exec(
        select(sa.func.count())
        .select_from(CaseRow)
        .where(
            col(CaseRow.body_id) == work.body_id,
            col(CaseRow.submitted_on) >= first,
            col(CaseRow.submitted_on) <= last,
            ~col(CaseRow.is_pilot),
        )
    ).one()


def decisions(work: Work, first: date, last: date) -> Mapping[DecisionKind, int]:
    """Return how many decisions of each kind were taken on these days, those on pilots left out."""
    found = work.session.exec(
        select(DecisionRow.kind, sa.func.count())
        .join(
            CaseRow,
            (col(CaseRow.body_id) == col(DecisionRow.body_id))
            & (col(CaseRow.id) == col(DecisionRow.case_id)),
        )
        .where(
            col(DecisionRow.body_id) == work.body_id,
            col(DecisionRow.decided_on) >= first,
            col(DecisionRow.decided_on) <= last,
            ~col(CaseRow.is_pilot),
        )
        .group_by(col(DecisionRow.kind))
    ).all()
    return {DecisionKind(kind): count for kind, count in found}


def in_force(work: Work, on: date, *, before: datetime) -> Counter[Scope]:
    """Count the certificates in force on a day, by scope, moves that happened later left out.

    Counted by the database, since there may be a million; the few that were ever moved are read one by one.
    """
    texts = [sa.cast(col(column), sa.Text) for column in (CertificateRow.phases, CertificateRow.endorsements)]
    by = (col(CertificateRow.scheme_code), col(CertificateRow.level), *texts)
    rows = work.session.execute(
        sa.select(*by, sa.func.count()).where(*_within_dates(work, on)).group_by(*by)
    ).all()
    found = Counter({_scope(*scope): count for *scope, count in rows})
    found.subtract(_out_of_force(work, on, before))
    return found


def _out_of_force(work: Work, on: date, before: datetime) -> Counter[Scope]:
    """Count the certificates whose last move before an instant left them suspended or withdrawn."""
    columns = (
        CertificateRow.scheme_code,
        CertificateRow.level,
        CertificateRow.phases,
        CertificateRow.endorsements,
    )
    rows = work.session.execute(
        sa.select(col(EventRow.stream), col(EventRow.body), *map(col, columns))
        .join(
            EventRow,
            (col(EventRow.body_id) == col(CertificateRow.body_id))
            & (col(EventRow.stream) == col(CertificateRow.id)),
        )
        .where(
            *_within_dates(work, on),
            col(EventRow.event) == Event.CERTIFICATE_MOVED,
            col(EventRow.at) < before,
        )
        .order_by(col(EventRow.stream), col(EventRow.sseq))
    ).all()
    last: dict[UUID, tuple[bytes, Scope]] = {}
    for stream, body, scheme, level, phases, endorsements in rows:
        last[stream] = body, Scope(scheme, level, tuple(phases), tuple(endorsements))
    return Counter(scope for body, scope in last.values() if not _is_valid(body))


def _is_valid(body: bytes) -> bool:
    """Read from an event which state it moved a certificate to."""
    return bool(json.loads(body)["facts"]["state"] == CertificateState.VALID)


def _within_dates(work: Work, on: date) -> tuple["sa.ColumnElement[bool]", ...]:
    return (
        col(CertificateRow.body_id) == work.body_id,
        col(CertificateRow.effective_on) <= on,
        col(CertificateRow.expires_on) >= on,
    )


def _scope(scheme: str, level: int, phases: str, endorsements: str) -> Scope:
    return Scope(scheme, level, tuple(json.loads(phases)), tuple(json.loads(endorsements)))
