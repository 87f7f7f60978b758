"""Logging a call: kept from the first letter, checked on Save, never while a person types. Qt-free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.domain.notification import Sender
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.draft import Draft
from schoolsafe.services.school import ChoiceWords
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.ranking import Pick
from schoolsafe.ui.screens.call.form import (
    CallForm,
    Wrong,
    as_draft,
    call_of,
    caller_words,
    from_draft,
    wrong_with,
)
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _, ngettext


class CallView(Protocol):
    """What the presenter needs of its view."""

    def form(self) -> CallForm:
        """The form as it stands."""
        ...

    def show_form(self, form: CallForm, *, today: date, started: str) -> None:
        """Another call."""
        ...

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields; nothing takes them away."""
        ...

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        ...

    def show_fit(self, words: str, offer: Pick | None) -> None:
        """How many pupils fit what was typed, and the only one."""
        ...

    def show_caller(self, words: str, note: str) -> None:
        """Who rang last time."""
        ...

    def show_choices(self, choices: Sequence[ChoiceWords]) -> None:
        """The four choices in the school's own words."""
        ...


class CallPresenter:
    """One call at a time."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: CallView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self.book = PupilBook(services, tasks)
        self._key = ""
        self._started: datetime = services.desk.now()
        self._saving = False

    # showing --------------------------------------------------------------------------------------

    def open(self, *, draft: str = "", said: str = "", channel: str = "") -> None:
        """A new call, a draft as it was left, or words pasted from a locked message."""
        self.book.load(again=True)
        self._tasks.query(self._services.schools.choices, self._view.show_choices)
        if draft:
            self._tasks.query(lambda: self._services.drafts.get(draft), self._show_draft)
            return
        if self._key and self._view.form().is_begun and not said:
            return  # the call that is under way stays
        self._begin(self._services.desk.now())
        form = CallForm()
        if said:
            form = replace(form, said=said, channel=channel or form.channel)
        self._view.show_form(form, today=self._today(), started=self._started_words())
        self._tasks.query(self._services.notifications.last_caller, self._show_caller)

    def _begin(self, at: datetime) -> None:
        self._started = at
        self._key = f"call:{at.isoformat()}"

    def _show_draft(self, draft: Draft | None) -> None:
        if draft is None:
            self._go.say(_("This draft was saved or let go on another screen."))
            return
        self._started, self._key = draft.begun, draft.key
        form = from_draft(draft.values)
        self._view.show_form(form, today=self._today(), started=self._started_words())

    def _show_caller(self, caller: Sender) -> None:
        words = caller_words(caller)
        if words and not self._view.form().caller:
            self._view.show_caller(words, _("Kept from last time."))

    def _today(self) -> date:
        return self._services.desk.now().date()

    def _started_words(self) -> str:
        when = say.since_words(
            self._started.astimezone(self._services.desk.now().tzinfo), self._services.desk.now()
        )
        return _("Started {when}").format(when=when)

    # typing ---------------------------------------------------------------------------------------

    def typed_child(self, words: str) -> None:
        """Says how many pupils fit; picks nobody."""
        if not words.strip():
            self._view.show_fit("", None)
            return
        picks = self.book.find(words)
        if not picks:
            self._view.show_fit(
                _("Nobody on your list fits. The name is kept as you type it."), None
            )
            return
        fit = ngettext(
            "{n} pupil fits. Not confirmed yet", "{n} pupils fit. Not confirmed yet", len(picks)
        )
        self._view.show_fit(fit.format(n=len(picks)), picks[0] if len(picks) == 1 else None)

    def picked_child(self, pick: Pick) -> None:
        """A person said which pupil."""
        self._view.show_fit(_("{pupil}. Chosen by you").format(pupil=pick.line), None)

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

        self._tasks.command(lambda: drafts.keep(key, "call", values), done)

    # saving ---------------------------------------------------------------------------------------

    def save(self, *, deciding: bool = True) -> None:
        """Puts the call on record; or says what is missing."""
        form = self._view.form()
        wrong = wrong_with(form, today=self._today(), deciding=deciding)
        self._view.show_wrong(wrong)
        if wrong:
            return
        call = call_of(form, received_at=self._started, deciding=deciding)
        services, key = self._services, self._key
        self._saving = True

        def record() -> Changes:
            return services.notifications.log_call(call).and_then(services.drafts.drop(key))

        self._tasks.command(record, self._saved, self._failed)

    def _saved(self, changes: Changes) -> None:
        self._saving, self._key = False, ""
        undo, services, tasks = changes.undo, self._services, self._tasks
        self._view.show_form(CallForm(), today=self._today(), started="")
        words = _("Call saved.")
        if undo is None:
            self._go.saved(words)
        else:
            self._go.saved(words, lambda: tasks.command(lambda: services.undo(undo)))
        self._go.open("today")

    def _failed(self, error: SchoolSafeError) -> None:
        self._saving = False
        self._view.show_wrong((Wrong("child", str(error)),))
