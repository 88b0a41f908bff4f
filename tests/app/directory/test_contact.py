"""First contact: confirmed by its sender, passed on to the mentor, her address shown nowhere."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.certificates.rules import Move
from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.directory.rules.contact import MOVES, ContactAction, ContactState, after
from tests.factories.certificates import moved
from tests.factories.directory import MESSAGE, SEARCH, Pool, listed, newest_link, secret_in
from tests.factories.marking import raw
from tests.factories.practice import at_once
from tests.support.counting import events, rows
from tests.support.days import begin_day, live, mailbox
from tests.support.world import START

SENDER, MENTOR = "katerina@firm.example", "ana@alpha.example"
CONFIRM = "/public/v1/bodies/alpha/contact-confirmations"
ANSWER = "/public/v1/bodies/alpha/contact-answers"


class Relay:
    """One mentor, and a stranger who writes to her."""

    def __init__(self, client, runtime, pool: Pool) -> None:
        self.client, self.runtime, self.pool = client, runtime, pool
        self.ana = pool.person("Ana")
        self.listing = listed(client, self.ana)["id"]

    def write(self, listing: str | None = None, **changes):
        path = f"{SEARCH}/{listing or self.listing}/contacts"
        return self.client.post(path, json=MESSAGE | changes)

    def asked(self, listing: str | None = None, **changes) -> str:
        """Write, and return the path by which the sender confirms."""
        answer = self.write(listing, **changes)
        assert answer.status_code == 202, answer.text
        begin_day(self.runtime)
        path = newest_link(self.runtime, str((MESSAGE | changes)["email"]))
        assert path.startswith("/contact/alpha/")
        return f"{CONFIRM}/{secret_in(path)}"

    def passed_on(self, listing: str | None = None, to: str = MENTOR, **changes) -> str:
        """Write and confirm; return the path by which the mentor answers."""
        answer = self.client.post(self.asked(listing, **changes))
        assert answer.status_code == 200, answer.text
        begin_day(self.runtime)
        path = newest_link(self.runtime, to)
        assert path.startswith("/contact-answer/alpha/")
        return f"{ANSWER}/{secret_in(path)}"


@pytest.fixture
def relay(client, runtime, pool) -> Relay:
    return Relay(client, runtime, pool)


class TestWriting:
    def test_nothing_reaches_the_mentor_before_the_sender_confirms(self, runtime, relay):
        relay.asked()

        [mail] = mailbox(runtime)
        assert mail.address == SENDER
        assert "Ana" in mail.text
        for typed in (MESSAGE["message"], MESSAGE["name"]):
            assert typed not in mail.text + mail.subject + mail.name
        assert MENTOR not in mail.text

    def test_opening_the_link_changes_nothing(self, client, runtime, relay):
        link = relay.asked()

        shown = [client.get(link) for _ in range(3)][-1]
        begin_day(runtime)

        assert shown.json()["message"] == MESSAGE["message"]
        assert [mail.address for mail in mailbox(runtime)] == [SENDER]

    def test_confirmed_the_mentor_is_written_to_with_the_senders_address(self, client, runtime, relay):
        link = relay.asked()

        answer = client.post(link)
        begin_day(runtime)

        mail = mailbox(runtime)[-1]
        assert answer.json() == {"mentor_name": "Ana"}
        assert (mail.address, mail.name) == (MENTOR, "Ana")
        for told in (MESSAGE["message"], MESSAGE["name"], SENDER):
            assert told in mail.text
        assert len(events(runtime, "contact.passed_on")) == 1

    def test_a_link_passes_a_message_on_once_even_at_once(self, client, runtime, relay):
        link = relay.asked()

        statuses = at_once(lambda: client.post(link), 4)
        begin_day(runtime)

        assert statuses == [200, 409, 409, 409]
        assert [mail.address for mail in mailbox(runtime)] == [SENDER, MENTOR]

    def test_a_link_lasts_three_days(self, client, clock, relay):
        link = relay.asked()

        clock.advance(timedelta(days=3) - timedelta(seconds=1))
        before = client.get(link)
        clock.advance(timedelta(seconds=1))
        late = client.post(link)

        assert before.status_code == 200
        assert (late.status_code, late.json()["code"]) == (409, "contact_link_expired")

    def test_an_unknown_secret_opens_nothing(self, client, relay):
        assert relay
        for path in (f"{CONFIRM}/{'A' * 43}", f"{ANSWER}/{'A' * 43}"):
            assert client.get(path).status_code == 404

    def test_neither_secret_nor_message_stays_where_it_need_not(self, client, runtime, relay):
        sender = relay.asked()
        client.post(sender)
        begin_day(runtime)
        mentor = newest_link(runtime, MENTOR)

        with runtime.database.engine.connect() as connection:
            notices = connection.exec_driver_sql("SELECT * FROM notices").fetchall()
            bodies = connection.exec_driver_sql("SELECT body FROM events").scalars().all()
        contacts = rows(runtime, "directory_contacts")

        for secret in (secret_in(sender), secret_in(mentor)):
            assert secret not in str(notices) + str(contacts)
        assert MESSAGE["message"] not in str(notices)
        assert not any(MESSAGE["message"].encode() in bytes(body) for body in bodies)
        assert not any(SENDER.encode() in bytes(body) for body in bodies)

    def test_what_is_typed_in_is_no_place_for_the_service_to_fill(self, client, runtime, relay):
        tricky = "Please look at {link} and {address} and {sender}, they are yours."
        client.post(relay.asked(message=tricky))
        begin_day(runtime)

        assert tricky in mailbox(runtime)[-1].text

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"email": "nobody"}, "/email"),
            ({"email": "a@b.example\nBcc: c@d.example"}, "/email"),
            ({"name": "Kat\nBcc: x@y.example"}, "/name"),
            ({"message": "Hi"}, "/message"),
            ({"message": "x" * 2001}, "/message"),
        ],
    )
    def test_what_is_no_message_is_refused_at_its_place(self, relay, change, pointer):
        answer = relay.write(**change)

        assert answer.status_code == 422
        assert [finding["pointer"] for finding in answer.json()["findings"]] == [pointer]


class TestWhoMayBeWrittenTo:
    def test_a_mentor_who_takes_on_nobody_is_not_written_to(self, relay):
        bea = relay.pool.mentor("Bea", is_accepting=False)

        answer = relay.write(bea)

        assert (answer.status_code, answer.json()["code"]) == (409, "mentor_not_accepting")

    def test_whom_only_advisers_find_is_not_there_for_a_stranger(self, relay):
        bea = relay.pool.mentor("Bea", visibility="advisers")

        assert relay.write(bea).status_code == 404

    @pytest.mark.parametrize("how", ["withdrawn", "suspended"])
    def test_who_is_gone_meanwhile_is_passed_nothing(self, client, runtime, system, relay, how):
        link = relay.asked()
        if how == "withdrawn":
            client.post("/v1/me/listing/withdrawal", headers=relay.ana.headers)
        else:
            held = client.get("/v1/me/certificates", headers=relay.ana.headers).json()["items"][0]
            moved(system, UUID(held["id"]), Move.SUSPEND)

        answer = client.post(link)
        begin_day(runtime)

        assert (answer.status_code, answer.json()["code"]) == (409, "mentor_gone")
        assert [mail.address for mail in mailbox(runtime)] == [SENDER]


class TestLimits:
    def test_one_address_asks_five_times_a_day_whoever_it_asks_for(self, clock, relay):
        bea = relay.pool.mentor("Bea")
        statuses = [relay.write(bea if number % 2 else None).status_code for number in range(5)]
        sixth = relay.write()
        other = relay.write(email="other@firm.example")

        assert statuses == [202] * 5
        assert (sixth.status_code, sixth.json()["code"]) == (429, "contacts_too_many")
        assert 0 < int(sixth.headers["Retry-After"]) <= 86_400
        assert other.status_code == 202
        clock.advance(timedelta(days=1))
        assert relay.write().status_code == 202

    def test_asked_for_all_at_once_there_are_no_more(self, runtime, relay):
        statuses = at_once(relay.write, 8)

        assert statuses == [202] * 5 + [429] * 3
        assert len(rows(runtime, "directory_contacts")) == 5

    def test_a_mentor_is_sent_ten_a_day_and_the_rest_wait(self, client, clock, relay):
        links = [relay.asked(email=f"sender{number}@firm.example") for number in range(11)]

        statuses = [client.post(link).status_code for link in links]
        clock.advance(timedelta(days=1))

        assert statuses == [200] * 10 + [429]
        assert client.post(links[-1]).status_code == 200

    def test_the_days_counts_are_forgotten(self, runtime, relay):
        relay.write()
        assert len(rows(runtime, "directory_contact_tallies")) == 1

        live(runtime, START + timedelta(days=3))

        assert rows(runtime, "directory_contact_tallies") == []


class TestAnswering:
    def test_a_mentor_declines_and_the_sender_is_told(self, client, runtime, relay):
        link = relay.passed_on()

        shown = client.get(link).json()
        answer = client.post(link, json={"answer": "decline"})
        begin_day(runtime)

        mail = mailbox(runtime)[-1]
        assert (shown["name"], shown["message"]) == (MESSAGE["name"], MESSAGE["message"])
        assert answer.json() == {"state": "declined"}
        assert mail.address == SENDER
        assert "/mentors/alpha" in mail.text
        assert MENTOR not in mail.text
        assert client.post(link, json={"answer": "decline"}).status_code == 409
        assert len(events(runtime, "contact.declined")) == 1

    def test_abuse_is_reported_and_its_sender_is_told_nothing(self, client, runtime, relay):
        link = relay.passed_on()
        before = len(mailbox(runtime))

        answer = client.post(link, json={"answer": "report", "reason": "An advertisement."})
        begin_day(runtime)

        assert answer.json() == {"state": "reported"}
        assert len(mailbox(runtime)) == before
        [event] = events(runtime, "contact.reported")
        assert b"advertisement" not in bytes(event.body)

    def test_whom_she_reported_writes_to_her_no_more_and_after_two_to_nobody(self, client, relay):
        bea, cleo = relay.pool.mentor("Bea"), relay.pool.mentor("Cleo")
        client.post(relay.passed_on(), json={"answer": "report"})

        again, other = relay.write(), relay.write(bea)
        client.post(relay.passed_on(bea, "bea@alpha.example"), json={"answer": "report"})
        third = relay.write(cleo)

        assert (again.status_code, again.json()["code"]) == (409, "contact_sender_barred")
        assert other.status_code == 202
        assert third.json()["code"] == "contact_sender_barred"
        assert relay.write(cleo, email="other@firm.example").status_code == 202

    def test_a_mentor_reads_and_answers_her_own_signed_in(self, client, world, relay):
        relay.passed_on()
        relay.asked(email="second@firm.example")

        [own] = client.get("/v1/me/contacts", headers=relay.ana.headers).json()["items"]
        path = f"/v1/me/contacts/{own['id']}/answer"
        foreign = client.post(path, json={"answer": "decline"}, headers=world.alpha["person"].headers)
        answer = client.post(path, json={"answer": "decline"}, headers=relay.ana.headers)

        assert (own["sender_email"], own["message"]) == (SENDER, MESSAGE["message"])
        assert foreign.status_code == 404
        assert answer.json() == {"state": "declined"}

    def test_what_was_never_confirmed_is_not_hers_to_answer(self, client, runtime, relay):
        relay.asked()
        [row] = rows(runtime, "directory_contacts")

        path = f"/v1/me/contacts/{row.id}/answer"

        assert client.post(path, json={"answer": "report"}, headers=relay.ana.headers).status_code == 404


class TestForgetting:
    def test_after_ninety_days_nobody_can_tell_who_wrote_what(self, client, runtime, relay):
        link = relay.passed_on()
        client.post(link, json={"answer": "decline"})
        begin_day(runtime)

        live(runtime, START + timedelta(days=89, hours=1))
        [before] = rows(runtime, "directory_contacts")
        live(runtime, START + timedelta(days=90, hours=1))
        [after_it] = rows(runtime, "directory_contacts")

        assert before.message == MESSAGE["message"]
        assert (after_it.sender_name, after_it.sender_email, after_it.message) == (None, None, None)
        assert after_it.salt != before.salt
        assert SENDER not in str(rows(runtime, "notices"))
        assert MESSAGE["name"] not in str(rows(runtime, "notices"))
        assert len(events(runtime, "contact.emptied")) == 1
        gone = client.get(link)
        assert (gone.status_code, gone.json()["code"]) == (409, "contact_emptied")

    def test_what_was_never_confirmed_is_forgotten_as_soon_as_its_link_is_over(self, runtime, relay):
        relay.asked()

        live(runtime, START + timedelta(days=4, hours=1))

        [row] = rows(runtime, "directory_contacts")
        assert (row.state, row.message, row.sender_email) == ("asked", None, None)
        assert SENDER not in str(rows(runtime, "notices"))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("message = 'Another one, twenty letters long.'", "7.3"),
        ("sender_email = 'x@y.example'", "7.3"),
        ("message = NULL", "ck_directory_contacts_whole"),
        ("emptied_at = asked_at", "ck_directory_contacts_emptied"),
        ("state = 'passed_on'", "ck_directory_contacts_passed_on"),
    ],
)
def test_the_database_keeps_a_message_as_it_was_written(runtime, relay, change, refusal):
    relay.asked()

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE directory_contacts SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == refusal


def test_no_move_exists_beside_those_of_the_table():
    for state in ContactState:
        for action in ContactAction:
            if (state, action) in MOVES:
                assert after(state, action) is MOVES[state, action]
            else:
                with pytest.raises(MoveRefused):
                    after(state, action)
