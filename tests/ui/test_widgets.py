from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from schoolsafe.ui.ranking import Pick, best, fold, rank
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets import layout, paint
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.chronology_list import ChronologyList
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem, read_date
from schoolsafe.ui.widgets.drop_zone import DropZone, empty_drop_words, files_in
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import LongText, PassphraseField, Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import focusables, scroll
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.pinned_bar import DecisionBar
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Heading, Row, RowList
from schoolsafe.ui.widgets.strip import Strip, strip_rows
from schoolsafe.ui.widgets.table import Cell, Table, TableRow, shares
from schoolsafe.ui.widgets.tabs import Tabs
from schoolsafe.ui.widgets.time_box import TimeBox, read_time, time_words
from schoolsafe.ui.widgets.toast import Toast
from ui.clip import settle
from ui.pretend import CHOICES, ENTRIES, ROWS, STRIP

MONDAY = date(2026, 11, 9)
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def show(qtbot, styled):
    def put(widget: QWidget, width: int = 480, height: int = 400) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return put


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("words", ["<b>Maya</b>", '<img src="file:///etc/passwd">', "a & b < c"])
def test_text_from_outside_is_shown_as_it_stands(show, words):
    label = show(PlainLabel(words, "h1"))
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == words


def test_a_fact_that_nobody_told_says_so(show):
    facts = show(Facts([("When", "Saturday"), ("Where", None)]))
    assert [label.text() for label in facts.findChildren(PlainLabel)] == [
        "When", "Saturday", "Where", "Not told",
    ]  # fmt: skip


def test_facts_can_be_replaced(show, qtbot):
    facts = show(Facts([("When", "Saturday")]))
    facts.show_facts([("Where", "At home")])

    def visible() -> list[str]:
        return [x.text() for x in facts.findChildren(PlainLabel) if x.isVisible()]

    qtbot.waitUntil(lambda: visible() == ["Where", "At home"])


def test_a_button_tells_its_key_in_the_tooltip_only(show):
    made = show(button("Lock", icon="lock", key="Ctrl+L"))
    assert made.toolTip() == "Lock (Ctrl+L)"
    assert made.accessibleName() == "Lock"
    assert made.shortcut().isEmpty()


# ---------------------------------------------------------------- layout


def test_a_row_of_buttons_wraps_instead_of_cutting(show):
    row = show(flow(*[button("Leave for later") for _ in range(4)]), 300)
    assert row.heightForWidth(300) > row.heightForWidth(2000)
    assert all(b.width() >= b.sizeHint().width() for b in row.findChildren(QPushButton))


def test_a_hidden_button_leaves_no_gap(show):
    first, second = button("One"), button("Two")
    row = show(flow(first, second), 600)
    first.hide()
    row.layout().activate()
    row.layout().setGeometry(row.rect())
    assert second.x() == 0


def test_a_scrolling_page_brings_the_focused_field_into_sight(show, qtbot):
    fields = [TextField(spoken=f"Field {n}") for n in range(30)]
    area = show(scroll(layout.col(*fields)), 300, 200)
    fields[-1].setFocus()
    bottom = fields[-1].mapTo(area.viewport(), QPoint(0, fields[-1].height())).y()
    assert bottom <= area.viewport().height()
    fields[0].setFocus()
    assert fields[0].mapTo(area.viewport(), QPoint(0, 0)).y() >= 0


def test_tab_stops_are_found_in_reading_order_whatever_order_they_were_made_in(show):
    last, first, middle = button("C"), button("A"), button("B")
    host = QWidget()
    host.setLayout(layout.col(first, layout.row(middle, None), last))
    show(host)
    assert [b.text() for b in focusables(host)] == ["A", "B", "C"]


# ---------------------------------------------------------------- choices and chips


def test_a_choice_is_announced_as_a_radio_button_and_nothing_is_chosen_at_first(show):
    group = show(ChoiceGroup(CHOICES))
    assert group.current() is None
    assert {role(choice) for choice in group.choices} == {QAccessible.Role.RadioButton}


def test_alt_and_a_number_chooses(show, qtbot):
    group = show(ChoiceGroup(CHOICES))
    qtbot.waitExposed(group)
    group.activateWindow()
    group.choices[0].setFocus()
    with qtbot.waitSignal(group.chosen) as said:
        qtbot.keyClick(group, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert said.args == ["quiet"]
    assert group.current() == "quiet"
    assert group.current_words() == "Quiet support"


def test_a_terse_choice_keeps_its_second_line_for_tooltip_and_screen_reader(show):
    group = show(ChoiceGroup(CHOICES))
    tall = group.choices[0].heightForWidth(400)
    group.set_terse(terse=True)
    assert group.choices[0].heightForWidth(400) < tall
    assert "A known adult sees them" in group.choices[0].toolTip()
    assert group.choices[0].accessibleDescription() == "A known adult sees them"


def test_long_choices_wrap(show):
    choice = show(ChoiceGroup((Option("a", "Tell the class teacher and check in first " * 2),)))
    one = choice.choices[0]
    assert one.heightForWidth(200) > one.heightForWidth(900)


def test_a_choice_can_be_taken_back_without_being_said(show, qtbot):
    group = show(ChoiceGroup(CHOICES))
    with qtbot.assertNotEmitted(group.chosen):
        group.set_current("not-ours")
        assert group.current() == "not-ours"
        group.set_current(None)
    assert group.current() is None


def test_chips_are_radio_buttons_and_one_is_marked(show, qtbot):
    chips = show(ChipRow([("saw", "Saw it"), ("heard", "Heard it")], spoken="Was the child there?"))
    assert chips.current() is None
    with qtbot.waitSignal(chips.chosen) as said:
        qtbot.mouseClick(chips.chip("heard"), Qt.MouseButton.LeftButton)
    assert said.args == ["heard"]
    assert chips.current() == "heard"
    assert role(chips.chip("saw")) == QAccessible.Role.RadioButton


def test_chips_keep_the_marked_one_when_their_counts_change(show):
    chips = show(ChipRow([("all", "All 8"), ("calls", "Contact 2")], chosen="calls"))
    chips.set_options([("all", "All 9"), ("calls", "Contact 3")])
    assert chips.current() == "calls"
    assert chips.chip("calls").text() == "Contact 3"


# ---------------------------------------------------------------- dates and times


def test_chips_and_boxes_always_agree(show, qtbot):
    boxes = show(DateBoxes([("Last night", date(2026, 11, 8)), ("Today", MONDAY)]))
    chips = {b.text(): b for b in boxes.findChildren(QPushButton)}
    qtbot.mouseClick(chips["Last night"], Qt.MouseButton.LeftButton)
    assert (boxes.day_box.text(), boxes.month_box.text(), boxes.year_box.text()) == (
        "8",
        "11",
        "2026",
    )
    assert chips["Last night"].property("chosen") == "true"
    boxes.day_box.setText("9")
    assert chips["Last night"].property("chosen") == "false"
    assert chips["Today"].property("chosen") == "true"
    assert role(chips["Today"]) == QAccessible.Role.PushButton


@pytest.mark.parametrize(
    ("boxes", "problem"),
    [
        (("", "", ""), DateProblem.EMPTY),
        (("27", "", "2026"), DateProblem.INCOMPLETE),
        (("31", "2", "2026"), DateProblem.IMPOSSIBLE),
        (("3", "27", "2026"), DateProblem.IMPOSSIBLE),
        (("x", "3", "2026"), DateProblem.IMPOSSIBLE),
        (("²", "3", "2026"), DateProblem.IMPOSSIBLE),
        (("27", "3", "0"), DateProblem.NONE),
        (("27", "3", "26"), DateProblem.NONE),
        (("29", "2", "2024"), DateProblem.NONE),
    ],
)
def test_an_impossible_date_is_named(boxes, problem):
    assert read_date(*boxes)[1] is problem


def test_a_two_digit_year_is_this_century():
    assert read_date("27", "3", "26")[0] == date(2026, 3, 27)


@given(st.dates(min_value=date(100, 1, 1)))
def test_every_date_survives_the_boxes(day):
    assert read_date(str(day.day), str(day.month), str(day.year)) == (day, DateProblem.NONE)


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_no_typing_breaks_the_boxes(day, month, year):
    found, problem = read_date(day, month, year)
    assert (found is None) == (problem is not DateProblem.NONE)


def test_the_sentence_for_a_date_says_what_to_do(show):
    boxes = show(DateBoxes())
    assert boxes.problem_words("Date of birth") == "Date of birth: enter a day, month and year"
    boxes.day_box.setText("31")
    boxes.month_box.setText("2")
    boxes.year_box.setText("2026")
    assert (
        boxes.problem_words("Date of birth")
        == "Date of birth must be a real date, such as 27 3 2026"
    )
    boxes.set_date(MONDAY)
    assert boxes.problem_words("Date of birth") == ""
    assert boxes.date() == MONDAY


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("10:40pm", time(22, 40)),
        ("10.40 pm", time(22, 40)),
        ("22:40", time(22, 40)),
        ("2240", time(22, 40)),
        ("9pm", time(21)),
        ("12am", time(0)),
        ("12:30pm", time(12, 30)),
        ("midday", time(12)),
        ("7:05 a.m.", time(7, 5)),
        ("9", None),
        ("25:00", None),
        ("13pm", None),
        ("0am", None),
        ("10:61", None),
        ("late", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(words, moment):
    assert read_time(words) == moment


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_a_time_in_our_words_reads_back(moment):
    assert read_time(time_words(moment)) == moment


def test_a_time_box_keeps_about(show):
    box = show(TimeBox())
    box.set_time(time(22, 40), about=True)
    assert (box.time(), box.is_about(), box.edit.text()) == (time(22, 40), True, "10:40pm")
    box.edit.setText("late")
    assert box.problem_words("Time") == "Time must be a time, such as 10:40pm or 22:40"
    box.edit.setText("")
    assert box.problem_words("Time") == ""


# ---------------------------------------------------------------- fields and errors


def test_long_text_has_five_lines_and_tab_leaves_it(show, qtbot):
    text, after = LongText(spoken="What did they say?"), button("Save")
    host = QWidget()
    host.setLayout(layout.col(text, after))
    show(host)
    assert text.height() >= 5 * text.fontMetrics().lineSpacing()
    text.setFocus()
    with qtbot.waitSignal(text.left):
        qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == ""
    assert QApplication.focusWidget() is after


def test_a_passphrase_can_be_pasted_and_shown(show, qtbot):
    field = show(PassphraseField())
    QApplication.clipboard().setText("copper lantern otter seven ridge")
    field.edit.setFocus()
    field.edit.paste()
    assert field.text() == "copper lantern otter seven ridge"
    assert field.edit.echoMode() == field.edit.EchoMode.Password
    qtbot.mouseClick(field.show_button, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() == field.edit.EchoMode.Normal
    assert field.show_button.accessibleName() == "Hide the passphrase"


def test_caps_lock_is_said_in_the_warn_ink_not_as_an_error(show):
    field = show(PassphraseField())
    field.note_letter("A", shift=False)
    assert field.caps.isVisible()
    assert (field.caps.text(), field.caps.property("role")) == ("Caps Lock is on", "warn")
    field.note_letter("7", shift=False)
    assert field.caps.isVisible()
    field.note_letter("a", shift=False)
    assert not field.caps.isVisible()
    field.note_letter("A", shift=True)
    assert not field.caps.isVisible()


def test_emptying_a_passphrase_leaves_nothing_to_undo(show):
    field = show(PassphraseField())
    field.edit.setText("secret words of five")
    field.clear()
    field.edit.undo()
    assert field.text() == ""


def test_the_error_summary_takes_the_focus_and_its_links_reach_the_field(show, qtbot):
    summary, note = ErrorSummary(), TextField(spoken="What did they say?")
    question = Question("What did they say?", note)
    host = QWidget()
    host.setWindowTitle("Log a phone call - SchoolSafe")
    host.setLayout(layout.col(summary, question))
    show(host)
    note.setText("something typed")
    summary.show_errors([FormError("Enter what the caller said", note)])
    question.show_error("Enter what the caller said")
    assert host.windowTitle() == "Error: Log a phone call - SchoolSafe"
    assert QApplication.focusWidget() is summary
    assert "Enter what the caller said" in summary.accessibleName()
    assert note.property("error") == "true"
    assert note.text() == "something typed"
    qtbot.mouseClick(summary.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is note
    summary.show_errors([])
    assert not summary.isVisible()
    assert host.windowTitle() == "Log a phone call - SchoolSafe"


def test_a_long_link_of_the_summary_wraps_and_does_not_widen_the_page(show, qtbot):
    words = "Choose what happens this morning, or save and decide later, once you have put it down"
    summary, note = ErrorSummary(), TextField(spoken="What did they say?")
    page = layout.scroll(layout.col(summary, note, None))
    show(page)
    page.resize(style.scale(360), 400)
    summary.show_errors([FormError(words, note)])
    settle(page)
    inside = page.widget()
    assert inside is not None
    assert inside.width() <= page.viewport().width()
    link = summary.findChild(QAbstractButton)
    assert link.height() >= link.heightForWidth(link.width()) > 2 * link.fontMetrics().height()
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is note


# ---------------------------------------------------------------- picker


PUPILS = tuple(
    Pick(name, name, about)
    for name, about in (
        ("Maya Thornton", "Year 4 Kingfisher"),
        ("May Ling Chu", "Year 1 Wren"),
        ("Effie Llŷr-Jones", "Year 2 Robin"),
        ("Tomasz Wiśniewski", "Year 5 Swift"),
        ("Amaya Reed", "Year 6 Heron"),
        ("Thora May", "Year 3 Lapwing"),
    )
)


def names(typed: str) -> list[str]:
    return [pick.name for pick in best(typed, PUPILS)]


def test_names_that_start_so_come_first_then_words_then_the_rest():
    assert names("may") == ["May Ling Chu", "Maya Thornton", "Thora May", "Amaya Reed"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("llyr", "Effie Llŷr-Jones"),
        ("wisn", "Tomasz Wiśniewski"),
        ("jones", "Effie Llŷr-Jones"),
        ("thorn ma", "Maya Thornton"),
        ("MAYA T", "Maya Thornton"),
        ("tohrnton", "Maya Thornton"),
        ("wisnewski", "Tomasz Wiśniewski"),
    ],
)
def test_accents_case_order_and_one_slip_do_not_hide_a_child(typed, found):
    assert names(typed)[0] == found


def test_what_fits_nobody_finds_nobody():
    assert names("zebra") == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_ranking_never_breaks(typed, name):
    assert rank(typed, name) in {None, 0, 1, 2, 3, 4}
    assert fold(fold(name)) == fold(name)


def test_typing_and_enter_picks_the_first(show, qtbot):
    picker = show(Picker(lambda typed: best(typed, PUPILS), spoken="Who is the call about?"))
    picker.edit.setFocus()
    qtbot.keyClicks(picker.edit, "effi")
    assert [pick.name for pick in picker.matches()] == ["Effie Llŷr-Jones"]
    with qtbot.waitSignal(picker.picked):
        qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.pick() == PUPILS[2]
    assert picker.text() == "Effie Llŷr-Jones, Year 2 Robin"


def test_words_that_fit_nobody_stay_as_typed(show, qtbot):
    picker = show(Picker(lambda typed: best(typed, PUPILS), spoken="Who?"))
    picker.edit.setFocus()
    qtbot.keyClicks(picker.edit, "zebra")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.pick() is None
    assert picker.text() == "zebra"


def test_typing_on_after_a_pick_unpicks(show, qtbot):
    picker = show(Picker(lambda typed: best(typed, PUPILS), spoken="Who?"))
    picker.set_pick(PUPILS[0])
    picker.edit.setFocus()
    qtbot.keyClick(picker.edit, Qt.Key.Key_End)
    qtbot.keyClicks(picker.edit, "x")
    assert picker.pick() is None


# ---------------------------------------------------------------- lists


def test_every_row_is_a_sentence(show, qtmodeltester):
    view = show(RowList(spoken="Things to do today"))
    view.show_rows(ROWS)
    qtmodeltester.check(view.rows)
    assert view.rows.index(1).data(SPOKEN) == (
        "New. Maya Thornton. Police notification. Police, Sat 10:40pm. Confirm match."
    )
    assert view.rows.index(0).data(SPOKEN) == "Before registration, 4"


def test_headings_cannot_be_chosen_but_a_folded_group_can(show):
    view = show(RowList(spoken="x"))
    view.show_rows(ROWS)
    assert not view.rows.flags(view.rows.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert view.rows.flags(view.rows.index(len(ROWS) - 1)) & Qt.ItemFlag.ItemIsSelectable


def test_the_current_row_survives_new_rows_without_being_said_again(show, qtbot):
    view = show(RowList(spoken="x"))
    view.show_rows(ROWS)
    assert view.select_first()
    assert view.current_key() == "maya"
    view.select("kai")
    with qtbot.assertNotEmitted(view.chosen):
        view.show_rows((Heading("Before registration", "1"), ROWS[2]))
    assert view.current_key() == "kai"
    view.show_rows(())
    assert view.current_key() == ""


def test_enter_opens_space_confirms_and_arrows_choose(show, qtbot):
    view = show(RowList(spoken="x"))
    view.show_rows(ROWS)
    view.select_first()
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.spaced) as spaced:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (opened.args, spaced.args, chosen.args) == (["maya"], ["maya"], ["kai"])


def test_open_next_goes_down_then_up_then_nowhere(show):
    view = show(RowList(spoken="x"))
    view.show_rows((Row("a", "A"), Row("b", "B"), Row("c", "C", gone=True)))
    assert view.key_after("a") == "b"
    assert view.key_after("b") == "a"
    view.show_rows((Row("a", "A"),))
    assert view.key_after("a") == ""


def test_a_row_that_vanished_is_a_quiet_line(show):
    view = show(RowList(spoken="x"))
    view.show_rows((Row("a", "A", gone=True),))
    assert view.rows.flags(view.rows.index(0)) == Qt.ItemFlag.NoItemFlags
    assert not view.select_first()


def test_a_state_that_does_not_fit_takes_a_line_of_its_own(show, styled):
    view = show(RowList(spoken="x"), 330)
    view.show_rows(
        (
            Row("a", "Maya", "Police", "Draft"),
            Row("b", "Maya", "Plan review, 1:15pm, and so on", "2 actions overdue"),
        )
    )
    assert view.sizeHintForRow(1) > view.sizeHintForRow(0)


def test_a_long_name_wraps_and_is_never_cut(show):
    view = show(RowList(spoken="x"), 330)
    view.show_rows(
        (
            Row("a", "Maya"),
            Row("b", "Bartholomew-Alexander Featherstonehaugh-Cholmondeley of Northmere"),
            Row("c", "X" * 200),
        )
    )
    assert view.sizeHintForRow(0) < view.sizeHintForRow(1) < view.sizeHintForRow(2)


def test_tooltips_of_rows_guess_no_markup(show):
    view = show(RowList(spoken="x"))
    view.show_rows((Row("a", "<img src=x>"),))
    assert "&lt;img" in view.rows.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_chronology_says_both_dates_and_the_words_struck_out(show, qtmodeltester):
    view = show(ChronologyList())
    view.show_entries(ENTRIES)
    qtmodeltester.check(view.entries)
    said = view.entries.index(2).data(SPOKEN)
    assert said == (
        "Wed 4 November 2026, 10:20am. Contact: Call with Mum. Staying with Aunt Rae until the 20th. "
        "Collection password changed. Earlier words, struck out: until the 12th. "
        "Corrected Thu 5 Nov: wrong date. By Priya Nair, lead."
    )
    assert "From Little Acorns Nursery, signature checked" in view.entries.index(3).data(SPOKEN)


def test_ten_thousand_chronology_rows_show_quickly(show, benchmark_ms):
    view = show(ChronologyList(), 900, 700)
    assert benchmark_ms(lambda: (view.show_entries(ENTRIES * 2500), view.grab())) < 1000


def test_lists_are_drawn_in_every_look(show, styled):
    view, table = show(RowList(spoken="x")), show(ChronologyList())
    view.show_rows(ROWS)
    view.select("plan")
    table.show_entries(ENTRIES)
    seen = set()
    for look in ("light", "dark", "contrast"):
        style.current().apply(styled, style.Look(look), 100)
        seen.add(bytes(view.grab().toImage().constBits()))
        assert not table.grab().isNull()
    assert len(seen) == 3


def test_a_table_moves_by_cell_and_speaks_its_column(show, qtbot, qtmodeltester):
    table = show(Table(["Child", "Match"], spoken="Ready to finish"))
    table.show_rows(
        [
            TableRow("a", (Cell("Maya", strong=True), Cell("Initial only", "warn"))),
            TableRow("b", (Cell("Leo"),)),
        ]
    )
    qtmodeltester.check(table.rows)
    table.select("a")
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().data(SPOKEN) == "Match: Initial only"
    with qtbot.waitSignal(table.chosen) as said:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.spaced) as spaced:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert (said.args, spaced.args) == (["b"], ["b"])
    table.show_rows([TableRow("b", (Cell("Leo"), Cell("Confirmed", "muted")))])
    assert table.current_key() == "b"
    assert not table.grab().isNull()


# ---------------------------------------------------------------- strip, banner, tabs, toast, drops


def test_the_strip_says_its_numbers_and_every_date(show):
    strip = show(Strip(narrow=True))
    strip.show_facts(STRIP)
    spoken = [label.accessibleName() for label in strip.findChildren(PlainLabel)]
    assert "2 police notifications in 30 days" in spoken
    assert "7 November 2026" in strip.drawing.accessibleDescription()
    assert strip_rows(STRIP)[0] == ("7 November 2026", "Police notification")
    assert len(strip_rows(STRIP)) == len(STRIP.notified) + len(STRIP.contacts)


def test_a_wide_strip_gives_up_its_drawing_in_a_low_window(show):
    strip = show(Strip(), 900)
    strip.show_facts(STRIP)
    strip.set_terse(terse=True)
    assert not strip.drawing.isVisible()
    strip.set_terse(terse=False)
    assert strip.drawing.isVisible()


def test_holidays_are_hatched_where_grounds_are_all_one(show, styled):
    style.current().apply(styled, style.Look.CONTRAST, 100)
    strip = show(Strip(narrow=True))
    strip.show_facts(STRIP)
    with_holidays = strip.drawing.grab().toImage()
    strip.show_facts(
        type(STRIP)(STRIP.today, STRIP.counts, STRIP.sentence, STRIP.notified, STRIP.contacts)
    )
    assert strip.drawing.grab().toImage() != with_holidays


def test_a_banner_offers_at_most_one_thing(show, qtbot):
    banner = show(
        Banner("warn", "2 notifications in 30 days.", "Sat 7 Nov", action="Record a decision")
    )
    with qtbot.waitSignal(banner.pressed):
        qtbot.mouseClick(banner.action, Qt.MouseButton.LeftButton)
    banner.say("")
    assert not banner.isVisible()


def test_parts_of_a_file_are_tabs(show, qtbot):
    tabs = show(Tabs([("chronology", "Chronology"), ("plan", "Plan")], spoken="Parts of the file"))
    assert role(tabs) == QAccessible.Role.PageTabList
    with qtbot.waitSignal(tabs.chosen) as said:
        tabs.set_current("plan")
    assert said.args == ["plan"]
    tabs.set_words("plan", "Plan 2")
    assert tabs.current() == "plan"


def test_a_toast_can_be_undone_once_and_for_ten_seconds_only(show, qtbot):
    host = show(QWidget())
    toast, undone = Toast(host), []
    toast.show_words("Saved.", lambda: undone.append(1))
    assert toast.can_undo()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()
    assert toast.undo() is False
    toast.show_words("Saved.", lambda: undone.append(2))
    assert toast._timer.interval() == 10_000
    toast._timer.timeout.emit()
    assert not toast.can_undo()
    assert undone == [1]


def mime(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def drag_and_drop(host: QWidget, data: QMimeData) -> QDropEvent:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(host, QDragEnterEvent(QPoint(9, 9), copy, data, left, plain))
    drop = QDropEvent(QPointF(9, 9), copy, data, left, plain)
    QApplication.sendEvent(host, drop)
    return drop


def test_the_whole_window_takes_files_and_nothing_else(show, qtbot, tmp_path):
    host = show(QWidget())
    zone, mail = DropZone(host), tmp_path / "friday-night.eml"
    data = mime(mail.as_uri(), "https://example.org/x.png")
    assert files_in(data) == (mail,)
    with qtbot.waitSignal(zone.dropped) as said:
        drag_and_drop(host, data)
    assert said.args == [(mail,)]
    assert not zone.is_open()


def test_an_empty_drop_says_what_to_do_in_outlook(show, qtbot):
    host = show(QWidget())
    zone = DropZone(host)
    with qtbot.waitSignal(zone.refused) as said:
        drag_and_drop(host, mime("https://example.org/x.png"))
    assert said.args == [empty_drop_words()]
    assert "Save as" in empty_drop_words()


def test_a_decision_bar_says_what_was_decided_when_it_is_one_row(show, qtbot):
    group, finish = ChoiceGroup(CHOICES, columns=2), button("Finish, open next")
    bar = show(
        DecisionBar(
            "What happens this morning?", group, buttons=(button("Leave for later"), finish)
        ),
        700,
    )
    bar.fold(folded=True)
    assert not group.isVisible()
    assert finish.isVisible()
    assert bar.chosen_words.text() == "Not decided yet"
    bar.activateWindow()
    finish.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert group.current() == "ask-first"
    assert bar.chosen_words.text() == "Ask for more detail first"
    bar.fold(folded=False)
    assert group.isVisible()
    assert finish.isVisible()


def test_no_label_of_ours_is_any_other_class(show):
    banner = show(Banner("danger", "Only Mum or Aunt Rae may collect"))
    plain = [x for x in banner.findChildren(QLabel) if x.textFormat() != Qt.TextFormat.PlainText]
    assert all(not label.pixmap().isNull() for label in plain)


@pytest.mark.parametrize("kind", [TextField, LongText])
def test_a_file_over_a_text_field_is_left_to_the_window(show, kind):
    field = show(kind(spoken="What did they say?"))
    target = field.viewport() if isinstance(field, LongText) else field
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    data = mime("file:///srv/a.eml")
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, enter)
    assert not enter.isAccepted()
    assert field.text() == ""


# ---------------------------------------------------------------- columns


@given(
    room=st.integers(0, 2000),
    columns=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 300)), min_size=1, max_size=8),
)
def test_columns_share_a_width_and_none_is_narrower_than_its_longest_word(room, columns):
    weights, least = zip(*columns, strict=True)
    made = shares(room, weights, least)
    assert all(wide >= most for wide, most in zip(made, least, strict=True))
    if sum(least) <= room:
        assert sum(made) <= room, "no scroll bar sideways where every word has room"


def test_a_field_with_an_icon_keeps_its_words_clear_of_it_when_the_text_size_changes(show, styled):
    field = show(TextField(spoken="Search", icon="search", width=190))
    style.current().apply(styled, style.Look.LIGHT, 200)
    assert field.textMargins().left() == 2 * 24
    assert field.width() == 2 * 190
    style.current().apply(styled, style.Look.LIGHT, 100)
    assert field.textMargins().left() == 24


def test_tab_reaches_the_chip_and_the_choice_that_are_chosen(show):
    chips = ChipRow([("a", "Saw it"), ("b", "Heard it"), ("c", "Not told")], chosen="c")
    group = ChoiceGroup(CHOICES, columns=1)
    host = QWidget()
    host.setLayout(layout.col(chips, group))
    show(host)
    assert [stop.objectName() for stop in focusables(host)] == [
        "chip-c",
        "choice-tell-and-check-in",
    ]
    group.set_current("quiet")
    chips.set_current("b")
    assert [stop.objectName() for stop in focusables(host)] == ["chip-b", "choice-quiet"]
    group.choose(4)
    assert focusables(host)[-1].objectName() == "choice-not-ours"


def test_a_table_as_tall_as_its_rows_comes_to_rest_at_every_width(show):
    rows = [
        TableRow(str(n), (Cell("Of these by school days and in the holiday"), Cell("fewer than 5")))
        for n in range(7)
    ]
    tables = [
        FittedTable(("How", "Notifications"), spoken="How", weights=(2, 1)) for _n in range(3)
    ]
    page = layout.scroll(layout.col(*tables, None))
    show(page, 900, 500)
    for table in tables:
        table.show_rows(rows)
    for width in range(900, 180, -37):
        page.resize(width, 500)
        settle(page)
        for table in tables:
            needs = sum(table.rowHeight(n) for n in range(len(rows)))
            assert table.height() >= needs + table.horizontalHeader().height()
            assert not table.verticalScrollBar().isVisible()


def test_words_break_inside_a_word_only_where_it_alone_is_wider(styled):
    font = QApplication.font()
    wide = QFontMetrics(font).horizontalAdvance("Public protection notice with a")
    assert paint.wrapping(font, "Public protection notice with a colour", wide) == (
        Qt.TextFlag.TextWordWrap
    )
    assert paint.wrapping(font, "Llanfairpwllgwyngyllgogerychwyrndrobwll", wide // 2) & (
        Qt.TextFlag.TextWrapAnywhere
    )
