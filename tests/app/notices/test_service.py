"""Notices: written with the change, sent once by a job, their link forgotten."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.ids import new_id
from app.core.post import Mail, UndeliverableError
from app.jobs.running import drain
from app.notices import service as notices
from app.notices.rules import NoticeKind, Recipient
from app.work import Caller, Runtime, Work
from app.worker import HANDLERS
from tests.support.counting import events, rows
from tests.support.days import Mailbox, begin_day, mailbox
from tests.support.world import World

ABOUT = new_id()
LINK = "/confirm/alpha/a-secret-of-hers"


def ana(**changes: object) -> Recipient:
    return Recipient(**({"email": "ana@firm.example", "name": "Ana", "language": "es"} | changes))


def write(work: Work, to: Recipient, key: str = "one", link: str | None = LINK) -> UUID:
    work.require_system()
    facts = {"mentor": "Zoë", "sme": "Olivar", "sessions": 2, "until": date(2026, 4, 1)}
    return notices.send(
        work, to, NoticeKind.CONFIRMATION_ASKED, about=ABOUT, key=key, facts=facts, link=link
    ).id


def test_a_notice_leaves_in_the_recipients_language_with_its_link(runtime: Runtime, system: Caller):
    system.write(write, ana())

    begin_day(runtime)

    [mail] = mailbox(runtime)
    assert (mail.address, mail.name, mail.language) == ("ana@firm.example", "Ana", "es")
    assert f"{runtime.settings.public_url}{LINK}" in mail.text
    assert "1 de abril de 2026" in mail.text
    [row] = rows(runtime, "notices")
    assert (row.state, row.link) == ("sent", None)
    assert LINK not in row.text


@pytest.mark.parametrize("place", ["link", "name", "body"])
def test_what_somebody_typed_opens_no_place_for_the_secret(runtime: Runtime, system: Caller, place: str):
    typed = f"https://elsewhere.example/?u={{{place}}}"

    def written(work: Work) -> UUID:
        work.require_system()
        facts = {"mentor": typed, "sme": typed, "sessions": 2, "until": date(2026, 4, 1)}
        to = ana(name=typed)
        return notices.send(
            work, to, NoticeKind.CONFIRMATION_ASKED, about=ABOUT, key="one", facts=facts, link=LINK
        ).id

    system.write(written)
    begin_day(runtime)

    [mail] = mailbox(runtime)
    assert mail.text.count(LINK) == 1
    assert "elsewhere.example/?u=h" not in mail.text
    assert "elsewhere.example/?u=/" not in mail.text


def test_a_language_that_we_do_not_speak_becomes_the_bodys(runtime: Runtime, system: Caller):
    system.write(write, ana(language="fi"))

    begin_day(runtime)

    assert mailbox(runtime)[0].language == "en"


def test_the_same_key_is_the_same_notice_and_leaves_once(runtime: Runtime, system: Caller):
    first = system.write(write, ana())
    second = system.write(write, ana())
    begin_day(runtime)
    begin_day(runtime)

    assert first == second
    assert len(mailbox(runtime)) == 1
    assert len(events(runtime, "notice.written")) == len(events(runtime, "notice.sent")) == 1


def test_a_work_that_fails_writes_no_notice(runtime: Runtime, system: Caller):
    def fails(work: Work) -> None:
        write(work, ana())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        system.write(fails)

    begin_day(runtime)
    assert mailbox(runtime) == []


def test_the_link_lies_sealed_and_in_no_event(runtime: Runtime, system: Caller):
    system.write(write, ana())

    [row] = rows(runtime, "notices")
    assert row.link.startswith("v1:")
    assert not any(b"secret-of-hers" in bytes(event.body) for event in rows(runtime, "events"))
    assert not any(b"ana@firm" in bytes(event.body) for event in rows(runtime, "events"))


class Broken(Mailbox):
    """A post that fails as told."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault: Exception | None = fault

    def send(self, mail: Mail) -> None:
        if self.fault is not None:
            raise self.fault
        super().send(mail)


def broken(runtime: Runtime, fault: Exception) -> Broken:
    post = Broken(fault)
    object.__setattr__(runtime, "post", post)
    return post


def test_a_server_that_is_down_is_asked_again(runtime: Runtime, system: Caller, clock):
    post = broken(runtime, ConnectionRefusedError())
    system.write(write, ana())

    failed = drain(runtime, HANDLERS)
    post.fault = None
    clock.instant = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    drain(runtime, HANDLERS)

    assert [failure.code for failure in failed.failures] == ["ConnectionRefusedError"]
    assert len(post.mails) == 1


def test_what_can_never_arrive_is_given_up_and_its_link_forgotten(runtime: Runtime, system: Caller):
    broken(runtime, UndeliverableError())
    system.write(write, ana())

    drain(runtime, HANDLERS)

    [row] = rows(runtime, "notices")
    assert (row.state, row.link) == ("given_up", None)
    assert len(events(runtime, "notice.given_up")) == 1


@pytest.mark.parametrize("column", ["text", "subject", "key", "template"])
def test_what_was_said_stays_as_it_was_said(runtime: Runtime, system: Caller, column: str):
    system.write(write, ana())

    with (
        pytest.raises(sa.exc.IntegrityError, match=r"as_written|9\.8\.6"),
        runtime.database.writing() as session,
    ):
        session.execute(sa.text(f"UPDATE notices SET {column} = 'other', rev = rev + 1"))


def test_the_recipient_reads_hers_and_staff_only_that_there_was_one(
    client: TestClient, runtime: Runtime, world: World, system: Caller
):
    person = world.alpha["person"]

    def write_to_her(work: Work) -> None:
        work.require_system()
        to = notices.recipient(work, person.person_id)
        assert to is not None
        write(work, to)

    system.write(write_to_her)
    system.write(write, ana(), "two")

    own = client.get("/v1/me/notices", headers=person.headers).json()["items"]
    seen = client.get("/v1/notices", headers=world.alpha["auditor"].headers).json()["items"]

    assert [one["person_id"] for one in own] == [str(person.person_id)]
    assert "Olivar" in own[0]["text"]
    assert "secret-of-hers" not in str(own)
    assert len(seen) == 2
    assert "text" not in seen[0] and "ana@" not in str(seen)
    assert client.get("/v1/me/notices", headers=world.alpha["mentee"].headers).json()["items"] == []
    assert client.get("/v1/notices", headers=world.beta["auditor"].headers).json()["items"] == []
