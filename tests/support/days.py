"""Living through days: what the service does by the clock, and the mail that people get."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.core.post import Mail
from app.jobs.running import Drained, drain
from app.work import Runtime
from app.worker import HANDLERS, Days
from tests.support.world import StandingClock


@dataclass
class Mailbox:
    """A post that keeps what it is given: the world outside, as far as mail goes."""

    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


def mailbox(runtime: Runtime) -> list[Mail]:
    """Return all mails that have left, in the order in which they left."""
    assert isinstance(runtime.post, Mailbox)
    return runtime.post.mails


def to_engaged(mails: Iterable[Mail]) -> list[Mail]:
    """Leave out what staff are told each week; the rest goes to mentors and mentees."""
    return [mail for mail in mails if not mail.subject.startswith("Reviews that wait")]


def newest_path(runtime: Runtime, address: str) -> str:
    """Return the path of the link in the newest mail to an address."""
    return path_in(next(mail for mail in reversed(mailbox(runtime)) if mail.address == address), runtime)


def path_in(mail: Mail, runtime: Runtime) -> str:
    """Return the path of the link in a mail."""
    url = next(word for word in mail.text.split() if word.startswith(runtime.settings.public_url))
    return url.removeprefix(runtime.settings.public_url)


def begin_day(runtime: Runtime) -> Drained:
    """Do what the day asks for in every body, and all that follows from it."""
    Days(runtime).begin()
    done = drain(runtime, HANDLERS)
    assert done.failures == ()
    return done


def live(runtime: Runtime, until: datetime) -> list[tuple[date, Mail]]:
    """Live through each day up to an instant; return every mail with the day on which it left."""
    clock = runtime.clock
    assert isinstance(clock, StandingClock)
    left: list[tuple[date, Mail]] = []
    while clock.now() < until:
        clock.advance(min(timedelta(days=1), until - clock.now()))
        before = len(mailbox(runtime))
        begin_day(runtime)
        left += [(clock.now().date(), mail) for mail in mailbox(runtime)[before:]]
    return left
