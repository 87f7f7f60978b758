"""The audit line is on record before anything goes out; a lead writes it and cannot read or unwrite it."""

import pytest

from house import School, make_school
from schoolsafe.domain.person import Role
from schoolsafe.services.audit import Act
from schoolsafe.wire import row as wire_row


def test_a_lead_writes_audit_lines_and_cannot_read_them_back(school: School):
    before = school.audit_lines()
    for act in Act:
        school.services.audit.write(act, what="told_slip", about="child:1")
    assert school.audit_lines() == before + len(Act)
    assert school.services.desk.reader.find("audit_line") == ()
    assert school.services.desk.reader.rows_of_kind("audit") == ()
    audit = school.circles.circle_id("audit")
    outers = [o for raw in school.vault.raws() if (o := wire_row.parse(raw)).circle == audit]
    assert all(school.circles.open(outer) is None for outer in outers)


def test_an_audit_line_survives_closing_at_once(school: School):
    before = school.audit_lines()
    school.services.audit.write(Act.PRINTED, what="gate_list")
    school.open_again()
    assert school.audit_lines() == before + 1
    assert school.services.records.verify(deep=True).ok


@pytest.mark.parametrize("act", Act)
def test_the_head_reads_act_thing_child_and_time(tmp_path, act: Act):
    school = make_school(tmp_path, role=Role.HEAD)
    school.services.audit.write(act, what="chronology", about="child:1")
    (line,) = school.services.desk.reader.find("audit_line")
    assert line.values == {
        "act": act.value,
        "what": "chronology",
        "about": "child:1",
        "at": "2026-11-09T08:18:00+00:00",
    }
    facts = school.services.desk.reader.rows_of_kind("audit")
    assert facts[0].kind == f"audit.{act.value}"
    school.close()
