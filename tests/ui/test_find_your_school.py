"""Set-up's second page: the school found in the register, or typed; and terms from a calendar file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fakes.dialogs import FakeDialogs
from fakes.first_run import FakeFirstRun
from fakes.list_reader import ListReader
from fakes.sync_tasks import SyncTasks
from invented_register import links_csv, register_csv
from schoolsafe.domain.calendar import Term
from schoolsafe.ui.screens.first_run.steps import Step
from schoolsafe.ui.screens.first_run.view import FirstRunWindow
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.morning import FakePaper
from ui.pages.first_run import FirstRunPage
from ui.pages.keyboard import Keyboard
from ui.walk import faults

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def seam(tmp_path):
    made = FakeFirstRun(tmp_path / "school", intake=ListReader())
    made.schools.take_in(register_csv(), name="edubasealldata20261101.csv", links=links_csv())
    yield made
    if made.school is not None:
        made.school.close()


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def open_page(qtbot, styled, seam, dialogs):
    def open_(width: int = 1440, height: int = 900) -> FirstRunPage:
        window = FirstRunWindow(seam, SyncTasks(), dialogs=dialogs, paper=FakePaper())
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        page = FirstRunPage(window)
        page.set_up_wanted()
        return page

    return open_


@pytest.fixture
def page(open_page):
    return open_page()


def rows(page: FirstRunPage) -> list[str]:
    settle(page.window)
    model, said = page.window.school.found.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(n, 0).data(said)) for n in range(model.rowCount())]


def test_the_school_is_found_while_it_is_typed_by_keyboard_alone(page):
    keys = Keyboard(page.window)
    assert page.focused() == "school-search"
    keys.letters("ashg")
    assert rows(page) == ["Ashgrove Primary School. Primary. Northmere, ZZ9 9ZZ. URN 999101."]
    keys.press("Return")
    assert page.focused() == "schools-found"
    keys.press("Return")
    assert (page.window.school.name.text(), page.window.school.urn.text()) == (
        "Ashgrove Primary School",
        "999101",
    )
    assert page.focused() == "school-name"
    keys.press("Return")
    assert page.step() == Step.YOU
    assert "Ashgrove Primary School" in page.steps()


def test_how_fresh_the_register_is_stands_under_the_search(page):
    assert "Register of 1 November 2026, 7 open schools." in page.said()


def test_a_closed_school_gives_way_to_the_one_that_took_its_place(page):
    page.window.school.search.setText("brookfield comm")
    assert rows(page)[0].endswith("Closed 31 August 2019, now Brookfield Academy.")
    page.window.finder.choose("999106")
    assert page.window.school.urn.text() == "999102"
    assert "Brookfield Academy took its place and is filled in." in page.said()


def test_a_school_that_is_not_listed_is_typed(page):
    assert not page.window.school.name.isVisible()
    page.window.school.manual.click()
    assert page.focused() == "school-name"
    page.school("Little Acorns Nursery", "999199")
    assert page.step() == Step.YOU


def test_words_that_fit_no_school_say_so(page):
    page.window.school.search.setText("no such school")
    assert "No school of the register fits these words." in page.said()
    assert rows(page) == []
    page.window.school.search.setText("")
    assert "No school of the register" not in page.said()


def test_without_a_register_one_is_taken_in_or_the_name_is_typed(
    open_page, seam, dialogs, tmp_path
):
    seam.schools._shelf.data, seam.schools._register = None, None
    page = open_page()
    assert page.focused() == "school-name"
    assert "Get information about schools" in page.said()
    register, links = tmp_path / "edubasealldata20261101.csv", tmp_path / "links_edubase.csv"
    register.write_bytes(register_csv())
    links.write_bytes(links_csv())
    dialogs.will_open(links)
    page.window.school.take.click()
    assert "Choose the register of schools itself too" in page.said()
    dialogs.will_open(register, links)
    page.window.school.take.click()
    assert "7 open schools." in page.said()
    assert "Reading the register" not in page.said()
    page.window.school.search.setText("old mill")
    assert "now Millpond Primary Academy" in rows(page)[0]


def test_a_file_that_is_no_register_is_refused_in_its_own_words(page, dialogs):
    dialogs.will_open(DATA / "pupils_sims.csv")
    page.window.school.newer.click()
    assert "These headings are missing: URN, LA (code)" in page.said()
    assert "7 open schools." in page.said()


def test_a_register_may_be_dropped(page, tmp_path):
    file = tmp_path / "newer.csv"
    file.write_bytes(register_csv(30))
    page.window._dropped((file,))
    assert "open schools." in page.said()
    assert page.window.finder._seam.schools.facts().schools == 30


def to_days(page: FirstRunPage) -> None:
    page.school()
    page.person()
    page.passphrase("copper lantern otter seven ridge")
    page.window.presenter.hand_over_sheet()
    page.type_back("FGHJK", "YZ012")


def test_terms_come_from_a_calendar_file_after_a_look(page, seam, dialogs):
    to_days(page)
    dialogs.will_open(DATA / "terms_council.ics")
    page.window.days.calendar.choose.click()
    said = page.said()
    assert "Autumn 1: 1 September 2026 to 23 October 2026" in said
    assert "1 September 2026: INSET day (school closed to pupils)" in said
    assert "Assembly (60 times)" in said
    assert "First day" not in said
    assert not seam.school.services.calendars.show().is_set
    page.go_on()
    assert page.step() == Step.PUPILS
    site = seam.school.services.calendars.show()
    assert len(site.terms) == 6
    assert site.terms[0] == Term("Autumn 1", site.terms[0].first, site.terms[0].last)
    assert "8:45am, 6 stretches of school" in page.steps()


def test_typing_the_dates_is_possible_after_all(page, seam):
    to_days(page)
    page.window._dropped((DATA / "terms_council.ics",))
    assert page.window.days.calendar.away.isVisible()
    page.window.days.calendar.away.click()
    assert "First day" in page.said()
    page.go_on()
    assert "Enter the dates of at least one term" in page.problems()


def test_a_file_that_is_no_calendar_changes_nothing(page):
    to_days(page)
    page.window._dropped((DATA / "pupils_sims.csv",))
    assert "This is no calendar file (.ics)." in page.problems()[0]
    assert page.window.days.calendar.choose.isVisible()


def test_everything_on_the_page_has_a_name(page):
    page.window.school.search.setText("mill")
    settle(page.window)
    assert faults(page.window) == []


@pytest.mark.parametrize(
    ("percent", "width", "height"), [(100, 1024, 640), (100, 1366, 768), (200, 1366, 768)]
)
def test_nothing_is_cut(open_page, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = open_page(width, height)
    page.window.school.search.setText("mill")
    page.window.finder.choose("999108")
    settle(page.window)
    assert cut_texts(page.window) == []
