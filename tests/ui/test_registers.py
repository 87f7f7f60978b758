"""Schools and term dates: the register searched and refreshed, a calendar looked at and saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fakes.list_reader import ListReader
from fakes.shelf import FakeShelf
from house import make_school
from invented_register import links_csv, register_csv
from schoolsafe.services.establishment import Establishments
from schoolsafe.ui.screens.registers.view import RegistersScreen
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.morning import find, texts
from ui.pages.keyboard import Keyboard
from ui.walk import faults

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path / "school", intake=ListReader(), calendar=False)
    made.services.use_register(Establishments(FakeShelf(), ListReader(), made.clock))
    yield made
    made.close()


@pytest.fixture
def register(school):
    school.services.establishments.take_in(
        register_csv(), name="edubasealldata20261101.csv", links=links_csv()
    )


@pytest.fixture
def open_screen(make_window, tasks, school):
    def open_(width: int = 1440, height: int = 900):
        screens = {
            "today": Elsewhere,
            "registers": lambda frame: RegistersScreen(
                frame, school.services, read_file=lambda path: path.read_bytes()
            ),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open("registers")
        return window

    yield open_
    assert tasks.errors == []


def said(window) -> str:
    settle(window)
    return texts(window.stage.body().panes.work)


def rows(window) -> list[str]:
    settle(window)
    model, role = window.front().found.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(n, 0).data(role)) for n in range(model.rowCount())]


@pytest.mark.usefixtures("register")
def test_a_school_is_found_and_shown_in_full(open_screen):
    window = open_screen()
    window.focus_work()
    keys = Keyboard(window)
    keys.letters("old mill")
    assert rows(window)[0].endswith("Closed 31 August 2021, now Millpond Primary Academy.")
    keys.press("Return")
    shown = said(window)
    assert "999/2008" in shown
    assert "Millpond Primary Academy, URN 999110" in shown
    window.front().search.setText("zz")
    assert "999/2008" not in said(window)


@pytest.mark.usefixtures("register")
def test_the_day_of_the_register_is_on_screen(open_screen):
    assert "Register of 1 November 2026, 7 open schools." in said(open_screen())


def test_without_a_register_it_says_where_one_is(open_screen, tmp_path):
    window = open_screen()
    assert "There is no register of schools on this computer yet." in said(window)
    file = tmp_path / "edubasealldata20261101.csv"
    file.write_bytes(register_csv())
    window.take_files((file,))
    assert "7 open schools." in said(window)
    assert find(window, "school-search").isVisible()


def test_a_calendar_is_looked_at_saved_and_taken_back(open_screen, school):
    window = open_screen()
    window.take_files((DATA / "terms_council.ics",))
    assert "Autumn 1: 1 September 2026 to 23 October 2026" in said(window)
    assert not school.services.calendars.show().is_set
    window.run("save")
    assert len(school.services.calendars.show().terms) == 6
    assert "Autumn 1" not in said(window)
    window.take_files((DATA / "terms_council.ics",))
    button = find(window, "save-terms")
    assert isinstance(button, QWidget)
    assert not button.isEnabled()


def test_saved_terms_can_be_undone(open_screen, school):
    calendars = school.services.calendars
    window = open_screen()
    window.take_files((DATA / "terms_council.ics",))
    window.run("save")
    changed = DATA.joinpath("terms_council.ics").read_bytes().replace(b"20270722", b"20270716")
    assert calendars.show().terms[-1].last.day == 21
    preview = calendars.preview_file(school.services.intake.read_calendar(changed))
    changes = calendars.apply_file(preview)
    assert calendars.show().terms[-1].last.day == 15
    school.services.undo(changes.undo)
    assert calendars.show().terms[-1].last.day == 21


def test_what_is_neither_is_refused_in_its_own_words_and_nothing_changes(open_screen, school):
    window = open_screen()
    window.take_files((DATA / "pupils_sims.csv",))
    assert "These headings are missing: URN" in said(window)
    bad = DATA / "pupils_arbor.csv"
    window.front().presenter._take_calendar(bad)
    assert "This is no calendar file (.ics)." in said(window)
    assert not school.services.calendars.show().is_set


@pytest.mark.usefixtures("register")
def test_everything_has_a_name(open_screen):
    window = open_screen()
    window.front().search.setText("mill")
    window.take_files((DATA / "terms_council.ics",))
    settle(window)
    assert faults(window) == []


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("percent", "width", "height"), [(100, 1024, 640), (100, 1440, 900), (200, 1366, 768)]
)
def test_nothing_is_cut(open_screen, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = open_screen(width, height)
    window.front().search.setText("old mill")
    window.front().found.select_first()
    window.take_files((DATA / "terms_council.ics",))
    settle(window)
    assert cut_texts(window) == []
