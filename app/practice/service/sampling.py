"""Use cases of sampling attestations: draw a share of them, and check each that was drawn (amendment 3).

Attestations of sessions are sampled. Those of records and of evidence are not: a review looks at each.
"""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id, new_secret
from app.core.paging import Slice, Window
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.people import service as people
from app.practice import queries
from app.practice.rules import SessionAction, SessionState
from app.practice.rules import sampling as rules
from app.practice.rules.sampling import CheckOutcome
from app.practice.schemas.sampling import AttestationCheck, SampleCreate
from app.practice.service.confirming import locked, settle
from app.practice.service.mailing import facts_of
from app.practice.tables import AttestationCheckRow, AttestationRow, EngagementRow, SampleRow, SessionRow
from app.work import Work


def draw_sample(work: Work, wanted: SampleCreate) -> SampleRow:
    """Draw a share of a period's attestations by a seed that nobody chose; one's own are left out."""
    work.require(Permission.PRACTICE_SAMPLE)
    if wanted.given_until > work.today:
        raise Invalid("day_not_come", pointer="/given_until")
    queries.lock_samples(work)  # nothing is drawn twice
    frame = queries.attestations_to_sample(work, wanted.given_from, wanted.given_until, not_of=work.person_id)
    seed = new_secret()
    drawn = rules.drawn(frame, seed=seed, percent=wanted.percent)
    row = SampleRow(
        body_id=work.body_id,
        id=new_id(),
        **wanted.model_dump(),
        seed=seed,
        attestations=len(frame),
        frame_sha256=rules.frame_of(frame),
        drawn=len(drawn),
        drawn_by=work.person_id,
        drawn_on=work.today,
    )
    work.session.add(row)
    work.session.flush()  # its checks, written as plain rows, refer to it
    work.recorder.insert(AttestationCheckRow, [{"stream": row.id, "attestation_id": one} for one in drawn])
    told = {name: getattr(row, name) for name in ("seed", "percent", "attestations", "frame_sha256")}
    work.record(
        Event.SAMPLE_DRAWN,
        row,
        given_from=row.given_from,
        given_until=row.given_until,
        drawn=drawn,
        **told,
    )
    return row


def samples(work: Work, wanted: Window) -> Slice[SampleRow]:
    """Return one page of the samples that were drawn."""
    work.require(Permission.PRACTICE_READ_SAMPLES)
    return queries.samples_page(work, wanted)


def attestation_checks(work: Work, wanted: Window, *, is_open: bool) -> dict[str, object]:
    """Return one page of the checks still to be done, or done; none that concerns the caller."""
    work.require(Permission.PRACTICE_READ_SAMPLES)
    found = queries.checks_page(work, wanted, is_open=is_open, not_of=work.person_id)
    attestations = queries.attestations_of(work, [row.attestation_id for row in found.items])
    return {
        "items": [_told(row, attestations[row.attestation_id]) for row in found.items],
        "next": found.next,
    }


def attestation_to_check(work: Work, check_id: UUID) -> dict[str, object]:
    """Show all that is needed to check an attestation; the access is recorded."""
    work.require(Permission.PRACTICE_READ_SAMPLES)
    row = queries.check(work, check_id)
    attestation, engagement = _checkable(work, row)
    work.record(Event.RECORD_DISCLOSED, engagement, what="attestation to check")
    return _told(row, attestation) | {
        "mentor_name": people.known(work, engagement.person_id).printed_name,
        "attester_name": people.known(work, attestation.attester_id).printed_name,
        "basis": attestation.basis,
        "covered": [
            session.model_dump(include={"id", "held_on", "state"})
            | {"minutes": int((session.ends_at - session.starts_at).total_seconds()) // 60}
            for session in _covered(work, attestation)
        ],
        "note": row.note,
    }


def check_attestation(work: Work, check_id: UUID, told: AttestationCheck) -> dict[str, object]:
    """Take down what came out of a check, once; what was not upheld is disputed unless the mentee spoke."""
    work.require(Permission.PRACTICE_SAMPLE)
    row = queries.check_for_update(work, check_id)
    sample = queries.lock_sample(work, row.stream)
    attestation, engagement = _checkable(work, row)
    if row.outcome is not None:
        raise Conflict("attestation_checked_already")
    row.outcome, row.note = told.outcome, told.note
    row.checked_by, row.checked_on = work.person_id, work.today
    work.session.add(row)
    work.record(
        Event.ATTESTATION_CHECKED, sample, check=row.id, attestation=attestation.id, outcome=told.outcome
    )
    if told.outcome is CheckOutcome.NOT_UPHELD:
        _dispute(work, locked(work, engagement.id), attestation)
    return _told(row, attestation)


def _checkable(work: Work, row: AttestationCheckRow) -> tuple[AttestationRow, EngagementRow]:
    """Return a drawn attestation and its engagement to somebody who has no part in either."""
    attestation = queries.attestations_of(work, [row.attestation_id])[row.attestation_id]
    engagement = queries.engagement(work, attestation.stream)
    rules.ensure_may_check(
        work.person_id, attester_id=attestation.attester_id, mentor_id=engagement.person_id
    )
    return attestation, engagement


def _dispute(work: Work, engagement: EngagementRow, attestation: AttestationRow) -> None:
    """Dispute the sessions for which nothing stands but the attestation, and write to the mentor."""
    sessions = [one for one in _covered(work, attestation) if one.state is SessionState.ATTESTED]
    if not sessions:
        return
    for session in sessions:
        settle(work, session, SessionAction.DISPUTE)
    work.record(
        Event.SESSIONS_CONFIRMED,
        engagement,
        confirmed=0,
        disputed=len(sessions),
        how="attestation not upheld",
        attestation=attestation.id,
    )
    if (to := notices.recipient(work, engagement.person_id)) is not None:
        facts = facts_of(work, engagement, None) | {"sessions": len(sessions)}
        notices.send(
            work,
            to,
            NoticeKind.ATTESTATION_NOT_UPHELD,
            about=engagement.id,
            key=f"attestation:{attestation.id}",
            facts=facts,
        )


def _covered(work: Work, attestation: AttestationRow) -> list[SessionRow]:
    covered = set(attestation.session_ids or ())
    return [one for one in queries.sessions_in(work, attestation.stream) if str(one.id) in covered]


def _told(row: AttestationCheckRow, attestation: AttestationRow) -> dict[str, object]:
    plain = row.model_dump(include={"id", "attestation_id", "outcome", "checked_by", "checked_on"})
    given = attestation.model_dump(include={"attester_id", "capacity", "attested_on", "sessions"})
    return plain | given | {"sample_id": row.stream, "engagement_id": attestation.stream}
