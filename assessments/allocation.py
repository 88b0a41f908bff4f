"""Whether there are examiners enough for all seats of a period, and which seats are the bottleneck if not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from assessments.errors import AssessmentError


@dataclass(frozen=True, slots=True)
class Filling:
    """One way to fill as many seats as can be filled at once."""

    filled: Mapping[str, str]
    """Seat → examiner; a proof that so many can be filled, not an assignment."""
    short: frozenset[str]
    """All seats that compete for too few examiners; empty when every seat is filled."""


def most_seats(
    marking_of: Mapping[str, str], free: Mapping[str, Collection[str]], room: Mapping[str, int]
) -> Filling:
    """Fill as many seats as possible; nobody holds two of one marking, or more than she has room for.

    `marking_of`: seat → its marking; `free`: seat → the examiners who may take it; `room`: examiner → how
    many more seats she takes. Raises AssessmentError `room_negative`, `unknown_examiner`. Method: maximum
    flow (Ford & Fulkerson 1956); the bottleneck is the source's side of the minimum cut, which is the same
    whichever filling was found (Dulmage & Mendelsohn 1958).
    """
    _ensure(free, room)
    joints = sorted({(marking_of[seat], name) for seat in marking_of for name in free.get(seat, ())})
    nodes: list[object] = ["source", *marking_of, *joints, *sorted(room), "sink"]
    seats = {seat: 1 + place for place, seat in enumerate(marking_of)}
    pairs = {joint: 1 + len(seats) + place for place, joint in enumerate(joints)}
    people = {name: 1 + len(seats) + len(pairs) + place for place, name in enumerate(sorted(room))}
    sink = len(nodes) - 1
    edges = [(0, place, 1) for place in seats.values()]
    edges += [
        (seats[seat], pairs[(marking_of[seat], name)], 1) for seat in seats for name in free.get(seat, ())
    ]
    edges += [(place, people[name], 1) for (_, name), place in pairs.items()]
    edges += [(place, sink, room[name]) for name, place in people.items()]
    left = _residual(edges, len(nodes))
    filled = {
        seat: joints[place - 1 - len(seats)][1]
        for seat, own in seats.items()
        for place in pairs.values()
        if left[place, own] > 0
    }
    reached = set(breadth_first_order(csr_array(left > 0), 0, return_predecessors=False).tolist())
    short = frozenset(seat for seat, place in seats.items() if place in reached)
    return Filling(filled, short if len(filled) < len(seats) else frozenset())


def _residual(
    edges: list[tuple[int, int, int]], size: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Return what each edge can still carry once the flow is as large as can be, backward edges included."""
    capacity = np.zeros((size, size), dtype=np.int32)
    for start, end, most in edges:
        capacity[start, end] = most
    flow = maximum_flow(csr_array(capacity), 0, size - 1).flow.toarray()
    left: np.ndarray[tuple[int, int], np.dtype[np.int64]] = capacity.astype(np.int64) - flow
    return left


def _ensure(free: Mapping[str, Collection[str]], room: Mapping[str, int]) -> None:
    for name, most in room.items():
        if most < 0:
            raise AssessmentError("room_negative", examiner=name, room=most)
    for names in free.values():
        for name in names:
            if name not in room:
                raise AssessmentError("unknown_examiner", examiner=name)
