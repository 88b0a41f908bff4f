"""The plan of a case: each component of its level, where it stands, and what has to happen first (ASM-1)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.core.errors import Conflict
from app.core.messages import sentence
from app.delivery import queries, rules
from app.delivery.rules.plan import Line, line
from app.delivery.service.readiness import gates_of, tries_of
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def own_plan(work: Work, case_id: UUID) -> dict[str, object]:
    """Show a candidate what she still has to do, and from when she may."""
    work.require(Permission.APPLICATIONS_READ_OWN)
    return _plan(work, applications.own_case(work, case_id))


def plan(work: Work, case_id: UUID) -> dict[str, object]:
    """Show planning staff what a candidate still has to do, and from when she may."""
    work.require(Permission.DELIVERY_PLAN)
    return _plan(work, applications.case(work, case_id))


def _plan(work: Work, case: CaseRow) -> dict[str, object]:
    package = schemes.version_of(work, case.scheme_version_id).package
    gates = gates_of(work, case, package)
    return {
        "case_id": case.id,
        "items": [
            _line(work, case, package, code, gates) for code in assessing.examined(package, case.level)
        ],
    }


def _line(
    work: Work, case: CaseRow, package: Mapping[str, Any], code: str, gates: list[Conflict]
) -> dict[str, object]:
    component = assessing.component(package, code)
    turn = rules.next_turn(tries_of(work, case.id, code), assessing.retake(package), work.today)
    booking = queries.standing_booking(work, case.id, code)
    found: Line = line(code, turn, gates, is_booked=booking is not None)
    return {
        "component": code,
        "title": component["title"],
        "kind": component["kind"],
        "scoring": component["scoring"],
        "standing": found.standing,
        "attempts_left": found.attempts_left,
        "earliest": found.earliest,
        "latest": found.latest,
        "gates": [
            {
                "code": gate.code,
                "message": sentence(gate.code, gate.facts, case.language),
                "facts": gate.facts,
            }
            for gate in found.gates
        ],
        "booking": booking,
        "repeat_with": component["repeat_with"],
    }
