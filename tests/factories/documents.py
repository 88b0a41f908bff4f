"""A certificate's content, a test authority and a sealed certificate, for tests that just need one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from app.bodies.authority import Authority, make_test_authority
from app.certificates.content import CertificateContent, Named, Signatory
from app.certificates.drawing import draw
from app.certificates.seal import Sealer

CODE = "7KQ2M9XWTB4HZ0RFVJ6D"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)

_CONTENT = CertificateContent(
    number="OST-2026-000123",
    code=CODE,
    edition=1,
    language="en",
    demonstration=False,
    holder_name="Zoë Őrség",
    body_name="Ostsee Zertifizierung gGmbH",
    body_slug="ostsee",
    scheme_code="SME-BM",
    scheme_title="SME business mentor",
    scheme_version="1.0",
    scheme_issued_on=date(2026, 3, 1),
    standard="scheme designed to ISO/IEC 17024:2012",
    level=3,
    level_title="Certified SME Business Mentor, Junior",
    phases=(Named("early_startup", "Early start-up"), Named("growth", "Growth")),
    endorsements=(Named("tourism", "Tourism"),),
    practice_languages=("English", "German"),
    limitations="None",
    decided_on=date(2026, 11, 20),
    effective_on=date(2026, 11, 22),
    expires_on=date(2029, 11, 21),
    authorised_by=Signatory("Dr. Łukasz Žižek", "Head of certification"),
    accreditation=None,
    ownership_notice="This certificate remains the property of the certification body.",
    status_notice="The current status stands only at the address below; no copy can show it.",
    verify_url=f"https://cert.example.org/v/ostsee/{CODE}",
)


def a_content(**changes: Any) -> CertificateContent:
    return replace(_CONTENT, **changes)


@cache
def an_authority(name: str = "Ostsee Zertifizierung gGmbH") -> Authority:
    return make_test_authority(name, now=BEGAN)


@cache
def a_sealer() -> Sealer:
    return Sealer(an_authority().seal_key, an_authority().chain)


def sealed(pdf: bytes) -> bytes:
    return a_sealer().seal(
        pdf,
        signed_at=SIGNED,
        reason="Certificate OST-2026-000123",
        location="Rostock",
        name="Ostsee Zertifizierung",
    )


@cache
def a_sealed_certificate() -> bytes:
    return sealed(draw(a_content()))
