"""Told slips: what an adult without a login is told, and the record of the telling.

The wording is domain's; the page is reports'. The audit row stands before anything is printed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from schoolsafe.domain import told_slip as rules
from schoolsafe.domain.entry import Add, NewEntry, Set, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.protocol_card import audience_of
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.pages import PrintMark, SlipLevel, ToldSlipPage
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports import Record
from schoolsafe.services.ports_outside import Printer
from schoolsafe.services.protocol_card import ProtocolCards
from schoolsafe.services.school import Schools

_TOPICS = frozenset({Topic.TOLD_SLIP, Topic.CHRONOLOGY, Topic.TODAY})


class SayWhom(Refused):
    """Enter who is told."""


class SayWhat(Refused):
    """Write what they are told."""


class NoSuchSlip(Refused):
    """There is no such told slip here."""


@dataclass(frozen=True, slots=True)
class SlipForm:
    """A told slip before it is given."""

    child: str
    level: str
    """A or B."""
    told_to: str
    text: str
    until: date
    how: str = "printed"
    """printed, screen or in_person."""
    notification: str | None = None
    line: str | None = None
    against_card: str | None = None
    """Why somebody is told whom a protocol card does not name; None until asked."""


@dataclass(frozen=True, slots=True)
class SlipView:
    """A told slip on record."""

    id: str
    child: str
    level: str
    told_to: str
    text: str
    how: str
    at: datetime
    until: date
    ended: bool


class ToldSlips:
    """What a person can do with told slips."""

    def __init__(
        self,
        desk: Desk,
        children: Children,
        schools: Schools,
        audit: Audit,
        printer: Printer,
        *,
        policy: Policy = NOTHING_FIXED,
        cards: ProtocolCards | None = None,
    ) -> None:
        self._desk = desk
        self._children = children
        self._schools = schools
        self._audit = audit
        self._printer = printer
        self._policy = policy
        self._cards = cards or ProtocolCards(desk)

    def prepare(self, child: str, *, level: str = "A") -> SlipForm:
        """The words of a level, ready to read: today only, to the class teacher.

        Raises:
            domain.told_slip.DetailsAreTheLeads: level C is never a slip.
        """
        row = self._children.show(child)
        return SlipForm(
            child=child,
            level=level,
            told_to=row.teacher or "",
            text=rules.wording(row.first_name, level),
            until=self._desk.now().date(),
        )

    def give(self, form: SlipForm) -> Changes:
        """Puts the telling on record: who was told what, how, and until when.

        Raises:
            SayWhom, SayWhat: nobody was named, or nothing written.
            DetailsAreTheLeads: level C is never a slip. SaysWhatHappened: the words do.
            SlipNeedsAnEnd: it would end before today.
            OtherwiseThanCard: a protocol card does not name who is told, and nobody was asked why.
        """
        self._check(form)
        otherwise = self._otherwise(form)
        values: dict[str, Value] = {
            "child": form.child,
            "level": form.level.upper(),
            "told_to": form.told_to.strip(),
            "how": form.how,
            "text": form.text.strip(),
            "at": self._desk.now().isoformat(),
            "until": form.until.isoformat(),
            "basis": "safeguarding",
        }
        values |= {"line": form.line} if form.line else {}
        add = Add(self._desk.ids.new("told_slip"), values)
        given = NewEntry(TEAM, "told_slip.give", (add,), subject=form.child)
        return self._desk.put([given, *otherwise], _TOPICS)

    def _otherwise(self, form: SlipForm) -> tuple[NewEntry, ...]:
        """What telling this person is otherwise than the card of the child's open notice."""
        line = self._line(form)
        if line is None:
            return ()
        notice = self._desk.reader.get(str(line.values["notification"]))
        if notice is None:
            return ()
        row = self._children.show(form.child)
        told = audience_of(
            form.told_to,
            teacher=row.teacher or "",
            key_adults=[
                row.first_adult or "",
                text(line.values, "key_adult") or "",
                text(line.values, "first_adult") or "",
            ],
            roles={person.name: person.role for person in self._schools.people()},
        )
        return self._cards.entries(
            self._cards.telling_breaks(notice.values, told),
            form.against_card,
            child=form.child,
            line=line,
            notification=notice.id,
        )

    def _line(self, form: SlipForm) -> Record | None:
        """The line the slip began at, else the newest open one about this child."""
        if form.line:
            return self._desk.reader.get(form.line)
        where = {"child": form.child, "closed": None, "withdrawn": None}
        found = self._desk.reader.find("line", where)
        return max(found, key=lambda record: record.wall_ms, default=None)

    def page(self, form: SlipForm) -> bytes:
        """The half page as PDF. An audit row is on record before the page exists.

        Raises:
            PrintingIsOff: the school's IT has switched it off here. Refused: as ``give``.
        """
        self._policy.check_print()
        self._check(form)
        self._otherwise(form)  # asked before anything is on paper
        self._audit.write(Act.PRINTED, what="told_slip", about=form.child)
        return self._printer.told_slip(self._page(form))

    def end(self, slip: str) -> Changes:
        """The telling no longer holds.

        Raises:
            NoSuchSlip: not here.
        """
        record = self._desk.reader.get(slip)
        if record is None or record.noun != "told_slip":
            raise NoSuchSlip
        subject = text(record.values, "child")
        op = Set(slip, "ended", True, self._desk.reader.bases(slip, ("ended",)).get("ended", ()))  # noqa: FBT003  # a value
        return self._desk.put([NewEntry(TEAM, "told_slip.end", (op,), subject=subject)], _TOPICS)

    def list(self, child: str) -> tuple[SlipView, ...]:
        """Who has been told about this child, newest first."""
        found = self._desk.reader.find(
            "told_slip", {"child": child, "withdrawn": None}, order="-at"
        )
        return tuple(self._view(r) for r in found)

    def _check(self, form: SlipForm) -> None:
        self._children.show(form.child)
        if not form.told_to.strip():
            raise SayWhom
        if not form.text.strip():
            raise SayWhat
        rules.check(form.level, self._desk.actor.role)
        if form.level.upper() == rules.Level.DETAILS:
            raise rules.DetailsAreTheLeads
        rules.check_words(form.level, form.text)
        rules.end_words(form.until, self._desk.now().date())

    def _view(self, record: Record) -> SlipView:
        values = record.values
        until = date.fromisoformat(str(values["until"]))
        return SlipView(
            id=record.id,
            child=str(values["child"]),
            level=str(values["level"]),
            told_to=str(values["told_to"]),
            text=str(values.get("text") or ""),
            how=str(values.get("how")),
            at=instant(values, "at") or self._desk.now(),
            until=until,
            ended=bool(values.get("ended")) or until < self._desk.now().date(),
        )

    def _page(self, form: SlipForm) -> ToldSlipPage:
        row = self._children.show(form.child)
        facts = self._schools.facts()
        return ToldSlipPage(
            mark=PrintMark(
                school=facts.name,
                printed_by=self._schools.signature(self._desk.actor),
                printed_at=self._desk.now(),
                destroy_after=form.until,
                demo=facts.demo,
            ),
            told_to=form.told_to,
            first_name=row.first_name,
            class_name=", ".join(part for part in (row.class_name, row.year) if part),
            level=SlipLevel(form.level.lower()),
            words=form.text,
            until=form.until,
            ask=self._desk.actor.name,
        )
