"""The templates there are: shows one, takes a file in, gives one away, takes one out of use. Knows no Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.domain.template import Template
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.template import TemplateView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screens.template import shown
from schoolsafe.ui.seams import Dialogs, FileKind, Navigator, TaskRunner
from schoolsafe.words import _

NEW: Final = "new"
"""The key of a file another school gave, before it is kept."""
Shelf = tuple[tuple[TemplateView, str, str], ...]
"""Each template with the file another school would get, and the words to look at first."""


class ShelfView(Protocol):
    """What the presenter tells the view."""

    def show_shelf(self, views: tuple[TemplateView, ...], wanted: str) -> None:
        """Other templates; ``wanted`` comes in front."""
        ...

    def show_one(self, view: TemplateView | None, file: str, names: str, *, kept: bool) -> None:
        """The template in front."""
        ...

    def show_refused(self, words: str) -> None:
        """A file that is no template."""
        ...


class ShelfPresenter:
    """One template in front."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: ShelfView,
        dialogs: Dialogs,
        read_file: Callable[[Path], bytes],
        write_file: Callable[[Path, bytes], None],
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dialogs, self._read_file, self._write_file = dialogs, read_file, write_file
        self._shelf: Shelf = ()
        self._new: tuple[Template, str, str] | None = None

    def refresh(self, wanted: str = "") -> None:
        """As it stands."""
        templates = self._services.templates

        def look() -> Shelf:
            return tuple(
                (view, templates.file(view.template).decode(), self._names(view.template))
                for view in templates.list()
            )

        def looked(shelf: Shelf) -> None:
            self._shelf = shelf
            self._view.show_shelf(tuple(view for view, _file, _names in shelf), wanted)

        self._tasks.query(look, looked, lambda error: self._view.show_refused(str(error)))

    def _names(self, template: Template) -> str:
        said = [word for _number, word in self._services.templates.suspects(template)]
        return shown.names_words(said)

    def show(self, key: str) -> None:
        """Another one in front."""
        for view, file, names in self._shelf:
            if key in {view.id, view.template.name}:
                self._new = None
                self._view.show_one(view, file, names, kept=True)
                return

    def choose_message(self) -> None:
        """A message from a file, to teach from."""
        kinds = (FileKind(_("Messages"), ("*.eml", "*.msg", "*.txt", "*.pdf", "*.docx")),)
        paths = self._dialogs.open_files(_("Open a message to teach from"), kinds)
        if paths:
            self._go.open("template", file=paths[0])

    def choose_file(self) -> None:
        """A template another school gave."""
        kinds = (FileKind(_("Templates"), ("*.toml",)),)
        paths = self._dialogs.open_files(_("Take in a template"), kinds)
        if paths:
            self.take(paths[0])

    def take(self, path: Path) -> None:
        """Shows it; nothing is kept yet."""
        templates = self._services.templates

        def look() -> tuple[Template, str, str]:
            template = templates.from_file(self._read_file(path))
            return template, templates.file(template).decode(), self._names(template)

        def looked(answer: tuple[Template, str, str]) -> None:
            self._new = answer
            self._view.show_one(TemplateView(None, answer[0]), answer[1], answer[2], kept=False)

        self._tasks.query(look, looked, lambda error: self._view.show_refused(str(error)))

    def keep(self) -> None:
        """Keeps the template of the file."""
        if self._new is None:
            return
        template = self._new[0]
        services = self._services

        def done(changes: Changes) -> None:
            self._new = None
            self._said(_("Saved. Messages of this layout are read with it from now on"), changes)
            self.refresh(changes.entities[0] if changes.entities else "")

        self._tasks.command(lambda: services.templates.save(template), done, self._failed)

    def give(self, key: str, *, looked_at: bool) -> None:
        """Writes the file that stands on the screen."""
        view = next((v for v, _f, _n in self._shelf if key in {v.id, v.template.name}), None)
        if view is None:
            return
        path = self._dialogs.save_file(
            _("Save the template for another school"),
            "mail-template.toml",
            (FileKind(_("Templates"), ("*.toml",)),),
        )
        if path is None:
            return
        templates, write = self._services.templates, self._write_file

        def make() -> None:
            write(path, templates.export(key, looked_at=looked_at))

        self._tasks.query(make, lambda _none: self._go.say(_("Saved")), self._failed)

    def withdraw(self, key: str) -> None:
        """Takes it out of use; one Undo brings it back."""
        services = self._services

        def done(changes: Changes) -> None:
            self._said(_("Out of use. Notices already read stay as they are"), changes)

        self._tasks.command(lambda: services.templates.withdraw(key), done, self._failed)

    def _said(self, words: str, changes: Changes) -> None:
        undo = changes.undo
        back = (lambda: self._tasks.command(lambda: self._services.undo(undo))) if undo else None
        self._go.saved(words, back)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_refused(str(error))
