"""Calendar files: what a single, timed event becomes, and what is refused rather than guessed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.messages import sentence
from app.practice import calendar_file
from app.practice.rules import Draft, Entry, Refused, SessionKind

MADRID = ZoneInfo("Europe/Madrid")
TIMES = "DTSTART:20250310T080000Z\nDTEND:20250310T093000Z\n"
LINES = (
    "BEGIN:VCALENDAR",
    "END:VCALENDAR",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VALARM",
    "END:VALARM",
    "DTSTART:",
    "DTSTART;TZID=Europe/Madrid:20250310T090000",
    "DTSTART;TZID=../../etc/passwd:20250310T090000",
    "DTSTART:20250310T080000Z",
    "DTSTART:00010101T000000",
    "DTSTART:99991231T235959Z",
    "DTEND:20250310T246060Z",
    "DTEND:20250310T093000Z",
    "DTEND;VALUE=DATE:20250311",
    "SUMMARY:oliva: Cash flow",
    "SUMMARY:",
    " folded",
    "STATUS:CANCELLED",
    "RRULE:FREQ=DAILY",
    'X;A="b:c";D=e:f',
    'X;A="b',
    ":",
    ";",
    "CATEGORIES:a,GROUP",
    "DESCRIPTION:a\\nb\\",
    "METHOD:CANCEL",
    "DTSTART;TZID=:20250310T090000",
    "\x00",
    "\ufeff",
)


def a_calendar(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def only(event: str) -> Entry:
    (entry,) = calendar_file.entries_of(a_calendar(event), MADRID)
    return entry


def drafted(event: str) -> Draft:
    draft = only(event).draft
    assert isinstance(draft, Draft), draft
    return draft


class TestWhatIsRead:
    def test_the_first_word_names_the_engagement_and_the_rest_is_the_note(self):
        entry = only(f"{TIMES}SUMMARY:oliva-2025: Cash flow\\, second part\n")

        assert (entry.number, entry.engagement) == (1, "oliva-2025")
        assert entry.draft == Draft(
            date(2025, 3, 10),
            datetime(2025, 3, 10, 8, tzinfo=UTC),
            datetime(2025, 3, 10, 9, 30, tzinfo=UTC),
            SessionKind.SESSION,
            "Cash flow, second part",
        )

    def test_a_description_is_the_note_and_the_category_group_makes_a_group(self):
        draft = drafted(
            f"{TIMES}SUMMARY:oliva Sales\nCATEGORIES:Work,Group\nCATEGORIES:x\nDESCRIPTION:One\\nTwo\\\\\n"
        )

        assert (draft.note, draft.kind) == ("One\nTwo\\", SessionKind.GROUP)

    @pytest.mark.parametrize(
        ("start", "hour"),
        [
            ("DTSTART:20250310T070000Z", 7),
            ("DTSTART:20250310T070000", 6),
            ("DTSTART:20250710T070000", 5),
            ("DTSTART;TZID=America/New_York:20250310T070000", 11),
            ('DTSTART;X-A=";TZID=Asia/Tokyo";TZID="/Europe/Lisbon":20250310T070000', 7),
        ],
    )
    def test_a_start_is_utc_in_a_named_zone_or_in_the_bodys(self, start: str, hour: int):
        end = "DTEND:20250710T200000Z" if "0710" in start else "DTEND:20250310T200000Z"

        assert drafted(f"{start}\n{end}\nSUMMARY:oliva\n").starts_at.hour == hour

    def test_the_day_is_the_one_on_which_it_began_where_the_body_is(self):
        draft = drafted("DTSTART:20250310T233000Z\nDTEND:20250311T003000Z\nSUMMARY:oliva\n")

        assert draft.held_on == date(2025, 3, 11)

    def test_a_fold_may_fall_inside_a_character(self):
        whole = a_calendar(f"{TIMES}SUMMARY:oliva Mañana\n")
        folded = whole.replace("ñ".encode(), b"\xc3\r\n \xb1")

        assert calendar_file.entries_of(folded, MADRID) == calendar_file.entries_of(whole, MADRID)

    def test_zones_alarms_and_to_dos_in_the_file_are_left_out(self):
        alarm = "BEGIN:VALARM\nSUMMARY:other\nDESCRIPTION:other\nEND:VALARM\n"
        zone = (
            b"BEGIN:VTIMEZONE\nTZID:Europe/Madrid\nRRULE:FREQ=YEARLY\nEND:VTIMEZONE\nBEGIN:VTODO\nEND:VTODO\n"
        )
        content = a_calendar(f"{TIMES}{alarm}SUMMARY:oliva\n").replace(
            b"BEGIN:VEVENT", zone + b"BEGIN:VEVENT"
        )

        (entry,) = calendar_file.entries_of(content, MADRID)

        assert (entry.engagement, entry.draft.note) == ("oliva", None)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("event", "code", "pointer"),
        [
            (f"{TIMES}RRULE:FREQ=WEEKLY\n", "event_recurring", None),
            (f"{TIMES}RECURRENCE-ID:20250310T080000Z\n", "event_recurring", None),
            (f"{TIMES}STATUS:CANCELLED\n", "event_cancelled", None),
            ("DTSTART;VALUE=DATE:20250310\nDTEND;VALUE=DATE:20250311\n", "event_all_day", "/start"),
            ("DTSTART:20250310T080000Z\n", "event_time_missing", "/end"),
            ("DTSTART:20250310T080000Z\nDURATION:PT1H\n", "event_time_missing", "/end"),
            ("DTEND:20250310T080000Z\n", "event_time_missing", "/start"),
            ("DTSTART:10 March\nDTEND:20250310T080000Z\n", "event_time_unreadable", "/start"),
            ("DTSTART:20250310T080000Z\nDTEND:20250310T250000Z\n", "event_time_unreadable", "/end"),
            ("DTSTART;TZID=Europe/Rome:20250310T080000Z\nDTEND:x\n", "event_time_unreadable", "/start"),
            ("DTSTART:00010101T000000\nDTEND:x\n", "event_time_unreadable", "/start"),
            ("DTSTART;TZID=Romance Standard Time:20250310T080000\n", "event_zone_unknown", "/start"),
            ("DTSTART;TZID=../../etc/passwd:20250310T080000\n", "event_zone_unknown", "/start"),
            (f"{TIMES}DTSTART:20250311T080000Z\n", "event_property_repeated", None),
            (f"{TIMES}no colon here\n", "event_line_unreadable", None),
            (f"{TIMES}SUMMARY:oliva\nDESCRIPTION:bell \x07\n", "text_refused", "/note"),
        ],
    )
    def test_what_would_have_to_be_guessed_is_refused_by_event(
        self, event: str, code: str, pointer: str | None
    ):
        refusal = only(event).draft

        assert isinstance(refusal, Refused)
        assert (refusal.code, refusal.pointer) == (code, pointer)
        assert "…" not in sentence(refusal.code, refusal.facts, "es")

    def test_a_message_that_cancels_cancels_all_its_events(self):
        content = a_calendar(TIMES).replace(b"VERSION:2.0", b"METHOD:CANCEL")

        (entry,) = calendar_file.entries_of(content, MADRID)

        assert entry.draft.code == "event_cancelled"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar_empty"),
            (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "calendar_malformed"),
            (b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "calendar_malformed"),
            (b"BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR", "calendar_malformed"),
            (b"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR", "calendar_not_utf8"),
            (a_calendar(*[""] * 10_001), "calendar_too_long"),
            (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 100_000 + b"END:X\n" * 100_000, "calendar_malformed"),
        ],
    )  # fmt: skip
    def test_a_file_that_is_not_whole_is_refused_whole(self, content: bytes, code: str):
        with pytest.raises(Invalid) as refusal:
            calendar_file.entries_of(content, MADRID)

        assert refusal.value.code == code


def ensure_told(content: bytes) -> None:
    """Read it; the outcome is entries with sound sessions or reasons, or one refusal of the whole file."""
    try:
        entries = calendar_file.entries_of(content, MADRID)
    except Invalid as refusal:
        assert sentence(refusal.code, refusal.facts)
        return
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    for entry in entries:
        if isinstance(entry.draft, Refused):
            assert sentence(entry.draft.code, entry.draft.facts)
        else:
            assert entry.draft.starts_at.tzinfo is UTC


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes):
    ensure_told(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content + b"\nEND:VEVENT\nEND:VCALENDAR")
    ensure_told(content)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_order_of_lines_is_read_or_refused(lines: list[str], end: str):
    ensure_told(end.join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines]).encode())
    ensure_told(end.join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode())
