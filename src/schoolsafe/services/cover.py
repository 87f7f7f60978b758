"""The rota, the school's contact card, and what Today says about both. Source: domain.md 2.3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolsafe.domain import cover as rules
from schoolsafe.domain import say
from schoolsafe.domain.cover import Turn
from schoolsafe.domain.entry import Add, NewEntry, Set, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.pages import CardLine, ContactCardPage, PrintMark
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports import Record
from schoolsafe.services.ports_outside import Printer
from schoolsafe.services.school import Schools
from schoolsafe.words import _

CARD = "contact_card:main"
_TOPICS = frozenset({Topic.SETTING, Topic.TODAY})


class CoverNameNeeded(Refused):
    """Enter who covers these dates."""


class CoverEndsBeforeItBegins(Refused):
    """The last date must not lie before the first."""


class NoSuchTurn(Refused):
    """There is no such line on the rota."""


class AnInboxOrAPhone(Refused):
    """Enter an email address that somebody watches, or a phone number."""


@dataclass(frozen=True, slots=True)
class KeyAdult:
    """Somebody the police may ask for; ``trained`` is the day of the last training."""

    name: str
    role: str = ""
    phone: str = ""
    trained: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How the police reach the school."""

    inbox: str = ""
    phone: str = ""
    key_adults: tuple[KeyAdult, ...] = ()
    confirmed_on: date | None = None
    confirmed_with: str = ""


@dataclass(frozen=True, slots=True)
class CoverView:
    """The rota as it stands."""

    turns: tuple[Turn, ...]
    """Those not over yet, the next first."""
    uncovered: tuple[date, ...]
    """Dates of the next four weeks without anybody."""
    nobody: str
    """The red sentence, or nothing."""
    duty: tuple[Turn, ...]
    """Who covers today."""
    contact: ContactFacts
    confirm_due: bool
    too_few: bool
    """Fewer than two key adults are named."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """What Today says about cover."""

    nobody: str = ""
    confirm: str = ""
    duty: tuple[Turn, ...] = field(default=())


class Rota:
    """What a person can do about cover."""

    def __init__(
        self,
        desk: Desk,
        calendars: Calendars,
        schools: Schools,
        audit: Audit,
        printer: Printer,
        *,
        policy: Policy = NOTHING_FIXED,
    ) -> None:
        self._desk = desk
        self._calendars = calendars
        self._schools = schools
        self._audit = audit
        self._printer = printer
        self._policy = policy

    def show(self) -> CoverView:
        """The rota, the dates nobody covers, the contact card.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        today, calendar = self._desk.now().date(), self._calendars.calendar()
        turns, contact = self._turns(), self.contact()
        open_days = rules.uncovered(turns, calendar, today)
        return CoverView(
            turns=tuple(turn for turn in turns if turn.last >= today),
            uncovered=open_days,
            nobody=rules.uncovered_words(open_days, calendar, today),
            duty=rules.on_duty(turns, today),
            contact=contact,
            confirm_due=rules.confirm_due(contact.confirmed_on, calendar, today),
            too_few=len(contact.key_adults) < 2,  # noqa: PLR2004  # areas ask for two (domain.md 2.3)
        )

    def line(self) -> CoverLine:
        """The one line of Today; nothing for a person who holds no key of the rota."""
        if TEAM in self._desk.closed:
            return CoverLine()
        view = self.show()
        confirm = _("Go through the contact card with the police this term.")
        return CoverLine(view.nobody, confirm if view.confirm_due else "", view.duty)

    def add(self, *, first: date, last: date | None = None, name: str, phone: str = "") -> Changes:
        """Puts somebody on the rota; ``last`` None is one day.

        Raises:
            CoverNameNeeded: nobody is named. CoverEndsBeforeItBegins: as it says.
        """
        last = last or first
        if not name.strip():
            raise CoverNameNeeded
        if last < first:
            raise CoverEndsBeforeItBegins
        values: dict[str, Value] = {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "name": name.strip(),
        }
        values |= {"phone": phone.strip()} if phone.strip() else {}
        known = next(
            (p for p in self._schools.people() if p.name.casefold() == name.strip().casefold()),
            None,
        )
        values |= {"person": known.id} if known else {}
        add = Add(self._desk.ids.new("cover"), values)
        return self._desk.put([NewEntry(TEAM, "cover.add", (add,))], _TOPICS)

    def take_off(self, turn: str) -> Changes:
        """Takes a line off the rota; it stays readable in the record.

        Raises:
            NoSuchTurn: it is not on the rota.
        """
        record = self._desk.reader.get(turn)
        if record is None or record.noun != "cover" or record.values.get("withdrawn"):
            raise NoSuchTurn
        bases = self._desk.reader.bases(turn, ("withdrawn",)).get("withdrawn", ())
        op = Set(turn, "withdrawn", "taken off", bases)
        return self._desk.put([NewEntry(TEAM, "cover.take_off", (op,))], _TOPICS)

    def _turns(self) -> tuple[Turn, ...]:
        found = self._desk.reader.find("cover", {"withdrawn": None}, order="first")
        return tuple(_turn(record) for record in found)

    # the contact card -----------------------------------------------------------------------------

    def contact(self) -> ContactFacts:
        """How the police reach the school, as far as it is on record."""
        record = self._desk.reader.get(CARD)
        values: Mapping[str, Value] = record.values if record else {}
        adults = values.get("key_adults")
        return ContactFacts(
            inbox=text(values, "inbox") or "",
            phone=text(values, "phone") or "",
            key_adults=tuple(_adult(one) for one in adults if isinstance(one, dict))
            if isinstance(adults, list)
            else (),
            confirmed_on=_date(values.get("confirmed_on")),
            confirmed_with=text(values, "confirmed_with") or "",
        )

    def set_contact(self, *, inbox: str, phone: str, key_adults: Sequence[KeyAdult]) -> Changes:
        """How the police reach the school.

        Raises:
            AnInboxOrAPhone: neither is given.
        """
        if not (inbox.strip() or phone.strip()):
            raise AnInboxOrAPhone
        adults: Value = [_adult_value(one) for one in key_adults if one.name.strip()]
        return self._put(
            {"inbox": inbox.strip(), "phone": phone.strip(), "key_adults": adults},
            "contact_card.set",
        )

    def confirm(self, *, confirmed_with: str, on: date | None = None) -> Changes:
        """The card was gone through with the police that day (today unless told otherwise)."""
        day = on or self._desk.now().date()
        return self._put(
            {"confirmed_on": day.isoformat(), "confirmed_with": confirmed_with.strip()},
            "contact_card.confirm",
        )

    def _put(self, values: dict[str, Value], kind: str) -> Changes:
        if self._desk.reader.get(CARD) is None:
            return self._desk.put([NewEntry(TEAM, kind, (Add(CARD, values),))], _TOPICS)
        ops = self._desk.setting(CARD, values)
        return self._desk.put([NewEntry(TEAM, kind, ops)], _TOPICS) if ops else Changes.none()

    def page(self) -> bytes:
        """The card for the force as PDF. An audit row is on record before it exists.

        Raises:
            PrintingIsOff: the school's IT has switched it off here.
            AnInboxOrAPhone: there is nothing to print yet.
        """
        self._policy.check_print()
        view, facts = self.show(), self._schools.facts()
        if not (view.contact.inbox or view.contact.phone):
            raise AnInboxOrAPhone
        self._audit.write(Act.PRINTED, what="contact_card")
        site = self._calendars.show()
        hours = _("School day: {start} to {end}").format(
            start=say.time_words(site.start), end=say.time_words(site.end)
        )
        return self._printer.contact_card(
            ContactCardPage(
                mark=PrintMark(
                    school=facts.name,
                    printed_by=self._schools.signature(self._desk.actor),
                    printed_at=self._desk.now(),
                    demo=facts.demo,
                ),
                urn=facts.urn,
                inbox=view.contact.inbox,
                phone=view.contact.phone,
                hours=hours,
                key_adults=tuple(_adult_line(one) for one in view.contact.key_adults),
                cover=tuple(_turn_line(turn) for turn in view.turns),
                confirmed=_confirmed_words(view.contact),
            )
        )


def _turn(record: Record) -> Turn:
    first = _date(record.values.get("first")) or date.min
    return Turn(
        record.id,
        first,
        _date(record.values.get("last")) or first,
        text(record.values, "name") or "",
        text(record.values, "phone") or "",
    )


def _date(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _adult(value: Mapping[str, Value]) -> KeyAdult:
    return KeyAdult(
        text(value, "name") or "",
        text(value, "role") or "",
        text(value, "phone") or "",
        _date(value.get("trained")),
    )


def _adult_value(one: KeyAdult) -> dict[str, Value]:
    trained = one.trained.isoformat() if one.trained else None
    return {
        "name": one.name.strip(),
        "role": one.role.strip(),
        "phone": one.phone.strip(),
        "trained": trained,
    }


def _adult_line(one: KeyAdult) -> CardLine:
    about = [one.role]
    if one.trained:
        about.append(_("trained {day}").format(day=say.date_words(one.trained)))
    return CardLine(one.name, ", ".join(part for part in about if part), one.phone)


def _turn_line(turn: Turn) -> CardLine:
    days = say.date_words(turn.first)
    if turn.last != turn.first:
        days = _("{first} to {last}").format(first=days, last=say.date_words(turn.last))
    return CardLine(turn.name, days, turn.phone)


def _confirmed_words(contact: ContactFacts) -> str:
    if contact.confirmed_on is None:
        return _("Not gone through with the police yet")
    day = say.date_words(contact.confirmed_on)
    if not contact.confirmed_with:
        return _("Gone through with the police on {day}").format(day=day)
    return _("Gone through with {who} on {day}").format(who=contact.confirmed_with, day=day)
