"""The contact book: one named person per agency, who stands in for them, and when that was last confirmed.

Source: domain.md 10.1 row 8 (Durham 2019: a single point of contact per agency, dial-in).
"""

from dataclasses import dataclass
from datetime import date

from schoolsafe.domain.calendar import SchoolCalendar
from schoolsafe.domain.cover import confirm_due
from schoolsafe.domain.field import TEAM, Field, Kind, Noun

CONTACT = Noun(
    "contact",
    TEAM,
    (
        Field("agency", searchable=True),
        Field("role", searchable=True),
        Field("name", searchable=True),
        Field("phone"),
        Field("email"),
        Field("cover"),
        Field("dial_in"),
        Field("notes"),
        Field("confirmed_on", Kind.DATE),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""``email`` is a secure address; ``cover`` who answers while they are away; ``dial_in`` how to join by phone."""

FACTS = ("agency", "role", "name", "phone", "email", "cover", "dial_in", "notes")
"""What a person writes about a contact."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the book."""

    id: str
    agency: str
    role: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    cover: str = ""
    dial_in: str = ""
    notes: str = ""
    confirmed_on: date | None = None

    def holds(self, words: str) -> bool:
        """Whether every word stands somewhere in it."""
        said = " ".join(str(getattr(self, name)) for name in FACTS).casefold()
        return all(word in said for word in words.casefold().split())

    @property
    def spoken(self) -> str:
        """As a form takes it over: name, role, agency."""
        return ", ".join(part for part in (self.name, self.role, self.agency) if part)


def is_stale(contact: Contact, calendar: SchoolCalendar, today: date) -> bool:
    """Whether nobody has confirmed it since this term began: the rule of the school’s own contact card."""
    return confirm_due(contact.confirmed_on, calendar, today)
