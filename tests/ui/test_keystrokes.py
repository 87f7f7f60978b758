"""The tasks of the day by keyboard only, through the real window, with their key counts (ux.md 7)."""

from datetime import date

import pytest

from schoolsafe.bootstrap.furniture import Pupils
from schoolsafe.domain.notification import Choice, Precision
from schoolsafe.services.policy import Policy
from schoolsafe.ui.day import day_screens
from schoolsafe.ui.screens.action.view import ActionScreen
from schoolsafe.ui.screens.palette.view import Palette
from schoolsafe.ui.screens.pupil_file.view import FileTools, PupilFileScreen
from ui.day_window import make_day, morning, open_day
from ui.morning import at, draft, focus_name, line, notice, only_line
from ui.pages.day import DayPage

__all__ = ["make_day", "morning", "open_day"]


def test_a_phone_call_takes_fifteen_keys(open_day, make_day):
    morning = make_day(mails=False, history=False)
    day = open_day(morning)
    keys = day.keyboard
    keys.press("Ctrl+N")
    keys.letters("effi")
    keys.press("Return")
    assert focus_name() == "call-caller"
    keys.press("Tab")
    keys.press("Space")  # last night
    keys.press("Tab")
    keys.press("Tab")
    assert focus_name() == "call-said"
    keys.free_text("Police called to the flat about 9pm. Effie in bed, not spoken to.")
    keys.press("Alt+1")
    keys.press("Ctrl+Return")

    view, one = only_line(morning, "Effie")
    assert one.child is not None
    assert one.child.id == morning.child("Effie")
    assert one.decision is not None
    assert one.decision.choice is Choice.TELL_AND_CHECK_IN
    assert view.notice.incident.date == date(2026, 11, 8)
    assert view.notice.incident.precision is Precision.OVERNIGHT
    assert view.notice.circumstances == (
        "Police called to the flat about 9pm. Effie in bed, not spoken to."
    )
    assert keys.keys <= 15


def test_triage_of_a_good_match_with_a_sibling_takes_seven_keys(open_day, morning):
    day = open_day(morning)
    keys = day.keyboard
    assert focus_name() == "today-rows"
    keys.press("Return")
    keys.press("Alt+1")
    keys.press("Alt+B")
    keys.press("Ctrl+Return")

    view, maya = only_line(morning, "Maya")
    leo = view.lines[1]
    assert [maya.child.id, leo.child.id] == [morning.child("Maya"), morning.child("Leo")]
    assert maya.decision.choice is Choice.TELL_AND_CHECK_IN
    assert leo.decision.choice is Choice.TELL_AND_CHECK_IN
    assert keys.keys <= 7
    assert day.heading() == "K. Mensah"
    assert focus_name() == "today-rows"


def test_a_mail_filed_in_and_triaged_takes_seven_keys(open_day, make_day, dialogs):
    morning = make_day(mails=False, history=False)
    told = notice(line("Tomasz", "Wisniewski", date(2016, 9, 5)))
    dialogs.will_open(morning.mail("tomasz", draft(told, received=at(9, 8, 10))))
    day = open_day(morning)
    keys = day.keyboard
    keys.press("Ctrl+O")
    assert day.heading() == "Tomasz Wisniewski"
    keys.press("Return")
    keys.press("Alt+2")
    keys.press("Ctrl+Return")

    _view, one = only_line(morning, "Tomasz")
    assert one.child.id == morning.child("Tomasz")
    assert one.decision.choice is Choice.QUIET
    assert keys.keys <= 7


def test_telling_the_class_teacher_takes_three_keys(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    day.keyboard.keys = 0
    day.press("Ctrl+T")
    assert "Do not ask about it." in day.words("slip-words")
    day.press("Return")

    assert [title for title, _pdf in morning.paper.printed] == ["Told slip"]
    slips = morning.services.told_slips.list(morning.child("Maya"))
    assert [(slip.told_to, slip.level, slip.how) for slip in slips] == [
        ("Mrs Bello", "A", "printed")
    ]
    assert day.keyboard.keys <= 3


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 640)])
def test_triage_needs_no_more_keys_in_a_small_window(open_day, morning, width, height):
    day = open_day(morning, width, height)
    for key in ("Return", "Alt+1", "Alt+B", "Ctrl+Return"):
        day.press(key)
    view, maya = only_line(morning, "Maya")
    assert maya.decision.choice is Choice.TELL_AND_CHECK_IN
    assert len(view.lines) == 2
    assert day.keyboard.keys <= 7


def test_a_call_can_be_decided_where_the_context_is_folded(open_day, make_day):
    morning = make_day(mails=False, history=False)
    day = open_day(morning, 1024, 640)
    keys = day.keyboard
    keys.press("Ctrl+N")
    keys.letters("maya")
    keys.press("Return")
    keys.press("Alt+2")
    keys.press("Ctrl+Return")
    _view, one = only_line(morning, "Maya")
    assert one.decision.choice is Choice.QUIET


def test_adding_an_action_takes_eighteen_keys(make_window, tasks, make_day):
    morning = make_day(mails=False, history=False)
    services = morning.services
    services.schools.add_person(name="Sam Okafor", role="deputy")
    tools = FileTools(morning.paper, lambda _path, _data: None, Policy())
    screens = {
        **day_screens(services, morning.outside()),
        "pupil_file": lambda frame: PupilFileScreen(frame, services, tools),
        "record_action": lambda frame: ActionScreen(frame, services),
    }
    window = make_window(
        screens=screens,
        palette=lambda host, commands, navigator: Palette(
            host,
            source=Pupils(services),
            commands=commands,
            tasks=tasks,
            open_pupil=lambda child: navigator.open("pupil_file", child=child),
        ),
    )
    window.activateWindow()
    keys = DayPage(window).keyboard
    keys.press("Ctrl+K")
    keys.letters("eff")
    keys.press("Return")
    keys.press("Ctrl+Shift+A")
    assert focus_name() == "action-what"
    keys.free_text("Ring the health visitor about the new baby")
    keys.press("Return")
    keys.letters("sa")
    keys.press("Return")
    assert focus_name() == "action-due"
    keys.letters("fri")
    keys.press("Ctrl+Return")

    (one,) = services.actions.list()
    assert (one.child, one.owner, one.due) == (
        morning.child("Effie"),
        "Sam Okafor",
        date(2026, 11, 13),
    )
    assert one.what == "Ring the health visitor about the new baby"
    assert keys.keys <= 18
    assert tasks.errors == []
