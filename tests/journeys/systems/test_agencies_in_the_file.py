"""What agencies owe, restricted papers and grades as sent, in the window: the pupil file and its forms."""

from datetime import timedelta
from functools import partial

import pytest

from schoolsafe.domain.file_forms import BY_NAME
from schoolsafe.domain.notification import Risk
from schoolsafe.services.policy import NOTHING_FIXED
from schoolsafe.ui.day import day_screens
from schoolsafe.ui.screens.file_record.kinds import KindsScreen
from schoolsafe.ui.screens.file_record.view import FileRecordScreen
from schoolsafe.ui.screens.pupil_file.view import FileTools, PupilFileScreen
from ui.morning import FakePaper, draft, focus_name, line, notice
from ui.pages.day import DayPage


@pytest.fixture
def quiet(make_day):
    return make_day(mails=False, history=False)


def a_form(services, name, frame):
    return FileRecordScreen(frame, services, BY_NAME[name])


@pytest.fixture
def paper():
    return FakePaper()


@pytest.fixture
def file(quiet, make_window, tasks, paper):
    services = quiet.services
    tools = FileTools(
        paper, lambda _path, _data: None, NOTHING_FIXED, read=lambda path: path.read_bytes()
    )
    screens = dict(day_screens(services, quiet.outside()))
    screens |= {
        "pupil_file": lambda frame: PupilFileScreen(frame, services, tools),
        "record_kinds": KindsScreen,
        **{
            f"record_{name}": partial(a_form, services, name)
            for name in ("referral", "marac", "threshold", "daily_meeting")
        },
    }
    window = make_window(1440, 900, screens=screens)
    window.activateWindow()
    yield DayPage(window)
    assert tasks.errors == []


def put(quiet, form, **values):
    return quiet.services.file_records.add(form, quiet.child("Maya"), values).entities[0]


def open_file(file, quiet):
    file.window.open("pupil_file", child=quiet.child("Maya"))


def a_referral(quiet):
    sent = quiet.services.desk.now() - timedelta(days=5)
    return put(quiet, "referral", to="mash", sent_at=sent.isoformat(), why="Worried")


def test_what_an_agency_owes_opens_from_the_file_and_goes_with_the_answer(file, quiet):
    a_referral(quiet)
    open_file(file, quiet)
    assert "Referral: No decision, sent Wed 4 Nov" in file.beside()
    file.click("owed-0-action")
    assert focus_name() == "answer-reference"
    file.write("answer-decision", "Assessment")
    file.press("Ctrl+Return")
    assert "No decision" not in file.beside()


def test_a_record_opens_from_its_row_of_the_chronology(file, quiet):
    a_referral(quiet)
    open_file(file, quiet)
    assert focus_name() == "file-chronology"
    file.press("Return")
    assert file.words("record-heading") == "Maya Thornton"
    assert focus_name() == "answer-reference"


def test_record_stands_beside_add_entry(file, quiet):
    open_file(file, quiet)
    file.click("record-something")
    assert focus_name() == "record-kinds"


def test_what_is_owed_stands_on_today_and_opens_its_form(file, quiet):
    a_referral(quiet)
    file.window.open("today")
    assert [row for row in file.rows() if "No decision, sent Wed 4 Nov" in row]
    file.press("Return")
    assert file.words("record-heading") == "Maya Thornton"


def test_a_print_says_what_stays_out_and_asks_why_before_it_takes_it_in(file, quiet, paper):
    put(quiet, "marac", heard_on="2026-11-05", told="Quiet")
    open_file(file, quiet)
    file.press("Ctrl+P")
    assert file.words("print-restricted-count") == "1 restricted paper is not printed."
    assert paper.printed == []
    file.click("print-now")
    assert len(paper.printed) == 1
    file.press("Ctrl+P")
    file.click("print-restricted")
    file.click("print-now")
    assert len(paper.printed) == 1  # a tick without a reason prints nothing
    file.write("print-restricted-why", "Asked by the court")
    file.click("print-now")
    assert len(paper.printed) == 2
    shares = quiet.services.share_log.list(quiet.child("Maya"))
    assert sorted(one.why for one in shares) == ["", "Asked by the court"]


def test_the_banner_of_a_restricted_form_says_so(file, quiet):
    file.window.open("record_marac", child=quiet.child("Maya"))
    assert "prints only where you tick it" in file.reads("record-restricted")


def test_the_grade_stands_beside_the_file_as_it_was_sent(file, quiet):
    maya = line("Maya", "Thornton")
    risk = Risk(tool="PPN_RAG", tool_as_sent="PPN", grade_as_sent="amber")
    quiet.services.notifications.match(
        quiet.receive("amber", draft(notice(maya, risk=risk))), 1, quiet.child("Maya")
    )
    open_file(file, quiet)
    assert file.words("risk-as-sent-0") == "amber / PPN, Sat 7 Nov"


def test_the_level_of_need_that_holds_stands_beside_the_file(file, quiet):
    open_file(file, quiet)
    assert file.words("file-level") == "Not recorded"
    put(quiet, "threshold", level="3", since="2026-10-12", why="Agreed", plan="Child in need")
    open_file(file, quiet)
    words = "Level 3, child in need, since 12 October 2026. Child in need"
    assert file.words("file-level") == words
