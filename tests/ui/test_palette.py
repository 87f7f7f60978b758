import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolsafe.ui.commands import COMMANDS, Dispatcher
from schoolsafe.ui.ranking import Pick, best
from schoolsafe.ui.screens.palette.presenter import OWN_KEYS, PalettePresenter
from schoolsafe.ui.screens.palette.view import Palette
from schoolsafe.ui.seams import PupilHit, WordsHit

HITS = (
    PupilHit("child:1", "Maya Thornton", "Year 4 Kingfisher"),
    PupilHit("child:2", "May Ling Chu", "Year 1 Wren"),
)


class PretendPupilSource:
    def find(self, text: str) -> tuple[PupilHit, ...]:
        if not text:
            return ()
        picks = [Pick(hit.id, hit.name) for hit in HITS]
        by_id = {hit.id: hit for hit in HITS}
        return tuple(by_id[pick.id] for pick in best(text, picks))


class Page:
    def __init__(self) -> None:
        self.pupils: list[str] = []
        self.actions: list[str] = []

    def show_offers(self, pupils, actions, found) -> None:
        self.found = [(offer.key, offer.title, offer.about) for offer in found]
        self.pupils = [offer.title for offer in pupils]
        self.actions = [offer.key for offer in actions]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def everything(done) -> Dispatcher:
    return Dispatcher({c.id: (lambda c=c: done.append(c.id)) for c in COMMANDS})


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def presenter(page, everything, tasks, done) -> PalettePresenter:
    return PalettePresenter(
        page, source=PretendPupilSource(), commands=everything, tasks=tasks, open_pupil=done.append
    )


def test_every_command_is_in_the_palette(presenter, page):
    presenter.ask("")
    offered = {key.removeprefix("action:") for key in page.actions}
    assert offered == {c.id for c in COMMANDS} - OWN_KEYS


def test_pupils_and_actions_are_found_together(presenter, page):
    presenter.ask("may")
    assert page.pupils == ["May Ling Chu", "Maya Thornton"]
    presenter.ask("lock")
    assert page.pupils == []
    assert page.actions[0] == "action:lock"


def test_near_matches_are_found(presenter, page):
    presenter.ask("tohrnton")
    assert page.pupils == ["Maya Thornton"]
    presenter.ask("cotnrast")
    assert page.actions == ["action:contrast"]


def test_the_last_used_comes_first_next_time(presenter, page, done):
    presenter.take("action:told-slip")
    presenter.take("pupil:child:1")
    assert done == ["told-slip", "child:1"]
    presenter.ask("")
    assert page.actions[0] == "action:told-slip"


def test_only_what_works_now_is_offered(page, tasks):
    few = Dispatcher({"lock": lambda: None})
    presenter = PalettePresenter(
        page, source=PretendPupilSource(), commands=few, tasks=tasks, open_pupil=lambda _: None
    )
    presenter.ask("")
    assert page.actions == ["action:lock"]


def test_a_late_answer_to_what_is_no_longer_asked_is_dropped(presenter, page, tasks):
    tasks.hold()
    presenter.ask("may")
    presenter.ask("zzz")
    tasks.release()
    assert page.pupils == []


def test_places_in_the_record_come_after_and_open_by_themselves(page, everything, tasks):
    opened: list[WordsHit] = []
    hit = WordsHit("pupil_file", (("entry", "entry:1"),), "Maya Thornton", "Entry: no coat")
    presenter = PalettePresenter(
        page,
        source=PretendPupilSource(),
        commands=everything,
        tasks=tasks,
        open_pupil=lambda _child: None,
        words=lambda typed: (hit,) if typed.startswith("coa") else (),
        open_hit=opened.append,
    )
    presenter.ask("coat")
    assert page.found == [("words:0", "Maya Thornton", "Entry: no coat")]
    presenter.take("words:0")
    assert opened == [hit]
    presenter.ask("")
    assert page.found == []


@pytest.fixture
def window(make_window, qtbot, tasks, done):
    def palette(host, commands, _navigator):
        return Palette(
            host,
            source=PretendPupilSource(),
            commands=commands,
            tasks=tasks,
            open_pupil=done.append,
        )

    made = make_window(palette=palette)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_four_keys_open_a_pupil(window, qtbot, done):
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget().objectName() == "palette-line"
    qtbot.keyClicks(QApplication.focusWidget(), "tho")
    press(qtbot, Qt.Key.Key_Return)
    assert done == ["child:1"]
    assert QApplication.focusWidget().objectName() == "today-list"


def test_arrows_move_and_escape_closes_and_gives_the_focus_back(window, qtbot, done):
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "may")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert done == ["child:1"]
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_Escape)
    assert not window._palette.isVisible()
    assert QApplication.focusWidget().objectName() == "today-list"


def test_an_action_is_done_after_the_palette_has_gone(window, qtbot):
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "go to pup")
    press(qtbot, Qt.Key.Key_Return)
    assert window.windowTitle() == "Pupils - SchoolSafe"
    assert QApplication.focusWidget().objectName() == "find"


def test_typing_in_the_search_field_opens_the_palette_with_it(window, qtbot):
    press(qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.bar.search
    qtbot.keyClicks(window.bar.search, "m")
    assert QApplication.focusWidget().objectName() == "palette-line"
    assert QApplication.focusWidget().text() == "m"
    assert window.bar.search.text() == ""


def test_tabbing_to_the_search_field_opens_nothing(window):
    window.bar.search.setFocus(Qt.FocusReason.TabFocusReason)
    assert not window._palette.isVisible()


def test_nothing_that_fits_says_what_to_try(window, qtbot):
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "qqqqqq")
    assert window._palette.nothing.isVisible()


def test_headings_stand_over_the_two_groups(window, qtbot):
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "th")
    rows = window._palette.list.rows
    words = [rows.index(n).data() for n in range(rows.rowCount())]
    assert words[0] == "Pupils"
    assert "Actions" in words
