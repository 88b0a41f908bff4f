"""A published version of SME-BM, made over HTTP."""

from uuid import UUID

from starlette.testclient import TestClient

from tests.factories.packages import a_package
from tests.support.world import Tenant


def a_published_version(client: TestClient, tenant: Tenant) -> UUID:
    """Publish SME-BM in a body."""
    headers = tenant["scheme_manager"].headers
    scheme = client.post("/v1/schemes", json={"code": "SME-BM", "titles": {"en": "SME"}}, headers=headers)
    assert scheme.status_code == 201, scheme.text
    path = f"/v1/schemes/{scheme.json()['id']}/versions"
    draft = client.post(path, json={"package": a_package()}, headers=headers)
    assert draft.status_code == 201, draft.text
    version = f"/v1/scheme-versions/{draft.json()['id']}"
    done = client.post(f"{version}/publication", headers=headers | {"If-Match": draft.headers["etag"]})
    assert done.status_code == 200, done.text
    return UUID(draft.json()["id"])
