from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtWidgets import QApplication

from fakes.security import FakeDressing, FakeSecurity
from house import MONDAY, School, make_school
from schoolsafe.domain.notification import Choice
from schoolsafe.services.policy import Policy
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.ui.appearance import Dresser
from schoolsafe.ui.screens.settings.shown import (
    Part,
    check_shown,
    minutes_offered,
    progress_words,
)
from schoolsafe.ui.screens.settings.view import SettingsScreen, SettingsTools
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.morning import FakePaper
from ui.pages.settings import SettingsPage
from ui.walk import faults

NEW = "maple harbour candle sixteen finch"


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    made.services.children.add(surname="Thornton", forename="Maya", class_name="Kingfisher")
    yield made
    made.close()


@pytest.fixture
def security() -> FakeSecurity:
    return FakeSecurity(now=MONDAY)


@pytest.fixture
def dressing() -> FakeDressing:
    return FakeDressing()


@pytest.fixture
def paper() -> FakePaper:
    return FakePaper()


@pytest.fixture
def open_settings(make_window, tasks, *, school, security, dressing, paper):
    def open_(*, policy: Policy | None = None, dresser=None, width=1440, height=900, **args):
        tools = SettingsTools(dresser or dressing, security, paper, policy or Policy())
        services = school.services
        screens = {
            "today": Elsewhere,
            "settings": lambda frame: SettingsScreen(frame, services, tools),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open("settings", **args)
        return SettingsPage(window)

    yield open_
    assert tasks.errors == []


@pytest.fixture
def page(open_settings):
    return open_settings()


def test_the_list_says_what_stands_in_each_part(page):
    assert page.parts() == [
        "School day and terms. 8:45am to 3:15pm, 6 terms.",
        "Classes and teachers. 1 class.",
        "Appearance. Same as this computer, 100 %.",
        "The four choices. What happens this morning.",
        "Mail sources. Off.",
        "Sealed notices. None yet.",
        "Your way in. Locks after 5 minutes. Try your recovery sheet.",
        "How areas write. Forms and letters of your police and council.",
        "Protocol cards. What your police asks of schools. None chosen yet.",
        "Cover and contact card. Who looks, on which dates. Nobody covering.",
        "Agencies and sharing. Contacts, helplines, levels, stages.",
        page.parts()[-1],
    ]
    assert page.parts()[-1].startswith("The record. ")


# the school day ----------------------------------------------------------------------------------


def test_the_school_day_can_be_changed_and_undone(page, school):
    page.write("set-start", "8:30am")
    page.write("set-terms", "Autumn 1: 1 9 2026 to 23 10 2026\nAutumn 2: 2 11 2026 to 18 12 2026")
    page.write("set-closed", "4 11 2026 to 5 11 2026 flood")
    page.save()
    site = school.services.calendars.show()
    assert site.start == time(8, 30)
    assert [(t.name, t.last) for t in site.terms] == [
        ("Autumn 1", date(2026, 10, 23)),
        ("Autumn 2", date(2026, 12, 18)),
    ]
    assert [c.date.day for c in site.closed] == [4, 5]
    assert page.toast() == "School day saved."
    page.window.run("undo")
    assert school.services.calendars.show().start == time(8, 45)
    assert len(school.services.calendars.show().terms) == 6


def test_what_was_understood_is_read_back_while_it_is_typed(page):
    page.write("set-terms", "Autumn 1: 1/9/26 - 23/10/26")
    assert page.find("terms-understood").text() == (
        "Read as:\nAutumn 1: Tuesday 1 September 2026 to Friday 23 October 2026"
    )


def test_dates_that_cannot_be_are_said_and_nothing_is_saved(page, school):
    page.write("set-start", "soon")
    page.write("set-end", "9")
    page.write("set-terms", "Autumn 1: 1 9 2026\n30 2 2027 to 1 4 2027")
    page.write("set-closed", "some day")
    page.save()
    assert page.problems() == [
        "Enter when registration begins, such as 8:45am",
        "Enter when the school day ends, such as 3:15pm",
        "Line 1: write two dates, such as 2 11 2026 to 18 12 2026",
        "Line 2: write two dates, such as 2 11 2026 to 18 12 2026",
        "Line 1: write a date, such as 27 3 2026, then what it is",
    ]
    assert page.find("set-terms").text().startswith("Autumn 1: 1 9 2026")
    assert school.services.calendars.show().start == time(8, 45)


def test_a_day_that_ends_before_it_begins_is_refused(page):
    page.write("set-end", "8:00am")
    page.write("set-terms", "")
    page.save()
    assert page.problems() == [
        "The school day must end after it begins",
        "Enter at least one term",
    ]


def test_bank_holidays_of_another_nation_stay_chosen(page, school):
    page.screen.days.division.set_current("scotland")
    page.save()
    assert school.services.calendars.show().division == "scotland"
    page.write("set-start", "9:00am")
    page.save()
    assert school.services.calendars.show().division == "scotland"


def test_saving_what_is_the_same_says_so(page):
    page.save()
    assert page.toast() == "Nothing was changed."


# classes -----------------------------------------------------------------------------------------


def test_who_meets_a_class_first_is_set_here(page, school):
    page.go(Part.CLASSES)
    assert page.find("class-heading").text() == "Kingfisher"
    page.write("class-teacher", "Mrs Bello")
    page.write("class-first", "Mr Okafor, breakfast club")
    page.save()
    (kingfisher,) = school.services.children.classes()
    assert (kingfisher.teacher, kingfisher.room) == ("Mrs Bello", None)
    assert kingfisher.first_adult == "Mr Okafor, breakfast club"
    assert page.toast() == "Class saved."


def test_a_school_without_classes_says_where_they_come_from(page):
    page.go(Part.CLASSES)
    page.screen.classes.show_classes(())
    assert "No classes yet. Bring in a pupil list, and they stand here." in page.said()
    assert not page.sees("save-class")


# appearance --------------------------------------------------------------------------------------


def test_colours_change_at_once(page, dressing):
    page.go(Part.LOOKS)
    page.screen.looks.look.choose(3)
    assert dressing.now.look == "dark"
    assert "Dark, 100 %" in page.parts()[2]


def test_the_text_size_rebuilds_the_window_and_comes_back_to_this_part(open_settings, styled, qapp):
    page = open_settings(dresser=Dresser(qapp))
    page.go(Part.LOOKS)
    page.screen.looks.percent.chip("150").click()
    settle(page.window)
    assert style.current().percent == 150
    assert page.screen.stack.currentWidget() is page.screen.looks
    assert page.screen.looks.percent.current() == "150"


# the four choices --------------------------------------------------------------------------------


def test_the_choices_can_be_reworded_and_none_can_be_emptied(page, school):
    page.go(Part.CHOICES)
    page.write("choice-words-2", "Keep an eye out")
    page.write("choice-words-3", "")
    page.save()
    assert page.problems() == ["Enter words for every choice"]
    page.write("choice-words-3", "Ring them first")
    page.save()
    words = {one.choice: one.words for one in school.services.schools.choices()}
    assert words[Choice.QUIET] == "Keep an eye out"
    page.click("usual-words")
    assert page.find("choice-words-2").text() == "Quiet support"
    page.save()
    words = {one.choice: one.words for one in school.services.schools.choices()}
    assert words[Choice.QUIET] == "Quiet support"


def test_a_consequence_has_room_for_26_letters(page):
    page.go(Part.CHOICES)
    page.write("choice-second-1", "A known adult sees them at the gate")
    page.save()
    assert page.problems() == [
        "“A known adult sees them at the gate” has 35 letters; there is room for 26"
    ]


# the way in --------------------------------------------------------------------------------------


def test_it_locks_after_one_to_fifteen_minutes_and_never_off(page, dressing):
    page.go(Part.SECURITY)
    page.screen.security.minutes.chip("10").click()
    assert dressing.now.idle_minutes == 10
    assert page.toast() == "Locks after 10 minutes without a key."
    assert "Locks after 10 minutes" in page.parts()[6]


def test_what_it_has_fixed_is_shown_and_kept_to(open_settings):
    policy = Policy(lock_minutes=3, allow_print=False, update_channel="stable")
    page = open_settings(policy=policy, part="security")
    said = page.said()
    assert "Set by your school’s IT" in said
    assert "3 minutes at most" in said
    assert "Switched off" in said
    assert not page.sees("chip-5")
    assert page.sees("chip-3")


def test_the_passphrase_is_changed_with_the_old_one_once_more(page, security):
    page.go(Part.SECURITY)
    page.click("change-passphrase")
    assert page.problems() == [
        "Enter your passphrase as it is now",
        "Enter a passphrase, or let one be made",
    ]
    page.write("old-passphrase", "wrong")
    page.write("next-passphrase", NEW)
    page.write("next-passphrase-again", NEW)
    page.click("change-passphrase")
    assert page.problems() == ["This is not the passphrase."]
    page.write("old-passphrase", "copper lantern otter seven ridge")
    page.click("change-passphrase")
    assert security.passphrase == NEW
    assert page.find("old-passphrase").text() == ""
    assert page.find("next-passphrase").text() == ""
    assert page.toast().startswith("Passphrase changed.")


def test_a_new_passphrase_that_will_not_do_leaves_the_old_one(page, security):
    page.go(Part.SECURITY)
    page.write("old-passphrase", security.passphrase)
    page.write("next-passphrase", "short")
    page.write("next-passphrase-again", "short")
    page.click("change-passphrase")
    assert page.problems() == ["A passphrase has at least 15 characters or five words."]
    assert security.passphrase == "copper lantern otter seven ridge"


def test_its_strength_knows_the_school_and_the_person(page):
    page.go(Part.SECURITY)
    page.write("next-passphrase", "priya nair of ashgrove primary school")
    assert page.find("strength").text() == "Too easy to guess"
    page.click("make-passphrase")
    assert page.find("next-passphrase").text() == NEW
    assert page.find("strength").text() == "Very strong"


def test_what_was_typed_goes_when_a_person_goes_elsewhere(page):
    page.go(Part.SECURITY)
    page.write("old-passphrase", "half of it")
    page.window.open("today")
    page.window.open("settings", part="security")
    assert page.find("old-passphrase").text() == ""


def test_the_sheet_is_tried_by_typing_its_key(page, security):
    page.go(Part.SECURITY)
    assert "Not tried yet." in page.said()
    page.click("try-sheet")
    assert page.problems() == ["Type the 30 letters and figures of your sheet"]
    page.write("sheet-key", "ABCDE-FGHJK")
    page.click("try-sheet")
    assert page.problems() == ["This is not the key of this record's sheet."]
    page.write("sheet-key", "abcde fghjk mnpqr stvwx yz012 34567")
    page.click("try-sheet")
    assert page.toast() == "The sheet works."
    assert "Tried on 9 November 2026, and it works." in page.said()
    assert "Try your recovery sheet" not in page.parts()[6]


def test_a_new_sheet_makes_the_old_one_worthless_and_must_be_tried(page, security, paper):
    before = security.key
    page.go(Part.SECURITY)
    page.click("new-recovery-sheet")
    assert page.problems() == ["Enter your passphrase"]
    page.write("sheet-passphrase", "wrong")
    page.click("new-recovery-sheet")
    assert page.problems() == ["This is not the passphrase."]
    page.write("sheet-passphrase", security.passphrase)
    page.click("new-recovery-sheet")
    assert security.key != before
    assert paper.printed == [("Recovery sheet", f"%PDF {security.key}".encode())]
    assert security.key not in page.said()
    assert "Not tried yet." in page.said()


def test_a_new_sheet_that_was_not_printed_is_said_plainly(page, security, paper):
    paper.turns_back = True
    page.go(Part.SECURITY)
    page.write("sheet-passphrase", security.passphrase)
    page.click("new-recovery-sheet")
    assert page.problems() == ["The new sheet was not printed, and the old one opens nothing more."]


def test_a_secret_in_a_file_is_said_with_its_weakness(open_settings, security):
    security._in_file = True
    page = open_settings(part="security")
    assert "secret lies in a file" in page.said()


# the record --------------------------------------------------------------------------------------


def test_verify_answers_first_and_says_what_it_cannot_tell(page):
    page.go(Part.RECORD)
    assert not page.sees("verify-answer")
    page.save()
    said = page.said()
    assert "Nothing has been changed or taken out." in said
    assert "Every signature, every attachment and every page of the file." in said
    assert "Whether what was written was true." in said
    assert page.find("verify").text() == "Verify again"


def test_a_record_that_was_changed_says_where_and_whom_to_call(page, school):
    page.go(Part.RECORD)
    wrong = Verified(
        ok=False,
        rows=12,
        feeds=1,
        first_bad="row 7",
        anchor="ahead",
        projections_match=False,
    )
    page.screen.record.show_check(check_shown(wrong, at=MONDAY, deep=True))
    said = page.said()
    assert "Something was changed or taken out. The first wrong place: row 7." in said
    assert "call your IT" in said
    assert "knows entries that are not in it any more" in said
    assert page.screen.record.answer.property("panel") == "danger"


def test_a_record_open_for_reading_only_says_why(page, school, monkeypatch):
    page.go(Part.RECORD)
    why = "An older copy of the record was put back."
    monkeypatch.setattr(type(school.services.records), "problem", property(lambda _self: why))
    page.screen.presenter.refresh()
    assert page.find("record-problem").words.text() == why
    assert "You can read everything." in page.said()
    assert page.parts()[-1].endswith("Read only.")


@pytest.mark.parametrize(
    ("most", "offered"), [(1, (1,)), (4, (1, 2, 3)), (15, (1, 2, 3, 5, 10, 15))]
)
def test_lock_times_stay_within_what_it_allows(most, offered):
    assert minutes_offered(Policy(lock_minutes=most)) == offered


# the window --------------------------------------------------------------------------------------


def test_the_keyboard_reaches_a_part_and_its_first_field(page):
    page.wake()
    page.keyboard.press("Down")
    page.keyboard.press("Down")
    assert page.screen.stack.currentWidget() is page.screen.looks
    page.keyboard.press("Return")
    assert QApplication.focusWidget().objectName() == "choice-system"


@pytest.mark.parametrize("part", list(Part))
def test_every_part_is_named_and_nothing_is_cut(page, part):
    page.go(part)
    assert faults(page.window) == []
    assert cut_texts(page.window) == []


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 1024, 640), (200, 1366, 768)])
def test_no_part_is_cut_where_there_is_little_room(
    open_settings, styled, *, percent, width, height
):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = open_settings(
        width=width, height=height, policy=Policy(lock_minutes=10, update_channel="stable")
    )
    settle(page.window)
    assert cut_texts(page.window) == []
    page.window.show_work()
    for part in Part:
        page.go(part)
        page.save()
        settle(page.window)
        assert cut_texts(page.window) == [], part


def test_a_long_check_says_how_far_it_is_and_can_be_stopped(page):
    page.go(Part.RECORD)
    page.screen.show_busy("Checking every entry")
    page.screen.show_progress(progress_words(1200, 4000), 1200, 4000, aloud=True)
    assert "Checking every entry: 1,200 of 4,000" in page.said()
    assert not page.find("verify").isEnabled()
    page.click("verify-stop")
    assert not page.sees("verify-stop")
    assert page.find("verify").isEnabled()
    assert "lists on screen" in progress_words(4000, 4000)


def test_a_named_part_is_shown_also_where_there_is_room_for_one_pane(styled, open_settings):
    style.current().apply(styled, style.Look.LIGHT, 200)
    page = open_settings(part="record", width=1366, height=768)
    assert page.sees("verify")
