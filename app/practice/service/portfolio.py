"""What a candidate shows, for those who assess her; callers have asked their own permission.

They see numbers in place of firms, the version of each piece of evidence that the mentor lets them see, and
nothing else of it. Whoever opens one leaves a trace that the mentor can read.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from app.access.permissions import Role
from app.audit.events import Event
from app.core.errors import NotFound
from app.practice import queries, rules
from app.practice.service.evidence import Download, download, plain, told_version
from app.practice.service.measuring import engagements_in_numbers
from app.practice.tables import EvidenceAttestationRow, EvidenceRow, EvidenceVersionRow
from app.work import Work


def portfolio(work: Work, person_id: UUID, *, submitted_at: datetime) -> dict[str, object]:
    """Return engagements and evidence of a candidate; what came after her application is marked as such."""
    rows = queries.all_evidence(work, person_id)
    ids = [row.id for row in rows]
    attested = {row.stream: row for row in queries.evidence_attestations(work, ids)}
    versions = _by_evidence(work, rows)
    return {
        "engagements": engagements_in_numbers(work, person_id),
        "evidence": [_shown(row, versions[row.id], attested.get(row.id), submitted_at) for row in rows],
    }


def open_evidence(work: Work, person_id: UUID, evidence_id: UUID, *, role: Role, case_id: UUID) -> Download:
    """Return the bytes that who assesses is shown, exactly as they were handed in; the access is recorded."""
    row = queries.evidence_of(work, person_id, evidence_id)
    version = rules.shown(row.confidentiality, queries.versions_of(work, [row.id]))
    if version is None:
        raise NotFound("content")
    found = download(work, row, version)
    work.record(
        Event.RECORD_DISCLOSED,
        row,
        what="evidence",
        version=version.number,
        sha256=version.sha256,
        role=role,
        case=case_id,
    )
    return found


def pins(work: Work, person_id: UUID) -> list[dict[str, object]]:
    """Name every version of a person's evidence with its hash, for what is pinned to it."""
    versions = _by_evidence(work, queries.all_evidence(work, person_id))
    return [
        {"id": str(evidence_id), "version": version.number, "sha256": version.sha256}
        for evidence_id, found in versions.items()
        for version in found
    ]


def _by_evidence(work: Work, rows: Iterable[EvidenceRow]) -> dict[UUID, list[EvidenceVersionRow]]:
    found: dict[UUID, list[EvidenceVersionRow]] = {row.id: [] for row in rows}
    for version in queries.versions_of(work, found):
        found[version.stream].append(version)
    return found


def _shown(
    row: EvidenceRow,
    versions: list[EvidenceVersionRow],
    attested: EvidenceAttestationRow | None,
    submitted_at: datetime,
) -> dict[str, object]:
    version = rules.shown(row.confidentiality, versions)
    return plain(row) | {
        "version": told_version(version) if version is not None else None,
        "is_after_submission": version is not None and version.added_at > submitted_at,
        "attestation": attested,
    }
