"""Use cases of the item bank, in families: items, reviews, forms, panel studies, and what scoring needs."""

from app.itembank.queries.bank import Chosen
from app.itembank.service.assembling import ask_for_forms, compare_blueprint, read_assembly
from app.itembank.service.exposure import hands, note_exposure
from app.itembank.service.forms import (
    add_study,
    approve,
    content,
    draft,
    read,
    retire_form,
    search,
)
from app.itembank.service.items import (
    clear_exposure,
    draft_item,
    draft_version,
    item_content,
    read_item,
    retire_item,
    revise,
    search_items,
    submit_item,
)
from app.itembank.service.qti import Given, Package, export_items, import_items
from app.itembank.service.rating import (
    own_seats,
    read_sheet,
    save_ratings,
    sheet_feedback,
    sign,
    submit_sheet,
)
from app.itembank.service.reporting import report, round_feedback
from app.itembank.service.reviewing import review_item, review_variant, translate
from app.itembank.service.scoring import approved_forms, cut, form, form_items, key, studies
from app.itembank.service.studies import (
    abandon_study,
    close_round,
    conclude_study,
    invite_judge,
    let_judge_go,
    open_round,
    plan_study,
    read_study,
    search_studies,
)
from app.itembank.service.variants import draft_form_variant

__all__ = [
    "Chosen",
    "Given",
    "Package",
    "abandon_study",
    "add_study",
    "approve",
    "approved_forms",
    "ask_for_forms",
    "clear_exposure",
    "close_round",
    "compare_blueprint",
    "conclude_study",
    "content",
    "cut",
    "draft",
    "draft_form_variant",
    "draft_item",
    "draft_version",
    "export_items",
    "form",
    "form_items",
    "hands",
    "import_items",
    "invite_judge",
    "item_content",
    "key",
    "let_judge_go",
    "note_exposure",
    "open_round",
    "own_seats",
    "plan_study",
    "read",
    "read_assembly",
    "read_item",
    "read_sheet",
    "read_study",
    "report",
    "retire_form",
    "retire_item",
    "review_item",
    "review_variant",
    "revise",
    "round_feedback",
    "save_ratings",
    "search",
    "search_items",
    "search_studies",
    "sheet_feedback",
    "sign",
    "studies",
    "submit_item",
    "submit_sheet",
    "translate",
]
