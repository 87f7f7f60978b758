"""What a line of a notice came to besides a match, and telling those who have to hear of it.

Each outcome is on record by itself, and what it owes stays on Today until that is on record too.
Left to others: the rule (domain.line_outcome), a child who was never ours (services.not_ours).
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL, TEAM
from schoolsafe.domain.line_outcome import (
    NEEDS_SCHOOL,
    OPEN,
    STAYS,
    Outcome,
    Told,
    outcome_words,
    said,
)
from schoolsafe.domain.not_ours import How
from schoolsafe.domain.notification import Step
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.notification_bench import TOPICS, Bench, MatchFirst
from schoolsafe.services.notification_entry import text, told_of
from schoolsafe.services.ports import Record

SHARE_BASIS = "safeguarding"
_UNDECIDED: dict[str, Value] = dict.fromkeys(
    ("choice", "reason", "key_adult", "first_adult", "review")
)


class WhereNeeded(Refused):
    """Enter the name of the other place."""


class WhoNeeded(Refused):
    """Enter who was told."""


class NothingOwed(Refused):
    """Nobody has to be told of this. Choose first what it came to."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """That somebody was told: who, how, when."""

    to: str
    how: How = How.PHONE
    words: str = ""
    at: datetime | None = None
    against_card: str | None = None
    """Why, where a protocol card says otherwise; None until asked."""


class Outcomes(Bench):
    """The ways a line can end besides a match, and what each owes."""

    def come_to(self, notification: str, line: int, told: Told) -> Changes:
        """A person says what this line came to.

        A child who is ours stays matched; one who is not is matched to nobody. Where a pupil is taught
        elsewhere too, that stands on the pupil, so that the next notice says it at once.

        Raises:
            MatchFirst: the child is ours, and nobody has said which.
            WhereNeeded: it is about another place, and none is named. AlreadyClosed: it is closed.
        """
        record = self.open_line(notification, line)
        child = text(record.values, "child")
        if told.outcome in NEEDS_SCHOOL and not told.school.strip():
            raise WhereNeeded
        if told.outcome in STAYS and child is None:
            raise MatchFirst
        held: dict[str, Value] = {
            name: value
            for name, value in msgspec.to_builtins(told).items()
            if value not in (None, "")
        }
        values: dict[str, Value] = {"outcome": held}
        if told.outcome in OPEN:
            values |= {"child": None, "match_why": None, "no_match": None} | _UNDECIDED
        elif told.outcome not in STAYS:
            values |= {"child": None, "match_why": None, "no_match": _why(told)}
            keeps = told.outcome is Outcome.NOT_OURS and record.values.get("choice") == "not-ours"
            values |= {} if keeps else _UNDECIDED
        ops = self._desk.setting(record.id, values)
        if not ops:
            return Changes.none()
        entries = [NewEntry(TEAM, "notification.outcome", ops, subject=child)]
        if told.outcome in STAYS and child is not None:
            entries += self._placed(child, told)
        return self.save(notification, entries).and_then(_child_topic(told))

    def take_outcome_back(self, notification: str, line: int) -> Changes:
        """The line is to be matched again; what it came to stays on record.

        Raises:
            AlreadyClosed: it is closed.
        """
        record = self.open_line(notification, line)
        values: dict[str, Value] = {"outcome": None, "no_match": None}
        subject = text(record.values, "child")
        return self.change(notification, record, "notification.outcome", values, subject=subject)

    def pass_on(self, notification: str, line: int, given: PassedOn) -> Changes:
        """Another school's lead, or the council, was told: on the line, and in the log of what was shared.

        Raises:
            NothingOwed: nobody has to hear of it. WhoNeeded: nobody is named.
            OtherwiseThanCard: a protocol card says otherwise, and nobody has been asked why.
        """
        record = self.line(notification, line)
        told = told_of(record.values)
        if told is None or told.outcome in {Outcome.NOT_OURS, Outcome.SEVERAL_OPEN}:
            raise NothingOwed
        entries = self._step(notification, record, Step.PASSED_ON, given)
        Audit(self._desk).write(Act.SENT, what=f"passed_on.{given.how}", about=record.id)
        return self.save(notification, entries)

    def receipt_confirmed(self, notification: str, line: int, given: PassedOn) -> Changes:
        """They say that somebody there knows.

        Raises:
            WhoNeeded: nobody is named.
        """
        record = self.line(notification, line)
        return self.save(
            notification, self._step(notification, record, Step.RECEIPT_CONFIRMED, given)
        )

    def tell_sender(self, notification: str, line: int, given: PassedOn) -> Changes:
        """The sender was told that it is not ours, or asked which child is meant.

        Raises:
            WhoNeeded: nobody is named.
        """
        record = self.line(notification, line)
        return self.save(notification, self._step(notification, record, Step.SENDER_TOLD, given))

    def _step(
        self, notification: str, record: Record, step: Step, given: PassedOn
    ) -> list[NewEntry]:
        if not given.to.strip():
            raise WhoNeeded
        child = text(record.values, "child")
        values: dict[str, Value] = {
            "line": record.id,
            "step": step.value,
            "happened_at": (given.at or self._desk.now()).isoformat(),
            "told_to": given.to.strip(),
            "how": given.how.value,
        }
        values |= {"child": child} if child else {}
        values |= {"text": given.words.strip()} if given.words.strip() else {}
        values |= {"basis": SHARE_BASIS} if step is Step.PASSED_ON else {}
        add = Add(self._desk.ids.new("follow_up"), values)
        done = NewEntry(TEAM, "notification.follow_up", (add,), subject=child)
        if step is not Step.PASSED_ON:
            return [done]
        notice = self._reading.record(notification).values
        breaks = self._cards.step_breaks(notice, Step.SIBLING_SCHOOLS)
        otherwise = self._cards.entries(
            breaks, given.against_card, child=child, line=record, notification=notification
        )
        return [done, *otherwise]

    def _placed(self, child: str, told: Told) -> list[NewEntry]:
        """Where else the pupil is taught, on the pupil."""
        record = self._desk.reader.get(child)
        held = record.values.get("placements") if record else None
        others = [
            one
            for one in (held if isinstance(held, list) else [])
            if isinstance(one, dict) and one.get("school") != told.school.strip()
        ]
        place: dict[str, Value] = {"kind": told.outcome.value, "school": told.school.strip()}
        place |= {"since": told.since.isoformat()} if told.since else {}
        place |= {"contact": told.contact.strip()} if told.contact.strip() else {}
        ops = self._desk.setting(child, {"placements": [*others, place]})
        return [NewEntry(SCHOOL, "child.place", ops, subject=child)] if ops else []


def _why(told: Told) -> str:
    return told.why.strip() or (
        outcome_words(told.outcome) if told.outcome is Outcome.NOT_OURS else said(told)
    )


def _child_topic(told: Told) -> Changes:
    return Changes(frozenset({Topic.CHILD}) if told.outcome in STAYS else TOPICS)
