"""Whether a case takes a component now; asked by whatever begins one."""

from typing import Any

from app.applications.rules import CaseState
from app.applications.tables import CaseRow
from app.core.errors import Conflict
from app.delivery import queries, rules
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def ensure_ready(work: Work, case: CaseRow, component: str, *, scoring: str) -> dict[str, Any]:
    """Refuse a component that this case does not take now (APP-3, ASM-1; 7.0, amendment 9)."""
    if case.state is not CaseState.ADMITTED:
        raise Conflict("case_not_admitted", rule="APP-3", state=case.state)
    package = schemes.version_of(work, case.scheme_version_id).package
    plan = assessing.component(package, component)
    if component not in assessing.examined(package, case.level) or plan["scoring"] != scoring:
        raise Conflict("component_not_offered", rule="ASM-1", component=component)
    done = {(row.engagement_id, row.component) for row in queries.formative_of(work, case.person_id)}
    if missing := rules.missing_formative(assessing.formative(package, case.level), done):
        raise Conflict("formative_missing", components=missing)
    return package
