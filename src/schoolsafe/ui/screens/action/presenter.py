"""What a person does with an action. Knows no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from schoolsafe.domain import action as rules
from schoolsafe.domain import say
from schoolsafe.domain.action import Standing
from schoolsafe.domain.file_form import answer_words
from schoolsafe.domain.file_forms import BY_NAME
from schoolsafe.domain.ids import noun_of
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import action as service
from schoolsafe.services.action import ActionForm, ActionView
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.ranking import Pick, best
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import N_, _

_FIELDS: Final[dict[type[SchoolSafeError], str]] = {
    service.SayWhatWillBeDone: "what",
    service.SayWhoDoesIt: "owner",
    service.DueInThePast: "due",
    service.SayWhatCameOfIt: "outcome",
}
_STANDING: Final = {
    Standing.DONE: N_("Done"),
    Standing.OVERDUE: N_("Overdue"),
    Standing.TODAY: N_("Due today"),
    Standing.AHEAD: N_("Open"),
    Standing.NO_DATE: N_("No date"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands."""

    child: str
    what: str
    owner: str
    due: str
    outcome: str
    significant: bool


@dataclass(frozen=True, slots=True)
class ActionShown:
    """The form to show: of a new action, or of one that stands."""

    child: str
    child_name: str
    about: str
    follows: str
    """What it follows from, in words; nothing where it stands alone."""
    what: str = ""
    owner: str = ""
    due: str = ""
    standing: str = ""
    outcome: str = ""
    stands: bool = False
    done: bool = False


class ActionScreenView(Protocol):
    """What the presenter tells the view."""

    def form(self) -> Typed:
        """The form as it stands."""
        ...

    def show_action(self, shown: ActionShown) -> None:
        """Another form."""
        ...

    def show_others(self, words: Sequence[str]) -> None:
        """The child's open actions, a line each."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong; none hides it."""
        ...


class ActionPresenter:
    """One form at a time."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: ActionScreenView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self.book = PupilBook(services, tasks)
        self._owners: tuple[Pick, ...] = ()
        self._action: ActionView | None = None
        self._source = ""

    def open(self, *, child: str = "", record: str = "", source: str = "") -> None:
        """A new action about a child, from a record if one is named; or one that stands."""
        self._action, self._source = None, source
        self.book.load(again=True)
        services = self._services
        self._tasks.query(services.actions.owners, self._keep_owners, self._say)
        self._view.show_others(())
        if record:
            self._tasks.query(lambda: services.actions.get(record), self._show, self._say)
        elif child:
            self._view.show_action(ActionShown(child, "", "", ""))
            self._tasks.query(lambda: self._begin(child), self._show_new, self._say)
        else:
            self._view.show_action(ActionShown("", "", "", ""))

    def owners(self, words: str) -> tuple[Pick, ...]:
        """Names that fit what was typed, best first."""
        return best(words, self._owners)

    def due_words(self, typed: str) -> str:
        """How the typed day is understood, read back in words."""
        if not typed.strip():
            return ""
        day = rules.due_day(typed, self._services.desk.now().date())
        return say.day_words(day) if day else _("Write a day, such as fri, tomorrow or 14 11")

    def show_others(self, child: str) -> None:
        """What is open already about a child."""
        actions, mine = self._services.actions, self._action
        if not child:
            return
        self._tasks.query(
            lambda: actions.list(child, open_only=True),
            lambda found: self._view.show_others(
                [line_words(one) for one in found if mine is None or one.id != mine.id]
            ),
            self._say,
        )

    def save(self) -> None:
        """A new one on record; of one that stands what came of it, else who and when."""
        typed, one = self._view.form(), self._action
        today = self._services.desk.now().date()
        due = rules.due_day(typed.due, today)
        problems = self._problems(typed, due)
        self._view.show_wrong(problems)
        if problems:
            return
        actions = self._services.actions
        if one is None:
            form = ActionForm(
                typed.child,
                typed.what,
                typed.owner,
                due,
                self._source or None,
                typed.significant,
            )
            self._do(lambda: actions.add(form), _("Action added."))
        elif typed.outcome.strip() and typed.outcome.strip() != one.outcome:
            self._do(lambda: actions.done(one.id, typed.outcome), _("Done."))
        else:
            self._do(
                lambda: actions.change(one.id, owner=typed.owner, due=due, bases=one.bases),
                _("Saved."),
            )

    def _problems(self, typed: Typed, due: date | None) -> list[Problem]:
        problems = []
        if not typed.child:
            problems.append(Problem(_("Choose which child this is about"), "child"))
        if not typed.what.strip():
            problems.append(Problem(str(service.SayWhatWillBeDone()), "what"))
        if not typed.owner.strip():
            problems.append(Problem(str(service.SayWhoDoesIt()), "owner"))
        if typed.due.strip() and due is None:
            problems.append(Problem(_("Write a day, such as fri, tomorrow or 14 11"), "due"))
        return problems

    def _begin(self, child: str) -> tuple[ChildRow, str]:
        return self._services.children.show(child), self._follows(self._source)

    def _show_new(self, begun: tuple[ChildRow, str]) -> None:
        row, follows = begun
        self._view.show_action(ActionShown(row.id, row.name, phrases.class_words(row), follows))
        self.show_others(row.id)

    def _show(self, one: ActionView) -> None:
        self._action = one
        due = f"{one.due.day} {one.due.month} {one.due.year}" if one.due else ""
        source = one.source or ""

        def show(found: tuple[ChildRow, str]) -> None:
            row, follows = found
            self._view.show_action(
                ActionShown(
                    child=one.child,
                    child_name=row.name,
                    about=phrases.class_words(row),
                    follows=follows,
                    what=one.what,
                    owner=one.owner,
                    due=due,
                    standing=standing_words(one),
                    outcome=one.outcome,
                    stands=True,
                    done=one.standing is Standing.DONE,
                )
            )
            self.show_others(one.child)

        services = self._services
        self._tasks.query(
            lambda: (services.children.show(one.child), self._follows(source)), show, self._say
        )

    def _follows(self, source: str) -> str:
        record = self._services.desk.reader.get(source) if source else None
        if record is None:
            return ""
        form = BY_NAME.get(noun_of(source))
        if form is None:
            return _("From a notification") if record.noun in {"notification", "line"} else ""
        titled = [answer_words(form.question(f), record.values.get(f)) for f in form.titled]
        return _("From: {record}").format(record=", ".join([_(form.words), *filter(None, titled)]))

    def _keep_owners(self, names: tuple[str, ...]) -> None:
        self._owners = tuple(Pick(name, name) for name in names)

    def _do(self, change: Callable[[], Changes], words: str) -> None:
        def done(changes: Changes) -> None:
            undo, services, tasks = changes.undo, self._services, self._tasks
            self._action = None
            if undo is None:
                self._go.say(words if changes.rows else _("Nothing was changed."))
            else:
                self._go.saved(words, lambda: tasks.command(lambda: services.undo(undo)))
            self._go.back()

        self._tasks.command(change, done, self._failed)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_wrong([Problem(str(error), _FIELDS.get(type(error), "what"))])

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def standing_words(one: ActionView) -> str:
    """How an action stands: "Overdue, Friday 6 November 2026"."""
    words = _(_STANDING[one.standing])
    if one.standing is Standing.DONE and one.done_at is not None:
        return _("{standing}, {day}").format(standing=words, day=say.day_words(one.done_at.date()))
    if one.due is None:
        return words
    return _("{standing}, {day}").format(standing=words, day=say.day_words(one.due))


def line_words(one: ActionView) -> str:
    """One action on a line."""
    return _("{what} {owner}. {standing}.").format(
        what=one.what.rstrip(".") + ".", owner=one.owner, standing=standing_words(one)
    )
