import dataclasses
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolsafe.crypto.stream import seal_file
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Attach, NewEntry
from schoolsafe.services.policy import Policy
from schoolsafe.ui.theme import style
from ui.clip import SIZES, cut_texts, settle
from ui.files import CALL, WISH, fill, morning, open_file, saved, write
from ui.morning import at, focus_name
from ui.pages.pupil_file import FilePage
from ui.walk import R, faults, spoken
from unit.services.morning import MAIL

__all__ = ["morning", "open_file", "saved"]


@pytest.fixture
def made(morning):
    return fill(morning)


@pytest.fixture
def page(made, morning, open_file):
    return FilePage(open_file(morning))


def _tabs(page) -> list[str]:
    tabs = page.screen.banner.tabs
    return [tabs.tabText(n) for n in range(tabs.count())]


def test_the_banner_tells_who_this_is_and_never_the_pupil_number(page):
    assert page.find("pupil-name").text() == "Maya Thornton"
    about = page.find("pupil-about").text()
    assert about == "Age 8, born 14 March 2018. Year 4 Kingfisher, Mrs Bello"
    assert page.find("alert-0").text() == "Only Mum or Aunt Rae may collect, until Fri 20 Nov"
    assert page.window.windowTitle() == "Pupil file - SchoolSafe"


def test_opening_a_file_is_on_record_once(page, morning):
    before = morning.school.audit_lines()
    page.screen.presenter.refresh()
    page.chip("contact")
    assert morning.school.audit_lines() == before
    page.window.open("pupil_file", child=morning.child("Leo"))
    assert morning.school.audit_lines() == before + 1


def test_the_pattern_is_said_before_it_is_drawn(page):
    said = page.work()
    assert "151, then 27 days apart. Getting closer." in said
    drawing = page.screen.chronology.strip.drawing
    assert "11 October 2026" in drawing.accessibleDescription()


def test_the_drawing_has_a_table_behind_it(page):
    page.click("strip-table")
    rows = page.screen.chronology.dates.rows.rows
    assert rows[-1].cells[0].words == "13 May 2026"
    assert rows[-1].cells[1].words == "Police notification"
    page.click("strip-table")
    assert not page.sees("dates")


def test_entries_stand_newest_first_with_both_dates(page):
    said = page.entries()
    assert said[1].startswith("Sat 7 November 2026, 10:40pm. Police notification.")
    assert "Received Mon 9 Nov, 7:12am" in said[1]
    assert len(said) == 7


def test_a_count_is_always_said_and_a_hidden_notification_too(page):
    assert page.counted() == "7 of 7 shown. Nothing is hidden by a filter."
    assert page.hidden() == ""
    page.chip("contact")
    assert page.counted() == "1 of 7 shown. 6 hidden."
    assert page.hidden() == (
        "Hidden: Police notification, Sat 7 Nov; Police notification, Sun 11 Oct; "
        "Police notification, Wed 13 May."
    )
    page.chip("notification")
    assert page.counted() == "3 of 7 shown. 4 hidden."
    assert page.hidden() == ""
    assert not page.sees("show-hidden")


def test_what_a_filter_names_is_one_key_away(page):
    page.chip("contact")
    page.wake()
    page.keyboard.press("Alt+H")
    assert page.counted() == "4 of 7 shown. 3 hidden."
    assert page.hidden() == ""
    assert sum("Police notification" in line for line in page.entries()) == 3
    page.chip("meeting")
    assert page.counted() == "1 of 7 shown. 6 hidden."


def test_a_search_names_what_it_hides_too(page):
    page.look_for("asleep")
    assert page.counted() == "2 of 7 shown. 5 hidden."
    assert page.hidden().startswith("Hidden: Police notification, ")


def test_chips_count_what_there_is(page):
    assert page.chips() == [
        "All 7",
        "Notifications 3",
        "Concerns 1",
        "Support 1",
        "Contact 1",
        "Meetings 1",
        "Since last meeting, Mon 2 Nov",
    ]
    page.chip("since-meeting")
    assert page.counted() == "5 of 7 shown. 2 hidden."


def test_words_that_fit_nothing_leave_a_sentence(page):
    page.look_for("zebra")
    assert "No entry fits. Choose All, or look for other words." in page.work()
    page.look_for("")
    assert len(page.entries()) == 7


def test_a_correction_leaves_the_old_words_struck_through(page, made):
    page.choose(made["call"])
    page.click("correct-this")
    form = page.screen.chronology.correct
    assert form.words.text() == CALL
    form.words.setPlainText(CALL.replace("12th", "20th"))
    page.click("correct-save")
    assert page.find("correct-problem").text() == "Write why this is corrected."
    form.why.setText("wrong date")
    page.window.run("save")
    said = next(line for line in page.entries() if "20th" in line)
    assert f"Earlier words, struck out: {CALL}" in said
    assert "Corrected Mon 9 Nov by Priya Nair" in said
    assert "wrong date" in said
    assert not page.sees("correct")
    assert page.toast() == "Corrected."


def test_words_of_a_form_that_was_left_are_still_there(page, made):
    page.choose(made["call"])
    page.click("correct-this")
    page.screen.chronology.correct.words.setPlainText("half a sentence")
    page.click("correct-leave")
    page.choose(made["drawing"])
    page.choose(made["call"])
    page.click("correct-this")
    assert page.screen.chronology.correct.words.text() == "half a sentence"


def test_a_correction_that_was_not_saved_is_a_draft_on_today(page, made, morning):
    page.choose(made["call"])
    page.click("correct-this")
    page.screen.chronology.correct.words.setPlainText("Staying with Aunt Rae until the 20th.")
    page.window.open("today")
    (draft,) = morning.services.drafts.list()
    assert draft.values["child_name"] == "Maya Thornton"
    rows = [row for group in morning.services.days.view().groups for row in group.rows]
    assert "Maya Thornton" in [row.title for row in rows if "Draft" in row.state_words]
    page.window.open("pupil_file", draft=draft.key)
    form = page.screen.chronology.correct
    assert form.words.text() == "Staying with Aunt Rae until the 20th."
    form.why.setText("wrong date")
    page.click("correct-save")
    assert morning.services.drafts.list() == ()


def test_a_decision_that_was_not_saved_comes_back_too(page, morning):
    page.click("prompt-0-action")
    page.screen.chronology.decide.choices.choose(2)
    page.screen.chronology.decide.reason.setPlainText("Threshold letter")
    page.screen.left()
    page.window.open("pupil_file", child=morning.child("Leo"))
    page.window.open("pupil_file", child=morning.child("Maya"))
    form = page.screen.chronology.decide
    assert (form.choices.current(), form.reason.text()) == ("escalate", "Threshold letter")
    page.click("rule-leave")
    page.screen.left()
    assert morning.services.drafts.list() == ()


def test_nothing_is_kept_where_nothing_was_typed(page, made, morning):
    page.choose(made["call"])
    page.click("correct-this")
    page.screen.left()
    assert morning.services.drafts.list() == ()


def test_a_rule_asks_with_its_evidence_and_decides_nothing(page):
    said = page.work()
    assert "2 notifications in 30 days. Your school’s rule asks for a decision." in said
    assert "Sun 11 Oct: Children asleep upstairs." in said
    page.click("prompt-0-action")
    form = page.screen.chronology.decide
    assert form.choices.current() is None
    page.click("rule-save")
    assert page.find("rule-problem").text() == "Choose what you decided"
    form.choices.choose(1)
    page.click("rule-save")
    assert page.find("rule-problem").text().startswith("Write why")
    form.reason.setPlainText("Third notice, closer each time.")
    page.click("rule-save")
    assert "asks for a decision" not in page.work()
    assert any("Pattern looked at: refer" in line for line in page.entries())


def test_one_filled_button_while_a_form_is_open(page, made):
    page.choose(made["call"])
    page.click("correct-this")
    assert page.screen.banner.entry.kind == "plain"
    page.click("correct-leave")
    assert page.screen.banner.entry.kind == "primary"


def test_the_file_as_it_stood_on_a_day(page):
    page.click("as-of-link")
    page.click("as-of-save")
    assert page.find("as-of-problem").text() == "The day: enter a day, month and year"
    page.screen.chronology.look_back.day.set_date(date(2026, 11, 3))
    page.click("as-of-save")
    assert "As it stood at the end of Tuesday 3 November 2026" in page.work()
    assert page.counted() == "3 of 3 shown. Nothing is hidden by a filter."
    page.click("as-of-banner-action")
    assert page.counted().startswith("7 of 7")


def test_enter_on_a_notification_opens_it_where_it_is_worked_on(page, made):
    page.wake()
    page.choose(made["notice"])
    page.screen.chronology.list.setFocus()
    page.keyboard.press("Return")
    assert page.went() == ("today", {"notification": made["notice"]})


def test_an_ordinary_entry_offers_no_notification(page, made):
    page.choose(made["drawing"])
    assert not page.sees("open-notification")
    page.choose(made["notice"])
    assert page.sees("open-notification")


@pytest.mark.parametrize(("keys", "screen"), [("Ctrl+T", "told_slip"), ("Ctrl+Shift+N", "entry")])
def test_slip_and_entry_are_one_chord_away(page, morning, keys, screen):
    page.wake()
    page.keyboard.press(keys)
    assert page.went() == (screen, {"child": morning.child("Maya")})


def test_the_whole_chronology_is_printed_whatever_the_filter(page, morning):
    page.wake()
    page.chip("contact")
    before = morning.school.audit_lines()
    page.keyboard.press("Ctrl+P")
    (printed,) = morning.school.printer.printed
    assert len(printed.entries) == 7
    assert printed.hidden == 0
    assert {e.kind for e in printed.entries} >= {"Police notification", "Meeting", "Told slip"}
    assert morning.paper.printed == [("Chronology", b"%PDF-fake")]
    assert morning.school.audit_lines() == before + 1
    assert page.toast() == "Printed or saved. It is on record."


def test_where_it_fixed_that_nothing_is_printed_nothing_is(made, morning, open_file):
    page = FilePage(open_file(morning, policy=Policy(allow_print=False)))
    assert not page.sees("print-file")
    page.window.run("print")
    assert morning.paper.printed == []
    assert page.toast() == "Printing is switched off by your school’s IT."


def test_the_childs_own_words_come_first_beside_the_work(page):
    assert page.beside().startswith("In Maya’s words")
    assert WISH in page.beside()
    assert "To Priya Nair, Mon 2 Nov" in page.beside()


def test_who_may_collect_can_be_changed_and_undone(page, morning):
    page.click("change-collect")
    form = page.screen.side.form
    form.names.setText("Mum only")
    form.until.year_box.setText("26")
    form.until.month_box.setText("13")
    page.click("collect-save")
    assert page.find("collect-problem").text().startswith("The last day must be a real date")
    form.until.set_date(None)
    page.click("collect-save")
    assert page.find("alert-0").text() == "Only Mum only may collect"
    page.window.run("undo")
    row = morning.services.children.show(morning.child("Maya"))
    assert (row.may_collect, row.may_collect_until) == ("Mum or Aunt Rae", date(2026, 11, 20))


def test_a_permission_that_ended_is_said_and_no_alert(page, morning):
    morning.services.children.set_may_collect(morning.child("Maya"), "Mum", until=date(2026, 11, 6))
    page.screen.presenter.refresh()
    assert not page.sees("alert-0")
    assert "Only Mum may collect: ended Fri 6 Nov" in page.beside()


def test_many_names_do_not_fit_a_pill_and_get_a_panel(page, morning):
    names = "Mum, Aunt Rae, Grandfather Thornton, or Mrs Castellan from next door"
    morning.services.children.set_may_collect(morning.child("Maya"), names)
    page.screen.presenter.refresh()
    assert names in page.work()
    assert cut_texts(page.window) == []


def test_originals_are_listed_and_a_copy_outside_is_on_record_first(
    page,
    morning,
    dialogs,
    saved,
):
    page.screen.banner.tabs.set_current("documents")
    assert "Documents  3" in _tabs(page)
    before = morning.school.audit_lines()
    page.click("save-copy")
    page.click("copy-out-save")
    assert page.find("copy-out-problem").text() == (
        "Write why a copy is needed outside SchoolSafe."
    )
    page.find("copy-reason").setText("for the social worker")
    dialogs.will_save(None)
    page.click("copy-out-save")
    assert morning.school.audit_lines() == before
    dialogs.will_save(Path("copy.eml"))
    page.click("copy-out-save")
    assert morning.school.audit_lines() == before + 1
    assert not page.sees("copy-out")
    assert b"Subject: maya" in saved[Path("copy.eml")]
    assert "Maya" not in dialogs.asked[-1][2]
    page.click("open-document")
    assert page.went()[0] == "today"


def test_a_file_is_added_to_an_entry_by_key_and_looked_at_inside(
    page, made, morning, dialogs, tmp_path
):
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"To whom it may concern")
    page.choose(made["drawing"])
    page.wake()
    dialogs.will_open(letter)
    page.keyboard.press("Ctrl+O")
    assert page.find("add-files-which").text().startswith("Observation")
    page.find("add-files-why").setText("from the GP")
    page.click("add-files-save")
    assert page.toast() == "1 file added."
    assert any("File: letter.txt." in line for line in page.entries())
    (kept,) = morning.services.attachments.of(made["drawing"])
    assert morning.services.attachments.read(made["drawing"], kept.sha256) == letter.read_bytes()
    page.screen.banner.tabs.set_current("documents")
    table = page.screen.documents.table
    row = next(r for r in table.rows.rows if r.cells[1].words == "letter.txt")
    table.select(row.key)
    draft = dataclasses.replace(MAIL, texts=("To whom it may concern",))
    morning.services.intake.mails[b"To whom it may concern"] = draft
    page.click("look-at-document")
    assert page.find("preview-words").text() == "To whom it may concern"


def test_a_file_dropped_on_a_child_goes_to_the_current_entry_and_a_message_does_not(
    page, made, tmp_path
):
    page.choose(made["call"])
    assert page.screen.dropped((tmp_path / "scan.pdf",))
    assert page.sees("add-files")
    page.click("add-files-leave")
    assert not page.screen.dropped((tmp_path / "notice.eml",))


def test_a_file_that_is_not_whole_says_so_and_offers_nothing(page, made, morning):
    shut = seal_file(bytes(3_000_000))
    names = shut.chunk_ids
    manifest = Attach(
        made["call"], "scan.pdf", "application/pdf", shut.size, shut.sha256, shut.key.hex(), names
    )
    here = dict(zip(names[:1], shut.chunks[:1], strict=True))
    entry = NewEntry("team", "entry.attach", (manifest,), subject=morning.child("Maya"))
    morning.services.desk.journal.append([entry], chunks=here)
    page.screen.presenter.refresh()
    assert any("scan.pdf (not all of it is here yet)" in line for line in page.entries())
    page.screen.banner.tabs.set_current("documents")
    table = page.screen.documents.table
    row = next(r for r in table.rows.rows if r.cells[1].words == "scan.pdf")
    assert row.cells[4].words == "Not all here: 1 of 3 parts. The rest is on another computer."
    table.select(row.key)
    assert not page.sees("save-copy")
    assert not page.sees("look-at-document")


def test_the_words_of_the_child_can_be_corrected_and_stay(page, made):
    page.choose(made["drawing"])
    page.click("correct-this")
    form = page.screen.chronology.correct
    form.parts.chip("child_words").click()
    assert form.words.text() == "Does Dad know where school is?"
    form.words.setPlainText("Does Dad know where my school is?")
    form.why.setText("misheard")
    page.click("correct-save")
    said = next(line for line in page.entries() if "my school" in line)
    assert "In the child’s words: Does Dad know where school is?" in said
    assert "misheard" in said


def test_what_was_told_can_end(page, made):
    page.screen.banner.tabs.set_current("told")
    assert "Told  1" in _tabs(page)
    cells = [cell.words for cell in page.screen.told.table.rows.rows[0].cells]
    assert cells[1:] == [
        "Mrs Bello",
        "Maya may need a quiet start today. Do not ask about it.",
        "Mon 9 Nov",
    ]
    page.click("end-slip")
    assert page.screen.told.table.rows.rows[0].cells[3].words == "Ended"
    assert not page.sees("end-slip")
    assert page.screen.banner.tabs.tabText(3) == "Told"


def test_a_child_with_nothing_on_record_says_so(morning, open_file):
    page = FilePage(open_file(morning, "Bea"))
    assert "Nothing on record about Bea yet." in page.work()
    assert "Nobody is named: the school’s usual rules hold." in page.beside()
    page.screen.banner.tabs.set_current("documents")
    assert "No documents." in page.work()
    page.screen.banner.tabs.set_current("told")
    assert "Nobody without a login was told anything." in page.work()


def test_a_child_who_is_gone_leaves_a_quiet_line(page):
    page.window.open("pupil_file", child="child:0000000000000000")
    assert page.find("file-gone").text() == "There is no such pupil here."
    page.window.run("print")
    page.window.run("told-slip")
    assert page.window.stage.here == "pupil_file"


def test_what_somebody_else_writes_appears_by_itself(page, morning, tasks):
    write(morning, at(9, 8, 17), EntryKind.CONCERN, "Very quiet at the door.")
    from schoolsafe.services.changes import Topic

    tasks.bus.changed({Topic.CHRONOLOGY})
    assert any("Very quiet at the door." in line for line in page.entries())
    assert "Concerns 2" in page.chips()


def test_another_child_opens_without_the_filter_of_the_last(page, morning):
    page.chip("contact")
    page.look_for("Rae")
    page.window.open("pupil_file", child=morning.child("Kai"))
    page.window.open("pupil_file", child=morning.child("Maya"))
    assert page.counted().startswith("7 of 7")
    assert page.screen.chronology.search.text() == ""


def test_the_focus_begins_in_the_entries_and_goes_round_by_tab(page):
    page.wake()
    now = QApplication.focusWidget()
    assert now.objectName() == "file-chronology"
    order = [w.objectName() for w in page.window.stage.body().order()]
    wanted = ["told-slip", "add-entry", "file-tabs", "prompt-0-action", "find-in-file"]
    wanted += ["file-chronology", "as-of-link", "change-collect"]
    assert [name for name in order if name in wanted] == wanted


def test_everything_has_a_name_and_rows_are_sentences(page, made):
    page.choose(made["call"])
    page.click("correct-this")
    page.click("change-collect")
    assert faults(page.window) == []
    rows = [name for role, name in spoken(page.screen.chronology.list) if role == R.ListItem]
    assert all(row.endswith(".") for row in rows)


@pytest.mark.parametrize(("percent", "width", "height"), SIZES)
def test_nothing_in_the_file_is_cut(
    made,
    morning,
    open_file,
    styled,
    *,
    percent,
    width,
    height,
):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = FilePage(open_file(morning, width=width, height=height))
    settle(page.window)
    assert cut_texts(page.window) == []
    page.choose(made["notice"])
    for part in ("documents", "told"):
        page.screen.banner.tabs.set_current(part)
        settle(page.window)
        assert cut_texts(page.window) == [], part


def test_no_part_of_a_file_flashes_as_a_window_of_its_own(morning, open_file, shown_windows):
    fill(morning)
    window = open_file(morning)
    settle(window)
    assert shown_windows == ["main-window"]
    assert focus_name() == "file-chronology"


def test_esc_clears_what_is_looked_for_and_turns_back_from_a_form_without_losing_words(page, qtbot):
    page.screen.chronology.search.setFocus()
    page.screen.chronology.search.setText("peg")
    page.window.close_front()
    assert page.screen.chronology.search.text() == ""
    page.screen.chronology.begin_correction()
    page.window.close_front()
    assert page.screen.chronology.form() is None
    page.screen.chronology.begin_correction()
    form = page.screen.chronology.form()
    assert form is not None
    page.screen.chronology.correct.take("Other words", "Wrong day")
    page.window.close_front()
    assert page.screen.chronology.form() is form, "words were typed"
    assert QApplication.focusWidget() is form.cancel
    page.window.close_front()
    assert page.screen.chronology.form() is None
    page.click("change-collect")
    page.window.close_front()
    assert not page.screen.side.form.isHidden()
    page.window.close_front()
    assert page.screen.side.form.isHidden()
