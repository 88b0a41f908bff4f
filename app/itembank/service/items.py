"""Use cases of the bank's items: draft, revise, submit, show, and retire; nothing is ever deleted."""

from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Findings
from app.core.ids import new_id
from app.core.paging import Window
from app.itembank.queries import bank
from app.itembank.queries.bank import Chosen
from app.itembank.rules import items as law
from app.itembank.rules.contents import Finding, Head, content_findings
from app.itembank.rules.items import ItemAction, RetirementReason
from app.itembank.schemas.items import BankItemCreate, ItemVersionCreate, document_of
from app.itembank.service.contents import seal
from app.itembank.service.telling import VERSIONS, Seen, secrets_of, told, told_all
from app.itembank.tables import BankItemRow, ItemVersionRow
from app.schemes import service as schemes
from app.work import Work
from assessments.forms import ItemKind


def draft_item(work: Work, wanted: BankItemCreate) -> dict[str, object]:
    """Enter an item with its first version, as its author's draft (AI-3)."""
    work.require(Permission.ITEMBANK_WRITE)
    scheme = schemes.known(work, wanted.scheme_id)
    if bank.codes_taken(work, scheme.id, [wanted.code]):
        raise Conflict("item_taken", item=wanted.code)
    item = enter(work, wanted, scheme.code)
    return told(work, item)


def enter(work: Work, wanted: BankItemCreate, scheme_code: str) -> BankItemRow:
    """Add an item with its first version; callers have asked their own permission and for a free code."""
    item = BankItemRow(
        body_id=work.body_id,
        scheme_id=wanted.scheme_id,
        code=wanted.code,
        kind=wanted.kind,
        exposure_limit=wanted.exposure_limit,
    )
    version = _new_version(work, item, wanted.version, scheme_code)
    work.session.add(item)
    work.session.flush()  # its version refers to it
    work.session.add(version)
    work.record(Event.ITEM_DRAFTED, item, code=item.code, version=1, sha256=version.content_sha256)
    return item


def draft_version(work: Work, item_id: UUID, wanted: ItemVersionCreate) -> dict[str, object]:
    """Draft a further version; what is approved stays in use until this one is approved too (ITM-1)."""
    work.require(Permission.ITEMBANK_WRITE)
    item = bank.item_for_update(work, item_id)
    work.expect(Seen(work, item))
    law.ensure_none_in_the_making([row.state for row in bank.versions_of(work, [item.id])])
    item.newest += 1
    version = _new_version(work, item, wanted, schemes.known(work, item.scheme_id).code)
    keep(work, item, version)
    work.record(Event.ITEM_DRAFTED, item, code=item.code, version=item.newest, sha256=version.content_sha256)
    return told(work, item)


def revise(work: Work, item_id: UUID, version_id: UUID, wanted: ItemVersionCreate) -> dict[str, object]:
    """Replace what a draft says; only its author does, so that others stay free to review it (ITM-1)."""
    work.require(Permission.ITEMBANK_WRITE)
    item, version = _own_version(work, item_id, version_id)
    version.state = law.item_after(version.state, ItemAction.REVISE)
    scheme_code = schemes.known(work, item.scheme_id).code
    written = _written(work, version.id, item, wanted, scheme_code, number=version.number)
    for name, value in written.items():
        setattr(version, name, value)
    keep(work, item, version)
    work.record(Event.ITEM_REVISED, item, version=version.number, sha256=version.content_sha256)
    return told(work, item)


def submit_item(work: Work, item_id: UUID, version_id: UUID) -> dict[str, object]:
    """Send a draft to review; from then on its content is frozen (ITM-1)."""
    work.require(Permission.ITEMBANK_WRITE)
    item, version = _own_version(work, item_id, version_id)
    version.state = law.item_after(version.state, ItemAction.SUBMIT)
    keep(work, item, version)
    work.record(Event.ITEM_SUBMITTED, item, version=version.number, sha256=version.content_sha256)
    return told(work, item)


def retire_item(
    work: Work, item_id: UUID, version_id: UUID, reason: RetirementReason, note: str
) -> dict[str, object]:
    """Take a version out of use for good; it stays on record, and in the forms that hold it (SEC-1)."""
    work.require(Permission.ITEMBANK_MANAGE)
    item = bank.item_for_update(work, item_id)
    work.expect(Seen(work, item))
    law.ensure_a_persons_reason(reason)
    version = bank.version(work, item.id, version_id)
    put_out_of_use(work, version, reason)
    version.retired_note, version.retired_by = note, work.person_id
    keep(work, item, version)
    work.record(Event.ITEM_RETIRED, item, version=version.number, reason=reason)
    return told(work, item)


def clear_exposure(work: Work, item_id: UUID, note: str) -> dict[str, object]:
    """Let an item that was seen often be used again, since its figures show no harm (EXM-4)."""
    work.require(Permission.ITEMBANK_MANAGE)
    item = bank.item_for_update(work, item_id)
    work.expect(Seen(work, item))
    item.exposures_cleared = bank.exposures(work, [item.id]).get(item.id, 0)
    keep(work, item)
    work.record(Event.ITEM_EXPOSURE_REVIEWED, item, personal={"note": note}, exposures=item.exposures_cleared)
    return told(work, item)


def search_items(work: Work, wanted: Window, chosen: Chosen) -> dict[str, object]:
    """Return one page of the bank, without contents."""
    work.require(Permission.ITEMBANK_READ)
    found = bank.items(work, wanted, chosen)
    return {"items": told_all(work, found.items), "next": found.next}


def read_item(work: Work, item_id: UUID) -> dict[str, object]:
    """Return an item with its versions, reviews, translations, forms and exposure, without contents."""
    work.require(Permission.ITEMBANK_READ)
    return told(work, bank.item(work, item_id))


def item_content(work: Work, item_id: UUID, version_id: UUID) -> dict[str, object]:
    """Show a version with key, rationale, remarks and translations; who looked is on record (SEC-1)."""
    work.require(Permission.ITEMBANK_READ)
    item = bank.item(work, item_id)
    version = bank.version(work, item_id, version_id)
    work.record(Event.RECORD_DISCLOSED, item, what="item content", version=version.number)
    return secrets_of(work, item, version)


def version_findings(
    code: str, kind: ItemKind, wanted: ItemVersionCreate, scheme_code: str, *, number: int
) -> list[Finding]:
    """Name everything in which a version is not a sound item of its kind, for this scheme."""
    head = Head(code, number, law.unit_of(wanted.element), kind, wanted.cognitive_level)
    findings = content_findings(head, document_of(wanted.content))
    if not wanted.element.startswith(f"{scheme_code}/"):
        findings.append(("/element", "element_unknown", f"{wanted.element} is not of {scheme_code}."))
    return findings


def keep(work: Work, item: BankItemRow, *parts: object) -> None:
    """Keep what was changed of an item, so that whoever saw it before is told that it is another now."""
    item.changes += 1
    for row in (item, *parts):
        work.session.add(row)


def put_out_of_use(work: Work, version: ItemVersionRow, reason: RetirementReason) -> None:
    """Retire a version; callers say by whom, if by a person."""
    version.state = law.item_after(version.state, ItemAction.RETIRE)
    version.retired_for, version.retired_on = reason, work.today


def _own_version(work: Work, item_id: UUID, version_id: UUID) -> tuple[BankItemRow, ItemVersionRow]:
    item = bank.item_for_update(work, item_id)
    work.expect(Seen(work, item))
    version = bank.version(work, item.id, version_id)
    law.ensure_own_draft(version.author_id, work.person_id)
    return item, version


def _new_version(
    work: Work, item: BankItemRow, wanted: ItemVersionCreate, scheme_code: str
) -> ItemVersionRow:
    version_id = new_id()
    return ItemVersionRow(
        body_id=work.body_id,
        id=version_id,
        stream=item.id,
        number=item.newest,
        author_id=work.person_id,
        **_written(work, version_id, item, wanted, scheme_code, number=item.newest),
    )


def _written(
    work: Work,
    version_id: UUID,
    item: BankItemRow,
    wanted: ItemVersionCreate,
    scheme_code: str,
    *,
    number: int,
) -> dict[str, Any]:
    """Return what a draft says, once it is a sound item of its kind; its content sealed."""
    if findings := version_findings(item.code, item.kind, wanted, scheme_code, number=number):
        raise Findings("item_refused", tuple(findings))
    sealed = seal(work, VERSIONS, version_id, document_of(wanted.content))
    return wanted.model_dump(exclude={"content"}) | {
        "unit": law.unit_of(wanted.element),
        "content": sealed.envelope,
        "content_sha256": sealed.sha256,
    }
