"""The product as one story: from the skill card to a certificate that programs of others accept.

The story itself is told in `app/demo/`, step by step, over HTTP through the client generated from the
published contract. Here it is acted out on both databases, and then looked at from outside.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support import outsiders
from tests.support.databases import Templates, checkpointed
from tests.support.demonstration import ROOT, Demonstration, acted_out, generated_client


@pytest.fixture(scope="module")
def story(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("story")
    clients = generated_client(folder / "clients")
    url = templates.fresh() if templates.kind == "postgresql" else None
    yield acted_out(clients, folder, url)
    if url is not None:
        templates.remove(url)


@pytest.fixture
def certificate(story: Demonstration) -> bytes:
    return Path(story.result["certificate_pdf"]).read_bytes()


@pytest.fixture
def root(story: Demonstration) -> bytes:
    """The body's own root, from its public list of keys as it stands in the database."""
    with _connected(story) as connection:
        chain = connection.exec_driver_sql(
            "SELECT certificates_pem FROM body_keys WHERE purpose = 'seal'"
        ).scalar_one()
    return ("-----BEGIN" + str(chain).rsplit("-----BEGIN", maxsplit=1)[-1]).encode()


def test_the_story_ends_with_its_line(story: Demonstration):
    result = story.result

    assert result["pdf_seal"] == "ok"
    assert result["log_verified"] is True
    assert result["log_events"] > 200
    assert result["number"] in result["certificate_pdf"]
    assert result["verify_url"].startswith("http://127.0.0.1:")


def test_the_service_refused_what_it_must(story: Demonstration):
    refusals = dict(refusal.rsplit(": ", maxsplit=1) for refusal in story.result["refusals_shown"])

    assert refusals["the candidate's trainer tries to decide"] == "not_impartial"
    assert refusals["a grant before the final assessment"] == "requirements_unmet_for_grant"
    assert refusals["the second assessor opens the first one's sheet"] == "not_found"
    assert refusals["the second assessor asks for the other's marks"] == "marks_not_in"
    assert refusals["the candidate's trainer is proposed as assessor"] == "not_impartial"


def test_openssl_accepts_the_seal_and_refuses_one_flipped_bit(
    certificate: bytes, root: bytes, tmp_path: Path
):
    now = datetime.now(UTC)

    assert outsiders.openssl_says(certificate, tmp_path, root=root, at=now)
    assert not outsiders.openssl_says(outsiders.flipped(certificate), tmp_path, root=root, at=now)


def test_poppler_accepts_the_seal_and_refuses_one_flipped_bit(
    certificate: bytes, root: bytes, tmp_path: Path
):
    (tmp_path / "good").mkdir()
    (tmp_path / "bad").mkdir()

    said = outsiders.pdfsig_says(certificate, tmp_path / "good", root=root)
    said_of_the_forgery = outsiders.pdfsig_says(outsiders.flipped(certificate), tmp_path / "bad", root=root)

    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "Total document signed" in said
    assert "Digest Mismatch." in said_of_the_forgery


def test_the_certificate_says_who_what_and_that_it_is_a_demonstration(
    story: Demonstration, certificate: bytes
):
    text = subprocess.run(
        ["pdftotext", "-layout", story.result["certificate_pdf"], "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "Zoë Žižek-Παπαδοπούλου" in text
    assert story.result["number"] in text
    assert "DEMONSTRATION" in text
    assert "Certified SME Business Mentor \N{EN DASH} Junior" in text


_COPIED = """
    INSERT INTO decisions (body_id, id, rev, case_id, kind, decided_by, actor_kind, involvement_id, act,
        snapshot_id, unmet, requirements, reasons, decided_at, decided_on)
    SELECT body_id, involvement_id, 9, case_id, {kind}, {decided_by}, {actor_kind}, involvement_id, act,
        snapshot_id, {unmet}, requirements, reasons, decided_at, decided_on
    FROM decisions WHERE kind = 'grant'
"""
_SOUND = {
    "kind": "'reinstate'",
    "decided_by": "decided_by",
    "actor_kind": "actor_kind",
    "unmet": "unmet",
}
_TRAINER = "(SELECT person_id FROM involvements WHERE act = 'trained' ORDER BY id LIMIT 1)"
_BY_THE_TRAINER = f"""
    INSERT INTO involvements (body_id, id, rev, person_id, candidate_id, act, case_id, component,
        started_on, ended_on, declaration_id, answer)
    SELECT t.body_id, t.stream, 9, d.person_id, d.candidate_id, 'decided', d.case_id, NULL,
        '2026-01-01', '2026-01-01', d.id, d.answer
    FROM conflict_declarations d
    CROSS JOIN (SELECT body_id, stream FROM events WHERE event = 'body.established' LIMIT 1) t
    WHERE d.person_id = {_TRAINER}
"""
FORBIDDEN = {
    "IMP-3": _BY_THE_TRAINER,
    "human": _COPIED.format(**_SOUND | {"actor_kind": "'client'"}),
    "nothing_unmet": _COPIED.format(**_SOUND | {"kind": "'grant'", "unmet": "1"}),
    "foreign key": _COPIED.format(**_SOUND | {"decided_by": _TRAINER}),
    "DEC-3": "UPDATE decisions SET kind = 'refuse', rev = rev + 1 WHERE kind = 'grant'",
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_a_forbidden_decision_is_refused_by_the_database_itself(story: Demonstration, rule: str):
    with _connected(story) as connection, pytest.raises(sa.exc.IntegrityError) as refused:
        connection.exec_driver_sql(FORBIDDEN[rule])

    assert rule.lower() in str(refused.value.orig).lower()


def test_a_decision_explains_itself_from_its_snapshot_after_the_live_records_have_changed(
    story: Demonstration, templates: Templates
):
    url = _altered_copy(story, templates)

    done = subprocess.run(
        [sys.executable, "-m", "tests.support.explaining", url],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    explained = [json.loads(line) for line in done.stdout.splitlines()]
    assert explained == [{"agrees": True, "unmet": [], "results": {"F1": True, "F2": True, "F3": True}}]


def _connected(story: Demonstration) -> sa.Connection:
    engine = sa.create_engine(
        sa.make_url(story.database_url).set(drivername=_driver(story)), poolclass=sa.NullPool
    )
    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.rollback()
    return connection


def _driver(story: Demonstration) -> str:
    return "sqlite" if story.database_url.startswith("sqlite") else "postgresql+psycopg"


def _altered_copy(story: Demonstration, templates: Templates) -> str:
    """Return a copy whose results, marks and sessions say something else, its guards dropped for that."""
    url = templates.copy(checkpointed(story.database_url))
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for table, change in (
            ("results", "version = 'another'"),
            ("marks", "rating = 0"),
            ("practice_sessions", "state = 'disputed'"),
        ):
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                query = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
                for (name,) in connection.exec_driver_sql(query).all():
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            assert connection.exec_driver_sql(f"UPDATE {table} SET {change}").rowcount > 0
    engine.dispose()
    return url
