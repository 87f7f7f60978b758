"""A year of invented notices gives the letters that were counted by hand.

`year_of_notices.csv` was made with a fixed seed; what each notice is meant to be (`meant`) was fixed when
its times were chosen, and the expected counts are of those words, not of anything this program works out.
"""

import csv
import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from house import School, make_school
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.domain.lateness import VALUES
from schoolsafe.domain.notification import Incident, Precision, Presence
from schoolsafe.domain.small_numbers import Told
from schoolsafe.services.desk import LONDON
from schoolsafe.services.expected_notice import ExpectedForm
from schoolsafe.services.notification import Call
from schoolsafe.services.pages import ForceLetterPage

DATA = Path(__file__).parents[2] / "data"
TERMS = (
    Term("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
    Term("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),
    Term("Summer 1", date(2026, 4, 13), date(2026, 5, 22)),
    Term("Summer 2", date(2026, 6, 1), date(2026, 7, 21)),
    Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
)
INSET = (ClosedDay(date(2026, 1, 5), "INSET"), ClosedDay(date(2026, 9, 2), "INSET"))
EXPECTED: dict[str, Any] = json.loads((DATA / "year_of_notices.expected.json").read_text("utf-8"))


def _instant(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def _log(school: School, row: dict[str, str]) -> None:
    school.clock.at = _instant(row["opened"])
    clock = time.fromisoformat(row["incident_time"]) if row["incident_time"] else None
    made = school.services.notifications.log_call(
        Call(
            child_name="Zephyrine Quillfeather",
            said=row["circumstances"],
            dob=date.fromisoformat(row["dob"]) if row["dob"] else None,
            incident=Incident(
                date=date.fromisoformat(row["incident_date"]),
                time=clock,
                precision=Precision.EXACT if clock else Precision.UNKNOWN,
                place=row["place"] or None,
            ),
            presence=Presence(row["presence"]),
            police_reference=row["reference"],
            received_at=_instant(row["received"]),
        )
    )
    if row["wrong_school"]:
        school.services.notifications.no_match(made.entities[0], 1, "At another school")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory):
    made = make_school(tmp_path_factory.mktemp("year"), calendar=False)
    made.services.calendars.set(start=time(8, 45), end=time(15, 15), terms=TERMS, closed=INSET)
    with (DATA / "year_of_notices.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _log(made, row)
    made.services.protocol_cards.use("northmere")
    yield made
    made.close()


@pytest.mark.parametrize("month", sorted(EXPECTED))
def test_the_counts_of_each_month_are_those_counted_by_hand(year: School, month: str):
    found, meant = year.services.reports.figures(date.fromisoformat(f"{month}-01")), EXPECTED[month]
    assert found.total == meant["notifications"]
    assert {v.value: n for v in VALUES if (n := found.by_value(v))} == meant["by"]
    weeks = {
        week.first.isoformat(): {v.value: n for v, n in week.counts.items() if n}
        for week in found.weeks
        if week.total
    }
    assert weeks == meant["weeks"]
    assert list(found.late_days) == meant["late_days"]
    assert found.wrong_school == meant["wrong"]
    assert found.median_minutes == meant["median"]
    for name, n in meant["missing"].items():
        assert found.missing[name] == n, name


def test_a_month_counted_out_here(year: School):
    # March 2026, read off the list line by line: 3, 3, 11, 16, 20, 24 and 27 in time; 5, 6, 23 and 24
    # after the start of the same day; 16 a school day late; 10, 23 and 25 without a time.
    found = year.services.reports.figures(date(2026, 3, 1))
    assert [found.by_value(v) for v in VALUES] == [7, 0, 4, 1, 3]
    assert [week.total for week in found.weeks] == [0, 4, 2, 3, 6, 0]
    letter = year.services.reports.letter(date(2026, 3, 1))
    assert letter.total == Told(15)
    assert letter.to == "Northmere Police"
    assert (letter.counts.late, letter.counts.unknown.few) == (Told(5), True)
    assert letter.counts.in_time.n is None  # or 15 less 7 and 5 would tell how many had no time


@pytest.mark.parametrize("month", sorted(EXPECTED))
def test_no_letter_tells_a_small_number_a_child_or_a_place(year: School, month: str):
    year.services.reports.force_pdf(date.fromisoformat(f"{month}-01"))
    page = year.printer.printed[-1]
    assert isinstance(page, ForceLetterPage)
    table = year.services.reports.force_csv(date.fromisoformat(f"{month}-01")).decode("utf-8-sig")
    words = " ".join([*page.sentences, page.closing, table])
    for secret in ("Zephyrine", "Quillfeather", "NM/2026", "home", "Officers", "2017"):
        assert secret not in words
    cells = [cell for part in page.tables for row in part.rows for cell in row[1:]]
    assert not {"1", "2", "3", "4"} & set(cells)


def test_an_audit_row_stands_before_each_letter(year: School):
    lines = year.audit_lines()
    year.services.reports.force_pdf(date(2026, 6, 1))
    year.services.reports.force_csv(date(2026, 6, 1))
    assert year.audit_lines() == lines + 2


def test_the_letter_says_how_it_was_in_sentences(year: School):
    year.services.reports.force_pdf(date(2026, 6, 1))
    page = year.printer.printed[-1]
    assert isinstance(page, ForceLetterPage)
    assert page.month == "June 2026"
    assert page.sentences[0] == "In June 2026 the school received 22 notifications."
    assert page.sentences[1] == "After the child was already in school: 7."
    assert dict(page.tables[0].rows)["In time"] == "15"


def test_expected_notices_are_counted_in_the_month_the_school_learned_of_them(school: School):
    maya = school.pupil("Maya", "Thornton")
    for _n in range(5):
        school.services.expected.add(ExpectedForm(maya, date(2026, 10, 30), "Her nan said."))
    reports = school.services.reports
    assert reports.figures(date(2026, 11, 1)).expected_not_received == 5
    assert reports.figures(date(2026, 10, 1)).expected_not_received == 0
    assert reports.letter(date(2026, 11, 1)).expected_not_received == Told(5)


def test_an_empty_month_says_so(school: School):
    school.services.reports.force_pdf(date(2026, 8, 1))
    page = school.printer.printed[-1]
    assert isinstance(page, ForceLetterPage)
    assert page.sentences == ("In August 2026 the school received no notification.",)
