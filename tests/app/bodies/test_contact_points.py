"""To whom people may turn in a region: named by the body, read by anyone, closed and not forgotten."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories import marking as a
from tests.factories.bodies import a_contact_point
from tests.support.counting import events, rows
from tests.support.world import World

PAGE = "/public/v1/bodies/alpha/contact-points"
UNKNOWN = "01890000-0000-7000-8000-00000000dead"


def closed(client: TestClient, world: World, point: object, who: str = "administrator") -> Any:
    return client.post(f"/v1/body/contact-points/{point}/closure", headers=world.alpha[who].headers)


def test_anyone_reads_them_by_country_and_region(client: TestClient, world: World, runtime: Runtime) -> None:
    office = world.alpha["administrator"]
    for country, region in (("TR", "Istanbul"), ("ES", "Madrid"), ("ES", "Andalusia")):
        a_contact_point(client, office, country=country, region=region)
    a_contact_point(client, world.beta["administrator"], name="Of another body")

    told = client.get(PAGE).json()["items"]

    assert [(item["country"], item["region"]) for item in told] == [
        ("ES", "Andalusia"),
        ("ES", "Madrid"),
        ("TR", "Istanbul"),
    ]
    assert {item["name"] for item in told} == {"University of the Coast"}
    assert len(events(runtime, "contact_point.opened")) == 4


def test_a_closed_one_is_off_the_list_and_on_record(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    point = a_contact_point(client, world.alpha["administrator"])["id"]

    done, again, unknown = (closed(client, world, which) for which in (point, point, UNKNOWN))

    assert (done.status_code, done.json()["closed_on"]) == (200, "2026-03-02")
    assert (again.status_code, again.json()["code"]) == (409, "contact_point_closed")
    assert unknown.status_code == 404
    assert client.get(PAGE).json()["items"] == []
    assert len(rows(runtime, "contact_points")) == len(events(runtime, "contact_point.closed")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": None}, "address_missing"),
        ({"url": "javascript:alert(1)"}, "input_refused"),
        ({"url": "https://coast.example/ü"}, "input_refused"),
        ({"email": "nobody"}, "input_refused"),
        ({"country": "es"}, "input_refused"),
        ({"languages": []}, "input_refused"),
        ({"languages": ["spanish"]}, "input_refused"),
    ],
)
def test_one_that_nobody_could_reach_is_refused(
    changes: dict[str, Any], code: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    wanted = {
        "name": "Coast", "region": "Andalusia", "country": "ES", "languages": ["es"],
        "url": "https://coast.example",
    }  # fmt: skip

    answer = client.post(
        "/v1/body/contact-points", json=wanted | changes, headers=world.alpha["administrator"].headers
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert rows(runtime, "contact_points") == []


def test_others_do_not_write_them(client: TestClient, world: World) -> None:
    point = a_contact_point(client, world.alpha["scheme_manager"])["id"]

    for who in ("person", "assessor", "auditor"):
        assert closed(client, world, point, who).status_code == 403
    headers = world.beta["administrator"].headers
    assert client.post(f"/v1/body/contact-points/{point}/closure", headers=headers).status_code == 404


@pytest.mark.parametrize("change", ["name = 'Other'", "url = NULL", "country = 'FR'", "closed_on = NULL"])
def test_the_database_lets_nothing_of_it_change(
    change: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    one, other = (a_contact_point(client, world.alpha["administrator"])["id"] for _ in range(2))
    closed(client, world, other)
    which = other if change.startswith("closed") else one

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        where = "closed_on IS NOT NULL" if which == other else "closed_on IS NULL"
        connection.exec_driver_sql(f"UPDATE contact_points SET rev = rev + 1, {change} WHERE {where}")

    assert refused_by(refused.value) == "PUB-4"
