"""What all use cases of marking need: the standard of a component, and the sheets as the rules take them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.canonical import digest
from app.core.errors import Conflict
from app.impartiality import service as impartiality
from app.marking import queries, rules
from app.marking.rules import AssignmentState, Seat, Sheet, Standard
from app.marking.tables import AssignmentRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.schemes.assessing import Element
from app.work import Work


@dataclass(frozen=True)
class Component:
    """A judged component of a case, with the standard its sheets are judged by."""

    case: CaseRow
    code: str
    elements: tuple[Element, ...]
    standard: Standard


def package_of(work: Work, case: CaseRow) -> Mapping[str, Any]:
    """Return the package that a case is examined under."""
    return schemes.version_of(work, case.scheme_version_id).package


def opened(work: Work, row: AssignmentRow) -> Component:
    """Open the file of an assignment: a conflict declared since closes it again, and so does re-marking."""
    case = applications.case(work, row.case_id)
    impartiality.require_declared(work, applications.matter(work, case, row.component), row.assessor_id)
    rules.ensure_stands(row.state)
    return component_of(work, case, row.component)


def component_of(work: Work, case: CaseRow, code: str) -> Component:
    """Return a component that two assessors judge; refuse any other (ASM-1, EXM-6)."""
    return component_under(package_of(work, case), case, code)


def component_under(package: Mapping[str, Any], case: CaseRow, code: str) -> Component:
    """Return a judged component of a case as one package has it; refuse any other (ASM-1, EXM-6)."""
    plan = assessing.component(package, code)
    if not _is_judged(package, plan, case.level):
        raise Conflict("component_not_judged", rule="ASM-1", component=code)
    return _component(package, plan, case)


def components_of(work: Work, case: CaseRow) -> Iterator[Component]:
    """Yield all judged components of a case, in the order of the plan."""
    package = package_of(work, case)
    for plan in package["assessment"]["components"]:
        if _is_judged(package, plan, case.level):
            yield _component(package, plan, case)


def sheets_of(work: Work, component: Component, attempt_no: int) -> tuple[Sheet, ...]:
    """Return the sheets of one marking."""
    rows = assignments_of(work, component.case.id, component.code, attempt_no)
    ratings: dict[UUID, dict[str, int]] = {row.id: {} for row in rows}
    for mark in queries.marks_of(work, ratings):
        if mark.rating is not None:
            ratings[mark.stream][mark.element] = mark.rating
    return tuple(sheet_of(row, ratings[row.id]) for row in rows)


def sheet_of(row: AssignmentRow, ratings: Mapping[str, int]) -> Sheet:
    """Return a sheet as the rules take it."""
    return Sheet(Seat(row.seat), row.state is AssignmentState.SUBMITTED, ratings)


def assignments_of(work: Work, case_id: UUID, code: str, attempt_no: int) -> Sequence[AssignmentRow]:
    """Return the assignments of one marking; those set aside are none of it any more."""
    return [
        row
        for row in queries.assignments_of(work, case_id)
        if (row.component, row.attempt_no) == (code, attempt_no)
        and row.state is not AssignmentState.SET_ASIDE
    ]


def pseudonym(case_id: UUID) -> str:
    """Return the name under which a sheet shows its candidate."""
    return f"Candidate {digest(str(case_id))[:6].upper()}"


def _is_judged(package: Mapping[str, Any], plan: Mapping[str, Any], level: int) -> bool:
    is_final = plan["code"] in assessing.examined(package, level)
    return is_final and plan["scoring"] == "rubric" and plan["pass"]["rule"] == "offsets"


def _component(package: Mapping[str, Any], plan: Mapping[str, Any], case: CaseRow) -> Component:
    elements = assessing.elements_of(package, plan["code"], case.level)
    standard = Standard(
        critical=frozenset(element.code for element in elements if element.is_critical),
        target=case.level,
        pass_rule=rules.pass_rule(plan["pass"]),
        adjudication=rules.adjudication_rule(package["assessment"]),
    )
    return Component(case, plan["code"], elements, standard)
