"""What an adult without a login is told: the words, the record of the telling, and the page on paper."""

from dataclasses import replace
from datetime import date

import pytest

from house import School, make_school
from schoolsafe.domain.person import Role
from schoolsafe.domain.told_slip import (
    DetailsAreTheLeads,
    NoSuchLevel,
    SaysWhatHappened,
    SlipNeedsAnEnd,
)
from schoolsafe.services.child import ClassFacts, NoSuchChild
from schoolsafe.services.pages import SlipLevel, ToldSlipPage
from schoolsafe.services.told_slip import NoSuchSlip, SayWhat, SayWhom, SlipForm, ToldSlips
from unit.services.morning import Jam, JammedPrinter, line_of, matched, rows


@pytest.fixture
def maya(school: School) -> str:
    school.services.children.set_class(ClassFacts("Otter", "Mr Osei"))
    return school.pupil("Maya", "Thornton", date(2017, 3, 14), "Otter")


def test_a_slip_begins_with_todays_words_for_the_class_teacher(school: School, maya: str):
    form = school.services.told_slips.prepare(maya)
    assert form == SlipForm(
        maya,
        "A",
        "Mr Osei",
        "Maya may need a quiet start today. Do not ask about it.",
        date(2026, 11, 9),
    )
    assert "greeting" in school.services.told_slips.prepare(maya, level="B").text
    nobody = school.services.told_slips.prepare(school.pupil("Ivy", "Castellan"))
    assert nobody.told_to == ""


def test_the_details_are_the_leads_and_on_no_slip(school: School, maya: str):
    slips = school.services.told_slips
    with pytest.raises(DetailsAreTheLeads):
        slips.prepare(maya, level="C")
    form = slips.prepare(maya)
    for level in ("C", "c"):
        with pytest.raises(DetailsAreTheLeads):
            slips.give(replace(form, level=level))
        with pytest.raises(DetailsAreTheLeads):
            slips.page(replace(form, level=level))
    for level in ("D", "", "AB"):
        with pytest.raises(NoSuchLevel):
            slips.give(replace(form, level=level))
    assert slips.list(maya) == ()


def test_the_telling_is_on_record(school: School):
    notification, maya = matched(school)
    line = line_of(school, notification)
    slips = school.services.told_slips
    form = replace(slips.prepare(maya), told_to=" Mr Osei ", how="in_person", line=line.id)
    slips.give(form)
    school.clock.move(minutes=1)
    slips.give(replace(form, told_to="Ms Quinn", level="b", until=date(2026, 11, 13)))
    newer, older = slips.list(maya)
    assert (older.told_to, older.how, older.level) == ("Mr Osei", "in_person", "A")
    assert (newer.level, newer.until, newer.ended) == ("B", date(2026, 11, 13), False)
    assert older.at.isoformat(timespec="minutes") == "2026-11-09T08:18+00:00"
    record = school.services.desk.reader.get(older.id)
    assert record
    assert (record.values["line"], record.values["basis"]) == (line.id, "safeguarding")


def test_words_that_say_what_happened_are_refused(school: School, maya: str):
    slips = school.services.told_slips
    before, audit = rows(school), school.audit_lines()
    for words in ("The police came to her home.", "There was domestic abuse.", "Dad was arrested"):
        form = replace(slips.prepare(maya), text=words)
        with pytest.raises(SaysWhatHappened):
            slips.give(form)
        with pytest.raises(SaysWhatHappened):
            slips.page(form)
    assert (rows(school), school.audit_lines()) == (before, audit)


def test_a_slip_needs_a_reader_words_a_child_and_an_end(school: School, maya: str):
    slips = school.services.told_slips
    form = slips.prepare(maya)
    refusals = (
        (replace(form, told_to=" "), SayWhom),
        (replace(form, text=" "), SayWhat),
        (replace(form, until=date(2026, 11, 8)), SlipNeedsAnEnd),
        (replace(form, child="child:0000000000000000"), NoSuchChild),
    )
    before = rows(school)
    for wrong, why in refusals:
        with pytest.raises(why):
            slips.give(wrong)
        with pytest.raises(why):
            slips.page(wrong)
    assert rows(school) == before


def test_a_slip_is_over_after_its_last_day_or_when_it_is_ended(school: School, maya: str):
    slips = school.services.told_slips
    form = replace(slips.prepare(maya), until=date(2026, 11, 13))
    first = slips.give(form).entities[0]
    slips.end(first)
    second = slips.give(replace(form, told_to="Ms Quinn")).entities[0]
    ended = {s.id: s.ended for s in slips.list(maya)}
    assert ended == {first: True, second: False}
    school.clock.move(days=5)
    assert {s.ended for s in slips.list(maya)} == {True}
    for unknown in ("told_slip:0000000000000000", maya, "nonsense"):
        with pytest.raises(NoSuchSlip):
            slips.end(unknown)


def test_the_page_names_no_surname_and_no_incident(school: School, maya: str):
    slips = school.services.told_slips
    assert slips.page(slips.prepare(maya, level="b"))
    (page,) = school.printer.printed
    assert isinstance(page, ToldSlipPage)
    assert (page.first_name, page.class_name, page.level) == ("Maya", "Otter", SlipLevel.B)
    assert page.ask == "Priya Nair"
    assert page.mark.printed_by == "Priya Nair, safeguarding lead"
    assert page.mark.destroy_after == page.until == date(2026, 11, 9)
    assert "Thornton" not in repr(page)


def test_the_audit_row_stands_before_the_page_exists(school: School, maya: str):
    services = school.services
    jammed = JammedPrinter(school)
    slips = ToldSlips(services.desk, services.children, services.schools, services.audit, jammed)
    before = school.audit_lines()
    with pytest.raises(Jam):
        slips.page(slips.prepare(maya))
    assert jammed.audit_lines_before == [before + 1]
    school.open_again()
    assert school.audit_lines() == before + 1


def test_the_head_reads_who_printed_what_about_whom(tmp_path):
    school = make_school(tmp_path, role=Role.HEAD)
    maya = school.pupil("Maya", "Thornton")
    school.services.told_slips.page(replace(school.services.told_slips.prepare(maya), told_to="x"))
    (line,) = school.services.desk.reader.find("audit_line")
    assert (line.values["act"], line.values["what"], line.values["about"]) == (
        "printed",
        "told_slip",
        maya,
    )
    assert line.author == school.services.actor.person
    school.close()
