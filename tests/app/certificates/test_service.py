import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlmodel import select

from app.audit.tables import EventRow
from app.certificates import jobs, sealing, service
from app.certificates.content import CertificateContent
from app.certificates.drawing import draw
from app.certificates.rules import CertificateState, DocumentState, Move
from app.certificates.tables import CertificateRow
from app.core.errors import Conflict, Forbidden, Invalid, MoveRefused
from app.core.ids import new_id
from app.files.tables import FileRow
from app.jobs.rules import Job
from app.jobs.tables import OutboxRow
from tests.factories.certificates import document_of, granted, moved, sealed


def events_of(runtime, stream):
    """Return names and facts of a stream's events in order."""
    with runtime.database.reading() as session:
        rows = session.exec(select(EventRow).where(EventRow.stream == stream).order_by(EventRow.sseq)).all()
        return [(row.event, json.loads(row.body)["facts"]) for row in rows]


def count(runtime, kind):
    with runtime.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def again(world, system, certificate, **changes):
    return granted(
        system,
        certificate.scheme_version_id,
        certificate.person_id,
        world.alpha["decision_maker"].person_id,
        **changes,
    )


def test_a_certificate_holds_all_that_the_standard_asks(certificate):
    content = CertificateContent.from_document(certificate.content)

    assert content.number == certificate.number == "SME-BM-2026-00001"
    assert content.code == certificate.code
    assert content.body_name == "Alpha Certification"
    assert content.holder_name == "Person of Alpha"
    assert content.standard.endswith("ISO/IEC 17024:2012")
    assert content.authorised_by.name == "Decision Maker of Alpha"
    assert content.limitations == "None"
    assert content.demonstration
    assert certificate.phases == ["early_startup", "growth"]


def test_issuing_leaves_a_pending_document_and_its_job(runtime, system, certificate):
    document = document_of(system, certificate.id)

    assert document.state is DocumentState.PENDING
    with runtime.database.reading() as session:
        job = session.exec(select(OutboxRow)).one()
    assert (job.kind, job.subject_id) == (Job.SEAL_DOCUMENT, document.id)


def test_a_second_certificate_for_one_decision_is_refused(world, system, certificate):
    with pytest.raises(Conflict) as refusal:
        again(world, system, certificate, decision_id=certificate.decision_id)

    assert refusal.value.code == "certificate_issued_already"


def test_a_refused_certificate_takes_no_number(world, system, certificate):
    with pytest.raises(Invalid):
        again(world, system, certificate, holder_name="名前")

    assert again(world, system, certificate).number == "SME-BM-2026-00002"


@pytest.mark.parametrize(
    "changes",
    [
        {"effective_on": "-1"},
        {"expires_on": "+0"},
        {"holder_name": "a\x00b"},
        {"level_title": "ISO/IEC 17024 certified mentor"},
        {"language": "xx"},
    ],
)
def test_content_that_contradicts_a_rule_is_refused(world, system, certificate, changes):
    day = certificate.decided_on
    wanted = {
        name: day + timedelta(days=int(value)) if value[0] in "+-" else value
        for name, value in changes.items()
    }

    with pytest.raises(Invalid) as refusal:
        again(world, system, certificate, **wanted)

    assert refusal.value.code == "certificate_content_refused"


def test_numbers_given_at_once_are_all_different_and_without_gaps(world, system, certificate):
    names = ("person", "trainer", "mentee", "other_assessor")
    start, numbers = Barrier(len(names)), []

    def grant(name):
        start.wait()
        holder = world.alpha[name].person_id
        decider = world.alpha["decision_maker"].person_id
        numbers.append(granted(system, certificate.scheme_version_id, holder, decider).number)

    threads = [Thread(target=grant, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == [f"SME-BM-2026-0000{serial}" for serial in (2, 3, 4, 5)]


def test_every_step_from_signing_to_seal_is_recorded_with_the_hashes(runtime, system, certificate):
    document = sealed(system, certificate.id)

    names = [name for name, _ in events_of(runtime, certificate.id)]
    facts = dict(events_of(runtime, certificate.id))
    assert names == ["certificate.issued", "document.signing", "document.sealed"]
    assert facts["document.sealed"]["sha256"] == document.sha256
    assert facts["document.signing"]["kid"] == facts["document.sealed"]["kid"] == document.kid
    assert facts["document.signing"]["sha256"] != document.sha256


def test_the_job_runs_any_number_of_times_and_stores_one_document(runtime, system, certificate):
    first = sealed(system, certificate.id)

    second = sealed(system, certificate.id)

    assert (second.sha256, second.file_id, second.rev) == (first.sha256, first.file_id, first.rev)
    assert count(runtime, FileRow) == 1


def test_a_job_that_died_before_storing_is_finished_by_the_next(runtime, system, certificate):
    document = document_of(system, certificate.id)
    draft = system.read(sealing.draft, document.id)
    system.write(sealing.announce, document.id, kid=draft.seal.kid, sha256="0" * 64)

    jobs.seal(system, document.id)

    assert document_of(system, certificate.id).state is DocumentState.READY
    names = [name for name, _ in events_of(runtime, certificate.id)]
    assert names == ["certificate.issued", "document.signing", "document.signing", "document.sealed"]


def test_of_two_sealed_versions_only_the_first_is_kept(runtime, system, clock, certificate):
    document = document_of(system, certificate.id)
    draft = system.read(sealing.draft, document.id)
    pdf = draw(draft.content)
    ours, theirs = (
        draft.seal.sealer.seal(pdf, signed_at=clock.now(), reason="r", location="l", name="n")
        for _ in range(2)
    )

    system.write(sealing.keep, document.id, ours, kid=draft.seal.kid)
    kept = document_of(system, certificate.id).sha256
    system.write(sealing.keep, document.id, theirs, kid=draft.seal.kid)

    assert ours != theirs
    assert document_of(system, certificate.id).sha256 == kept
    assert count(runtime, FileRow) == 1


def test_a_seal_that_ends_before_the_certificate_is_not_used(world, system, certificate, clock):
    late = again(world, system, certificate, expires_on=certificate.effective_on + timedelta(days=366 * 8))

    with pytest.raises(Conflict) as refusal:
        sealed(system, late.id)

    assert (refusal.value.code, refusal.value.facts["findings"]) == ("seal_unfit", ["too_short"])


def test_a_person_cannot_seal(runtime, world, system, certificate):
    document = document_of(system, certificate.id)
    stranger = system.of_body("alpha")

    with pytest.raises(Forbidden):
        stranger.read(sealing.draft, document.id)


def test_a_withdrawn_certificate_does_not_come_back(system, certificate):
    moved(system, certificate.id, Move.WITHDRAW)

    with pytest.raises(MoveRefused):
        moved(system, certificate.id, Move.REINSTATE)


def test_a_move_is_told_on_the_certificates_stream(runtime, system, certificate):
    moved(system, certificate.id, Move.SUSPEND)

    assert events_of(runtime, certificate.id)[-1] == (
        "certificate.moved",
        {"move": "suspend", "state": "suspended"},
    )


def test_the_newest_certificate_of_a_case_is_found(system, certificate):
    found = system.read(_of_case, certificate.case_id)

    assert found.id == certificate.id
    assert found.state is CertificateState.VALID
    assert system.read(_of_case, new_id()) is None


def _of_case(work, case_id):
    work.require_system()
    return service.of_case(work, case_id)


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"forged": True}},
        {"number": "SME-BM-2026-99999"},
        {"code": "00000000000000000000"},
        {"level": 5},
        {"expires_on": "2039-01-01"},
        {"phases": []},
    ],
)
def test_the_database_refuses_another_content_even_with_an_event(runtime, system, certificate, change):
    column, value = next(iter(change.items()))

    with pytest.raises(sa.exc.DBAPIError, match="CRT-2"):
        system.write(_alter, certificate.id, column, value)


def _alter(work, certificate_id, column, value):
    work.require_system()
    row = work.session.get(CertificateRow, (work.body_id, certificate_id))
    setattr(row, column, type(getattr(row, column)).fromisoformat(value) if column == "expires_on" else value)
    work.session.add(row)
    work.record("certificate.moved", row)


def test_the_database_refuses_a_change_of_state_without_its_event(runtime, certificate):
    statement = "UPDATE certificates SET state = 'suspended'"

    with pytest.raises(sa.exc.DBAPIError, match="REC-1"), runtime.database.writing() as session:
        session.execute(sa.text(statement))
        session.commit()


def test_the_database_refuses_another_document_than_the_one_that_was_sealed(system, certificate):
    sealed(system, certificate.id)

    with pytest.raises(sa.exc.DBAPIError, match="CRT-1"):
        system.write(_forge, document_of(system, certificate.id).id)


def _forge(work, document_id):
    work.require_system()
    row = sealing.queries.document_for_update(work, document_id)
    row.sha256 = "0" * 64
    work.session.add(row)
    work.record("document.sealed", row)
