"""The answer key of a form, and how it changes: by a new version of which the old one stays."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from assessments.errors import AssessmentError
from assessments.forms.items import AnyItem, ensure_distinct


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The keyed items of one form under one version; a re-key is a new version.

    Raises AssessmentError `item_repeated` when an item stands in it twice, `no_items` when it is empty.
    """

    version: str
    items: tuple[AnyItem, ...]

    def __post_init__(self) -> None:
        """Refuse a key under which a response could count twice, or nothing could count."""
        if not self.items:
            raise AssessmentError("no_items", key_version=self.version)
        ensure_distinct(self.items)


def rekey(key: AnswerKey, *, version: str, items: Collection[AnyItem]) -> AnswerKey:
    """Put items with another key into a form's key, under a new version; the old key is unchanged.

    `items`: the re-keyed ones, in any order; the form's order stays. Raises AssessmentError
    `key_version_unchanged`, `item_repeated`, `unknown_item`, and `item_changed` when an item differs in more
    than its key, for then the candidates saw another item.
    """
    if version == key.version:
        raise AssessmentError("key_version_unchanged", key_version=version)
    ensure_distinct(items)
    found = {item.code: item for item in items}
    unknown = sorted(found.keys() - {item.code for item in key.items})
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0], items=tuple(unknown))
    for item in key.items:
        if item.code in found and _question(item) != _question(found[item.code]):
            raise AssessmentError("item_changed", item=item.code)
    return AnswerKey(version, tuple(found.get(item.code, item) for item in key.items))


def _question(item: AnyItem) -> dict[str, object]:
    """Return what the candidates saw of an item, which a new key leaves as it is.

    A rubric stays with it: what it looks for is told to those who write, so another rubric is another item.
    """
    return {
        field.name: getattr(item, field.name) for field in fields(item) if field.name not in {"key", "rule"}
    }
