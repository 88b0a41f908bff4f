"""The job that puts forms together from the bank; it may be run again any time."""

from uuid import UUID

from app.itembank.rules.assembling import Problem, Solution, solve
from app.itembank.service import assembling
from app.work import Caller


def assemble(caller: Caller, assembly_id: UUID) -> None:
    """Find the forms that an assembly asks for; the search happens outside any transaction."""
    problem: Problem | None = caller.read(assembling.problem, assembly_id)
    if problem is not None:
        _conclude(caller, assembly_id, solve(problem))


def _conclude(caller: Caller, assembly_id: UUID, solution: Solution) -> None:
    caller.write(assembling.conclude, assembly_id, solution)
