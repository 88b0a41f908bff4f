"""Use cases of the public register; anyone may ask, and each answer is worked out at the moment of asking."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.bodies import service as bodies
from app.certificates import service as certificates
from app.certificates.inspection import Inspection
from app.certificates.service import Shown
from app.core.errors import NotFound
from app.decisions.rules import DecisionKind
from app.register import queries, rules, statistics
from app.register.rules import Entry, StatementEntry, Verification
from app.statements import service as statements
from app.statements.service import Shown as Statement
from app.work import Work
from skillcard.cohort import SMALLEST_GROUP

Found = TypeVar("Found")


@dataclass(frozen=True)
class Trust:
    """What a file is judged by: roots of the body's seals (PEM), and the seals it has used (SHA-256)."""

    roots: tuple[bytes, ...]
    known_keys: tuple[str, ...]


def verify_code(work: Work, code: str) -> Verification:
    """Verify the certificate with a code (PUB-2), else tell of the statement that has it."""
    work.open_to_all()
    asked = rules.read_code(code)
    certificate = _first(lambda: certificates.by_code(work, asked))
    if certificate is not None:
        return rules.of_entry(_entry(certificate), work.today)
    return rules.of_statement(_told(statements.by_code(work, asked)), work.today)


def verify_number(work: Work, number: str) -> Verification:
    """Verify the certificate with a number (PUB-2), else tell that a statement with it was issued.

    A statement's number may be seen where its content was never meant to be; so it opens nothing of that.
    """
    work.open_to_all()
    certificate = _first(lambda: certificates.by_number(work, rules.read_number(number)))
    if certificate is not None:
        return rules.of_entry(_entry(certificate), work.today)
    found = statements.by_number(work, number)
    return rules.of_statement(replace(_told(found), content=None), work.today)


def trust(work: Work) -> Trust:
    """Return what a file that claims to be this body's is judged by."""
    work.open_to_all()
    seals = bodies.seal_keys(work)
    chains = [row.certificates_pem for row in seals if row.certificates_pem is not None]
    return Trust(tuple(_root(chain) for chain in chains), tuple(row.kid for row in seals))


def _root(chain: str) -> bytes:
    """Return the last certificate of a chain."""
    start = chain.rindex("-----BEGIN CERTIFICATE-----")
    return chain[start:].encode()


def verify_file(work: Work, file: Inspection) -> Verification:
    """Verify an inspected file: its hash proves it, what it says only leads to the entry (9.4.9)."""
    work.open_to_all()
    issued = _first(lambda: certificates.by_document(work, file.sha256))
    if issued is None and (told := _statement_file(work, file)) is not None:
        return told
    found = issued or _named(work, file)
    return rules.of_file(
        file, _entry(found) if found is not None else None, is_issued=issued is not None, on=work.today
    )


def _statement_file(work: Work, file: Inspection) -> Verification | None:
    """Return the verification of a file that was issued as a statement or names one, None of any other."""
    issued = _first(lambda: statements.by_document(work, file.sha256))
    found, is_opened = issued or _named_by_code(work, file), True
    if found is None:
        number = file.number
        found, is_opened = _first(lambda: statements.by_number(work, number or "")), False
    if found is None:
        return None
    told = _told(found)
    entry = told if is_opened else replace(told, content=None)
    code = found.row.code
    return rules.of_statement_file(file, entry, code, is_issued=issued is not None, on=work.today)


def _named_by_code(work: Work, file: Inspection) -> Statement | None:
    code = file.code
    return None if code is None else _first(lambda: statements.by_code(work, code))


def _named(work: Work, file: Inspection) -> Shown | None:
    code, number = file.code, file.number
    found = _first(lambda: certificates.by_code(work, code)) if code is not None else None
    if found is None and number is not None:
        return _first(lambda: certificates.by_number(work, number))
    return found


def _first(look_up: Callable[[], Found]) -> Found | None:
    try:
        return look_up()
    except NotFound:
        return None


def _entry(found: Shown) -> Entry:
    return Entry(found.content, found.status)


def _told(found: Statement) -> StatementEntry:
    content = found.content
    return StatementEntry(content.number, content.kind, content.found_on, content)


def statistics_of(work: Work, year: int) -> dict[str, object]:
    """Tell a body's year in figures to anyone; what is kept back is said in `statistics`."""
    work.open_to_all()
    span = statistics.year_of(year, work.today)
    decided = queries.decisions(work, span.first, span.on)
    applied, grants = queries.applications(work, span.first, span.on), decided.get(DecisionKind.GRANT, 0)
    found = queries.in_force(work, span.on, before=_end_of(work, span.on))
    return {
        "year": year,
        "on": span.on,
        "is_year_over": span.is_over,
        "applications": statistics.told_applications(applied, grants, span),
        "grants": grants,
        "refusals": statistics.told_refusals(decided.get(DecisionKind.REFUSE, 0), span),
        "smallest_group": SMALLEST_GROUP,
        "in_force": found.total(),
        "by_scheme": statistics.by_scheme(found),
        "by_level": statistics.by_level(found),
        "by_phase": statistics.by_phase(found),
        "by_endorsement": statistics.by_endorsement(found),
    }


def _end_of(work: Work, day: date) -> datetime:
    """Return the instant at which a day of the body's calendar is over."""
    zone = ZoneInfo(bodies.own(work).time_zone)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
