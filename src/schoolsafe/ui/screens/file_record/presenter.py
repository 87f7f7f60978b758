"""Recording by a form: kept from the first letter, checked on Save, taken back for ten seconds. Knows no Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from schoolsafe.domain import file_form, say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import FileForm, Question, Wrong
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.draft import Draft
from schoolsafe.services.file_record import FileRecordView, NotAnswered
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _

CHILD = "child"
SIGNIFICANT = "significant"
_GIVEN = frozenset({CHILD, "child_name", SIGNIFICANT})
"""What stands in a form before a person has written anything worth keeping."""


class RecordView(Protocol):
    """What the presenter needs of its view."""

    def typed(self) -> Mapping[str, Value]:
        """The answers as they stand, with ``child`` and ``significant``."""
        ...

    def problems(self) -> tuple[Wrong, ...]:
        """What cannot be read as an answer at all."""
        ...

    def show_new(
        self, values: Mapping[str, Value], *, child: str, about: str, now: datetime
    ) -> None:
        """An empty form, or a draft of one."""
        ...

    def show_more(self, record: FileRecordView, *, child: str, about: str, now: datetime) -> None:
        """A record that stands, with the questions that may still be answered."""
        ...

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields."""
        ...

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        ...

    def offer(self, form: FileForm, contacts: Sequence[str]) -> None:
        """The form in the school's words, and the names of the contact book."""
        ...


class FileRecordPresenter:
    """One form at a time."""

    def __init__(
        self,
        services: Services,
        form: FileForm,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: RecordView,
    ) -> None:
        self._services, self._form = services, form
        self._tasks, self._go, self._view = tasks, go, view
        self.book = PupilBook(services, tasks)
        self._key = ""
        self._record: FileRecordView | None = None
        self._saving = False

    def open(self, *, child: str = "", record: str = "", draft: str = "") -> None:
        """A new record about a child, one that stands, or a draft as it was left."""
        self._record = None
        self.book.load(again=True)
        self._tasks.query(self._offered, lambda found: self._view.offer(*found))
        if draft:
            self._tasks.query(lambda: self._services.drafts.get(draft), self._show_draft)
        elif record:
            services = self._services

            def look() -> tuple[FileRecordView, ChildRow]:
                found = services.file_records.get(record)
                return found, services.children.show(found.child)

            self._tasks.query(look, self._show_record, self._say)
        else:
            now = self._services.desk.now()
            self._key = f"record_{self._form.name}:{now.isoformat()}"
            self._show({CHILD: child, self._form.when: now.replace(microsecond=0).isoformat()})

    def _offered(self) -> tuple[FileForm, tuple[str, ...]]:
        services = self._services
        return services.file_records.form(self._form.name), services.contacts.spoken()

    def _show_draft(self, draft: Draft | None) -> None:
        if draft is None:
            self._go.say(_("This draft was saved or let go on another screen."))
            return
        self._key = draft.key
        self._show(draft.values)

    def _show(self, values: Mapping[str, Value]) -> None:
        now, child = self._services.desk.now(), str(values.get(CHILD) or "")
        if not child:
            self._view.show_new(values, child="", about="", now=now)
            return

        def show(row: ChildRow) -> None:
            self._view.show_new(values, child=row.name, about=phrases.class_words(row), now=now)

        self._tasks.query(lambda: self._services.children.show(child), show, self._say)

    def _show_record(self, found: tuple[FileRecordView, ChildRow]) -> None:
        self._record, row = found
        self._key = ""
        now, about = self._services.desk.now(), phrases.class_words(row)
        self._view.show_more(self._record, child=row.name, about=about, now=now)

    def keep_draft(self) -> None:
        """Keeps what stands in a new form, or lets an untouched one go."""
        if not self._key or self._saving:
            return
        typed = dict(self._view.typed())
        begun = {k: v for k, v in typed.items() if k not in _GIVEN | {self._form.when}}
        drafts, key, values = self._services.drafts, self._key, typed if begun else {}

        def done(_changes: Changes) -> None:
            if values:
                at = say.time_words(self._services.desk.now())
                words = _("Draft saved {time}. It is in Today already.").format(time=at)
                self._view.show_kept(words)

        self._tasks.command(lambda: drafts.keep(key, f"record_{self._form.name}", values), done)

    def save(self) -> None:
        """Puts it on record; or says what is missing."""
        typed = dict(self._view.typed())
        wrong = self._wrong(typed)
        self._view.show_wrong(wrong)
        if wrong:
            return
        self._saving = True
        self._tasks.command(lambda: self._put(typed), self._saved, self._failed)

    def _wrong(self, typed: Mapping[str, Value]) -> tuple[Wrong, ...]:
        unread = self._view.problems()
        now, new = self._services.desk.now(), self._record is None
        asked = {one.field for one in unread}
        standing = self._record.values if self._record else None
        rules = file_form.wrong_with(self._form, typed, now=now, new=new, standing=standing)
        whom = (
            ()
            if typed.get(CHILD) or not new or self._form.childless
            else (Wrong(CHILD, _("Choose which child this is about")),)
        )
        return (*whom, *unread, *(one for one in rules if one.field not in asked))

    def _put(self, typed: Mapping[str, Value]) -> Changes:
        records, record = self._services.file_records, self._record
        if record is not None:
            later = {q.field: typed.get(q.field) for q in later_questions(self._form)}
            return records.update(record.id, later, bases=record.bases)
        made = records.add(
            self._form.name,
            str(typed.get(CHILD) or ""),
            typed,
            significant=bool(typed.get(SIGNIFICANT)),
        )
        return made.and_then(self._services.drafts.drop(self._key))

    def withdraw(self, why: str) -> None:
        """Takes the record out of the file, with the reason."""
        record = self._record
        if record is not None:
            withdraw = self._services.file_records.withdraw
            self._tasks.command(lambda: withdraw(record.id, why=why), self._saved, self._failed)

    def _saved(self, changes: Changes) -> None:
        self._saving, self._key, self._record = False, "", None
        undo, services, tasks = changes.undo, self._services, self._tasks
        words = _("Saved.") if changes.rows else _("Nothing was changed.")
        if undo is None:
            self._go.say(words)
        else:
            self._go.saved(words, lambda: tasks.command(lambda: services.undo(undo)))
        self._go.back()

    def _failed(self, error: SchoolSafeError) -> None:
        self._saving = False
        wrong = error.wrong if isinstance(error, NotAnswered) else (Wrong("", str(error)),)
        self._view.show_wrong(wrong)

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def later_questions(form: FileForm) -> tuple[Question, ...]:
    """Questions that may be answered after the first day."""
    return tuple(question for question in form.all_questions if question.later)
