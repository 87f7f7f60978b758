"""Agencies and sharing through the real window: contacts, helplines, the log, the blanks, the area's ways."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView

from schoolsafe.domain.file_forms import BY_NAME
from schoolsafe.ui.day import day_screens
from schoolsafe.ui.screens.agencies.view import AgenciesScreen
from schoolsafe.ui.screens.file_record.view import FileRecordScreen
from ui.day_window import make_day
from ui.morning import focus_name
from ui.pages.day import DayPage
from ui.pretend import PretendPupils
from ui.walk import faults

__all__ = ["make_day"]


@pytest.fixture
def quiet(make_day):
    return make_day(mails=False, history=False)


@pytest.fixture
def files():
    return {}


def a_form(services, name, frame):
    return FileRecordScreen(frame, services, BY_NAME[name])


@pytest.fixture
def page(quiet, make_window, tasks, files):
    services = quiet.services
    screens = dict(day_screens(services, quiet.outside()))
    screens |= {
        "pupils": PretendPupils,
        "agencies": lambda frame: AgenciesScreen(frame, services, write=files.__setitem__),
        **{
            f"record_{name}": partial(a_form, services, name)
            for name in ("helpline_call", "share", "referral", "daily_meeting")
        },
    }
    window = make_window(1440, 900, screens=screens)
    window.activateWindow()
    yield DayPage(window)
    assert tasks.errors == []


def rows(page, name):
    table = page.find(name)
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        " | ".join(str(model.index(n, c).data()) for c in range(model.columnCount()))
        for n in range(model.rowCount())
    ]


def put(quiet, form, child, **values):
    return quiet.services.file_records.add(form, child, values).entities[0]


def test_a_contact_is_written_down_found_changed_confirmed_and_taken_out(page, quiet):
    page.press("Ctrl+Shift+C")
    assert focus_name() == "find-contact"
    page.write("contact-agency", "MASH")
    page.write("contact-name", "Dana Reeve")
    page.write("contact-phone", "01632 960200")
    page.press("Ctrl+Return")
    assert page.toast() == "In the contact book."
    assert rows(page, "contacts") == ["MASH | Dana Reeve | 01632 960200 | Mon 9 Nov"]
    page.write("contact-cover", "Duty desk")
    page.press("Ctrl+Return")
    assert "Stands in: Duty desk" in page.words("contact-more")
    page.write("find-contact", "police")
    assert not page.sees("contacts")
    page.find("find-contact").setText("")
    quiet.school.clock.move(days=57)  # a new term
    page.window.open("agencies", part="contacts")
    assert rows(page, "contacts")[0].endswith("Not confirmed this term")
    page.click("confirm-contact")
    assert "Not confirmed" not in rows(page, "contacts")[0]
    page.click("remove-contact")
    assert quiet.services.contacts.list() == ()
    page.press("Ctrl+Z")
    assert len(quiet.services.contacts.list()) == 1


def test_a_contact_without_an_agency_says_what_to_do(page):
    page.window.open("agencies", part="contacts")
    page.write("contact-name", "Dana")
    page.press("Ctrl+Return")
    assert "Enter the agency" in page.reads("errors")


def test_a_helpline_is_put_on_the_card_and_calls_are_counted(page, quiet):
    page.window.open("agencies", part="helplines")
    page.write("helpline-name", "Northmere advice line")
    page.write("helpline-number", "01632 960300")
    page.press("Ctrl+Return")
    (line,) = quiet.services.helplines.card()
    assert line.number == "01632 960300"
    page.click("log-helpline-call")
    assert page.words("record-heading") == "Nobody in particular"
    page.write("answer-which", "Northmere advice line")
    page.write("answer-asked", "How to begin")
    page.press("Ctrl+Return")
    assert page.toast() == "Saved."
    page.window.open("agencies", part="helplines")
    assert rows(page, "helpline-usage") == ["2026 | 1", "November 2026 | 1"]


def test_the_log_of_what_was_shared_is_read_and_saved(page, quiet, files, dialogs):
    quiet.services.printing.chronology(quiet.child("Maya"))
    page.window.open("agencies", part="shares")
    (row,) = rows(page, "shares")
    assert row.startswith("Mon 9 Nov, 8:18am | Maya Thornton | Chronology\nPrinted")
    dialogs.will_save(Path("out.csv"))
    page.click("save-shares")
    assert b"Maya Thornton" in files[Path("out.csv")]
    assert len(rows(page, "shares")) == 2


def test_the_blanks_lead_to_the_record(page, quiet):
    maya = quiet.child("Maya")
    put(quiet, "threshold", maya, level="3", since="2026-10-01", why="Agreed")
    meeting = put(quiet, "daily_meeting", maya, heard_on="2026-11-05", told="Settled")
    page.window.open("agencies", part="voice")
    assert page.words("voice-heard").startswith("Heard in the last 30 days: 0 of 1 children")
    assert rows(page, "voice-silent") == ["Maya Thornton | Never | Nobody wrote why"]
    page.click("open-unchanged")
    page.write("answer-voice_changed", "Stays with Gran on Fridays")
    page.press("Ctrl+Return")
    values = quiet.services.file_records.get(meeting).values
    assert values["voice_changed"] == "Stays with Gran on Fridays"


def test_the_areas_ways_are_set_and_show_in_the_forms(page, quiet):
    page.window.open("agencies", part="area")
    page.find("level-words-3").setText("Tier 3, targeted")
    page.find("stages").setPlainText("Informal; Worker; 2\nManagers; Team manager; 5")
    page.write("meeting-name", "MADA")
    page.write("meeting-at", "eleven")
    page.press("Ctrl+Return")
    assert "Enter when the meeting begins" in page.reads("errors")
    page.find("meeting-at").setText("11:00")
    page.press("Ctrl+Return")
    settings = quiet.services.agencies.settings()
    assert [s.days for s in settings.stages] == [2, 5]
    assert settings.levels == (("3", "Tier 3, targeted"),)
    assert settings.daily.name == "MADA"
    page.window.open("record_referral", child=quiet.child("Maya"))
    assert page.words("chip-3") == "Tier 3, targeted"


def test_names_of_the_contact_book_are_offered_where_a_form_asks_who(page, quiet):
    quiet.services.contacts.add({"agency": "MASH", "name": "Dana Reeve", "role": "Manager"})
    page.window.open("record_referral", child=quiet.child("Maya"))
    completer = page.find("answer-contact").completer()
    completer.setCompletionPrefix("reeve")
    assert completer.currentCompletion() == "Dana Reeve, Manager, MASH"


@pytest.mark.parametrize("part", ["contacts", "helplines", "shares", "voice", "strategy", "area"])
def test_every_part_has_its_names(page, quiet, part):
    maya = quiet.child("Maya")
    put(quiet, "threshold", maya, level="3", since="2026-10-01", why="Agreed")
    put(quiet, "daily_meeting", maya, heard_on="2026-11-05", told="Settled")
    quiet.services.contacts.add({"agency": "MASH", "name": "Dana"})
    page.window.open("agencies", part=part)
    assert faults(page.window) == []
