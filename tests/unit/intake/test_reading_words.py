"""Dates, times and names as people write them; page text of HTML mail."""

from datetime import date, time

import pytest

from schoolsafe.domain.notification import Presence
from schoolsafe.intake import html_text, meaning, names
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.sheet import Cut, make
from schoolsafe.intake.times import find_times

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09/11/2026", date(2026, 11, 9)),
        ("11/07/26", date(2026, 7, 11)),
        ("09-Jan-2019", date(2019, 1, 9)),
        ("Saturday 14 November 2026", date(2026, 11, 14)),
        ("the nineteenth of June 2014", date(2014, 6, 19)),
        ("twenty-first of September two thousand and eighteen", date(2018, 9, 21)),
        ("Nov 6, 2026", date(2026, 11, 6)),
        ("6th Nov", date(2026, 11, 6)),
        ("25 December", date(2025, 12, 25)),
        ("2026-11-07T21:40", date(2026, 11, 7)),
        ("14 / 03 / 2017", date(2017, 3, 14)),
        ("07NOV26", date(2026, 11, 7)),
    ],
)
def test_a_date_is_read_day_first(text: str, day: date) -> None:
    assert [hit.day for hit in find_dates(text, Cut(0, len(text)), TODAY)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "04/13/2016",
        "31/02/2015",
        "01632 960117",
        "OE/2026/004471",
        "1187/07NOV",
        "26*118233",
        "May 2026",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, Cut(0, len(text)), TODAY) == []


def test_one_night_over_two_dates_is_one_stretch() -> None:
    text = "overnight 7/8 November 2026"
    (hit,) = find_dates(text, Cut(0, len(text)), TODAY)
    assert (hit.day, hit.until) == (date(2026, 11, 7), date(2026, 11, 8))


@pytest.mark.parametrize(
    ("text", "at", "approx"),
    [
        ("21:35 hours", time(21, 35), False),
        ("2315HRS", time(23, 15), False),
        ("17.45hrs", time(17, 45), False),
        ("approximately 10.15pm", time(22, 15), True),
        ("10pm", time(22, 0), False),
        ("at approx 21.40", time(21, 40), True),
        ("half past nine in the evening", time(21, 30), False),
        ("around ten to two in the morning", time(1, 50), True),
        ("12 noon", time(12, 0), False),
        ("9.30 on Saturday evening", time(21, 30), False),
    ],
)
def test_a_time_is_read_as_said(text: str, at: time, approx: bool) -> None:
    (hit,) = find_times(text, Cut(0, len(text)))
    assert (hit.at, hit.approx) == (at, approx)


@pytest.mark.parametrize(
    "text", ["half past nine", "\u00a310.15", "version 2.10.1", "room 12.30", "at nine"]
)
def test_a_time_whose_half_of_the_day_is_not_said_stays_blank(text: str) -> None:
    assert find_times(text, Cut(0, len(text))) == []


@pytest.mark.parametrize(
    ("sent", "surname", "forename", "other"),
    [
        ("PRETENDHAM-BOGUS, Ivy", "Pretendham-Bogus", "Ivy", None),
        ("JAXON DUMMYSON", "Dummyson", "Jaxon", None),
        ("R\u00f3is\u00edn N\u00ed Shampla", "N\u00ed Shampla", "R\u00f3is\u00edn", None),
        ("Cian O\u2019SAMPLA", "O\u2019Sampla", "Cian", None),
        ("TESTBURY Mina Jade", "Testbury", "Mina", "Jade"),
        ("Lotte van der SAMPLE", "van der Sample", "Lotte", None),
        ("Tom McFAKE", "McFake", "Tom", None),
        ("Maria GARCIA LOPEZ", "Garcia Lopez", "Maria", None),
        ("Ann SMITHSON (n\u00e9e JONES)", "Smithson", "Ann", None),
        ("J. SAMPLE", "Sample", "J.", None),
        ("jonah pretend", "Pretend", "Jonah", None),
    ],
)
def test_a_name_is_parted_as_forms_write_it(
    sent: str, surname: str, forename: str, other: str | None
) -> None:
    assert names.parse(sent) == names.Name(surname, forename, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yes - heard it from upstairs", Presence.HEARD),
        ("yes, in the car, saw", Presence.SAW),
        ("upstairs and was not seen by officers; it is not known what she heard", Presence.UNCLEAR),
        ("In property, not clear what was seen", Presence.UNCLEAR),
        ("no, at a friend's house", Presence.NOT_PRESENT),
        ("NOT PRESENT", Presence.NOT_PRESENT),
        ("Not known", Presence.UNKNOWN),
        ("saw nothing but heard shouting", Presence.HEARD),
        ("Y", Presence.UNCLEAR),
    ],
)
def test_presence_says_no_more_than_the_words(text: str, found: Presence) -> None:
    assert meaning.presence_of(text) is found


def test_a_page_shows_only_what_a_person_would_see() -> None:
    page = (
        "<style>x</style><script>bad()</script><p>Child: <span style='display:none'>01/01/2001</span>Ada</p>"
        "<table><tr><td>DOB</td><td>01/02/2015</td></tr></table><img src='http://track.example.org/p'>"
        "<a href='javascript:x'>https://police.example</a><blockquote>old</blockquote>"
    )
    seen = html_text.to_text(page)
    assert seen.text == "Child: Ada\nDOB\t01/02/2015\nhttps://police.example\n> old"
    assert {"script_removed", "hidden_text_removed", "remote_content_removed"} <= set(seen.left_out)


def test_places_lead_back_to_what_was_sent() -> None:
    sheet = make(0, "Si\u0061\u0302n\u200b \u2018X\u2019")
    assert sheet.plain == "Si\u00e2n 'X'"
    assert sheet.sent(Cut(0, 4)) == "Si\u0061\u0302n\u200b"
