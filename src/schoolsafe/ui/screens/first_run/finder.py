"""Finding the school in the register while it is typed, and taking a register in. Knows no Qt."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.establishment import MOST, Found, TakenIn
from schoolsafe.ui import schools_found
from schoolsafe.ui.keys_seam import FirstRunSeam
from schoolsafe.ui.seams import TaskRunner
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _


class FinderView(Protocol):
    """What the finder tells its page."""

    def show_register(self, words: str) -> None:
        """How fresh the register is; "" where there is none on this computer."""
        ...

    def show_schools(self, rows: Sequence[Row], count: str) -> None:
        """What was found."""
        ...

    def show_chosen(self, name: str, urn: str, note: str) -> None:
        """A school to fill in; "" leaves the fields as they are."""
        ...

    def show_register_problem(self, words: str) -> None:
        """Why a file was not taken in, or what is being done; "" hides it."""
        ...


class SchoolFinder:
    """One page's search."""

    def __init__(self, view: FinderView, *, seam: FirstRunSeam, tasks: TaskRunner) -> None:
        """Wires it; the register lies behind the seam."""
        self._view, self._seam, self._tasks = view, seam, tasks
        self._words = ""
        self._found: dict[str, Found] = {}

    def start(self) -> None:
        """Is there a register?"""
        schools = self._seam.schools
        self._tasks.query(
            schools.facts,
            lambda facts: self._view.show_register(schools_found.register_words(facts)),
        )

    def type(self, words: str) -> None:
        """A letter more or less. What was found for older letters is not shown."""
        self._words = words.strip()
        if not self._words:
            self._view.show_schools((), "")
            return
        asked, schools = self._words, self._seam.schools

        def show(found: tuple[Found, ...]) -> None:
            if asked == self._words:
                self._found = {each.school.urn: each for each in found}
                count = schools_found.count_words(len(found), MOST)
                self._view.show_schools(schools_found.rows(found), count)

        self._tasks.query(lambda: schools.search(asked), show, self._failed)

    def choose(self, urn: str) -> None:
        """This one; a closed one gives way to who took its place."""
        found = self._found.get(urn)
        if found is None:
            return
        school, note = schools_found.chosen(found)
        self._view.show_chosen(school.name if school else "", school.urn if school else "", note)

    def take(self, paths: tuple[Path, ...]) -> None:
        """A register, with or without its links file."""
        register, links = schools_found.parted(paths)
        if register is None:
            if links is not None:
                words = _("Choose the register of schools itself too, not only its links.")
                self._view.show_register_problem(words)
            return
        file, seam = register, self._seam

        def read() -> TakenIn:
            data = seam.read_register(file)
            more = seam.read_register(links) if links is not None else None
            return seam.schools.take_in(data, name=file.name, links=more)

        def taken(done: TakenIn) -> None:
            self._view.show_register_problem("")
            self._view.show_register(schools_found.register_words(done.facts))
            self.type(self._words)

        self._view.show_register_problem(_("Reading the register"))
        self._tasks.query(read, taken, self._failed)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_register_problem(str(error))
