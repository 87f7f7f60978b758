"""Actions about a child: agreed, handed over, done with an outcome, and what is due.

Left to others: what an action asks (domain), where it stands in the chronology, its row on Today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolsafe.domain import action as rules
from schoolsafe.domain import file_form
from schoolsafe.domain.action import ACTION, Standing
from schoolsafe.domain.chronology import Significance
from schoolsafe.domain.entry import Add, NewEntry, Op, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import RowId, noun_of
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.file_record import TOPICS
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.ports import Record
from schoolsafe.services.school import Schools


class SayWhatWillBeDone(Refused):
    """Write what will be done."""


class SayWhoDoesIt(Refused):
    """Enter who does it."""


class DueInThePast(Refused):
    """The day it is due must be today or later."""


class SayWhatCameOfIt(Refused):
    """Write what came of it."""


class NoSuchAction(Refused):
    """There is no such action here."""


class FromAnotherChild(Refused):
    """That record is about another child."""


@dataclass(frozen=True, slots=True)
class ActionForm:
    """An action before it is on record."""

    child: str
    what: str
    owner: str
    due: date | None = None
    source: str | None = None
    """The record it follows from: a notification, a referral, an entry."""
    significant: bool = False


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as a person reads it."""

    id: str
    child: str
    child_name: str
    what: str
    owner: str
    due: date | None
    standing: Standing
    agreed_at: datetime
    done_at: datetime | None
    outcome: str
    source: str | None
    significant: bool
    bases: Mapping[str, tuple[RowId, ...]]
    """What a form that opens now has seen."""
    conflicts: tuple[str, ...] = ()


class Actions:
    """What a person can do with actions. They live in the team circle."""

    def __init__(self, desk: Desk, children: Children, schools: Schools) -> None:
        self._desk = desk
        self._children = children
        self._schools = schools

    def add(self, form: ActionForm) -> Changes:
        """Puts an action on record.

        Raises:
            NoSuchChild: not here. SayWhatWillBeDone, SayWhoDoesIt: left empty. DueInThePast: as it says.
            FromAnotherChild: the record it is said to follow from names another child.
        """
        child = self._children.show(form.child).id
        if not form.what.strip():
            raise SayWhatWillBeDone
        if not form.owner.strip():
            raise SayWhoDoesIt
        if form.due is not None and form.due < self._desk.now().date():
            raise DueInThePast
        values: dict[str, Value] = {
            "child": child,
            "what": form.what.strip(),
            "agreed_at": self._desk.now().isoformat(),
            "significance": (
                Significance.SIGNIFICANT if form.significant else Significance.ROUTINE
            ).value,
        }
        values |= self._owner(form.owner)
        values |= {"due": form.due.isoformat()} if form.due else {}
        values |= {"source": self._source(form.source, child)} if form.source else {}
        add = Add(self._desk.ids.new(ACTION.name), values)
        return self._desk.put([NewEntry(TEAM, "action.record", (add,), subject=child)], TOPICS)

    def change(
        self,
        action: str,
        *,
        owner: str,
        due: date | None,
        bases: Mapping[str, tuple[RowId, ...]] | None = None,
        why: str = "",
    ) -> Changes:
        """Hands it over, or gives it another day. An earlier day stays in the history.

        Raises:
            NoSuchAction: not here. SayWhoDoesIt: nobody. DueInThePast: the new day lies in the past.
        """
        record = self._record(action)
        if not owner.strip():
            raise SayWhoDoesIt
        day = due.isoformat() if due else None
        if due and day != record.values.get("due") and due < self._desk.now().date():
            raise DueInThePast
        ops = self._desk.setting(action, self._owner(owner) | {"due": day}, bases)
        return self._put("action.update", record, ops, why)

    def done(self, action: str, outcome: str, *, at: datetime | None = None) -> Changes:
        """It is done, and this came of it.

        Raises:
            NoSuchAction: not here. SayWhatCameOfIt: without an outcome nobody learns from it.
        """
        record = self._record(action)
        if not outcome.strip():
            raise SayWhatCameOfIt
        when = (at or self._desk.now()).isoformat()
        ops = self._desk.setting(action, {"done_at": when, "outcome": outcome.strip()})
        return self._put("action.done", record, ops, "")

    def get(self, action: str) -> ActionView:
        """One action.

        Raises:
            NoSuchAction: not here, or withdrawn. NotYoursToRead: the key is with others.
        """
        self._desk.must_read(TEAM)
        return self._view(self._record(action))

    def list(self, child: str = "", *, open_only: bool = False) -> tuple[ActionView, ...]:
        """Actions, the most urgent first; of one child where one is named."""
        self._desk.must_read(TEAM)
        where: dict[str, Value] = {"withdrawn": None}
        where |= {"child": child} if child else {}
        where |= {"done_at": None} if open_only else {}
        found = [self._view(record) for record in self._desk.reader.find(ACTION.name, where)]
        found.sort(key=lambda one: (*rules.urgency(one.standing, one.due), one.agreed_at))
        return tuple(found)

    def owners(self) -> tuple[str, ...]:
        """Names to offer: colleagues, class teachers, and whoever had an action before."""
        self._desk.must_read(TEAM)
        people = [person.name for person in self._schools.people()]
        teachers = [row.teacher for row in self._children.list() if row.teacher]
        before = [
            owner
            for record in self._desk.reader.find(ACTION.name)
            if (owner := text(record.values, "owner"))
        ]
        return tuple(dict.fromkeys([*people, *teachers, *before]))

    # ------------------------------------------------------------------------------------------------------

    def _owner(self, owner: str) -> dict[str, Value]:
        name = owner.strip()
        known = {person.name.casefold(): person.id for person in self._schools.people()}
        return {"owner": name, "owner_person": known.get(name.casefold())}

    def _source(self, source: str, child: str) -> str:
        record = self._desk.reader.get(source)
        if record is None or record.values.get("withdrawn"):
            raise NoSuchAction
        about = text(record.values, "child")
        if about and about != child:
            raise FromAnotherChild
        return source

    def _record(self, action: str) -> Record:
        record = self._desk.reader.get(action) if noun_of(action) == ACTION.name else None
        if record is None or record.values.get("withdrawn"):
            raise NoSuchAction
        return record

    def _put(self, kind: str, record: Record, ops: Sequence[Op], why: str) -> Changes:
        if not ops:
            return Changes.none()
        subject = text(record.values, "child")
        entry = NewEntry(TEAM, kind, tuple(ops), subject=subject, why=why.strip() or None)
        return self._desk.put([entry], TOPICS)

    def _view(self, record: Record) -> ActionView:
        values = record.values
        due, done_at = file_form.day_of(values.get("due")), instant(values, "done_at")
        on = self._desk.now().date()
        agreed = instant(values, "agreed_at") or datetime.fromtimestamp(
            record.wall_ms / 1000, tz=LONDON
        )
        child = text(values, "child") or ""
        return ActionView(
            id=record.id,
            child=child,
            child_name=self._children.show(child).name if child else "",
            what=text(values, "what") or "",
            owner=text(values, "owner") or "",
            due=due,
            standing=rules.standing(due, on, done=done_at is not None),
            agreed_at=agreed.astimezone(LONDON),
            done_at=done_at.astimezone(LONDON) if done_at else None,
            outcome=text(values, "outcome") or "",
            source=text(values, "source"),
            significant=values.get("significance") == Significance.SIGNIFICANT,
            bases=self._desk.reader.bases(record.id, ("owner", "owner_person", "due")),
            conflicts=record.conflicts,
        )
