"""Finds pupils and adds one by hand. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screens.pupils import model
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _

LISTS: Final = frozenset({".csv", ".txt", ".tsv", ".xls", ".xlsx", ".xml", ".ods", ".xlsb"})
"""Files that somebody means as a pupil list; the reader says what it cannot read."""

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RollShown:
    """The list in words."""

    rows: tuple[Row, ...]
    count: str
    any_at_all: bool
    years: Options
    classes: Options
    states: Options


@dataclass(frozen=True, slots=True)
class NewPupil:
    """The form for one pupil; a date that cannot be read says why."""

    forename: str
    surname: str
    dob: date | None
    dob_problem: str
    year: str
    class_name: str


class PupilsView(Protocol):
    """What the presenter tells the view."""

    def show_roll(self, shown: RollShown) -> None:
        """Other rows."""
        ...

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Words and the field of each; none hides the summary."""
        ...

    def added(self, child: str) -> None:
        """The form is done; the new pupil is the current row."""
        ...


class PupilsPresenter:
    """The roll of one school, held while the screen is open."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: PupilsView
    ) -> None:
        """Wires it."""
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._roll: tuple[ChildRow, ...] = ()
        self._words, self._year, self._class, self._status = "", model.ANY, model.ANY, model.ANY

    def refresh(self) -> None:
        """Asks for everyone."""
        self._tasks.query(self._services.children.list, self._show)

    def filter(
        self,
        *,
        words: str | None = None,
        year: str | None = None,
        class_name: str | None = None,
        status: str | None = None,
    ) -> None:
        """Narrows the list."""
        self._words = words if words is not None else self._words
        self._year = year if year is not None else self._year
        self._class = class_name if class_name is not None else self._class
        self._status = status if status is not None else self._status
        self._show(self._roll)

    def open(self, child: str) -> None:
        """A pupil's file."""
        if child:
            self._go.open("pupil_file", child=child)

    def take_files(self, paths: Sequence[Path]) -> bool:
        """A list goes to its preview; anything else is left to the window."""
        lists = [path for path in paths if path.suffix.casefold() in LISTS]
        if lists:
            self._go.open("pupil_import", file=lists[0])
        return bool(lists)

    def add(self, new: NewPupil) -> None:
        """A pupil typed by hand, until a list confirms them."""
        problems = []
        if not new.forename.strip():
            problems.append((_("Enter the forename"), "forename"))
        if not new.surname.strip():
            problems.append((_("Enter the surname"), "surname"))
        if new.dob_problem:
            problems.append((new.dob_problem, "dob"))
        elif new.dob is not None and new.dob > self._services.desk.now().date():
            problems.append((_("The date of birth must be in the past"), "dob"))
        self._view.show_problems(problems)
        if problems:
            return
        add = self._services.children.add
        self._tasks.command(
            lambda: add(
                surname=new.surname,
                forename=new.forename,
                dob=new.dob,
                year=new.year,
                class_name=new.class_name.strip(),
            ),
            self._added,
            self._failed,
        )

    def classes(self) -> tuple[str, ...]:
        """Names of classes that are known, for the form."""
        return tuple(words for key, words in model.classes_of(self._roll) if key)

    def _added(self, changes: Changes) -> None:
        child = changes.entities[0] if changes.entities else ""
        self._words, self._year, self._class, self._status = "", model.ANY, model.ANY, model.ANY

        def show(roll: tuple[ChildRow, ...]) -> None:
            self._show(roll)
            self._view.added(child)

        self._tasks.query(self._services.children.list, show)
        undo = changes.undo
        if undo is not None:
            self._go.saved(
                _("Pupil added."),
                lambda: self._tasks.command(lambda: self._services.undo(undo)),
            )

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_problems([(str(error), "forename")])

    def _show(self, roll: tuple[ChildRow, ...]) -> None:
        self._roll = roll
        years, classes, states = (
            model.years_of(roll),
            model.classes_of(roll),
            model.states_of(roll),
        )
        self._year = self._year if self._year in dict(years) else model.ANY
        self._class = self._class if self._class in dict(classes) else model.ANY
        self._status = self._status if self._status in dict(states) else model.ANY
        found = model.filtered(
            roll,
            words=self._words,
            year=self._year,
            class_name=self._class,
            status=self._status,
        )
        self._view.show_roll(
            RollShown(
                rows=tuple(model.row_of(child) for child in found),
                count=model.count_words(len(found), len(roll)),
                any_at_all=bool(roll),
                years=years,
                classes=classes,
                states=states,
            )
        )

    def chosen(self) -> tuple[str, str, str, str]:
        """The filter in use: words, year, class, state."""
        return self._words, self._year, self._class, self._status
