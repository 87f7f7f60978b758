"""What a person does about agencies and sharing. Knows no Qt."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.domain.helpline import Helpline
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import contact as contacts
from schoolsafe.services import helpline as helplines
from schoolsafe.services.changes import Changes
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.agencies import shown
from schoolsafe.ui.screens.agencies.shown import AgenciesFacts, AreaForm
from schoolsafe.ui.seams import Dialogs, FileKind, Navigator, TaskRunner
from schoolsafe.words import _

_FIELDS: Final[dict[type[SchoolSafeError], str]] = {
    contacts.AgencyNeeded: "agency",
    contacts.NameOrNumber: "name",
    helplines.HelplineNeeds: "helpline-name",
}


class AgenciesView(Protocol):
    """What the presenter tells the view."""

    def show_facts(self, facts: AgenciesFacts) -> None:
        """Everything."""
        ...

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """In the part in front; none hides it."""
        ...

    def saved(self) -> None:
        """What was typed in the part in front is kept."""
        ...


class AgenciesPresenter:
    """One for the screen."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: AgenciesView,
        dialogs: Dialogs,
        write: Callable[[Path, bytes], None],
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dialogs, self._write = dialogs, write
        self.facts: AgenciesFacts | None = None

    def refresh(self) -> None:
        """Asks again."""
        services = self._services

        def look() -> AgenciesFacts:
            return AgenciesFacts(
                today=services.desk.now().date(),
                contacts=services.contacts.list(),
                helplines=services.helplines.card(),
                usage=services.helplines.usage(),
                shares=services.share_log.list()[: shown.SHARES_SHOWN],
                voice=services.voices.report(),
                strategy=services.agencies.strategy(),
                settings=services.agencies.settings(),
            )

        def show(facts: AgenciesFacts) -> None:
            self.facts = facts
            self._view.show_facts(facts)

        self._tasks.query(look, show, lambda error: self._view.show_gone(str(error)))

    # contacts -------------------------------------------------------------------------------------

    def save_contact(self, contact: str, facts: Mapping[str, str]) -> None:
        """A new line of the book, or other facts of one."""
        book = self._services.contacts
        if contact:
            self._do(lambda: book.change(contact, facts), _("Contact saved."))
        else:
            self._do(lambda: book.add(facts), _("In the contact book."))

    def confirm_contact(self, contact: str) -> None:
        """It still holds."""
        confirm = self._services.contacts.confirm
        self._do(lambda: confirm(contact), _("Confirmed. Due again next term."))

    def remove_contact(self, contact: str) -> None:
        """Out of the book."""
        remove = self._services.contacts.remove
        self._do(lambda: remove(contact), _("Out of the contact book."))

    # helplines ------------------------------------------------------------------------------------

    def save_helpline(self, line: Helpline) -> None:
        """Number and hours as somebody looked them up today."""
        keep = self._services.helplines.set
        self._do(lambda: keep(line), _("On the card, checked today."))

    def log_call(self) -> None:
        """A call to a helpline; no child is needed."""
        self._go.open("record_helpline_call")

    # what was shared ------------------------------------------------------------------------------

    def save_log(self) -> None:
        """The whole log as a table, where the person says; on record before it is written."""
        kinds = (FileKind(_("Table"), ("*.csv",)),)
        path = self._dialogs.save_file(_("Save the log"), "what-was-shared.csv", kinds)
        if path is None:
            return
        log, write = self._services.share_log, self._write

        def save() -> None:
            write(path, log.csv())

        def saved(_nothing: None) -> None:
            self._go.say(_("Saved. That it was saved stands in the log too."))
            self.refresh()

        self._tasks.query(save, saved, lambda error: self._go.say(str(error)))

    def record_share(self) -> None:
        """Something told by phone or by hand."""
        self._go.open("record_share")

    # links ----------------------------------------------------------------------------------------

    def open_child(self, child: str) -> None:
        """A child who was not heard."""
        self._go.open("pupil_file", child=child)

    def open_meeting(self, record: str) -> None:
        """A meeting that does not say what changed."""
        if self.facts is None:
            return
        found = [one for one in self.facts.voice.unchanged if one.record == record]
        if found and found[0].form == "entry":
            self._go.open("pupil_file", child=found[0].child)
        elif found:
            self._go.open(f"record_{found[0].form}", record=record)

    # the area -------------------------------------------------------------------------------------

    def save_area(self, form: AreaForm) -> None:
        """Levels, stages, the daily meeting, the limits."""
        if self.facts is None:
            return
        wanted, problems = shown.area_of(form, self.facts.settings)
        self._view.show_wrong(problems)
        if wanted is not None:
            keep = self._services.agencies.set
            self._do(lambda: keep(wanted), _("Saved."))

    def _do(self, change: Callable[[], Changes], words: str) -> None:
        def done(changes: Changes) -> None:
            self._view.show_wrong(())
            self._view.saved()
            self.refresh()
            undo = changes.undo
            if undo is None:
                self._go.say(words if changes.rows else _("Nothing was changed."))
                return
            back = undo
            self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

        def failed(error: SchoolSafeError) -> None:
            self._view.show_wrong([Problem(str(error), _FIELDS.get(type(error), ""))])

        self._tasks.command(change, done, failed)
