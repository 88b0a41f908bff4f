"""What is asked about certificates and documents."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from app.certificates.rules import DocumentState
from app.certificates.tables import CertificateRow, DocumentRow, NumberCounterRow
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Slice, Window, page
from app.work import Work


def next_serial(work: Work, prefix: str) -> int:
    """Count one on under a prefix; the counter's row stays locked until the work ends."""
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(NumberCounterRow).values(body_id=work.body_id, id=new_id(), prefix=prefix, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["body_id", "prefix"], set_={"last": col(NumberCounterRow.last) + 1}
    ).returning(col(NumberCounterRow.last))
    return int(work.session.execute(counted).scalar_one())


def _certificates(work: Work) -> Any:
    return select(CertificateRow).where(col(CertificateRow.body_id) == work.body_id)


def _found(row: CertificateRow | None) -> CertificateRow:
    if row is None:
        raise NotFound("certificate")
    return row


def by_id(work: Work, certificate_id: UUID) -> CertificateRow:
    """Return a certificate of this body."""
    return _found(work.session.get(CertificateRow, (work.body_id, certificate_id)))


def for_update(work: Work, certificate_id: UUID) -> CertificateRow:
    """Return a certificate, locked for change."""
    wanted = col(CertificateRow.id) == certificate_id
    return _found(work.session.exec(_certificates(work).where(wanted).with_for_update()).first())


def own(work: Work, certificate_id: UUID, person_id: UUID) -> CertificateRow:
    """Return a certificate that this person holds."""
    row = by_id(work, certificate_id)
    return _found(row if row.person_id == person_id else None)


def by_code(work: Work, code: str) -> CertificateRow:
    """Return the certificate with this verification code."""
    return _found(work.session.exec(_certificates(work).where(col(CertificateRow.code) == code)).first())


def by_number(work: Work, number: str) -> CertificateRow:
    """Return the certificate with this number."""
    return _found(work.session.exec(_certificates(work).where(col(CertificateRow.number) == number)).first())


def by_document(work: Work, sha256: str) -> CertificateRow:
    """Return the certificate that a document with this hash was issued for."""
    return _found(
        work.session.exec(
            _certificates(work)
            .join(
                DocumentRow,
                (col(DocumentRow.body_id) == col(CertificateRow.body_id))
                & (col(DocumentRow.stream) == col(CertificateRow.id)),
            )
            .where(col(DocumentRow.sha256) == sha256, col(DocumentRow.state) == DocumentState.READY)
        ).first()
    )


def is_issued(work: Work, decision_id: UUID) -> bool:
    """Tell whether a decision has its certificate already."""
    return (
        work.session.exec(_certificates(work).where(col(CertificateRow.decision_id) == decision_id)).first()
        is not None
    )


def of_case(work: Work, case_id: UUID) -> CertificateRow | None:
    """Return the newest certificate of a case."""
    wanted = _certificates(work).where(col(CertificateRow.case_id) == case_id)
    return cast(
        CertificateRow | None, work.session.exec(wanted.order_by(sa.desc(col(CertificateRow.id)))).first()
    )


def of_person(work: Work, person_id: UUID) -> Sequence[CertificateRow]:
    """Return the certificates that a person holds or held, newest first."""
    wanted = _certificates(work).where(col(CertificateRow.person_id) == person_id)
    return list(work.session.exec(wanted.order_by(sa.desc(col(CertificateRow.id)))).all())


def listed(work: Work, wanted: Window) -> Slice[CertificateRow]:
    """Return one page of the body's certificates."""
    query = _certificates(work).order_by(col(CertificateRow.id))
    if wanted.after is not None:
        query = query.where(col(CertificateRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def documents_of(work: Work, certificate_ids: Sequence[UUID]) -> dict[UUID, DocumentRow]:
    """Return the newest document of each certificate."""
    rows = work.session.exec(
        select(DocumentRow)
        .where(col(DocumentRow.body_id) == work.body_id, col(DocumentRow.stream).in_(certificate_ids))
        .order_by(col(DocumentRow.edition))
    ).all()
    return {row.stream: row for row in rows}


def document(work: Work, document_id: UUID) -> DocumentRow:
    """Return a document of this body."""
    found = work.session.get(DocumentRow, (work.body_id, document_id))
    if found is None:
        raise NotFound("document")
    return found


def document_for_update(work: Work, document_id: UUID) -> DocumentRow:
    """Return a document, locked for change."""
    found = work.session.exec(
        select(DocumentRow)
        .where(col(DocumentRow.body_id) == work.body_id, col(DocumentRow.id) == document_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("document")
    return found
