"""Panel studies over HTTP: eight people of the world as judges, and what they would rate."""

import copy
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.factories.marking import form_document
from tests.support.world import Member, World

JUDGES = (
    "assessor", "other_assessor", "third_assessor", "trainer", "mentee", "adviser", "programme_manager",
    "accommodation_officer",
)  # fmt: skip
LEVELS = {
    3: "Guides one firm through a first step, with help on money.",
    4: "Guides firms of several kinds by herself.",
    5: "Guides firms through crises, and other mentors.",
}
Ratings = dict[str, dict[str, int]]


def sent(client: TestClient, who: Member, method: str, path: str, status: int = 200, **body: Any) -> Any:
    """Send a request that must be answered so, with the version that a reading of the path shows."""
    answer = client.request(method, path, json=body or None, headers=who.headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def versioned(client: TestClient, who: Member, seen: str, method: str, path: str, **body: Any) -> Any:
    """Send a request with the version of what lies at `seen`."""
    read = client.get(seen, headers=who.headers)
    rev = f'"{read.json().get("rev", 0)}"'
    return client.request(method, path, json=body, headers={**who.headers, "If-Match": rev})


def a_draft_form(client: TestClient, world: World, version_id: UUID, **changes: Any) -> str:
    """A form whose study is still to be held."""
    document = copy.deepcopy(form_document())
    del document["study"]
    wanted = {"scheme_version_id": str(version_id), "document": {**document, **changes}}
    return str(sent(client, world.alpha["scheme_manager"], "POST", "/v1/forms", 201, **wanted)["id"])


def study_wanted(form_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "form_id": form_id,
        "rounding": "up",
        "rounding_reason": "Scores are whole.",
        "levels": [{"level": level, "minimally_competent": text} for level, text in LEVELS.items()],
        **changes,
    }


def planned(client: TestClient, world: World, form_id: str, **changes: Any) -> str:
    wanted = study_wanted(form_id, **changes)
    return str(sent(client, world.alpha["scheme_manager"], "POST", "/v1/studies", 201, **wanted)["id"])


def invited(client: TestClient, world: World, study: str, name: str) -> Any:
    return client.post(
        f"/v1/studies/{study}/judges",
        json={
            "person_id": str(world.alpha[name].person_id),
            "role": f"Expert, {name}",
            "qualifications": "Ten years of practice.",
        },
        headers=world.alpha["scheme_manager"].headers,
    )


def signed(client: TestClient, world: World, study: str, name: str) -> Any:
    undertaking = {"keeps_secret": True, "conflicts": "none declared"}
    path = f"/v1/studies/{study}/undertaking"
    return client.post(path, json=undertaking, headers=world.alpha[name].headers)


def a_panel(client: TestClient, world: World, study: str, judges: tuple[str, ...] = JUDGES) -> None:
    for name in judges:
        assert (answer := invited(client, world, study, name)).status_code == 201, answer.text
        assert (answer := signed(client, world, study, name)).status_code == 201, answer.text


def lead(client: TestClient, world: World, path: str, status: int = 200, **body: Any) -> Any:
    """Let who leads the study send a request."""
    return sent(client, world.alpha["scheme_manager"], "POST", path, status, **body)


def opened(client: TestClient, world: World, study: str) -> Any:
    return lead(client, world, f"/v1/studies/{study}/rounds", 201)


def closed(client: TestClient, world: World, study: str, number: int) -> Any:
    return lead(client, world, f"{round_path(client, world, study, number)}/closing")


def round_path(client: TestClient, world: World, study: str, number: int) -> str:
    held = sent(client, world.alpha["auditor"], "GET", f"/v1/studies/{study}")["rounds_held"]
    found = next(one["id"] for one in held if one["number"] == number)
    return f"/v1/studies/{study}/rounds/{found}"


def sheet_of(client: TestClient, world: World, name: str, number: int) -> str:
    """Return the id of a judge's own sheet of a round, in her newest study."""
    seats = client.get("/v1/me/panels", headers=world.alpha[name].headers).json()["items"]
    return str(next(sheet["id"] for sheet in seats[-1]["sheets"] if sheet["number"] == number))


def imagined(place: int, number: int) -> Ratings:
    """What the judge at a place would rate: near the example's judge, closer to the others in round 2."""
    levels = form_document()["study"]["levels"]
    pull = 2 if number == 1 else 4
    return {
        str(entry["level"]): {
            item: round(row[place] + (sum(row) / len(row) - row[place]) * (1 - 2 / pull))
            for item, row in entry["ratings"].items()
        }
        for entry in levels
    }


def saved(client: TestClient, world: World, name: str, sheet: str, ratings: Ratings) -> Any:
    path = f"/v1/rating-sheets/{sheet}"
    return versioned(client, world.alpha[name], path, "PUT", f"{path}/ratings", ratings=ratings)


def submitted(client: TestClient, world: World, name: str, sheet: str, **body: Any) -> Any:
    path = f"/v1/rating-sheets/{sheet}"
    return versioned(client, world.alpha[name], path, "POST", f"{path}/submission", **body)


def rated(
    client: TestClient, world: World, number: int, judges: tuple[str, ...] = JUDGES
) -> dict[str, Ratings]:
    """Let judges save and submit a whole round; return what each rated."""
    given = {}
    for name in judges:
        sheet, given[name] = sheet_of(client, world, name, number), imagined(JUDGES.index(name), number)
        answer = saved(client, world, name, sheet, given[name])
        assert answer.status_code == 200, answer.text
        answer = submitted(client, world, name, sheet, confirms_falls=True)
        assert answer.status_code == 200, answer.text
    return given


def concluded(client: TestClient, world: World, study: str) -> Any:
    path = f"/v1/studies/{study}"
    leader = world.alpha["scheme_manager"]
    return versioned(client, leader, path, "POST", f"{path}/conclusion")


def approved(client: TestClient, world: World, form: str, who: str = "impartiality_officer") -> Any:
    path = f"/v1/forms/{form}"
    leader = world.alpha["scheme_manager"]
    rev = client.get(path, headers=leader.headers).headers["etag"]
    return client.post(f"{path}/approval", headers={**world.alpha[who].headers, "If-Match": rev})


def posted(client: TestClient, member: Member, path: str, **body: Any) -> Any:
    return client.post(path, json=body or None, headers=member.headers)


def code_of(answer: Any) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


def both_rounds(client: TestClient, world: World, study: str) -> None:
    """Rate the round that is open and the one after it by the least panel."""
    rated(client, world, 1, JUDGES[:5])
    closed(client, world, study, 1)
    opened(client, world, study)
    rated(client, world, 2, JUDGES[:5])
    closed(client, world, study, 2)
