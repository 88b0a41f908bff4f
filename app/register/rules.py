"""What a verification consists of, and when it may say ok."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.certificates.content import CertificateContent
from app.certificates.inspection import Inspection, Verdict
from app.certificates.rules import Status
from app.statements.content import StatementContent
from app.statements.rules import StatementKind

_AMBIGUOUS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class VerifiedKind(StrEnum):
    """What was found: the two are never told apart by a number or a colour alone."""

    CERTIFICATE = "certificate"
    STATEMENT = "statement"


class Matter(StrEnum):
    """What is checked against the register; the file's own checks come before these."""

    REGISTERED = "registered"
    """The body has issued a certificate or a statement of this number, code or file."""
    ISSUED_FILE = "issued_file"
    """The file is, byte for byte, one that the body issued."""
    SAME_CERTIFICATE = "same_certificate"
    """Number and code inside the file are those of the registered certificate."""
    SAME_STATEMENT = "same_statement"
    """Number and code inside the file are those of the statement."""
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
class StatementEntry:
    """What is told of a statement; `content` only to who has its code or file: nothing in it is public."""

    number: str
    kind: StatementKind
    found_on: date
    content: StatementContent | None


@dataclass(frozen=True)
class Verification:
    """All checks in order, and what was found: a certificate's entry, a statement, or neither."""

    checks: tuple[Finding, ...]
    entry: Entry | None
    on: date
    statement: StatementEntry | None = None

    @property
    def kind(self) -> VerifiedKind | None:
        """What was found, None where nothing was."""
        if self.statement is not None:
            return VerifiedKind.STATEMENT
        return None if self.entry is None else VerifiedKind.CERTIFICATE

    @property
    def is_ok(self) -> bool:
        """Whether it is a certificate and every check is ok; one that was not made is enough to say no.

        A statement certifies nobody, so it is never ok, however genuine: who asks for this alone asks for a
        certificate that holds.
        """
        if self.kind is VerifiedKind.STATEMENT:
            return False
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


def of_statement(entry: StatementEntry, on: date) -> Verification:
    """Return the verification of a statement that was looked up: it was issued, and has no status."""
    return Verification((_ok(Matter.REGISTERED),), None, on, entry)


def of_file(file: Inspection, entry: Entry | None, *, is_issued: bool, on: date) -> Verification:
    """Return the verification of a file: its own checks, then how it stands to the register.

    Only the stored hash proves a file; a number is easily copied into another one (9.4.9).
    """
    own = tuple(Finding(str(check.name), check.verdict, check.reason) for check in file.checks)
    if entry is None:
        reason = "The file names no certificate and no statement that this body has issued."
        rest: Sequence[Finding] = (
            Finding(Matter.REGISTERED, Verdict.FAILED, reason),
            *(_not_made(matter) for matter in (Matter.ISSUED_FILE, Matter.SAME_CERTIFICATE, Matter.IN_FORCE)),
        )
    else:
        rest = (_ok(Matter.REGISTERED), _issued(is_issued), _same(file, entry.content), _in_force(entry))
    return Verification((*own, *rest), entry, on)


def of_statement_file(
    file: Inspection, entry: StatementEntry, code: str, *, is_issued: bool, on: date
) -> Verification:
    """Return the verification of a file that is a statement or names one: every check but of validity."""
    own = tuple(Finding(str(check.name), check.verdict, check.reason) for check in file.checks)
    same = _same_numbers(file, Matter.SAME_STATEMENT, (entry.number, code))
    return Verification((*own, _ok(Matter.REGISTERED), _issued(is_issued), same), None, on, entry)


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
    return _same_numbers(file, Matter.SAME_CERTIFICATE, (content.number, content.code))


def _same_numbers(file: Inspection, matter: Matter, registered: tuple[str, str]) -> Finding:
    if file.number is None or file.code is None:
        return Finding(matter, Verdict.NOT_CHECKED, "The file does not name its number and code.")
    if (file.number, file.code) == registered:
        return _ok(matter)
    reason = f"Number and code in the file belong to no one {_SAME_WHAT[matter]}."
    return Finding(matter, Verdict.FAILED, reason)


_SAME_WHAT = {Matter.SAME_CERTIFICATE: "certificate", Matter.SAME_STATEMENT: "statement"}


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
