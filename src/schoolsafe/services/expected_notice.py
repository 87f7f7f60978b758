"""A notice the school should have had and did not get: on record, chased, counted. Source: domain.md 2.9."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.ports import Record

_TOPICS = frozenset({Topic.CHRONOLOGY, Topic.TODAY})


class LearnedHowNeeded(Refused):
    """Write how the school learned of it."""


class IncidentDayNeeded(Refused):
    """Enter the day of the incident."""


class DayNotYet(Refused):
    """The day must be today or in the past."""


class NoSuchExpectedNotice(Refused):
    """There is no such record here."""


class NothingToAdd(Refused):
    """Write whom you chased, or what came of it."""


@dataclass(frozen=True, slots=True)
class ExpectedForm:
    """What the school knows."""

    child: str
    incident_on: date | None
    learned_how: str
    chased_with: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """One on record."""

    id: str
    child: str
    incident_on: date
    learned_how: str
    learned_on: date
    chased_with: str | None
    chased_on: date | None
    outcome: str | None


class ExpectedNotices:
    """What a person can do with them."""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk = desk
        self._children = children

    def add(self, form: ExpectedForm) -> Changes:
        """Puts it on record, on the child's chronology at the day of the incident.

        Raises:
            LearnedHowNeeded, IncidentDayNeeded: one is missing. DayNotYet: the day lies ahead.
        """
        child = self._children.show(form.child)
        today = self._desk.now().date()
        if not form.learned_how.strip():
            raise LearnedHowNeeded
        if form.incident_on is None:
            raise IncidentDayNeeded
        if form.incident_on > today:
            raise DayNotYet
        values: dict[str, Value] = {
            "child": child.id,
            "happened": datetime.combine(form.incident_on, time(), LONDON).isoformat(),
            "happened_precision": "day",
            "learned_how": form.learned_how.strip(),
            "learned_on": today.isoformat(),
            **self._news(chased_with=form.chased_with, outcome=form.outcome),
        }
        add = Add(self._desk.ids.new("expected_notice"), values)
        entry = NewEntry(TEAM, "expected_notice.write", (add,), subject=child.id)
        return self._desk.put([entry], _TOPICS)

    def chase(self, expected: str, *, chased_with: str = "", outcome: str = "") -> Changes:
        """Whom the school has chased since, and what came of it.

        Raises:
            NoSuchExpectedNotice: not here. NothingToAdd: neither is said.
        """
        record = self._record(expected)
        values = self._news(chased_with=chased_with, outcome=outcome)
        if not values:
            raise NothingToAdd
        ops = self._desk.setting(expected, values)
        if not ops:
            return Changes.none()
        subject = text(record.values, "child")
        return self._desk.put(
            [NewEntry(TEAM, "expected_notice.chase", ops, subject=subject)], _TOPICS
        )

    def _news(self, *, chased_with: str, outcome: str) -> dict[str, Value]:
        values: dict[str, Value] = {}
        if chased_with.strip():
            today = self._desk.now().date().isoformat()
            values |= {"chased_with": chased_with.strip(), "chased_on": today}
        if outcome.strip():
            values["outcome"] = outcome.strip()
        return values

    def list(self, child: str | None = None) -> tuple[ExpectedView, ...]:
        """Those about a child, or all; the newest incident first.

        Raises:
            NotYoursToRead: this person holds no key of them.
        """
        self._desk.must_read(TEAM)
        where: dict[str, Value | tuple[Value, ...]] = {"withdrawn": None}
        where |= {"child": child} if child else {}
        found = self._desk.reader.find("expected_notice", where, order="-happened")
        return tuple(_view(record) for record in found)

    def _record(self, expected: str) -> Record:
        record = self._desk.reader.get(expected)
        if record is None or record.noun != "expected_notice" or record.values.get("withdrawn"):
            raise NoSuchExpectedNotice
        return record


def _view(record: Record) -> ExpectedView:
    values = record.values
    happened = instant(values, "happened")
    return ExpectedView(
        id=record.id,
        child=text(values, "child") or "",
        incident_on=(happened or datetime.fromtimestamp(0, tz=LONDON)).astimezone(LONDON).date(),
        learned_how=text(values, "learned_how") or "",
        learned_on=_day(values, "learned_on") or date.min,
        chased_with=text(values, "chased_with"),
        chased_on=_day(values, "chased_on"),
        outcome=text(values, "outcome"),
    )


def _day(values: Mapping[str, Value], name: str) -> date | None:
    said = text(values, name)
    return date.fromisoformat(said) if said else None
