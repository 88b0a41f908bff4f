"""Content that contradicts itself is never made; what is made survives being written down and read back."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.certificates.content import CertificateContent, ContentError, Named, Signatory
from tests.factories.documents import a_content


def test_what_is_written_down_reads_back_equal() -> None:
    content = a_content(
        accreditation="Accredited by the Example Board, no. P-42.", demonstration=True, endorsements=()
    )

    assert CertificateContent.from_document(json.loads(json.dumps(content.to_document()))) == content


def test_the_document_has_every_field_and_no_float() -> None:
    document = a_content().to_document()

    assert set(document) == {*CertificateContent.__dataclass_fields__, "profile"}
    assert "float" not in {type(value).__name__ for value in document.values()}


@settings(max_examples=60, deadline=None)
@given(
    name=st.text(st.characters(categories=["L", "M", "Zs"]), min_size=1, max_size=60),
    days=st.integers(1, 2000),
    level=st.integers(1, 5),
)
def test_any_coherent_content_reads_back_equal(name: str, days: int, level: int) -> None:
    try:
        content = a_content(
            holder_name=name, level=level, expires_on=a_content().effective_on + timedelta(days)
        )
    except ContentError as refused:
        assert refused.field == "holder_name"  # not NFC, or blank at an end
    else:
        assert CertificateContent.from_document(content.to_document()) == content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("holder_name", ""),
        ("holder_name", " Zoë"),
        ("holder_name", "Zoe\u0308"),
        ("holder_name", "Zoë\nŐrség"),
        ("holder_name", "Zoë\u202eŐrség"),
        ("holder_name", "x" * 201),
        ("limitations", ""),
        ("limitations", "x" * 401),
        ("status_notice", " "),
        ("number", "with blank"),
        ("code", "too-short"),
        ("code", "7KQ2M9XWTB4HZ0RFVJ6I"),
        ("body_slug", "Ostsee"),
        ("language", "eng"),
        ("level", 0),
        ("level", 6),
        ("edition", 0),
        ("phases", ()),
        ("phases", (Named("a", "A"),) * 7),
        ("endorsements", (Named("a", "A"),) * 13),
        ("endorsements", (Named("a", ""),)),
        ("practice_languages", ("English", "")),
        ("authorised_by", Signatory("", "Head")),
        ("verify_url", "ftp://cert.example.org/7KQ2M9XWTB4HZ0RFVJ6D"),
        ("verify_url", "https://cert.example.org/v/ostsee/other"),
        ("scheme_issued_on", date(2026, 11, 21)),
        ("effective_on", date(2026, 11, 19)),
        ("expires_on", date(2026, 11, 22)),
    ],
)
def test_a_field_outside_its_rule_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ContentError) as refused:
        a_content(**{field: value})

    assert refused.value.field == field


def test_the_borders_of_the_dates_are_allowed() -> None:
    day = date(2028, 2, 29)

    content = a_content(scheme_issued_on=day, decided_on=day, effective_on=day, expires_on=date(2028, 3, 1))

    assert content.effective_on == content.decided_on


@pytest.mark.parametrize(
    "claim",
    [
        "ISO 17024 certified",
        "an ISO/IEC 17024:2012 certified mentor",
        "certified to ISO/IEC 17024",
        "certificado según la norma ISO 17024",
    ],
)
def test_nobody_is_called_iso_17024_certified(claim: str) -> None:
    with pytest.raises(ContentError, match="MRK-2"):
        a_content(accreditation=claim)


def test_accreditation_wording_that_claims_no_more_is_allowed() -> None:
    assert a_content(accreditation="Accredited under ISO/IEC 17024 for this scheme and level.").accreditation


def _without(document: dict[str, object], field: str) -> dict[str, object]:
    return {key: value for key, value in document.items() if key != field}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("profile", "other"),
        ("level", 3.0),
        ("level", True),
        ("demonstration", 1),
        ("decided_on", "20261120"),
        ("decided_on", "never"),
        ("decided_on", 20261120),
        ("phases", "growth"),
        ("phases", [{"code": "growth"}]),
        ("phases", [["growth", "Growth"]]),
        ("practice_languages", [1]),
        ("authorised_by", {"name": "A", "function": "B", "more": "C"}),
        ("holder_name", None),
        ("accreditation", 1),
        ("unknown", "x"),
    ],
)
def test_a_document_of_another_shape_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ContentError):
        CertificateContent.from_document({**a_content().to_document(), field: value})


def test_a_document_that_lacks_a_field_is_refused() -> None:
    document = a_content().to_document()

    for field in document:
        with pytest.raises(ContentError):
            CertificateContent.from_document(_without(document, field))
