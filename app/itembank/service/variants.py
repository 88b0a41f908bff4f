"""Use case of forms in another language: the same items in reviewed translations (7.0, amendment 22)."""

from uuid import UUID

from app.access.permissions import Permission
from app.core.errors import Conflict, Invalid
from app.itembank import queries
from app.itembank.queries import bank
from app.itembank.schemas.assembling import FormVariantCreate
from app.itembank.service.building import Head, build, ensure_free, without_language
from app.itembank.tables import FormRow
from app.schemes import service as schemes
from app.work import Work


def draft_form_variant(work: Work, form_id: UUID, wanted: FormVariantCreate) -> FormRow:
    """Draft a form in another language; it has a study of its own, unless equivalence is shown (ITM-2)."""
    work.require(Permission.ITEMBANK_MANAGE)
    form = queries.form(work, form_id)
    package = schemes.version_of(work, form.scheme_version_id).package
    if wanted.language not in package["scheme"]["languages"] or wanted.language == form.language:
        raise Invalid("language_not_offered", pointer="/language", language=wanted.language)
    ensure_free(work, form.scheme_version_id, wanted.code)
    versions = [version for _, version in bank.versions_in(work, [form.id])]
    items = {item.id: item for item in bank.items_by_id(work, {version.stream for version in versions})}
    if len(versions) != form.item_count:
        raise Conflict("form_not_of_bank", form=form.code)
    placed = [(items[version.stream], version) for version in versions]
    if missing := without_language(work, wanted.language, placed):
        raise Conflict("variant_missing", rule="ITM-2", language=wanted.language, items=missing)
    head = Head(
        version_id=form.scheme_version_id,
        component=form.component,
        code=wanted.code,
        language=wanted.language,
        title=wanted.title,
        minutes=form.minutes,
        blueprint=form.blueprint,
        drafted_by=work.person_id,
        variant_of=form.variant_of or form.id,
        equivalence=wanted.equivalence,
    )
    return build(work, head, placed)
