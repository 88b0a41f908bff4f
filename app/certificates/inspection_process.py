"""The process that reads one PDF from a stranger and answers in JSON; lives for one question of `inspection`.

Standard input: one line of JSON with roots, known keys and the instant, then the bytes of the file.
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TypeVar

from asn1crypto import cms, pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    read_certification_data,
    validate_pdf_signature,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.certificates.inspection import Check, CheckName, Verdict

_MEMORY_LIMIT = 1024 * 1024 * 1024
_KEYWORDS = re.compile(r"([A-Za-z0-9][A-Za-z0-9./-]{0,39}) ([0-9A-HJKMNP-TV-Z]{20})")

Value = TypeVar("Value")
Answer = tuple[tuple[Check, ...], str | None, str | None]


@dataclass(frozen=True)
class Question:
    """What a file is to be checked against."""

    roots: tuple[Certificate, ...]
    known_keys: frozenset[str]
    at: datetime


def question_from(roots: Sequence[str], known_keys: Collection[str], at: datetime) -> Question:
    """Read the roots; one that is no certificate is left out, so that it can vouch for nothing."""
    return Question(tuple(root for text in roots for root in _certificates(text)), frozenset(known_keys), at)


def examine(pdf: bytes, question: Question) -> Answer:
    """Return all checks in order with the number and code that the file names; raise nothing."""
    found: dict[CheckName, str] = {}
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures = reader.embedded_signatures
        certification = read_certification_data(reader)
    except Exception:  # a reader walking hostile bytes may raise whatever Python has
        found[CheckName.READABLE] = "The file is not a well-formed PDF."
        return _checks(found), None, None
    found[CheckName.READABLE] = ""
    number, code = _quietly(lambda: _named(reader)) or (None, None)
    if len(signatures) != 1:
        found[CheckName.SEALED] = f"The file has {len(signatures)} signatures; a certificate has one."
    elif not _quietly(lambda: _certifies(signatures[0], certification)):
        found[CheckName.SEALED] = "The signature does not certify the document."
    else:
        found[CheckName.SEALED] = ""
        status = _quietly(lambda: _status(signatures[0], question))
        found |= _judged(status, question, is_plain=_is_plain(signatures[0], status, pdf))
    return _checks(found), number, code


def _checks(found: dict[CheckName, str]) -> tuple[Check, ...]:
    """Return all checks in order: failed where a reason was found, not made where nothing was."""
    return tuple(
        Check(name, Verdict.FAILED if found[name] else Verdict.OK, found[name])
        if name in found
        else Check(name, Verdict.NOT_CHECKED, "An earlier check failed.")
        for name in CheckName
    )


def _quietly(act: Callable[[], Value]) -> Value | None:
    try:
        return act()
    except Exception:  # as above: hostile bytes, any error; the caller reads None as "no"
        return None


def _named(reader: PdfFileReader) -> tuple[str, str] | None:
    """Return number and code as the drawing puts them into the document's keywords."""
    match = _KEYWORDS.fullmatch(str(reader.trailer["/Info"]["/Keywords"]))
    return (match[1], match[2]) if match else None


def _certifies(signature: EmbeddedPdfSignature, certification: object) -> bool:
    """Return whether this signature is the one that certifies, and allows form filling at most."""
    if certification is None or signature.docmdp_level not in (MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS):
        return False
    author = getattr(certification, "author_sig", None)
    return author is not None and author.container_ref == signature.sig_object.container_ref


def _status(signature: EmbeddedPdfSignature, question: Question) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=question.roots, allow_fetching=False, moment=question.at, revocation_mode="soft-fail"
    )
    return validate_pdf_signature(signature, context)


def _is_plain(signature: EmbeddedPdfSignature, status: PdfSignatureStatus | None, pdf: bytes) -> bool:
    """Return whether the signature is written as our sealer writes it, with nothing in it that need not be.

    No signature covers itself: what lies around the signed values, and the room kept free behind them, could
    be altered or filled unnoticed. Written anew from its values it must give the same digits. What this does
    not tell is a signature whose number was turned into its mathematical twin; the register does, which
    knows the digest of the issued file.
    """
    return status is not None and bool(
        _quietly(lambda: _holds_its_path(signature, status) and _is_as_written(signature, pdf))
    )


def _is_as_written(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    _, length, rest, _ = (int(number) for number in signature.byte_range)
    [signer] = signature.signed_data["signer_infos"]
    own = signature.signer_cert
    names_signer = {"issuer": own.issuer, "serial_number": own.serial_number}
    sealed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [held.chosen for held in signature.signed_data["certificates"]],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": {"issuer_and_serial_number": names_signer},
                    "digest_algorithm": {"algorithm": "sha256"},
                    "signed_attrs": signer["signed_attrs"],
                    "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                    "signature": signer["signature"],
                }
            ],
        }
    )
    written: bytes = cms.ContentInfo({"content_type": "signed_data", "content": sealed}).dump()
    digits = written.hex().upper().encode().ljust(rest - length - 2, b"0")
    return pdf[length:rest] == b"<" + digits + b">"


def _holds_its_path(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> bool:
    """Return whether the signature carries the certificates of its path, each once, and nothing beside them.

    The root stays outside: who trusts it has it. Without a path nothing is compared, and the issuer fails.
    """
    if status.validation_path is None:
        return True
    path = [held.dump() for held in status.validation_path.iter_certs(include_root=False)]
    return sorted(path) == sorted(held.dump() for held in signature.signed_data["certificates"])


def _judged(status: PdfSignatureStatus | None, question: Question, *, is_plain: bool) -> dict[CheckName, str]:
    """Return for each remaining check why it failed, or nothing; the issuer counts only for intact bytes."""
    if status is None:
        return {CheckName.INTACT: "The signature cannot be evaluated."}
    intact = status.intact and status.valid and is_plain
    known = status.signing_cert.sha256.hex() in question.known_keys
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    untouched = status.modification_level is ModificationLevel.NONE and status.docmdp_ok is True
    judged = {
        CheckName.INTACT: "" if intact else "The file was altered after it was sealed.",
        CheckName.KNOWN_KEY: "" if known else "The seal's certificate is not one that the body has used.",
        CheckName.COMPLETE: "" if whole else "Something was added to the file after it was sealed.",
        CheckName.UNMODIFIED: "" if untouched else "The document was changed after it was sealed.",
    }
    if intact:
        judged[CheckName.ISSUER] = "" if status.trusted else "The seal does not lead to a root of the body."
    return judged


def _certificates(text: str) -> list[Certificate]:
    return (
        _quietly(lambda: [Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)])
        or []
    )


def _limit(seconds: float) -> None:
    """Take from this process what reading a file does not need."""
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY_LIMIT),
        (resource.RLIMIT_CPU, ceil(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def main() -> None:
    """Answer the question on standard input."""
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(asked["seconds"])
    question = question_from(asked["roots"], asked["known_keys"], datetime.fromisoformat(asked["at"]))
    checks, number, code = examine(sys.stdin.buffer.read(), question)
    answer = {"checks": [[c.name, c.verdict, c.reason] for c in checks], "number": number, "code": code}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
