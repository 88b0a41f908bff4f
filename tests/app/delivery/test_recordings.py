"""Recordings of sittings: consents first, an end, and bytes that are gone after it (SEC-2, REC-3)."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.errors import Conflict, Invalid
from app.delivery.rules import recordings as law
from app.delivery.rules.recordings import Consents, RecordingEnd
from tests.factories import marking as a
from tests.factories.recordings import LINK, MP4, SHA256, enter, entered, withdrawn
from tests.support.days import begin_day

HELD = date(2026, 3, 2)


@pytest.fixture
def sitting(client, world, system, version_id) -> str:
    case = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    answer = a.held(client, world, case, "F2")
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def one(runtime, query: str) -> Any:
    with runtime.database.engine.connect() as connection:
        return connection.exec_driver_sql(query).scalar()


def listed(client, world, sitting) -> Any:
    path = f"/v1/sittings/{sitting}/recordings"
    return client.get(path, headers=world.alpha["administrator"].headers).json()["items"]


def test_a_recording_is_entered_with_hash_size_consents_and_end(client, world, sitting):
    told = enter(client, world, sitting).json()

    assert (told["sha256"], told["size"], told["media_type"]) == (SHA256, len(MP4), "video/mp4")
    assert (told["others"], told["retain_until"], told["ended_on"]) == (1, "2026-12-31", None)


def test_a_recording_elsewhere_is_pinned_and_its_address_is_not_told_to_staff(client, world, sitting):
    entered(client, world, sitting, None, **LINK)

    [shown] = listed(client, world, sitting)

    assert (shown["is_file"], shown["sha256"], shown["size"]) == (False, SHA256, 4096)
    assert "videos.example" not in str(shown)


@pytest.mark.parametrize(
    ("file", "changes", "status", "code"),
    [
        (MP4, {"candidate_consent_on": None}, 409, "recording_consent_missing"),
        (MP4, {"others_consent_on": None}, 409, "recording_consent_missing"),
        (MP4, {"others": "0", "others_consent_on": None}, 409, "recording_consent_missing"),
        (MP4, {"candidate_consent_on": "2026-03-03"}, 422, "recording_consent_late"),
        (MP4, {"others_consent_on": "2026-03-03"}, 422, "recording_consent_late"),
        (MP4, {"retain_until": "2029-03-03"}, 422, "recording_retention"),
        (MP4, {"retain_until": "2026-03-01"}, 422, "recording_retention"),
        (MP4, {"sha256": "0" * 64}, 422, "hash_differs"),
        (MP4, LINK, 422, "recording_content"),
        (None, {}, 422, "recording_content"),
        (None, LINK | {"size": None}, 422, "recording_link_bare"),
        (None, LINK | {"sha256": None}, 422, "recording_link_bare"),
        (b"%PDF-1.7 no recording", {}, 422, "file_type_refused"),
    ],
)
def test_a_recording_without_consent_end_or_content_is_refused(
    client, world, sitting, file, changes, status, code
):
    answer = enter(client, world, sitting, file, **changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_recording_larger_than_files_may_be_is_refused(client, world, sitting):
    assert enter(client, world, sitting, MP4 + bytes(10 * 1024 * 1024)).status_code == 413


@pytest.mark.parametrize(("who", "status"), [("assessor", 403), ("scheme_manager", 403), ("person", 403)])
def test_only_who_plans_enters_recordings(client, world, sitting, who, status):
    assert enter(client, world, sitting, who=who).status_code == status


def test_what_is_kept_until_a_day_is_deleted_on_the_next(client, world, runtime, clock, sitting):
    file, link = entered(client, world, sitting), entered(client, world, sitting, None, **LINK)
    clock.advance(timedelta(days=(date(2026, 12, 31) - HELD).days))
    begin_day(runtime)
    last_day = one(runtime, "SELECT COUNT(*) FROM recordings WHERE ended_on IS NULL")

    clock.advance(timedelta(days=1))
    begin_day(runtime)
    begin_day(runtime)

    assert last_day == 2
    assert one(runtime, "SELECT COUNT(*) FROM recordings WHERE ended_cause = 'retention'") == 2
    assert one(runtime, "SELECT COUNT(*) FROM file_contents WHERE stored IS NOT NULL") == 0
    assert one(runtime, "SELECT COUNT(*) FROM recordings WHERE url IS NOT NULL") == 0
    assert one(runtime, "SELECT COUNT(*) FROM events WHERE event = 'recording.ended'") == 2
    assert one(runtime, "SELECT COUNT(*) FROM events WHERE event = 'file.emptied'") == 1
    assert file != link


def test_consent_taken_back_deletes_the_recording_at_once(client, world, runtime, sitting):
    recording = entered(client, world, sitting)

    told = withdrawn(client, world, recording)

    assert (told.status_code, told.json()["ended_cause"]) == (200, "withdrawn")
    assert one(runtime, "SELECT COUNT(*) FROM file_contents WHERE stored IS NOT NULL") == 0
    assert withdrawn(client, world, recording).json()["code"] == "recording_ended"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("size = 1, url = NULL, ended_on = '2026-03-03', ended_cause = 'withdrawn'", "FIL-2"),
        ("retain_until = '2099-01-01'", "FIL-2"),
        ("ended_on = '2026-03-03', ended_cause = 'withdrawn'", "REC-3"),
        ("ended_on = '2026-03-03', ended_cause = 'retention'", "REC-3|retained"),
    ],
)
def test_the_database_keeps_a_recording_as_entered_and_ends_none_with_its_bytes(
    client, world, runtime, sitting, change, rule
):
    if "url" in change:
        entered(client, world, sitting, None, **LINK)
    else:
        entered(client, world, sitting)

    with pytest.raises(sa.exc.IntegrityError, match=rule), a.raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE recordings SET {change}, rev = rev + 1")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"candidate_consent_on": date(2026, 3, 3)}, "SEC-2"),
        ({"others_consent_on": date(2026, 3, 3)}, "SEC-2"),
        ({"others_consent_on": None}, "consents"),
        ({"candidate_consent_on": None}, "candidate_consent_on"),
        ({"sha256": "0" * 64}, "FIL-2"),
    ],
)
def test_the_database_takes_no_recording_without_consent_or_with_other_bytes(
    client, world, runtime, sitting, changes, rule
):
    entered(client, world, sitting)

    with pytest.raises(sa.exc.IntegrityError, match=rule), a.raw(runtime) as connection:
        table = sa.Table("recordings", sa.MetaData(), autoload_with=connection)
        row = connection.execute(sa.select(table)).mappings().one()
        connection.execute(table.insert().values({**row, "id": type(row["id"])("0" * 31 + "1"), **changes}))


def test_who_is_in_a_recording_agreed_no_later_than_the_sitting():
    law.ensure_consented(Consents(HELD, 0, None), "portfolio_interview", HELD)
    law.ensure_consented(Consents(HELD, 2, HELD), "observed_session", HELD)

    for given in (Consents(HELD, 0, None), Consents(None, 1, HELD), Consents(HELD, 0, HELD)):
        with pytest.raises(Conflict):
            law.ensure_consented(given, "observed_session", HELD)
    with pytest.raises(Invalid):
        law.ensure_consented(Consents(HELD + timedelta(days=1), 1, HELD), "observed_session", HELD)


def test_a_recording_lasts_one_cycle_at_most():
    law.ensure_retention(date(2029, 3, 2), held_on=HELD, today=HELD, cycle_months=36)

    with pytest.raises(Invalid):
        law.ensure_retention(date(2029, 3, 3), held_on=HELD, today=HELD, cycle_months=36)


def test_what_was_ended_is_ended_once():
    law.ensure_stands(None)

    with pytest.raises(Conflict):
        law.ensure_stands(RecordingEnd.RETENTION)
