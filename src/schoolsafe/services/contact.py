"""The contact book: who to ask for in each agency. All lives in the team circle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolsafe.domain import contact as rules
from schoolsafe.domain.contact import FACTS, Contact
from schoolsafe.domain.entry import Add, NewEntry, Set, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.file_form import day_of
from schoolsafe.errors import Refused
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Record

_TOPICS = frozenset({Topic.SETTING, Topic.FILE_RECORD})


class AgencyNeeded(Refused):
    """Enter the agency."""


class NameOrNumber(Refused):
    """Enter a name, a phone number or an email address."""


class NoSuchContact(Refused):
    """There is no such contact in the book."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """One line of the book as it stands."""

    contact: Contact
    stale: bool
    """Nobody has confirmed it this term."""


class Contacts:
    """What a person can do with the contact book."""

    def __init__(self, desk: Desk, calendars: Calendars) -> None:
        self._desk = desk
        self._calendars = calendars

    def list(self, words: str = "") -> tuple[ContactView, ...]:
        """The book by agency and name; only lines that hold every word.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        today, calendar = self._desk.now().date(), self._calendars.calendar()
        found = (_contact(r) for r in self._desk.reader.find("contact", {"withdrawn": None}))
        views = [
            ContactView(one, rules.is_stale(one, calendar, today))
            for one in found
            if one.holds(words)
        ]
        return tuple(
            sorted(views, key=lambda v: (v.contact.agency.casefold(), v.contact.name.casefold()))
        )

    def spoken(self) -> tuple[str, ...]:
        """What a form offers: "Dana Reeve, team manager, MASH". Nothing to a person without the key."""
        if TEAM in self._desk.closed:
            return ()
        return tuple(view.contact.spoken for view in self.list() if view.contact.spoken)

    def add(self, facts: Mapping[str, str]) -> Changes:
        """A new line; it counts as confirmed today.

        Raises:
            AgencyNeeded, NameOrNumber: what is missing.
        """
        said = _said(facts)
        _check(said)
        values: dict[str, Value] = {name: words for name, words in said.items() if words}
        values["confirmed_on"] = self._desk.now().date().isoformat()
        add = Add(self._desk.ids.new("contact"), values)
        return self._desk.put([NewEntry(TEAM, "contact.add", (add,))], _TOPICS)

    def change(self, contact: str, facts: Mapping[str, str]) -> Changes:
        """Other facts; that is a confirmation too.

        Raises:
            NoSuchContact: not in the book. AgencyNeeded, NameOrNumber: what is missing.
        """
        record, said = self._record(contact), _said(facts)
        _check({name: said.get(name, text(record.values, name) or "") for name in FACTS})
        values: dict[str, Value] = {name: words or None for name, words in said.items()}
        values["confirmed_on"] = self._desk.now().date().isoformat()
        ops = self._desk.setting(contact, values)
        if not ops:
            return Changes.none()
        return self._desk.put([NewEntry(TEAM, "contact.change", ops)], _TOPICS)

    def confirm(self, contact: str, *, on: date | None = None) -> Changes:
        """Somebody made sure that it still holds.

        Raises:
            NoSuchContact: not in the book.
        """
        self._record(contact)
        day = (on or self._desk.now().date()).isoformat()
        ops = self._desk.setting(contact, {"confirmed_on": day})
        if not ops:
            return Changes.none()
        return self._desk.put([NewEntry(TEAM, "contact.confirm", ops)], _TOPICS)

    def remove(self, contact: str) -> Changes:
        """Takes a line out of the book; it stays in the record.

        Raises:
            NoSuchContact: not in the book.
        """
        self._record(contact)
        bases = self._desk.reader.bases(contact, ("withdrawn",)).get("withdrawn", ())
        op = Set(contact, "withdrawn", "taken out", bases)
        return self._desk.put([NewEntry(TEAM, "contact.remove", (op,))], _TOPICS)

    def _record(self, contact: str) -> Record:
        found = self._desk.reader.get(contact)
        if found is None or found.noun != "contact" or found.values.get("withdrawn"):
            raise NoSuchContact
        return found


def _said(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: words.strip() for name, words in facts.items() if name in FACTS}


def _check(said: Mapping[str, str]) -> None:
    if not said.get("agency"):
        raise AgencyNeeded
    if not any(said.get(name) for name in ("name", "phone", "email", "dial_in")):
        raise NameOrNumber


def _contact(record: Record) -> Contact:
    said = {name: text(record.values, name) or "" for name in FACTS}
    return Contact(id=record.id, confirmed_on=day_of(record.values.get("confirmed_on")), **said)
