"""Who took part in an activity: one list, judged row by row; it becomes records that are attested already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from app.practice.rules.calendar import Refused
from app.practice.rules.intake import RowOutcome

MOST_ATTENDEES = 500
"""On one list: each of them is an entry in the ledger of involvements, and all are written at once."""


@dataclass(frozen=True)
class Attendee:
    """One row of a list: who took part, by address, and for how long if not all the time."""

    number: int
    email: str
    hours: Decimal | Refused | None


@dataclass(frozen=True)
class Attended:
    """What became of one row, or would."""

    number: int
    outcome: RowOutcome
    person_id: UUID | None = None
    hours: Decimal | None = None
    remark: Refused | None = None


@dataclass
class Roll:
    """Judges the rows of one list, each beside those before it."""

    hours: Decimal
    """How long the activity lasted: nobody took part for longer."""
    people: Mapping[str, UUID]
    """Who has an account of this body, by address in small letters."""
    recorded: Collection[UUID]
    """Whose part in this activity is recorded already."""
    attester_id: UUID
    _seen: dict[UUID, int] = field(default_factory=dict)

    def judge(self, attendee: Attendee) -> Attended:
        """Tell what becomes of one row, and why it is not loaded where it is not."""
        try:
            return self._judged(attendee)
        except Refused as refusal:
            return Attended(attendee.number, RowOutcome.REFUSED, remark=refusal)

    def _judged(self, attendee: Attendee) -> Attended:
        person_id = self.people.get(attendee.email.casefold())
        if person_id is None:
            raise Refused("attendee_unknown", pointer="/email")
        if person_id == self.attester_id:
            raise Refused("own_attendance", pointer="/email")
        if person_id in self._seen:
            raise Refused("row_repeated", row=self._seen[person_id])
        hours = self.hours if attendee.hours is None else attendee.hours
        if isinstance(hours, Refused):
            raise hours
        if hours > self.hours:
            raise Refused("hours_beyond_activity", pointer="/hours", hours=self.hours)
        self._seen[person_id] = attendee.number
        if person_id in self.recorded:
            remark = Refused("attendance_there_already")
            return Attended(attendee.number, RowOutcome.ALREADY_THERE, person_id, hours, remark)
        return Attended(attendee.number, RowOutcome.LOADED, person_id, hours)
