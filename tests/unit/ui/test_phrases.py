"""Codes of the record in words: what is known is said, what is missing is said too."""

from datetime import date, time

import pytest

from schoolsafe.domain.calendar import Timeliness, Timing, Unknown
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.notification import (
    Adult,
    Answer,
    Channel,
    CloseOutcome,
    Incident,
    NoticeKind,
    Precision,
    Presence,
    Risk,
    Sender,
    Step,
)
from schoolsafe.services.child import ChildRow
from schoolsafe.ui import phrases

SATURDAY = date(2026, 11, 7)


def timing(value, days=None, reason=None):
    return Timing(None, value, days, reason)


@pytest.mark.parametrize(
    ("timing_", "words", "tone"),
    [
        (timing(Timeliness.ON_TIME), "On time", "ok"),
        (timing(Timeliness.RECEIVED_IN_HOLIDAY), "In the holiday", "ok"),
        (timing(Timeliness.LATE_SAME_DAY), "Late, same day", "danger"),
        (timing(Timeliness.LATE, 1), "Late by 1 school day", "danger"),
        (timing(Timeliness.LATE, 3), "Late by 3 school days", "danger"),
        (timing(Timeliness.UNKNOWN, reason=Unknown.NO_INCIDENT_TIME), "No time given", "muted"),
        (
            timing(Timeliness.UNKNOWN, reason=Unknown.RECEIVED_BEFORE_INCIDENT),
            "Cannot say whether in time",
            "muted",
        ),
    ],
)
def test_whether_it_came_in_time(timing_, words, tone):
    said, ink, spoken = phrases.timing_words(timing_)
    assert (said, ink) == (words, tone)
    assert spoken


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (Incident(), None),
        (Incident(as_sent="last night"), "last night"),
        (Incident(date=SATURDAY), "Saturday 7 November 2026, time not told"),
        (
            Incident(date=SATURDAY, precision=Precision.OVERNIGHT),
            "Overnight from Saturday 7 November 2026",
        ),
        (
            Incident(date=SATURDAY, time=time(22, 40), precision=Precision.APPROX),
            "Saturday 7 November 2026, about 10:40pm",
        ),
        (
            Incident(
                date=SATURDAY,
                time=time(22),
                date_to=date(2026, 11, 8),
                time_to=time(1, 30),
                precision=Precision.EXACT,
            ),
            "Saturday 7 November 2026, 10:00pm to Sunday 8 November 2026, 1:30am",
        ),
        (
            Incident(date=SATURDAY, date_to=date(2026, 11, 8)),
            "From Saturday 7 November 2026 to Sunday 8 November 2026, time not told",
        ),
    ],
)
def test_when_it_happened_is_said_as_exactly_as_it_was_told(incident, words):
    assert phrases.incident_words(incident) == words


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (Incident(), "Not told"),
        (Incident(date=SATURDAY), "Sat, no time"),
        (Incident(date=SATURDAY, precision=Precision.OVERNIGHT), "Sat, overnight"),
        (Incident(date=SATURDAY, time=time(22, 40)), "Sat 10:40pm"),
    ],
)
def test_when_in_a_table(incident, words):
    assert phrases.incident_short(incident) == words


def test_the_childs_words_are_quoted_and_a_remark_is_not():
    assert phrases.voice_words("“I hid.”", "officer_only", None) == (
        "“I hid.” To an officer, on their own."
    )
    remark = phrases.voice_words(None, None, "Too upset to speak")
    assert remark == "The police add: Too upset to speak"
    assert phrases.voice_words(None, None, None) is None


def test_nothing_told_is_none_so_that_the_screen_can_say_so():
    assert phrases.presence_words(Presence.UNKNOWN) is None
    assert phrases.answer_words(Answer.UNKNOWN) is None
    assert phrases.adults_words(()) is None
    assert phrases.risk_words(Risk()) is None
    assert phrases.sender_words(Sender()) is None


def test_the_senders_words_for_risk_are_kept_unchanged():
    assert phrases.risk_words(Risk(tool="DASH", grade_as_sent="STD")) == "STD (DASH)"
    assert phrases.risk_words(Risk(grade_as_sent="GREEN")) == "GREEN"
    assert phrases.risk_words(Risk(tool="PPN_RAG")) == "PPN RAG"
    assert phrases.risk_words(Risk(tool="other")) is None


def test_adults_stand_one_a_line_with_the_senders_roles():
    adults = (Adult("aggrieved", "A. Person"), Adult("suspect", None), Adult(None, None))
    assert phrases.adults_words(adults) == "A. Person (aggrieved)\nsuspect"


@pytest.mark.parametrize(
    ("year", "name", "words"),
    [
        ("4", "Kingfisher", "Year 4 Kingfisher"),
        ("R", "Otter", "Reception Otter"),
        ("N2", None, "Nursery"),
        (None, "Wren", "Wren"),
        ("4", "Year 4 Blue", "Year 4 Blue"),
        ("Upper prep", None, "Upper prep"),
        (None, None, ""),
    ],
)
def test_year_and_class(year, name, words):
    child = ChildRow("c", "A B", "B A", None, year, name, None, None, None, "on_roll")
    assert phrases.class_words(child) == words


def test_what_tells_a_pupil_from_others():
    child = ChildRow(
        "c", "Maya Thornton", "", None, "4", "Kingfisher", "Mrs Bello", None, None, "on_roll"
    )
    assert phrases.pupil_words(child) == "Maya Thornton, Year 4 Kingfisher, Mrs Bello’s class"


@pytest.mark.parametrize(
    ("n", "words"), [(1, "First"), (2, "2nd in a year"), (3, "3rd in a year"), (4, "4th in a year")]
)
def test_how_many_before(n, words):
    assert phrases.ordinal_words(n) == words


def test_every_code_has_its_words():
    said = [
        *(phrases.kind_words(kind) for kind in (*NoticeKind, None)),
        *(phrases.channel_words(channel) for channel in Channel),
        *(phrases.presence_short(presence) for presence in Presence),
        *(phrases.step_words(step) for step in Step),
        *(phrases.step_hint(step) for step in Step),
        *(phrases.outcome_words(outcome) for outcome in CloseOutcome),
        *(phrases.entry_kind_words(kind) for kind in EntryKind),
        *(phrases.significance_words(one) for one in Significance),
        *(phrases.role_words(role) for role in ("child", "victim", "missing_child", "unheard of")),
    ]
    assert all(said)


def test_the_birth_date_is_said_as_the_police_wrote_it():
    assert phrases.born_words(date(2018, 3, 14), None, None) == (
        "born 14 March 2018, as the police wrote it"
    )
    assert phrases.born_words(None, "14/3", None) == "born 14/3, as the police wrote it"
    assert phrases.born_words(None, None, "aged 8") == "aged 8, as the police wrote it"
    assert phrases.born_words(None, None, None) == "date of birth not told"
