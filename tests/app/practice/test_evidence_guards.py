"""What was handed in stays as it was, whoever writes to the database (FIL-2)."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import an_engagement, handed_in
from tests.support.world import Member, World

PDF = b"%PDF-1.7 a price list"
NEW = "01890000-0000-7000-8000-00000000beef"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def pieces(client: TestClient, world: World, mentor: Member) -> dict[str, dict[str, Any]]:
    """A file, and a document that somebody attested."""
    place = f"engagements/{an_engagement(client, mentor)['id']}"
    attested = handed_in(client, mentor, place, confidentiality="attested")
    answer = client.post(
        f"/v1/practice/evidence/{attested['id']}/attestation",
        json={"capacity": "referee", "basis": "I saw it."},
        headers=world.alpha["administrator"].headers,
    )
    assert answer.status_code == 201, answer.text
    return {"file": handed_in(client, mentor, place, PDF), "attested": attested}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("practice_evidence", "title = 'Another'"),
        ("practice_evidence", "confidentiality = 'open'"),
        ("practice_evidence", "consent_on = '2020-01-01'"),
        ("practice_evidence_versions", "sha256 = 'other'"),
        ("practice_evidence_versions", "file_id = NULL, url = 'https://other.example'"),
        ("practice_evidence_versions", "is_redacted = NOT is_redacted"),
        ("practice_evidence_attestations", "basis = 'Another'"),
    ],
)
@pytest.mark.usefixtures("pieces")
def test_nothing_that_was_handed_in_is_edited(runtime: Runtime, table: str, change: str) -> None:
    with raw(runtime) as connection, pytest.raises(sa.exc.DBAPIError) as refusal:
        connection.exec_driver_sql(f"UPDATE {table} SET {change}, rev = rev + 1")

    assert refused_by(refusal.value) == "FIL-2"


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"number": "3", "is_redacted": "TRUE"}, "FIL-2"),
        ({"number": "2", "is_redacted": "FALSE"}, "redacted_later"),
        ({"number": "2", "is_redacted": "TRUE", "sha256": "'other'"}, "FIL-2"),
        ({"number": "2", "is_redacted": "TRUE", "size": "1"}, "FIL-2"),
        ({"number": "2", "is_redacted": "TRUE", "url": "'https://x.example'"}, "redacted_file"),
        ({"number": "1", "stream": "attested"}, "FIL-2"),
    ],
)
def test_a_version_that_cannot_be_is_refused_by_the_database(
    runtime: Runtime, pieces: dict[str, dict[str, Any]], changes: dict[str, str], refused: str
) -> None:
    if "stream" in changes:
        changes = changes | {"stream": f"'{pieces['attested']['id']}'"}

    with raw(runtime) as connection, pytest.raises(sa.exc.DBAPIError) as refusal:
        _copy(connection, "practice_evidence_versions", changes)

    assert refused in str(refusal.value)


def test_an_attestation_without_its_act_in_the_ledger_is_refused_by_the_database(
    runtime: Runtime, world: World, pieces: dict[str, dict[str, Any]]
) -> None:
    changes = {"stream": f"'{pieces['file']['id']}'"}
    someone = {"attester_id": f"'{world.alpha['trainer'].person_id}'"}

    with raw(runtime) as connection:
        with pytest.raises(sa.exc.DBAPIError) as of_a_file, connection.begin_nested():
            _copy(connection, "practice_evidence_attestations", changes)
        with pytest.raises(sa.exc.DBAPIError) as of_another, connection.begin_nested():
            _copy(connection, "practice_evidence_attestations", someone)

    assert refused_by(of_a_file.value) == "FIL-2"
    assert refused_by(of_another.value) == "IMP-2"


def _copy(connection: sa.Connection, table: str, changes: dict[str, str]) -> None:
    """Insert the table's one row again with changes, as an intruder with the database's password would."""
    changes = {"id": f"'{NEW}'", "rev": "rev + 100"} | changes
    if connection.dialect.name == "sqlite":
        changes = {
            name: value.replace("-", "") if value[9:10] == "-" else value for name, value in changes.items()
        }
    else:
        changes = {name: value + "::uuid" if value[9:10] == "-" else value for name, value in changes.items()}
    names = [column["name"] for column in sa.inspect(connection).get_columns(table)]
    values = ", ".join(changes.get(name, name) for name in names)
    connection.exec_driver_sql(f"INSERT INTO {table} SELECT {values} FROM {table}")
