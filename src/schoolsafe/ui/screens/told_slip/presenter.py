"""A told slip: how much, to whom, until when; printed or said; on record either way. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from schoolsafe.domain import say, told_slip
from schoolsafe.domain.told_slip import HELPS, End, Level
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ChildRow
from schoolsafe.services.protocol_card import OtherwiseThanCard
from schoolsafe.services.told_slip import SlipForm, SlipView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.seams import Navigator, Paper, TaskRunner
from schoolsafe.words import _

PRINTED, IN_PERSON = "printed", "in_person"


@dataclass(frozen=True, slots=True)
class Told:
    """One telling on record, in words."""

    id: str
    who: str
    detail: str
    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class SlipShown:
    """What the screen shows."""

    child: str
    about: str
    level: str
    told_to: str
    words: str
    ends: tuple[tuple[str, str], ...]
    """Chips: id and words."""
    end: str
    helps: tuple[tuple[str, str], ...]
    """What may help: id and words, at level B."""
    helping: frozenset[str]
    told: tuple[Told, ...]


class SlipViewer(Protocol):
    """What the presenter needs of its view."""

    def show_slip(self, slip: SlipShown, *, words_too: bool) -> None:
        """The slip; ``words_too`` False leaves what the person has written."""
        ...

    def say_wrong(self, words: str, field: str) -> None:
        """What is wrong, and where: to, words, level, card, or nothing where no field can mend it."""
        ...

    def card_reason(self) -> str | None:
        """Why somebody is told whom a protocol card does not name; None until asked."""
        ...

    def told_to(self) -> str:
        """Who is told, as typed."""
        ...

    def words(self) -> str:
        """The words, as they stand."""
        ...


@dataclass(frozen=True, slots=True)
class _Facts:
    child: ChildRow
    form: SlipForm
    told: tuple[SlipView, ...]
    today: date
    week_end: date


class ToldSlipPresenter:
    """One slip at a time."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        paper: Paper,
        view: SlipViewer,
    ) -> None:
        self._services, self._tasks, self._go = services, tasks, go
        self._paper, self._view = paper, view
        self._facts: _Facts | None = None
        self._level, self._end = Level.BE_AWARE, End.TODAY
        self._helping: frozenset[str] = frozenset()
        self._line: tuple[str | None, str | None] = (None, None)

    def open(self, child: str, *, notification: str = "", line: str = "") -> None:
        """A slip about one child, of one notice where it began there."""
        self._level, self._end, self._helping = Level.BE_AWARE, End.TODAY, frozenset()
        self._line = (notification or None, line or None)
        self._tasks.query(lambda: self._gather(child), self._show)

    def refresh(self) -> None:
        """Who was told may have changed."""
        if self._facts is not None:
            child = self._facts.child.id
            self._tasks.query(lambda: self._gather(child), lambda f: self._show(f, words_too=False))

    def _gather(self, child: str) -> _Facts:
        services = self._services
        today = services.desk.now().date()
        return _Facts(
            services.children.show(child),
            services.told_slips.prepare(child),
            services.told_slips.list(child),
            today,
            told_slip.end_day(End.WEEK, today, services.calendars.calendar()),
        )

    def _show(self, facts: _Facts, *, words_too: bool = True) -> None:
        self._facts = facts
        self._view.show_slip(self._shown(facts), words_too=words_too)

    def _shown(self, facts: _Facts) -> SlipShown:
        helps = tuple((one.id, _(one.words)) for one in HELPS)
        return SlipShown(
            child=facts.child.name,
            about=phrases.class_words(facts.child),
            level=self._level.value,
            told_to=facts.form.told_to,
            words=self._wording(facts),
            ends=(
                (End.TODAY.value, told_slip.end_words(facts.today, facts.today)),
                (End.WEEK.value, told_slip.end_words(facts.week_end, facts.today)),
            ),
            end=self._end.value,
            helps=helps if self._level is Level.WHAT_HELPS else (),
            helping=self._helping,
            told=tuple(_told(one, facts.today) for one in facts.told),
        )

    def _wording(self, facts: _Facts) -> str:
        if self._level is Level.DETAILS:
            return ""
        until = self._until(facts)
        return told_slip.wording(
            facts.child.first_name,
            self._level.value,
            helps=[one.id for one in HELPS if one.id in self._helping],
            until=None if until == facts.today else until,
        )

    def _until(self, facts: _Facts) -> date:
        return facts.week_end if self._end is End.WEEK else facts.today

    # what the person does -------------------------------------------------------------------------

    def choose_level(self, level: str) -> None:
        """How much is told."""
        self._level = Level(level)
        if self._level is Level.WHAT_HELPS and not self._helping:
            self._helping = frozenset(one.id for one in HELPS[:3])
        self._again()

    def choose_end(self, end: str) -> None:
        """How long it holds."""
        self._end = End(end)
        self._again()

    def choose_helps(self, helping: frozenset[str]) -> None:
        """What helps, ticked."""
        self._helping = helping
        self._again()

    def _again(self) -> None:
        if self._facts is not None:
            self._view.show_slip(self._shown(self._facts), words_too=True)

    def print_slip(self) -> None:
        """Enter: the page, then the record that it was given."""
        form = self._form(PRINTED)
        if form is None:
            return
        title = _("Told slip")

        def handed(pdf: bytes) -> None:
            if self._paper.hand_over(title, pdf, seen=True):
                self._give(form)

        self._tasks.query(lambda: self._services.told_slips.page(form), handed, self._failed)

    def told_in_person(self) -> None:
        """Said, not printed."""
        form = self._form(IN_PERSON)
        if form is not None:
            self._give(form)

    def end(self, slip: str) -> None:
        """The telling no longer holds."""
        self._tasks.command(lambda: self._services.told_slips.end(slip), self._saved(_("Ended.")))

    def _form(self, how: str) -> SlipForm | None:
        facts = self._facts
        if facts is None:
            return None
        told_to, words = self._view.told_to().strip(), self._view.words().strip()
        if self._level is Level.DETAILS:
            self._view.say_wrong(
                _("Details stay with the safeguarding lead. Choose be aware, or what helps."),
                "level",
            )
            return None
        if not told_to:
            self._view.say_wrong(_("Enter who is told"), "to")
            return None
        if not words:
            self._view.say_wrong(_("Write what they are told"), "words")
            return None
        try:
            told_slip.check_words(self._level.value, words)
        except SchoolSafeError as refused:
            self._view.say_wrong(str(refused), "words")
            return None
        notification, line = self._line
        return replace(
            facts.form,
            level=self._level.value,
            told_to=told_to,
            text=words,
            until=self._until(facts),
            how=how,
            notification=notification,
            line=line,
            against_card=self._view.card_reason(),
        )

    def _give(self, form: SlipForm) -> None:
        words = _("On record: {who} was told.").format(who=form.told_to)
        saved = self._saved(words)

        def given(changes: Changes) -> None:
            saved(changes)
            self._go.back()

        self._tasks.command(lambda: self._services.told_slips.give(form), given, self._failed)

    def _saved(self, words: str) -> Callable[[Changes], None]:
        return _Saved(self._services, self._tasks, self._go, words)

    def _failed(self, error: SchoolSafeError) -> None:
        self._view.say_wrong(str(error), "card" if isinstance(error, OtherwiseThanCard) else "")


@dataclass(frozen=True, slots=True)
class _Saved:
    """The toast after a command, with Undo."""

    services: Services
    tasks: TaskRunner
    go: Navigator
    words: str

    def __call__(self, changes: Changes) -> None:
        undo = changes.undo
        if undo is None:
            self.go.saved(self.words)
        else:
            self.go.saved(self.words, lambda: self.tasks.command(lambda: self.services.undo(undo)))


def _told(slip: SlipView, today: date) -> Told:
    how = {PRINTED: _("printed"), IN_PERSON: _("told in person"), "screen": _("on screen")}
    level = {Level.BE_AWARE: _("Be aware"), Level.WHAT_HELPS: _("What helps")}.get(
        Level(slip.level), slip.level
    )
    until = (
        _("No longer holds") if slip.ended else told_slip.end_words(max(slip.until, today), today)
    )
    return Told(
        slip.id,
        slip.told_to,
        _("{when}, {how}. {level}. {until}").format(
            when=say.short_moment(slip.at, on=today),
            how=how.get(slip.how, slip.how),
            level=level,
            until=until,
        ),
        slip.text,
        not slip.ended,
    )
