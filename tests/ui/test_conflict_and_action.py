"""What two people changed, and an action that is done: in a real window, by keyboard."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from house import School, make_school
from schoolsafe.domain.action import Standing
from schoolsafe.services.action import ActionForm
from schoolsafe.ui.screens.action.view import ActionScreen
from schoolsafe.ui.screens.conflict.view import ConflictScreen
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.walk import faults
from unit.services.morning import from_another_computer

SIZES = ((1366, 768), (1024, 640))


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    yield made
    made.close()


@pytest.fixture
def action(school) -> str:
    maya = school.pupil("Maya", "Thornton")
    form = ActionForm(maya, "Ring the health visitor", "Sam Okafor", date(2026, 11, 20))
    return school.services.actions.add(form).entities[0]


@pytest.fixture
def open_screen(make_window, tasks, school) -> Iterator[Callable[..., QWidget]]:
    def open_(screen: str, *, width: int = 1366, height: int = 768, **args: object) -> QWidget:
        services = school.services
        screens = {
            "today": Elsewhere,
            "pupil_file": Elsewhere,
            "record_action": lambda f: ActionScreen(f, services),
            "record_conflict": lambda f: ConflictScreen(f, services),
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", ["record_action", "record_conflict"])
def test_every_control_has_a_name_and_no_words_are_cut(open_screen, school, action, screen, size):
    school.services.actions.change(action, owner="Sam Okafor", due=date(2026, 11, 18))
    from_another_computer(school, action, "due", "2026-11-12")
    given = {"record": action} if screen == "record_action" else {}
    window = open_screen(screen, width=size[0], height=size[1], **given)
    assert faults(window) == []
    assert cut_texts(window) == []


def test_one_of_two_values_is_chosen_with_a_reason(open_screen, school, action):
    school.services.actions.change(action, owner="Sam Okafor", due=date(2026, 11, 18))
    from_another_computer(school, action, "due", "2026-11-12")
    window = open_screen("record_conflict")
    assert _find(window, "conflict-value-0").text() == "20 November 2026"
    use = _find(window, "use-2")
    use.setFocus()
    QTest.keyClick(use, " ")
    settle(window)
    assert len(school.services.conflicts.list()) == 1
    why = _find(window, "conflict-why")
    why.setFocus()
    QTest.keyClicks(why, "She is away until then")
    use = _find(window, "use-2")
    use.setFocus()
    QTest.keyClick(use, " ")
    settle(window)
    assert school.services.conflicts.list() == ()
    assert school.services.actions.get(action).due == date(2026, 11, 18)
    assert _find(window, "conflict-nothing").isVisible()


def test_an_action_is_done_with_its_outcome_and_one_key(open_screen, school, action):
    window = open_screen("record_action", record=action)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "action-outcome"
    QTest.keyClicks(focus, "She visits on Tuesday")
    window.run("save")
    settle(window)
    one = school.services.actions.get(action)
    assert (one.standing, one.outcome) == (Standing.DONE, "She visits on Tuesday")


def test_a_missing_owner_is_said_and_what_was_typed_stays(open_screen, school, action):
    child = school.services.actions.get(action).child
    window = open_screen("record_action", child=child)
    QTest.keyClicks(_find(window, "action-what"), "Ask Nan")
    QTest.keyClicks(_find(window, "action-due"), "14 11")
    assert _find(window, "action-due-read").text() == "Saturday 14 November 2026"
    window.run("save")
    settle(window)
    assert (
        "Enter who does it" in _find(window, "errors").accessibleDescription()
        or _find(window, "errors").isVisible()
    )
    assert _find(window, "action-what").text() == "Ask Nan"
    assert len(school.services.actions.list()) == 1
