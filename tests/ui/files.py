"""A window over one pupil's file in the pretend school of a Monday. Imported by the tests of the pupils' screens."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schoolsafe.domain.chronology import EntryKind
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.policy import Policy
from schoolsafe.ui.screens.pupil_file.view import FileTools, PupilFileScreen
from schoolsafe.ui.shell import MainWindow
from ui.morning import Morning, at, make_morning
from ui.pretend import PretendPupils

CALL = "Staying with Aunt Rae until the 12th. Collection password changed."
WISH = "I want my own peg at breakfast club and not to talk in class."


class Elsewhere(PretendPupils):
    """Any other screen: keeps what it was opened with."""

    def __init__(self, frame) -> None:
        super().__init__(frame)
        self.args: list[dict[str, object]] = []

    def opened(self, **args: object) -> None:
        self.args.append(args)


def confirm_newest(morning: Morning) -> str:
    """The notice of the night is about Maya: confirmed by a person."""
    work = morning.services.notifications
    for row in work.list():
        view = work.show(row.id)
        if view.lines[0].facts.name_as_sent.startswith("Maya") and view.lines[0].child is None:
            work.match(row.id, 1, morning.child("Maya"))
            return row.id
    message = "no notice to confirm"
    raise AssertionError(message)


def write(morning: Morning, moment, kind: EntryKind, text: str, **more) -> str:
    """An entry of another day."""
    clock = morning.school.clock
    now, clock.at = clock.at, moment
    made = morning.services.chronologies.add(EntryForm(morning.child("Maya"), kind, text, **more))
    clock.at = now
    return made.entities[0]


def fill(morning: Morning) -> dict[str, str]:
    """Maya's file as in the pictures: three notices, an observation, a call, a meeting, a slip."""
    made = {"notice": confirm_newest(morning)}
    made["drawing"] = write(
        morning,
        at(5, 15, 5),
        EntryKind.OBSERVATION,
        "Drew the new flat.",
        child_words="Does Dad know where school is?",
    )
    made["call"] = write(
        morning, at(4, 10, 20), EntryKind.CONTACT_PARENT, CALL, title="call with Mum"
    )
    made["meeting"] = write(
        morning, at(2, 9, 10), EntryKind.MEETING, "Worry box continues.", child_words=WISH
    )
    slips = morning.services.told_slips
    form = dataclasses.replace(slips.prepare(morning.child("Maya")), told_to="Mrs Bello")
    made["slip"] = slips.give(form).entities[0]
    return made


@pytest.fixture
def morning(tmp_path) -> Iterator[Morning]:
    made = make_morning(tmp_path / "school")
    yield made
    made.school.close()


@pytest.fixture
def saved() -> dict[Path, bytes]:
    """Files that were written outside."""
    return {}


@pytest.fixture
def open_file(make_window, tasks, saved) -> Iterator[Callable[..., MainWindow]]:
    """The real window with a child's file in front; no error may be left over."""

    def open_(morning: Morning, child: str = "Maya", *, policy: Policy | None = None, **size):
        tools = FileTools(
            paper=morning.paper,
            write=saved.__setitem__,
            policy=policy or Policy(),
        )
        services = morning.services
        screens = {
            "today": Elsewhere,
            "pupils": Elsewhere,
            "told_slip": Elsewhere,
            "entry": Elsewhere,
            "pupil_file": lambda frame: PupilFileScreen(frame, services, tools),
        }
        window = make_window(screens=screens, **size)
        window.activateWindow()
        window.open("pupil_file", child=morning.child(child))
        return window

    yield open_
    assert tasks.errors == []
