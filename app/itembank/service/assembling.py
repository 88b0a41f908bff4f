"""Use cases of putting forms together: ask for it, find the problem, draft what was found; and blueprints.

The search itself is done between two short works, by the job.
"""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.itembank.queries import assembling as queries
from app.itembank.queries import bank
from app.itembank.rules import scheme_blueprint
from app.itembank.rules.assembling import AssemblyState, Problem, Solution, lines_of
from app.itembank.schemas.assembling import AssemblyCreate
from app.itembank.service.building import Head, Placed, build, ensure_free, is_taken, without_language
from app.itembank.service.exposure import overexposed
from app.itembank.tables import AssemblyRow, FormRow, ItemVersionRow
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work
from assessments.assembly import BankItem, EarlierForm


def ask_for_forms(work: Work, wanted: AssemblyCreate) -> dict[str, object]:
    """Ask for parallel forms that meet the scheme's blueprint exactly; a job looks for them (EXM-1)."""
    work.require(Permission.ITEMBANK_MANAGE)
    package = schemes.version_seen(work, wanted.scheme_version_id).package
    component = assessing.component(package, wanted.component)
    units = scheme_blueprint(component)
    if component["scoring"] != "key" or not units:
        raise Conflict("blueprint_unknown", component=wanted.component)
    if wanted.language not in package["scheme"]["languages"]:
        raise Invalid("language_not_offered", pointer="/language", language=wanted.language)
    lines_of(units, wanted.cognitive_levels)
    for code in wanted.codes:
        ensure_free(work, wanted.scheme_version_id, code)
    if len(set(wanted.codes)) != len(wanted.codes):
        raise Invalid("form_code_repeated", pointer="/codes")
    known = queries.forms_by_id(work, wanted.earlier_forms)
    if len(known) != len(set(wanted.earlier_forms)):
        raise Invalid("earlier_form_unknown", pointer="/earlier_forms")
    row = AssemblyRow(
        body_id=work.body_id,
        scheme_version_id=wanted.scheme_version_id,
        component=wanted.component,
        language=wanted.language,
        wanted=wanted.model_dump(mode="json"),
        asked_by=work.person_id,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # the job names it
    jobs.enqueue(work, Job.ASSEMBLE_FORMS, row.id, key=str(row.id))
    work.record(Event.ASSEMBLY_ASKED, row, component=row.component, language=row.language, forms=wanted.codes)
    return _told(work, row)


def read_assembly(work: Work, assembly_id: UUID) -> dict[str, object]:
    """Return an assembly with the forms that came of it."""
    work.require(Permission.ITEMBANK_READ)
    return _told(work, queries.assembly(work, assembly_id))


def problem(work: Work, assembly_id: UUID) -> Problem | None:
    """Return what forms are to be found from; None once the assembly has ended."""
    work.require_system()
    row = queries.assembly(work, assembly_id)
    if row.state is not AssemblyState.ASKED:
        return None
    package = schemes.version_of(work, row.scheme_version_id).package
    component = assessing.component(package, row.component)
    usable = _usable(work, row, package)
    uses = _uses(work, [item.id for item, _ in usable])
    return Problem(
        items=[
            BankItem(
                label=item.code,
                unit=version.unit,
                cognitive_level=version.cognitive_level,
                kind=item.kind,
                seconds=version.seconds,
                uses=uses.get(item.id, 0),
            )
            for item, version in usable
        ],
        units=scheme_blueprint(component),
        minutes=component["duration_minutes"],
        wanted=row.wanted,
        earlier=_earlier(work, [UUID(form) for form in row.wanted["earlier_forms"]]),
        expected=_expected(work, row, usable),
    )


def conclude(work: Work, assembly_id: UUID, solution: Solution) -> None:
    """Draft the forms that were found, or keep what stands in the way; whoever comes second leaves it."""
    work.require_system()
    row = queries.assembly(work, assembly_id, lock=True)
    if row.state is not AssemblyState.ASKED:
        return
    taken = [code for code in row.wanted["codes"] if is_taken(work, row.scheme_version_id, code)]
    if taken:
        solution = Solution((), {"code": "form_taken", "facts": {"forms": taken}})
    forms = _drafted(work, row, solution)
    row.state = AssemblyState.DONE if forms else AssemblyState.REFUSED
    row.outcome, row.ended_at = dict(solution.outcome), work.now
    work.session.add(row)
    work.record(Event.ASSEMBLY_ENDED, row, state=row.state, forms=[form.id for form in forms])


def compare_blueprint(work: Work, version_id: UUID, code: str) -> dict[str, object]:
    """Show a component's blueprint beside what follows from importance and frequency of the tasks (SCH-4)."""
    work.require(Permission.ITEMBANK_READ)
    package = schemes.version_seen(work, version_id).package
    component = assessing.component(package, code)
    if not component.get("items"):
        raise Conflict("blueprint_unknown", component=code)
    weights = assessing.unit_weights(package)
    by_tasks = assessing.items_by_unit(package, component["items"])
    in_scheme = assessing.blueprint(package, code)
    return {
        "scheme_version_id": version_id,
        "component": code,
        "items": component["items"],
        "minutes": component["duration_minutes"],
        "basis": component.get("blueprint_basis"),
        "lines": [
            {
                "unit": unit,
                "weight": f"{float(weights.get(unit, 0)):.6f}",
                "by_tasks": by_tasks.get(unit, 0),
                "in_scheme": in_scheme.get(unit, 0) if in_scheme else None,
                "difference": in_scheme.get(unit, 0) - by_tasks.get(unit, 0) if in_scheme else None,
            }
            for unit in sorted(weights.keys() | in_scheme.keys())
        ],
    }


def _usable(work: Work, row: AssemblyRow, package: Mapping[str, Any]) -> list[Placed]:
    """Return the items that may be used: approved, of the scheme's elements, in the language, not worn."""
    scheme_id = schemes.version_of(work, row.scheme_version_id).scheme_id
    elements = assessing.element_codes(package)
    known = [found for found in bank.approved_versions(work, scheme_id) if found[1].element in elements]
    untranslated = set(without_language(work, row.language, known))
    worn = overexposed(work, [item for item, _ in known])
    return [
        (item, version) for item, version in known if item.code not in untranslated and item.id not in worn
    ]


def _uses(work: Work, item_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Count the forms that each item stands in; the same form in two languages is one."""
    forms: dict[UUID, set[UUID]] = {}
    for item_id, form in bank.forms_holding(work, item_ids):
        forms.setdefault(item_id, set()).add(form.variant_of or form.id)
    return {item_id: len(found) for item_id, found in forms.items()}


def _earlier(work: Work, form_ids: Sequence[UUID]) -> list[EarlierForm]:
    codes: dict[UUID, set[str]] = {form_id: set() for form_id in form_ids}
    held = bank.versions_in(work, form_ids)
    names = {item.id: item.code for item in bank.items_by_id(work, {version.stream for _, version in held})}
    for form_id, version in held:
        codes[form_id].add(names[version.stream])
    return [EarlierForm(form.code, frozenset(codes[form.id])) for form in queries.forms_by_id(work, form_ids)]


def _expected(work: Work, row: AssemblyRow, usable: Sequence[Placed]) -> dict[str, float]:
    """Return what panels expected of items at the lowest level, where they rated the very same version."""
    codes = {version.id: item.code for item, version in usable}
    found: dict[str, float] = {}
    for study in queries.studies(work, row.scheme_version_id, row.component):
        ratings = study.ratings[min(study.ratings, key=int)]
        for version in _rated(work, study.stream, codes.keys()):
            code = codes[version.id]
            if code in ratings:
                found[code] = mean(ratings[code]) / 100
    return found


def _rated(work: Work, form_id: UUID, wanted: Any) -> list[ItemVersionRow]:
    return [version for _, version in bank.versions_in(work, [form_id]) if version.id in wanted]


def _drafted(work: Work, row: AssemblyRow, solution: Solution) -> list[FormRow]:
    """Draft the forms; refuse, so that the search is made anew, when the bank has changed meanwhile."""
    version = schemes.version_of(work, row.scheme_version_id)
    chosen = {label for form in solution.forms for label in form}
    bank.lock_codes(work, version.scheme_id, chosen)
    usable = {item.code: (item, found) for item, found in _usable(work, row, version.package)}
    if missing := chosen - usable.keys():
        raise Conflict("bank_changed", items=sorted(missing))
    forms = []
    for code, labels in zip(row.wanted["codes"], solution.forms, strict=False):
        placed = sorted((usable[label] for label in labels), key=lambda found: (found[1].unit, found[0].code))
        forms.append(build(work, _head(row, version.package, code), placed))
    return forms


def _head(row: AssemblyRow, package: Mapping[str, Any], code: str) -> Head:
    component = assessing.component(package, row.component)
    return Head(
        version_id=row.scheme_version_id,
        component=row.component,
        code=code,
        language=row.language,
        title=row.wanted["title"],
        minutes=component["duration_minutes"],
        blueprint=scheme_blueprint(component),
        drafted_by=row.asked_by,
        assembly_id=row.id,
    )


def _told(work: Work, row: AssemblyRow) -> dict[str, object]:
    names = ("id", "rev", "scheme_version_id", "component", "language", "state", "asked_by", "asked_at",
             "ended_at", "outcome")  # fmt: skip
    forms = [form.id for form in queries.forms_of(work, row.id)]
    return {name: getattr(row, name) for name in names} | {"forms": forms}
