"""Use cases of marking, by family: allocating seats, rating, releasing results."""

from app.marking.service.allocating import declare, progress, proposals, propose
from app.marking.service.context import practice_beside
from app.marking.service.portfolio import evidence_file, portfolio
from app.marking.service.rating import co_marks, queue, save, sheet, submit
from app.marking.service.releasing import evidence, own_results, read_results, release, results
from app.marking.service.reporting import judged

__all__ = [
    "co_marks",
    "declare",
    "evidence",
    "evidence_file",
    "judged",
    "own_results",
    "portfolio",
    "practice_beside",
    "progress",
    "proposals",
    "propose",
    "queue",
    "read_results",
    "release",
    "results",
    "save",
    "sheet",
    "submit",
]
