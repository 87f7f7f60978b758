from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from schoolsafe.errors import Tampered, Unavailable
from schoolsafe.services.changes import Topic
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.seams import FrameFacts
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.morning import texts
from ui.pretend import pretend_facts, pretend_screens

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(make_window, qtbot):
    made = make_window()
    activate(qtbot, made)
    return made


def activate(qtbot, window) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()


def press(qtbot, key, modifier=NONE) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def focus_name() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def shown(window) -> list[str]:
    body = window.stage.body()
    return [place for place in body.places() if body.pane(place).isVisible()]


# ---------------------------------------------------------------- folding


@pytest.mark.parametrize(
    ("width", "percent", "panes", "rail"),
    [
        (1440, 100, ["list", "work", "context"], "wide"),
        (1330, 100, ["list", "work", "context"], "wide"),
        (1329, 100, ["list", "work"], "wide"),
        (1120, 100, ["list", "work"], "wide"),
        (1119, 100, ["list", "work"], "narrow"),
        (720, 100, ["list", "work"], "narrow"),
        (719, 100, ["list"], "gone"),
        (1920, 150, ["list", "work"], "wide"),
        (1366, 200, ["list"], "gone"),
        (2880, 200, ["list", "work", "context"], "wide"),
    ],
)
def test_panes_fold_by_units_of_text(make_window, styled, *, width, percent, panes, rail):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = make_window(width, 900)
    assert shown(window) == panes
    if rail == "gone":
        assert not window.rail.isVisible()
        assert window.bar.menu.isVisible()
        assert not window.bar.search.isVisible()
    else:
        assert (window.rail.width() == style.scale(200)) == (rail == "wide")
        assert not window.bar.menu.isVisible()


def test_the_context_grows_where_there_is_room(make_window):
    assert make_window(1440).stage.body().panes.context.width() == 344
    assert make_window(1500).stage.body().panes.context.width() == 380


def test_the_folded_context_is_one_key_away(make_window, qtbot):
    window = make_window(1280, 720)
    activate(qtbot, window)
    press(qtbot, Qt.Key.Key_F6)
    assert shown(window) == ["list", "work"]
    press(qtbot, Qt.Key.Key_F6)
    assert shown(window) == ["list", "work", "context"]
    assert window.stage.body().place_of(QApplication.focusWidget()) == "context"
    press(qtbot, Qt.Key.Key_Escape)
    assert shown(window) == ["list", "work"]
    assert focus_name() == "today-list"


def test_where_there_is_room_for_one_pane_menu_and_back_appear(make_window, qtbot, styled):
    style.current().apply(styled, style.Look.LIGHT, 200)
    window = make_window(1366, 768)
    activate(qtbot, window)
    assert not window.work_visible()
    window.show_work()
    assert shown(window) == ["work"]
    assert window.work_visible()
    assert window.bar.back.isVisible()
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert shown(window) == ["list"]
    qtbot.mouseClick(window.bar.menu, Qt.MouseButton.LeftButton)
    assert focus_name() == "menu-sections"
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert window.windowTitle() == "Pupils - SchoolSafe"


def test_the_pinned_bar_shrinks_to_one_row_over_forty_percent(make_window, qtbot, styled):
    style.current().apply(styled, style.Look.LIGHT, 200)
    window = make_window(1366, 768)
    window.show_work()
    bar = window.stage.body().panes.work.bar
    assert bar.folded()
    assert bar.height() <= 0.4 * window.stage.body().panes.work.height()
    style.current().apply(styled, style.Look.LIGHT, 100)
    assert not window.stage.body().panes.work.bar.folded()


def test_in_a_low_window_choices_lose_their_second_line(make_window):
    low, high = make_window(1440, 768), make_window(1440, 900)
    assert all(choice.terse for choice in low.front().choices.choices)
    assert not any(choice.terse for choice in high.front().choices.choices)


def test_a_new_text_size_builds_the_screens_again(window, styled):
    before = window.front()
    style.current().apply(styled, style.Look.LIGHT, 120)
    assert window.front() is not before
    assert before.times_left == 1
    assert window.windowTitle() == "Today - SchoolSafe"


# ---------------------------------------------------------------- focus


def test_a_screen_opens_with_the_focus_in_its_work(window, qtbot):
    assert focus_name() == "today-list"
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert focus_name() == "find"


def test_f6_goes_rail_list_work_context_and_round(window, qtbot):
    body, seen = window.stage.body(), []
    for _ in range(5):
        press(qtbot, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append("rail" if window.rail.isAncestorOf(focus) else body.place_of(focus))
    assert seen == ["work", "context", "rail", "list", "work"]
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    assert body.place_of(QApplication.focusWidget()) == "list"


def test_tab_goes_list_work_pinned_bar_context_then_the_frame(window, qtbot):
    body, seen = window.stage.body(), []
    for _ in range(60):
        focus = QApplication.focusWidget()
        in_bar = body.panes.work.bar.isAncestorOf(focus)
        place = "bar" if in_bar else body.place_of(focus)
        place = place or ("rail" if window.rail.isAncestorOf(focus) else "top")
        if place not in seen:
            seen.append(place)
        press(qtbot, Qt.Key.Key_Tab)
    assert seen == ["list", "work", "bar", "context", "top", "rail"]


def test_shift_tab_goes_back(window, qtbot):
    first = focus_name()
    press(qtbot, Qt.Key.Key_Tab)
    assert focus_name() != first
    press(qtbot, Qt.Key.Key_Backtab, SHIFT)
    assert focus_name() == first


# ---------------------------------------------------------------- going about


def test_the_window_title_is_the_screen_and_the_program(window):
    assert window.windowTitle() == "Today - SchoolSafe"
    window.title("Log a phone call")
    assert window.windowTitle() == "Log a phone call - SchoolSafe"


def test_keys_open_sections_and_back_returns(window, qtbot):
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert window.stage.here == "pupils"
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert window.stage.here == "today"
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert window.stage.here == "today"


def test_only_sections_that_exist_are_in_the_rail(window):
    places = window.rail.work.places
    assert [places.index(n).data() for n in range(places.rowCount())] == ["Today", "Pupils"]
    assert window.rail.rest.places.rowCount() == 0
    window.open("reports")
    assert window.stage.here == "today"


def test_the_rail_is_announced_as_a_list_with_things_to_do(window):
    said = window.rail.work.places.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Today, 4 to do, you are here"
    assert QAccessible.queryAccessibleInterface(window.rail.work).role() == QAccessible.Role.List


def test_a_click_in_the_rail_goes_there(window, qtbot):
    view = window.rail.work
    place = view.visualRect(view.model().index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.stage.here == "pupils"


def test_leaving_a_screen_keeps_its_drafts_and_coming_back_finds_it_as_it_was(window):
    today = window.front()
    window.open("pupils")
    assert today.times_left == 1
    window.open("today", child="child:1")
    assert window.front() is today
    assert today.args[-1] == {"child": "child:1"}


def test_a_key_reaches_the_screen_in_front_even_from_a_text_field(window, qtbot):
    window.front().why.setFocus()
    press(qtbot, Qt.Key.Key_Return, CTRL)
    press(qtbot, Qt.Key.Key_N, CTRL)
    assert window.front().ran == ["save", "call"]


def test_screens_hear_what_changed_and_nobody_else_does(window, bus):
    today = window.front()
    bus.changed({Topic.TODAY, Topic.SETTING})
    bus.changed({Topic.CHILD})
    assert today.heard == [frozenset({Topic.TODAY})]


# ---------------------------------------------------------------- the frame's words


def test_the_demo_strip_and_the_person_are_shown(window):
    assert window.demo.isVisible()
    assert window.rail.who.text() == "Priya Nair, lead"
    window.show_facts(FrameFacts(school="Ashgrove Primary", who="Sam Reed, deputy"))
    assert not window.demo.isVisible()
    assert not window.rail.duty.isVisible()


def test_today_has_the_countdown_itself_and_other_screens_have_it_above(window):
    assert not window.bar.countdown.isVisible()
    window.open("pupils")
    assert window.bar.countdown.isVisible()
    assert "27 minutes" in window.bar.count_words.accessibleName()


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (1440, "Offline. 3 changes safe on this computer"),
        (1024, "Offline, 3 saved"),
        (740, "Offline"),
    ],
)
def test_the_sync_sentence_fits_the_window_and_is_spoken_whole(make_window, width, words):
    window = make_window(width)
    assert window.bar.sync.text() == words
    assert window.bar.sync.accessibleName() == "Offline. 3 changes safe on this computer"


def test_facts_are_asked_again_after_every_change(make_window, bus):
    asked = []
    make_window(facts=lambda: (asked.append(1), pretend_facts())[1])
    before = len(asked)
    bus.changed({Topic.NOTIFICATION})
    assert len(asked) == before + 1


def test_a_problem_nobody_took_stays_until_it_is_closed(window, qtbot):
    window.show_problem(Unavailable())
    assert window.problem.isVisible()
    assert window.problem.words.text() == "This cannot be reached now. Try again."
    assert window.problem.property("panel") == "warn"
    window.show_problem(Tampered())
    assert window.problem.property("panel") == "danger"
    qtbot.mouseClick(window.problem.action, Qt.MouseButton.LeftButton)
    assert not window.problem.isVisible()


# ---------------------------------------------------------------- undo, files, keys


def test_ctrl_z_undoes_the_last_thing_even_from_an_empty_text_field(window, qtbot):
    undone = []
    window.saved("Saved.", lambda: undone.append(1))
    assert window.toast.isVisible()
    window.front().why.setFocus()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert undone == [1]
    assert not window.toast.isVisible()


def test_a_text_field_with_something_to_undo_keeps_ctrl_z(window, qtbot):
    undone = []
    window.saved("Saved.", lambda: undone.append(1))
    why = window.front().why
    why.setFocus()
    qtbot.keyClicks(why, "because")
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert why.text() == ""
    assert undone == []


def test_ctrl_o_and_a_drop_bring_files_to_the_screen_in_front(window, qtbot, dialogs):
    mail = Path("/srv/friday-night.eml")
    dialogs.will_open(mail)
    press(qtbot, Qt.Key.Key_O, CTRL)
    assert window.front().files == [(mail,)]
    assert dialogs.asked[0][:2] == ("open", "Open or import")


def test_files_a_screen_does_not_take_go_home(window, qtbot):
    window.open("pupils")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/srv/friday-night.eml")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), copy, data, left, NONE))
    assert window.drops.is_open()
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, data, left, NONE))
    assert window.stage.here == "today"
    assert window.front().files == [(Path("/srv/friday-night.eml"),)]


def test_the_list_of_keys_holds_every_key(window, qtbot):
    press(qtbot, Qt.Key.Key_Slash, CTRL)
    assert focus_name() == "keys"
    table = QApplication.focusWidget()
    words = [table.rows.index(n, 0).data() for n in range(table.rows.rowCount())]
    assert {"Ctrl+K", "F9", "Ctrl+Enter", "Alt+1 to 4"} <= set(words)
    press(qtbot, Qt.Key.Key_Escape)
    assert focus_name() == "today-list"


# ---------------------------------------------------------------- cover and lock


def test_cover_hides_everything_and_the_same_key_comes_back(window, qtbot):
    press(qtbot, Qt.Key.Key_F9)
    assert window.is_covered()
    assert window.windowTitle() == "SchoolSafe"
    assert not window.rail.isVisible()
    texts = [w.text() for w in window.findChildren(QWidget) if w.isVisible() and hasattr(w, "text")]
    assert not any("Maya" in text for text in texts)
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert window.stage.here == "today"
    press(qtbot, Qt.Key.Key_F9)
    assert not window.is_covered()
    assert window.windowTitle() == "Today - SchoolSafe"
    assert focus_name() == "today-list"


def test_after_a_minute_under_the_cover_it_locks(window, locked):
    window.cover()
    assert window.cover_page._timer.interval() == 60_000
    window.cover_page._timer.timeout.emit()
    assert locked == ["locked"]
    window.cover_page.expire()
    window.cover_page.uncover()
    assert window.is_covered()


def test_tab_stays_on_the_cover(window, qtbot):
    window.cover()
    press(qtbot, Qt.Key.Key_Tab)
    assert focus_name() == "uncover"


def test_files_dropped_on_the_cover_are_left_alone(window):
    window.cover()
    window.take_files((Path("/srv/a.eml"),))
    window.uncover()
    assert window.front().files == []


def test_locking_keeps_drafts_first(window, qtbot, locked):
    today = window.front()
    press(qtbot, Qt.Key.Key_L, CTRL)
    assert locked == ["locked"]
    assert today.times_left == 1


def test_looks_can_be_chosen_by_command(make_window):
    chosen = []
    window = make_window(look=chosen.append)
    window.run("dark")
    assert chosen == ["dark"]


@pytest.mark.parametrize(("percent", "width"), [(100, 1440), (100, 1024), (150, 1366), (200, 1366)])
@pytest.mark.parametrize(
    "words",
    [
        "Saved.",
        "Outlook did not hand over the message. Choose Save as in Outlook, then drop the file.",
    ],
)
def test_a_toast_lies_over_nothing(make_window, styled, *, percent, width, words):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = make_window(width, 768)
    settle(window)
    before = window.stage.geometry()
    window.saved(words, lambda: None)
    settle(window)
    toast, bar = window.toast, window.bar
    assert bar.rect().contains(toast.geometry())
    for other in (bar.menu, bar.back, bar.search, bar.cover, bar.lock):
        assert other.isHidden() or not other.geometry().intersects(toast.geometry())
    assert bar.sync.isHidden()
    assert cut_texts(window) == []
    window.toast.dismiss()
    settle(window)
    assert not bar.sync.isHidden()
    assert window.stage.geometry() == before


def test_the_search_field_shows_its_words_whole(make_window):
    for width in (1440, 1280, 1100, 1024, 800):
        window = make_window(width, 768)
        settle(window)
        search = window.bar.search
        words = search.fontMetrics().horizontalAdvance(search.placeholderText())
        assert search.width() >= words + 40


def test_pretend_screens_are_made_only_when_wanted(make_window):
    made = []
    screens = pretend_screens()
    pupils = screens["pupils"]
    screens["pupils"] = lambda frame: (made.append(1), pupils(frame))[1]
    window = make_window(screens=screens)
    assert made == []
    window.open("pupils")
    window.open("today")
    window.open("pupils")
    assert made == [1]


# ---------------------------------------------------------------- help beside the work


class PretendHelp(Overlay):
    """Says which screen it was opened over."""

    def __init__(self, host, here) -> None:
        super().__init__(host)
        self._here, self.about = here, ""

    def prepare(self, words: str) -> None:
        self.about = self._here() + words


def test_f1_shows_the_help_of_the_screen_in_front_and_the_same_key_closes_it(make_window):
    made = []

    def help_(host, here, whole):
        made.append(PretendHelp(host, here))
        return made[0]

    window = make_window(help=help_)
    window.open("pupils")
    window.run("help")
    assert made[0].isVisible()
    assert made[0].about == "pupils"
    window.run("help")
    assert not made[0].isVisible()
    window.run("help")
    window.open("today")
    assert not made[0].isVisible(), "help about another screen stays behind"


def test_without_a_manual_f1_does_nothing(make_window):
    assert not make_window().run("help")


LATE = "What you saved is safe. Its guard against an old copy was not renewed: look at the disk."
OLD = "These records are older than what this computer last saw."


def test_what_to_look_at_although_all_is_safe_is_one_quiet_line_until_it_is_settled(window):
    window.show_facts(replace(pretend_facts(), warning=LATE))
    assert window.chrome.notice_row.isVisible()
    assert window.chrome.notice.text() == LATE
    assert window.chrome.record.isHidden(), "nothing is wrong with the record"
    window.show_facts(pretend_facts())
    assert not window.chrome.notice_row.isVisible()


def test_why_nothing_can_be_saved_stands_in_the_frame_at_every_width(window):
    window.show_facts(replace(pretend_facts(), problem=(OLD, "")))
    assert window.chrome.record.isVisible()
    assert OLD in texts(window.chrome.record)
    window.resize(1024, 640)
    assert window.chrome.record.isVisible()
    window.show_facts(pretend_facts())
    assert window.chrome.record.isHidden()


def test_what_a_check_told_in_full_is_not_said_again_in_short_or_taken_back_by_a_count(window):
    window.show_record(OLD, "The first wrong entry is number 7.")
    window.show_facts(replace(pretend_facts(), problem=(OLD, "")))
    assert "number 7" in texts(window.chrome.record)
    window.show_facts(pretend_facts())
    assert window.chrome.record.isVisible()
    window.show_record("", "")
    assert window.chrome.record.isHidden()
