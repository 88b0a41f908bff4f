"""What is recorded of a statement, what the database keeps of it, and that its document is made once."""

import json
from io import BytesIO
from threading import Barrier, Thread

import pikepdf
import pytest
import sqlalchemy as sa
from sqlmodel import select

from app.audit.tables import EventRow
from app.bodies import service as bodies
from app.certificates.rules import DocumentState
from app.core.errors import Conflict, Forbidden
from app.core.ids import new_code, new_id
from app.files import service as files
from app.files.tables import FileRow
from app.jobs.rules import Job
from app.jobs.tables import OutboxRow
from app.log.keeping import bring_in
from app.statements import jobs, sealing
from app.statements.content import StatementContent
from app.statements.drawing import SEAL_BOX, draw
from app.statements.tables import StatementRow
from app.worker import HANDLERS
from skillcard.profile import Source
from tests.factories.certificates import a_seal
from tests.factories.packages import packaged
from tests.factories.schemes import a_published_version
from tests.factories.statements import a_statement, asked, assessed, elements_of
from tests.support import outsiders

ELEMENTS = elements_of()


@pytest.fixture
def statement(client, world, system, version_id):
    """A level statement of body alpha's person, its document still to be sealed."""
    a_seal(system)
    person = world.alpha["person"]
    assessed(system, person.person_id, version_id, dict.fromkeys(ELEMENTS, 2))
    told = asked(client, person, version_id, kind="level_statement")
    assert told.status_code == 201, told.text
    return row_of(system, told.json()["number"])


def row_of(system, number):
    return system.read(_row, number)


def _row(work, number):
    work.require_system()
    return work.session.exec(select(StatementRow).where(StatementRow.number == number)).one()


def again(system, statement):
    return row_of(system, statement.number)


def events_of(runtime, stream):
    with runtime.database.reading() as session:
        rows = session.exec(select(EventRow).where(EventRow.stream == stream).order_by(EventRow.sseq)).all()
        return [(row.event, json.loads(row.body)) for row in rows]


def count(runtime, kind):
    with runtime.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_issuing_leaves_frozen_content_a_pending_document_and_its_job(runtime, statement):
    with runtime.database.reading() as session:
        job = session.exec(select(OutboxRow)).one()

    content = StatementContent.from_document(statement.content)
    assert (content.number, content.code) == (statement.number, statement.code)
    assert (statement.state, statement.sha256) == (DocumentState.PENDING, None)
    assert (job.kind, job.subject_id) == (Job.SEAL_STATEMENT, statement.id)
    assert HANDLERS[Job.SEAL_STATEMENT] is jobs.seal


def test_the_event_names_neither_person_nor_level_nor_code(runtime, statement):
    [(name, body)] = events_of(runtime, statement.id)

    assert name == "statement.issued"
    assert body["facts"] == {
        "number": statement.number,
        "kind": "level_statement",
        "source": "assessor",
        "scheme_version": str(statement.scheme_version_id),
    }
    told = json.dumps(body)
    assert statement.code not in told
    assert "Person of Alpha" not in told


def test_every_step_from_signing_to_seal_is_recorded_with_the_hashes(runtime, system, statement):
    jobs.seal(system, statement.id)

    row = again(system, statement)
    names = [name for name, _ in events_of(runtime, statement.id)]
    facts = {name: body["facts"] for name, body in events_of(runtime, statement.id)}
    assert names == ["statement.issued", "document.signing", "document.sealed"]
    assert facts["document.sealed"]["sha256"] == row.sha256
    assert facts["document.signing"]["kid"] == facts["document.sealed"]["kid"] == row.kid
    assert (row.state, row.pades_level) == (DocumentState.READY, "B-B")
    bring_in(runtime)


def test_the_job_runs_any_number_of_times_and_stores_one_document(runtime, system, statement):
    jobs.seal(system, statement.id)
    first = again(system, statement)

    jobs.seal(system, statement.id)

    second = again(system, statement)
    assert (second.sha256, second.file_id, second.rev) == (first.sha256, first.file_id, first.rev)
    assert count(runtime, FileRow) == 1


def test_a_job_that_died_before_storing_is_finished_by_the_next(runtime, system, statement):
    draft = system.read(sealing.draft, statement.id)
    system.write(sealing.announce, statement.id, kid=draft.seal.kid, sha256="0" * 64)

    jobs.seal(system, statement.id)

    names = [name for name, _ in events_of(runtime, statement.id)]
    assert names == ["statement.issued", "document.signing", "document.signing", "document.sealed"]


def test_of_two_jobs_at_once_one_document_is_kept(runtime, system, statement):
    start, faults = Barrier(2), []

    def seal():
        start.wait()
        try:
            jobs.seal(system, statement.id)
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert again(system, statement).state is DocumentState.READY
    assert count(runtime, FileRow) == 1
    assert [name for name, _ in events_of(runtime, statement.id)].count("document.sealed") == 1


def test_a_body_without_a_fit_seal_leaves_the_statement_pending(system, statement, clock):
    clock.instant = clock.instant.replace(year=clock.instant.year + 12)

    with pytest.raises(Conflict) as refusal:
        jobs.seal(system, statement.id)

    assert refusal.value.code == "seal_unfit"
    assert again(system, statement).state is DocumentState.PENDING


@pytest.mark.parametrize("step", ["draft", "announce", "keep"])
def test_a_stranger_takes_no_step_of_sealing(system, statement, step):
    named = {"announce": {"kid": "k", "sha256": "0" * 64}, "keep": {"sealed": b"%PDF-", "kid": "k"}}
    stranger = system.of_body("alpha")

    with pytest.raises(Forbidden):
        stranger.read(getattr(sealing, step), statement.id, **named.get(step, {}))


def test_programs_that_we_did_not_write_accept_the_sealed_statement(runtime, system, statement, tmp_path):
    jobs.seal(system, statement.id)
    pdf = system.read(_bytes, statement.id)
    root = system.read(_root)

    said = outsiders.pdfsig_says(pdf, tmp_path, root=root)

    for line in ("Total document signed", "Signature is Valid.", "Certificate is Trusted.", "SHA-256"):
        assert line in said
    assert "Signature #2" not in said
    assert outsiders.openssl_says(pdf, tmp_path, root=root, at=system.runtime.clock.now())
    assert outsiders.signed_parts(pdf)[2]
    assert pdf.startswith(draw(StatementContent.from_document(statement.content)))


def test_one_flipped_bit_is_refused_by_them(system, statement, tmp_path):
    jobs.seal(system, statement.id)
    pdf, root = outsiders.flipped(system.read(_bytes, statement.id)), system.read(_root)

    said = outsiders.pdfsig_says(pdf, tmp_path, root=root)

    assert "Digest Mismatch." in said
    assert not outsiders.openssl_says(pdf, tmp_path, root=root, at=system.runtime.clock.now())


def test_the_reason_in_the_seal_says_that_it_is_no_certificate(system, statement):
    jobs.seal(system, statement.id)

    with pikepdf.open(BytesIO(system.read(_bytes, statement.id))) as document:
        [field] = document.Root.AcroForm.Fields
        assert str(field.V.Reason) == f"Statement {statement.number}: not a certificate"
        assert [round(float(side)) for side in field.Rect] == list(SEAL_BOX)


def _bytes(work, statement_id):
    work.require_system()
    row = sealing.queries.by_id(work, statement_id)
    return files.content(work, row.file_id)


def _root(work):
    work.require_system()
    chain = bodies.seal_keys(work)[0].certificates_pem
    return chain[chain.rindex("-----BEGIN") :].encode()


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"forged": True}},
        {"number": "ST.2026.00000000"},
        {"code": "00000000000000000000"},
        {"level": 1},
        {"level": None},
        {"source": Source.SELF},
        {"kind": "skill_card"},
        {"target": 5},
        {"found_on": "2020-01-01"},
    ],
)
def test_the_database_refuses_another_content_even_with_an_event(system, statement, change):
    with pytest.raises(sa.exc.DBAPIError, match=r"CRT-2|CHECK|check"):
        system.write(_alter, statement.id, change)


def _alter(work, statement_id, change):
    work.require_system()
    row = sealing.queries.for_update(work, statement_id)
    [(column, value)] = change.items()
    setattr(row, column, type(row.found_on).fromisoformat(value) if column == "found_on" else value)
    work.session.add(row)
    work.record("statement.issued", row)


def test_the_database_refuses_another_document_than_the_one_that_was_sealed(system, statement):
    jobs.seal(system, statement.id)

    with pytest.raises(sa.exc.DBAPIError, match="CRT-1"):
        system.write(_forge, statement.id)


def _forge(work, statement_id):
    work.require_system()
    row = sealing.queries.for_update(work, statement_id)
    row.sha256 = "0" * 64
    work.session.add(row)
    work.record("document.sealed", row)


def planted(statement, **changes):
    """A copy of a statement's row under another number, with changes."""
    kept = {
        name: getattr(statement, name)
        for name in ("body_id", "person_id", "scheme_version_id", "kind", "source", "found_on", "level",
                     "target", "language", "content")
    }  # fmt: skip
    new = {"id": new_id(), "number": "ST.2026.00000000", "code": new_code()}
    return StatementRow(**(kept | new | changes))


def _plant(work, row):
    work.require_system()
    work.session.add(row)
    work.record("statement.issued", row)


@pytest.mark.parametrize("level", [3, 4, 5])
def test_the_database_refuses_a_level_statement_of_a_certifiable_level_raw(system, statement, level):
    with pytest.raises(sa.exc.DBAPIError, match=r"7\.0"):
        system.write(_plant, planted(statement, level=level))


@pytest.mark.parametrize("level", [1, 2])
def test_the_database_lets_a_level_be_stated_that_nobody_certifies(system, statement, level):
    system.write(_plant, planted(statement, level=level))


def test_the_guard_reads_the_schemes_own_levels(client, world, system, statement):
    other = a_published_version(client, world.alpha, packaged("eia_like"))

    with pytest.raises(sa.exc.DBAPIError, match=r"7\.0"):
        system.write(_plant, planted(statement, level=2, scheme_version_id=other))


@pytest.mark.parametrize(
    "changes",
    [
        {"source": Source.SELF},
        {"source": Source.MENTEE},
        {"level": None},
        {"number": "SME-BM-2026-00001"},
        {"target": 6},
        {"state": DocumentState.READY},
    ],
)
def test_the_database_refuses_raw_what_the_rules_refuse(system, statement, changes):
    with pytest.raises(sa.exc.DBAPIError):
        system.write(_plant, planted(statement, **changes))


def test_a_skill_card_of_any_level_may_be_kept(system, statement):
    system.write(_plant, planted(statement, kind="skill_card", level=5))


def test_numbers_and_codes_are_unique_in_a_body(system, statement):
    for taken in ({"number": statement.number}, {"code": statement.code}):
        with pytest.raises(sa.exc.IntegrityError):
            system.write(_plant, planted(statement, **taken))


def test_the_database_refuses_a_statement_without_its_event(system, statement):
    with pytest.raises(sa.exc.DBAPIError), system.runtime.database.writing() as session:
        session.add(planted(statement))
        session.commit()


def test_what_is_drawn_is_what_is_frozen(system, statement):
    """A card that has changed since does not change a document that is still to be made."""
    assessed(system, statement.person_id, statement.scheme_version_id, dict.fromkeys(ELEMENTS, 5))

    draft = system.read(sealing.draft, statement.id)

    assert draft.content == StatementContent.from_document(statement.content)
    assert draft.content.card.level == 2
    assert a_statement(5).card.level == 5
