"""Use cases of marking, by family: allocating seats, rating, releasing results."""

from app.marking.service.allocating import declare, progress, proposals, propose
from app.marking.service.context import practice_beside
from app.marking.service.portfolio import evidence_file, portfolio
from app.marking.service.rating import co_marks, confirm, queue, save, sheet, submit
from app.marking.service.recomputing import recompute_case, recompute_period
from app.marking.service.releasing import evidence, own_results, read_results, release, results
from app.marking.service.remarking import remark
from app.marking.service.timing import sheets
from app.marking.service.watching import recording_address, recording_file, recordings

__all__ = [
    "co_marks",
    "confirm",
    "declare",
    "evidence",
    "evidence_file",
    "own_results",
    "portfolio",
    "practice_beside",
    "progress",
    "proposals",
    "propose",
    "queue",
    "read_results",
    "recompute_case",
    "recompute_period",
    "recording_address",
    "recording_file",
    "recordings",
    "release",
    "remark",
    "results",
    "save",
    "sheet",
    "sheets",
    "submit",
]
