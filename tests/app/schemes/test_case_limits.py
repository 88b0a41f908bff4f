"""What a hostile CASE package costs: a short answer, whatever it holds."""

import pytest
from starlette.testclient import TestClient

from app.core.errors import MOST_FINDINGS, Findings
from tests.support.world import World

DOCUMENT = {"identifier": "00000000-0000-4000-8000-000000000001", "title": "Mentoring", "language": "en"}


def read(client: TestClient, world: World, **package: object):
    headers = world.alpha["scheme_manager"].headers
    return client.post("/v1/case-frameworks", json={"CFDocument": DOCUMENT} | package, headers=headers)


def test_more_faults_than_anybody_reads_are_counted() -> None:
    faults = tuple((f"/{n}", "shape", "is wrong") for n in range(MOST_FINDINGS + 7))

    told = Findings("input_refused", faults).findings

    assert told[:-1] == faults[:MOST_FINDINGS]
    assert told[-1] == ("", "more", "7 more faults are not listed.")


@pytest.mark.parametrize("entries", [[1] * 50_000, [{}] * 20_001], ids=["of no kind", "too many"])
def test_a_list_of_anything_gets_a_short_answer(client: TestClient, world: World, entries: list) -> None:
    answer = read(client, world, CFRubrics=entries)

    assert answer.status_code == 422
    assert len(answer.content) < 20_000


def test_many_associations_with_many_groupings_are_read_in_one_pass(client: TestClient, world: World) -> None:
    link = {"identifier": "00000000-0000-4000-8000-00000000ffff", "uri": "urn:x", "title": "Elsewhere"}
    groupings = [{"identifier": f"g{n}", "title": f"Group {n}", "uri": f"urn:{n}"} for n in range(3000)]
    answer = read(
        client,
        world,
        CFItems=[{"identifier": "i", "fullStatement": "Listens", "uri": "urn:i"}],
        CFAssociations=[
            {
                "identifier": f"a{n}",
                "uri": f"urn:a{n}",
                "associationType": "isRelatedTo",
                "originNodeURI": {"identifier": "i", "uri": "urn:i", "title": "i"},
                "destinationNodeURI": link,
                "CFAssociationGroupingURI": {"identifier": f"g{n}", "uri": f"urn:{n}", "title": "x"},
            }
            for n in range(3000)
        ],
        CFDefinitions={"CFAssociationGroupings": groupings},
    )

    assert answer.status_code in {200, 422}
    assert len(answer.content) < 1_000_000


@pytest.mark.parametrize("field", ["title", "language"])
def test_a_null_character_is_refused_at_its_place(client: TestClient, world: World, field: str) -> None:
    item = {"identifier": "i", "fullStatement": "Listens", "uri": "urn:i"}

    answer = read(client, world, CFDocument=DOCUMENT | {field: "a\0b"}, CFItems=[item])

    assert answer.status_code == 422
    assert answer.json()["findings"][0]["pointer"] == f"/CFDocument/{field}"
