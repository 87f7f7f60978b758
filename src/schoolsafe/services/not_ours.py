"""A notice about a child who was never ours: tell the sender, log it, take the content out, keep a stub.

Reversible until the content is taken out; nothing brings it back after that, and the program says so
before. Left to others: the words (domain.not_ours), the taking out (store.disposal).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import disposal, lateness, not_ours
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.line_outcome import Outcome
from schoolsafe.domain.not_ours import Facts, Message
from schoolsafe.domain.notification import Choice, Sender, Step
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification_bench import TOPICS, Bench
from schoolsafe.services.notification_entry import (
    builtins,
    instant,
    line_of,
    sender_of,
    text,
    told_of,
)
from schoolsafe.services.ports import Record

GONE = "disposed"


class NotChosen(Refused):
    """Choose “Not our pupil” first, and say why."""


class StillMatched(Refused):
    """This is matched to one of your pupils. Take the match back first."""


class TellFirst(Refused):
    """Tell the sender first, and note who you told."""


class NameInLog(Refused):
    """Leave the child’s name out of who you told: that line stays when the rest is gone."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How the sender can be reached, and from where that is known."""

    phone: str = ""
    address: str = ""
    source: str = ""
    """message, card or ""."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a line has come on its way out."""

    chosen: bool
    told_to: str | None
    told_how: str | None
    told_at: datetime | None
    told_by: str | None
    whole: bool
    """All of the notice goes; False where it names others who are ours or not yet decided."""
    shared: bool
    """The message holds other notices too: it stays for them."""


class Leaving(Bench):
    """Not our pupil: the sender told, the content taken out."""

    def sender_contact(self, notification: str) -> Contact:
        """How to reach the sender: as the message says, else as the protocol card says."""
        values = self._reading.record(notification).values
        sender, mail_from = sender_of(values), sender_of(values, "mail_from")
        cards = self._cards.about(values)
        phone = sender.phone or next(
            (c.acknowledge.phone for c in cards if c.acknowledge.phone), ""
        )
        address = sender.address or mail_from.address or ""
        address = address or next(
            (c.acknowledge.address for c in cards if c.acknowledge.address), ""
        )
        told = bool(sender.phone or sender.address or mail_from.address)
        return Contact(phone or "", address, "message" if told else "card" if phone else "")

    def message(self, notification: str, line: int, *, place: str = "") -> Message:
        """What to say or write, by what the line came to; no child's name stands in any of it.

        ``place`` is the other school, where it is not the sender who hears of it.
        """
        record = self.line(notification, line)
        told, facts = told_of(record.values), self._facts(notification, record)
        if place or (told and told.outcome not in {Outcome.NOT_OURS, Outcome.SEVERAL_OPEN}):
            return not_ours.another_place(facts, place or (told.school if told else ""))
        if told and told.outcome is Outcome.SEVERAL_OPEN:
            return not_ours.which_child(facts)
        return not_ours.wrong_school(facts)

    def standing(self, notification: str, line: int) -> Standing:
        """What has been done, and what the taking out would take."""
        record = self.line(notification, line)
        told = self._sender_told(record)
        _lines, whole = self._going(notification, record)
        return Standing(
            chosen=_not_ours(record),
            told_to=text(told.values, "told_to") if told else None,
            told_how=text(told.values, "how") if told else None,
            told_at=instant(told.values, "happened_at") if told else None,
            told_by=self._reading.name(told.author) if told else None,
            whole=whole,
            shared=self._shared(notification),
        )

    def dispose(self, notification: str, line: int) -> Changes:
        """Takes the content out, once the sender was told. Nothing brings it back.

        All of the notice goes where it is about nobody of ours; else this child alone. What stays is a
        stub: date, force, reference, that it was not ours, who told whom.

        Raises:
            StillMatched: it stands matched. NotChosen: nobody has said that it is not ours.
            TellFirst: the sender has not been told. NameInLog: the stub would hold the child's name.
        """
        record = self.line(notification, line)
        if record.values.get("child"):
            raise StillMatched
        if not _not_ours(record):
            raise NotChosen
        told = self._sender_told(record)
        if told is None:
            raise TellFirst
        going, whole = self._going(notification, record)
        names = [line_of(one).told_name for one in going]
        if not_ours.holds_name(text(told.values, "told_to"), names):
            raise NameInLog
        stub = Add(
            self._desk.ids.new("not_ours"), self._kept(notification, going, told, whole=whole)
        )
        entities = self._entities(notification if whole else None, going)
        gone = [notification, *(one.id for one in going)] if whole else [one.id for one in going]
        entries = [NewEntry(TEAM, "not_ours.keep", (stub,))]
        entries += [
            NewEntry(TEAM, "not_ours.withdraw", self._desk.setting(entity, {"withdrawn": GONE}))
            for entity in gone
        ]
        orders = self._desk.journal.orders(
            ground=disposal.Ground.NOT_OURS, entity=stub.entity, entities=entities
        )
        entries += [
            NewEntry(TEAM, disposal.KIND, (order,), why="not our pupil", must=True)
            for order in orders
        ]
        for one in going:
            self._desk.drafts.drop(f"decision:{one.id}")
        rows = self._desk.journal.append(entries)
        return Changes(TOPICS, rows, (stub.entity,))

    def _going(self, notification: str, record: Record) -> tuple[tuple[Record, ...], bool]:
        """The lines that go with this one, and whether the whole notice does."""
        lines = self._reading.line_records(notification)
        whole = all(_not_ours(one) and not one.values.get("child") for one in lines)
        return (lines, True) if whole else ((record,), False)

    def _entities(self, notification: str | None, lines: Sequence[Record]) -> tuple[str, ...]:
        steps = [
            step.id
            for line in lines
            for step in self._desk.reader.find("follow_up", {"line": line.id})
        ]
        taken_back = self._desk.reader.find("line", {"notification": notification or ""})
        more = [one.id for one in taken_back if notification]
        ids = [*([notification] if notification else []), *(one.id for one in lines), *more, *steps]
        return tuple(dict.fromkeys(ids))

    def _kept(
        self, notification: str, lines: Sequence[Record], told: Record, *, whole: bool
    ) -> dict[str, Value]:
        values = self._reading.record(notification).values
        names = [line_of(one).told_name for one in lines]
        reference = text(values, "police_reference")
        sender = sender_of(values)
        kept: dict[str, Value] = {
            "notification": notification,
            "lines": [one.id for one in lines],
            "received_at": values.get("received_at"),
            "force": sender.organisation
            or _domain(sender)
            or _domain(sender_of(values, "mail_from")),
            "police_reference": None if not_ours.holds_name(reference, names) else reference,
            "kind": values.get("kind"),
            "outcome": Outcome.NOT_OURS.value,
            "told_to": told.values.get("told_to"),
            "told_how": told.values.get("how"),
            "told_at": told.values.get("happened_at"),
            "told_by": told.author,
            "original_sha256": values.get("original_sha256") if whole else None,
            "whole": whole,
            "figures": self._figures(notification) if whole else None,
        }
        return {name: value for name, value in kept.items() if value is not None}

    def _figures(self, notification: str) -> dict[str, Value]:
        """What the month's letter counts of it: nothing that says who or where."""
        view = self._reading.show(notification)
        timing = view.lines[0].timing if view.lines else None
        opened = lateness.minutes_to_opened(view.received_at, view.opened_at)
        return {
            "timing": builtins(timing) if timing else None,
            "opened_after_minutes": opened,
            "missing": [*sorted(set(view.not_supplied) & set(lateness.STANDARD))],
        }

    def _sender_told(self, record: Record) -> Record | None:
        found = self._desk.reader.find(
            "follow_up",
            {"line": record.id, "step": Step.SENDER_TOLD.value, "withdrawn": None},
            order="happened_at",
        )
        return found[-1] if found else None

    def _shared(self, notification: str) -> bool:
        """Whether the same message holds another notice."""
        sha = text(self._reading.record(notification).values, "original_sha256")
        where = {"original_sha256": sha, "withdrawn": None}
        return bool(sha) and self._desk.reader.count("notification", where) > 1

    def _facts(self, notification: str, record: Record) -> Facts:
        values = self._reading.record(notification).values
        school = self._desk.reader.find("school", limit=1)
        facts = line_of(record)
        lines = self._reading.line_records(notification)
        return Facts(
            school=(text(school[0].values, "name") if school else None) or "",
            person=self._desk.actor.name,
            reference=text(values, "police_reference"),
            received=(instant(values, "received_at") or self._desk.now()).astimezone(LONDON),
            names=(facts.told_name, *(line_of(one).told_name for one in lines)),
            sender=sender_of(values).organisation,
        )


def _not_ours(record: Record) -> bool:
    told = told_of(record.values)
    chosen = record.values.get("choice") == Choice.NOT_OURS.value
    if told is not None:
        return told.outcome is Outcome.NOT_OURS
    return chosen or record.values.get("no_match") is not None


def _domain(sender: Sender) -> str | None:
    return (sender.address or "").rpartition("@")[2] or None
