"""What every use case of a notification stands on: a line on record, and how a change of it is saved."""

from collections.abc import Sequence

from schoolsafe.domain.entry import NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_reading import NoSuchLine, Reading
from schoolsafe.services.original import Originals
from schoolsafe.services.ports import Record
from schoolsafe.services.ports_outside import Intake
from schoolsafe.services.protocol_card import ProtocolCards

TOPICS = frozenset({Topic.NOTIFICATION, Topic.TODAY, Topic.CHRONOLOGY})


class MatchFirst(Refused):
    """Confirm which child this is about, or say that nobody fits."""


class ReasonNeeded(Refused):
    """Write why before you close this."""


class AlreadyClosed(Refused):
    """This is closed. Reopen it first."""


class Bench:
    """The desk with the readings of notifications; each part of `Notifications` stands on it."""

    def __init__(
        self,
        desk: Desk,
        children: Children,
        reading: Reading,
        intake: Intake,
        *,
        cards: ProtocolCards | None = None,
    ) -> None:
        self._desk = desk
        self._children = children
        self._reading = reading
        self._intake = intake
        self._cards = cards or ProtocolCards(desk)
        self.originals = Originals(desk)

    def line(self, notification: str, number: int) -> Record:
        """One child of a notice on record.

        Raises:
            NoSuchLine: the notice names no child with that number.
        """
        self._reading.record(notification)
        for record in self._reading.line_records(notification):
            if record.values.get("number") == number:
                return record
        raise NoSuchLine

    def open_line(self, notification: str, number: int) -> Record:
        """The same, where the work on it goes on.

        Raises:
            AlreadyClosed: it has ended.
        """
        record = self.line(notification, number)
        if record.values.get("closed"):
            raise AlreadyClosed
        return record

    def change(
        self,
        notification: str,
        line: Record,
        kind: str,
        values: dict[str, Value],
        *,
        subject: str | None = None,
        why: str | None = None,
    ) -> Changes:
        """Saves what differs; the first change is the acknowledgement too."""
        ops = self._desk.setting(line.id, values)
        if not ops:
            return Changes.none()
        return self.save(notification, [NewEntry(TEAM, kind, ops, subject=subject, why=why)])

    def save(self, notification: str, entries: Sequence[NewEntry]) -> Changes:
        """In one commit; whoever does anything with a notice has taken note of it."""
        values = self._reading.record(notification).values
        if values.get("acknowledged_at"):
            return self._desk.put(entries, TOPICS)
        stamp: dict[str, Value] = {
            "acknowledged_at": self._desk.now().isoformat(),
            "acknowledged_by": self._desk.actor.person,
        }
        ops = self._desk.setting(notification, stamp)
        return self._desk.put([*entries, NewEntry(TEAM, "notification.acknowledge", ops)], TOPICS)
