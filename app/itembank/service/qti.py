"""Use cases of items that travel as QTI 3: take a package in as drafts, hand approved items out."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Findings
from app.itembank.qti.package import MOST_ITEMS, Packed, pack, unpack
from app.itembank.qti.travelling import Travelling
from app.itembank.queries import bank
from app.itembank.rules.contents import Finding
from app.itembank.schemas.items import ITEM_CODE, BankItemCreate
from app.itembank.schemas.qti import QtiOutcome
from app.itembank.service.items import enter, version_findings
from app.itembank.service.telling import content_of
from app.itembank.tables import BankItemRow, ItemVersionRow
from app.schemes import service as schemes
from app.work import Work


@dataclass(frozen=True)
class Given:
    """What the importer says of items that do not say it themselves."""

    prefix: str | None = None
    """Items whose name is no code of a bank are called PREFIX-001 and so on, by their place."""
    element: str | None = None
    language: str | None = None
    rationale: str | None = None


@dataclass(frozen=True)
class Package:
    """A package as it is handed out."""

    content: bytes
    sha256: str
    name: str


@dataclass(frozen=True)
class _Judged:
    packed: Packed
    wanted: BankItemCreate | None
    findings: Sequence[Finding]

    @property
    def outcome(self) -> QtiOutcome:
        if not self.packed.is_item:
            return QtiOutcome.LEFT_OUT
        return QtiOutcome.REFUSED if self.findings else QtiOutcome.DRAFTED


def import_items(
    work: Work, scheme_id: UUID, content: bytes, given: Given, *, dry_run: bool
) -> dict[str, object]:
    """Draft all items of a package as one's own, or none; two others review each as any other (ITM-1)."""
    work.require(Permission.ITEMBANK_WRITE)
    scheme = schemes.known(work, scheme_id)
    judged = _judged(work, scheme.id, scheme.code, unpack(content), given)
    refused = [one for one in judged if one.outcome is QtiOutcome.REFUSED]
    if refused and not dry_run:
        faults = tuple(
            (f"/items/{_step(one.packed.resource)}{pointer}", code, message)
            for one in refused
            for pointer, code, message in one.findings
        )
        raise Findings("items_import_refused", faults, items=len(refused))
    drafted = [] if dry_run else [enter(work, wanted, scheme.code) for wanted in _wanted(judged)]
    return {"is_dry_run": dry_run, "drafted": len(drafted), "rows": [_row(one) for one in judged]}


def export_items(work: Work, scheme_id: UUID, unit: str | None) -> Package:
    """Hand out the approved items of a scheme with their keys; each is on record as shown (SEC-1)."""
    work.require(Permission.ITEMBANK_MANAGE)
    scheme = schemes.known(work, scheme_id)
    placed = [one for one in bank.approved_versions(work, scheme.id) if unit is None or one[1].unit == unit]
    if not 0 < len(placed) <= MOST_ITEMS:
        raise Conflict("items_not_exported", items=len(placed), most=MOST_ITEMS)
    content = pack([_travelling(work, item, version) for item, version in placed])
    sha256 = hashlib.sha256(content).hexdigest()
    for item, version in placed:
        work.record(Event.RECORD_DISCLOSED, item, what="QTI package", version=version.number, sha256=sha256)
    return Package(content, sha256, f"{scheme.code.lower()}-items.zip")


def _travelling(work: Work, item: BankItemRow, version: ItemVersionRow) -> Travelling:
    return Travelling(
        identifier=item.code,
        kind=item.kind,
        language=version.language,
        content=content_of(work, version),
        element=version.element,
        cognitive_level=version.cognitive_level,
        seconds=version.seconds,
        ai_system=version.ai_system,
    )


def _judged(
    work: Work, scheme_id: UUID, scheme_code: str, resources: Sequence[Packed], given: Given
) -> list[_Judged]:
    named = [_code(packed, place, given.prefix) for place, packed in enumerate(resources, start=1)]
    taken = set(bank.codes_taken(work, scheme_id, named))
    judged = []
    for code, packed in zip(named, resources, strict=True):
        judged.append(_judge(packed, code, scheme_id, scheme_code, given, is_taken=code in taken))
        taken.add(code)
    return judged


def _code(packed: Packed, place: int, prefix: str | None) -> str:
    own = packed.item.identifier if packed.item else ""
    return own if prefix is None or re.fullmatch(ITEM_CODE, own) else f"{prefix}-{place:03}"


def _judge(
    packed: Packed, code: str, scheme_id: UUID, scheme_code: str, given: Given, *, is_taken: bool
) -> _Judged:
    """Judge whether a resource is understood, an item of this bank, sound, and free in its code."""
    item = packed.item
    if item is None:
        return _Judged(packed, None, packed.findings)
    version = {
        "element": item.element or given.element,
        "cognitive_level": item.cognitive_level,
        "language": (item.language or given.language or "").partition("-")[0],
        "seconds": item.seconds,
        "ai_system": item.ai_system,
        "content": {**item.content, "rationale": item.content["rationale"] or given.rationale or ""},
    }
    try:
        wanted = BankItemCreate.model_validate(
            {"scheme_id": scheme_id, "code": code, "kind": item.kind, "version": version}
        )
    except ValidationError as faults:
        return _Judged(packed, None, list(_faults(faults)))
    findings = version_findings(wanted.code, wanted.kind, wanted.version, scheme_code, number=1)
    if is_taken:
        findings.append(("/code", "item_taken", f"The bank, or this package, has an item {code} already."))
    return _Judged(packed, wanted, findings)


def _faults(faults: ValidationError) -> Iterator[Finding]:
    """Tell what is missing or misshapen, without what was written."""
    for fault in faults.errors(include_url=False, include_context=False, include_input=False):
        yield "".join(f"/{step}" for step in fault["loc"]), fault["type"], fault["msg"]


def _step(name: str) -> str:
    """Write a name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _wanted(judged: Sequence[_Judged]) -> Iterator[BankItemCreate]:
    for one in judged:
        if one.outcome is QtiOutcome.DRAFTED and one.wanted is not None:
            yield one.wanted


def _row(one: _Judged) -> dict[str, object]:
    return {
        "resource": one.packed.resource,
        "code": one.wanted.code if one.wanted else None,
        "kind": one.packed.item.kind if one.packed.item else None,
        "outcome": one.outcome,
        "findings": [
            {"pointer": pointer, "code": code, "message": message} for pointer, code, message in one.findings
        ],
    }
