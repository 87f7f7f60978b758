"""Calendar files: events by date, exclusive ends, repeats that end, and files that are none."""

import contextlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.term_dates import CalendarFile, Stretch
from schoolsafe.errors import Refused
from schoolsafe.intake import ics, list_errors
from schoolsafe.intake.reader import ChildIntake

COUNCIL = (Path(__file__).resolve().parents[2] / "data" / "terms_council.ics").read_bytes()


def calendar(*lines: str) -> bytes:
    inside = "".join(f"{line}\r\n" for line in lines)
    return f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{inside}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def one(*lines: str) -> Stretch:
    (event,) = ics.read(calendar(*lines)).events
    return event


def test_the_end_of_an_all_day_event_is_the_day_before_it():
    event = one("DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261031", "SUMMARY:Half term")
    assert event == Stretch(date(2026, 10, 26), date(2026, 10, 30), "Half term")


def test_an_event_without_an_end_is_one_day():
    event = one("DTSTART;VALUE=DATE:20260901", "SUMMARY:INSET")
    assert (event.first, event.last) == (date(2026, 9, 1), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("DTSTART:20260901T080000Z", "DTEND:20260901T150000Z", 1, 1),
        ("DTSTART:20260901T233000Z", "DTEND:20260902T003000Z", 2, 2),
        (
            "DTSTART;TZID=Europe/London:20260901T090000",
            "DTEND;TZID=Europe/London:20260903T000000",
            1,
            2,
        ),
        ("DTSTART;TZID=Nowhere/Land:20260901T090000", "DURATION:P2D", 1, 3),
        ("DTSTART;VALUE=DATE:20260901", "DURATION:P3D", 1, 3),
        ('DTSTART;TZID="GMT Standard Time":20260901T090000', "DTEND:20260901T100000", 1, 1),
    ],
)
def test_a_time_of_day_counts_on_the_school_clock(start, end, first, last):
    event = one(start, end, "SUMMARY:x")
    assert (event.first, event.last) == (date(2026, 9, first), date(2026, 9, last))


def test_a_title_may_be_folded_escaped_and_hold_marks_of_direction():
    event = one("DTSTART;VALUE=DATE:20260901", "SUMMARY:Staff train", " ing\\, all\u202e day")
    assert event.words == "Staff training, all day"


def test_a_repeating_event_is_counted_out_and_ends():
    weekly = ics.read(calendar("DTSTART;VALUE=DATE:20260907", "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert [event.first.day for event in weekly.events] == [7, 14, 21]
    until = ics.read(
        calendar("DTSTART;VALUE=DATE:20260907", "RRULE:FREQ=DAILY;UNTIL=20260909T000000Z")
    )
    assert len(until.events) == 3
    endless = ics.read(calendar("DTSTART;VALUE=DATE:20260907", "RRULE:FREQ=WEEKLY;BYDAY=MO"))
    assert len(endless.events) == 60


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=-1",
        "FREQ=DAILY;COUNT=999999999",
    ],
)
def test_a_repeat_of_another_kind_is_taken_once_or_capped(rule):
    assert len(ics.read(calendar("DTSTART;VALUE=DATE:20260907", f"RRULE:{rule}")).events) in {1, 60}


def test_a_cancelled_event_and_the_lines_of_an_alarm_do_not_count():
    gone = calendar("DTSTART;VALUE=DATE:20260907", "SUMMARY:Term", "STATUS:CANCELLED")
    with pytest.raises(list_errors.CalendarHasNoDays):
        ics.read(gone)
    titles = {event.words for event in ics.read(COUNCIL).events}
    assert "Summer term that never was" not in titles
    assert "Year 6 parents' evening, hall" in titles


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:2026x", "SUMMARY:Odd"),
        ("SUMMARY:Odd",),
        ("DTSTART;VALUE=DATE:20260907", "DTEND;VALUE=DATE:20360907", "SUMMARY:Odd"),
        ("DTSTART;VALUE=DATE:10000101", "SUMMARY:Odd"),
        ("DTSTART;VALUE=DATE:20260931", "SUMMARY:Odd"),
    ],
)
def test_an_event_whose_date_cannot_be_read_is_named(lines):
    assert ics.read(calendar(*lines)) == CalendarFile((), ("Odd",))


WRONG = {
    "nothing": (b"", list_errors.NoCalendar),
    "a web page": (b"<html></html>", list_errors.NoCalendar),
    "a list": (b"Surname,Forename\n", list_errors.NoCalendar),
    "no events": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", list_errors.CalendarHasNoDays),
    "too much": (b"BEGIN:VCALENDAR\r\n" + b" " * 2_200_000, list_errors.CalendarTooLarge),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_calendar_gets_its_own_sentence(name):
    data, kind = WRONG[name]
    with pytest.raises(kind) as said:
        ics.read(data)
    assert "{" not in str(said.value)


def test_the_child_process_reads_it_with_no_file_to_open():
    file = ChildIntake().read_calendar(COUNCIL)
    assert file == ics.read(COUNCIL)
    with pytest.raises(list_errors.NoCalendar):
        ChildIntake().read_calendar(b"x")


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.binary(max_size=200), st.integers(0, len(COUNCIL)), st.integers(0, 100))
def test_no_bytes_bring_anything_but_days_or_a_refusal(extra, at, cut):
    with contextlib.suppress(Refused):
        ics.read(COUNCIL[:at] + extra + COUNCIL[at + cut :])
