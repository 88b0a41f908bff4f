"""Statements over HTTP: asked for by the person herself, listed, fetched, and refused by rule."""

import hashlib
from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest

from app.statements.labels import LANGUAGES
from tests.factories import marking as a
from tests.factories.certificates import a_seal
from tests.factories.packages import a_package, packaged
from tests.factories.schemes import a_published_version
from tests.factories.statements import asked, assessed, elements_of, sealed

ELEMENTS = elements_of()


@pytest.fixture
def person(world):
    return world.alpha["person"]


@pytest.fixture
def rated(client, system, person, version_id):
    """Whose assessors found level 2 everywhere."""
    assessed(system, person.person_id, version_id, dict.fromkeys(ELEMENTS, 2))
    return person


def rate_self(client, member, version_id, ratings):
    path = f"/v1/me/profiles/{version_id}/ratings"
    assert client.put(path, json={"ratings": ratings}, headers=member.headers).status_code == 200


def refusal(answer):
    return answer.status_code, answer.json()["code"]


def test_a_skill_card_tells_whose_ratings_it_rests_on_and_what_is_missing(client, rated, version_id):
    answer = asked(client, rated, version_id, target=3)

    assert answer.status_code == 201, answer.text
    told = answer.json()
    content, card = told["content"], told["content"]["card"]
    assert (told["document"]["state"], answer.headers["etag"]) == ("pending", '"1"')
    assert (content["person_name"], content["body_name"]) == ("Person of Alpha", "Alpha Certification")
    assert (content["found_on"], content["demonstration"], content["pilot"]) == ("2026-03-02", True, False)
    assert (card["source"], card["level"], card["target"]) == ("assessor", 2, 3)
    assert [level["certifiable"] for level in card["levels"]] == [False, False, True, True, True]
    assert {unit["mean"] for unit in card["units"]} == {"2.00"}
    first = card["units"][0]["elements"][0]
    assert (first["rating"], first["rated_on"], first["least"]) == ("2.00", "2026-03-02", 3)
    assert {step["needs"] for step in card["steps"]} == {3}
    assert told["verify_url"].endswith(f"/v/alpha/{told['code']}")


def test_the_gap_is_the_profiles_own(client, rated, version_id):
    profile = client.get(f"/v1/me/profiles/{version_id}?target=4", headers=rated.headers).json()

    card = asked(client, rated, version_id, target=4).json()["content"]["card"]

    view = next(view for view in profile["sources"] if view["source"] == "assessor")
    assert card["steps"] == view["pathway"]
    assert {unit["code"]: unit["mean"] for unit in card["units"]} == view["unit_means"]


def test_sources_are_never_mixed(client, rated, version_id):
    rate_self(client, rated, version_id, dict.fromkeys(ELEMENTS[:3], 5))

    own = asked(client, rated, version_id, source="self").json()["content"]["card"]
    assessors = asked(client, rated, version_id).json()["content"]["card"]

    ratings = [element["rating"] for unit in own["units"] for element in unit["elements"]]
    assert [rating for rating in ratings if rating] == ["5.00"] * 3
    assert (own["level"], assessors["level"]) == (None, 2)
    assert {e["rating"] for unit in assessors["units"] for e in unit["elements"]} == {"2.00"}


def test_without_a_target_the_next_level_is_looked_to(client, system, rated, version_id):
    before = asked(client, rated, version_id).json()["content"]["card"]["target"]
    assessed(system, rated.person_id, version_id, dict.fromkeys(ELEMENTS, 5))
    after = asked(client, rated, version_id).json()["content"]["card"]["target"]

    assert (before, after) == (3, 5)


def test_a_level_that_the_scheme_does_not_certify_may_be_stated(client, rated, version_id):
    answer = asked(client, rated, version_id, kind="level_statement")

    assert answer.status_code == 201, answer.text
    assert answer.json()["content"]["kind"] == "level_statement"
    assert answer.json()["content"]["card"]["level"] == 2


def test_who_reached_a_certifiable_level_is_led_to_certification(client, system, rated, version_id):
    assessed(system, rated.person_id, version_id, dict.fromkeys(ELEMENTS, 3))

    answer = asked(client, rated, version_id, kind="level_statement")

    assert refusal(answer) == (409, "level_is_certified")
    assert answer.json()["facts"] == {"rule": "7.0", "level": 3, "certified": [3, 4, 5]}
    assert "Apply for certification" in answer.json()["detail"]


def test_which_levels_are_certified_is_read_from_the_scheme(client, world, system, person):
    package = deepcopy(packaged("eia_like"))
    del package["levels"]["items"][0]["public_title"]
    package["levels"]["items"][0]["certifiable"] = False
    for component in package["assessment"]["components"]:
        component["levels"] = [level for level in component["levels"] if level > 1]
    version = a_published_version(client, world.alpha, package)
    assessed(system, person.person_id, version, dict.fromkeys(elements_of("eia_like"), 1))

    answer = asked(client, person, version, kind="level_statement")

    assert answer.status_code == 201, answer.text
    assert answer.json()["content"]["card"]["levels"][0] == {
        "level": 1, "name": "Foundation", "certifiable": False,
    }  # fmt: skip


def test_a_scheme_that_certifies_every_level_states_none(client, world, system, person):
    version = a_published_version(client, world.alpha, packaged("eia_like"))
    assessed(system, person.person_id, version, dict.fromkeys(elements_of("eia_like"), 1))

    answer = asked(client, person, version, kind="level_statement")

    assert refusal(answer) == (409, "level_is_certified")
    assert asked(client, person, version).status_code == 201


def test_a_level_is_never_stated_from_ones_own_rating(client, person, version_id):
    rate_self(client, person, version_id, dict.fromkeys(ELEMENTS, 2))

    answer = asked(client, person, version_id, kind="level_statement", source="self")

    assert refusal(answer) == (409, "level_statement_self_rated")
    assert asked(client, person, version_id, source="self").status_code == 201


def test_a_level_that_nobody_reached_is_not_stated(client, system, person, version_id):
    assessed(system, person.person_id, version_id, dict.fromkeys(ELEMENTS[:4], 5))

    assert refusal(asked(client, person, version_id, kind="level_statement")) == (
        409, "level_statement_without_level",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["skill_card", "level_statement"])
@pytest.mark.parametrize("source", ["self", "assessor"])
def test_where_nobody_has_rated_there_is_nothing_to_state(client, person, version_id, kind, source):
    answer = asked(client, person, version_id, kind=kind, source=source)

    assert refusal(answer) == (409, "statement_without_ratings")


def test_ratings_that_no_longer_count_are_not_stated(client, clock, world, rated, version_id):
    clock.advance(timedelta(days=6 * 366))
    a.signed_in_again(client, world, "person")

    answer = asked(client, world.alpha["person"], version_id)

    assert refusal(answer) == (409, "statement_without_ratings")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"language": "fi"}, 422, "statement_language_unknown"),
        ({"target": 6}, 422, "input_refused"),
        ({"target": 0}, 422, "input_refused"),
        ({"source": "mentee"}, 422, "input_refused"),
        ({"kind": "certificate"}, 422, "input_refused"),
        ({"level": 2}, 422, "input_refused"),
        ({"scheme_version_id": str(uuid4())}, 404, "not_found"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(client, rated, version_id, changes, status, code):
    assert refusal(asked(client, rated, version_id, **changes)) == (status, code)


def test_a_target_that_the_scheme_lacks_is_refused(client, world, system, person):
    version = a_published_version(client, world.alpha, packaged("eia_like"))
    assessed(system, person.person_id, version, dict.fromkeys(elements_of("eia_like"), 3))

    answer = asked(client, person, version, target=5)

    assert refusal(answer) == (422, "target_unknown")
    assert answer.json()["findings"][0]["pointer"] == "/target"


def test_a_draft_cannot_be_stated_and_another_bodys_version_is_not_there(client, world, rated, version_id):
    headers = world.alpha["scheme_manager"].headers
    package = packaged("business_ready")
    created = {"code": package["scheme"]["code"], "titles": {"en": "X"}}
    scheme = client.post("/v1/schemes", json=created, headers=headers).json()["id"]
    draft = client.post(f"/v1/schemes/{scheme}/versions", json={"package": package}, headers=headers)

    assert asked(client, rated, draft.json()["id"]).status_code == 404
    assert asked(client, world.beta["person"], version_id).status_code == 404


def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_kept(client, world, system, version_id):
    wanted = {"printed_name": "名前", "language": "en", "email": "n@a.example", "password": "a long password"}
    client.post("/public/v1/bodies/alpha/registrations", json=wanted)
    signed_in = client.post(
        "/public/v1/bodies/alpha/tokens",
        json={"grant": "password", "email": "n@a.example", "password": "a long password"},
    )
    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    rating = {"ratings": {ELEMENTS[0]: 1}}
    client.put(f"/v1/me/profiles/{version_id}/ratings", json=rating, headers=headers)

    wanted = {"scheme_version_id": str(version_id), "kind": "skill_card", "source": "self"}
    answer = client.post("/v1/me/statements", json=wanted, headers=headers)

    assert refusal(answer) == (422, "statement_not_printable")
    assert client.get("/v1/me/statements", headers=headers).json()["items"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_speaks_the_language_asked_for(client, rated, version_id, language):
    content = asked(client, rated, version_id, language=language).json()["content"]

    names = {"en": "Advanced beginner", "es": "Principiante avanzado"}
    assert content["language"] == language
    assert content["card"]["levels"][1]["name"] == names[language]


def test_a_pilots_statement_says_that_it_is_one(client, world, system, person):
    headers = world.alpha["scheme_manager"].headers
    created = {"code": "SME-BM", "titles": {"en": "X"}}
    scheme = client.post("/v1/schemes", json=created, headers=headers).json()["id"]
    draft = client.post(f"/v1/schemes/{scheme}/versions", json={"package": a_package()}, headers=headers)
    path = f"/v1/scheme-versions/{draft.json()['id']}/pilot"
    piloted = client.post(path, headers=headers | {"If-Match": draft.headers["etag"]})
    assert piloted.status_code == 200, piloted.text
    rate_self(client, person, draft.json()["id"], {ELEMENTS[0]: 1})

    answer = asked(client, person, draft.json()["id"], source="self")

    assert answer.json()["content"]["pilot"] is True


def test_a_later_statement_only_makes_the_earlier_one_older(client, clock, system, rated, version_id, world):
    first = asked(client, rated, version_id).json()
    clock.advance(timedelta(days=10))
    a.signed_in_again(client, world, "person")
    rated = world.alpha["person"]
    assessed(system, rated.person_id, version_id, dict.fromkeys(ELEMENTS, 4))
    second = asked(client, rated, version_id).json()

    listed = client.get("/v1/me/statements", headers=rated.headers).json()["items"]
    again = client.get(f"/v1/me/statements/{first['id']}", headers=rated.headers).json()

    assert [item["id"] for item in listed] == [second["id"], first["id"]]
    assert (again, again["content"]["card"]["level"]) == (first, 2)
    assert second["content"]["card"]["level"] == 4


def test_statements_are_listed_page_by_page_newest_first(client, rated, version_id):
    made = [asked(client, rated, version_id).json()["number"] for _ in range(3)]

    first = client.get("/v1/me/statements?limit=2", headers=rated.headers).json()
    path = f"/v1/me/statements?limit=2&cursor={first['next']}"
    second = client.get(path, headers=rated.headers).json()

    assert [item["number"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


def test_the_document_is_pending_until_it_is_sealed_and_then_handed_out_byte_for_byte(
    client, system, rated, version_id
):
    a_seal(system)
    told = asked(client, rated, version_id).json()
    path = f"/v1/me/statements/{told['id']}"

    early = client.get(f"{path}/document", headers=rated.headers)
    pdf = sealed(system, client, rated, told)
    answer = client.get(f"{path}/document", headers=rated.headers)
    document = client.get(path, headers=rated.headers).json()["document"]

    assert refusal(early) == (409, "document_pending")
    assert answer.content == pdf
    assert document["state"] == "ready"
    assert document["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert answer.headers["etag"] == f'"{document["sha256"]}"'
    assert f"{told['number']}.pdf" in answer.headers["content-disposition"]


@pytest.mark.parametrize("path", ["", "/document"])
@pytest.mark.parametrize(("body", "member"), [("alpha", "trainer"), ("beta", "person")])
def test_anybody_elses_statement_is_not_there(client, world, rated, version_id, path, body, member):
    told = asked(client, rated, version_id).json()
    other = getattr(world, body)[member]

    answer = client.get(f"/v1/me/statements/{told['id']}{path}", headers=other.headers)

    assert answer.status_code == 404


def test_a_machine_asks_for_no_statement(client, world, version_id):
    assert asked(client, world.alpha["client"], version_id).status_code == 403


def test_the_same_key_makes_one_statement(client, rated, version_id):
    headers = rated.headers | {"Idempotency-Key": "once"}
    wanted = {"scheme_version_id": str(version_id), "kind": "skill_card", "source": "assessor"}

    numbers = {client.post("/v1/me/statements", json=wanted, headers=headers).json()["number"] for _ in "ab"}

    assert len(numbers) == 1
