"""Whether a case takes a component now; asked by whatever begins one, and told ahead by the plan."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.applications.rules import CaseState
from app.applications.tables import CaseRow
from app.core.errors import Conflict
from app.delivery import queries, rules
from app.delivery.rules import Try
from app.delivery.tables import AttemptRow, ExternalResultRow, SittingRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def ensure_ready(work: Work, case: CaseRow, component: str, *, scoring: str | None = None) -> dict[str, Any]:
    """Refuse a component that this case does not take now (APP-3, ASM-1; 7.0, amendment 9)."""
    package = schemes.version_of(work, case.scheme_version_id).package
    gates = gates_of(work, case, package)
    if gates and gates[0].code == "case_not_admitted":
        raise gates[0]
    plan = assessing.component(package, component)
    if component not in assessing.examined(package, case.level) or scoring not in {None, plan["scoring"]}:
        raise Conflict("component_not_offered", rule="ASM-1", component=component)
    for gate in gates:
        raise gate
    return package


def gates_of(work: Work, case: CaseRow, package: Mapping[str, Any]) -> list[Conflict]:
    """Return what stands before all final components of a case, as refusals."""
    found = []
    if case.state is not CaseState.ADMITTED:
        found.append(Conflict("case_not_admitted", rule="APP-3", state=case.state))
    done = {(row.engagement_id, row.component) for row in queries.formative_of(work, case.person_id)}
    if missing := rules.missing_formative(assessing.formative(package, case.level), done):
        found.append(Conflict("formative_missing", components=missing))
    return found


def tries_of(work: Work, case_id: UUID, component: str) -> list[Try]:
    """Return all tries of a case at a component in their order, wherever they were taken."""
    rows: Sequence[AttemptRow | SittingRow | ExternalResultRow] = [
        *queries.attempts_of(work, case_id, component),
        *queries.sittings_of(work, case_id, component),
        *(row for row in queries.external_results_of(work, case_id, component) if row.outcome.is_try),
    ]
    return [_try(row) for row in sorted(rows, key=lambda row: row.attempt_no or 0)]


def _try(row: AttemptRow | SittingRow | ExternalResultRow) -> Try:
    """Return a row as the rule for retakes sees it."""
    if isinstance(row, AttemptRow):
        return Try(row.opened_on, row.passed, row.concluded_on)
    began_on = row.held_on if isinstance(row, SittingRow) else row.taken_on
    return Try(began_on, row.passed, row.concluded_on)
