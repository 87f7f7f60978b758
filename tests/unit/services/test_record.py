"""Looking after the record: its state, its proof, its export, each through the service a person uses."""

from house import School, make_school
from schoolsafe.domain.person import Role
from schoolsafe.keys.anchor import AnchorBehind
from unit.services.morning import matched, rows


def test_totals_tell_where_the_rows_are(school: School):
    matched(school)
    totals = school.services.records.totals()
    assert totals.rows == totals.here == rows(school)
    assert (totals.relay, totals.twice, totals.conflicts, totals.holes) == (0, 0, 0, 0)
    assert school.services.records.problem is None


def test_a_late_guard_is_told_though_what_was_saved_is_safe(school: School):
    assert school.services.records.warning is None
    school.anchors.fails = AnchorBehind()
    school.services.records.export()
    assert "What you saved is safe" in str(school.services.records.warning)
    assert school.services.records.problem is None
    school.services.records.export()
    assert school.services.records.warning is None


def test_verify_and_rebuild_agree(school: School):
    matched(school)
    before = school.services.desk.reader.state_hash()
    checked = school.services.records.verify(deep=True)
    assert (checked.ok, checked.projections_match, checked.first_bad) == (True, True, None)
    count, state_hash = school.services.records.rebuild()
    assert (count, state_hash) == (rows(school), before)
    assert school.services.records.verify().ok


def test_an_audit_row_stands_in_the_export_that_it_announces(school: School):
    before = rows(school)
    audit = school.audit_lines()
    assert school.services.records.export()
    assert school.audit_lines() == audit + 1
    assert rows(school) == before + 2  # and its line in the log of what was shared


def test_the_head_reads_who_exported(tmp_path):
    school = make_school(tmp_path, role=Role.HEAD)
    school.services.records.export()
    (line,) = school.services.desk.reader.find("audit_line")
    assert (line.values["act"], line.values["what"]) == ("exported", "journal")
    school.close()
