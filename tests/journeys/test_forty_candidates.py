"""Forty candidates marked by six assessors, over HTTP through the client generated from the contract.

Two mark each candidate blind, by a design in which every two assessors meet; a third is called where they
disagree. What came of it is computed a second time here, from the ratings that were given alone.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.work import Caller
from tests.factories import marking as a
from tests.factories import recordings
from tests.factories.delivery import scheme_of
from tests.factories.directory import a_member
from tests.support.demonstration import generated_client
from tests.support.voices import Voice, served
from tests.support.world import StandingClock, World

Ratings = Mapping[str, int]
CANDIDATES = range(1, 41)
SEVERITIES = {
    "assessor": -0.5,
    "other_assessor": 0.3,
    "third_assessor": -0.1,
    "fourth_assessor": 0.5,
    "fifth_assessor": -0.3,
    "sixth_assessor": 0.1,
}
"""How many levels below what she sees each assessor rates."""
ASSESSORS = tuple(SEVERITIES)
PAIRS = tuple(combinations(ASSESSORS, 2))
"""Who marks together; candidates go through them in turn."""
OFFICE = ("administrator", "scheme_manager")
ACROSS, APART, RECUSED, LATE, RECORDED, FAILING, EXTERNAL = 7, 12, 18, 21, 26, 31, 36
"""Candidates for whom something is planted."""
THIRDS = 8
"""How many disagree too much by these dice: two as planted, the others by themselves."""
WAIT = timedelta(days=30)
"""How long after a failure the scheme allows the retake."""


@dataclass
class Marking:
    """What was given to one candidate in one sitting, by seat, and what must not count."""

    markers: dict[str, str] = field(default_factory=dict)
    ratings: dict[str, Ratings] = field(default_factory=dict)
    aside: dict[str, Ratings] = field(default_factory=dict)
    """What was saved in a sheet that was set aside; nothing by whoever was never seated."""
    result: Any = None


@dataclass
class Exam:
    """The examination: voices, cases, and everything that was given."""

    url: str
    client: TestClient
    world: World
    cases: dict[int, UUID]
    dice: random.Random
    scheme_id: str
    voices: dict[str, Voice] = field(default_factory=dict)
    critical: frozenset[str] = frozenset()
    markings: dict[tuple[int, int], Marking] = field(default_factory=dict)
    seen: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)
    """What there was to be seen of each element, before anybody's severity."""

    def sign_in(self) -> None:
        """Let everybody sign in, again after the clock has moved on."""
        self.leave()
        self.voices = {name: Voice(self.url, name) for name in (*ASSESSORS, *OFFICE)}
        a.signed_in_again(self.client, self.world, "administrator")

    def leave(self) -> None:
        for voice in self.voices.values():
            voice.leave()

    def propose(self, number: int, seat: str, who: str) -> None:
        wanted = {"component": "F2", "seat": seat, "assessor_id": str(self.world.alpha[who].person_id)}
        self.voices["administrator"].told("marking_propose", self.cases[number], ProposalCreate=wanted)

    def declare(self, number: int, who: str, answer: str = "none") -> Any:
        return self.voices[who].told(
            "marking_declare", self.cases[number], DeclarationCreate={"answer": answer}
        )

    def seated(self, number: int, seat: str, who: str) -> UUID:
        """Propose her, let her declare that she is free, and return her assignment."""
        self.propose(number, seat, who)
        [assignment] = self.declare(number, who).assignments
        return assignment

    def saved(self, assignment: UUID, who: str, key: tuple[int, int], seat: str) -> tuple[Ratings, int]:
        """Let her read her sheet and save what she makes of what there was to be seen."""
        sheet = self.voices[who].told("marking_read", assignment)
        self.critical = frozenset(element.code for element in sheet.elements if element.is_critical)
        ratings = self.rated([element.code for element in sheet.elements], who, key, seat)
        marks = [{"element": code, "rating": rating, "comment": "Seen."} for code, rating in ratings.items()]
        rev = (
            self.voices[who]
            .told("marking_save", assignment, MarksSave={"marks": marks}, if_match=f'"{sheet.rev}"')
            .rev
        )
        return ratings, rev

    def submit(self, assignment: UUID, who: str, rev: int, seen: str = "live") -> None:
        self.voices[who].told(
            "marking_submit", assignment, SubmissionCreate={"seen": seen}, if_match=f'"{rev}"'
        )

    def rated(self, codes: list[str], who: str, key: tuple[int, int], seat: str) -> Ratings:
        """Rate each element by ability, own severity and chance, unless something is planted."""
        number = key[0]
        ability = 1.5 if key == (FAILING, 1) else 3.3 + number % 8 / 10
        truth = self.seen.setdefault(key, {code: self.dice.gauss(ability, 0.2) for code in codes})
        heard = (truth[code] - SEVERITIES[who] + self.dice.gauss(0, 0.3) for code in codes)
        return self.planted(
            dict(zip(codes, (min(5, max(0, round(one))) for one in heard), strict=True)), number, seat
        )

    def planted(self, ratings: dict[str, int], number: int, seat: str) -> dict[str, int]:
        """Put two far apart: across one critical line, or on three of the other elements."""
        if seat == "third" or number not in (ACROSS, APART):
            return ratings
        flat = dict.fromkeys(ratings, 4)
        others = [code for code in ratings if code not in self.critical][:3]
        if number == ACROSS:
            return flat | {min(self.critical): 4 if seat == "first" else 2}
        return flat | dict.fromkeys(others, 5 if seat == "first" else 3)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated_client(tmp_path_factory.mktemp("clients"))


@pytest.fixture
def exam(
    standing_app: FastAPI, client: TestClient, world: World, system: Caller, version_id: UUID,
    generated: Path, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Exam]:  # fmt: skip
    """Forty admitted candidates with a sitting each still to come, and six assessors signed in."""
    monkeypatch.syspath_prepend(str(generated))
    for name in ASSESSORS[3:]:
        world.alpha.members[name] = a_member(system, world.alpha, name)
        a.appointed(client, world, name)
    cases = {}
    for number in CANDIDATES:
        who = f"candidate_{number}"
        world.alpha.members[who] = a_member(system, world.alpha, who)
        cases[number] = a.an_admitted_case(system, world, version_id, who=who)
        a.formative_done(client, world, who)
    with served(standing_app) as url:
        made = Exam(url, client, world, cases, random.Random(40), scheme_of(client, world, cases[1]))
        made.sign_in()
        yield made
        made.leave()


def test_six_assessors_mark_forty_candidates(exam: Exam, clock: StandingClock) -> None:
    for number in CANDIDATES:
        examined(exam, number, PAIRS[number % len(PAIRS)])
    clock.advance(WAIT)
    exam.sign_in()
    retaken = tuple(who for who in ASSESSORS if who not in exam.markings[FAILING, 1].markers.values())
    examined(exam, FAILING, (retaken[0], retaken[-1]), attempt=2, held_on=clock.now().date())
    external = examined_elsewhere(exam)

    every_result_is_what_the_ratings_say(exam)
    a_third_was_called_exactly_where_two_disagreed(exam)
    no_sheet_set_aside_counts(exam)
    one_sheet_was_marked_from_a_recording(exam)
    assert (external.rule, external.passed) == ("external", True)
    assert [exam.markings[FAILING, attempt].result.passed for attempt in (1, 2)] == [False, True]
    all_computed_anew_is_equal(exam, clock.now().date())
    the_review_recovers_who_is_severe(exam, clock.now().date())


def examined(
    exam: Exam, number: int, pair: tuple[str, str], attempt: int = 1, held_on: date = date(2026, 3, 2)
) -> None:
    """Hold the sitting, mark it by two, by a third where the service asks for one, and release."""
    held = a.held(exam.client, exam.world, exam.cases[number], held_on=held_on.isoformat())
    assert held.status_code == 201, held.text
    if number == RECORDED:
        recordings.entered(exam.client, exam.world, held.json()["id"])
    key, made = (number, attempt), Marking()
    exam.markings[key] = made
    for seat, who in zip(a.SEATS, pair, strict=False):
        take_seat(exam, key, seat, stand_in(exam, key, seat, who, pair))
    if needs_third(exam, number):
        take_seat(exam, key, "third", uninvolved(made, pair))
    made.result = exam.voices["scheme_manager"].told(
        "marking_release", exam.cases[number], ResultCreate={"component": "F2"}
    )


def stand_in(exam: Exam, key: tuple[int, int], seat: str, who: str, pair: tuple[str, str]) -> str:
    """Return who marks a seat: whoever was asked, or another where she declares a conflict."""
    number, made = key[0], exam.markings[key]
    if seat != "first" or number not in (RECUSED, LATE):
        return who
    kept: Ratings = {}
    if number == RECUSED:
        exam.propose(number, seat, who)
    else:
        kept, _ = exam.saved(exam.seated(number, seat, who), who, key, seat)
    told = exam.declare(number, who, "declared")
    assert (told.assignments, len(told.set_aside)) == ([], 1 if number == LATE else 0)
    made.aside[who] = kept
    return uninvolved(made, pair)


def uninvolved(made: Marking, pair: tuple[str, str]) -> str:
    busy = {*made.markers.values(), *made.aside, *pair}
    start = ASSESSORS.index(pair[1])
    return next(who for who in ASSESSORS[start:] + ASSESSORS[:start] if who not in busy)


def take_seat(exam: Exam, key: tuple[int, int], seat: str, who: str) -> None:
    """Let an assessor mark and submit one sheet."""
    made, assignment = exam.markings[key], exam.seated(key[0], seat, who)
    ratings, rev = exam.saved(assignment, who, key, seat)
    seen = "live"
    if (key[0], seat) == (RECORDED, "second"):
        unseen = {"SubmissionCreate": {"seen": "recording"}, "if_match": f'"{rev}"'}
        assert exam.voices[who].refused("marking_submit", assignment, **unseen) == "recording_not_viewed"
        [one] = exam.voices[who].told("marking_recordings", assignment).items
        exam.voices[who].told("marking_recording", assignment, one.id)
        seen = "recording"
    exam.submit(assignment, who, rev, seen)
    made.markers[seat], made.ratings[seat] = who, ratings


def needs_third(exam: Exam, number: int) -> bool:
    told = exam.voices["administrator"].told("marking_progress", exam.cases[number])
    part = next(part for part in told.items if part.component == "F2")
    return bool(part.reasons)


def examined_elsewhere(exam: Exam) -> Any:
    """Let a provider's examination stand for the knowledge form of one candidate."""
    manager = exam.voices["scheme_manager"]
    accepted = {
        "provider": "Chamber of Commerce", "exam": "SME-2", "scheme_id": exam.scheme_id, "component": "F1",
        "reasons": "Blueprint and cut compared.", "valid_from": "2026-01-01", "valid_until": "2026-12-31",
    }  # fmt: skip
    stands = manager.told("delivery_accept_exam", ExternalExamCreate=accepted)
    passed = {
        "exam_id": str(stands.id), "case_id": str(exam.cases[EXTERNAL]), "reference": "CCM-1",
        "taken_on": "2026-02-20", "outcome": "pass",
    }  # fmt: skip
    exam.voices["administrator"].told("delivery_report", ExternalResultCreate=passed)
    return manager.told("marking_release", exam.cases[EXTERNAL], ResultCreate={"component": "F1"})


def passes(values: Mapping[str, Fraction | int], critical: frozenset[str]) -> bool:
    """Level 3: critical elements reach it, others lie one below at most, the mean half a level."""
    lines = all(value >= (3 if code in critical else 2) for code, value in values.items())
    return lines and sum(values.values(), Fraction(0)) / len(values) >= Fraction(5, 2)


def disagree(first: Ratings, second: Ratings, critical: frozenset[str]) -> bool:
    """One verdict against the other, one critical line straddled, or three others two levels apart."""
    across = any((first[code] < 3) != (second[code] < 3) for code in critical)
    apart = sum(abs(first[code] - second[code]) >= 2 for code in first if code not in critical)
    return passes(first, critical) != passes(second, critical) or across or apart >= 3


def reconciled(one: int, other: int, third: int | None, is_critical: bool) -> Fraction:
    """The lower for a critical element, else the mean: of two, or of the third and the nearer."""
    if third is not None:
        if one != other and abs(third - one) == abs(third - other):
            return Fraction(third)
        one, other = third, min((one, other), key=lambda rating: abs(rating - third))
    return Fraction(min(one, other)) if is_critical else Fraction(one + other, 2)


def every_result_is_what_the_ratings_say(exam: Exam) -> None:
    assert len(exam.markings) == len(CANDIDATES) + 1
    for key, made in exam.markings.items():
        first, second = made.ratings["first"], made.ratings["second"]
        third = made.ratings.get("third", {})
        values = {
            code: reconciled(first[code], second[code], third.get(code), code in exam.critical)
            for code in first
        }
        found = {value.element: Fraction(value.value) for value in made.result.values}
        assert (found, made.result.passed) == (values, passes(values, exam.critical)), key
        assert made.result.attempt_no == key[1]


def a_third_was_called_exactly_where_two_disagreed(exam: Exam) -> None:
    called = {key for key, made in exam.markings.items() if "third" in made.ratings}
    due = {
        key
        for key, made in exam.markings.items()
        if disagree(made.ratings["first"], made.ratings["second"], exam.critical)
    }
    assert called == due
    assert {(ACROSS, 1), (APART, 1)} <= called
    assert len(called) == THIRDS
    ways = {value.how for made in exam.markings.values() for value in made.result.values}
    assert ways == {"lower", "mean", "third_with_nearer", "third_stands"}
    assert {who for made in exam.markings.values() for who in made.markers.values()} == set(ASSESSORS)


def no_sheet_set_aside_counts(exam: Exam) -> None:
    ids = {name: exam.world.alpha[name].person_id for name in ASSESSORS}
    for number in (RECUSED, LATE):
        made = exam.markings[number, 1]
        told = exam.voices["scheme_manager"].told("marking_sheets", exam.cases[number])
        assert {sheet.assessor_id for sheet in told.items} == {ids[who] for who in made.markers.values()}
        assert made.aside.keys().isdisjoint(made.markers.values())
        assert made.ratings["first"] not in made.aside.values()  # or nobody could tell which one counted


def one_sheet_was_marked_from_a_recording(exam: Exam) -> None:
    told = exam.voices["scheme_manager"].told("marking_sheets", exam.cases[RECORDED])
    assert {str(sheet.seat): str(sheet.seen) for sheet in told.items}["second"] == "recording"


def all_computed_anew_is_equal(exam: Exam, today: date) -> None:
    page = exam.voices["scheme_manager"].told(
        "marking_recompute_period", released_from=date(2026, 3, 1), released_until=today, limit=100
    )
    assert len(page.items) == len(exam.markings) + 1
    assert {str(one.outcome) for one in page.items} == {"equal"}


def the_review_recovers_who_is_severe(exam: Exam, today: date) -> None:
    period = {"held_from": "2026-03-01", "held_until": today.isoformat()}
    review = exam.voices["scheme_manager"].told(
        "marking_review_assessors", exam.scheme_id, AssessorReviewCreate=period
    )
    names = {exam.world.alpha[name].person_id: name for name in ASSESSORS}
    lines = {names[line.assessor_id]: line for line in review.assessors}
    by_review = sorted(lines, key=lambda name: float(lines[name].severity.value))
    assert by_review == sorted(SEVERITIES, key=SEVERITIES.__getitem__)
    marked = [made.markers[seat] for made in exam.markings.values() for seat in ("first", "second")]
    assert {name: line.n_double_marked for name, line in lines.items()} == {
        name: marked.count(name) for name in ASSESSORS
    }
