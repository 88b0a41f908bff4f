"""What no database keeps in a text is refused at the door, on pages and in the API alike."""

import pytest
from starlette.testclient import TestClient

PLACES = (
    "/public/v1/bodies/al%00pha",
    "/public/v1/bodies/alpha/certificates/a%00b",
    "/public/v1/bodies/alpha/certificates?number=a%00b",
    "/public/v1/bodies/alpha/schemes/a%00",
    "/verify/a%00",
    "/verify/alpha?number=a%00b",
    "/v/alpha/a%00",
    "/me/a%00/sign-in",
    "/me/alpha/sign-in%00",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_null_character_is_a_refusal_and_no_fault(place: str, client: TestClient) -> None:
    assert client.get(place).status_code == 400
