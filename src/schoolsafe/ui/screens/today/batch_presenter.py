"""Many notifications at once: one row a child, one key a decision. Qt-free.

A match confirmed here is on record at once; a decision when *Finish* is pressed, and only for rows
that have both. Nothing is decided for anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.match import MatchState
from schoolsafe.domain.notification import Choice
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification import Decision
from schoolsafe.services.notification_brief import Brief
from schoolsafe.services.pages import GateRow
from schoolsafe.services.protocol_card import OtherwiseThanCard
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.words import N_, _, ngettext

MANY_BEFORE: Final = 3
"""From this many in a year on, the count is set in bold."""
NAMED: Final = 4
"""At most this many rows are named beside Finish; more are on the table, and would push it up."""

_STATES: Final[dict[MatchState, tuple[str, Ink]]] = {
    MatchState.CONFIRM: (N_("Confirm match"), "primary"),
    MatchState.INITIAL: (N_("Initial only"), "warn"),
    MatchState.SEVERAL: (N_("{n} could fit"), "warn"),
    MatchState.NOBODY: (N_("Nobody fits"), "warn"),
}


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One child of one notice."""

    key: str
    notification: str
    line: int
    name: str
    pupil: str
    match: str
    match_tone: Ink
    matched: bool
    """A person has said which pupil, or that nobody fits."""
    only: str
    """The only pupil proposed, or nothing."""
    when: str
    present: str
    present_told: bool
    before: str
    before_many: bool
    choice: str | None
    met: GateRow | None
    """Who meets the child at which door, once it is said which child."""

    @property
    def gate(self) -> GateRow | None:
        """The row of the list for the gate, where somebody is to meet the child."""
        choices = {Choice.TELL_AND_CHECK_IN.value, Choice.QUIET.value}
        return self.met if self.choice in choices else None

    @property
    def ready(self) -> bool:
        """Has both: a match and a decision."""
        if self.choice is None:
            return False
        return self.matched or self.choice == Choice.NOT_OURS.value


@dataclass(frozen=True, slots=True)
class BatchShown:
    """The whole view in words."""

    title: str
    families: str
    rows: tuple[BatchRow, ...]
    ready: int
    ready_words: str
    countdown: str
    left_words: str
    finish_words: str
    leave_words: str
    gate: bool
    """Somebody is met at a door this morning."""


class BatchView(Protocol):
    """What the presenter needs of its view."""

    def show_batch(self, batch: BatchShown) -> None:
        """Other rows."""
        ...

    def say_problem(self, words: str) -> None:
        """Why a key did nothing."""
        ...


class BatchPresenter:
    """Decides what the batch view does."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: BatchView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._rows: tuple[BatchRow, ...] = ()
        self._countdown, self._since = "", ""
        self._finished = False

    def refresh(self) -> None:
        """Asks again."""
        self._tasks.query(lambda: gather(self._services), self._show)

    def _show(self, answer: tuple[tuple[BatchRow, ...], str, str]) -> None:
        self._rows, self._countdown, self._since = answer
        if self._finished and not self._rows:
            self._finished = False
            self._go.open("today")
            return
        self._finished = False
        self._view.show_batch(self._shown())

    def _shown(self) -> BatchShown:
        rows = self._rows
        ready = [row for row in rows if row.ready]
        rest = [row for row in rows if not row.ready]
        families = len({row.notification for row in rows})
        words = ngettext("{n} notification.", "{n} notifications.", families).format(n=families)
        return BatchShown(
            title=self._since,
            families=_(
                "{count} Arrow keys move, Alt+1 to Alt+4 decide the row, Enter opens it, Space"
                " confirms its match."
            ).format(count=words),
            rows=rows,
            ready=len(ready),
            ready_words=_("{n} of {all} ready").format(n=len(ready), all=len(rows)),
            countdown=self._countdown,
            left_words=_left_words(rest),
            finish_words=_("Finish {n} now").format(n=len(ready)) if ready else _("Finish"),
            leave_words=ngettext(
                "Leave the {n} for later", "Leave the {n} for later", len(rest)
            ).format(n=len(rest)),
            gate=any(row.gate for row in rows),
        )

    def row(self, key: str) -> BatchRow | None:
        """One row."""
        return next((row for row in self._rows if row.key == key), None)

    # what a person does ---------------------------------------------------------------------------

    def confirm(self, key: str) -> None:
        """Space: confirms the only pupil proposed for this row."""
        row = self.row(key)
        if row is None or row.matched:
            return
        if not row.only:
            self._view.say_problem(
                _("There is no single match to confirm here. Press Enter to open it.")
            )
            return
        only, work = row.only, self._services.notifications
        self._tasks.command(lambda: work.match(row.notification, row.line, only), None, self._say)

    def decide(self, key: str, choice: str) -> None:
        """Alt+1 to 4: what happens for this row. Kept as a draft until Finish."""
        row = self.row(key)
        if row is None:
            return
        # Shown at once: the next key may come before the worker has written this one down.
        self._rows = tuple(replace(r, choice=choice) if r.key == key else r for r in self._rows)
        self._view.show_batch(self._shown())
        drafts, values = self._services.drafts, {"choice": choice, "why": ""}
        held: dict[str, Value] = dict(values)
        self._tasks.command(
            lambda: drafts.keep(f"decision:{key}", "decision", held), None, self._say
        )

    def open(self, key: str) -> None:
        """Enter: one at a time, from this row."""
        row = self.row(key)
        if row is not None:
            self._go.open("today", row=key)

    def finish(self) -> None:
        """Records every row that has a match and a decision; the rest stay."""
        ready = [row for row in self._rows if row.ready]
        if not ready:
            self._view.say_problem(
                _("Finish needs a confirmed match and a decision in at least one row.")
            )
            return
        services, asked = self._services, list[str]()

        def record() -> Changes:
            done = Changes.none()
            for row in ready:
                decision = Decision(Choice(row.choice or ""))
                try:
                    made = services.notifications.decide(row.notification, row.line, decision)
                except OtherwiseThanCard:
                    asked.append(row.name)
                    continue
                done = done.and_then(made).and_then(services.drafts.drop(f"decision:{row.key}"))
            return done

        def words() -> str:
            n = len(ready) - len(asked)
            said = ngettext("{n} decision saved.", "{n} decisions saved.", n).format(n=n)
            if not asked:
                return said
            more = _("{said} The protocol card asks why for {names}: open the row and write it.")
            return more.format(said=said, names=say.joined(tuple(asked)))

        self._command(record, words)

    def leave(self) -> None:
        """Leaves the rows that are not ready for later today."""
        rest = [row for row in self._rows if not row.ready]
        work = self._services.notifications

        def left() -> Changes:
            done = Changes.none()
            for row in rest:
                done = done.and_then(work.leave(row.notification, row.line))
            return done

        words = ngettext("{n} left for later today.", "{n} left for later today.", len(rest))
        self._command(left, lambda: words.format(n=len(rest)))

    def one_at_a_time(self) -> None:
        """Back to the list."""
        self._go.open("today", batch=False)

    def gate_rows(self) -> tuple[GateRow, ...]:
        """Whom somebody meets at a door; no cause."""
        return tuple(row.gate for row in self._rows if row.gate is not None)

    def _command(self, fn: Callable[[], Changes], words: Callable[[], str]) -> None:
        services, go, tasks = self._services, self._go, self._tasks

        def done(changes: Changes) -> None:
            self._finished = True
            undo = changes.undo
            if undo is None:
                go.saved(words())
            else:
                go.saved(words(), lambda: tasks.command(lambda: services.undo(undo)))

        self._tasks.command(fn, done, self._say)

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def gather(services: Services) -> tuple[tuple[BatchRow, ...], str, str]:
    """The rows that stand before registration, the countdown and the heading. In the worker."""
    day = services.days.view()
    places = ((one.id, day.places.get(one.id)) for one in day.day.morning)
    lines = [key for key, place in places if place and place.notification and place.line]
    rows: list[BatchRow] = []
    for line in services.notifications.briefs(lines):
        draft = services.drafts.get(f"decision:{line.id}")
        choice = draft.values.get("choice") if draft else None
        rows.append(_row(services, line, choice if isinstance(choice, str) else None))
    since = _("{n} before registration").format(n=len(rows)) if rows else _("Nothing left here")
    return tuple(rows), day.countdown, since


def _row(services: Services, line: Brief, choice: str | None) -> BatchRow:
    child = line.child or line.only
    count = services.chronologies.counts(child.id).d365 if child else 0
    count += 0 if line.child or not child else 1
    match, tone = _match_words(line)
    return BatchRow(
        key=line.id,
        notification=line.notification,
        line=line.number,
        name=say.plain_text(line.facts.told_name),
        pupil=phrases.class_words(child) if child else _pupil_words(line),
        match=match,
        match_tone=tone,
        matched=line.child is not None or bool(line.no_match),
        only=line.only.id if line.only else "",
        when=phrases.incident_short(line.incident),
        present=phrases.presence_short(line.facts.presence),
        present_told=phrases.presence_words(line.facts.presence) is not None,
        before=phrases.ordinal_words(count) if child else "",
        before_many=count >= MANY_BEFORE,
        choice=choice,
        met=GateRow(
            line.child.name,
            phrases.class_words(line.child),
            "",
            line.child.first_adult or line.child.teacher or "",
        )
        if line.child is not None
        else None,
    )


def _pupil_words(line: Brief) -> str:
    """Where nobody stands for the row yet."""
    return _("Not chosen yet") if line.candidates else _("No pupil fits")


def _match_words(line: Brief) -> tuple[str, Ink]:
    if line.child is not None:
        added = line.match_why in {"sibling", "picked"}
        return (_("Added by you") if added else _("Confirmed")), "muted"
    if line.no_match or line.match_state is None:
        return _("Not our pupil"), "muted"
    words, tone = _STATES[line.match_state]
    return _(words).format(n=say.number_words(line.candidates)), tone


def _left_words(rest: Sequence[BatchRow]) -> str:
    if not rest:
        return _("Every row has a confirmed match and a decision.")
    words = ngettext(
        "Finish needs a confirmed match and a decision in every row. {n} row is left.",
        "Finish needs a confirmed match and a decision in every row. {n} rows are left.",
        len(rest),
    )
    if len(rest) > NAMED:
        return words.format(n=len(rest))
    words = ngettext(
        "Finish needs a confirmed match and a decision in every row. {n} row is left: {names}.",
        "Finish needs a confirmed match and a decision in every row. {n} rows are left: {names}.",
        len(rest),
    )
    return words.format(n=len(rest), names="; ".join(row.name for row in rest))
