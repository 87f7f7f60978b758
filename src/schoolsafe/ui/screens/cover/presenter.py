"""What a person does about cover and the contact card. Knows no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.domain.cover import Turn
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import cover as service
from schoolsafe.services.changes import Changes
from schoolsafe.services.cover import ContactFacts, CoverView, KeyAdult
from schoolsafe.services.policy import Policy
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import school_year
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import Navigator, Paper, TaskRunner
from schoolsafe.words import _

_FIELDS: Final[dict[type[SchoolSafeError], str]] = {
    service.CoverNameNeeded: "name",
    service.CoverEndsBeforeItBegins: "last",
    service.AnInboxOrAPhone: "inbox",
}
_PARTS: Final = 4
"""Name, role, phone and the day of the last training."""


@dataclass(frozen=True, slots=True)
class TurnShown:
    """One line of the rota in words."""

    key: str
    name: str
    days: str
    phone: str


@dataclass(frozen=True, slots=True)
class CoverShown:
    """The screen in words."""

    nobody: str
    covered: str
    """Said where all of the next four weeks is covered."""
    turns: tuple[TurnShown, ...]
    people: tuple[str, ...]
    inbox: str
    phone: str
    adults: str
    confirmed: str
    due: str
    today: date


@dataclass(frozen=True, slots=True)
class TurnForm:
    """The form for a line of the rota; a date that cannot be read says why."""

    name: str
    phone: str
    first: date | None
    first_wrong: str
    last: date | None
    last_wrong: str


class CoverScreenView(Protocol):
    """What the presenter tells the view."""

    def show_cover(self, shown: CoverShown) -> None:
        """The rota and the card."""
        ...

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong; none hides it."""
        ...

    def saved(self, part: str) -> None:
        """turn, contact or confirmed: what was typed there is kept."""
        ...


class CoverPresenter:
    """One for the screen."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: CoverScreenView,
        paper: Paper,
        policy: Policy,
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._paper, self._policy = paper, policy

    def may_print(self) -> bool:
        """Whether IT lets anybody print here."""
        return self._policy.may_print

    def refresh(self) -> None:
        """Asks again."""
        services = self._services

        def look() -> CoverShown:
            people = tuple(person.name for person in services.schools.people())
            return cover_shown(services.rota.show(), people, services.desk.now().date())

        self._tasks.query(look, self._view.show_cover, lambda e: self._view.show_gone(str(e)))

    def add(self, form: TurnForm) -> None:
        """Somebody's dates."""
        problems = []
        if not form.name.strip():
            problems.append(Problem(str(service.CoverNameNeeded()), "name"))
        if form.first is None:
            problems.append(Problem(form.first_wrong or _("Enter the first date"), "first"))
        if form.last_wrong:
            problems.append(Problem(form.last_wrong, "last"))
        self._view.show_wrong(problems)
        first = form.first
        if problems or first is None:
            return
        add = self._services.rota.add
        self._do(
            lambda: add(first=first, last=form.last, name=form.name, phone=form.phone),
            _("On the rota."),
            "turn",
        )

    def take_off(self, turn: str) -> None:
        """Takes a line off."""
        take_off = self._services.rota.take_off
        self._do(lambda: take_off(turn), _("Off the rota."), "")

    def save_contact(self, *, inbox: str, phone: str, adults: str) -> None:
        """How the police reach the school."""
        read = [adult_of(line) for line in adults.splitlines() if line.strip()]
        wrong = [n for n, one in enumerate(read, 1) if one is None]
        if wrong:
            words = _("Line {n}: the day of the training cannot be read. Write it like 3 2 2026.")
            self._view.show_wrong([Problem(words.format(n=n), "adults") for n in wrong])
            return
        people = [one for one in read if one is not None]
        set_contact = self._services.rota.set_contact
        self._do(
            lambda: set_contact(inbox=inbox, phone=phone, key_adults=people),
            _("Contact card saved."),
            "contact",
        )

    def confirm(self, who: str) -> None:
        """Gone through with the police today."""
        confirm = self._services.rota.confirm
        self._do(
            lambda: confirm(confirmed_with=who), _("On record. Due again next term."), "confirmed"
        )

    def print(self) -> None:
        """The card for the force."""
        if not self._policy.may_print:
            self._go.say(_("Printing is switched off by your school’s IT."))
            return
        page = self._services.rota.page

        def made(pdf: bytes) -> None:
            if self._paper.hand_over(_("Contact card for the force"), pdf):
                self._go.say(_("Printed or saved. It is on record."))

        self._tasks.query(page, made, self._failed)

    def _do(self, change: Callable[[], Changes], words: str, part: str) -> None:
        def done(changes: Changes) -> None:
            self._view.show_wrong(())
            self._view.saved(part)
            self.refresh()
            undo = changes.undo
            if undo is None:
                self._go.say(words if changes.rows else _("Nothing was changed."))
                return
            back = undo
            self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

        self._tasks.command(change, done, self._failed)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.show_wrong([Problem(str(error), _FIELDS.get(type(error), "name"))])


def cover_shown(view: CoverView, people: tuple[str, ...], today: date) -> CoverShown:
    """The rota and the card in words."""
    contact = view.contact
    due = []
    if view.confirm_due:
        due.append(_("Go through the contact card with the police this term."))
    if view.too_few:
        due.append(_("Name at least two key adults."))
    return CoverShown(
        nobody=view.nobody,
        covered="" if view.nobody else _("Every date of the next four weeks is covered."),
        turns=tuple(_turn(turn, today) for turn in view.turns),
        people=people,
        inbox=contact.inbox,
        phone=contact.phone,
        adults="\n".join(adult_line(one) for one in contact.key_adults),
        confirmed=_confirmed(contact),
        due=" ".join(due),
        today=today,
    )


def _turn(turn: Turn, today: date) -> TurnShown:
    days = say.short_day(turn.first, on=today)
    if turn.last != turn.first:
        last = say.short_day(turn.last, on=today)
        days = _("{first} to {last}").format(first=days, last=last)
    return TurnShown(turn.id, turn.name, days, turn.phone)


def _confirmed(contact: ContactFacts) -> str:
    if contact.confirmed_on is None:
        return _("Never gone through with the police yet.")
    day = say.date_words(contact.confirmed_on)
    if contact.confirmed_with:
        return _("Last gone through with {who} on {day}.").format(
            who=contact.confirmed_with, day=day
        )
    return _("Last gone through with the police on {day}.").format(day=day)


def adult_line(one: KeyAdult) -> str:
    """A key adult as a line a person can change."""
    trained = f"{one.trained.day} {one.trained.month} {one.trained.year}" if one.trained else ""
    return f"{one.name}; {one.role}; {one.phone}; {trained}".rstrip("; ")


def adult_of(line: str) -> KeyAdult | None:
    """A line read back; None where its date cannot be read. What is not known may be left out."""
    name, role, phone, trained = ([part.strip() for part in line.split(";")] + [""] * _PARTS)[
        :_PARTS
    ]
    if not trained:
        return KeyAdult(name, role, phone)
    read = school_year.read_lines(trained)
    if read.problems or not read.lines:
        return None
    return KeyAdult(name, role, phone, read.lines[0].first)
