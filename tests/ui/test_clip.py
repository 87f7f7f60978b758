import pytest

from schoolsafe.ui.crash import CrashPage
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from ui.clip import SIZES, cut_texts, looked_at, settle
from ui.test_unlock import PRIYA, SAM, PretendEntrance


@pytest.mark.parametrize(("percent", "width", "height"), SIZES)
def test_nothing_in_the_window_is_cut(make_window, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = make_window(width, height)
    settle(window)
    assert cut_texts(window) == []
    window.show_work()
    settle(window)
    assert cut_texts(window) == []
    assert looked_at(window) > 10


@pytest.mark.parametrize(("percent", "width", "height"), SIZES)
def test_nothing_on_the_unlock_screen_is_cut(qtbot, styled, tasks, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = UnlockWindow(PretendEntrance(PRIYA, SAM), tasks)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.begin()
    window.show_wait("Too many tries. Try again in 15 minutes.")
    window.passphrase.show_caps(on=True)
    settle(window)
    assert cut_texts(window) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_on_the_crash_page_is_cut(qtbot, styled, percent):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = CrashPage("SchoolSafe 0.1.0", dialogs=None, save=None)
    qtbot.addWidget(page)
    page.show()
    settle(page)
    assert cut_texts(page) == []


def test_the_check_sees_a_button_that_is_cut(qtbot, styled):
    made = button("Finish, open next")
    qtbot.addWidget(made)
    made.setFixedWidth(60)
    made.show()
    host = made.window()
    settle(host)
    from PySide6.QtWidgets import QWidget

    outer = QWidget()
    qtbot.addWidget(outer)
    made.setParent(outer)
    made.show()
    outer.show()
    settle(outer)
    assert len(cut_texts(outer)) == 1
