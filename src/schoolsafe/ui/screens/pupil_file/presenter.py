"""What a person does in a child's file. Knows no Qt."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.domain.entry import Value
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.attachment import FileToAdd, Preview, WhyOutside
from schoolsafe.services.changes import Changes
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.services.policy import Policy
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import chronology_rows
from schoolsafe.ui.screens.pupil_file import filtering, shown
from schoolsafe.ui.screens.pupil_file.filtering import Filtered
from schoolsafe.ui.screens.pupil_file.shown import Asked, Document, FileFacts
from schoolsafe.ui.seams import Dialogs, FileKind, Navigator, Paper, TaskRunner
from schoolsafe.words import N_, _, ngettext

DECISIONS: Final = (
    ("refer", N_("Refer"), N_("To social care")),
    ("escalate", N_("Escalate"), N_("Challenge a decision")),
    ("continue", N_("Continue"), N_("Support goes on as it is")),
)


DRAFT: Final = "pupil_file:"
"""What the key of a file's draft begins with: the screen that opens it, then the child."""


class FileView(Protocol):
    """What the presenter tells the view."""

    def show_file(self, facts: FileFacts, *, fresh: bool) -> None:
        """Another child, or the same one after something changed."""
        ...

    def show_entries(self, filtered: Filtered) -> None:
        """What the filter lets through."""
        ...

    def show_gone(self, words: str) -> None:
        """There is no such child any more."""
        ...

    def show_form_error(self, words: str) -> None:
        """Beside the form that is open."""
        ...

    def close_form(self) -> None:
        """What was typed is on record."""
        ...

    def show_copy_problem(self, words: str) -> None:
        """Beside the form that asks why a copy is taken."""
        ...

    def close_copy(self) -> None:
        """The copy is written."""
        ...

    def show_preview(self, document: Document, preview: Preview | None, words: str) -> None:
        """A file as words and pictures, or why it cannot be shown."""
        ...

    def ask_restricted(self, restricted: int) -> None:
        """So many restricted papers stay out of the print unless a person ticks them."""
        ...


class PupilFilePresenter:
    """One file at a time."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: FileView,
        dialogs: Dialogs,
        paper: Paper,
        write: Callable[[Path, bytes], None],
        policy: Policy,
        read: Callable[[Path], bytes],
    ) -> None:
        """Wires it.

        Args:
            services: of the person at the screen.
            tasks: the worker.
            go: the window.
            view: shows what it is told.
            dialogs: where to save a copy.
            paper: previews, prints and saves pages.
            write: writes a file a person chose, whole or not at all.
            policy: what IT has fixed.
            read: reads a file a person chose.
        """
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dialogs, self._paper, self._write, self._policy = dialogs, paper, write, policy
        self._read = read
        self.child = ""
        self.facts: FileFacts | None = None
        self._as_of: date | None = None
        self._chip, self._words = filtering.ALL, ""
        self._kept = False
        self._with_high = False

    # showing --------------------------------------------------------------------------------------

    def open(self, child: str) -> None:
        """Opens a file; that it was opened is on record before anything is shown."""
        self.child, self._as_of, self._chip, self._words = child, None, filtering.ALL, ""
        services = self._services

        def look() -> FileFacts:
            services.children.show(child)
            services.chronologies.opened(child)
            services.search.remember(child)
            return self._gather(child, None)

        self._tasks.query(look, lambda facts: self._show(facts, fresh=True), self._gone)

    def refresh(self) -> None:
        """Asks again; not another opening."""
        child, as_of = self.child, self._as_of
        if child:
            self._tasks.query(
                lambda: self._gather(child, as_of),
                lambda facts: self._show(facts, fresh=False),
                self._gone,
            )

    def show_as_of(self, day: date | None) -> None:
        """The file as it stood at the end of a day; None is now."""
        self._as_of = day
        self.refresh()

    def filter(self, *, chip: str | None = None, words: str | None = None) -> None:
        """Another chip, or other words to find."""
        self._chip = chip if chip is not None else self._chip
        self._words = words if words is not None else self._words
        self._with_high = False
        self._show_entries()

    def show_hidden(self) -> None:
        """Lets the rows through that a filter must not hide unsaid, beside what it shows."""
        self._with_high = True
        self._show_entries()

    def entry(self, key: str) -> EntryView | None:
        """One entry of the file."""
        entries = self.facts.chronology.entries if self.facts else ()
        return next((entry for entry in entries if entry.id == key), None)

    def may_print(self) -> bool:
        """Whether IT lets anybody print here."""
        return self._policy.may_print

    def _gather(self, child: str, as_of: date | None) -> FileFacts:
        services = self._services
        view = services.chronologies.show(child, as_of=as_of)
        documents = [
            Document(
                entry.id,
                attached,
                entry.written if entry.notification else attached.at or entry.written,
                entry.notification,
                chronology_rows.title_of(entry),
            )
            for entry in view.entries
            for attached in entry.attached
        ]
        return FileFacts(
            chronology=view,
            slips=services.told_slips.list(child),
            documents=tuple(documents),
            site=services.calendars.show(),
            now=services.desk.now(),
            as_of=as_of,
            typed=self._typed_before(child),
            level=services.agencies.level_on(child, as_of or services.desk.now().date()),
            owed=() if as_of else services.agencies.due(child),
        )

    def _typed_before(self, child: str) -> dict[str, str]:
        kept = self._services.drafts.get(DRAFT + child)
        values = kept.values if kept else {}
        return {name: said for name, said in values.items() if isinstance(said, str)}

    def _show(self, facts: FileFacts, *, fresh: bool) -> None:
        if facts.chronology.child.id != self.child:  # a late answer about another child
            return
        self.facts, self._kept = facts, bool(facts.typed)
        if self._chip not in dict(filtering.chips(facts.chronology.entries)):
            self._chip = filtering.ALL
        self._view.show_file(facts, fresh=fresh)
        self._show_entries()

    def _show_entries(self) -> None:
        if self.facts is not None:
            entries = self.facts.chronology.entries
            self._view.show_entries(
                filtering.filtered(
                    entries, chip=self._chip, words=self._words, with_high=self._with_high
                )
            )

    def chip(self) -> str:
        """The chip in use."""
        return self._chip

    def _gone(self, error: SchoolSafeError) -> None:
        self.facts = None
        self._view.show_gone(str(error))

    # going elsewhere ------------------------------------------------------------------------------

    def open_entry(self, key: str) -> bool:
        """A notification opens where it is worked on, a record in its form; False for any other entry."""
        entry = self.entry(key)
        if entry is None or not shown.can_open(entry):
            return False
        if entry.notification:
            self._go.open("today", notification=entry.notification)
        else:
            self._go.open(f"record_{entry.kind}", record=entry.id)
        return True

    def told_slip(self) -> None:
        """A slip about this child."""
        if self.facts is not None:
            self._go.open("told_slip", child=self.child)

    def expected(self) -> None:
        """Notifications that should have come and did not."""
        if self.facts is not None:
            self._go.open("expected", child=self.child)

    def open_record(self, form: str, record: str) -> None:
        """A record in its form."""
        self._go.open(f"record_{form}", record=record)

    def add_entry(self) -> None:
        """An ordinary entry."""
        if self.facts is not None:
            self._go.open("entry", child=self.child)

    def add_action(self) -> None:
        """An action about this child."""
        if self.facts is not None:
            self._go.open("record_action", child=self.child)

    def record(self) -> None:
        """Anything else that has a form."""
        if self.facts is not None:
            self._go.open("record_kinds", child=self.child)

    # saving ---------------------------------------------------------------------------------------

    def keep_draft(self, typed: Mapping[str, str]) -> None:
        """What stands in an open form; nothing forgets what was kept. Today shows it as a draft."""
        if self.facts is None:
            return
        key, drafts = DRAFT + self.child, self._services.drafts
        if not typed and not self._kept:
            return
        self._kept = bool(typed)
        child: dict[str, Value] = {
            "child": self.child,
            "child_name": self.facts.chronology.child.name,
        }
        values: dict[str, Value] = {**child, **typed} if typed else {}
        self._tasks.command(lambda: drafts.keep(key, "correction", values))

    def correct(self, key: str, *, words: str, why: str, field: str = "") -> None:
        """New words; the old ones stay, struck through. ``field``: which of its words, where not the first."""
        fix = self._services.chronologies.fix
        self._save(lambda: fix(key, new_text=words, reason=why, field=field), _("Corrected."))

    def decide(self, asked: Asked, *, decision: str | None, reason: str) -> None:
        """The answer to a rule."""
        if decision is None:
            self._view.show_form_error(_("Choose what you decided"))
            return
        choice, child = decision, self.child
        decide = self._services.chronologies.decide
        self._save(
            lambda: decide(child, asked.prompt, decision=choice, reason=reason),
            _("Decision recorded."),
        )

    def set_may_collect(self, names: str, until: date | None) -> None:
        """Who may collect; no names means nobody is named."""
        child, set_it = self.child, self._services.children.set_may_collect
        self._save(lambda: set_it(child, names.strip() or None, until), _("Saved."))

    def end_slip(self, slip: str) -> None:
        """What somebody was told no longer holds."""
        end = self._services.told_slips.end
        self._save(lambda: end(slip), _("Ended."))

    def _save(self, change: Callable[[], Changes], words: str) -> None:
        def saved(changes: Changes) -> None:
            self._view.close_form()
            self.keep_draft({})
            undo = changes.undo
            if undo is None:
                self._go.say(words)
                return
            back = undo
            self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

        self._tasks.command(change, saved, lambda error: self._view.show_form_error(str(error)))

    # paper and copies -----------------------------------------------------------------------------

    def print(self) -> None:
        """The whole chronology, never what a filter left of it."""
        if self.facts is None:
            return
        if not self._policy.may_print:
            self._go.say(_("Printing is switched off by your school’s IT."))
            return
        restricted = sum(entry.restricted for entry in self.facts.chronology.entries)
        if restricted:
            self._view.ask_restricted(restricted)
        else:
            self.print_now()

    def print_now(self, *, with_restricted: bool = False, why: str = "") -> None:
        """Prints it, restricted papers only where they were ticked."""
        child, printing = self.child, self._services.printing

        def made(pdf: bytes) -> None:
            if self._paper.hand_over(_("Chronology"), pdf):
                self._go.say(_("Printed or saved. It is on record."))

        self._tasks.query(
            lambda: printing.chronology(child, with_restricted=with_restricted, why=why),
            made,
            self._say,
        )

    def save_copy(self, document: Document, reason: str) -> None:
        """A copy of a file, outside; who took it and why is on record before it is written."""
        if not reason.strip():
            self._view.show_copy_problem(str(WhyOutside()))
            return
        suffix = Path(document.attached.name).suffix
        kinds = (FileKind(_("The file as it came"), (f"*{suffix or '.*'}",)),)
        path = self._dialogs.save_file(_("Save a copy"), f"copy{suffix}", kinds)
        if path is None:
            return
        attachments = self._services.attachments

        def save() -> None:
            one = document.attached
            self._write(path, attachments.copy_out(document.entry, one.sha256, reason=reason))

        def saved(_nothing: None) -> None:
            self._view.close_copy()
            self._go.say(_("Copy saved. It is on record."))

        self._tasks.query(save, saved, lambda error: self._view.show_copy_problem(str(error)))

    # files ----------------------------------------------------------------------------------------

    def look_at(self, document: Document) -> None:
        """A file as words and pictures, read by the reader of foreign files and shown here only."""
        attachments, one = self._services.attachments, document.attached
        self._view.show_preview(document, None, _("Reading it…"))
        self._tasks.query(
            lambda: attachments.preview(document.entry, one.sha256),
            lambda preview: self._view.show_preview(document, preview, ""),
            lambda error: self._view.show_preview(document, None, str(error)),
        )

    def choose_files(self) -> tuple[Path, ...]:
        """Files for an entry."""
        return self._dialogs.open_files(_("Add files to this entry"), (), many=True)

    def attach(self, key: str, paths: Sequence[Path], why: str) -> None:
        """Adds files to an entry, byte for byte; all or none."""
        attachments, read = self._services.attachments, self._read

        def add() -> Changes:
            return attachments.add(key, [FileToAdd(p.name, read(p)) for p in paths], why=why)

        said = ngettext("{n} file added.", "{n} files added.", len(paths)).format(n=len(paths))
        self._save(add, said)

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))
