"""Reads a list, shows what it would do, brings it in. Knows no Qt."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.ports_outside import PupilList
from schoolsafe.services.pupil_import import ImportPreview
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import pupil_list
from schoolsafe.ui.screens.pupil_import import model
from schoolsafe.ui.screens.pupil_import.model import ListShown
from schoolsafe.ui.seams import Navigator, TaskRunner

Read = tuple[ImportPreview, tuple[ChildRow, ...]]


class ImportView(Protocol):
    """What the presenter tells the view."""

    def show_list(self, shown: ListShown) -> None:
        """The preview."""
        ...

    def show_refused(self, name: str, words: str) -> None:
        """The file cannot be read as a list: its own sentence."""
        ...

    def show_nothing(self) -> None:
        """No file was chosen yet."""
        ...

    def show_ask_first(self) -> None:
        """The question about a transfer file was not answered yet."""
        ...

    def show_column_error(self, words: str) -> None:
        """A choice of columns that does not work; the preview stays as it was."""
        ...


class ImportPresenter:
    """One list at a time. Nothing is written before a person confirms it."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: ImportView,
        read_file: Callable[[Path], bytes],
    ) -> None:
        """Wires it; ``read_file`` refuses what is too large."""
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._read_file = read_file
        self._name, self._data = "", b""
        self._preview: ImportPreview | None = None
        self._columns: dict[str, str] = {}
        self._full = True
        self._right = False

    def take(self, path: Path) -> None:
        """Another file."""
        self._name, self._preview, self._columns, self._full = path.name, None, {}, True
        self._right = False
        services = self._services

        def look() -> tuple[bytes, Read]:
            data = self._read_file(path)
            listed = services.children.read_list(services.intake, data)
            return data, self._compare(data, listed, full=True)

        def looked(answer: tuple[bytes, Read]) -> None:
            self._data, source = answer[0], answer[1][0].source
            self._columns = {**source.columns, **dict.fromkeys(source.not_used, "")}
            self._show(answer[1])

        def refused(error: SchoolSafeError) -> None:
            self._view.show_refused(self._name, str(error))

        self._tasks.query(look, looked, refused)

    def use(self, field: str, heading: str) -> None:
        """Another column for one field; ``NOT_USED`` leaves it out."""
        preview = self._preview
        if preview is None:
            return
        chosen = {name: preview.source.columns.get(name, "") for name in pupil_list.FIELDS}
        if heading:  # a column means one thing only
            chosen = {name: "" if used == heading else used for name, used in chosen.items()}
        chosen[field] = heading
        self._again(chosen, full=self._full)

    def set_full(self, *, full: bool) -> None:
        """The whole school, or some pupils only."""
        if self._preview is not None and full != self._full:
            self._again(self._columns, full=full)

    def set_right(self, *, right: bool) -> None:
        """A transfer file made for another school, or for nobody: the person says it is right."""
        self._right = right

    def confirm(self) -> None:
        """Brings it in; one Undo takes it back."""
        preview, right = self._preview, self._right
        if preview is None:
            return
        if preview.asks is not None and not right:
            self._view.show_ask_first()
            return
        apply = self._services.children.apply

        def done(changes: Changes) -> None:
            self.forget()
            words, undo = pupil_list.done_words(preview), changes.undo
            if undo is None:
                self._go.say(words)
            else:
                back = undo
                self._go.saved(
                    words, lambda: self._tasks.command(lambda: self._services.undo(back))
                )
            self._go.open("pupils")

        self._tasks.command(lambda: apply(preview, right_all_the_same=right), done, self._failed)

    def leave(self) -> None:
        """Nothing is written."""
        self.forget()
        self._go.open("pupils")

    def forget(self) -> None:
        """The file's words leave the memory."""
        self._name, self._data, self._preview, self._columns = "", b"", None, {}
        self._right = False
        self._view.show_nothing()

    def refresh(self) -> None:
        """The roll changed meanwhile: compares again."""
        if self._preview is not None:
            self._again(self._columns, full=self._full)

    def has_list(self) -> bool:
        """Whether a preview is open."""
        return self._preview is not None

    # inside ---------------------------------------------------------------------------------------

    def _again(self, columns: Mapping[str, str], *, full: bool) -> None:
        services, data = self._services, self._data
        given = dict(columns) or None

        def look() -> Read:
            return self._compare(
                data, services.intake.read_pupil_list(data, columns=given), full=full
            )

        def looked(answer: Read) -> None:
            self._columns, self._full = dict(columns), full
            self._show(answer)

        self._tasks.query(look, looked, self._failed)

    def _compare(self, data: bytes, listed: PupilList, *, full: bool) -> Read:
        children = self._services.children
        return children.preview(listed, sha256_hex(data), full=full), children.list()

    def _show(self, answer: Read) -> None:
        self._preview, known = answer
        self._view.show_list(model.shown(self._name, self._preview, known, full=self._full))

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_column_error(str(error))
