"""Use cases of first contact: a stranger writes and confirms, a mentor answers, nobody sees her address."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Conflict, NotFound
from app.core.ids import new_id, new_secret, secret_hash
from app.core.paging import Slice, Window
from app.directory import queries
from app.directory.rules import contact as rules
from app.directory.rules.contact import ContactAction, ContactState
from app.directory.schemas.contacts import AnswerCreate, ContactAnswer, ContactCreate
from app.directory.service import searching
from app.directory.service.showing import Mentor
from app.directory.tables import ContactRow
from app.notices import service as notices
from app.notices.rules import NoticeKind, Recipient
from app.work import Work


def ask(work: Work, listing_id: UUID, wanted: ContactCreate) -> dict[str, object]:
    """Take a stranger's message down, and ask by mail whether the address is hers; it waits until then."""
    work.open_to_all()
    mentor = searching.mentor(work, listing_id, searching.reached(work, is_adviser=False))
    _ensure_may_write(work, mentor, wanted.email)
    _count(work, rules.sender_key(wanted.email), rules.MOST_FROM_SENDER)
    secret, expires_at = new_secret(), work.now + rules.LINK_LIFE
    row = ContactRow(
        body_id=work.body_id,
        id=new_id(),
        listing_id=listing_id,
        person_id=mentor.row.person_id,
        language=wanted.language,
        sender_name=wanted.name,
        sender_email=wanted.email,
        message=wanted.message,
        sender_secret_hash=secret_hash(secret),
        asked_at=work.now,
        expires_at=expires_at,
        empty_on=day_in(bodies.own(work).time_zone, expires_at) + timedelta(days=1),
    )
    work.session.add(row)
    _ask_sender(work, row, mentor, secret)
    work.record(Event.CONTACT_ASKED, row, listing=listing_id, expires_at=expires_at)
    return {"mentor_name": mentor.name, "expires_at": expires_at}


def _ensure_may_write(work: Work, mentor: Mentor, email: str) -> None:
    rules.ensure_accepting(mentor.row.is_accepting)
    if notices.recipient(work, mentor.row.person_id) is None:
        raise Conflict("mentor_unreachable")
    reporters = queries.reporters(work, email)
    rules.ensure_not_barred(len(reporters), by_this_mentor=mentor.row.person_id in reporters)


def _count(work: Work, key: str, most: int) -> None:
    """Count one more message on this day; the row counted on is locked, so that two at once both count."""
    left = rules.seconds_left(work.now, bodies.own(work).time_zone)
    rules.ensure_within(queries.count_on(work, key, work.today), most, retry_after=left)


def _ask_sender(work: Work, row: ContactRow, mentor: Mentor, secret: str) -> None:
    """Ask whether the address is hers; nothing that was typed in stands in this mail, whoever typed it."""
    body = bodies.own(work)
    assert row.sender_email is not None
    notices.send(
        work,
        Recipient(row.sender_email, row.sender_email, row.language),
        NoticeKind.CONTACT_TO_CONFIRM,
        about=row.id,
        key=_confirm_key(row.id),
        facts={"mentor": mentor.name, "until": day_in(body.time_zone, row.expires_at)},
        link=f"/contact/{body.slug}/{secret}",
    )


def asked(work: Work, secret: str) -> dict[str, object]:
    """Show a sender what will be passed on; the secret in her hand is the permission. It changes nothing."""
    work.open_to_all()
    row = queries.by_sender_secret(work, secret_hash(secret))
    _ensure_open(work, row)
    return {
        "mentor_name": _mentor(work, row).name,
        "name": row.sender_name,
        "message": row.message,
        "expires_at": row.expires_at,
    }


def pass_on(work: Work, secret: str) -> dict[str, object]:
    """Pass a message on, once, when its sender has confirmed that the address is hers."""
    work.open_to_all()
    row = queries.by_sender_secret(work, secret_hash(secret), lock=True)
    _ensure_open(work, row)
    mentor = _mentor(work, row)
    assert row.sender_email is not None
    _ensure_may_write(work, mentor, row.sender_email)
    _count(work, rules.mentor_key(row.person_id), rules.MOST_TO_MENTOR)
    own_secret = new_secret()
    row.state = rules.after(row.state, ContactAction.PASS_ON)
    row.passed_on_at, row.mentor_secret_hash = work.now, secret_hash(own_secret)
    row.empty_on = work.today + rules.KEPT
    work.session.add(row)
    _tell_mentor(work, row, own_secret)
    work.record(Event.CONTACT_PASSED_ON, row, listing=row.listing_id)
    return {"mentor_name": mentor.name}


def _ensure_open(work: Work, row: ContactRow) -> None:
    rules.ensure_unsent(row.state)
    rules.ensure_live(row.expires_at, work.now, is_emptied=row.emptied_at is not None)


def _mentor(work: Work, row: ContactRow) -> Mentor:
    """Return the mentor if she can still be found; she may have withdrawn since, or lost her certificate."""
    try:
        return searching.mentor(work, row.listing_id, searching.reached(work, is_adviser=False))
    except NotFound:
        raise Conflict("mentor_gone") from None


def _tell_mentor(work: Work, row: ContactRow, secret: str) -> None:
    body, to = bodies.own(work), notices.recipient(work, row.person_id)
    assert to is not None
    assert row.sender_name is not None
    assert row.sender_email is not None
    assert row.message is not None
    notices.send(
        work,
        to,
        NoticeKind.CONTACT_PASSED_ON,
        about=row.id,
        key=f"contact:{row.id}:passed_on",
        facts={"days": rules.KEPT.days},
        link=f"/contact-answer/{body.slug}/{secret}",
        enclosed={"sender": row.sender_name, "address": row.sender_email, "message": row.message},
    )


def to_answer(work: Work, secret: str) -> dict[str, object]:
    """Show a mentor the message that the link in her mail is about. It changes nothing."""
    work.open_to_all()
    row = queries.by_mentor_secret(work, secret_hash(secret))
    _ensure_kept(row)
    return {"state": row.state, "name": row.sender_name, "message": row.message}


def answer(work: Work, secret: str, told: AnswerCreate) -> ContactRow:
    """Take down that a mentor declines, or reports abuse; the secret in her hand is the permission."""
    work.open_to_all()
    return _answered(work, queries.by_mentor_secret(work, secret_hash(secret), lock=True), told)


def answer_own(work: Work, contact_id: UUID, told: AnswerCreate) -> ContactRow:
    """Take down that the caller declines a message to her, or reports abuse."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    row = queries.contact_for_update(work, contact_id, work.person_id)
    if row.state is ContactState.ASKED:  # not hers to know of before its sender has confirmed
        raise NotFound("contact")
    return _answered(work, row, told)


def _answered(work: Work, row: ContactRow, told: AnswerCreate) -> ContactRow:
    _ensure_kept(row)
    declines = told.answer is ContactAnswer.DECLINE
    row.state = rules.after(row.state, ContactAction.DECLINE if declines else ContactAction.REPORT)
    if not declines:
        row.reason = told.reason
    work.session.add(row)
    if declines:
        _tell_sender(work, row)
    work.record(Event.CONTACT_DECLINED if declines else Event.CONTACT_REPORTED, row, listing=row.listing_id)
    return row


def _ensure_kept(row: ContactRow) -> None:
    if row.emptied_at is not None:
        raise Conflict("contact_emptied")


def _tell_sender(work: Work, row: ContactRow) -> None:
    """Tell a sender that the mentor cannot take her on."""
    body = bodies.own(work)
    assert row.sender_email is not None
    notices.send(
        work,
        Recipient(row.sender_email, row.sender_email, row.language),  # the name would stay in the notice
        NoticeKind.CONTACT_DECLINED,
        about=row.id,
        key=_declined_key(row.id),
        facts={},
        link=f"/mentors/{body.slug}",
    )


def search_own(work: Work, wanted: Window) -> Slice[ContactRow]:
    """Return one page of the messages that were passed on to the caller."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    return queries.contacts_to(work, work.person_id, wanted)


def due_to_be_emptied(work: Work) -> Sequence[UUID]:
    """Return the contacts whose texts have been kept long enough."""
    work.require_system()
    return queries.to_be_emptied(work, work.today)


def empty(work: Work, contact_id: UUID) -> None:
    """Forget who wrote, whence and what; that something was passed on, and when, stays."""
    work.require_system()
    row = queries.contact_for_update(work, contact_id)
    if row.emptied_at is not None:
        return
    row.sender_name = row.sender_email = row.message = row.reason = None
    row.salt = None  # so that nobody can try texts against the commitments in the log
    row.emptied_at = work.now
    work.session.add(row)
    for key in (_confirm_key(row.id), _declined_key(row.id)):
        notices.forget_recipient(work, key)
    work.record(Event.CONTACT_EMPTIED, row)


def forget_counts(work: Work) -> None:
    """Forget the counts of days that are over."""
    work.require_system()
    queries.forget_counts(work, rules.kept_from(work.today))


def _confirm_key(contact_id: UUID) -> str:
    return f"contact:{contact_id}:confirm"


def _declined_key(contact_id: UUID) -> str:
    return f"contact:{contact_id}:declined"
