"""Writing an entry: kept from the first letter, checked on Save, taken back for ten seconds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.draft import Draft
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.screens.entry.form import (
    Typed,
    Wrong,
    as_draft,
    form_of,
    from_draft,
    wrong_with,
)
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _


class EntryView(Protocol):
    """What the presenter needs of its view."""

    def form(self) -> Typed:
        """The form as it stands."""
        ...

    def show_form(self, typed: Typed, *, about: str, now: datetime) -> None:
        """Another entry; ``about`` tells the child from others."""
        ...

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields."""
        ...

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        ...


class EntryPresenter:
    """One entry at a time."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: EntryView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self.book = PupilBook(services, tasks)
        self._key = ""
        self._saving = False

    def open(self, *, child: str = "", kind: str = "", draft: str = "") -> None:
        """A new entry about a child, or a draft as it was left."""
        self.book.load(again=True)
        if draft:
            self._tasks.query(lambda: self._services.drafts.get(draft), self._show_draft)
            return
        now = self._services.desk.now()
        self._key = f"entry:{now.isoformat()}"
        typed = Typed(
            child=child,
            kind=EntryKind(kind) if kind else EntryKind.CONCERN,
            day=now.date(),
        )
        self._show(typed)

    def _show_draft(self, draft: Draft | None) -> None:
        if draft is None:
            self._go.say(_("This draft was saved or let go on another screen."))
            return
        self._key = draft.key
        self._show(from_draft(draft.values))

    def _show(self, typed: Typed) -> None:
        now = self._services.desk.now()
        if not typed.child:
            self._view.show_form(typed, about="", now=now)
            return
        children, child = self._services.children, typed.child

        def show(row: ChildRow) -> None:
            named = replace(typed, child_name=row.name)
            self._view.show_form(named, about=phrases.class_words(row), now=now)

        self._tasks.query(lambda: children.show(child), show, self._failed)

    def keep_draft(self) -> None:
        """Keeps what stands in the form, or lets an empty one go."""
        if not self._key or self._saving:
            return
        drafts, key, values = self._services.drafts, self._key, as_draft(self._view.form())
        kept = bool(values)

        def done(_changes: Changes) -> None:
            if kept:
                at = say.time_words(self._services.desk.now())
                words = _("Draft saved {time}. It is in Today already.").format(time=at)
                self._view.show_kept(words)

        self._tasks.command(lambda: drafts.keep(key, "entry", values), done)

    def save(self) -> None:
        """Puts the entry on record; or says what is missing."""
        typed, now = self._view.form(), self._services.desk.now()
        wrong = wrong_with(typed, now=now)
        self._view.show_wrong(wrong)
        if wrong:
            return
        form, services, key = form_of(typed, zone=now.tzinfo), self._services, self._key
        self._saving = True

        def record() -> Changes:
            return services.chronologies.add(form).and_then(services.drafts.drop(key))

        self._tasks.command(record, self._saved, self._failed)

    def _saved(self, changes: Changes) -> None:
        self._saving, self._key = False, ""
        undo, services, tasks = changes.undo, self._services, self._tasks
        words = _("Saved.")
        if undo is None:
            self._go.saved(words)
        else:
            self._go.saved(words, lambda: tasks.command(lambda: services.undo(undo)))
        self._go.back()

    def _failed(self, error: SchoolSafeError) -> None:
        self._saving = False
        self._view.show_wrong((Wrong("text", str(error)),))
