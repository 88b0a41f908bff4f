"""Use cases of the pool as a whole: where it is thin, and all listed mentors as a table."""

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict
from app.directory import queries
from app.directory.rules import coverage as rules
from app.directory.rules.coverage import Axes
from app.directory.rules.matching import Wishes
from app.directory.schemas.advising import CoverageQuery
from app.directory.service import searching, showing
from app.directory.service.showing import Mentor
from app.work import Work

MOST_ROWS = 2000
"""Mentors in one table, made for programmes so small that a spreadsheet is enough (seed 003: fifty)."""


def coverage(work: Work, wanted: CoverageQuery) -> dict[str, object]:
    """Count the persons with a certificate in force by sector, phase and language, and show the gaps."""
    work.require(Permission.DIRECTORY_ADVISE)
    reach = searching.reached(work, is_adviser=True)
    counts = rules.counted(queries.held(work, reach))
    phases, sectors = queries.published_scopes(work)
    axes = Axes(sectors, phases, list(dict.fromkeys([bodies.own(work).language, *wanted.language])))
    minimums = [rules.minimum_of(text) for text in wanted.minimum]
    cells = rules.covered(counts, axes, wanted.least, minimums)
    return {"on": work.today, "cells": cells, "gaps": sum(cell.gap > 0 for cell in cells)}


def table(work: Work) -> list[Mentor]:
    """Return all mentors who can be found, for a programme's own table; that it was taken is on record."""
    work.require(Permission.DIRECTORY_ADVISE)
    reach = searching.reached(work, is_adviser=True)
    rows = queries.listed(work, reach, MOST_ROWS)
    if len(rows) > MOST_ROWS:
        raise Conflict("mentor_table_too_long", most=MOST_ROWS)
    work.record(Event.RECORD_DISCLOSED, bodies.own(work), what="mentor table", rows=len(rows))
    return showing.shown(work, rows, Wishes(), reach)
