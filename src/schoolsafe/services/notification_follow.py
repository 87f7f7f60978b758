"""Following a decided notice through to *closed*, and taking it up again. Source: domain.md 2.6."""

from datetime import datetime

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import (
    CloseOutcome,
    Step,
)
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification_bench import TOPICS, Bench, MatchFirst, ReasonNeeded
from schoolsafe.services.notification_entry import (
    text,
)


class DecideFirst(Refused):
    """Choose what happens this morning before you close this."""


class NotClosed(Refused):
    """This is not closed."""


class FollowThrough(Bench):
    """The steps after the decision."""

    def follow_up(
        self,
        notification: str,
        line: int,
        step: Step,
        *,
        words: str = "",
        child_words: str = "",
        voice_why_not: str = "",
        voice_asked: str = "",
        happened_at: datetime | None = None,
        against_card: str | None = None,
    ) -> Changes:
        """One step after the decision, with the child's words exactly, or why nothing was asked.

        ``against_card`` is why it is done otherwise than a protocol card says; None until asked.

        Raises:
            MatchFirst: nobody has said which child this is.
            OtherwiseThanCard: a card says otherwise, and nobody has been asked why.
        """
        record = self.line(notification, line)
        child = text(record.values, "child")
        if child is None and step is not Step.SENDER_TOLD:
            raise MatchFirst
        values: dict[str, Value] = {
            "line": record.id,
            "step": step.value,
            "happened_at": (happened_at or self._desk.now()).isoformat(),
        }
        values |= {"child": child} if child else {}
        given = {"text": words, "voice_why_not": voice_why_not, "voice_asked": voice_asked}
        values |= {name: said.strip() for name, said in given.items() if said.strip()}
        values |= {"child_words": child_words} if child_words.strip() else {}
        add = Add(self._desk.ids.new("follow_up"), values)
        breaks = self._cards.step_breaks(self._reading.record(notification).values, step)
        otherwise = self._cards.entries(
            breaks, against_card, child=child, line=record, notification=notification
        )
        done = NewEntry(TEAM, "notification.follow_up", (add,), subject=child)
        return self._desk.put([done, *otherwise], TOPICS)

    def close(self, notification: str, line: int, *, outcome: CloseOutcome, reason: str) -> Changes:
        """Ends the school's work on one child's line, with outcome and reason.

        Raises:
            DecideFirst: no choice was made. ReasonNeeded: the choice, or the closing, has no reason.
            AlreadyClosed: it is.
        """
        record = self.open_line(notification, line)
        if record.values.get("choice") is None and record.values.get("no_match") is None:
            raise DecideFirst
        if not reason.strip() or not (record.values.get("reason") or record.values.get("no_match")):
            raise ReasonNeeded
        closed: dict[str, Value] = {
            "outcome": outcome.value,
            "reason": reason.strip(),
            "at": self._desk.now().isoformat(),
        }
        subject = text(record.values, "child")
        return self.change(
            notification,
            record,
            "notification.close",
            {"closed": closed},
            subject=subject,
            why=reason.strip(),
        )

    def reopen(self, notification: str, line: int, *, reason: str) -> Changes:
        """Takes up the work again.

        Raises:
            NotClosed: it is open. ReasonNeeded: no reason.
        """
        record = self.line(notification, line)
        if not record.values.get("closed"):
            raise NotClosed
        if not reason.strip():
            raise ReasonNeeded
        subject = text(record.values, "child")
        return self.change(
            notification,
            record,
            "notification.reopen",
            {"closed": None},
            subject=subject,
            why=reason.strip(),
        )
