"""Types of activity are data: all know them, few change them, records name them, some bound what counts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.practice.catalogue import shipped
from app.practice.rules import ActivityType, Measure, Practice, Record, RecordKind, Span, measured
from app.practice.rules.crediting import credited
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, at_once, measures
from tests.support.world import Member, World

TYPES = "/v1/practice/activity-types"
OFFICE = {
    "code": "harvest_visit",
    "record_kind": "cpd",
    "titles": {"en": "Visit at harvest"},
    "hours_per_year_max": "8",
}


class TestCrediting:
    """What a yearly bound does to hours, as laws."""

    BOUND = ActivityType("workshop", RecordKind.CPD, {}, hours_per_year_max=Decimal(10))
    FREE = ActivityType("webinar", RecordKind.CPD, {})
    VOUCHED = ActivityType("event", RecordKind.CPD, {}, is_attested=True)
    TYPES: ClassVar = {one.code: one for one in (BOUND, FREE, VOUCHED)}

    any_record = st.builds(
        Record,
        id=st.uuids(),
        kind=st.just(RecordKind.CPD),
        started_on=st.dates(date(2023, 1, 1), date(2026, 2, 28)),
        ended_on=st.none(),
        hours=st.decimals(Decimal("0.25"), Decimal(9), places=2),
        engagement_id=st.none(),
        is_backed=st.booleans(),
        type=st.sampled_from([None, "workshop", "webinar", "event", "gone"]),
    )
    many = st.lists(any_record, max_size=15, unique_by=lambda one: one.id)

    def sum(self, records: Iterable[Record], span: Span = Span(date(2026, 3, 2))) -> Decimal:  # noqa: B008 - a frozen value
        practice = Practice(records=list(records), types=self.TYPES)
        return measured(practice, Measure.CPD_HOURS, span).value

    @settings(max_examples=80, deadline=None)
    @given(many, st.randoms(use_true_random=False))
    def test_the_order_of_records_is_of_no_account(self, records: list[Record], random: Any) -> None:
        shuffled = list(records)
        random.shuffle(shuffled)

        assert self.sum(shuffled) == self.sum(records)

    @settings(max_examples=80, deadline=None)
    @given(many)
    def test_no_year_has_more_of_a_type_than_its_most_and_no_record_more_than_its_hours(
        self, records: list[Record]
    ) -> None:
        found = credited(records, self.TYPES)

        assert all(0 <= found[one.id] <= (one.hours or 0) for one in records)
        for year in range(2023, 2027):
            of_year = [one for one in records if one.type == "workshop" and one.started_on.year == year]
            told = sum((one.hours or Decimal(0) for one in of_year), Decimal(0))
            assert sum(found[one.id] for one in of_year) == min(told, Decimal(10))

    @settings(max_examples=80, deadline=None)
    @given(many)
    def test_periods_add_up_to_the_whole(self, records: list[Record]) -> None:
        span = Span(date(2026, 3, 2), 48)

        assert sum(self.sum(records, period) for period in span.periods(3)) == self.sum(records, span)

    @settings(max_examples=80, deadline=None)
    @given(many, any_record)
    def test_a_further_record_never_takes_anything_away(self, records: list[Record], more: Record) -> None:
        assert self.sum([*records, more]) >= self.sum(records)

    @settings(max_examples=80, deadline=None)
    @given(many)
    def test_records_of_no_type_or_a_forgotten_one_count_in_full(self, records: list[Record]) -> None:
        plain = [one for one in records if one.type in {None, "gone"}]

        assert self.sum(plain) == sum((one.hours or Decimal(0) for one in plain), Decimal(0))

    def test_what_must_be_attested_counts_only_then(self) -> None:
        told = Record(UUID(int=1), RecordKind.CPD, date(2025, 5, 1), None, Decimal(3), None, False, "event")
        vouched = Record(UUID(int=2), RecordKind.CPD, date(2025, 5, 1), None, Decimal(2), None, True, "event")

        assert self.sum([told]) == 0
        assert self.sum([told, vouched]) == 2

    def test_the_bound_is_spent_from_january_on_whatever_window_is_asked_for(self) -> None:
        early = Record(
            UUID(int=1), RecordKind.CPD, date(2025, 2, 1), None, Decimal(8), None, False, "workshop"
        )
        late = Record(
            UUID(int=2), RecordKind.CPD, date(2025, 11, 1), None, Decimal(8), None, False, "workshop"
        )

        assert self.sum([early, late], Span(date(2026, 3, 2), 6)) == 2


def test_the_shipped_types_hold_what_the_seeds_name_and_no_figure() -> None:
    found = shipped()

    assert {
        "workshop", "webinar", "peer_network", "emotional_intelligence", "virtual_office_hours",
        "office_hours", "joint_project", "peer_observation", "business_contact", "community_event", "award",
        "lead_mentor", "mentor_manager", "skills_session", "goal_setting", "higher_education",
    } <= set(found)  # fmt: skip
    assert all(one.hours_per_year_max is None and set(one.titles) == {"en", "es"} for one in found.values())


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def manager(world: World) -> Member:
    return world.alpha["scheme_manager"]


def add(client: TestClient, by: Member, **changes: object) -> Any:
    return client.post(TYPES, json=OFFICE | changes, headers=by.headers)


def retire(client: TestClient, by: Member, code: str, on: str) -> Any:
    return client.post(f"{TYPES}/{code}/retirement", json={"retired_on": on}, headers=by.headers)


def listed(client: TestClient, by: Member) -> dict[str, Any]:
    answer = client.get(TYPES, headers=by.headers)
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["items"]}


def log(client: TestClient, mentor: Member, **parts: object) -> Any:
    record = {"kind": "cpd", "started_on": "2026-02-02", "hours": "6"} | parts
    return client.post(f"{OWN}/records", json=record, headers=mentor.headers)


def events(runtime: Runtime, name: str) -> int:
    with runtime.database.reading() as session:
        return int(
            session.execute(
                sa.text("SELECT count(*) FROM events WHERE event = :name").bindparams(name=name)
            ).scalar_one()
        )


def test_a_body_that_said_nothing_has_the_shipped_types(client: TestClient, mentor: Member) -> None:
    found = listed(client, mentor)

    assert list(found) == sorted(shipped())
    assert found["webinar"] == {
        "code": "webinar", "record_kind": "cpd", "titles": {"en": "Webinar", "es": "Seminario web"},
        "hours_per_year_max": None, "is_attested": False, "retired_on": None, "is_shipped": True,
    }  # fmt: skip


def test_a_type_is_added_for_this_body_alone(
    client: TestClient, world: World, runtime: Runtime, manager: Member, mentor: Member
) -> None:
    added = add(client, manager)

    assert added.status_code == 201, added.text
    assert listed(client, mentor)["harvest_visit"] == added.json()
    assert (added.json()["hours_per_year_max"], added.json()["is_shipped"]) == ("8.00", False)
    assert "harvest_visit" not in listed(client, world.beta["person"])
    assert events(runtime, "activity_type.added") == 1


def test_neither_mentors_nor_assessors_say_what_types_there_are(client: TestClient, world: World) -> None:
    for role in ("person", "assessor", "adviser", "auditor", "client"):
        assert add(client, world.alpha[role]).status_code == 403
        assert retire(client, world.alpha[role], "webinar", "2026-03-02").status_code == 403


def test_a_shipped_type_is_replaced_by_one_of_its_kind_and_then_stands(
    client: TestClient, manager: Member
) -> None:
    other = add(client, manager, code="webinar", record_kind="training")
    own = add(client, manager, code="webinar", hours_per_year_max="4")
    again = add(client, manager, code="webinar")

    assert (other.status_code, other.json()["code"]) == (422, "activity_type_kind_stays")
    assert (own.status_code, listed(client, manager)["webinar"]) == (201, own.json())
    assert (again.status_code, again.json()["code"]) == (409, "activity_type_code_taken")


@pytest.mark.parametrize(
    "changes",
    [
        {"record_kind": None},
        {"record_kind": None, "hours_per_year_max": None, "is_attested": True},
        {"hours_per_year_max": "0"},
        {"titles": {}},
        {"titles": {"english": "x"}},
        {"code": "Harvest visit"},
    ],
)
def test_a_type_that_means_nothing_is_refused(
    client: TestClient, manager: Member, changes: dict[str, object]
) -> None:
    assert add(client, manager, **changes).status_code == 422


def test_a_record_names_a_type_of_its_kind_that_was_in_use_on_its_day(
    client: TestClient, mentor: Member, manager: Member
) -> None:
    retire(client, manager, "workshop", "2026-03-02")

    unknown = log(client, mentor, type="nothing")
    misfit = log(client, mentor, type="induction")
    of_session = log(client, mentor, type="goal_setting")
    late = log(client, mentor, type="workshop", started_on="2026-03-02")
    before = log(client, mentor, type="workshop", started_on="2026-03-01")

    told = [(one.status_code, one.json().get("code")) for one in (unknown, misfit, of_session, late)]
    assert told == [
        (422, "activity_type_unknown"),
        (422, "activity_type_misfits"),
        (422, "activity_type_misfits"),
        (422, "activity_type_retired"),
    ]
    assert (before.status_code, before.json()["type"]) == (201, "workshop")


def test_hours_beyond_a_types_most_of_the_year_do_not_count(
    client: TestClient, mentor: Member, manager: Member
) -> None:
    add(client, manager)
    for day in ("2026-01-10", "2026-02-10", "2025-12-31"):
        log(client, mentor, type="harvest_visit", started_on=day)
    log(client, mentor)

    assert measures(client, mentor)[("cpd_hours", 12)] == "20.00"


def test_a_retired_type_stays_in_sight_and_is_retired_once(
    client: TestClient, runtime: Runtime, manager: Member, mentor: Member
) -> None:
    past = retire(client, manager, "webinar", "2026-03-01")
    retired = retire(client, manager, "webinar", "2026-06-01")
    again = retire(client, manager, "webinar", "2026-07-01")
    absent = retire(client, manager, "nothing", "2026-06-01")

    assert (past.status_code, past.json()["code"]) == (422, "activity_type_retirement_refused")
    assert (retired.status_code, retired.json()["retired_on"]) == (200, "2026-06-01")
    assert (again.status_code, again.json()["code"]) == (409, "activity_type_retired_already")
    assert absent.status_code == 404
    assert listed(client, mentor)["webinar"]["retired_on"] == "2026-06-01"
    assert events(runtime, "activity_type.retired") == 1


def test_of_many_who_retire_a_shipped_type_at_once_one_does(client: TestClient, manager: Member) -> None:
    assert at_once(lambda: retire(client, manager, "webinar", "2026-06-01"), 5) == [200] + [409] * 4


@pytest.mark.parametrize(
    "change",
    [
        "hours_per_year_max = NULL",
        "is_attested = NOT is_attested",
        "titles = '{}'",
        "record_kind = 'training'",
        "code = 'x'",
    ],
)
def test_the_database_keeps_a_type_as_it_was_added(
    client: TestClient, runtime: Runtime, manager: Member, change: str
) -> None:
    add(client, manager)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE practice_activity_types SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"
