"""Programmes and their indicators over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.certificates.tables import CertificateRow
from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.packages import a_package, put
from tests.factories.programmes import (
    PROGRAMME,
    a_member,
    a_programme,
    a_running_programme,
    a_window,
    sent,
)
from tests.support.counting import events, rows
from tests.support.world import StandingClock, World

PUBLIC = "/public/v1/bodies/alpha/programmes"
INDICATOR: dict[str, Any] = {
    "code": "jobs_created",
    "titles": {"en": "Jobs created"},
    "unit": "full-time posts",
    "target": "60.00",
    "adds_up": True,
}


def told(client: TestClient) -> list[dict[str, Any]]:
    answer = client.get(PUBLIC)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_a_programme_is_planned_started_and_closed(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    manager = world.alpha["programme_manager"]
    planned = a_programme(client, world.alpha)
    path = f"/v1/programmes/{planned['id']}"

    running = sent(client, "POST", f"{path}/start", manager, rev=planned["rev"])
    closed = sent(client, "POST", f"{path}/closing", manager, rev=running["rev"], reason="The funding ended.")
    again = client.post(f"{path}/start", headers=manager.headers | {"If-Match": f'"{closed["rev"]}"'})

    assert [one["state"] for one in (planned, running, closed)] == ["planned", "running", "closed"]
    assert closed["closed_on"] == "2026-03-02"
    assert (again.status_code, again.json()["code"]) == (409, "programme_move_refused")
    names = ("programme.planned", "programme.started", "programme.closed")
    assert [len(events(runtime, name)) for name in names] == [1, 1, 1]


def test_a_programme_is_neither_started_too_early_nor_closed_early_without_a_reason(
    client: TestClient, world: World
) -> None:
    manager = world.alpha["programme_manager"].headers
    later = a_programme(client, world.alpha, code="later", starts_on="2026-03-03")
    now = a_running_programme(client, world.alpha)

    early = client.post(f"/v1/programmes/{later['id']}/start", headers=manager | {"If-Match": '"1"'})
    unreasoned = client.post(
        f"/v1/programmes/{now['id']}/closing", json={}, headers=manager | {"If-Match": '"2"'}
    )
    reversed_ = client.post(
        "/v1/programmes", json=PROGRAMME | {"code": "odd", "ends_on": "2026-01-01"}, headers=manager
    )
    twice = client.post("/v1/programmes", json=PROGRAMME, headers=manager)

    assert (early.status_code, early.json()["code"]) == (409, "programme_not_due")
    assert early.json()["facts"]["starts_on"] == "2026-03-03"
    assert (unreasoned.status_code, unreasoned.json()["code"]) == (422, "closing_reason_missing")
    assert (reversed_.status_code, reversed_.json()["code"]) == (422, "dates_reversed")
    assert (twice.status_code, twice.json()["code"]) == (409, "programme_code_taken")


def test_a_programme_is_written_anew_until_it_is_closed(client: TestClient, world: World) -> None:
    manager, made = world.alpha["programme_manager"], a_running_programme(client, world.alpha)
    path, wanted = f"/v1/programmes/{made['id']}", {**PROGRAMME}
    del wanted["code"]

    longer = sent(client, "PUT", path, manager, rev=made["rev"], **(wanted | {"ends_on": "2029-06-30"}))
    stale = client.put(path, json=wanted, headers=manager.headers | {"If-Match": f'"{made["rev"]}"'})
    moved = client.put(
        path,
        json=wanted | {"starts_on": "2026-01-01"},
        headers=manager.headers | {"If-Match": f'"{longer["rev"]}"'},
    )
    closed = sent(client, "POST", f"{path}/closing", manager, rev=longer["rev"], reason="Over.")
    late = client.put(path, json=wanted, headers=manager.headers | {"If-Match": f'"{closed["rev"]}"'})

    assert longer["ends_on"] == "2029-06-30"
    assert stale.status_code == 412
    assert (moved.status_code, moved.json()["code"]) == (409, "programme_begun")
    assert (late.status_code, late.json()["code"]) == (409, "programme_closed")


def test_a_programme_does_not_end_before_its_intake(client: TestClient, world: World) -> None:
    made = a_programme(client, world.alpha)
    a_window(client, world.alpha, made)
    wanted = {name: value for name, value in PROGRAMME.items() if name != "code"}

    answer = client.put(
        f"/v1/programmes/{made['id']}",
        json=wanted | {"ends_on": "2026-04-09"},
        headers=world.alpha["programme_manager"].headers | {"If-Match": '"1"'},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "programme_ends_before_intake")
    assert answer.json()["facts"]["last"] == "2026-04-10"


def test_anyone_is_told_what_runs_and_what_takes_requests_soon(client: TestClient, world: World) -> None:
    a_programme(client, world.alpha, code="silent")
    a_window(client, world.alpha, a_programme(client, world.alpha, code="coming", starts_on="2026-03-20"))
    running = a_running_programme(client, world.alpha)

    found = {one["code"]: one for one in told(client)}
    sent(
        client,
        "POST",
        f"/v1/programmes/{running['id']}/closing",
        world.alpha["programme_manager"],
        rev=running["rev"],
        reason="Over.",
    )

    assert set(found) == {"business-ready", "coming"}
    demands = ("hours_a_month", "digital_needs", "languages", "is_free", "intake")
    assert {name: found["business-ready"][name] for name in demands} == {
        "hours_a_month": "6.00",
        "digital_needs": ["Video calls"],
        "languages": ["en"],
        "is_free": True,
        "intake": None,
    }
    assert found["coming"]["intake"]["closes_on"] == "2026-03-31"
    assert [one["code"] for one in told(client)] == ["coming"]


def test_staff_read_programmes_and_only_the_manager_writes(client: TestClient, world: World) -> None:
    made = a_programme(client, world.alpha)
    readers = ("programme_manager", "adviser", "auditor", "assessor", "administrator")

    seen = [client.get(f"/v1/programmes/{made['id']}", headers=world.alpha[role].headers) for role in readers]
    refused = [
        client.post("/v1/programmes", json=PROGRAMME | {"code": "mine"}, headers=world.alpha[role].headers)
        for role in ("adviser", "auditor", "administrator", "person")
    ]

    assert {answer.status_code for answer in seen} == {200}
    assert {answer.status_code for answer in refused} == {403}
    assert client.get("/v1/programmes", headers=world.alpha["person"].headers).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        "state = 'planned'",
        "state = 'closed', closed_on = NULL",
        "starts_on = '2026-01-01'",
        "code = 'other'",
    ],
)
def test_the_database_keeps_a_programme_on_its_way(
    client: TestClient, world: World, runtime: Runtime, change: str
) -> None:
    a_running_programme(client, world.alpha)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE programmes SET {change}, rev = rev + 1")

    assert refused_by(refused.value) in {"PRG-1", "ck_programmes_closed"}


def test_a_certificate_outlives_the_programme(
    client: TestClient, world: World, clock: StandingClock, certificate: CertificateRow
) -> None:
    programme = a_running_programme(client, world.alpha, ends_on="2026-06-30")
    a_member(client, world.alpha, a_window(client, world.alpha, programme), world.alpha["person"])

    sent(
        client,
        "POST",
        f"/v1/programmes/{programme['id']}/closing",
        world.alpha["programme_manager"],
        rev=programme["rev"],
        reason="The funding ended.",
    )
    clock.advance(timedelta(days=365))
    shown = client.get(f"/public/v1/bodies/alpha/certificates/{certificate.code}").json()

    assert (shown["is_ok"], shown["entry"]["status"]) == (True, "valid")
    assert shown["entry"]["content"]["holder_name"] == "Person of Alpha"


class TestIndicators:
    @pytest.fixture
    def programme(self, client: TestClient, world: World) -> str:
        return f"/v1/programmes/{a_running_programme(client, world.alpha)['id']}"

    def test_they_are_listed_with_target_and_value(
        self, client: TestClient, world: World, programme: str, runtime: Runtime
    ) -> None:
        manager = world.alpha["programme_manager"]
        jobs = sent(client, "POST", f"{programme}/indicators", manager, **INDICATOR)
        firms = INDICATOR | {"code": "firms", "adds_up": False, "target": "100"}
        last = sent(client, "POST", f"{programme}/indicators", manager, **firms)
        february = {"starts_on": "2026-02-01", "ends_on": "2026-02-27"}
        rest = {"starts_on": "2026-02-28", "ends_on": "2026-03-02"}
        for indicator in (jobs, last):
            path = f"/v1/programme-indicators/{indicator['id']}/values"
            sent(client, "POST", path, manager, **february, value="40")
            sent(client, "POST", path, manager, **rest, value="5")
            sent(client, "POST", path, manager, **february, value="4.5")

        found = sent(client, "GET", f"{programme}/indicators", world.alpha["adviser"])["items"]

        assert [(one["code"], one["target"], one["value"]) for one in found] == [
            ("jobs_created", "60.00", "9.50"),
            ("firms", "100.00", "5.00"),
        ]
        assert [period["value"] for period in found[0]["periods"]] == ["4.50", "5.00"]
        assert len(rows(runtime, "programme_indicator_values")) == 6  # what was corrected stays on record
        assert len(events(runtime, "programme_indicator_value.entered")) == 6

    def test_a_day_is_counted_once(
        self, client: TestClient, world: World, programme: str, runtime: Runtime
    ) -> None:
        manager = world.alpha["programme_manager"]
        indicator = sent(client, "POST", f"{programme}/indicators", manager, **INDICATOR)
        path = f"/v1/programme-indicators/{indicator['id']}/values"
        sent(client, "POST", path, manager, starts_on="2026-02-01", ends_on="2026-02-27", value="4")

        answer = client.post(
            path,
            json={"starts_on": "2026-02-27", "ends_on": "2026-03-01", "value": "4"},
            headers=manager.headers,
        )
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(
                "INSERT INTO programme_indicator_values (body_id, id, rev, stream, starts_on, ends_on, value,"
                " entered_on) SELECT body_id, stream, 99, stream, '2026-02-27', '2026-03-01', 1, entered_on"
                " FROM programme_indicator_values"
            )
        with pytest.raises(sa.exc.IntegrityError) as kept, raw(runtime) as connection:
            connection.exec_driver_sql("UPDATE programme_indicator_values SET value = 9, rev = rev + 1")

        assert (answer.status_code, answer.json()["code"]) == (409, "periods_overlap")
        assert (refused_by(refused.value), refused_by(kept.value)) == ("PRG-4", "PRG-4")

    def test_a_code_stands_for_one_thing(self, client: TestClient, world: World, programme: str) -> None:
        manager = world.alpha["programme_manager"]
        sent(client, "POST", f"{programme}/indicators", manager, **INDICATOR)

        twice = client.post(f"{programme}/indicators", json=INDICATOR, headers=manager.headers)
        named = client.post(
            f"{programme}/indicators",
            json=INDICATOR | {"code": "confirmed_hours"},
            headers=manager.headers,
        )

        assert (twice.status_code, twice.json()["code"]) == (409, "indicator_code_taken")
        assert (named.status_code, named.json()["code"]) == (422, "indicator_named_like_measure")

    def test_no_requirement_can_name_one(self, client: TestClient, world: World, programme: str) -> None:
        """Schemes lie below programmes; the measures they know are a closed list in the package's schema."""
        manager, schemer = world.alpha["programme_manager"], world.alpha["scheme_manager"]
        sent(client, "POST", f"{programme}/indicators", manager, **INDICATOR)
        items = a_package()["requirements"]["items"]
        at = next(index for index, item in enumerate(items) if item.get("measure") == "confirmed_hours")
        package = a_package(put(f"requirements/items/{at}/measure", INDICATOR["code"]))
        scheme = sent(client, "POST", "/v1/schemes", schemer, code="SME-BM", titles={"en": "SME-BM"})

        draft = sent(client, "POST", f"/v1/schemes/{scheme['id']}/versions", schemer, package=package)
        found = sent(client, "GET", f"/v1/scheme-versions/{draft['id']}/findings", schemer)["findings"]
        published = client.post(
            f"/v1/scheme-versions/{draft['id']}/publication",
            headers=schemer.headers | {"If-Match": f'"{draft["rev"]}"'},
        )

        assert any(finding["pointer"].startswith(f"/requirements/items/{at}") for finding in found)
        assert published.status_code == 422
