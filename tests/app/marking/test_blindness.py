"""Neither marker learns of the other's marks, or whether they exist, before both are in (EXM-6)."""

import re

import pytest

from tests.factories import marking as a
from tests.factories.delivery import scheme_of
from tests.support.walking import every_get

OWN_ROLES = ("administrator", "scheme_manager", "application_reviewer")
REQUEST = re.compile(r'"request_id":"[^"]+"')
MARKERS = {"first": "assessor", "second": "other_assessor"}
PLANTED = {
    seat: [{**mark, "rating": 1, "comment": f"planted words of the {seat}"} for mark in a.sheets("F2")[seat]]
    for seat in MARKERS
}
FIRST = PLANTED["first"]


@pytest.fixture
def case_id(world, system, version_id):
    return a.an_admitted_case(system, world, version_id)


@pytest.fixture
def pair(client, world, case_id):
    """Both assignments of F2, the sitting held; both markers hold every role that might help them."""
    a.formative_done(client, world)
    for role in OWN_ROLES:
        for marker in MARKERS.values():
            a.appointed(client, world, marker, role)
    assert a.proposed(client, world, case_id, "F3", "first", "third_assessor").status_code == 201
    assert a.held(client, world, case_id, "F2").status_code == 201
    return {seat: a.assigned(client, world, case_id, "F2", seat) for seat in ("first", "second")}


def seen(client, world, case_id, pair, peeker="other_assessor"):
    """All that a marker is told by any GET of the contract, without what differs in every answer."""
    values = {
        "case_id": [str(case_id)],
        "scheme_id": [scheme_of(client, world, case_id)],
        "version_id": [str(world.alpha.version_id)],
        "assignment_id": list(pair.values()),
        "person_id": [str(world.alpha[name].person_id) for name in ("person", "assessor", "other_assessor")],
        "slug": ["alpha"],
        "code": ["SME-BM"],
    }
    told = {}
    for _, path, answer in every_get(client, world.alpha[peeker].headers, values):
        told[path] = (answer.status_code, answer.headers.get("etag"), REQUEST.sub("", answer.text))
    return told


@pytest.mark.parametrize(("seat", "other"), [("first", "second"), ("second", "first")])
def test_neither_marker_sees_a_difference_whatever_the_other_does(client, world, case_id, pair, seat, other):
    marker, peeker = world.alpha[MARKERS[other]], MARKERS[seat]
    untouched = seen(client, world, case_id, pair, peeker)

    assert a.save_marks(client, marker, pair[other], PLANTED[other]).status_code == 200
    saved = seen(client, world, case_id, pair, peeker)
    assert a.submit_marks(client, marker, pair[other]).status_code == 200
    submitted = seen(client, world, case_id, pair, peeker)

    assert len(untouched) > 100
    assert saved == untouched
    assert submitted == untouched
    assert "planted words" not in str(submitted)


def test_the_walk_asks_what_needs_a_query_and_gets_an_answer(client, world, case_id, pair):
    told = seen(client, world, case_id, pair)

    assert [path for path, (status, _, _) in told.items() if status == 422] == []
    for path in (f"/v1/cases/{case_id}/assessor-suggestions", "/v1/marking/forecast"):
        assert told[path][0] == 200


@pytest.mark.parametrize(("seat", "other"), [("first", "second"), ("second", "first")])
def test_no_get_of_the_contract_reaches_the_others_marks(client, world, case_id, pair, seat, other):
    for marker in MARKERS:
        a.save_marks(client, world.alpha[MARKERS[marker]], pair[marker], PLANTED[marker])
    assert a.submit_marks(client, world.alpha[MARKERS[other]], pair[other]).status_code == 200

    told = str(seen(client, world, case_id, pair, MARKERS[seat]))

    assert f"planted words of the {seat}" in told
    assert f"planted words of the {other}" not in told


def test_a_third_seat_and_a_release_tell_nothing_either(client, world, case_id, pair):
    peeker = world.alpha["other_assessor"].headers
    asked = (
        (f"/v1/cases/{case_id}/results", {"component": "F2"}),
        (
            f"/v1/cases/{case_id}/proposals",
            {"component": "F2", "seat": "third", "assessor_id": str(world.alpha["third_assessor"].person_id)},
        ),
    )

    before = [REQUEST.sub("", client.post(path, json=body, headers=peeker).text) for path, body in asked]
    a.save_marks(client, world.alpha["assessor"], pair["first"], FIRST)
    a.submit_marks(client, world.alpha["assessor"], pair["first"])
    after = [REQUEST.sub("", client.post(path, json=body, headers=peeker).text) for path, body in asked]

    assert after == before
    assert '"code":"not_impartial"' in before[0]
    assert '"code":"seat_not_open"' in before[1]


def test_the_other_sheet_is_shown_to_both_once_both_are_in(client, world, case_id, pair):
    a.marked(client, world, pair["first"], "F2", "first")
    early = client.get(f"/v1/assignments/{pair['first']}/co-marks", headers=world.alpha["assessor"].headers)
    a.marked(client, world, pair["second"], "F2", "second")

    shown = client.get(
        f"/v1/assignments/{pair['second']}/co-marks", headers=world.alpha["other_assessor"].headers
    )

    assert (early.status_code, early.json()["code"]) == (409, "marks_not_in")
    [sheet] = shown.json()["sheets"]
    ratings = {mark["element"]: mark["rating"] for mark in sheet["marks"]}
    assert sheet["seat"] == "first"
    assert ratings == {mark["element"]: mark["rating"] for mark in a.sheets("F2")["first"]}


def test_another_assessors_sheet_is_not_there(client, world, case_id, pair):
    other = world.alpha["other_assessor"].headers

    answers = [
        client.get(f"/v1/assignments/{pair['first']}", headers=other),
        client.get(f"/v1/assignments/{pair['first']}/co-marks", headers=other),
        client.put(
            f"/v1/assignments/{pair['first']}/marks",
            json={"marks": [{"element": "SME-BM/U1.1", "rating": 5}]},
            headers={**other, "If-Match": '"1"'},
        ),
        client.post(
            f"/v1/assignments/{pair['first']}/submission",
            json={"seen": "live"},
            headers={**other, "If-Match": '"1"'},
        ),
        client.get(f"/v1/assignments/{pair['first']}", headers=world.beta["assessor"].headers),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
