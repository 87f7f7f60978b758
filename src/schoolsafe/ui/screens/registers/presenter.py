"""Searches the register and takes files in. Knows no Qt."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.calendar import CalendarPreview
from schoolsafe.services.changes import Changes
from schoolsafe.services.establishment import MOST, Found, TakenIn
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import schools_found
from schoolsafe.ui.calendar_words import CalendarShown, calendar_shown
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _

CALENDAR: Final = ".ics"


class RegistersView(Protocol):
    """What the presenter tells the view."""

    def show_register(self, words: str) -> None:
        """How fresh it is; "" where there is none."""
        ...

    def show_schools(self, rows: Sequence[Row], count: str) -> None:
        """What was found."""
        ...

    def show_school(self, facts: Sequence[tuple[str, str]]) -> None:
        """One school in full; none hides it."""
        ...

    def show_calendar(self, shown: CalendarShown | None, *, changes: bool) -> None:
        """A calendar file before it is saved, or none."""
        ...

    def show_problem(self, words: str) -> None:
        """Why a file was not taken in; "" hides it."""
        ...


class RegistersPresenter:
    """One for the screen."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: RegistersView,
        read_file: Callable[[Path], bytes],
    ) -> None:
        """Wires it; ``read_file`` refuses what is too large."""
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._read_file = read_file
        self._words = ""
        self._found: dict[str, Found] = {}
        self._calendar: CalendarPreview | None = None

    def refresh(self) -> None:
        """How fresh the register is."""
        schools = self._services.establishments
        self._tasks.query(
            schools.facts,
            lambda facts: self._view.show_register(schools_found.register_words(facts)),
        )

    def type(self, words: str) -> None:
        """A letter more or less. What was found for older letters is not shown."""
        self._words = words.strip()
        self._view.show_school(())
        if not self._words:
            self._view.show_schools((), "")
            return
        asked, schools = self._words, self._services.establishments

        def show(found: tuple[Found, ...]) -> None:
            if asked == self._words:
                self._found = {each.school.urn: each for each in found}
                count = schools_found.count_words(len(found), MOST)
                self._view.show_schools(schools_found.rows(found), count)

        self._tasks.query(lambda: schools.search(asked), show, self._failed)

    def choose(self, urn: str) -> None:
        """One school in full."""
        found = self._found.get(urn)
        self._view.show_school(schools_found.facts(found) if found else ())

    def take(self, paths: tuple[Path, ...]) -> None:
        """A register with or without its links, or a calendar."""
        calendar = next((path for path in paths if path.suffix.lower() == CALENDAR), None)
        if calendar is not None:
            self._take_calendar(calendar)
            return
        register, links = schools_found.parted(paths)
        if register is None:
            if links is not None:
                words = _("Choose the register of schools itself too, not only its links.")
                self._view.show_problem(words)
            return
        file, read_file, schools = register, self._read_file, self._services.establishments

        def read() -> TakenIn:
            more = read_file(links) if links is not None else None
            return schools.take_in(read_file(file), name=file.name, links=more)

        def taken(done: TakenIn) -> None:
            self._view.show_problem("")
            self._view.show_register(schools_found.register_words(done.facts))
            said = _("Register taken in.") if done.changed else _("Nothing was changed.")
            self._go.say(said)
            self.type(self._words)

        self._tasks.query(read, taken, self._failed)

    def save_calendar(self) -> None:
        """The previewed days go on record; one Undo takes them back."""
        preview = self._calendar
        if preview is None:
            return
        calendars = self._services.calendars

        def saved(changes: Changes) -> None:
            self.drop_calendar()
            undo = changes.undo
            if undo is None:
                said = _("Term dates saved.") if changes.rows else _("Nothing was changed.")
                self._go.say(said)
                return
            back = undo
            self._go.saved(
                _("Term dates saved."),
                lambda: self._tasks.command(lambda: self._services.undo(back)),
            )

        self._tasks.command(lambda: calendars.apply_file(preview), saved, self._failed)

    def drop_calendar(self) -> None:
        """Nothing is written."""
        self._calendar = None
        self._view.show_calendar(None, changes=False)

    def _take_calendar(self, path: Path) -> None:
        services, read_file = self._services, self._read_file

        def look() -> CalendarPreview:
            return services.calendars.preview_file(services.intake.read_calendar(read_file(path)))

        def looked(preview: CalendarPreview) -> None:
            self._calendar = preview
            self._view.show_problem("")
            shown = calendar_shown(path.name, preview)
            self._view.show_calendar(shown, changes=preview.changes)

        self._tasks.query(look, looked, self._failed)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_problem(str(error))
