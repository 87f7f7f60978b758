"""The access table is the school's key matrix, cell by cell."""

import json
from pathlib import Path

import pytest

from schoolsafe.domain.access import CHOICES, CIRCLES, Access, NotTheSchoolsChoice, access
from schoolsafe.domain.field import AUDIT, SCHOOL, TEAM
from schoolsafe.domain.person import Role
from schoolsafe.domain.schema import NOUNS

MATRIX = json.loads(
    (Path(__file__).parents[2] / "data" / "key_matrix.json").read_text(encoding="utf-8")
)
CELLS = [
    pytest.param(Role(role), circle, cell, id=f"{role} in {circle}")
    for role, row in MATRIX["roles"].items()
    for circle, cell in row.items()
]
KIND_OF_NOUN = {
    "school": "staff_list",
    "person": "staff_list",
    "setting": "calendar",
    "site": "site",
    "child": "pupil",
    "class": "class",
    "pupil_import": "pupil",
    "notification": "notification",
    "line": "match",
    "follow_up": "action",
    "told_slip": "told_slip",
    "entry": "chronology_entry",
    "rule_decision": "decision",
    "trusted_sender": "agency_contact",
    "mail_template": "agency_contact",
    "not_ours": "notification",
    "protocol_card": "protocol_card",
    "card_break": "decision",
    "timing_change": "notification",
    "expected_notice": "notification",
    "cover": "agency_contact",
    "contact_card": "agency_contact",
    "contact": "agency_contact",
    "referral": "referral",
    "threshold": "threshold_level",
    "strategy_meeting": "meeting",
    "network_meeting": "meeting",
    "marac": "meeting",
    "daily_meeting": "meeting",
    "share": "share_log",
    "helpline_call": "share_log",
    "challenge": "escalation",
    "perpetrator_programme": "risk_grade",
    "action": "action",
    "audit_line": "opened",
    "relative": "relationship",
    "relation": "relationship",
    "home": "household",
    "residence": "household",
    "collection_bar": "collection_reason",
    "protected_identity": "relationship",
}


def test_the_matrix_knows_every_role_and_every_cell():
    assert {Role(role) for role in MATRIX["roles"]} == set(Role)
    assert len(CELLS) == 9 * 7


@pytest.mark.parametrize(("role", "circle", "cell"), CELLS)
def test_a_role_has_the_access_the_matrix_gives(role, circle, cell):
    chosen = cell.startswith("choice:")
    assert access(role, circle) == Access(cell.removeprefix("choice:"))
    assert ((role, circle) in CHOICES) == chosen
    if chosen:
        assert CHOICES[role, circle][0] == access(role, circle)
        for choice in CHOICES[role, circle]:
            assert access(role, circle, {(role, circle): choice}) is choice


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_every_noun_lives_in_the_circle_the_matrix_names(noun):
    assert KIND_OF_NOUN[noun.name] in MATRIX["circles"][noun.circle]


@pytest.mark.parametrize("role", Role)
def test_a_circle_nobody_listed_is_neither_read_nor_written(role):
    assert access(role, "unheard of") is Access.NONE


@pytest.mark.parametrize(
    ("role", "circle", "wish"),
    [
        (Role.TEACHER, TEAM, Access.READ),
        (Role.IT_ADMIN, SCHOOL, Access.READ),
        (Role.DSL, AUDIT, Access.READ),
        (Role.HEAD, TEAM, Access.NONE),
    ],
)
def test_a_school_cannot_choose_what_is_not_its_choice(role, circle, wish):
    with pytest.raises(NotTheSchoolsChoice):
        access(role, circle, {(role, circle): wish})


def test_a_choice_for_somebody_else_changes_nothing():
    choices = {(Role.HEAD, TEAM): Access.READ}
    assert access(Role.TEACHER, TEAM, choices) is Access.BOX
    assert access(Role.HEAD, AUDIT, choices) is Access.READ


def test_the_standing_circles_are_made_in_one_order():
    assert CIRCLES == ("school", "team", "leadership", "audit")
