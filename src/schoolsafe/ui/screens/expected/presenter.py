"""What a person does about notices that never came. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import expected_notice as service
from schoolsafe.services.changes import Changes
from schoolsafe.services.expected_notice import ExpectedForm, ExpectedView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _

_FIELDS: Final[dict[type[SchoolSafeError], str]] = {
    service.LearnedHowNeeded: "learned",
    service.IncidentDayNeeded: "incident",
    service.DayNotYet: "incident",
    service.NothingToAdd: "chased",
}


@dataclass(frozen=True, slots=True)
class OneShown:
    """One on record, in words."""

    id: str
    title: str
    learned: str
    chased: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ExpectedShown:
    """The screen in words."""

    child: str
    about: str
    ones: tuple[OneShown, ...]
    today: date


class ExpectedScreenView(Protocol):
    """What the presenter tells the view."""

    def show_expected(self, shown: ExpectedShown) -> None:
        """Another child, or other records."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the form; none hides it."""
        ...

    def saved(self) -> None:
        """The form can be emptied."""
        ...


class ExpectedPresenter:
    """One child at a time."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: ExpectedScreenView,
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self.child = ""
        self.chosen = ""
        """The record that is chased; "" writes a new one."""

    def open(self, child: str) -> None:
        """About one child."""
        self.child, self.chosen = child, ""
        self._view.show_wrong(())
        self.refresh()

    def refresh(self) -> None:
        """Asks again."""
        services, child = self._services, self.child
        if not child:
            return

        def look() -> ExpectedShown:
            row = services.children.show(child)
            return ExpectedShown(
                child=row.name,
                about=phrases.class_words(row),
                ones=tuple(_shown(one) for one in services.expected.list(child)),
                today=services.desk.now().date(),
            )

        self._tasks.query(look, self._view.show_expected, self._say)

    def save(
        self, *, incident: date | None, incident_wrong: str, learned: str, chased: str, outcome: str
    ) -> None:
        """A new record, or what came of the one that is chosen."""
        if incident_wrong and not self.chosen:
            self._view.show_wrong([Problem(incident_wrong, "incident")])
            return
        expected, chosen, child = self._services.expected, self.chosen, self.child

        def change() -> Changes:
            if chosen:
                return expected.chase(chosen, chased_with=chased, outcome=outcome)
            return expected.add(ExpectedForm(child, incident, learned, chased, outcome))

        self._tasks.command(change, self._saved, self._failed)

    def _saved(self, changes: Changes) -> None:
        self.chosen = ""
        self._view.show_wrong(())
        self._view.saved()
        self.refresh()
        undo, words = changes.undo, _("On record. It is counted in the month’s letter.")
        if undo is None:
            self._go.say(words)
            return
        back = undo
        self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_wrong([Problem(str(error), _FIELDS.get(type(error), "learned"))])

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def _shown(one: ExpectedView) -> OneShown:
    chased = one.chased_with or ""
    if chased and one.chased_on:
        chased = _("{who}, {day}").format(who=chased, day=say.short_day(one.chased_on))
    return OneShown(
        id=one.id,
        title=_("Incident of {day}").format(day=say.date_words(one.incident_on)),
        learned=_("{how} ({day})").format(how=one.learned_how, day=say.short_day(one.learned_on)),
        chased=chased or _("Nobody yet"),
        outcome=one.outcome or _("Open"),
    )
