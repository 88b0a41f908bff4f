"""Use cases of statements: issue one about oneself, list, hand out, and find one for verification."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.certificates.content import ContentError
from app.certificates.fonts import uncovered
from app.certificates.service import Download
from app.core.errors import Conflict, Invalid, NotFound
from app.core.ids import new_code, new_id
from app.core.paging import Slice, Window
from app.files import service as files
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.people import service as people
from app.profiles import service as profiles
from app.schemes import service as schemes
from app.schemes.rules import VersionState
from app.schemes.tables import SchemeVersionRow
from app.statements import queries, rules
from app.statements.content import CardFound, StatementContent, texts
from app.statements.freezing import card_found
from app.statements.labels import LANGUAGES
from app.statements.rules import StatementKind
from app.statements.schemas import StatementCreate
from app.statements.tables import StatementRow
from app.work import Work
from skillcard.profile import Source
from skillcard.reading import framework_from


@dataclass(frozen=True)
class Shown:
    """A statement: its row, which has its document in it, and its frozen content."""

    row: StatementRow
    content: StatementContent

    @property
    def id(self) -> UUID:
        """The id of the statement."""
        return self.row.id

    @property
    def document(self) -> StatementRow:
        """What is known of the sealed document."""
        return self.row

    def __getattr__(self, name: str) -> object:
        """Read what the row says, and else what the content says."""
        return getattr(self.row if name in StatementRow.model_fields else self.content, name)


@dataclass(frozen=True)
class OwnCards:
    """A person's cards on one scheme version, by source; those without a rating are left out."""

    version_id: UUID
    scheme_title: str
    scheme_version: str
    cards: tuple[CardFound, ...]


def issue_own(work: Work, wanted: StatementCreate) -> Shown:
    """State the caller's own card as it counts today (7.0); the sealed document follows by a job."""
    work.require(Permission.STATEMENTS_ISSUE_OWN)
    rules.ensure_language(wanted.language, LANGUAGES)
    version = schemes.version_seen(work, wanted.scheme_version_id)
    card = _card(work, version, wanted.source, target=wanted.target, language=wanted.language)
    rules.ensure_rated(card.rated, card.source)
    if wanted.kind is StatementKind.LEVEL_STATEMENT:
        rules.ensure_level_statement(card.source, card.level, card.certified)
    content = _content(work, version, card, wanted)
    row = _row(work, version, content)
    work.session.add(row)
    jobs.enqueue(work, Job.SEAL_STATEMENT, row.id, key=str(row.id))
    work.record(
        Event.STATEMENT_ISSUED,
        row,
        number=row.number,
        kind=row.kind,
        source=row.source,
        scheme_version=version.id,
    )
    return Shown(row, content)


def _row(work: Work, version: SchemeVersionRow, content: StatementContent) -> StatementRow:
    return StatementRow(
        body_id=work.body_id,
        id=new_id(),
        number=content.number,
        code=content.code,
        person_id=work.person_id,
        scheme_version_id=version.id,
        kind=content.kind,
        source=content.card.source,
        found_on=content.found_on,
        level=content.card.level,
        target=content.card.target,
        language=content.language,
        content=content.to_document(),
    )


def _card(
    work: Work, version: SchemeVersionRow, source: Source, *, target: int | None, language: str
) -> CardFound:
    framework = framework_from(version.package)
    ratings = profiles.counting(work, work.person_id, version.id, framework, source)
    return card_found(version.package, framework, ratings, source=source, target=target, language=language)


def _content(
    work: Work, version: SchemeVersionRow, card: CardFound, wanted: StatementCreate
) -> StatementContent:
    """Freeze what the statement says; refuse what cannot be printed."""
    body, code = bodies.own(work), new_code()
    scheme = version.package["scheme"]
    try:
        content = StatementContent(
            number=rules.number(work.today.year, new_code()),
            code=code,
            kind=wanted.kind,
            language=wanted.language,
            demonstration=body.is_demo,
            pilot=version.state is VersionState.PILOT,
            person_name=people.known(work, work.person_id).printed_name,
            body_name=body.legal_name,
            scheme_code=scheme["code"],
            scheme_title=_titled(version, wanted.language),
            scheme_version=version.version,
            found_on=work.today,
            card=card,
            verify_url=f"{work.runtime.settings.public_url}/v/{body.slug}/{code}",
        )
    except ContentError as fault:
        raise Invalid("statement_content_refused", field=fault.field, reason=fault.reason) from None
    if unprintable := uncovered("".join(texts(content))):
        raise Invalid("statement_not_printable", characters=unprintable)
    return content


def _titled(version: SchemeVersionRow, language: str) -> str:
    titles = version.package["scheme"]["title"]
    return str(titles.get(language) or next(iter(titles.values())))


def own_cards(work: Work, language: str) -> list[OwnCards]:
    """Return all cards of the caller, each measured against her next level."""
    work.require(Permission.PROFILES_RATE_OWN)
    found = []
    for version_id in profiles.versions_of(work, work.person_id):
        version = schemes.version_seen(work, version_id)
        if cards := tuple(_rated_cards(work, version, language)):
            found.append(OwnCards(version_id, _titled(version, language), version.version, cards))
    return found


def _rated_cards(work: Work, version: SchemeVersionRow, language: str) -> Iterator[CardFound]:
    for source in (Source.ASSESSOR, Source.SELF):
        card = _card(work, version, source, target=None, language=language)
        if card.rated:
            yield card


def search_own(work: Work, wanted: Window) -> Slice[Shown]:
    """Return one page of the statements about the caller, newest first."""
    work.require(Permission.STATEMENTS_READ_OWN)
    found = queries.of_person(work, work.person_id, wanted)
    return Slice([_shown(row) for row in found.items], found.next)


def read_own(work: Work, statement_id: UUID) -> Shown:
    """Return one statement about the caller."""
    work.require(Permission.STATEMENTS_READ_OWN)
    return _shown(queries.own(work, statement_id, work.person_id))


def download_own(work: Work, statement_id: UUID) -> Download:
    """Return the sealed bytes of a statement about the caller, as they were stored."""
    work.require(Permission.STATEMENTS_READ_OWN)
    row = queries.own(work, statement_id, work.person_id)
    if row.file_id is None or row.sha256 is None:
        raise Conflict("document_pending")
    return Download(row.number, row.sha256, files.content(work, row.file_id))


def by_code(work: Work, code: str) -> Shown:
    """Return the statement with this verification code; callers have asked their own permission."""
    return _shown(queries.by_code(work, code))


def by_number(work: Work, text: str) -> Shown:
    """Return the statement with this number as people type it; callers have asked their own permission."""
    number = rules.read_number(text)
    if number is None:
        raise NotFound("statement")
    return _shown(queries.by_number(work, number))


def by_document(work: Work, sha256: str) -> Shown:
    """Return the statement that these bytes were issued for; callers have asked their own permission."""
    return _shown(queries.by_document(work, sha256))


def _shown(row: StatementRow) -> Shown:
    return Shown(row, StatementContent.from_document(row.content))
