"""Evidence over HTTP: handed in, redacted, read back byte for byte, and nobody else's."""

import hashlib
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.files.rules import SIZE_LIMIT
from app.files.tables import FileContentRow
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import (
    OWN,
    a_milestone,
    a_record,
    an_engagement,
    at_once,
    hand_in,
    handed_in,
)
from tests.support.counting import events, rows
from tests.support.world import Member, World

PDF = b"%PDF-1.7 a price list"
HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def place(client: TestClient, mentor: Member) -> str:
    return f"engagements/{an_engagement(client, mentor)['id']}"


def download(client: TestClient, member: Member, piece: dict[str, Any], number: int = 1) -> Any:
    version = piece["versions"][number - 1]["id"]
    return client.get(f"{OWN}/evidence/{piece['id']}/versions/{version}/content", headers=member.headers)


def redact(client: TestClient, member: Member, piece: dict[str, Any], content: bytes) -> Any:
    return client.post(
        f"{OWN}/evidence/{piece['id']}/versions", files={"file": ("r", content)}, headers=member.headers
    )


class TestHandingIn:
    def test_a_file_is_kept_encrypted_and_comes_back_byte_for_byte(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF, milestone="first_advice")

        found = download(client, mentor, piece)

        (version,) = piece["versions"]
        assert (piece["kind"], piece["milestone"], piece["shown_version"]) == ("file", "first_advice", 1)
        assert (version["sha256"], version["size"]) == (HASH, len(PDF))
        assert version["media_type"] == "application/pdf"
        assert found.content == PDF
        assert found.headers["etag"] == f'"{HASH}"'
        (stored,) = rows(runtime, "file_contents")
        assert stored.stored.startswith(b"v1:")
        assert b"price list" not in stored.stored

    def test_what_is_handed_out_is_for_saving_and_never_for_showing(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        headers = download(client, mentor, handed_in(client, mentor, place, PDF)).headers

        assert headers["content-type"] == "application/octet-stream"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-disposition"].startswith('attachment; filename="evidence-')
        assert headers["content-disposition"].endswith('-1.pdf"')
        assert headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert "no-store" in headers["cache-control"]

    def test_the_name_of_the_file_is_kept_nowhere(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)

        assert "secret" not in str(piece) + str(download(client, mentor, piece).headers)
        tables = ("practice_evidence", "practice_evidence_versions", "files")
        assert not any("secret" in str(row) for table in tables for row in rows(runtime, table))

    def test_the_log_holds_the_hash_and_neither_title_nor_bytes(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        handed_in(client, mentor, place, PDF)

        (event,) = events(runtime, "practice_evidence.handed_in")
        body = bytes(event.body)
        assert HASH.encode() in body
        assert b'"consent_on":"2025-06-02"' in body
        assert b"Price" not in body

    def test_evidence_of_a_record_needs_nobodys_consent(self, client: TestClient, mentor: Member) -> None:
        record = a_record(client, mentor)

        piece = handed_in(client, mentor, f"records/{record['id']}", PDF, consent_on=None)

        assert (piece["record_id"], piece["engagement_id"]) == (record["id"], None)

    @pytest.mark.parametrize(
        ("file", "change", "status", "code"),
        [
            (PDF, {"consent_on": None}, 422, "evidence_consent_missing"),
            (PDF, {"consent_on": "2026-03-03"}, 422, "day_not_come"),
            (PDF, {"title": "Prices of OLIVAR DEL ALBA"}, 422, "names_the_firm"),
            (PDF, {"sha256": "0" * 64}, 422, "hash_differs"),
            (PDF, {"confidentiality": "attested"}, 422, "attested_takes_no_content"),
            (None, {}, 422, "evidence_content_missing"),
            (None, {"url": "https://shop.example/prices"}, 422, "link_bare"),
            (PDF, {"url": "https://olivardelalba.example/"}, 422, "names_the_firm"),
            (PDF, {"url": "javascript:alert(1)"}, 422, "input_refused"),
            (PDF, {"url": "https://me:secret@shop.example/"}, 422, "input_refused"),
            (PDF, {"url": 'https://shop.example/"><script>'}, 422, "input_refused"),
            (PDF, {"surprise": "yes"}, 422, "input_refused"),
            (PDF, {"title": "a\u202eb"}, 422, "input_refused"),
            (b"", {}, 422, "file_empty"),
            (b"\x7fELF\x02\x01", {}, 422, "file_type_refused"),
            (b"MZ\x90\x00", {}, 422, "file_type_refused"),
            (b"%PDF-" + b"x" * (SIZE_LIMIT - 4), {}, 413, "too_large"),
            (b"%PDF-" + b"x" * (SIZE_LIMIT + 8192), {}, 413, "too_large"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
        self,
        client: TestClient,
        runtime: Runtime,
        mentor: Member,
        place: str,
        file: bytes | None,
        change: dict[str, Any],
        status: int,
        code: str,
    ) -> None:
        answer = hand_in(client, mentor, place, file, **change)

        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert rows(runtime, "practice_evidence") == rows(runtime, "files") == []

    def test_a_link_is_kept_with_a_snapshot_or_the_hash_of_what_stood_there(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        url = "https://shop.example/prices?list=2025&as=pdf#top"

        snapshot = handed_in(client, mentor, place, PDF, url=url, sha256=HASH.upper())
        hashed = handed_in(client, mentor, place, url=url, sha256=HASH)

        assert [piece["kind"] for piece in (snapshot, hashed)] == ["link", "link"]
        assert (snapshot["versions"][0]["url"], snapshot["versions"][0]["has_bytes"]) == (url, True)
        assert (hashed["versions"][0]["sha256"], hashed["versions"][0]["has_bytes"]) == (HASH, False)
        assert download(client, mentor, snapshot).content == PDF
        assert download(client, mentor, hashed).status_code == 404

    def test_an_indicator_names_evidence_of_its_own_engagement_only(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        other = an_engagement(client, mentor, code="second", sme_name="Mar y Sal")
        here = handed_in(client, mentor, place, PDF)
        there = handed_in(client, mentor, f"engagements/{other['id']}", PDF)
        headers = mentor.headers | {"If-Match": '"1"'}

        def note(evidence_id: str) -> Any:
            sent = a_milestone("first_advice")
            sent["indicators"][0]["evidence_id"] = evidence_id
            return client.post(f"{OWN}/{place}/milestones", json=sent, headers=headers)

        elsewhere, noted = note(there["id"]), note(here["id"])

        assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "evidence_elsewhere")
        assert noted.status_code == 200
        (shown,) = client.get(f"{OWN}/{place}/milestones", headers=mentor.headers).json()["items"]
        assert shown["indicators"][0]["evidence_id"] == here["id"]


class TestHostile:
    def test_a_polyglot_is_what_its_first_bytes_show_and_is_never_shown_as_anything(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        polyglot = b"%PDF-1.7\n<html><script>alert(1)</script></html>\nPK\x03\x04"

        piece = handed_in(client, mentor, place, polyglot)

        found = download(client, mentor, piece)
        assert piece["versions"][0]["media_type"] == "application/pdf"
        assert (found.content, found.headers["content-type"]) == (polyglot, "application/octet-stream")

    def test_a_page_is_a_text_and_comes_back_as_bytes(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        page = b"<html><script>alert(1)</script></html>"

        piece = handed_in(client, mentor, place, page)

        found = download(client, mentor, piece)
        assert piece["versions"][0]["media_type"] == "text/plain"
        assert found.headers["content-disposition"].endswith('.txt"')
        assert (found.content, found.headers["content-type"]) == (page, "application/octet-stream")

    def test_an_archive_is_never_opened(self, client: TestClient, mentor: Member, place: str) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("zeros", bytes(64 * 1024 * 1024))

        piece = handed_in(client, mentor, place, packed.getvalue())

        assert piece["versions"][0]["size"] == len(packed.getvalue()) < 100_000
        assert download(client, mentor, piece).content == packed.getvalue()


class TestRedaction:
    def test_a_redacted_version_takes_the_place_of_the_earlier_one_which_is_kept(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)

        answer = redact(client, mentor, piece, b"%PDF-1.7 no names")

        told = answer.json()
        assert (answer.status_code, told["shown_version"]) == (201, 2)
        assert [version["is_redacted"] for version in told["versions"]] == [False, True]
        assert download(client, mentor, told, 1).content == PDF
        assert download(client, mentor, told, 2).content == b"%PDF-1.7 no names"
        assert len(events(runtime, "practice_evidence.redacted")) == 1

    def test_what_shall_be_seen_redacted_only_is_not_seen_before(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF, confidentiality="redacted")

        told = redact(client, mentor, piece, b"%PDF-1.7 no names").json()

        assert (piece["shown_version"], told["shown_version"]) == (None, 2)

    def test_a_redacted_link_keeps_the_address_to_the_mentor(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        url = "https://olivardelalba.example/prices"
        piece = handed_in(client, mentor, place, PDF, url=url, confidentiality="redacted")

        told = redact(client, mentor, piece, b"%PDF-1.7 no names").json()

        assert [version["url"] for version in told["versions"]] == [url, None]

    def test_what_is_attested_has_no_versions(self, client: TestClient, mentor: Member, place: str) -> None:
        piece = handed_in(client, mentor, place, confidentiality="attested")

        answer = redact(client, mentor, piece, PDF)

        assert (piece["kind"], piece["versions"]) == ("attestation", [])
        assert (answer.status_code, answer.json()["code"]) == (409, "attested_takes_no_content")

    def test_versions_sent_at_once_are_numbered_one_after_the_other(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)

        statuses = at_once(lambda: redact(client, mentor, piece, PDF), 4)

        told = client.get(f"{OWN}/evidence/{piece['id']}", headers=mentor.headers).json()
        assert statuses == [201] * 4
        assert [version["number"] for version in told["versions"]] == [1, 2, 3, 4, 5]


class TestLimits:
    @pytest.fixture
    def narrow(self, client: TestClient, runtime: Runtime) -> None:
        """An installation on which a mentor may keep three pieces and sixty bytes."""
        settings = replace(runtime.settings, evidence_items_most=3, evidence_size_most=60)
        client.app.state.runtime = replace(runtime, settings=settings)  # type: ignore[attr-defined] # an ASGI app to the client's type

    @pytest.mark.usefixtures("narrow")
    def test_the_refusal_tells_how_many_pieces_there_are(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        for _ in range(3):
            handed_in(client, mentor, place, confidentiality="attested")

        answer = hand_in(client, mentor, place, confidentiality="attested")

        assert (answer.status_code, answer.json()["code"]) == (409, "evidence_items_most")
        assert answer.json()["facts"] == {"items": 3, "most": 3}

    @pytest.mark.usefixtures("narrow")
    def test_the_refusal_tells_how_many_bytes_there_are_in_all_versions(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        redact(client, mentor, piece, PDF)

        answers = [redact(client, mentor, piece, PDF), hand_in(client, mentor, place, PDF)]

        assert [answer.json()["code"] for answer in answers] == ["evidence_size_most"] * 2
        assert answers[0].json()["facts"] == {"size": 2 * len(PDF), "more": len(PDF), "most": 60}

    @pytest.mark.usefixtures("narrow")
    def test_many_at_once_do_not_slip_past_the_limit(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        statuses = at_once(lambda: hand_in(client, mentor, place, confidentiality="attested"), 6)

        assert statuses == [201] * 3 + [409] * 3
        assert len(rows(runtime, "practice_evidence")) == 3


class TestOthers:
    def test_anothers_evidence_is_not_found(
        self, client: TestClient, world: World, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        record = a_record(client, mentor)
        path = f"{OWN}/evidence/{piece['id']}"

        for other in (world.alpha["trainer"], world.beta["person"]):
            answers = [
                hand_in(client, other, place, PDF),
                hand_in(client, other, f"records/{record['id']}", PDF),
                redact(client, other, piece, PDF),
                download(client, other, piece),
                client.get(path, headers=other.headers),
                client.get(f"{path}/accesses", headers=other.headers),
            ]
            assert [answer.status_code for answer in answers] == [404] * 6
            assert client.get(f"{OWN}/evidence", headers=other.headers).json()["items"] == []

    def test_a_version_is_found_below_its_own_evidence_only(
        self, client: TestClient, mentor: Member, place: str
    ) -> None:
        one, other = handed_in(client, mentor, place, PDF), handed_in(client, mentor, place, PDF)

        assert download(client, mentor, one | {"versions": other["versions"]}).status_code == 404

    def test_ones_own_evidence_is_listed(self, client: TestClient, mentor: Member, place: str) -> None:
        pieces = [handed_in(client, mentor, place, PDF) for _ in range(2)]

        first = client.get(f"{OWN}/evidence?limit=1", headers=mentor.headers).json()
        second = client.get(f"{OWN}/evidence?cursor={first['next']}", headers=mentor.headers).json()

        assert first["items"] + second["items"] == pieces


class TestTampering:
    def test_bytes_changed_underneath_are_not_handed_out_and_the_log_says_so(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        (stored,) = rows(runtime, "file_contents")
        _swap(runtime, stored.stored[:-6] + b"AAAAAA")

        answer = download(client, mentor, piece)

        assert (answer.status_code, answer.json()["code"]) == (409, "evidence_damaged")
        assert PDF not in answer.content
        (found,) = events(runtime, "practice_evidence.found_damaged")
        assert str(found.stream) == piece["id"]

    def test_whole_files_swapped_underneath_are_noticed_by_the_pin(
        self, client: TestClient, runtime: Runtime, mentor: Member, place: str
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        other = handed_in(client, mentor, place, b"%PDF-1.7 a better list")
        theirs = {row.stream: row.file_id for row in rows(runtime, "practice_evidence_versions")}
        with raw(runtime) as connection:
            _unguarded(connection, "practice_evidence_versions")
            versions = sa.table("practice_evidence_versions", sa.column("stream"), sa.column("file_id"))
            ids = {str(stream): (stream, file_id) for stream, file_id in theirs.items()}
            mine, better = ids[piece["id"]][0], ids[other["id"]][1]
            connection.execute(
                sa.update(versions)
                .where(versions.c.stream == sa.bindparam("s", mine, sa.Uuid()))
                .values(file_id=sa.bindparam("f", better, sa.Uuid()))
            )

        answer = download(client, mentor, piece)

        assert (answer.status_code, answer.json()["code"]) == (409, "evidence_damaged")


def _swap(runtime: Runtime, content: bytes) -> None:
    with raw(runtime) as connection:
        _unguarded(connection, "file_contents")
        connection.execute(sa.update(FileContentRow).values(stored=content))


def _unguarded(connection: sa.Connection, table: str) -> None:
    """Take the guards of updates away, as an administrator of the database could."""
    on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    own = {"file_contents": "frozen", "practice_evidence_versions": "as_handed_in"}[table]
    for name in ("untold", own):
        connection.exec_driver_sql(f"DROP TRIGGER guard_{table}_{name}{on}")
