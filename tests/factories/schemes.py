"""A published SME-BM version, made over HTTP as a body makes it."""

from pathlib import Path
from uuid import UUID

from starlette.testclient import TestClient

from app.schemes.packaging import read_package
from tests.support.world import World

SME_BM = Path(__file__).parents[2] / "app" / "schemes" / "packages" / "sme_bm"


def a_published_version(client: TestClient, world: World) -> UUID:
    """Create the scheme, draft its version and publish it."""
    headers = world.alpha["scheme_manager"].headers
    scheme = client.post(
        "/v1/schemes", json={"code": "SME-BM", "titles": {"en": "SME business mentor"}}, headers=headers
    ).json()
    version = client.post(
        f"/v1/schemes/{scheme['id']}/versions", json={"package": read_package(SME_BM)}, headers=headers
    ).json()
    answer = client.post(
        f"/v1/scheme-versions/{version['id']}/publication",
        headers={**headers, "If-Match": f'"{version["rev"]}"'},
    )
    assert answer.status_code == 200, answer.text
    return UUID(version["id"])
