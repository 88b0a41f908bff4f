"""Two years of one mentor, over HTTP and by mail only: from novice to a certificate as competent.

Every day is lived through: the clock does its work each morning, and whoever gets mail answers it that day.
The world's clock stands at 2 March 2026 when she begins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.certificates.rules import Status
from app.core.dates import add_months
from app.core.post import Mail
from app.practice.rules.impact import Moment
from app.work import Caller, Runtime
from tests.factories import marking as marks
from tests.factories.certificates import a_seal
from tests.factories.practice import OWN, a_milestone, measures
from tests.factories.reviews import answers, figure, signed_in
from tests.factories.schemes import founding_scopes
from tests.support.days import begin_day, mailbox, path_in
from tests.support.world import Member, StandingClock, World

BEGIN = date(2026, 3, 2)
DAY = timedelta(days=1)
FORTNIGHT = timedelta(weeks=2)


@dataclass
class Firm:
    """One engagement, each on a weekday of its own; the mentee of one never answers a review."""

    code: str
    started_on: date
    months: int
    phase: str = "growth"
    answers_reviews: bool = True
    id: str = ""
    mails: list[tuple[date, str]] = field(default_factory=list)

    @property
    def ended_on(self) -> date:
        return add_months(self.started_on, self.months)

    @property
    def address(self) -> str:
        return f"{self.code}@firm.example"

    def meets_on(self, day: date) -> bool:
        return self.started_on <= day < self.ended_on and (day - self.started_on).days % 14 == 0


FIRMS = (
    Firm("olivar", date(2026, 3, 9), 6),
    Firm("horno", date(2026, 6, 2), 6, answers_reviews=False),
    Firm("taller", date(2026, 10, 5), 6, phase="early_startup"),
    Firm("bodega", date(2027, 3, 3), 6),
    Firm("fintec", date(2027, 7, 8), 6),
)
MILESTONES = ("initial_goals", "first_advice", "after_plan")


@dataclass
class Life:
    """The mentor's two years, day by day."""

    client: TestClient
    runtime: Runtime
    world: World
    clock: StandingClock
    mentor: Member
    firms: tuple[Firm, ...]
    own_mails: list[tuple[date, str]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.clock.instant.date()

    def live(self, until: date) -> None:
        while self.today < until:
            self.clock.advance(DAY)
            arrived = self._arrived()
            if arrived or any(self._has_to_do(firm) for firm in self.firms) or self.today.day == 15:
                self.mentor.token = signed_in(self.client, "person")["Authorization"].split()[1]
                self._act()
                while arrived:
                    for mail in arrived:
                        self._open(mail)
                    arrived = self._arrived()

    def _arrived(self) -> list[Mail]:
        seen = len(mailbox(self.runtime))
        begin_day(self.runtime)
        return mailbox(self.runtime)[seen:]

    def _has_to_do(self, firm: Firm) -> bool:
        return firm.meets_on(self.today) or self.today in {firm.started_on, firm.ended_on}

    def _act(self) -> None:
        for firm in self.firms:
            if self.today == firm.started_on:
                self._begin(firm)
            if firm.meets_on(self.today):
                self._meet(firm)
            if self.today == firm.ended_on:
                self._complete(firm)
        if self.today.day == 15:
            self._reflect()

    def post(self, path: str, told: Any, status: int = 201, **headers: str) -> Any:
        answer = self.client.post(f"{OWN}/{path}", json=told, headers=self.mentor.headers | headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def _begin(self, firm: Firm) -> None:
        wanted = {
            "code": firm.code, "sme_name": f"{firm.code.title()} Nuevo", "country": "ES",
            "sector": "agro_food", "modality": "one_to_one", "planned_months": firm.months,
            "phase": firm.phase, "started_on": self.today.isoformat(),
        }  # fmt: skip
        firm.id = self.post("engagements", wanted)["id"]
        mentee = {"name": f"Owner of {firm.code}", "email": firm.address, "language": "en"}
        self.post(f"engagements/{firm.id}/mentees", mentee)

    def _meet(self, firm: Firm) -> None:
        """Two hours from half past six UTC, before the day's work begins."""
        starts = datetime.combine(self.today, time(6, 30), UTC)
        told = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}
        self.post(f"engagements/{firm.id}/sessions", told)

    def _complete(self, firm: Firm) -> None:
        path = f"engagements/{firm.id}"
        for kind in MILESTONES:
            self.post(f"{path}/milestones", a_milestone(kind), 200, **{"If-Match": self._etag(path)})
        done = {"ended_on": self.today.isoformat()}
        self.post(f"{path}/completion", done, 200, **{"If-Match": self._etag(path)})

    def _etag(self, path: str) -> str:
        return str(self.client.get(f"{OWN}/{path}", headers=self.mentor.headers).headers["etag"])

    def _reflect(self) -> None:
        note = {"kind": "reflection", "started_on": self.today.isoformat(), "note": "What I did not ask."}
        self.post("records", note)
        if self.today.month % 3 == 0:
            hours = {"kind": "supervision", "started_on": self.today.isoformat(), "hours": "1"}
            self.post("records", hours)

    def _open(self, mail: Mail) -> None:
        """Do what a mail asks for; a mail to the mentor is only noted, except that she answers a review."""
        firm = next((one for one in self.firms if one.address == mail.address), None)
        if firm is None:
            self.own_mails.append((self.today, mail.subject))
            self._answer_own_review(mail)
            return
        if "http" not in mail.text:
            firm.mails.append((self.today, mail.subject))
            return
        _, page, slug, secret = path_in(mail, self.runtime).split("/")
        firm.mails.append((self.today, page))
        public = f"/public/v1/bodies/{slug}"
        if page == "confirm":
            self._say(f"{public}/practice-confirmations/{secret}", {"feedback": "She asks well."})
        if page == "review" and firm.answers_reviews:
            path = f"{public}/practice-reviews/{secret}"
            kind = self.client.get(path).json()["kind"]
            self._say(path, {"answers": answers("mentee", kind)})
        if page == "impact":
            self._say_figures(f"{public}/practice-impact/{secret}")

    def _say(self, path: str, told: Any) -> None:
        answer = self.client.post(path, json=told)
        assert answer.status_code in {200, 201}, answer.text

    def _say_figures(self, path: str) -> None:
        told = {one["moment"] for one in self.client.get(path).json()["figures"]}
        moment = next(one for one in Moment if one not in told)
        jobs = figure(moment=moment, as_of=self.today.isoformat())
        self._say(path, {"to_assessors": True, "in_statistics": True, "figures": [jobs]})

    def _answer_own_review(self, mail: Mail) -> None:
        for firm in self.firms:
            if not firm.id or f"{firm.code.title()} Nuevo" not in mail.subject:
                continue
            reviews = self.client.get(
                f"{OWN}/engagements/{firm.id}/reviews", headers=self.mentor.headers
            ).json()["items"]
            for review in reviews:
                if review["state"] == "open" and "mentor" in review["missing"]:
                    told = {"kind": review["kind"], "answers": answers("mentor", review["kind"])}
                    self.post(f"engagements/{firm.id}/review-answers", told)


@pytest.fixture
def life(
    client: TestClient, runtime: Runtime, world: World, clock: StandingClock, version_id: UUID
) -> Iterator[Life]:
    firms = tuple(Firm(one.code, one.started_on, one.months, one.phase, one.answers_reviews) for one in FIRMS)
    yield Life(client, runtime, world, clock, world.alpha["person"], firms)


def card(life: Life, version_id: UUID) -> dict[str, Any]:
    answer = life.client.get(f"/v1/me/profiles/{version_id}", headers=life.mentor.headers)
    assert answer.status_code == 200, answer.text
    return {view["source"]: view for view in answer.json()["sources"]}


def everyone_signs_in(life: Life) -> None:
    for name, member in life.world.alpha.members.items():
        if name != "client":
            member.token = signed_in(life.client, name)["Authorization"].split()[1]


def test_from_novice_to_competent_in_two_years(life: Life, system: Caller, version_id: UUID):
    begins_as_a_novice(life, version_id)

    life.live(date(2028, 3, 2))

    everyone_signs_in(life)
    has_shown_what_level_3_asks(life)
    got_mail_on_the_right_days(life)
    was_reminded_of_skills_each_quarter(life)
    a_seal(system)
    certificate = becomes_certified(life, version_id)
    assert (certificate["level"], certificate["status"]) == (3, Status.VALID)
    assert card(life, version_id)["assessor"]["level_reached"] == 3


def begins_as_a_novice(life: Life, version_id: UUID) -> None:
    shown = life.client.get(f"/v1/me/profiles/{version_id}", headers=life.mentor.headers).json()
    elements = [element["code"] for unit in shown["units"] for element in unit["elements"]]
    answer = life.client.put(
        f"/v1/me/profiles/{version_id}/ratings",
        json={"ratings": dict.fromkeys(elements, 1)},
        headers=life.mentor.headers,
    )
    assert answer.status_code == 200, answer.text
    own = card(life, version_id)["self"]
    assert (own["level_reached"], len(own["pathway"]) >= len(elements)) == (1, True)
    for told in (
        {"kind": "experience", "started_on": "2015-01-01"},
        {"kind": "training", "started_on": "2026-02-02", "hours": "40", "given_by": "Chamber"},
    ):
        life.post("records", told)


def has_shown_what_level_3_asks(life: Life) -> None:
    found = measures(life.client, life.mentor)

    assert found[("completed_engagements", None)] == "5"
    assert found[("distinct_smes", None)] == "5"
    assert found[("confirmed_hours", None)] == "138.00"  # 14 + 14 + 13 + 14 + 14 meetings of two hours
    assert float(found[("supervision_hours", 12)]) >= 4
    assert int(found[("feedback_count", 12)]) >= 5
    assert int(found[("reflection_count", 12)]) >= 5


def got_mail_on_the_right_days(life: Life) -> None:
    """The first firm's mentee answers all she is asked; the second one never answers a review."""
    answering, silent = life.firms[0].mails, life.firms[1].mails

    assert answering == [
        (date(2026, 3, 23), "impact"),
        (date(2026, 3, 23), "impact-consent"),
        (date(2026, 4, 1), "confirm"),
        (date(2026, 4, 20), "review"),
        (date(2026, 5, 1), "confirm"),
        (date(2026, 6, 1), "confirm"),
        (date(2026, 6, 2), "review"),
        (date(2026, 7, 1), "confirm"),
        (date(2026, 7, 10), "Two thirds of your time with Person of Alpha are over"),
        (date(2026, 8, 1), "confirm"),
        (date(2026, 9, 1), "confirm"),
        (date(2026, 9, 2), "review"),
        (date(2026, 9, 17), "impact"),
        (date(2026, 9, 17), "impact-consent"),
        (date(2026, 10, 1), "confirm"),
        (date(2027, 3, 9), "impact"),
        (date(2027, 3, 9), "impact-consent"),
        (date(2027, 9, 9), "impact"),
        (date(2027, 9, 9), "impact-consent"),
    ]
    reviews = [day for day, what in silent if what == "review"]
    assert reviews == [
        date(2026, 7, 14), date(2026, 7, 21),  # first weeks: open, and a week before it closes
        date(2026, 8, 25), date(2026, 9, 1),
        date(2026, 11, 25), date(2026, 12, 2),
    ]  # fmt: skip


def was_reminded_of_skills_each_quarter(life: Life) -> None:
    """Six months have one quarter before their end; nobody logged a skills session."""
    assert [(day, what) for day, what in life.own_mails if what.startswith("A skills session")] == [
        (date(2026, 6, 9), "A skills session with Olivar Nuevo?"),
        (date(2026, 9, 2), "A skills session with Horno Nuevo?"),
        (date(2027, 1, 5), "A skills session with Taller Nuevo?"),
        (date(2027, 6, 3), "A skills session with Bodega Nuevo?"),
        (date(2027, 10, 8), "A skills session with Fintec Nuevo?"),
    ]


def becomes_certified(life: Life, version_id: UUID) -> dict[str, Any]:
    client, world = life.client, life.world
    marks.an_approved_form(client, world, version_id)
    case = applies(life, version_id)
    for component, ago in (("C1", 130), ("C2", 60), ("C3", 20)):
        done = {
            "component": component, "engagement": life.firms[-1].id,
            "completed_on": (life.today - DAY * ago).isoformat(),
        }  # fmt: skip
        office = world.alpha["administrator"].headers
        path = f"/v1/people/{life.mentor.person_id}/formative-completions"
        assert client.post(path, json=done, headers=office).status_code == 201
    marks.attempt_submitted(client, world, case, marks.responses())
    lasts = {"valid_from": life.today.isoformat(), "valid_until": (life.today + 365 * DAY).isoformat()}
    founding_scopes(client, world.alpha, version_id, **lasts)
    for component in ("F2", "F3"):
        examined(life, case, component)
    for component in ("F1", "F2", "F3"):
        answer = marks.released(client, world, case, component)
        assert (answer.status_code, answer.json()["passed"]) == (201, True), answer.text
    return granted(life, case)


def applies(life: Life, version_id: UUID) -> UUID:
    """She applies; the reviewer finds every prerequisite met by what two years have left."""
    wanted = {
        "scheme_version_id": str(version_id), "level": 3, "phases": ["growth"], "endorsements": [],
        "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1, "accommodation": {"asked": "none"},
    }  # fmt: skip
    client, reviewer = life.client, life.world.alpha["application_reviewer"].headers
    answer = client.post("/v1/me/cases", json=wanted, headers=life.mentor.headers)
    assert answer.status_code == 201, answer.text
    case = answer.json()["id"]
    client.post(f"/v1/cases/{case}/conflict-declarations", json={"answer": "none"}, headers=reviewer)
    found = client.get(f"/v1/cases/{case}/answers", headers=reviewer).json()["items"]
    assert [one["requirement"] for one in found if not one["met"]] == []
    admitted = {"outcome": "admit", "unmet": [], "close_by": None}
    answer = client.post(f"/v1/cases/{case}/review", json=admitted, headers=reviewer)
    assert answer.status_code == 201, answer.text
    return UUID(case)


def examined(life: Life, case: UUID, component: str) -> None:
    """Hold the sitting and mark it blind by two, by three where the rule asks for it."""
    client, world = life.client, life.world
    held = marks.held(client, world, case, component, held_on=life.today.isoformat())
    assert held.status_code == 201, held.text
    for seat in ("first", "second"):
        marks.marked(client, world, marks.assigned(client, world, case, component, seat), component, seat)
    office = world.alpha["scheme_manager"].headers
    parts = client.get(f"/v1/cases/{case}/marking", headers=office).json()["items"]
    if next(part for part in parts if part["component"] == component)["reasons"]:
        marks.marked(
            client, world, marks.assigned(client, world, case, component, "third"), component, "third"
        )


def granted(life: Life, case: UUID) -> dict[str, Any]:
    decider = life.world.alpha["decision_maker"].headers
    life.client.post(f"/v1/cases/{case}/conflict-declarations", json={"answer": "none"}, headers=decider)
    answer = life.client.post(f"/v1/cases/{case}/decisions", json={"kind": "grant"}, headers=decider)
    assert answer.status_code == 201, answer.text
    begin_day(life.runtime)
    [certificate] = life.client.get("/v1/me/certificates", headers=life.mentor.headers).json()["items"]
    return certificate
