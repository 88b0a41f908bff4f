"""The requests of one intake window, and what replies and partings make of them, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.core.errors import Conflict, Invalid
from app.programmes.rules.states import (
    HOLDING,
    REPLIES,
    Reply,
    RequestAction,
    RequestState,
    after_request,
)


@dataclass(frozen=True)
class Standing:
    """One request, as far as places and the line matter."""

    id: UUID
    state: RequestState
    rank: int | None
    place_no: int | None


@dataclass
class Board:
    """Keeps places and line in order: none is given twice, and one that gets free goes to the first in line.

    It judges alone; whoever holds it writes `changed` down, or does not (a dry run).
    """

    places: int
    standing: dict[UUID, Standing]
    changed: dict[UUID, Standing] = field(default_factory=dict)
    moved_up: list[UUID] = field(default_factory=list)
    _freed: int = 0

    @classmethod
    def of(cls, places: int, requests: Iterable[Standing]) -> "Board":
        """Set up the board of a window."""
        return cls(places, {request.id: request for request in requests})

    def reply(self, request_id: UUID, reply: Reply, reasons: str | None) -> None:
        """Reply to a request; declining needs reasons (PRG-5), and so does an offer past the line."""
        if request_id not in self.standing:
            raise Conflict("programme_request_unknown")
        request = self.standing[request_id]
        if reply is Reply.DECLINED and reasons is None:
            raise Invalid("reasons_missing", pointer="/reasons", rule="PRG-5")
        if reply is Reply.WAITING and request.rank is None:
            raise Conflict("rank_missing")
        after_request(request.state, REPLIES[reply])
        if reply is Reply.OFFERED and reasons is None and self._is_passed_over(request):
            raise Invalid("offer_past_the_line", pointer="/reasons", rule="PRG-5")
        self.move(request_id, REPLIES[reply])

    def move(self, request_id: UUID, action: RequestAction) -> Standing:
        """Move a request on; what takes a place gets the lowest that is free (PRG-2)."""
        request = self.standing[request_id]
        state = after_request(request.state, action)
        place_no = request.place_no
        if state in HOLDING and place_no is None:
            place_no = self._free_place()
            self._freed -= 1
        elif state not in HOLDING and place_no is not None:
            place_no = None
            self._freed += 1
        return self._set(replace(request, state=state, place_no=place_no))

    def set_places(self, places: int) -> None:
        """Have more places, or fewer as long as nobody holds one of those taken away (PRG-2)."""
        highest = max((one.place_no for one in self.standing.values() if one.place_no is not None), default=0)
        if places < highest:
            raise Conflict("places_held", rule="PRG-2", least=highest)
        self._freed += places - self.places
        self.places = places

    def move_up(self) -> None:
        """Offer each place that got free on balance to the first in line, while there is a line."""
        self.moved_up = [request.id for request in self.line()[: max(0, self._freed)]]
        for request_id in self.moved_up:
            self.move(request_id, RequestAction.OFFER)

    @property
    def free(self) -> int:
        """How many places nobody holds."""
        return self.places - sum(one.place_no is not None for one in self.standing.values())

    def line(self) -> list[Standing]:
        """Return the waiting list: by rank, and who asked earlier first."""
        waiting = [one for one in self.standing.values() if one.state is RequestState.WAITING]
        return sorted(waiting, key=lambda one: (one.rank or 0, one.id))

    def _is_passed_over(self, request: Standing) -> bool:
        """Whether an offer would pass by somebody in front; who only asked stands in no line."""
        line = self.line()
        return request.state is RequestState.WAITING and line[0].id != request.id

    def _free_place(self) -> int:
        taken = {one.place_no for one in self.standing.values()}
        free = next((number for number in range(1, self.places + 1) if number not in taken), None)
        if free is None:
            raise Conflict("places_taken", rule="PRG-2", places=self.places)
        return free

    def _set(self, request: Standing) -> Standing:
        self.standing[request.id] = self.changed[request.id] = request
        return request
