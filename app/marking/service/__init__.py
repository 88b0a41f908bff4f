"""Use cases of marking, by family."""

from app.marking.service.allocating import (
    declare,
    progress,
    proposals,
    propose,
)
from app.marking.service.calibrating import (
    draft_exercise,
    exercise_content,
    exercises,
    open_try,
    own_calibrations,
    own_try,
    publish_exercise,
    retire_exercise,
    submit_try,
)
from app.marking.service.context import (
    practice_beside,
)
from app.marking.service.moderating import (
    draw_moderation,
    judge_sheet,
    moderated_sheet,
    read_moderation,
    search_moderations,
    take_sheet,
)
from app.marking.service.policies import (
    read_policy,
    set_policy,
)
from app.marking.service.portfolio import (
    evidence_file,
    portfolio,
)
from app.marking.service.rating import (
    co_marks,
    confirm,
    queue,
    save,
    sheet,
    submit,
)
from app.marking.service.recomputing import (
    recompute_case,
    recompute_period,
)
from app.marking.service.releasing import (
    evidence,
    own_results,
    read_results,
    release,
    results,
)
from app.marking.service.remarking import (
    remark,
)
from app.marking.service.reporting import judged
from app.marking.service.reviewing import (
    own_findings,
    read_review,
    review_assessors,
    search_reviews,
)
from app.marking.service.scopes import (
    end_scope,
    record_scope,
    scopes,
    set_load,
)
from app.marking.service.suggesting import (
    forecast,
    suggest,
)
from app.marking.service.timing import (
    sheets,
)
from app.marking.service.watching import (
    recording_address,
    recording_file,
    recordings,
)
from app.marking.service.written import (
    awards_of,
    save_written,
    submit_written,
    written_sheet,
)

__all__ = [
    "awards_of",
    "co_marks",
    "confirm",
    "declare",
    "draft_exercise",
    "draw_moderation",
    "end_scope",
    "evidence",
    "evidence_file",
    "exercise_content",
    "exercises",
    "forecast",
    "judge_sheet",
    "judged",
    "moderated_sheet",
    "open_try",
    "own_calibrations",
    "own_findings",
    "own_results",
    "own_try",
    "portfolio",
    "practice_beside",
    "progress",
    "proposals",
    "propose",
    "publish_exercise",
    "queue",
    "read_moderation",
    "read_policy",
    "read_results",
    "read_review",
    "recompute_case",
    "recompute_period",
    "record_scope",
    "recording_address",
    "recording_file",
    "recordings",
    "release",
    "remark",
    "results",
    "retire_exercise",
    "review_assessors",
    "save",
    "save_written",
    "scopes",
    "search_moderations",
    "search_reviews",
    "set_load",
    "set_policy",
    "sheet",
    "sheets",
    "submit",
    "submit_try",
    "submit_written",
    "suggest",
    "take_sheet",
    "written_sheet",
]
