"""A panel rates a form from the bank: an item counts as many points as it is worth."""

from tests.factories import itembank as b
from tests.factories import studies as the

KINDS = ("single_choice", "ordering", "situational_judgement", "short_answer")
JUDGES = the.JUDGES[:5]
EXPECTED = {"3": 60, "4": 70, "5": 80}
"""Of 100 points of every item, by level."""


def test_the_cut_of_a_form_with_several_kinds_is_set_in_its_points(client, world, system, version_id):
    b.a_bank(system, world.alpha, b.scheme_id(client, world.alpha), b.BLUEPRINT, kinds=KINDS)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    items = b.content_of(client, world.alpha, form_id)["items"]
    ratings = {level: {item["code"]: expected for item in items} for level, expected in EXPECTED.items()}
    study = the.planned(client, world, form_id)
    the.a_panel(client, world, study, JUDGES)
    for number in (1, 2):
        the.opened(client, world, study)
        for name in JUDGES:
            sheet = the.sheet_of(client, world, name, number)
            shown = client.get(f"/v1/rating-sheets/{sheet}", headers=world.alpha[name].headers).json()
            assert {item["kind"] for item in shown["items"]} == set(KINDS)
            assert the.saved(client, world, name, sheet, ratings).status_code == 200
            assert the.submitted(client, world, name, sheet).status_code == 200
        the.closed(client, world, study, number)

    concluded = the.concluded(client, world, study)
    approved = the.approved(client, world, form_id)

    assert (concluded.status_code, approved.status_code) == (200, 200), approved.text
    points = sum(item["points"] for item in items)
    levels = b.content_of(client, world.alpha, form_id)["study"]["levels"]
    assert [entry["cut"] for entry in levels] == [-(-points * each // 100) for each in EXPECTED.values()]


def test_a_form_has_a_panel_or_a_study_that_is_entered(client, world, system, version_id):
    b.a_bank(system, world.alpha, b.scheme_id(client, world.alpha), b.BLUEPRINT)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    wanted = {"study": b.a_study(client, world.alpha, form_id)}
    the.planned(client, world, form_id)

    headers = world.alpha["scheme_manager"].headers
    rev = client.get(f"/v1/forms/{form_id}", headers=headers).headers["etag"]
    answer = client.post(f"/v1/forms/{form_id}/study", json=wanted, headers=headers | {"If-Match": rev})

    assert (answer.status_code, answer.json()["code"]) == (409, "study_running")


def test_a_form_that_takes_its_cut_from_another_is_rated_by_no_panel(client, world, system, version_id):
    b.a_bank(system, world.alpha, b.scheme_id(client, world.alpha), b.BLUEPRINT)
    b.a_spanish_bank(system, world.alpha)
    [form_id] = b.assembled(client, world.alpha, version_id)["forms"]
    headers = world.alpha["scheme_manager"].headers
    wanted = {"language": "es", "code": "F-B-ES", "title": "Conocimientos", "equivalence": "Same ratings."}
    variant = client.post(f"/v1/forms/{form_id}/variants", json=wanted, headers=headers).json()

    answer = client.post("/v1/studies", json=the.study_wanted(variant["id"]), headers=headers)

    assert the.code_of(answer) == (409, "study_taken")
