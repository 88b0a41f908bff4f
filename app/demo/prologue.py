"""Before any mentor comes: the body's people, the published scheme, the approved form."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from mentorcert_client.api.bodies import bodies_publish_document
from mentorcert_client.api.itembank import itembank_approve, itembank_draft
from mentorcert_client.api.marking import marking_record_scope
from mentorcert_client.api.schemes import schemes_create, schemes_draft, schemes_publish, schemes_validate
from mentorcert_client.models import (
    FormCreate,
    PublicDocumentCreate,
    Role,
    SchemeCreate,
    ScopeCreate,
    VersionCreate,
)

from app.demo import content
from app.demo.show import Show
from app.demo.stage import Stage
from app.demo.voices import Voice, appointed, key, sign_in, told
from app.itembank.formfile import read_form
from app.schemes.packaging import read_package

_PACKAGE = Path(__file__).parent.parent / "schemes" / "packages" / "sme_bm"


@dataclass(frozen=True)
class Cast:
    """The people of the body."""

    administrator: Voice
    scheme_manager: Voice
    impartiality_officer: Voice
    reviewer: Voice
    first: Voice
    second: Voice
    third: Voice
    decider: Voice
    trainer: Voice
    programme: Voice
    auditor: Voice


def gather(stage: Stage, show: Show, today: date) -> Cast:
    """Appoint everyone whom the story needs; all of them are invented."""
    show.step("The body appoints its people")
    office = sign_in(stage, "Administrator", stage.administrator)

    def join(post: str, name: str, *roles: Role) -> Voice:
        return appointed(stage, office, name, *roles, email=f"{post}@demo.example", on=today)

    cast = Cast(
        administrator=office,
        scheme_manager=join("scheme-manager", "Inês Carvalhal", Role.SCHEME_MANAGER),
        impartiality_officer=join("impartiality-officer", "Þórdís Hallsdóttir", Role.IMPARTIALITY_OFFICER),
        reviewer=join("reviewer", "Miłosz Grabarczyk", Role.APPLICATION_REVIEWER),
        first=join("assessor-1", "Ελένη Καραγιάννη", Role.ASSESSOR),
        second=join("assessor-2", "Bogdan Țepeneag", Role.ASSESSOR),
        third=join("assessor-3", "Şebnem Uğurlu", Role.ASSESSOR),
        decider=join("decision-maker", "Aoife Ní Dhálaigh", Role.DECISION_MAKER),
        trainer=join("trainer", "Jean-Loïc Kervella", Role.DECISION_MAKER, Role.ASSESSOR),
        programme=join(
            "programme", "Milica Đurđević", Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ADVISER
        ),
        auditor=join("auditor", "Kärt Rebane", Role.AUDITOR),
    )
    show.line("11 people with their appointments; what each may do follows from these alone")
    return cast


def elements() -> list[str]:
    """Return the codes of all elements of the skill card."""
    units: Any = read_package(_PACKAGE)["units"]
    return [element["code"] for unit in units for element in unit["elements"]]


def publish_documents(cast: Cast, show: Show) -> None:
    """Publish what anyone may read before applying; without it no scheme goes public."""
    for document in content.documents():
        told(
            bodies_publish_document.sync_detailed(
                client=cast.administrator.client,
                body=PublicDocumentCreate.from_dict(document),
                idempotency_key=key(),
            )
        )
    show.line(f"{len(content.documents())} public documents, in English and Spanish")


def publish_scheme(cast: Cast, show: Show) -> UUID:
    """Publish SME-BM: the objects on the public page are the ones that the engine evaluates."""
    show.step("The body publishes its documents and its scheme version")
    publish_documents(cast, show)
    client = cast.scheme_manager.client
    package = read_package(_PACKAGE)
    titles = {"en": "SME business mentor", "es": "Mentor empresarial de pymes"}
    scheme = told(
        schemes_create.sync_detailed(
            client=client,
            body=SchemeCreate.from_dict({"code": "SME-BM", "titles": titles}),
            idempotency_key=key(),
        )
    )
    version = told(
        schemes_draft.sync_detailed(
            scheme.id,
            client=client,
            body=VersionCreate.from_dict({"package": package}),
            idempotency_key=key(),
        )
    )
    findings = told(schemes_validate.sync_detailed(version.id, client=client)).findings
    published = told(
        schemes_publish.sync_detailed(
            version.id, client=client, if_match=f'"{version.rev}"', idempotency_key=key()
        )
    )
    show.line(
        f"SME-BM {published.version}: {len(elements())} elements, {len(findings)} faults found;"
        f" frozen as {published.package_sha256[:12]}…"
    )
    _qualify(cast, str(scheme.id), published.published_on)
    show.line("Three assessors may judge by a dated resolution, until there is somebody to calibrate with")
    return UUID(str(version.id))


def _qualify(cast: Cast, scheme_id: str, today: date) -> None:
    """Record the founding assessors' scopes, with the resolution that appoints them."""
    scope = {
        "scheme_id": scheme_id,
        "components": ["F2", "F3", "F4"],
        "level": 5,
        "languages": {"en": "C2", "es": "C1"},
        "basis": "founding",
        "evidence": "Resolution 1 of the demonstration's scheme committee.",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=700)).isoformat(),
    }
    for assessor in (cast.first, cast.second, cast.third):
        told(
            marking_record_scope.sync_detailed(
                assessor.person_id,
                client=cast.administrator.client,
                body=ScopeCreate.from_dict(scope),
                idempotency_key=key(),
            )
        )


def approve_form(cast: Cast, version_id: UUID, show: Show) -> None:
    """Take in the knowledge form; another person approves it once its cut is recomputed from the panel."""
    show.step("The knowledge form is approved with its own cut score")
    document = read_form(_PACKAGE / "forms" / "knowledge_a.yaml")
    form = told(
        itembank_draft.sync_detailed(
            client=cast.scheme_manager.client,
            body=FormCreate.from_dict({"scheme_version_id": str(version_id), "document": document}),
            idempotency_key=key(),
        )
    )
    told(
        itembank_approve.sync_detailed(
            form.id,
            client=cast.impartiality_officer.client,
            if_match=f'"{form.rev}"',
            idempotency_key=key(),
        )
    )
    show.line(
        f"{form.code}: {form.item_count} items by the blueprint; cut recomputed from nine judges' ratings"
    )
