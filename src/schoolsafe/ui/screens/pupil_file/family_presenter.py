"""What a person does about a child's family. Knows no Qt."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from schoolsafe.domain.entry import Value
from schoolsafe.domain.family_forms import ABOUT_BABY, FORMS
from schoolsafe.domain.file_form import FileForm
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.named import Mentioned
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.family_view import Bases, FamilyView, HomeView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.screens.pupil_file import family_shown
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _

CHANGING: Final = {"relative": "person", "home": "home", "collection_bar": "bar"}
"""The form in which what stands on record is changed."""


class FamilyPane(Protocol):
    """What the presenter tells the view."""

    def show_family(self, view: FamilyView) -> None:
        """A family, or other facts of it."""
        ...

    def ask(self, form: FileForm, values: Mapping[str, Value]) -> None:
        """A form, with what stands."""
        ...

    def say_problem(self, words: str) -> None:
        """Beside what is open."""
        ...

    def close_form(self) -> None:
        """What was typed is on record."""
        ...

    def show_address(self, words: str) -> None:
        """A confidential address somebody asked for."""
        ...

    def show_asked(self, words: str, *, named: bool) -> None:
        """Whether somebody who asks for the file is named in it."""
        ...


class FamilyPresenter:
    """One family at a time."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: FamilyPane
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self.book = PupilBook(services, tasks)
        self.child = ""
        self.family: FamilyView | None = None
        self._form, self._about = "", ""
        self._bases: Bases | None = None

    def open(self, child: str) -> None:
        """Another child, or the same one after something changed."""
        if child != self.child:
            self.family = None
            self._view.close_form()
        self.child = child
        self._tasks.query(lambda: self._services.families.show(child), self._show, self._say)

    def _show(self, view: FamilyView) -> None:
        if self.child in {view.child.id, *(one.id for one in view.together)}:
            self.family = view
            self._view.show_family(view)

    # asking ---------------------------------------------------------------------------------------

    def begin(self, form: str, about: str = "") -> None:
        """Opens a form; ``about`` is the baby it is about."""
        self._form, self._about, self._bases = form, about, None
        self.book.load()
        self._ask(form, {"may_collect": self._may_collect()} if form == "bar" else {})

    def change(self, entity: str) -> None:
        """Opens the form of something that stands, with what stands in it."""
        view, form = self.family, CHANGING.get(noun_of(entity))
        if view is None or form is None:
            return
        self._form, self._about, self._bases = form, entity, None
        values: Mapping[str, Value] = {}
        for person in view.people:
            if person.id == entity:
                values, self._bases = person.values, person.bases
        for home in view.homes:
            if home.id == entity:
                values, self._bases = home.values, home.bases
        for bar in view.bars:
            if bar.id == entity:
                said = {q.field: getattr(bar, q.field, None) for q in FORMS["bar"].questions}
                said["until"] = bar.until.isoformat() if bar.until else None
                values = said
        self._ask(form, values)

    def _ask(self, form: str, values: Mapping[str, Value]) -> None:
        child, changing = self.child, bool(self._about) and form not in ABOUT_BABY
        families = self._services.families

        def look() -> FileForm:
            return FORMS[form] if changing else families.form(form, child)

        self._tasks.query(look, lambda found: self._view.ask(found, values), self._say)

    def _may_collect(self) -> str:
        return (self.family.child.may_collect or "") if self.family else ""

    # saving ---------------------------------------------------------------------------------------

    def save(self, values: Mapping[str, Value]) -> None:
        """Puts what was asked on record."""
        child, form, about, bases = self.child, self._form, self._about, self._bases
        families = self._services.families

        def put() -> Changes:
            if form in ABOUT_BABY:
                return families.about_baby(form, child, about, values)
            if about:
                kept = {q.field: values.get(q.field) for q in FORMS[form].questions}
                kept.pop("may_collect", None)
                if not kept.get(
                    "address"
                ):  # a confidential one was never shown: empty is no answer
                    kept.pop("address", None)
                return families.change(child, about, kept, bases=bases)
            return families.add(form, child, values)

        self._save(put)

    def withdraw(self, entity: str, why: str) -> None:
        """Takes something out, with the reason."""
        child, families = self.child, self._services.families
        self._save(lambda: families.withdraw(child, entity, why=why))

    def sibling(self, other: str, relationship: str = "sibling") -> None:
        """A pupil of the same family."""
        child, families = self.child, self._services.families
        self._save(lambda: families.link_sibling(child, other, relationship))

    def same(self, other: str, why: str) -> None:
        """Another record of this pupil."""
        child, duplicates = self.child, self._services.duplicates
        self._save(lambda: duplicates.same(child, other, why=why))

    def not_same(self, other: str, why: str) -> None:
        """Two pupils after all."""
        duplicates = self._services.duplicates
        self._save(lambda: duplicates.not_same(other, why=why))

    def unprotect(self, why: str) -> None:
        """The protection ends."""
        child, protected = self.child, self._services.protected_identities
        self._save(lambda: protected.end(child, why=why))

    def _save(self, change: Callable[[], Changes]) -> None:
        def saved(changes: Changes) -> None:
            self._view.close_form()
            undo = changes.undo
            if undo is None:
                self._go.say(_("Saved.") if changes.rows else _("Nothing was changed."))
                return
            back = undo
            self._go.saved(
                _("Saved."), lambda: self._tasks.command(lambda: self._services.undo(back))
            )

        self._tasks.command(change, saved, lambda error: self._view.say_problem(str(error)))

    # looking --------------------------------------------------------------------------------------

    def show_address(self, home: HomeView) -> None:
        """A confidential address; that it was looked at is on record first."""
        child, families = self.child, self._services.families
        self._tasks.query(
            lambda: families.address(child, home.id),
            lambda words: self._view.show_address(words or _("No address is on record.")),
            self._say,
        )

    def who_asks(self, name: str) -> None:
        """Whether somebody who asks for the file is named in it."""
        child, families, view = self.child, self._services.families, self.family
        if not name.strip() or view is None:
            self._view.show_asked(_("Enter the full name of the person who asks."), named=False)
            return

        def found(places: tuple[Mentioned, ...]) -> None:
            named = [(place.name, place.role) for place in places]
            words = family_shown.asked_words(name.strip(), view, named)
            self._view.show_asked(words, named=bool(named))

        self._tasks.query(lambda: families.named(child, name), found, self._say)

    def before_print(self) -> None:
        """Says so where the person who prints is named in the file. Nothing is blocked."""
        words = family_shown.named_words(self.family) if self.family else ""
        if words:
            self._go.say(words)

    def _say(self, error: SchoolSafeError) -> None:
        self._view.say_problem(str(error))
