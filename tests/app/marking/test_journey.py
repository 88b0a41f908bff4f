"""One case through all final components of level 3, with the demonstration's material."""

from app.applications import service as applications
from app.marking import rules
from app.marking import service as marking
from tests.factories import marking as a


def _evidence(work, case_id):
    work.open_to_all()
    return marking.evidence(work, case_id)


def _state(work, case_id):
    work.open_to_all()
    return applications.case(work, case_id).state


def _values(evidence):
    return [value for item in evidence for value in item.get("values", ())]


def _assessed(client, world, version_id):
    """Which elements of the candidate's skill card assessors have rated."""
    card = client.get(f"/v1/me/profiles/{version_id}", headers=world.alpha["person"].headers).json()
    elements = [element for unit in card["units"] for element in unit["elements"]]
    return {
        element["code"]
        for element in elements
        if any(rating["source"] == "assessor" for rating in element["ratings"])
    }


def test_a_case_is_examined_once_all_final_components_are_passed(client, world, system, version_id):
    form = a.an_approved_form(client, world, version_id)
    case_id = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    a.attempt_submitted(client, world, case_id, a.responses())
    f1 = a.released(client, world, case_id, "F1").json()
    assert (f1["score_raw"], f1["cut"], f1["passed"], f1["form_id"]) == (47, 39, True, form["id"])

    for component in ("F2", "F3"):
        assignments = {
            seat: a.assigned(client, world, case_id, component, seat) for seat in ("first", "second")
        }
        assert a.held(client, world, case_id, component).status_code == 201
        for seat, assignment in assignments.items():
            a.marked(client, world, assignment, component, seat)
    assert a.released(client, world, case_id, "F2").json()["passed"] is True
    assert a.released(client, world, case_id, "F3").json()["code"] == "adjudication_needed"
    progress = client.get(f"/v1/cases/{case_id}/marking", headers=world.alpha["administrator"].headers).json()
    assert [(item["component"], item["stage"]) for item in progress["items"]] == [
        ("F2", "passed"),
        ("F3", "adjudication_needed"),
    ]
    assert progress["items"][1]["reasons"] == ["verdicts_differ", "critical_straddles", "noncritical_apart"]

    third = a.assigned(client, world, case_id, "F3", "third")
    a.marked(client, world, third, "F3", "third")
    f3 = a.released(client, world, case_id, "F3")

    assert f3.json()["passed"] is True, f3.text
    assert {"element": "SME-BM/U4.1", "value": "3", "how": "third_with_nearer"} in f3.json()["values"]
    assert system.read(_state, case_id) == "examined"
    evidence = system.read(_evidence, case_id)
    assert [item["component"] for item in evidence] == ["F1", "F2", "F3"]
    assert [rules.recomputed(item) for item in evidence] == [True, True, True]
    assert [len(item.get("seats", ())) for item in evidence] == [0, 2, 3]
    assert _assessed(client, world, version_id) == {value["element"] for value in _values(evidence)}
    own = client.get(f"/v1/me/cases/{case_id}/results", headers=world.alpha["person"].headers).json()
    assert [item["component"] for item in own["items"]] == ["F1", "F2", "F3"]
    assert sum(unit["raw"] for unit in own["items"][0]["units"]) == 47
    assert "K-0" not in str(own)
