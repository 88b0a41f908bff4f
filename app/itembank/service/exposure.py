"""How often items were seen; above its limit an item enters no new form until that was reviewed (SEC-1)."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from app.itembank.queries import bank
from app.itembank.queries import studies as panels
from app.itembank.rules import items as law
from app.itembank.tables import BankItemRow, FormRow
from app.schemes import service as schemes
from app.work import Work


def limits(work: Work, items: Sequence[BankItemRow]) -> Mapping[UUID, int | None]:
    """Return how often each item may be seen: its own limit, else that of the scheme in force, else any."""
    of_scheme = {
        scheme_id: schemes.parameters(work, scheme_id).get("item_exposure_max")
        for scheme_id in {item.scheme_id for item in items}
    }
    return {
        item.id: of_scheme[item.scheme_id] if item.exposure_limit is None else item.exposure_limit
        for item in items
    }


def overexposed(work: Work, items: Sequence[BankItemRow]) -> frozenset[UUID]:
    """Return which items were seen too often since that was last reviewed; callers asked their own."""
    seen, most = bank.exposures(work, [item.id for item in items]), limits(work, items)
    return frozenset(
        item.id
        for item in items
        if law.is_overexposed(seen.get(item.id, 0), item.exposures_cleared, most[item.id])
    )


def note_exposure(work: Work, form_id: UUID, attempt_id: UUID) -> None:
    """Note that an attempt was opened on a form; callers have asked their own permission (SEC-1)."""
    bank.add_exposure(work, form_id, attempt_id)


def hands(work: Work, forms: Collection[FormRow]) -> frozenset[UUID]:
    """Return everybody who wrote, reviewed, translated, rated or approved what stands in forms (SEC-1)."""
    versions = [row for _, row in bank.versions_in(work, [form.id for form in forms])]
    items = {row.stream for row in versions}
    found = {person for form in forms for person in (form.drafted_by, form.approved_by)}
    found |= panels.judged_by(work, [form.id for form in forms])
    found |= {row.author_id for row in versions}
    found |= {row.reviewer_id for row in bank.reviews_of(work, items)}
    for row in bank.variants_of(work, items):
        found |= {row.translated_by, row.reviewed_by}
    return frozenset(person for person in found if person is not None)
