"""Published versions of scheme packages, made over HTTP."""

from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.factories.packages import a_package
from tests.support.world import Tenant


def a_draft(client: TestClient, tenant: Tenant, package: dict[str, Any] | None = None) -> str:
    """Draft a package as the first version of a new scheme; SME-BM unless another is given."""
    document = a_package() if package is None else package
    headers, code = tenant["scheme_manager"].headers, document["scheme"]["code"]
    scheme = client.post("/v1/schemes", json={"code": code, "titles": {"en": code}}, headers=headers)
    assert scheme.status_code == 201, scheme.text
    path = f"/v1/schemes/{scheme.json()['id']}/versions"
    draft = client.post(path, json={"package": document}, headers=headers)
    assert draft.status_code == 201, draft.text
    return str(draft.json()["id"])


def a_published_version(client: TestClient, tenant: Tenant, package: dict[str, Any] | None = None) -> UUID:
    """Publish a package in a body; SME-BM unless another is given."""
    version = a_draft(client, tenant, package)
    headers = tenant["scheme_manager"].headers | {"If-Match": '"1"'}
    done = client.post(f"/v1/scheme-versions/{version}/publication", headers=headers)
    assert done.status_code == 200, done.text
    return UUID(version)


def founding_scopes(client: TestClient, tenant: Tenant, version_id: UUID, *who: str, **changes: Any) -> None:
    """Let members of a body judge the final components of a scheme by a resolution of its committee."""
    headers = tenant["administrator"].headers
    version = client.get(f"/v1/scheme-versions/{version_id}", headers=headers).json()
    for name in who or ("assessor", "other_assessor", "third_assessor"):
        path = f"/v1/people/{tenant[name].person_id}/assessor-scopes"
        wanted = a_scope(version["scheme_id"], **changes)
        answer = client.post(path, json=wanted, headers=headers)
        assert answer.status_code == 201, answer.text


def a_scope(scheme_id: str, **changes: Any) -> dict[str, Any]:
    """What the API takes as an assessor's scope."""
    return {
        "scheme_id": scheme_id,
        "components": ["F2", "F3", "F4"],
        "level": 5,
        "languages": {"en": "C2", "es": "C1"},
        "basis": "founding",
        "evidence": "Resolution 1 of the scheme committee.",
        "valid_from": "2026-01-01",
        "valid_until": "2027-12-31",
        **changes,
    }
