"""What a seat's circles say of themselves, and what they pass over without harm."""

from schoolsafe.domain.access import CIRCLES
from schoolsafe.domain.field import AUDIT, SCHOOL, TEAM
from schoolsafe.domain.person import Role
from schoolsafe.services.circle_held import hold
from unit.services.schools import a_school, written

DSL = a_school(Role.DSL)
WITH_HEAD, HEAD = DSL.joined_by(Role.HEAD, 2)


def test_a_held_circle_prints_no_key():
    held = hold(DSL.state(TEAM), DSL.state(SCHOOL), DSL.secrets)
    assert repr(held) == "HeldCircle(team, reads=True)"
    assert {bytes(key.key).hex() for key in held.keys.values()}.isdisjoint({repr(held)})


def test_rows_that_box_no_key_teach_nothing_and_do_no_harm():
    me = DSL.circles()
    rows = [sealed.outer for name in (SCHOOL, TEAM, AUDIT) for sealed in written(me, name, 2)]
    me.learn(rows)
    assert [me.open(row) is not None for row in rows] == [True, True, True, True, False, False]


def test_an_export_of_a_lead_discloses_no_name_of_a_circle_she_cannot_read():
    lead = WITH_HEAD.circles()
    rows = [sealed.outer for name in CIRCLES for sealed in written(lead, name)]
    text = b"".join(lead.export(rows, made_ms=0))
    audit = WITH_HEAD.state(AUDIT).circle.hex()
    named = [line for line in text.splitlines() if b'"part"' in line and audit.encode() in line]
    assert named == []
    assert HEAD.person.encode() in text
