"""The rota, the protocol cards, the letter and the notices that never came, in a real window, by keyboard."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from house import School, make_school
from schoolsafe.domain.protocol_card import Contact, Support
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Call
from schoolsafe.services.policy import Policy
from schoolsafe.ui.screens.cover.presenter import adult_line, adult_of
from schoolsafe.ui.screens.cover.view import CoverScreen, CoverTools
from schoolsafe.ui.screens.expected.view import ExpectedScreen
from schoolsafe.ui.screens.protocol_cards.form import card_of, form_of, wrong_with
from schoolsafe.ui.screens.protocol_cards.view import CardsScreen
from schoolsafe.ui.screens.reports.view import ReportsScreen, ReportTools
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.morning import FakePaper
from ui.walk import faults

SIZES = ((1366, 768), (1024, 640))


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    yield made
    made.close()


@pytest.fixture
def paper() -> FakePaper:
    return FakePaper()


@pytest.fixture
def written() -> dict[str, bytes]:
    return {}


@pytest.fixture
def open_screen(make_window, tasks, school, paper, written) -> Iterator[Callable[..., QWidget]]:
    def write(path: Path, data: bytes) -> None:
        written[path.name] = data

    def open_(screen: str, *, width: int = 1366, height: int = 768, **args: object) -> QWidget:
        services = school.services
        screens = {
            "today": Elsewhere,
            "pupil_file": Elsewhere,
            "cover": lambda f: CoverScreen(f, services, CoverTools(paper, Policy())),
            "protocol_cards": lambda f: CardsScreen(f, services),
            "expected": lambda f: ExpectedScreen(f, services),
            "reports": lambda f: ReportsScreen(f, services, ReportTools(paper, write, Policy())),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open(screen, **args)
        settle(window)
        return window

    yield open_
    assert tasks.errors == []


def _find(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def _type(window: QWidget, name: str, words: str) -> None:
    field = _find(window, name)
    field.setFocus()
    QTest.keyClicks(field, words)


def _press(window: QWidget, name: str) -> None:
    button = _find(window, name)
    button.setFocus()
    QTest.keyClick(button, " ")
    settle(window)


def _day(window: QWidget, name: str, day: date) -> None:
    for part, n in (("day", day.day), ("month", day.month), ("year", day.year)):
        _type(window, f"{name}-{part}", str(n))


@pytest.mark.parametrize("screen", ["cover", "protocol_cards", "reports", "expected"])
@pytest.mark.parametrize("size", SIZES)
def test_every_control_has_a_name_and_no_words_are_cut(open_screen, school, screen: str, size):
    school.services.rota.add(first=date(2026, 11, 9), name="Priya Nair", phone="01632 960100")
    maya = school.pupil("Maya", "Thornton")
    window = open_screen(screen, width=size[0], height=size[1], child=maya)
    assert faults(window) == []
    assert cut_texts(window) == []


def test_somebody_is_put_on_the_rota_by_keyboard_and_taken_off_again(open_screen, school):
    window = open_screen("cover")
    assert _find(window, "nobody-covering").isVisible()
    _type(window, "cover-name", "Sam Okafor")
    _type(window, "cover-phone", "01632 960111")
    _day(window, "cover-first", date(2026, 11, 9))
    _day(window, "cover-last", date(2026, 12, 18))
    window.run("save")
    settle(window)
    (turn,) = school.services.rota.show().turns
    assert (turn.name, turn.last) == ("Sam Okafor", date(2026, 12, 18))
    assert not _find(window, "nobody-covering").isVisible()
    assert _find(window, "cover-name").text() == ""
    _press(window, "take-off")
    assert school.services.rota.show().turns == ()
    window.run("undo")
    assert len(school.services.rota.show().turns) == 1


def test_a_line_that_lacks_something_says_so_and_keeps_what_was_typed(open_screen, school):
    window = open_screen("cover")
    _type(window, "cover-phone", "01632 960111")
    _type(window, "cover-last-day", "32")
    window.run("save")
    settle(window)
    assert school.services.rota.show().turns == ()
    assert _find(window, "cover-phone").text() == "01632 960111"
    assert _find(window, "errors").isVisible()


def test_the_contact_card_is_saved_confirmed_and_printed(open_screen, school, paper):
    window = open_screen("cover")
    _type(window, "card-inbox", "encompass@ashgrove.example.org")
    _find(window, "card-adults").setPlainText(
        "Priya Nair; lead; 01632 960100; 3 2 2026\nSam Okafor"
    )
    _press(window, "save-card")
    contact = school.services.rota.contact()
    assert [one.trained for one in contact.key_adults] == [date(2026, 2, 3), None]
    _type(window, "card-with", "PC Arden")
    _press(window, "confirm-card")
    assert school.services.rota.contact().confirmed_with == "PC Arden"
    window.run("print")
    settle(window)
    assert paper.printed


def test_a_line_of_a_key_adult_reads_back_as_it_was_written():
    for line in ("Priya Nair; lead; 01632 960100; 3 2 2026", "Sam Okafor", "Jo; ; 01632 960101"):
        one = adult_of(line)
        assert one is not None
        assert adult_of(adult_line(one)) == one
    assert adult_of("Priya Nair; lead; ; last spring") is None


def test_a_card_is_used_changed_and_put_away(open_screen, school):
    window = open_screen("protocol_cards")
    cards = school.services.protocol_cards
    front = window.front()
    front.rows.select("thames-valley")
    settle(window)
    _press(window, "use-card")
    assert [card.id for card in cards.in_use()] == ["thames-valley"]
    _type(window, "field-phone", "01632 960123")
    _find(window, "field-repeats").setPlainText("3 Low in 3 months: looked at again")
    window.run("save")
    settle(window)
    (card,) = cards.in_use()
    assert (card.acknowledge.phone, card.repeat[0].means) == ("01632 960123", "looked at again")
    assert card.parents.contact is Contact.NO
    _find(window, "field-repeats").setPlainText("often")
    window.run("save")
    settle(window)
    assert _find(window, "errors").isVisible()
    _press(window, "use-card")
    assert cards.in_use() == ()


def test_a_card_comes_out_of_its_form_as_it_went_in(school):
    for view in school.services.protocol_cards.list():
        form = form_of(view.card)
        assert wrong_with(form) == []
        assert card_of(form, view.card) == view.card
        assert form.support in set(Support)


def test_the_letter_is_read_printed_and_saved_as_a_table(
    open_screen, school, paper, written, dialogs
):
    school.clock.at = datetime(2026, 10, 7, 8, tzinfo=LONDON)
    for n in range(6):
        school.services.notifications.log_call(Call(child_name=f"Zephyrine {n}"))
    school.clock.at = datetime(2026, 11, 9, 8, 18, tzinfo=LONDON)
    window = open_screen("reports")
    assert _find(window, "report-month").text() == "October 2026"
    assert _find(window, "letter-table-0").isVisible()
    assert not _find(window, "month-before").isEnabled()
    window.run("print")
    settle(window)
    assert paper.printed
    dialogs.will_save(Path("letter.csv"))
    _press(window, "save-letter")
    assert b"Zephyrine" not in written["letter.csv"]
    assert written["letter.csv"].startswith(b"\xef\xbb\xbfSchool,")
    _press(window, "month-after")
    assert _find(window, "report-empty").isVisible()


def test_a_notice_that_never_came_is_put_on_record_and_chased(open_screen, school):
    maya = school.pupil("Maya", "Thornton")
    window = open_screen("expected", child=maya)
    window.run("save")
    settle(window)
    assert _find(window, "errors").isVisible()
    _day(window, "expected-incident", date(2026, 11, 7))
    _find(window, "expected-learned").setPlainText("Her social worker rang on Monday.")
    window.run("save")
    settle(window)
    (one,) = school.services.expected.list(maya)
    assert (one.incident_on, one.chased_with) == (date(2026, 11, 7), None)
    _press(window, "chase-0")
    assert QApplication.focusWidget() is _find(window, "expected-chased")
    _type(window, "expected-chased", "Northmere Police")
    window.run("save")
    settle(window)
    (one,) = school.services.expected.list(maya)
    assert one.chased_with == "Northmere Police"
