import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from schoolsafe.ui.crash import CrashPage
from schoolsafe.ui.screens.palette.view import Palette
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.theme import style
from ui.test_palette import PretendPupilSource
from ui.test_unlock import PRIYA, PretendEntrance
from ui.walk import R, faults, spoken


@pytest.fixture
def window(make_window, tasks):
    def palette(host, commands, _navigator):
        return Palette(
            host,
            source=PretendPupilSource(),
            commands=commands,
            tasks=tasks,
            open_pupil=lambda _: None,
        )

    return make_window(palette=palette)


def test_the_whole_window_has_no_control_without_a_name(window):
    assert faults(window) == []
    assert len(spoken(window)) > 30


def test_rows_are_whole_sentences_in_reading_order(window):
    rows = [name for role, name in spoken(window.front().list) if role == R.ListItem]
    assert rows[1].endswith("Confirm match.")
    assert len(rows) == 11


@pytest.mark.parametrize("state", ["palette", "keys", "covered", "menu", "toast", "problem"])
def test_every_panel_over_the_window_is_named(window, state):
    from schoolsafe.errors import Unavailable

    {
        "palette": lambda: window.search("may"),
        "keys": lambda: window.run("keys"),
        "covered": window.cover,
        "menu": window.menu.summon,
        "toast": lambda: window.saved("Saved.", lambda: None),
        "problem": lambda: window.show_problem(Unavailable()),
    }[state]()
    assert faults(window) == []


def test_under_the_cover_nothing_of_the_screen_is_spoken(window):
    window.cover()
    assert [name for _role, name in spoken(window)] == ["Show again"]


@pytest.mark.parametrize("cards", [(), (PRIYA,)], ids=["first run", "one login"])
def test_the_unlock_screen_is_named(qtbot, styled, tasks, cards):
    made = UnlockWindow(PretendEntrance(*cards), tasks)
    qtbot.addWidget(made)
    made.show()
    made.begin()
    assert faults(made) == []


def test_the_crash_page_is_named(qtbot, styled):
    page = CrashPage("SchoolSafe 0.1.0")
    qtbot.addWidget(page)
    page.show()
    assert faults(page) == []


def test_the_walker_finds_a_control_without_a_name(window):
    window.front().confirm.setText("")
    window.front().confirm.setAccessibleName("")
    assert faults(window) == ["Button without a name"]


def test_the_walker_finds_a_label_that_guesses_markup(window):
    label = QLabel("<b>x</b>", window.stage)
    label.show()
    assert [fault for fault in faults(window) if "plain" in fault] != []


def test_saved_is_announced(window, monkeypatch):
    said = []
    monkeypatch.setattr(
        "schoolsafe.ui.widgets.toast.announce", lambda _widget, words: said.append(words)
    )
    window.saved("Saved. 3 left before registration.", lambda: None)
    assert said == ["Saved. 3 left before registration. Undo with Ctrl+Z"]


def test_every_target_is_at_least_twenty_four_px(window, styled):
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    style.current().apply(styled, style.Look.LIGHT, 100)
    small = [
        (w.text(), w.height())
        for kind in (QAbstractButton, QLineEdit)
        for w in window.findChildren(kind)
        if w.isVisible() and w.height() < 24
    ]
    assert small == []


def test_the_current_row_is_reported_as_focused(window):
    view = window.front().list
    node = QAccessible.queryAccessibleInterface(view)
    assert node.role() == R.List
    assert view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).startswith("New. Maya")
