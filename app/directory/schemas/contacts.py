"""First contacts: what a stranger writes, what she confirms, what the mentor answers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Email, Language, Line, Prose, Schema
from app.directory.rules.contact import ContactState


class ContactCreate(Schema):
    """A message to a mentor; nothing is passed on before its sender has confirmed her address."""

    name: Annotated[Line, Field(max_length=120)] = Field(examples=["Katerina Papadopoulou"])
    email: Email = Field(examples=["katerina@firm.example"])
    language: Language = Field(examples=["en"], description="The language in which you are written to.")
    message: Annotated[Prose, Field(min_length=20, max_length=2000)] = Field(
        examples=["We bake for three towns and want to sell abroad. Would you talk with us?"]
    )


class ContactAsked(Schema):
    """That a mail is on its way to the sender, with a link that lasts so long."""

    mentor_name: str
    expires_at: datetime


class ContactShown(Schema):
    """What will be passed on once its sender confirms."""

    mentor_name: str
    name: str
    message: str
    expires_at: datetime


class ContactPassedOn(Schema):
    """That the message is on its way to the mentor."""

    mentor_name: str


class ContactAnswer(StrEnum):
    """What a mentor can do with a message besides writing to its sender herself."""

    DECLINE = "decline"
    REPORT = "report"


class AnswerCreate(Schema):
    """A mentor declines, and the sender is told so; or she reports abuse, and the sender is told nothing."""

    answer: ContactAnswer = Field(examples=["decline"])
    reason: Annotated[Prose, Field(max_length=1000)] | None = Field(
        default=None, description="Of a report; kept as long as the message."
    )


class ContactRead(Schema):
    """A message as its mentor reads it; emptied after some months."""

    id: UUID
    state: ContactState
    sender_name: str | None
    sender_email: str | None
    message: str | None
    passed_on_at: datetime | None
    emptied_at: datetime | None


class ContactToAnswer(Schema):
    """What the link in a mentor's mail shows her before she answers."""

    state: ContactState
    name: str
    message: str


class ContactAnswered(Schema):
    """What became of a message."""

    state: ContactState
