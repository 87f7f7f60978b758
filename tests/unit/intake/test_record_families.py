"""People in columns, coded lines and tags; staff lists; the half of the day in words; what a mail is not."""

import pytest

from schoolsafe.intake.mail import read_mail

_HEAD = (
    "From: Northmere Police <encompass@northmere.police.example>\r\nTo: dsl@ashgrove.example.org\r\n"
    "Subject: {}\r\nDate: Wed, 18 Nov 2026 07:15:00 +0000\r\nMessage-ID: <a@example.org>\r\n"
    "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}"
)
_CALLED = "Police attended a domestic incident on 16 November 2026 at 19:00.\n\n"


def _notices(body: str, *, subject: str = "Operation Encompass notification", kind: str = "plain"):
    return read_mail(_HEAD.format(subject, kind, body).encode()).notices


def _children(body: str, *, kind: str = "plain") -> list[tuple[str | None, str | None, str | None]]:
    return [
        (each.surname, each.forename, each.dob and each.dob.isoformat())
        for notice in _notices(body, kind=kind)
        for each in notice.children
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Surname\tFakely\tSham\nFirst name\tAva\tNoah\nDOB\t12/05/2016\t03/09/2019\n",
        "| Child | Ava Fakely | Noah Sham |\n| Date of birth | 12/05/2016 | 03/09/2019 |\n",
        (
            "V1  F  1990  FAKELY/RUTH\nC1  F  12MAY2016  FAKELY/AVA  PRES-SAW\n"
            "C2  M  03SEP2019  SHAM/NOAH  PRES-ASLEEP\n"
        ),
        "Ava Fakely ... 12 May 2016 ... present, saw\nNoah Sham ... 3 September 2019 ... not present\n",
        (
            "<Pupil>\n<Surname>Fakely</Surname>\n<Forename>Ava</Forename>\n<DOB>12/05/2016</DOB>\n</Pupil>\n"
            "<Pupil>\n<Surname>Sham</Surname>\n<Forename>Noah</Forename>\n<DOB>03/09/2019</DOB>\n</Pupil>\n"
            "<Suspect>\n<Surname>Sham</Surname>\n<Forename>Carl</Forename>\n</Suspect>\n"
        ),
    ],
    ids=["columns", "piped columns", "codes", "dots", "tags"],
)
def test_each_child_of_a_record_keeps_its_own_name_and_birth_date(body: str):
    assert _children(_CALLED + body) == [
        ("Fakely", "Ava", "2016-05-12"),
        ("Sham", "Noah", "2019-09-03"),
    ]


@pytest.mark.parametrize("role", ["Designated safeguarding lead", "Deputy head", "Key adult"])
def test_a_person_with_a_role_at_the_school_is_no_child(role: str):
    assert _children(f"{_CALLED}Name: Ruth Sham\nRole: {role}\nTrained: 12/09/2024\n") == []


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("at 11.20 in the evening", "23:20"),
        ("at 06:30 in the morning", "06:30"),
        ("at 10:15 at night", "22:15"),
        ("at 21:40 in the evening", "21:40"),
    ],
)
def test_the_half_of_the_day_in_words_moves_the_clock(told: str, at: str):
    body = f"Domestic on 16 November 2026 {told}. Child: Ava FAKELY, born 12/05/2016."
    [notice] = _notices(body)
    assert notice.incident.time is not None
    assert notice.incident.time.isoformat("minutes") == at


def test_what_a_mail_says_it_is_not_decides_nothing():
    body = "Not Operation Encompass. On 16/11/2026 at 15:45 Ava FAKELY, born 12/05/2016, was with her mother."
    [notice] = _notices(body, subject="Public Protection Notice (not domestic abuse)")
    assert notice.kind == "other_ppn"


def test_two_attendances_under_one_child_keep_their_own_words():
    body = (
        "Both concern Ava Fakely, 12/05/2016.\n\nFirst attendance\n14 November 2026, 20:10.\n"
        "Ava was not present.\n\nSecond attendance\n15 November 2026, 13:25.\n"
        'Ava was in the lounge and saw it. "I swept up," she said.\n'
    )
    first, second = _notices(body)
    assert [each.incident.date.day for each in (first, second) if each.incident.date] == [14, 15]
    assert [first.children[0].presence, second.children[0].presence] == [
        "not_present",
        "present_saw",
    ]
    assert first.children[0].voice is None
    assert second.children[0].voice is not None


def test_a_child_who_slept_did_not_see_what_the_other_saw():
    body = (
        f"{_CALLED}Ava Fakely (12/05/2016) and Noah Fakely (03/09/2019) were at home. "
        "Ava came down and watched; Noah slept through it."
    )
    [notice] = _notices(body)
    assert [each.presence for each in notice.children] == ["present_saw", "present_unclear"]


@pytest.mark.parametrize(
    "body",
    [
        "Our contacts for Operation Encompass\n\nName: Ruth Sham\nTelephone: 01632 960401\nTrained: 12/09/2024\n",
        "Name\tRole\tTelephone\nRuth Sham\tDSL\t01632 960401\nPeter Sham\tDeputy DSL\t01632 960402\n",
    ],
    ids=["lines", "table"],
)
def test_a_list_of_contacts_is_no_notice(body: str):
    assert _notices(body) == ()
