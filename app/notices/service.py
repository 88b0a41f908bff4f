"""Writing a notice in the work that it tells of, and noting what became of it."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import in_words
from app.core.ids import new_id
from app.core.messages import LOCALES, notice_template
from app.core.paging import Slice, Window
from app.core.post import Mail, mailbox_of
from app.core.secrets import Purpose, key_id_of
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.notices import queries, rules
from app.notices.rules import NoticeAction, NoticeKind, NoticeState, Recipient
from app.notices.tables import NoticeRow
from app.people import service as people
from app.work import Work

_WIDE_BRACES = str.maketrans("{}", "\uff5b\uff5d")
_PLACE = re.compile(r"\{(\w+)\}")


def recipient(work: Work, person_id: UUID) -> Recipient | None:
    """Return a person as recipient, or None where she has no account; callers have asked their permission."""
    addresses = queries.addresses_of(work, person_id)
    if not addresses:
        return None
    person = people.known(work, person_id)
    return Recipient(addresses[0], person.printed_name, person.language, person.id)


def mailboxes(work: Work, person_id: UUID) -> frozenset[str]:
    """Return the mailboxes of all of a person's accounts; callers have asked their permission."""
    return frozenset(map(mailbox_of, queries.addresses_of(work, person_id)))


def send(
    work: Work,
    to: Recipient,
    kind: NoticeKind,
    *,
    about: UUID,
    key: str,
    facts: Mapping[str, object],
    link: str | None = None,
    enclosed: Mapping[str, str] | None = None,
) -> NoticeRow:
    """Write a notice, and ask for it to be sent; the same key again is the same notice.

    `link` is a path of this service and may hold a secret: it is filled in when the mail leaves, and kept
    nowhere in the open. `enclosed` holds facts that the mail passes on, such as somebody's message: they too
    stand in the mail alone. Callers have asked their own permission.
    """
    if (known := queries.by_key(work, key)) is not None:
        return known
    row = NoticeRow(
        body_id=work.body_id,
        id=new_id(),
        kind=kind,
        key=key,
        about=about,
        person_id=to.person_id,
        name=to.name,
        address=to.email,
        written_at=work.now,
        **_worded(work, to, kind, facts, enclosed or {}),
    )
    row.link = None if link is None else _sealed(work, row, link)
    row.enclosed = None if enclosed is None else _sealed(work, row, json.dumps(dict(enclosed)))
    work.session.add(row)
    jobs.enqueue(work, Job.SEND_NOTICE, row.id, key=str(row.id))
    work.record(Event.NOTICE_WRITTEN, row, kind=kind, about=about, language=row.language)
    return row


def _worded(
    work: Work, to: Recipient, kind: NoticeKind, facts: Mapping[str, object], enclosed: Mapping[str, str]
) -> dict[str, Any]:
    """Put a notice into the recipient's language, leaving places open for what stands in the mail alone."""
    language = _language(work, to)
    template = notice_template(kind, language)
    typed = {**facts, "name": to.name, "body": bodies.own(work).legal_name}
    told = {name: _in_words(fact, language) for name, fact in typed.items()}
    told |= {name: f"{{{name}}}" for name in ("link", *enclosed)}
    return {
        "language": language,
        "template": hashlib.sha256("\n".join(template).encode()).hexdigest()[:16],
        "subject": template.subject.format_map(told),
        "text": template.text.format_map(told),
    }


def _in_words(fact: object, language: str) -> object:
    """Write a day as people of that language do; a brace that somebody typed opens no place for a secret."""
    if isinstance(fact, date):
        return in_words(fact, language)
    if isinstance(fact, tuple):
        return ", ".join(str(_in_words(one, language)) for one in fact)
    return fact.translate(_WIDE_BRACES) if isinstance(fact, str) else fact


def _language(work: Work, to: Recipient) -> str:
    """Choose the recipient's language, else the body's, else English."""
    return next((one for one in (to.language, bodies.own(work).language) if one in LOCALES), LOCALES[0])


def mail(work: Work, notice_id: UUID) -> Mail | None:
    """Return a notice as a mail that can leave, or None once it has; only the service itself asks."""
    work.require_system()
    row = queries.by_id(work, notice_id)
    if row.state is not NoticeState.WRITTEN:
        return None
    return Mail(
        id=row.id,
        sender=bodies.own(work).legal_name,
        name=row.name,
        address=row.address,
        subject=row.subject,
        text=_filled(work, row),
        language=row.language,
    )


def _filled(work: Work, row: NoticeRow) -> str:
    """Fill the places that were left open, in one go: what is filled in is not looked at again."""
    filling: dict[str, str] = {}
    if row.enclosed is not None:
        filling |= json.loads(_opened(work, row, row.enclosed))
    if row.link is not None:
        filling["link"] = work.runtime.settings.public_url + _opened(work, row, row.link)
    return _PLACE.sub(lambda place: filling.get(place[1], place[0]), row.text)


def note_sent(work: Work, notice_id: UUID) -> None:
    """Note that a notice has left; its link is forgotten."""
    work.require_system()
    row = queries.for_update(work, notice_id)
    row.state, row.sent_at = rules.after(row.state, NoticeAction.SEND), work.now
    row.link = row.enclosed = None
    work.session.add(row)
    work.record(Event.NOTICE_SENT, row, kind=row.kind)


def give_up(work: Work, notice_id: UUID) -> None:
    """Note that a notice can never arrive; its link is forgotten."""
    work.require_system()
    row = queries.for_update(work, notice_id)
    row.state = rules.after(row.state, NoticeAction.GIVE_UP)
    row.link = row.enclosed = None
    work.session.add(row)
    work.record(Event.NOTICE_GIVEN_UP, row, kind=row.kind)


def forget_recipient(work: Work, key: str) -> None:
    """Forget whom a notice went to; that it was written, and when, stays (callers have asked their own).

    For people without an account, whose address was kept for one purpose that is over. The salt goes too, so
    that nobody can try addresses against the commitment in the log.
    """
    row = queries.by_key(work, key)
    if row is None or not row.address:
        return
    row.name = row.address = ""
    row.salt = None
    work.session.add(row)
    work.record(Event.NOTICE_EMPTIED, row, kind=row.kind)


def search(work: Work, wanted: Window) -> Slice[NoticeRow]:
    """Return one page of what the body has written to people, without what was said."""
    work.require(Permission.NOTICES_READ)
    return queries.listed(work, wanted)


def search_own(work: Work, wanted: Window) -> Slice[NoticeRow]:
    """Return one page of what the body has written to the caller."""
    work.require(Permission.NOTICES_READ_OWN)
    return queries.listed(work, wanted, person_id=work.person_id)


def _sealed(work: Work, row: NoticeRow, link: str) -> str:
    key = work.runtime.keyring.newest_secret(work.body_id, Purpose.FILES)
    return key.seal(link.encode(), place=_place(row))


def _opened(work: Work, row: NoticeRow, envelope: str) -> str:
    key = work.runtime.keyring.secret(work.body_id, Purpose.FILES, key_id_of(envelope))
    return key.open(envelope, place=_place(row)).decode()


def _place(row: NoticeRow) -> str:
    return f"notices/{row.body_id}/{row.id}"
