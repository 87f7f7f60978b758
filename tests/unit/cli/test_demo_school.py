import csv
import io
import re
from collections import Counter
from datetime import date, datetime, time
from itertools import pairwise

import pytest

from schoolsafe.cli.demo_school import DemoEntry, DemoFix, DemoLine, DemoNotice, load
from schoolsafe.domain import upn
from schoolsafe.domain.calendar import SchoolCalendar

SCHOOL = load()
PUPILS = list(csv.DictReader(io.StringIO(SCHOOL.pupils.decode())))
BY_NUMBER = {pupil["Adno"]: pupil for pupil in PUPILS}
CALENDAR = SchoolCalendar(SCHOOL.terms, SCHOOL.closed, (), SCHOOL.start, SCHOOL.end)
EVERY_MAIL = [*SCHOOL.mails, *SCHOOL.batch_mails, *((n.name, n.data) for n in SCHOOL.notices)]


def test_the_clock_stands_at_monday_the_ninth_27_minutes_before_registration():
    assert SCHOOL.now == datetime.fromisoformat("2026-11-09T08:18+00:00")
    assert SCHOOL.start == time(8, 45)
    assert CALENDAR.is_school_day(SCHOOL.now.date())


def test_there_are_210_pupils_thirty_in_each_of_seven_classes():
    assert len(PUPILS) == 210
    assert set(Counter(pupil["Reg Group"] for pupil in PUPILS).values()) == {30}
    assert {pupil["Reg Group"] for pupil in PUPILS} == {each.name for each in SCHOOL.classes}


def test_every_pupil_number_is_right_invented_and_given_once():
    numbers = [pupil["UPN"] for pupil in PUPILS]
    assert all(upn.check(number).kind is upn.UpnKind.PERMANENT for number in numbers)
    assert all(number[1:4] == "999" for number in numbers)
    assert len(set(numbers)) == len(set(BY_NUMBER)) == 210


def test_every_pupil_is_of_the_age_of_the_year_group():
    for pupil in PUPILS:
        born = datetime.strptime(pupil["Date of Birth"], "%d/%m/%Y").date()  # noqa: DTZ007  # a date
        years = 0 if pupil["Year Group"] == "R" else int(pupil["Year Group"])
        assert date(2021 - years, 9, 1) <= born <= date(2022 - years, 8, 31)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("1207", "Maya Thornton Kingfisher"),
        ("1341", "Leo Thornton Otter"),
        ("1093", "Kai Mensah Heron"),
        ("1288", "Effie Llŷr-Jones Robin"),
        ("1150", "Tomasz Wiśniewski Swift"),
        ("1184", "Ivy Castellan Heron"),
    ],
)
def test_the_children_of_the_pictures_are_on_the_list(number, name):
    pupil = BY_NUMBER[number]
    assert f"{pupil['Legal Forename']} {pupil['Legal Surname']} {pupil['Reg Group']}" == name


def test_everything_on_record_is_about_a_pupil_of_the_list():
    numbers = {entry.admission for entry in SCHOOL.entries}
    numbers |= {line.admission for notice in SCHOOL.notices for line in notice.lines}
    numbers |= {each.admission for each in SCHOOL.may_collect} | {SCHOOL.draft_call.admission}
    assert numbers <= set(BY_NUMBER)


def test_mayas_notices_are_151_and_then_27_days_apart():
    days = [date(2026, 5, 13), date(2026, 10, 11), date(2026, 11, 7)]
    assert [(b - a).days for a, b in pairwise(days)] == [151, 27]
    received = [
        n.recorded.date()
        for n in SCHOOL.notices
        if any(line.admission == "1207" for line in n.lines)
    ]
    assert received == [date(2026, 5, 14), date(2026, 10, 12)]


def test_the_record_is_in_order_and_ends_before_the_clock_stands():
    moments = SCHOOL.timeline()
    assert [m.at for m in moments] == sorted(m.at for m in moments)
    assert SCHOOL.founded < moments[0].at
    assert moments[-1].at < SCHOOL.now


def test_nothing_is_decided_corrected_or_closed_before_it_is_on_record():
    seen = []
    for moment in SCHOOL.timeline():
        if isinstance(moment.what, DemoFix | DemoLine):
            assert moment.of in seen
        seen.append(moment.what)
    for notice in SCHOOL.notices:
        for line in notice.lines:
            assert notice.recorded <= line.at
            assert all(notice.recorded <= step.at for step in line.steps)
            assert line.closed is None or line.at <= line.closed.at


def test_there_are_three_terms_of_history_on_school_days():
    written = [m for m in SCHOOL.timeline() if isinstance(m.what, DemoEntry | DemoNotice)]
    assert len(written) >= 45
    assert all(CALENDAR.is_school_day(moment.at.date()) for moment in written)
    terms = {
        term.name
        for term in SCHOOL.terms
        for m in written
        if term.first <= m.at.date() <= term.last
    }
    assert len({name.split()[0] + name.split()[-1] for name in terms}) == 3


def test_a_correction_changes_words_and_says_why():
    entries = [entry for entry in SCHOOL.entries if entry.fixes]
    assert len(entries) >= 3
    aunt = next(entry for entry in entries if "Aunt Rae" in entry.text)
    assert "until the 12th" in aunt.text
    assert "until the 20th" in aunt.fixes[0].text
    assert aunt.fixes[0].why == "wrong date"


def test_the_weekend_brought_three_messages_about_four_children():
    assert len(SCHOOL.mails) == 3
    names = b"".join(data for _name, data in SCHOOL.mails).decode()
    for name in ("THORNTON", "MENSAH", "Noor", "Sami"):
        assert name in names


def test_everything_is_invented_in_the_safe_ranges():
    words = b" ".join(data for _name, data in EVERY_MAIL).decode()
    words += " ".join(entry.text + entry.action for entry in SCHOOL.entries)
    for phone in re.findall(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b", words):
        assert phone.startswith(("01632 960", "07700 900"))
    for host in re.findall(r"@([\w.-]+)", words):
        assert host.endswith((".example", ".example.org", "example.org"))
    assert SCHOOL.urn.startswith("9991")


def test_weekdays_written_in_the_mails_are_those_of_the_calendar():
    words = b" ".join(data for _name, data in EVERY_MAIL).decode()
    weekday = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
    dated = re.findall(
        rf"\b{weekday},? (\d{{2}}/\d{{2}}/\d{{4}}|\d{{1,2}} \w{{3,9}} \d{{4}})", words
    )
    assert len(dated) > 10
    for said, written in dated:
        form = (
            "%d/%m/%Y"
            if "/" in written
            else "%d %B %Y"
            if len(written.split()[1]) > 3
            else "%d %b %Y"
        )
        found = datetime.strptime(written, form)  # noqa: DTZ007  # a date
        assert f"{found:%a}" == said


def test_the_open_call_about_effie_was_begun_at_six_minutes_past_eight():
    assert SCHOOL.draft_call.begun == datetime.fromisoformat("2026-11-09T08:06+00:00")


def test_a_collection_order_is_named_without_its_reason():
    assert {(each.names, each.until) for each in SCHOOL.may_collect} == {
        ("Mum or Aunt Rae", date(2026, 11, 20))
    }
