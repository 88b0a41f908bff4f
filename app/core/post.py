"""What leaves the service as mail, and the port through which it leaves."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Mail:
    """One mail to one person, ready to be sent; sent twice it bears the same id."""

    id: UUID
    sender: str
    name: str
    address: str = field(repr=False)
    subject: str
    text: str = field(repr=False)  # may hold a one-time link
    language: str


class UndeliverableError(Exception):
    """The address will never take this mail; trying again is of no use."""


class Post(Protocol):
    """Anything that takes a mail and sees to it that it arrives; raises when it could not be handed over."""

    def send(self, mail: Mail) -> None:
        """Hand the mail over; raise UndeliverableError when it can never arrive."""


def mailbox_of(address: str) -> str:
    """Return where mail to an address arrives: a tag behind a plus sign names no other mailbox (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}".casefold()
