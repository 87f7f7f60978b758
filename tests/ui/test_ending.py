"""A line that ends otherwise than with a match: not our pupil, taught elsewhere, found again."""

import pytest
from PySide6.QtGui import QGuiApplication

from schoolsafe.domain.line_outcome import Outcome, Told
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.services.not_ours_stub import NotOurs
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.day_window import make_day, morning, open_day
from ui.morning import at, draft, find, line, notice, only_line
from ui.walk import faults

__all__ = ["make_day", "morning", "open_day"]


@pytest.fixture
def stranger(make_day):
    """One notice about nobody of ours."""
    morning = make_day(mails=False, history=False)
    morning.receive("stranger", draft(notice(line("Robin", "Exampleton"))))
    return morning


def _type(day, name: str, words: str) -> None:
    day.find(name).setFocus()
    day.keyboard.letters(words)


def _not_ours(day) -> None:
    day.click("nobody-fits")
    day.click("chip-not_ours")
    _type(day, "why-nobody", "Nobody here has this name")
    day.click("record-nobody")


def test_not_our_pupil_is_told_and_taken_out(open_day, stranger, dialogs):
    day = open_day(stranger)
    _not_ours(day)
    assert day.words("ending-heading") == "Never our pupil"
    assert "take the content out" in day.words("ending-next")
    assert "encompass@northmere.police.example" in day.words("ending-reach")
    assert "Let them say the child’s name, not you." in day.work()
    assert not day.sees("take-out")
    day.click("told-save")
    assert day.words("ending-problem") == "Enter who was told."
    _type(day, "told-who", "Sgt Marlow, Northmere Police")
    day.click("told-save")
    assert "Sgt Marlow, Northmere Police was told by phone" in day.work()
    assert "Nothing brings the rest back" in day.words("ending-stays")
    dialogs.will_answer(False)
    day.click("take-out")
    assert day.heading() == "Robin Exampleton"
    dialogs.will_answer(True)
    day.click("take-out")
    asked = dialogs.asked[-1]
    assert "Nothing brings it back." in asked[2]
    assert asked[3:] == ("Take it out for good", "Keep it for now")
    assert stranger.services.notifications.list() == ()
    (stub,) = NotOurs(stranger.services.desk).list()
    assert stub.told_to == "Sgt Marlow, Northmere Police"
    assert "Exampleton" not in day.work() + " ".join(day.rows())


def test_the_email_is_copied_under_guard_without_the_name(open_day, stranger):
    day = open_day(stranger)
    _not_ours(day)
    day.click("copy-mail")
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Notification NMP-OE-26-11-0417: not a pupil at this school\n")
    assert "xampleton" not in words
    assert "15 seconds" in day.words("mail-copied")


def test_until_it_is_out_it_can_be_taken_back(open_day, stranger):
    day = open_day(stranger)
    _not_ours(day)
    day.click("change-match")
    assert not day.sees("ending-heading")
    _view, one = only_line(stranger, "Robin")
    assert (one.no_match, one.outcome) == (None, None)


def test_a_reason_alone_is_still_enough(open_day, stranger):
    day = open_day(stranger)
    day.click("nobody-fits")
    day.keyboard.letters("No such name")
    day.press("Return")
    _view, one = only_line(stranger, "Robin")
    assert one.no_match == "No such name"
    assert day.sees("ending-heading")


def test_a_pupil_who_is_taught_elsewhere_is_passed_on_and_confirmed(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    day.click("came-to")
    day.click("chip-educated_elsewhere")
    day.click("record-nobody")
    assert day.words("came-to-problem") == "Enter the name of the other place"
    _type(day, "other-place", "The Lighthouse Centre")
    _type(day, "other-since-day", "3")
    day.click("record-nobody")
    assert "Since when" in day.words("came-to-problem")
    _type(day, "other-since-month", "9")
    _type(day, "other-since-year", "2026")
    day.click("record-nobody")
    assert day.words("ending-heading").startswith("Taught somewhere else. Since 3 September 2026")
    _type(day, "told-who", "Ms Okoro")
    day.click("told-save")
    assert not day.sees("copy-mail")
    _type(day, "told-who", "Ms Okoro")
    day.click("told-save")
    assert "Ms Okoro confirmed it by phone" in day.work()
    assert not day.sees("told-who")
    _view, maya = only_line(morning, "Maya")
    assert maya.child.placements[0].school == "The Lighthouse Centre"
    assert maya.owed is None


def test_found_and_missing_are_proposed_tied_and_told_apart(open_day, make_day):
    morning = make_day(mails=False, history=False)
    told = {"police_reference": "NM-MISS-4410"}
    missing = morning.receive(
        "missing",
        draft(notice(line("Maya", "Thornton"), kind=NoticeKind.MISSING, **told)),
    )
    found = morning.receive(
        "found",
        draft(
            notice(line("Maya", "Thornton"), kind=NoticeKind.FOUND, **told), received=at(9, 7, 40)
        ),
    )
    day = open_day(morning)
    day.window.open("today", notification=found, line=1)
    assert "Same report number NM-MISS-4410" in day.work()
    day.click(f"tie-{missing}")
    assert "Found again. Reported missing" in day.work()
    day.click(f"open-{missing}")
    assert "Found again, says the notification" in day.work()
    day.click(f"apart-{found}")
    assert morning.services.notifications.show(found).relations == ()
    assert len(morning.services.notifications.list()) == 2


SIZES = ((100, 1366, 768), (100, 1024, 640), (200, 1366, 768))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("outcome", [Outcome.NOT_OURS, Outcome.LEFT, Outcome.SEVERAL_OPEN])
def test_nothing_is_cut_and_nothing_without_a_name(open_day, stranger, styled, size, outcome):
    percent, width, height = size
    style.current().apply(styled, style.Look.LIGHT, percent)
    view, _one = only_line(stranger, "Robin")
    stranger.services.notifications.come_to(
        view.id, 1, Told(outcome, school="Elmfield Church of England School")
    )
    day = open_day(stranger, width, height)
    day.window.open("today", notification=view.id, line=1)
    day.window.show_work()
    if outcome is Outcome.SEVERAL_OPEN:
        day.click("nobody-fits")
        day.click("chip-left")
    settle(day.window)
    work = find(day.window, "work")
    assert cut_texts(work) == []
    assert faults(work) == []
