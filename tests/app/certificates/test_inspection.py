"""Whatever is handed in gets an answer, and only an untouched certificate of the body gets a good one."""

import random
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from app.bodies.authority import make_test_authority
from app.certificates import inspection
from app.certificates.drawing import draw
from app.certificates.inspection import CheckName, Inspection, Verdict, inspect
from app.certificates.inspection_process import examine, question_from
from app.certificates.seal import Sealer
from tests.factories.documents import (
    BEGAN,
    CODE,
    SIGNED,
    a_content,
    a_sealed_certificate,
    a_sealer,
    an_authority,
)

AT = datetime(2026, 11, 23, tzinfo=UTC)
QUESTION = question_from([an_authority().root.decode()], {a_sealer().fingerprint}, AT)


def inspected(pdf: bytes, **changes: object) -> Inspection:
    asked = {"roots": [an_authority().root], "known_keys": {a_sealer().fingerprint}, "at": AT}
    return inspect(pdf, **{**asked, **changes})  # type: ignore[arg-type] # a mix of types by name


def failed(pdf: bytes) -> set[CheckName]:
    """Ask in this process: the same reading without the half second of starting another."""
    checks, _, _ = examine(pdf, QUESTION)
    assert [check.name for check in checks] == list(CheckName)
    return {check.name for check in checks if check.verdict is Verdict.FAILED}


def updated(pdf: bytes, operators: bytes) -> bytes:
    """Append an update that paints over the page, as a forger does who leaves the signed bytes alone."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    painted = writer.add_object(generic.StreamObject(stream_data=operators))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), painted])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_untouched_certificate_passes_every_check() -> None:
    answer = inspected(a_sealed_certificate())

    assert [(check.name, check.verdict, check.reason) for check in answer.checks] == [
        (name, Verdict.OK, "") for name in CheckName
    ]
    assert answer.is_ok
    assert (answer.number, answer.code) == ("OST-2026-000123", CODE)


def test_a_forged_update_that_other_tools_call_valid_is_refused() -> None:
    forged = updated(a_sealed_certificate(), b"q 0 0 0 rg 100 100 300 60 re f Q")

    assert forged.startswith(a_sealed_certificate())
    assert failed(forged) == {CheckName.COMPLETE, CheckName.UNMODIFIED}
    assert not inspected(forged).is_ok


def test_a_flipped_bit_is_refused_and_the_issuer_not_judged() -> None:
    pdf = a_sealed_certificate()
    at = pdf.index(b"stream\n") + 60

    answer = inspected(pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :])

    verdicts = {check.name: check.verdict for check in answer.checks}
    assert verdicts[CheckName.INTACT] is Verdict.FAILED
    assert verdicts[CheckName.ISSUER] is Verdict.NOT_CHECKED
    assert not answer.is_ok


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(a_sealed_certificate()) - 1), st.integers(0, 7))
def test_no_flipped_bit_anywhere_leaves_a_good_answer(at: int, bit: int) -> None:
    pdf = a_sealed_certificate()

    assert failed(pdf[:at] + bytes([pdf[at] ^ 1 << bit]) + pdf[at + 1 :])


@pytest.mark.parametrize("added", [b"\n", b"%comment", b"\0" * 100])
def test_anything_behind_the_end_is_refused(added: bytes) -> None:
    assert CheckName.COMPLETE in failed(a_sealed_certificate() + added)


def test_a_drawing_without_seal_is_refused() -> None:
    assert failed(draw(a_content())) == {CheckName.SEALED}


def test_a_plain_signature_that_does_not_certify_is_refused() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(draw(a_content())))
    signer = PdfSigner(PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256"), a_sealer()._signer)
    out = BytesIO()
    signer.sign_pdf(writer, output=out, bytes_reserved=8192)

    assert failed(out.getvalue()) == {CheckName.SEALED}


def test_a_second_signature_is_refused() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(a_sealed_certificate()))
    append_signature_field(writer, SigFieldSpec("Second"))
    signer = PdfSigner(PdfSignatureMetadata(field_name="Second", md_algorithm="sha256"), a_sealer()._signer)
    out = BytesIO()
    signer.sign_pdf(writer, output=out, bytes_reserved=8192)

    assert failed(out.getvalue()) == {CheckName.SEALED}


def test_a_namesakes_seal_is_refused() -> None:
    other = make_test_authority("Ostsee Zertifizierung gGmbH", now=BEGAN)
    pdf = Sealer(other.seal_key, other.chain).seal(
        draw(a_content()), signed_at=SIGNED, reason="r", location="l", name="n"
    )

    assert failed(pdf) == {CheckName.ISSUER, CheckName.KNOWN_KEY}


def test_a_key_outside_the_history_is_refused() -> None:
    answer = inspected(a_sealed_certificate(), known_keys=set())

    assert {check.name for check in answer.checks if check.verdict is not Verdict.OK} == {CheckName.KNOWN_KEY}


@pytest.mark.parametrize("roots", [[], [b"no certificate"], [b"\xff"]])
def test_without_a_root_nothing_is_trusted(roots: list[bytes]) -> None:
    assert not inspected(a_sealed_certificate(), roots=roots).is_ok


@pytest.mark.parametrize(("year", "fits"), [(2025, False), (2029, True), (2032, True), (2034, False)])
def test_the_instant_of_the_caller_decides_whether_the_seal_is_in_time(year: int, fits: bool) -> None:
    question = question_from(
        [an_authority().root.decode()], {a_sealer().fingerprint}, datetime(year, 6, 1, tzinfo=UTC)
    )

    checks, _, _ = examine(a_sealed_certificate(), question)

    assert (Verdict.FAILED not in {check.verdict for check in checks}) == fits


@pytest.mark.parametrize("pdf", [b"", b"PK\x03\x04", b"<html>", b" %PDF-1.4", bytes(1000)])
def test_what_is_no_pdf_is_refused_without_starting_a_process(
    pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "_MODULE", "no.such.module")

    answer = inspected(pdf)

    assert [check.verdict for check in answer.checks] == [Verdict.FAILED] + [Verdict.NOT_CHECKED] * 6
    assert answer.checks[0].reason == "The file is not a PDF."


def test_a_file_over_the_limit_is_refused_unread() -> None:
    answer = inspected(a_sealed_certificate(), size_limit=1000)

    assert answer.checks[0].reason == "The file is larger than 1000 bytes."
    assert len(answer.sha256) == 64


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_random_bytes_get_an_answer(noise: bytes) -> None:
    assert failed(noise)
    assert failed(b"%PDF-1.7\n" + noise)


def test_truncated_and_shuffled_files_get_an_answer() -> None:
    pdf = a_sealed_certificate()
    chance = random.Random(17)

    for _ in range(25):
        cut, other = sorted(chance.sample(range(1, len(pdf)), 2))
        for broken in (
            pdf[:cut],
            pdf[:cut] + pdf[other:],
            pdf[other:] + pdf[:other],
            b"%PDF-1.7\n" + pdf[cut:other],
        ):
            assert failed(broken)


DEEP = b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
LOOP = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 9/Size 1>>\nstartxref\n9\n%%EOF"


@pytest.mark.parametrize("pdf", [DEEP, LOOP, b"%PDF-1.7\n" + bytes(4_000_000)], ids=["deep", "loop", "huge"])
def test_hostile_files_get_an_answer_from_the_process(pdf: bytes) -> None:
    answer = inspected(pdf)

    assert answer.checks[0].verdict is Verdict.FAILED
    assert not answer.is_ok


def test_a_process_that_takes_too_long_is_stopped_and_answered_for() -> None:
    answer = inspected(a_sealed_certificate(), seconds_limit=0.05)

    assert answer.checks[0].reason == "The file could not be read within the limits of time and memory."


def test_the_process_cannot_take_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_MODULE", "tests.app.certificates.greedy")

    assert inspected(a_sealed_certificate()).checks[0].verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"null",
        b'{"checks": [], "number": null, "code": null}',
        b'{"checks": [["readable", "ok", ""]], "number": null, "code": null}',
        b'{"checks": [["readable", "perfect", ""]], "number": null, "code": null}',
        b'{"checks": 1, "number": null, "code": null}',
        b"\xff",
    ],
)
def test_an_answer_of_another_shape_is_a_no(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_ask", lambda *_: answer)

    assert not inspected(a_sealed_certificate()).is_ok


def test_the_process_is_handed_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    def run(*_: object, env: dict[str, str], **__: object) -> None:
        seen.update(env)
        raise OSError

    monkeypatch.setenv("MENTORCERT_KEY_PASSPHRASE", "correct horse")
    monkeypatch.setattr(inspection.subprocess, "run", run)

    assert not inspected(a_sealed_certificate()).is_ok
    assert set(seen) == {"PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
