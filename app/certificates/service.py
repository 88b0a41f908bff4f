"""Use cases of certificates: issue one for a decision, move it, show it, hand out its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.certificates import queries, rules
from app.certificates.content import CertificateContent, ContentError, Named, Signatory
from app.certificates.fonts import uncovered
from app.certificates.rules import Grant, Move, ScopeDimension, Status
from app.certificates.tables import CertificateRow, DocumentRow, ScopeRow
from app.certificates.wording import standard_of, wording
from app.core.errors import Conflict, Invalid
from app.core.ids import new_code, new_id
from app.core.paging import Slice, Window
from app.files import service as files
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.schemes import service as schemes
from app.work import Work


@dataclass(frozen=True)
class Shown:
    """A certificate as it stands on a day: row, frozen content and newest document seen as one."""

    row: CertificateRow
    content: CertificateContent
    document: DocumentRow
    status: Status

    @property
    def id(self) -> UUID:
        """The id of the certificate."""
        return self.row.id

    def __getattr__(self, name: str) -> object:
        """Read what the content says, and else what the row says."""
        source = self.content if name in CertificateContent.__dataclass_fields__ else self.row
        return getattr(source, name)


@dataclass(frozen=True)
class Download:
    """The sealed bytes of a certificate, as they were stored."""

    number: str
    sha256: str
    content: bytes


def issue(work: Work, grant: Grant) -> CertificateRow:
    """Issue the certificate of a decision to grant, in the decision's own work (9.4.7, CRT-2).

    Callers have asked their own permission. The document follows by a job.
    """
    if queries.is_issued(work, grant.decision_id):
        raise Conflict("certificate_issued_already", decision=grant.decision_id)
    prefix = rules.number_prefix(grant.scheme_code, grant.decided_on.year)
    content = _content(work, grant, rules.number(prefix, queries.next_serial(work, prefix)))
    certificate = CertificateRow(
        body_id=work.body_id,
        id=new_id(),
        number=content.number,
        code=content.code,
        case_id=grant.case_id,
        decision_id=grant.decision_id,
        person_id=grant.person_id,
        content=content.to_document(),
        scheme_version_id=grant.scheme_version_id,
        scheme_code=grant.scheme_code,
        scheme_version=grant.scheme_version,
        level=grant.level,
        phases=[code for code, _ in grant.phases],
        endorsements=[code for code, _ in grant.endorsements],
        decided_on=grant.decided_on,
        effective_on=grant.effective_on,
        expires_on=grant.expires_on,
    )
    work.session.add(certificate)
    work.session.flush()  # document and scope refer to it
    _index_scope(work, certificate)
    document = DocumentRow(body_id=work.body_id, id=new_id(), stream=certificate.id, edition=content.edition)
    work.session.add(document)
    jobs.enqueue(work, Job.SEAL_DOCUMENT, document.id, key=str(document.id))
    work.record(Event.CERTIFICATE_ISSUED, certificate, number=certificate.number, decision=grant.decision_id)
    return certificate


def _index_scope(work: Work, certificate: CertificateRow) -> None:
    """Make the certificate be found by what it covers."""
    covered = (
        (ScopeDimension.PHASE, certificate.phases),
        (ScopeDimension.ENDORSEMENT, certificate.endorsements),
    )
    for dimension, codes in covered:
        for code in codes:
            work.session.add(
                ScopeRow(body_id=work.body_id, certificate_id=certificate.id, dimension=dimension, code=code)
            )


def _content(work: Work, grant: Grant, number: str) -> CertificateContent:
    """Freeze what the certificate says; refuse what contradicts itself or cannot be printed."""
    body, code = bodies.own(work), new_code()
    package = schemes.version_of(work, grant.scheme_version_id).package
    try:
        content = CertificateContent(
            number=number,
            code=code,
            edition=1,
            language=grant.language,
            demonstration=body.is_demo,
            holder_name=grant.holder_name,
            body_name=body.legal_name,
            body_slug=body.slug,
            scheme_code=grant.scheme_code,
            scheme_title=grant.scheme_title,
            scheme_version=grant.scheme_version,
            scheme_issued_on=grant.scheme_issued_on,
            standard=standard_of(package, grant.language),
            level=grant.level,
            level_title=grant.level_title,
            phases=tuple(Named(*phase) for phase in grant.phases),
            endorsements=tuple(Named(*endorsement) for endorsement in grant.endorsements),
            practice_languages=grant.practice_languages,
            limitations=grant.limitations or wording(grant.language, "no_limitations"),
            decided_on=grant.decided_on,
            effective_on=grant.effective_on,
            expires_on=grant.expires_on,
            authorised_by=Signatory(grant.authorised_by, wording(grant.language, "decision_maker")),
            accreditation=None,
            ownership_notice=wording(grant.language, "ownership_notice", body=body.legal_name),
            status_notice=wording(grant.language, "status_notice"),
            verify_url=f"{work.runtime.settings.public_url}/v/{body.slug}/{code}",
        )
    except ContentError as fault:
        raise Invalid("certificate_content_refused", field=fault.field, reason=fault.reason) from None
    if unprintable := uncovered(grant.holder_name):
        raise Invalid("name_not_printable", characters=unprintable)
    return content


def apply(work: Work, certificate_id: UUID, move: Move) -> CertificateRow:
    """Move a certificate as a decision says (LIF-1); callers have asked their own permission."""
    certificate = queries.for_update(work, certificate_id)
    certificate.state = rules.after(certificate.state, move)
    work.session.add(certificate)
    work.record(Event.CERTIFICATE_MOVED, certificate, state=certificate.state, move=move)
    return certificate


def of_case(work: Work, case_id: UUID) -> CertificateRow | None:
    """Return the newest certificate of a case, if it has one; callers have asked their own permission."""
    return queries.of_case(work, case_id)


def of_person(work: Work, person_id: UUID) -> Sequence[CertificateRow]:
    """Return the certificates that a person holds or held; callers have asked their own permission."""
    return queries.of_person(work, person_id)


def search(work: Work, wanted: Window) -> Slice[Shown]:
    """Return one page of the body's certificates."""
    work.require(Permission.CERTIFICATES_READ)
    found = queries.listed(work, wanted)
    return Slice(_shown(work, found.items), found.next)


def search_own(work: Work) -> dict[str, Sequence[Shown]]:
    """Return all certificates of the caller."""
    work.require(Permission.CERTIFICATES_READ_OWN)
    return {"items": _shown(work, queries.of_person(work, work.person_id))}


def read_own(work: Work, certificate_id: UUID) -> Shown:
    """Return one certificate of the caller."""
    work.require(Permission.CERTIFICATES_READ_OWN)
    return shown(work, queries.own(work, certificate_id, work.person_id))


def download_own(work: Work, certificate_id: UUID) -> Download:
    """Return the sealed bytes of the caller's certificate, unless suspended or withdrawn (LIF-2)."""
    work.require(Permission.CERTIFICATES_READ_OWN)
    certificate = queries.own(work, certificate_id, work.person_id)
    rules.ensure_may_download(certificate.state)
    document = queries.documents_of(work, [certificate.id])[certificate.id]
    if document.file_id is None or document.sha256 is None:
        raise Conflict("document_pending")
    return Download(certificate.number, document.sha256, files.content(work, document.file_id))


def shown(work: Work, certificate: CertificateRow) -> Shown:
    """Return a certificate as it stands today; callers have asked their own permission."""
    return _shown(work, [certificate])[0]


def _shown(work: Work, rows: Sequence[CertificateRow]) -> list[Shown]:
    documents = queries.documents_of(work, [row.id for row in rows])
    return [
        Shown(row, CertificateContent.from_document(row.content), documents[row.id], _status(row, work.today))
        for row in rows
    ]


def _status(row: CertificateRow, today: date) -> Status:
    return rules.status_on(row.state, row.effective_on, row.expires_on, on=today)


def by_code(work: Work, code: str) -> Shown:
    """Return the certificate with this verification code; callers have asked their own permission."""
    return shown(work, queries.by_code(work, code))


def by_number(work: Work, number: str) -> Shown:
    """Return the certificate with this number; callers have asked their own permission."""
    return shown(work, queries.by_number(work, number))


def by_document(work: Work, sha256: str) -> Shown:
    """Return the certificate that these bytes were issued for; callers have asked their own permission."""
    return shown(work, queries.by_document(work, sha256))
