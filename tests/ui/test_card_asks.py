"""In the window: the card's rules in one panel; a choice against it asks why, once."""

# ruff: noqa: F811  # fixtures are asked for by their names

import dataclasses

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from schoolsafe.domain.protocol_card import Audience, Tell
from ui.day_window import make_day, morning, open_day  # noqa: F401  # fixtures

SOMEBODY = Audience.HEAD


def _only_the_head(morning) -> None:
    cards = morning.services.protocol_cards
    cards.save(dataclasses.replace(cards.show("northmere").card, tell=Tell((SOMEBODY,))))


def _breaks(morning, name: str = "Maya") -> list[str]:
    entries = morning.services.chronologies.show(morning.child(name)).entries
    return [entry.summary for entry in entries if entry.kind == "card_break"]


def _find(day, name: str) -> QWidget:
    found = day.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_the_panel_says_what_the_area_asks(morning, open_day):
    morning.services.protocol_cards.use("northmere")
    day = open_day(morning)
    panel = day.window.front().notification.area
    assert panel.words.text() == "Northmere Police asks"
    assert panel.detail.text().startswith("Ask the force before any contact with a parent")


def test_in_a_low_window_the_first_rule_stands_and_the_rest_is_one_press_away(morning, open_day):
    morning.services.protocol_cards.use("northmere")
    day = open_day(morning, 1366, 768)
    panel = day.window.front().notification.area
    assert panel.detail.text() == "Ask the force before any contact with a parent about this."
    panel.action.click()
    assert "May be told" in panel.detail.text()
    assert panel.action.text() == "Show less"
    panel.show_rules("Northmere Police", ("One", "Two", "This child: third"), met=1, fresh=True)
    assert panel.detail.text() == "One. This child: third.", "what this child meets is never folded"
    panel.show_rules("Northmere Police", ("One",), met=0, fresh=True)
    assert not panel.action.isVisible()


def test_without_a_card_there_is_no_panel(morning, open_day):
    assert not _find(open_day(morning), "area-card").isVisible()


def test_a_choice_against_the_card_asks_once_and_then_goes_on(morning, open_day):
    _only_the_head(morning)
    day = open_day(morning)
    front = day.window.front()
    card = front.notification.presenter.card()
    front.notification.presenter.confirm(card.proposals[0].child)
    front.notification.bar.set_values("tell-and-check-in", "")
    day.window.run("save")
    assert "Northmere Police: May be told: the headteacher" in _find(day, "decision-problem").text()
    assert front.notification.presenter.card().choice is None
    QTest.keyClicks(front.notification.bar.why, "She meets him at the gate.")
    name = front.notification.presenter.card().child_first
    day.window.run("save")
    assert _breaks(morning, name) == ["She meets him at the gate."]
