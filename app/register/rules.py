"""What a verification consists of, and when it may say ok."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.certificates.content import CertificateContent
from app.certificates.inspection import Inspection, Verdict
from app.certificates.rules import Status

_AMBIGUOUS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Matter(StrEnum):
    """What is checked against the register; the file's own checks come before these."""

    REGISTERED = "registered"
    """The register has a certificate of this number, code or file."""
    ISSUED_FILE = "issued_file"
    """The file is, byte for byte, one that the body issued."""
    SAME_CERTIFICATE = "same_certificate"
    """Number and code inside the file are those of the registered certificate."""
    IN_FORCE = "in_force"
    """The certificate is valid today."""


@dataclass(frozen=True)
class Finding:
    """One check with its verdict and, unless it is ok, the reason."""

    name: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Entry:
    """What the register shows of a certificate: its frozen content, and its status today."""

    content: CertificateContent
    status: Status


@dataclass(frozen=True)
class Verification:
    """All checks in order, and the register's entry where there is one."""

    checks: tuple[Finding, ...]
    entry: Entry | None
    on: date

    @property
    def is_ok(self) -> bool:
        """Whether every check is ok; one that was not made is enough to say no."""
        return bool(self.checks) and all(check.verdict is Verdict.OK for check in self.checks)

    @property
    def is_genuine(self) -> bool:
        """Whether nothing but the status of today stands against it."""
        others = [check for check in self.checks if check.name != Matter.IN_FORCE]
        return bool(others) and all(check.verdict is Verdict.OK for check in others)


def read_code(text: str) -> str:
    """Read a code as people type it: any case, with gaps, O for 0 and I or L for 1."""
    return text.strip().upper().translate(_AMBIGUOUS)


def read_number(text: str) -> str:
    """Read a certificate number as people type it."""
    return "".join(text.split()).upper()


def of_entry(entry: Entry, on: date) -> Verification:
    """Return the verification of a certificate that was looked up by number or code."""
    return Verification((_ok(Matter.REGISTERED), _in_force(entry)), entry, on)


def of_file(file: Inspection, entry: Entry | None, *, is_issued: bool, on: date) -> Verification:
    """Return the verification of a file: its own checks, then how it stands to the register.

    Only the stored hash proves a file; a number is easily copied into another one (9.4.9).
    """
    own = tuple(Finding(str(check.name), check.verdict, check.reason) for check in file.checks)
    if entry is None:
        reason = "The file names no certificate that this body has issued."
        rest: Sequence[Finding] = (
            Finding(Matter.REGISTERED, Verdict.FAILED, reason),
            *(_not_made(matter) for matter in (Matter.ISSUED_FILE, Matter.SAME_CERTIFICATE, Matter.IN_FORCE)),
        )
    else:
        rest = (_ok(Matter.REGISTERED), _issued(is_issued), _same(file, entry.content), _in_force(entry))
    return Verification((*own, *rest), entry, on)


def _ok(matter: Matter) -> Finding:
    return Finding(matter, Verdict.OK, "")


def _not_made(matter: Matter) -> Finding:
    return Finding(matter, Verdict.NOT_CHECKED, "An earlier check failed.")


def _issued(is_issued: bool) -> Finding:
    if is_issued:
        return _ok(Matter.ISSUED_FILE)
    reason = "This is not the file that the body issued; trust the entry of the register, not the file."
    return Finding(Matter.ISSUED_FILE, Verdict.FAILED, reason)


def _same(file: Inspection, content: CertificateContent) -> Finding:
    if file.number is None or file.code is None:
        return Finding(
            Matter.SAME_CERTIFICATE, Verdict.NOT_CHECKED, "The file does not name its number and code."
        )
    if (file.number, file.code) == (content.number, content.code):
        return _ok(Matter.SAME_CERTIFICATE)
    return Finding(
        Matter.SAME_CERTIFICATE, Verdict.FAILED, "Number and code in the file belong to no one certificate."
    )


_REASONS = {
    Status.NOT_YET_VALID: "The certificate is not valid yet.",
    Status.SUSPENDED: "The certification is suspended.",
    Status.WITHDRAWN: "The certification was withdrawn.",
    Status.EXPIRED: "The certificate has expired.",
}


def _in_force(entry: Entry) -> Finding:
    if entry.status is Status.VALID:
        return _ok(Matter.IN_FORCE)
    return Finding(Matter.IN_FORCE, Verdict.FAILED, _REASONS[entry.status])
