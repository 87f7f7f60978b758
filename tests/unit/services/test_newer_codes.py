"""A row a newer release wrote holds codes this one does not know: shown as such, and no list stops."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from house import School
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    Choice,
    Presence,
    Status,
    code_of,
    is_known,
)
from schoolsafe.services.notification_entry import _LINE_CODES, _LINE_FIELDS
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.notification.card import card_of
from unit.services.morning import line_of

NEWER = "As written by a newer version"


def _from_a_newer_release(school: School) -> str:
    desk = school.services.desk
    notification, line = desk.ids.new("notification"), desk.ids.new("line")
    notice = {
        "kind": "stalking_protection",
        "channel": "hologram",
        "received_at": "2026-11-09T07:12:00+00:00",
        "outcome": "received",
        "incident": {"date": "2026-11-07", "precision": "to_the_week"},
        "social_care_referral": "asked",
    }
    child = {
        "notification": notification,
        "number": 1,
        "name_as_sent": "Maya THORNTON",
        "presence": "present_by_telephone",
        "welfare_check": "partly",
        "choice": "visit-at-home",
    }
    entries = [
        NewEntry(TEAM, "notification.receive", (Add(notification, notice),)),
        NewEntry(TEAM, "notification.name_child", (Add(line, child),)),
    ]
    desk.put(entries, frozenset())
    return notification


def test_every_list_and_the_notice_itself_show_what_a_newer_release_wrote(school: School):
    notification = _from_a_newer_release(school)
    notices = school.services.notifications
    assert [row.id for row in notices.list()] == [notification]
    view = notices.show(notification)
    assert (view.channel.value, view.notice.incident.precision.value) == ("hologram", "to_the_week")
    line = line_of(school, notification)
    assert line.decision is not None
    assert (line.facts.presence.value, line.decision.choice.value) == (
        "present_by_telephone",
        "visit-at-home",
    )
    assert line.status in set(Status)
    assert school.services.days.view().day.groups
    card = card_of(view, line, now=school.clock.now(), me="Priya Nair")
    assert card.kind_line.startswith(f"{NEWER}. {NEWER}")
    assert card.decided.endswith(NEWER)
    assert NEWER in {fact.answer for fact in card.facts}


def test_the_chronology_and_a_match_go_on(school: School):
    notification = _from_a_newer_release(school)
    maya = school.pupil("Maya", "Thornton")
    school.services.notifications.match(notification, 1, maya)
    assert len(school.services.chronologies.show(maya).entries) == 1


def test_a_newer_code_keeps_its_value_and_is_no_member() -> None:
    code = code_of(Channel, "hologram")
    assert (code.value, str(code), code == "hologram") == ("hologram", "hologram", True)
    assert not is_known(code)
    assert code not in set(Channel)
    assert is_known(code_of(Channel, "phone"))
    assert code_of(Channel, "phone") is Channel.PHONE


@pytest.mark.parametrize("presence", [*Presence, code_of(Presence, "present_by_telephone")])
def test_every_presence_has_words_old_and_new(presence: Presence) -> None:
    words = phrases.presence_short(presence)
    assert (words == NEWER) == (not is_known(presence))


def test_every_code_of_a_child_is_read_so() -> None:
    hints = get_type_hints(ChildLine)
    codes = {f.name for f in fields(ChildLine) if hasattr(hints[f.name], "__members__")}
    assert codes == set(_LINE_CODES)
    assert codes < set(_LINE_FIELDS)
    assert is_known(Choice.QUIET)
