"""What a panel study comes to, told to those who keep the item bank: a closed round, and the whole report."""

import hashlib
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import canonical
from app.audit.events import Event
from app.core.errors import Conflict
from app.itembank import queries
from app.itembank.queries import studies as panels
from app.itembank.rules import studies as law
from app.itembank.rules.studies import Rated, RoundState, StudyState
from app.itembank.service.studies import rated_of
from app.itembank.tables import PanelStudyRow
from app.work import Work
from assessments.standard_setting import LevelCut, panel_dependability


def round_feedback(work: Work, study_id: UUID, round_id: UUID) -> dict[str, Any]:
    """Show how a closed round lies, for the discussion; an open one is shown to nobody (EXM-3)."""
    work.require(Permission.ITEMBANK_READ)
    study = panels.study(work, study_id)
    held = panels.held_round(work, study.id, round_id)
    number = held.number
    if held.state is not RoundState.CLOSED:
        raise Conflict("round_open", rule="EXM-3", number=number)
    rated = rated_of(work, study, training=number == 0)
    work.record(Event.RECORD_DISCLOSED, study, what="feedback on a round")
    levels = []
    for level in (entry["level"] for entry in study.levels):
        found, cut = law.feedback(rated, number, level), law.provisional_cut(rated, number, level)
        levels.append(
            {"level": level, "cut": cut, "panel": found, "items": found.items, "judges": found.judges}
        )
    return {"study_id": study.id, "number": number, "levels": levels}


def report(work: Work, study_id: UUID) -> dict[str, Any]:
    """Tell who set the cuts, how, from what and with what cautions; the cuts follow from this alone."""
    work.require(Permission.ITEMBANK_READ)
    study = panels.study(work, study_id)
    if study.state is not StudyState.CONCLUDED:
        raise Conflict("study_not_concluded", rule="EXM-3")
    form = queries.form(work, study.form_id)
    rated = rated_of(work, study)
    described = {entry["level"]: entry["minimally_competent"] for entry in study.levels}
    work.record(Event.RECORD_DISCLOSED, study, what="study report")
    source = [{"number": place, "sheets": dict(held)} for place, held in enumerate(rated.rounds, start=1)]
    return {
        "study_id": study.id,
        "form": form,
        "method": study.method,
        "rounding": study.rounding,
        "rounding_reason": study.rounding_reason,
        "least_panel": study.least_panel,
        "led_by": study.led_by,
        "judges": panels.judges_of(work, study.id),
        "rounds": source,
        "source_sha256": hashlib.sha256(canonical(source)).hexdigest(),
        "falls_confirmed": _falls(work, study),
        "levels": [
            {"minimally_competent": described[cut.level], **_figures(rated, cut)}
            for cut in law.cuts(rated, list(described))
        ],
    }


def _falls(work: Work, study: PanelStudyRow) -> int:
    """Count the falling ratings of the last round that judges confirmed and that count."""
    panel = {row.id for row in panels.signed(panels.judges_of(work, study.id))}
    sheets = panels.sheets_in(work, study.id, closed=True)
    return sum(row.falls for at, row in sheets if at == study.rounds and row.judge_id in panel)


def _figures(rated: Rated, cut: LevelCut) -> dict[str, Any]:
    """Tell one level's figures; each follows from the ratings and the declared rounding."""
    found, spread = cut.study, panel_dependability(rated.table(len(rated.rounds), cut.level))
    interval = found.cut_score().estimate.ci
    return {
        "level": cut.level,
        "cut": found.cut,
        "cut_raw": str(found.cut_raw),
        "mean": str(found.mean),
        "sd": str(found.sd),
        "se": str(found.se),
        "interval": None if interval is None else [f"{end:.4f}" for end in interval],
        "se_other_items": f"{spread.se_items_random:.4f}",
        "method_version": found.version,
        "judges": found.judge_means,
        "rounds": found.rounds,
        "moved_by_leaving": law.moved_by_leaving(rated, cut.level),
        "warnings": law.cautions((*found.warnings, *spread.provenance.warnings)),
    }
