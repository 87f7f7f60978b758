"""What set-up asks of its window. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from schoolsafe.ui.calendar_words import CalendarShown
from schoolsafe.ui.keys_seam import Strength
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.first_run.steps import Answers, Step, StepLine


@dataclass(frozen=True, slots=True)
class ListShown:
    """A pupil list before it is brought in."""

    name: str
    counts: str
    problems: tuple[str, ...]
    ready: bool
    """There is something to bring in."""


class FirstRunView(Protocol):
    """What the presenter tells the window."""

    def show_step(self, step: Step, lines: tuple[StepLine, ...], answers: Answers) -> None:
        """Another page in front, and the list at the left."""
        ...

    def show_on_record(self, words: str) -> None:
        """This page was answered for good: its fields go, the sentence stays; "" shows the fields."""
        ...

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The summary; none hides it."""
        ...

    def set_busy(self, words: str) -> None:
        """What is being done, on the button; "" when it is done."""
        ...

    def show_strength(self, strength: Strength | None) -> None:
        """Of the passphrase as typed; None while there is none."""
        ...

    def show_made(self, words: str) -> None:
        """A passphrase made for this person."""
        ...

    def show_keyring(self, problem: str) -> None:
        """Why the secret of this computer cannot go into a keyring; "" where it can."""
        ...

    def show_drill(self, asked: tuple[int, ...], *, printed: bool) -> None:
        """Which groups to type back; only once the sheet is on paper."""
        ...

    def show_list(self, shown: ListShown | None) -> None:
        """A pupil list, or none."""
        ...

    def show_calendar(self, shown: CalendarShown | None) -> None:
        """What a calendar file says, or none."""
        ...

    def show_demo(self) -> None:
        """The demo school is wanted."""
        ...

    def stop(self) -> None:
        """The person comes back another time; the answers are kept."""
        ...

    def finish(self, opened: object) -> None:
        """Set-up is over; the vault is open."""
        ...
