"""Use cases of the item bank, in families: written forms."""

from app.itembank.service.forms import (
    approve,
    approved_forms,
    content,
    cut,
    draft,
    form,
    items,
    key,
    read,
    search,
)

__all__ = [
    "approve",
    "approved_forms",
    "content",
    "cut",
    "draft",
    "form",
    "items",
    "key",
    "read",
    "search",
]
