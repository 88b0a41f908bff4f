from tests.support.world import World


def test_a_person_is_registered_with_her_name_as_printed(client, world: World):
    answer = client.post(
        "/v1/people",
        json={"printed_name": "Zoë Őrség", "language": "hu"},
        headers=world.alpha["administrator"].headers,
    )

    assert answer.status_code == 201, answer.text
    assert answer.json()["printed_name"] == "Zoë Őrség"
    assert answer.headers["etag"] == '"1"'
