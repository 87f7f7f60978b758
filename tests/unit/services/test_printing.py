"""Pages for paper: the audit row first, nothing hidden, corrections as they were made."""

from datetime import UTC, date, datetime

import pytest

from house import School, make_school
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.person import Role
from schoolsafe.services.child import NoSuchChild
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.desk import NotYoursToRead
from schoolsafe.services.pages import ChronologyPage, GateListPage, GateRow
from schoolsafe.services.printing import Printing
from unit.services.morning import Jam, JammedPrinter, matched


def test_a_chronology_prints_oldest_first_with_both_dates_and_what_was_struck(school: School):
    _notification, maya = matched(school)
    chronologies = school.services.chronologies
    form = EntryForm(
        maya,
        EntryKind.CONCERN,
        "first",
        happened=datetime(2026, 11, 5, 12, tzinfo=UTC),
        day_only=True,
        action="Coat found",
        outcome="Settled",
        significance=Significance.SIGNIFICANT,
    )
    entry = chronologies.add(form).entities[0]
    chronologies.fix(entry, new_text="second", reason="misheard")
    chronologies.fix(entry, new_text="third", reason="her words")
    before = school.audit_lines()
    school.services.printing.chronology(maya)
    assert school.audit_lines() == before + 1
    (page,) = school.printer.printed
    assert isinstance(page, ChronologyPage)
    assert (page.child, page.about, page.hidden) == ("Maya Thornton", "Born 14 March 2017", 0)
    assert page.counts
    concern, notice = page.entries
    assert [(c.text, c.why) for c in concern.corrections] == [
        ("second", "misheard"),
        ("third", "her words"),
    ]
    assert (concern.text, concern.precision, concern.significant) == ("first", "day", True)
    assert (concern.action, concern.outcome, concern.received) == ("Coat found", "Settled", None)
    assert notice.kind == "Police notification"
    assert notice.received == notice.written
    assert page.mark.school == "Ashgrove Primary School"


def test_what_is_known_of_the_child_stands_in_one_line(school: School):
    from schoolsafe.services.ports_outside import PupilList, PupilRow

    values = {"surname": "Thornton", "forename": "Maya", "class": "Otter", "admission": "101"}
    rows = (PupilRow(2, values),)
    source = PupilList(rows, (), {k: k for k in values}, (), "utf-8", ",", 1)
    children = school.services.children
    children.apply(children.preview(source, ""))
    school.services.printing.chronology(children.list()[0].id)
    (page,) = school.printer.printed
    assert isinstance(page, ChronologyPage)
    assert page.about == "Otter. Admission 101"
    assert page.entries == ()


def test_the_gate_list_names_no_cause(school: School):
    rows = (GateRow("Maya Thornton", "Otter", "Blue door", "Ms Quinn"),)
    before = school.audit_lines()
    school.services.printing.gate_list(rows)
    (page,) = school.printer.printed
    assert isinstance(page, GateListPage)
    assert (page.day, page.rows) == (date(2026, 11, 9), rows)
    assert school.audit_lines() == before + 1


@pytest.mark.parametrize("page", ["chronology", "gate_list"])
def test_the_audit_row_stands_before_the_page_exists(school: School, page: str):
    services = school.services
    maya = school.pupil("Maya", "Thornton")
    jammed = JammedPrinter(school)
    printing = Printing(
        services.desk,
        chronologies=services.chronologies,
        days=services.days,
        schools=services.schools,
        audit=services.audit,
        printer=jammed,
    )
    before = school.audit_lines()
    with pytest.raises(Jam):
        _ = printing.chronology(maya) if page == "chronology" else printing.gate_list(())
    assert jammed.audit_lines_before == [before + 1]


def test_nothing_is_logged_about_a_child_who_is_not_here(school: School):
    before = school.audit_lines()
    with pytest.raises(NoSuchChild):
        school.services.printing.chronology("Maya Thornton")
    assert school.audit_lines() == before


def test_the_head_reads_what_was_printed(tmp_path):
    school = make_school(tmp_path, role=Role.HEAD)
    maya = school.pupil("Maya", "Thornton")
    with pytest.raises(NotYoursToRead):  # an empty page would say that nothing is on record
        school.services.printing.chronology(maya)
    school.services.printing.gate_list(())
    found = school.services.desk.reader.find("audit_line")
    assert [(r.values["act"], r.values["what"], r.values["about"]) for r in found] == [
        ("printed", "gate_list", None),
    ]
    school.close()
