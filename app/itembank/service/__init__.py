"""Use cases of the item bank, in families: items, reviews, forms, and what scoring needs."""

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
from app.itembank.service.reviewing import review_item, review_variant, translate
from app.itembank.service.scoring import approved_forms, cut, form, form_items, key
from app.itembank.service.variants import draft_form_variant

__all__ = [
    "Chosen",
    "Given",
    "Package",
    "add_study",
    "approve",
    "approved_forms",
    "ask_for_forms",
    "clear_exposure",
    "compare_blueprint",
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
    "item_content",
    "key",
    "note_exposure",
    "read",
    "read_assembly",
    "read_item",
    "retire_form",
    "retire_item",
    "review_item",
    "review_variant",
    "revise",
    "search",
    "search_items",
    "submit_item",
    "translate",
]
