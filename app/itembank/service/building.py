"""Forms out of versions of the bank's items: the copy of each item, in the language of the form."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.audit.canonical import canonical
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.ids import new_id
from app.itembank import queries
from app.itembank.queries import bank
from app.itembank.rules.contents import translated
from app.itembank.service.contents import seal
from app.itembank.service.scoring import FORM_ITEMS
from app.itembank.service.telling import content_of, texts_of
from app.itembank.tables import BankItemRow, FormItemRow, FormRow, ItemVersionRow
from app.work import Work

FIRST_KEY = "1"
"""Version of the key with which a form is drafted."""


@dataclass(frozen=True)
class Head:
    """What is known of a form before its items are."""

    version_id: UUID
    component: str
    code: str
    language: str
    title: str
    minutes: int
    blueprint: Mapping[str, int]
    drafted_by: UUID
    assembly_id: UUID | None = None
    variant_of: UUID | None = None
    equivalence: str | None = None


Placed = tuple[BankItemRow, ItemVersionRow]


def is_taken(work: Work, version_id: UUID, code: str) -> bool:
    """Tell whether a scheme version has a first version of this form already."""
    return queries.is_taken(work, version_id, code, 1)


def ensure_free(work: Work, version_id: UUID, code: str) -> None:
    """Refuse a form code that the scheme version has already."""
    if is_taken(work, version_id, code):
        raise Conflict("form_taken", form=code, version=1)


def build(work: Work, head: Head, placed: Sequence[Placed]) -> FormRow:
    """Draft a form with copies of these versions in its language; its event says so."""
    entries = _entries(work, head.language, placed)
    named = [[row["code"], row["version"], row["content_sha256"]] for row in entries]
    exact = canonical({"form": head.code, "language": head.language, "items": named})
    form = FormRow(
        body_id=work.body_id,
        scheme_version_id=head.version_id,
        component=head.component,
        code=head.code,
        version=1,
        language=head.language,
        title=head.title,
        document_sha256=hashlib.sha256(exact).hexdigest(),
        key_version=FIRST_KEY,
        minutes=head.minutes,
        item_count=len(entries),
        blueprint=dict(head.blueprint),
        is_example=False,
        drafted_by=head.drafted_by,
        assembly_id=head.assembly_id,
        variant_of=head.variant_of,
        equivalence=head.equivalence,
    )
    work.session.add(form)
    work.session.flush()  # its items refer to it
    work.recorder.insert(FormItemRow, [row | {"stream": form.id} for row in entries])
    work.record(
        Event.FORM_DRAFTED,
        form,
        code=form.code,
        version=form.version,
        items=form.item_count,
        sha256=form.document_sha256,
    )
    return form


def without_language(work: Work, language: str, placed: Sequence[Placed]) -> list[str]:
    """Return the codes of items that may not stand in a form of a language: no reviewed variant (ITM-2)."""
    foreign = [(item, version) for item, version in placed if version.language != language]
    ids = [version.id for _, version in foreign]
    translated_ids = {row.version_id for row in bank.reviewed_variants(work, ids, language)}
    return [item.code for item, version in foreign if version.id not in translated_ids]


def _entries(work: Work, language: str, placed: Sequence[Placed]) -> list[dict[str, Any]]:
    foreign = [version.id for _, version in placed if version.language != language]
    variants = {row.version_id: row for row in bank.reviewed_variants(work, foreign, language)}
    rows = []
    for place, (item, version) in enumerate(placed, start=1):
        content = content_of(work, version)
        if version.language != language:
            content = translated(content, texts_of(work, variants[version.id]))
        row_id = new_id()
        sealed = seal(work, FORM_ITEMS, row_id, content)
        rows.append(
            {
                "id": row_id,
                "place": place,
                "code": item.code,
                "version": version.number,
                "unit": version.unit,
                "element": version.element,
                "kind": item.kind.value,
                "cognitive_level": version.cognitive_level,
                "item_version_id": version.id,
                "item_variant_id": variants[version.id].id if version.language != language else None,
                "content": sealed.envelope,
                "content_sha256": sealed.sha256,
            }
        )
    return rows
