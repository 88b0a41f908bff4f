"""The mentor's practice: engagements, sessions by CSV, records, and what her mentees confirm."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from mentorcert_client import Client
from mentorcert_client.api.impartiality import impartiality_record_fact
from mentorcert_client.api.practice import (
    practice_add_mentee,
    practice_answer,
    practice_ask_mentee,
    practice_complete_engagement,
    practice_import_sessions,
    practice_log_record,
    practice_open_engagement,
    practice_own_summary,
    practice_reach_milestone,
    practice_read_engagement,
)
from mentorcert_client.models import (
    BodyPracticeImportSessions,
    EngagementClose,
    EngagementCreate,
    InvolvementCreate,
    LinkCreate,
    MenteeAnswer,
    MenteeCreate,
    MilestoneCreate,
    RecordCreate,
)
from mentorcert_client.types import File

from app.demo import content
from app.demo.prologue import Cast
from app.demo.show import Show
from app.demo.stage import Stage, link_in
from app.demo.voices import DemoError, Voice, key, told

_SEEN = {
    "initial_goals": ("clear_goals", "Goals written down at the first meeting, each with a figure."),
    "first_advice": ("put_to_use", "Something is done differently since, and both know why."),
    "network_success": ("contact_made", "The contact still answers, without the mentor."),
    "business_milestone": ("target_reached", "The figure that was set at the start was reached."),
    "after_plan": ("long_term_plan", "Two pages for the time afterwards, written by the mentee."),
}
"""The sign by which each milestone showed itself, and the mentor's note."""


def log_a_year(stage: Stage, cast: Cast, mentor: Voice, today: date, show: Show) -> UUID:
    """Log everything, let the mentees confirm, and return the engagement that was observed."""
    show.step("She logs her practice; her mentees confirm it")
    _note_training(cast, mentor, today)
    engagements = content.engagements(today)
    opened = [_open(mentor, engagement["open"]) for engagement in engagements]
    _import(mentor, today, show)
    for engagement, row in zip(engagements, opened, strict=True):
        _carry_through(mentor, row, engagement)
        _confirm(stage, mentor, row.id, engagement)
    for record in content.records(today):
        body = RecordCreate.from_dict(record)
        told(practice_log_record.sync_detailed(client=mentor.client, body=body, idempotency_key=key()))
    summary = told(practice_own_summary.sync_detailed(client=mentor.client))
    values = {str(found.measure): found.value for found in summary.measures if found.window_months is None}
    show.line(
        f"{len(engagements)} engagements, {values['confirmed_hours']} hours confirmed by mentees,"
        f" {values['distinct_smes']} firms, {values['completed_engagements']} engagements completed"
    )
    return UUID(str(opened[-2].id))


def _note_training(cast: Cast, mentor: Voice, today: date) -> None:
    """Enter into the ledger who trained her: from then on the rules know."""
    fact = {
        "person_id": str(cast.trainer.person_id),
        "candidate_id": str(mentor.person_id),
        "act": "trained",
        "started_on": today.replace(day=1, year=today.year - 1).isoformat(),
        "ended_on": today.replace(day=1, year=today.year - 1).isoformat(),
    }
    told(
        impartiality_record_fact.sync_detailed(
            client=cast.impartiality_officer.client,
            body=InvolvementCreate.from_dict(fact),
            idempotency_key=key(),
        )
    )


def _open(mentor: Voice, wanted: dict[str, Any]) -> Any:
    body = EngagementCreate.from_dict(wanted)
    return told(
        practice_open_engagement.sync_detailed(client=mentor.client, body=body, idempotency_key=key())
    )


def _import(mentor: Voice, today: date, show: Show) -> None:
    """Import all sessions at once; a file with a bad row loads nothing and says which row."""
    text = content.sessions(today)
    bad = text + f"olivar,{today.isoformat()},23:00,22:00,session,Ends before it starts\n"
    judged = _send(mentor, bad, dry_run=True)
    wrong = [row for row in judged.rows if not row.is_ok]
    if len(wrong) != 1 or judged.loaded:
        raise DemoError("the bad row was not found, or something was loaded")
    fault = f"row {wrong[0].row} (the heading is row 1), column {wrong[0].column}: {wrong[0].message}"
    show.line(f"a trial run of {len(judged.rows)} sessions refuses {fault}")
    loaded = _send(mentor, text, dry_run=False)
    show.line(f"{loaded.loaded} sessions imported")


def _send(mentor: Voice, text: str, *, dry_run: bool) -> Any:
    upload = File(payload=BytesIO(text.encode()), file_name="sessions.csv", mime_type="text/csv")
    answer = practice_import_sessions.sync_detailed(
        client=mentor.client,
        body=BodyPracticeImportSessions(file=upload),
        dry_run=dry_run,
        idempotency_key=key(),
    )
    return told(answer)


def _confirm(stage: Stage, mentor: Voice, engagement_id: UUID, engagement: dict[str, Any]) -> None:
    """Have the mentee asked by mail; with the link in it, and no account, she confirms and gives feedback."""
    contact = {"name": engagement["mentee_name"], "email": f"{engagement_id}@firm.example", "language": "en"}
    mentee = told(
        practice_add_mentee.sync_detailed(
            engagement_id, client=mentor.client, body=MenteeCreate.from_dict(contact), idempotency_key=key()
        )
    )
    told(
        practice_ask_mentee.sync_detailed(
            engagement_id, client=mentor.client, body=LinkCreate(mentee_id=mentee.id), idempotency_key=key()
        )
    )
    secret = link_in(stage.mail_to(contact["email"])).rpartition("/")[2]
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True, timeout=60)
    said = MenteeAnswer.from_dict({"disputed": [], "feedback": engagement["feedback"]})
    told(practice_answer.sync_detailed(stage.slug, secret, client=stranger, body=said))


def _carry_through(mentor: Voice, row: Any, engagement: dict[str, Any]) -> None:
    """Note the milestones that were reached, and complete what came to its end."""
    client = mentor.client
    rev = told(practice_read_engagement.sync_detailed(row.id, client=client)).rev
    for kind in engagement["milestones"]:
        code, note = _SEEN[kind]
        body = MilestoneCreate.from_dict({"kind": kind, "indicators": [{"code": code, "note": note}]})
        row = told(
            practice_reach_milestone.sync_detailed(
                row.id, client=client, body=body, if_match=f'"{rev}"', idempotency_key=key()
            )
        )
        rev = row.rev
    if engagement["ended_on"] is not None:
        end = EngagementClose.from_dict({"ended_on": engagement["ended_on"]})
        told(
            practice_complete_engagement.sync_detailed(
                row.id, client=client, body=end, if_match=f'"{rev}"', idempotency_key=key()
            )
        )
