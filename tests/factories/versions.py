"""A second version of SME-BM, with a rule about the first, published over HTTP."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.factories.packages import Fault, a_package, append, put
from tests.factories.requests import the_scheme
from tests.support.world import Tenant, World

TEXT = {"en": "What becomes of the first version.", "es": "Qué será de la primera versión."}


def a_rule(open_cases: str, **changes: Any) -> dict[str, Any]:
    """A rule about version 1.0; months run from the day on which the newer version is published."""
    rule = {"from_version": "1.0", "applications_months": 0, "open_cases": open_cases, "text": TEXT}
    if open_cases != "finish":
        rule |= {"deadline_months": 6, "extra_assessment": []}
    return rule | changes


def second(*faults: Fault, rule: dict[str, Any] | None = None) -> dict[str, Any]:
    """SME-BM 1.1: the first version with these changes, and with the rule about it."""
    return a_package(
        put("scheme/version", "1.1"), put("transition/rules", [] if rule is None else [rule]), *faults
    )


def examining_more() -> tuple[Fault, ...]:
    """Changes that add the component F5, judged like F2, to every level."""
    component = next(part for part in a_package()["assessment"]["components"] if part["code"] == "F2")
    asked = next(item for item in a_package()["requirements"]["items"] if item.get("component") == "F2")
    study = next(item for item in a_package()["studies"]["methods"] if item["component"] == "F2")
    return (
        append("assessment/components", deepcopy(component) | {"code": "F5"}),
        append("requirements/items", deepcopy(asked) | {"id": "R-f5", "component": "F5"}),
        append("studies/methods", study | {"component": "F5"}),
        append("coverage/0/final", "F5"),
    )


def drafted(client: TestClient, tenant: Tenant, package: dict[str, Any]) -> str:
    """Draft a package as one more version of the body's one scheme."""
    manager = tenant["scheme_manager"]
    path = f"/v1/schemes/{the_scheme(client, manager)}/versions"
    answer = client.post(path, json={"package": package}, headers=manager.headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def moved_on(client: TestClient, tenant: Tenant, version: object, step: str) -> Any:
    """Publish, try out or retire a version as it stands."""
    path, headers = f"/v1/scheme-versions/{version}", tenant["scheme_manager"].headers
    etag = client.get(path, headers=headers).headers["etag"]
    return client.post(f"{path}/{step}", headers=headers | {"If-Match": etag})


def a_newer_version(client: TestClient, tenant: Tenant, package: dict[str, Any]) -> UUID:
    """Publish a package as the newer version of the body's one scheme."""
    version = drafted(client, tenant, package)
    answer = moved_on(client, tenant, version, "publication")
    assert answer.status_code == 200, answer.text
    return UUID(version)


def a_newer(client: TestClient, world: World, open_cases: str, *faults: Fault, **changes: Any) -> UUID:
    """Publish version 1.1 in body alpha, with a rule of this kind about version 1.0."""
    return a_newer_version(client, world.alpha, second(*faults, rule=a_rule(open_cases, **changes)))


def transition_of(client: TestClient, world: World, case_id: UUID, who: str = "person") -> dict[str, Any]:
    """Return what a newer version means for a case, as somebody of body alpha reads it."""
    answer = client.get(f"/v1/cases/{case_id}/transition", headers=world.alpha[who].headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def moved(client: TestClient, world: World, case_id: UUID, to: object, who: str = "scheme_manager") -> Any:
    """Move a case to a newer version."""
    return client.post(
        f"/v1/cases/{case_id}/version-moves",
        json={"scheme_version_id": str(to)},
        headers=world.alpha[who].headers,
    )
