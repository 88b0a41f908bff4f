import pytest
import sqlalchemy as sa

from app.core.errors import Invalid, NotFound, TooLarge
from app.files import service
from app.files.rules import SIZE_LIMIT, FileKind, media_type_of
from app.files.tables import FileContentRow, FileRow
from tests.support.world import as_system

PDF = b"%PDF-1.7 something"


def keep(work, content, **options):
    work.require_system()
    return service.store(work, content, **({"kind": FileKind.EVIDENCE, "is_public": False} | options))


def read(work, file_id):
    work.require_system()
    return service.content(work, file_id)


def stored(runtime, file_id):
    with runtime.database.reading() as session:
        return session.scalar(sa.select(FileContentRow.stored).where(FileContentRow.stream == file_id))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"PK\x03\x04....", "application/zip"),
        ("Grüße,\n".encode(), "text/plain"),
        (b"<html><script>", "text/plain"),
        (b"\x7fELF\x02\x01", "application/octet-stream"),
        (b"text with \x00", "application/octet-stream"),
        ("text with \u0085".encode(), "application/octet-stream"),
        (b"tab\tand\r\nlines\n", "text/plain"),
        (b"GIF89a/*", "text/plain"),
    ],
)
def test_the_type_is_what_the_bytes_show(content, expected):
    assert media_type_of(content) == expected


def test_kept_bytes_come_back_and_lie_encrypted(runtime, system):
    row = system.write(keep, PDF)

    assert system.read(read, row.id) == PDF
    assert (row.size, row.media_type) == (len(PDF), "application/pdf")
    assert PDF not in stored(runtime, row.id)
    assert stored(runtime, row.id).startswith(b"v1:")


def test_public_bytes_lie_open(runtime, system):
    row = system.write(keep, PDF, is_public=True)

    assert stored(runtime, row.id) == PDF
    assert system.read(read, row.id) == PDF


def test_stored_bytes_are_never_replaced(runtime, system):
    first, second = system.write(keep, PDF), system.write(keep, PDF + b" other")
    envelope = stored(runtime, second.id)

    with pytest.raises(sa.exc.DBAPIError, match="FIL-1"):
        system.write(swap, first.id, envelope)


def swap(work, file_id, envelope):
    work.require_system()
    row = work.session.exec(sa.select(FileContentRow).where(FileContentRow.stream == file_id)).scalar_one()
    row.stored = envelope
    work.session.add(row)
    work.record("file.stored", work.session.get(FileRow, (work.body_id, file_id)))


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", FileKind.EVIDENCE, "file_empty"),
        (b"\x7fELF\x02\x01", FileKind.EVIDENCE, "file_type_refused"),
        (b"plain text", FileKind.DOCUMENT, "file_type_refused"),
    ],
)
def test_what_has_no_business_there_is_refused(system, content, kind, code):
    with pytest.raises(Invalid) as refusal:
        system.write(keep, content, kind=kind)

    assert refusal.value.code == code


def test_more_than_the_limit_is_refused(system):
    with pytest.raises(TooLarge):
        system.write(keep, b"%PDF-" + b"x" * SIZE_LIMIT)


def test_another_body_does_not_see_the_file(runtime, world, system):
    row = system.write(keep, PDF)

    with pytest.raises(NotFound):
        as_system(runtime, world.beta.body_id).read(read, row.id)


def test_bytes_that_were_swapped_underneath_are_noticed(runtime, system):
    row = system.write(keep, PDF, is_public=True)
    with runtime.database.engine.execution_options(write=True).begin() as connection:
        drop(connection)
        connection.execute(
            sa.update(FileContentRow).where(FileContentRow.stream == row.id).values(stored=PDF + b"!")
        )

    with pytest.raises(service.FileDamagedError):
        system.read(read, row.id)


@pytest.mark.parametrize(
    "altered",
    [
        lambda envelope, _: envelope[:-8] + b"AAAAAAAA",
        lambda _, other: other,
        lambda _, __: b"plain bytes",
        lambda envelope, _: b"\xff" + envelope,
    ],
    ids=["flipped", "another file's", "no envelope", "not even text"],
)
def test_an_altered_envelope_is_noticed(runtime, system, altered):
    row, other = system.write(keep, PDF), system.write(keep, PDF + b" other")
    content = altered(stored(runtime, row.id), stored(runtime, other.id))
    with runtime.database.engine.execution_options(write=True).begin() as connection:
        drop(connection)
        connection.execute(
            sa.update(FileContentRow).where(FileContentRow.stream == row.id).values(stored=content)
        )

    with pytest.raises(service.FileDamagedError):
        system.read(read, row.id)


def drop(connection):
    """Take the table's guards away, as an administrator of the database could."""
    for name in ("untold", "frozen"):
        on = "" if connection.dialect.name == "sqlite" else " ON file_contents"
        connection.exec_driver_sql(f"DROP TRIGGER guard_file_contents_{name}{on}")
