"""What a person can do with a police notification: receive, match, decide, follow through, close, reopen.

Nothing here acts by itself: every change after receipt names the person who made it. How it arrives and how it is
followed through have files of their own; `Notifications` is all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolsafe.domain.entry import NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import (
    Choice,
)
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.not_ours import Leaving
from schoolsafe.services.notification_arrival import Call, Received, SayWho
from schoolsafe.services.notification_bench import AlreadyClosed, MatchFirst, ReasonNeeded
from schoolsafe.services.notification_brief import Briefs
from schoolsafe.services.notification_entry import (
    text,
)
from schoolsafe.services.notification_follow import DecideFirst, FollowThrough, NotClosed
from schoolsafe.services.notification_outcome import Outcomes
from schoolsafe.services.notification_tying import Tying
from schoolsafe.services.notification_view import NotificationRow, NotificationView
from schoolsafe.services.notification_words import Words
from schoolsafe.services.ports import Record

_UNDECIDED: dict[str, Value] = dict.fromkeys(
    ("choice", "reason", "key_adult", "first_adult", "review")
)
"""A decision is for one child: where another is meant, it starts anew."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided for one child."""

    choice: Choice
    reason: str = ""
    key_adult: str = ""
    first_adult: str = ""
    review: date | None = None
    against_card: str | None = None
    """Why it is decided otherwise than a protocol card says; None until asked."""


class Notifications(Words, FollowThrough, Tying, Outcomes, Leaving, Briefs):
    """The use cases of a notification."""

    def list(self) -> tuple[NotificationRow, ...]:
        """Every notice, newest first.

        Raises:
            NotYoursToRead: this person holds no key of them; an empty list would be untrue.
        """
        self._desk.must_read(TEAM)
        return self._reading.list()

    def show(self, notification: str) -> NotificationView:
        """One notice.

        Raises:
            NoSuchNotification: not here. NotYoursToRead: as ``list``.
        """
        self._desk.must_read(TEAM)
        return self._reading.show(notification)

    def opened(self, notification: str) -> Changes:
        """Remembers who opened it first; received-to-opened is the measure of an unwatched inbox."""
        record = self._reading.record(notification)
        if record.values.get("opened_at"):
            return Changes.none()
        return self._mark(notification, "opened", "notification.open")

    def acknowledge(self, notification: str) -> Changes:
        """The school has taken note of it."""
        record = self._reading.record(notification)
        if record.values.get("acknowledged_at"):
            return Changes.none()
        return self._mark(notification, "acknowledged", "notification.acknowledge")

    def _mark(self, notification: str, what: str, kind: str) -> Changes:
        values: dict[str, Value] = {
            f"{what}_at": self._desk.now().isoformat(),
            f"{what}_by": self._desk.actor.person,
        }
        ops = self._desk.setting(notification, values)
        return self._desk.put([NewEntry(TEAM, kind, ops)], frozenset({Topic.TODAY}))

    def match(self, notification: str, line: int, child: str, *, why: str = "") -> Changes:
        """A person says which pupil is meant. What was decided for another child does not pass on.

        Raises:
            AlreadyClosed: its line is closed. NoSuchChild: no such pupil.
        """
        record = self.open_line(notification, line)
        self._children.show(child)
        values: dict[str, Value] = {"child": child, "match_why": why or None, "no_match": None}
        values |= {"outcome": None}
        if record.values.get("child") != child:
            values |= _UNDECIDED
        return self.change(notification, record, "notification.match", values, subject=child)

    def no_match(self, notification: str, line: int, reason: str) -> Changes:
        """A person says that nobody on the roll fits; no file is opened.

        Raises:
            ReasonNeeded: without a reason. AlreadyClosed: its line is closed.
        """
        record = self.open_line(notification, line)
        if not reason.strip():
            raise ReasonNeeded
        values: dict[str, Value] = {"child": None, "match_why": None, "no_match": reason.strip()}
        values |= {"outcome": None}
        if record.values.get("choice") != Choice.NOT_OURS:
            values |= _UNDECIDED
        return self.change(notification, record, "notification.no_match", values)

    def unmatch(self, notification: str, line: int) -> Changes:
        """Takes a confirmed match back, and what was decided with it; both stay on record.

        Raises:
            AlreadyClosed: its line is closed.
        """
        record = self.open_line(notification, line)
        values: dict[str, Value] = {"child": None, "match_why": None, "no_match": None}
        values |= {"outcome": None}
        return self.change(
            notification,
            record,
            "notification.match",
            values | _UNDECIDED,
            subject=text(record.values, "child"),
        )

    def decide(self, notification: str, line: int, decision: Decision) -> Changes:
        """What happens for one child. The reason may wait until the end of the day.

        Raises:
            MatchFirst: nobody has said which child this is, and the choice is not "not our pupil".
            AlreadyClosed: its line is closed.
            OtherwiseThanCard: a protocol card says otherwise, and neither a reason is given nor has
                anybody been asked for one.
        """
        record = self.open_line(notification, line)
        entries = self._decided(record, decision)
        return self.save(notification, entries) if entries else Changes.none()

    def decide_all(self, notification: str, decision: Decision) -> Changes:
        """The same for every child of a notice that is not closed: all of them, or none.

        Raises:
            SayWho: it names nobody yet. MatchFirst, AlreadyClosed, OtherwiseThanCard: as ``decide``.
        """
        self._reading.record(notification)
        lines = self._reading.line_records(notification)
        if not lines:
            raise SayWho
        working = [record for record in lines if not record.values.get("closed")]
        if not working:
            raise AlreadyClosed
        wanted = [entry for record in working for entry in self._decided(record, decision)]
        return self.save(notification, wanted) if wanted else Changes.none()

    def _decided(self, line: Record, decision: Decision) -> Sequence[NewEntry]:
        """The decision as it goes on record, and beside it what is otherwise than a card says."""
        entry = self._decision(line, decision)
        if not entry.ops:
            return ()
        if line.values.get("choice") == decision.choice:
            return (entry,)  # only its words changed: what a card asks was answered before
        notification = str(line.values["notification"])
        breaks = self._cards.choice_breaks(
            self._reading.record(notification).values, decision.choice
        )
        reason = decision.against_card
        if reason is None and decision.reason.strip():
            reason = decision.reason
        otherwise = self._cards.entries(
            breaks, reason, child=entry.subject, line=line, notification=notification
        )
        return (entry, *otherwise)

    def _decision(self, line: Record, decision: Decision) -> NewEntry:
        child = text(line.values, "child")
        if child is None and decision.choice is not Choice.NOT_OURS:
            raise MatchFirst
        values: dict[str, Value] = {"choice": decision.choice.value, "left_for_later": None}
        if line.values.get("choice") != decision.choice:
            values["reason"] = None  # the reason for one choice is not the reason for another
        given = {
            "reason": decision.reason.strip(),
            "key_adult": decision.key_adult.strip(),
            "first_adult": decision.first_adult.strip(),
            "review": decision.review.isoformat() if decision.review else "",
        }
        values |= {name: said for name, said in given.items() if said}
        ops = self._desk.setting(line.id, values)
        return NewEntry(TEAM, "notification.decide", ops, subject=child)

    def give_reason(self, notification: str, line: int, reason: str) -> Changes:
        """Writes why, later in the day.

        Raises:
            ReasonNeeded: nothing was written. AlreadyClosed: its line is closed.
        """
        record = self.open_line(notification, line)
        if not reason.strip():
            raise ReasonNeeded
        subject = text(record.values, "child")
        return self.change(
            notification,
            record,
            "notification.give_reason",
            {"reason": reason.strip()},
            subject=subject,
        )

    def leave(self, notification: str, line: int) -> Changes:
        """Left for later today, by a person.

        Raises:
            AlreadyClosed: its line is closed.
        """
        record = self.open_line(notification, line)
        subject = text(record.values, "child")
        return self.change(
            notification, record, "notification.leave", {"left_for_later": True}, subject=subject
        )


__all__ = [
    "AlreadyClosed",
    "Call",
    "DecideFirst",
    "Decision",
    "MatchFirst",
    "NotClosed",
    "Notifications",
    "ReasonNeeded",
    "Received",
    "SayWho",
]
