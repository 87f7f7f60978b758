"""What a person does with one notice. Qt-free: the view shows what it is given.

Nothing about a child is decided here: a match is confirmed, a choice made, a reason written by a
person; pressed too early, *Finish* says what is missing.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.notification import Choice
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.draft import Draft
from schoolsafe.services.notification import Decision
from schoolsafe.services.notification_view import LineView, NotificationView
from schoolsafe.services.protocol_card import OtherwiseThanCard
from schoolsafe.services.school import ChoiceWords
from schoolsafe.ui.pupil_book import PupilBook
from schoolsafe.ui.screens.notification.acts import Acts, Tools
from schoolsafe.ui.screens.notification.card import Card, card_of
from schoolsafe.ui.screens.notification.child_card import ChildCard, child_card
from schoolsafe.ui.screens.notification.ending import Ending, EndingView
from schoolsafe.ui.screens.notification.following import Following, FollowShown
from schoolsafe.ui.screens.notification.original import OriginalShown, fetch
from schoolsafe.ui.screens.notification.waiting import Waiting
from schoolsafe.words import _


class NotificationShown(FollowShown, EndingView, Protocol):
    """What the presenter needs of its view."""

    def show_card(self, card: Card, *, fresh: bool) -> None:
        """One line of a notice; ``fresh`` is False where only its facts changed."""
        ...

    def show_nothing(self) -> None:
        """The notice is not there any more."""
        ...

    def show_original(self, original: OriginalShown) -> None:
        """The message in the pane."""
        ...

    def show_child(self, child: ChildCard | None) -> None:
        """The child beside the work."""
        ...

    def show_choices(self, choices: Sequence[ChoiceWords]) -> None:
        """The four choices in the school's own words."""
        ...

    def show_decision(self, choice: str | None, why: str) -> None:
        """What a draft holds."""
        ...

    def say_also(self, words: str) -> None:
        """Who else the decision is recorded for."""
        ...

    def choice(self) -> str | None:
        """The choice a person made, or None."""
        ...

    def why(self) -> str:
        """The reason as typed."""
        ...


class NotificationPresenter:
    """Decides what the pane does."""

    def __init__(self, tools: Tools, view: NotificationShown) -> None:
        self._tools, self._view, self._tasks = tools, view, tools.tasks
        self._work = tools.services.notifications
        self._acts = Acts(tools, view)
        self.following = Following(
            self._work, self._acts, view, here=lambda: (self._notification, self._line)
        )
        self.waiting = Waiting(
            self._work, self._acts, here=lambda: self._notification, gone=self._taken_off
        )
        self.ending = Ending(
            self._work, self._acts, view, tools.tasks, here=lambda: (self._notification, self._line)
        )
        self.ending.on_gone = lambda: self.on_finished(self._card.line_id if self._card else "")
        self.book = PupilBook(tools.services, tools.tasks)
        self._reworded, self._touched = False, False
        self._notification, self._line = "", 0
        self._shown: NotificationView | None = None
        self._card: Card | None = None
        self._asked = ("", "")
        """The line and choice about which a protocol card has asked why: it asks once."""
        self._added: list[int] = []
        """Lines a person added while this card was open: Finish records the same for them."""
        self.on_finished: Callable[[str], None] = lambda _line: None

    # showing --------------------------------------------------------------------------------------

    def open(self, notification: str, line: int = 0) -> None:
        """Shows one line of a notice and remembers that somebody opened it.

        Args:
            notification: its id.
            line: the child's number; 0 for the first.
        """
        if notification == self._notification and line in {0, self._line}:
            self.refresh()
            return
        self.keep_draft()
        self._notification, self._line, self._added = notification, line, []
        self._shown, self._card = None, None
        self.refresh()
        self.book.load()
        self._ask_choices()
        self._tasks.command(lambda: self._work.opened(notification))

    def changed(self, topics: frozenset[Topic]) -> None:
        """Something that is shown here changed."""
        if Topic.CHILD in topics:
            self.book.load(again=True)
        if Topic.SETTING in topics:
            self._reworded = False
            self._ask_choices()
        self.refresh()

    def _ask_choices(self) -> None:
        if not self._reworded:
            self._reworded = True
            self._tasks.query(self._tools.services.schools.choices, self._view.show_choices)

    def refresh(self) -> None:
        """Asks again."""
        notification = self._notification
        if notification:
            self._tasks.query(lambda: self._work.show(notification), self._show, self._gone)

    def forget(self) -> None:
        """Nothing is open."""
        self._notification, self._line, self._shown, self._card = "", 0, None, None
        self._view.show_nothing()

    def card(self) -> Card | None:
        """What is shown."""
        return self._card

    def _gone(self, _error: SchoolSafeError) -> None:
        self.forget()

    def _show(self, view: NotificationView) -> None:
        if view.id != self._notification:
            return
        self._shown = view
        line = self._current()
        self._line = line.number if line else 0
        card = card_of(view, line, now=self._tools.now(), me=self._tools.me)
        before, self._card = self._card, card
        fresh = before is None or before.line_id != card.line_id
        fresh = fresh or (before is not None and before.decided != card.decided)
        self._view.show_card(card, fresh=fresh)
        self._view.say_also(self._also_words())
        self.ending.refresh(view, line, now=self._tools.now())
        if fresh and card.line_id and not card.choice:
            self._restore_draft(card)
        self._ask_child(card.child or self._likely(line), proposed=card.child is None)

    @staticmethod
    def _likely(line: LineView | None) -> str | None:
        """The child beside the work while the match is open: only where there is one proposal."""
        only = line is not None and len(line.proposals) == 1
        return line.proposals[0].child.id if line is not None and only else None

    def _current(self) -> LineView | None:
        lines = self._shown.lines if self._shown else ()
        return next((one for one in lines if one.number == self._line), lines[0] if lines else None)

    def show_line(self, number: int) -> None:
        """Another child of the same notice."""
        if self._shown is not None:
            self.keep_draft()
            self._line = number
            self._show(self._shown)

    def show_original(self) -> None:
        """The message itself, unchanged, with what was read out of it."""
        card = self._card
        if card is not None:
            originals = self._work.originals
            self._tasks.query(lambda: fetch(originals, card), self._view.show_original, self._say)

    def _ask_child(self, child: str | None, *, proposed: bool) -> None:
        if child is None:
            self._view.show_child(None)
            return
        services, now = self._tools.services, self._tools.now()

        def ask() -> ChildCard:
            return child_card(
                services.children.show(child),
                services.chronologies.show(child),
                slips=services.told_slips.list(child),
                site=services.calendars.show(),
                now=now,
                proposed=proposed,
            )

        self._tasks.query(ask, self._view.show_child)

    # who is this about ----------------------------------------------------------------------------

    def confirm_only(self) -> str:
        """Enter on the row: confirms its only proposal, or says where the focus belongs.

        Returns:
            "" when it was confirmed, else "match", "choice" or "why".
        """
        card = self._card
        if card is not None and card.choice and not card.reason:
            return "why"
        if card is None or card.is_matched:
            return "choice"
        if len(card.proposals) == 1:
            self.confirm(card.proposals[0].child)
            return ""
        return "match"

    def confirm(self, child: str) -> None:
        """This is the child meant: a proposal, or somebody found by name."""
        card, line, notification = self._card, self._line, self._notification
        if card is None:
            return
        why = "" if child in {one.child for one in card.proposals} else "picked"
        if line:
            self._acts.do(lambda: self._work.match(notification, line, child, why=why))
        else:
            self._acts.do(lambda: self._work.name_child(notification, child=child))

    def nobody_fits(self, reason: str) -> None:
        """Nobody on the roll is meant."""
        notification, line = self._notification, self._line
        self._acts.do(lambda: self._work.no_match(notification, line, reason), place="match")

    def change_match(self) -> None:
        """Takes the confirmed match back; it stays on record."""
        notification, line = self._notification, self._line
        self._acts.do(lambda: self._work.unmatch(notification, line))

    def add_sibling(self, child: str = "") -> None:
        """Adds the brother or sister on offer to this notice."""
        card, shown = self._card, self._shown
        if card is None or shown is None or not card.siblings:
            return
        wanted, notification = child or card.siblings[0].child, self._notification
        self._added.append(len(shown.lines) + 1)
        self._acts.do(lambda: self._work.name_child(notification, child=wanted))

    def name_child(self, name: str) -> None:
        """A child the message names in a way nobody could read."""
        notification = self._notification
        self._acts.do(lambda: self._work.name_child(notification, name=name), place="match")

    def _taken_off(self, notification: str) -> None:
        self.forget()
        self.on_finished(notification)

    # what happens this morning --------------------------------------------------------------------

    def _also_words(self) -> str:
        """The names Finish also records for, in a sentence; nothing where it is one child."""
        names = [
            one.child.first_name
            for one in (self._shown.lines if self._shown else ())
            if one.number in self._also() and one.child is not None
        ]
        if not names or self._card is None:
            return ""
        everyone = say.joined((self._card.child_first or self._card.name, *names))
        return _("Finish records the same for {names}.").format(names=everyone)

    def finish(self) -> None:
        """Records the decision and opens the next; or says what is missing."""
        card, chosen, why = self._card, self._view.choice(), self._view.why().strip()
        if card is None:
            return
        missing = _missing(card, chosen)
        if missing is not None:
            self._view.say_missing(*missing)
            return
        if chosen is None or (chosen == card.choice and why == card.reason and not self._also()):
            self.on_finished(card.line_id)
            return
        asked = self._asked == (card.line_id, chosen)
        decision = Decision(Choice(chosen), why, against_card=why if asked else None)
        notification = self._notification
        others = self._also() if decision.choice is not Choice.NOT_OURS else []
        numbers, key, drafts = [self._line, *others], _key(card), self._tools.services.drafts

        def record() -> Changes:
            if chosen == card.choice and not others:
                given = self._work.give_reason(notification, numbers[0], why)
                return given.and_then(drafts.drop(key))
            done = Changes.none()
            for number in numbers:
                done = done.and_then(self._work.decide(notification, number, decision))
            return done.and_then(drafts.drop(key))

        def failed(error: SchoolSafeError) -> None:
            if isinstance(error, OtherwiseThanCard):
                self._asked = (card.line_id, chosen)
                self._view.say_missing(str(error), "why")
            else:
                self._say(error)

        self._decided(record, _("Decision saved."), card.line_id, failed)

    def leave(self) -> None:
        """Leaves it for later today and opens the next."""
        card, notification, line = self._card, self._notification, self._line
        if card is None:
            return
        if not card.line:
            self.on_finished(card.line_id)
            return
        self._decided(
            lambda: self._work.leave(notification, line), _("Left for later today."), card.line_id
        )

    def _decided(
        self,
        fn: Callable[[], Changes],
        words: str,
        line_id: str,
        on_error: Callable[[SchoolSafeError], None] | None = None,
    ) -> None:
        def finished(changes: Changes) -> None:
            self._added, self._touched, self._asked = [], False, ("", "")
            self._acts.saved(words, changes)
            self.on_finished(line_id)

        self._tasks.command(fn, finished, on_error or self._say)

    def _also(self) -> list[int]:
        """Brothers and sisters added here that nobody decided for yet."""
        lines = self._shown.lines if self._shown else ()
        undecided = {one.number for one in lines if one.decision is None}
        return [n for n in self._added if n in undecided and n != self._line]

    def edited(self) -> None:
        """A person chose or typed: there is something to keep."""
        self._touched = True

    def keep_draft(self) -> None:
        """Keeps a choice and a reason that were not finished."""
        card, chosen, why = self._card, self._view.choice(), self._view.why().strip()
        if card is None or not card.line_id or card.closed or not self._touched:
            return
        self._touched = False
        unchanged = (chosen, why) == (card.choice, card.reason)
        values: dict[str, Value] = {} if unchanged else {"choice": chosen, "why": why}
        drafts, key = self._tools.services.drafts, _key(card)
        self._tasks.command(lambda: drafts.keep(key, "decision", values))

    def _restore_draft(self, card: Card) -> None:
        drafts, key = self._tools.services.drafts, _key(card)

        def show(draft: Draft | None) -> None:
            if draft is None or self._card is None or self._card.line_id != card.line_id:
                return
            choice, why = draft.values.get("choice"), draft.values.get("why")
            self._view.show_decision(choice if isinstance(choice, str) else None, str(why or ""))

        self._tasks.query(lambda: drafts.get(key), show)

    def _say(self, error: SchoolSafeError) -> None:
        self._tools.go.say(str(error))


def _key(card: Card) -> str:
    return f"decision:{card.line_id}"


def _missing(card: Card, chosen: str | None) -> tuple[str, str] | None:
    if not card.line:
        return _("Enter which child this is about"), "match"
    if card.closed:
        return _("This is closed. Reopen it first."), "close"
    if chosen is None and not card.no_match:
        if not card.is_matched:
            words = _("Confirm which child this is, then choose what happens this morning")
            return words, "match"
        return _("Choose what happens this morning"), "choice"
    if chosen and card.child is None and chosen != Choice.NOT_OURS.value:
        return _("Confirm which child this is, or choose “Not our pupil”"), "match"
    return None
