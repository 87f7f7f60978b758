"""Small mails, each with one way in which people write who, when and how many."""

import pytest

from schoolsafe.intake.mail import read_mail

_HEAD = (
    "From: Northmere Police <encompass@northmere.police.example>\r\nTo: dsl@ashgrove.example.org\r\n"
    "Subject: {}\r\nDate: Wed, 18 Nov 2026 07:15:00 +0000\r\nMessage-ID: <a@example.org>\r\n"
    "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}"
)
Incident = tuple[str | None, str | None, list[tuple[str | None, str | None, str | None]]]


def _read(
    body: str, *, subject: str = "Operation Encompass notification", kind: str = "plain"
) -> list[Incident]:
    draft = read_mail(_HEAD.format(subject, kind, body).encode())
    return [
        (
            notice.incident.date and notice.incident.date.isoformat(),
            notice.incident.time and notice.incident.time.isoformat("minutes"),
            [
                (each.surname, each.forename, each.dob and each.dob.isoformat())
                for each in notice.children
            ],
        )
        for notice in draft.notices
    ]


@pytest.mark.parametrize(
    ("body", "children"),
    [
        (
            "Domestic on 16/11/2026 at 19:00, Lily, Max and Finn FAKERLY (01/02/2015, 03/04/2017 and 5/6/19).",
            [
                ("Fakerly", "Lily", "2015-02-01"),
                ("Fakerly", "Max", "2017-04-03"),
                ("Fakerly", "Finn", "2019-06-05"),
            ],
        ),
        (
            "Domestic on 16/11/2026 at 19:00. Ava (12/05/2016) and Noah (03/09/2019) BOGUSHAM were at home.",
            [("Bogusham", "Ava", "2016-05-12"), ("Bogusham", "Noah", "2019-09-03")],
        ),
        (
            "Domestic on 16/11/2026 at 19:00. The twins Ina and Zoë Sham (both born 14/07/2018) saw it.",
            [("Sham", "Ina", "2018-07-14"), ("Sham", "Zoë", "2018-07-14")],
        ),
        (
            "Domestic on 16/11/2026 at 19:00. Re: T. R. FABULIST (b. 22/02/2013), Yr 8.",
            [("Fabulist", "T.", "2013-02-22")],
        ),
        (
            "Domestic on 16/11/2026 at 19:00 at the home of Year 3 pupil Wren Nobody. Wren (DOB 30.08.2018) was there.",
            [("Nobody", "Wren", "2018-08-30")],
        ),
        (
            "Domestic on 16/11/2026 at 19:00. One of your Year 5s, Orla O'Fabricate, who is nine, was there.",
            [("O'Fabricate", "Orla", None)],
        ),
        (
            "OP ENCOMPASS\nCHILD FAKELEY, TYRONE JAMES\nBORN 23.4.14\nON MON 16.11.26 AT 1900HRS POLICE ATTENDED DV",
            [("Fakeley", "Tyrone", "2014-04-23")],
        ),
        (
            "Incident: 16/11/2026 19:00\nHousehold:\n1. Gina MOCKERY, mother, 4/5/85\n2. Ben MOCKERY, son, 11/12/14",
            [("Mockery", "Ben", "2014-12-11")],
        ),
        (
            "Incident: 16/11/2026 19:00\nNominal 1: Poppy DUMMYSON (F, 17/3/13)\nNominal 2: Tara DUMMYSON (F, 4/10/87)",
            [("Dummyson", "Poppy", "2013-03-17")],
        ),
        (
            "Incident: 16/11/2026 19:00\nSurname: ALIASON\nForename: June\nDOB: 12/12/2016",
            [("Aliason", "June", "2016-12-12")],
        ),
    ],
)
def test_each_child_is_read_and_no_adult(body: str, children: list[tuple[str, str, str]]):
    assert _read(body) == [("2026-11-16", "19:00", children)]


@pytest.mark.parametrize(
    ("told", "day", "at"),
    [
        ("Incident date: 30 Tachwedd 2025 / 30 November 2025\nTime: 19:55", "2025-11-30", "19:55"),
        ("INC_DATE=20261116\nINC_TIME=0710\nINC_TYPE=DOMESTIC", "2026-11-16", "07:10"),
        ("TIME OF INCIDENT:2050\nDATE OF INCIDENT:15/11/2026", "2026-11-15", "20:50"),
        (
            "Date & time of incident : 16/11/26 @ 22.40hrs\nDate of report : 17/11/26",
            "2026-11-16",
            "22:40",
        ),
        (
            "Time of call: 20:59\nTime of incident: 20:45\nDate of incident: 17/11/2026",
            "2026-11-17",
            "20:45",
        ),
        (
            "Incident occurred on: 15/11/2026 at 0035 hrs\nSuspect arrested on: 15/11/2026 at 0130 hrs",
            "2026-11-15",
            "00:35",
        ),
        ("Domestic last nite, dad kicked off about half 9.", "2026-11-17", "21:30"),
        ("Domestic on Sunday evening at 7.30pm.", "2026-11-15", "19:30"),
        ("Domestic yesterday evening at about twenty to eight.", "2026-11-17", "19:40"),
        ("Domestic on November 16, 2026 at 7:45 p.m.", "2026-11-16", "19:45"),
    ],
)
def test_the_moment_of_the_incident_is_read_and_no_other(told: str, day: str, at: str):
    found = _read(f"Child: Ann SHAMLEY, DOB 01/02/2015\n{told}")
    assert found == [(day, at, [("Shamley", "Ann", "2015-02-01")])]


def test_facts_that_stand_only_in_the_subject_are_read():
    found = _read(
        "As above. Your pupil heard a domestic.",
        subject="Encompass: Ann Shamley DOB 01.02.15 - incident 17.11.26 19:30hrs",
    )
    assert found == [("2026-11-17", "19:30", [("Shamley", "Ann", "2015-02-01")])]


HEADINGS = """First incident
At 19:00 on 16/11/2026 a domestic, Ann SHAMLEY (born 1/1/2015).
Second incident
At 08:15 on 17/11/2026 a domestic, Bob FEIGNER (born 2/2/2016)."""
ROWS = """1) NM-1 | 16/11/2026 19:00 | Ann Shamley | 01/01/2015
2) NM-2 | 17/11/2026 08:15 | Bob Feigner | 02/02/2016"""
CSV = """ref;date;time;surname;forename;dob
NM1;16/11/2026;19:00;SHAMLEY;Ann;01/01/2015
NM2;17/11/2026;08:15;FEIGNER;Bob;02/02/2016"""
PASTED = """Log No\tInc Date\tInc Time\tForename\tSurname\tDOB\tRisk
1\t16/11/2026\t19:00\tAnn\tShamley\t01/01/2015\tMED
2\t17/11/2026\t08:15\tBob\tFeigner\t02/02/2016\tMED"""


@pytest.mark.parametrize(
    "body",
    [
        HEADINGS,
        ROWS,
        CSV,
        PASTED,
    ],
)
def test_each_child_keeps_its_own_incident(body: str):
    assert _read(body) == [
        ("2026-11-16", "19:00", [("Shamley", "Ann", "2015-01-01")]),
        ("2026-11-17", "08:15", [("Feigner", "Bob", "2016-02-02")]),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Operation Encompass training\nCourse\tChildren\nDate\tThursday 10 December 2026\nTime\t09:30\nRef\tDA/KA/07",
        "This month 43 Encompass notifications were sent. Next training: 3 December 2026 at 14:00. Contact Jane Smith.",
        "The Operation Encompass steering group meets on 2 December 2026 at 10:00.",
    ],
)
def test_a_message_about_no_child_holds_no_notice(body: str):
    assert _read(body, subject="Operation Encompass news") == []


CONTINUED = """ 1. Child:            Ann SHAMLEY
 2. Date of birth:    01/02/2015
 3. Circumstances:    Shouting had stopped when
                      officers came.
"""


def test_a_circumstance_goes_on_in_a_line_that_begins_with_an_officer():
    draft = read_mail(
        _HEAD.format(
            "Encompass",
            "plain",
            CONTINUED,
        ).encode()
    )
    assert draft.notices[0].circumstances == "Shouting had stopped when officers came."
