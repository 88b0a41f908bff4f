"""Use cases of evidence: hand it in, redact it, read one's own, and see who opened it.

How those who assess come to it is in `portfolio`; a document that stays where it is, in `vouching`.
"""

import hashlib
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Conflict, Invalid, NotFound
from app.core.paging import Slice, Window
from app.files import service as files
from app.files.rules import FileKind, suffix_of
from app.files.tables import FileRow
from app.practice import queries, rules
from app.practice.rules import Confidentiality, EvidenceKind, Milestone, Offer
from app.practice.schemas.evidence import EngagementEvidenceCreate, EvidenceCreate
from app.practice.tables import EvidenceRow, EvidenceVersionRow
from app.work import Work


@dataclass(frozen=True)
class Download:
    """Bytes to be handed out, with the hash they were pinned by and a name for saving."""

    content: bytes
    sha256: str
    name: str


@dataclass(frozen=True)
class About:
    """What a piece of evidence is to show."""

    engagement_id: UUID | None = None
    milestone: Milestone | None = None
    record_id: UUID | None = None


def attach_to_engagement(
    work: Work, engagement_id: UUID, wanted: EngagementEvidenceCreate, content: bytes | None
) -> dict[str, object]:
    """Hand in evidence for one of the mentor's own engagements; the firm must have agreed (FIL-2)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.engagement_of(work, work.person_id, engagement_id)
    if wanted.consent_on is None:
        raise Invalid("evidence_consent_missing", pointer="/consent_on")
    return _attach(work, wanted, content, About(engagement_id=row.id, milestone=wanted.milestone))


def attach_to_record(
    work: Work, record_id: UUID, wanted: EvidenceCreate, content: bytes | None
) -> dict[str, object]:
    """Hand in evidence for one of the mentor's own records (FIL-2)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.record_of(work, work.person_id, record_id)
    return _attach(work, wanted, content, About(record_id=row.id))


def redact(work: Work, evidence_id: UUID, content: bytes) -> dict[str, object]:
    """Add a redacted version; the earlier ones are kept, and never shown to others again (FIL-2)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.lock_mentor(work, work.person_id)  # what she keeps is counted
    row = queries.evidence_of(work, work.person_id, evidence_id)
    rules.ensure_redactable(row.kind)
    _ensure_room(work, len(content), is_new=False)
    version = _add(work, row, content, url=None, sha256=None, is_redacted=True)
    work.record(
        Event.EVIDENCE_REDACTED, row, version=version.number, sha256=version.sha256, size=version.size
    )
    work.session.flush()  # the answer reads the versions back
    return _told(work, row)


def own_evidence(work: Work, wanted: Window) -> dict[str, object]:
    """Return one page of the mentor's own evidence."""
    work.require(Permission.PRACTICE_LOG_OWN)
    found: Slice[EvidenceRow] = queries.evidence_page(work, work.person_id, wanted)
    return {"items": [_told(work, row) for row in found.items], "next": found.next}


def own_piece(work: Work, evidence_id: UUID) -> dict[str, object]:
    """Return one of the mentor's own pieces of evidence."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return _told(work, queries.evidence_of(work, work.person_id, evidence_id))


def own_content(work: Work, evidence_id: UUID, version_id: UUID) -> Download:
    """Return the bytes of any version of the mentor's own evidence, as she handed them in."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.evidence_of(work, work.person_id, evidence_id)
    found = next((found for found in queries.versions_of(work, [row.id]) if found.id == version_id), None)
    if found is None:
        raise NotFound("version")
    return download(work, row, found)


def accesses(work: Work, evidence_id: UUID) -> dict[str, object]:
    """Tell the mentor who opened a piece of her evidence, by role and day.

    Not by name: who works for the body opens it on the body's behalf, and an assessor whom candidates know
    by name can be pressed. The log keeps the person, for the auditor and for a complaint.
    """
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.evidence_of(work, work.person_id, evidence_id)
    zone = bodies.own(work).time_zone
    return {
        "items": [
            {"on": day_in(zone, found.at), "role": found.facts["role"], "version": found.facts["version"]}
            for found in queries.disclosures(work, row.id)
            if found.facts["what"] == "evidence"
        ]
    }


def download(work: Work, row: EvidenceRow, version: EvidenceVersionRow) -> Download:
    """Return a version's bytes, or nothing at all where they are not those that were pinned (FIL-1, FIL-2).

    Callers have asked their own permission. Bytes that were changed underneath are recorded as found.
    """
    if version.file_id is None:
        raise NotFound("content")
    damaged = Conflict("evidence_damaged", rule="FIL-1", version=version.number)
    damaged.aftermath = partial(_note_damage, evidence_id=row.id, version=version.number)
    try:
        content = files.content(work, version.file_id)
    except files.FileDamagedError:
        raise damaged from None
    if hashlib.sha256(content).hexdigest() != version.sha256:
        raise damaged
    name = f"evidence-{str(row.id)[-12:]}-{version.number}.{suffix_of(version.media_type or '')}"
    return Download(content, version.sha256, name)


def _attach(work: Work, wanted: EvidenceCreate, content: bytes | None, about: About) -> dict[str, object]:
    queries.lock_mentor(work, work.person_id)  # what she keeps is counted
    kind = rules.kind_of(_offer(wanted, content))
    _ensure_acceptable(work, wanted, len(content or b""))
    row = EvidenceRow(
        body_id=work.body_id,
        person_id=work.person_id,
        engagement_id=about.engagement_id,
        milestone=about.milestone,
        record_id=about.record_id,
        kind=kind,
        title=wanted.title,
        confidentiality=wanted.confidentiality,
        consent_on=wanted.consent_on,
    )
    work.session.add(row)
    work.session.flush()  # its versions refer to it
    version = None
    if kind is not EvidenceKind.ATTESTATION:
        version = _add(
            work, row, content, url=wanted.url, sha256=wanted.sha256, is_redacted=wanted.is_redacted
        )
    work.record(
        Event.EVIDENCE_HANDED_IN,
        row,
        kind=kind,
        confidentiality=row.confidentiality,
        about=row.engagement_id or row.record_id,
        milestone=row.milestone,
        consent_on=row.consent_on,
        sha256=version.sha256 if version is not None else None,
        size=version.size if version is not None else None,
    )
    work.session.flush()  # the answer reads the versions back
    return _told(work, row)


def _offer(wanted: EvidenceCreate, content: bytes | None) -> Offer:
    return Offer(wanted.confidentiality, content is not None, wanted.url, wanted.sha256, wanted.is_redacted)


def _ensure_acceptable(work: Work, wanted: EvidenceCreate, size: int) -> None:
    """Refuse a title or a shown address that gives a firm away, a day to come, and too much."""
    firms = queries.firms(work, work.person_id)
    rules.ensure_names_no_firm(wanted.title, firms, pointer="/title")
    if wanted.url is not None and wanted.confidentiality is Confidentiality.OPEN:
        rules.ensure_names_no_firm(wanted.url, firms, pointer="/url")
    if wanted.consent_on is not None and wanted.consent_on > work.today:
        raise Invalid("day_not_come", pointer="/consent_on")
    _ensure_room(work, size)


def _ensure_room(work: Work, more: int, *, is_new: bool = True) -> None:
    items, size = queries.evidence_kept(work, work.person_id)
    settings = work.runtime.settings
    rules.ensure_room(
        items=items - (not is_new),
        size=size,
        more=more,
        items_most=settings.evidence_items_most,
        size_most=settings.evidence_size_most,
    )


def _add(
    work: Work,
    row: EvidenceRow,
    content: bytes | None,
    *,
    url: str | None,
    sha256: str | None,
    is_redacted: bool,
) -> EvidenceVersionRow:
    file: FileRow | None = None
    if content is not None:
        file = files.store(work, content, kind=FileKind.EVIDENCE, is_public=False)
        rules.ensure_hash(sha256, file.sha256)
    pinned = file.sha256 if file is not None else sha256
    assert pinned is not None  # a link without snapshot was given with the hash of what stood there
    version = EvidenceVersionRow(
        body_id=work.body_id,
        stream=row.id,
        number=len(queries.versions_of(work, [row.id])) + 1,
        sha256=pinned,
        size=file.size if file is not None else 0,
        media_type=file.media_type if file is not None else None,
        file_id=file.id if file is not None else None,
        url=url,
        is_redacted=is_redacted,
        added_at=work.now,
    )
    work.session.add(version)
    return version


def _told(work: Work, row: EvidenceRow) -> dict[str, object]:
    versions = queries.versions_of(work, [row.id])
    shown = rules.shown(row.confidentiality, versions)
    attestations = queries.evidence_attestations(work, [row.id])
    return plain(row) | {
        "versions": [told_version(version) for version in versions],
        "shown_version": shown.number if shown is not None else None,
        "attestation": attestations[0] if attestations else None,
    }


def plain(row: EvidenceRow) -> dict[str, object]:
    """Return what everybody concerned is told of a piece of evidence."""
    return row.model_dump(
        include={
            "id",
            "engagement_id",
            "milestone",
            "record_id",
            "kind",
            "title",
            "confidentiality",
            "consent_on",
        }
    )


def told_version(row: EvidenceVersionRow) -> dict[str, object]:
    """Return a version as it is told."""
    return row.model_dump(
        include={"id", "number", "is_redacted", "sha256", "size", "media_type", "url", "added_at"}
    ) | {"has_bytes": row.file_id is not None}


def _note_damage(work: Work, *, evidence_id: UUID, version: int) -> None:
    """Record that bytes were found changed underneath, once the refused work was rolled back."""
    work.open_to_all()
    work.record(Event.EVIDENCE_FOUND_DAMAGED, queries.evidence(work, evidence_id), version=version)
