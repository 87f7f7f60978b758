"""The people of one incident while its page is read, and the role of each."""

from dataclasses import dataclass, field
from typing import Final

from schoolsafe.intake.dates import DateHit
from schoolsafe.intake.items import Item
from schoolsafe.intake.names import Name, cased
from schoolsafe.intake.people import Person
from schoolsafe.intake.sheet import Cut, Sheet, visible
from schoolsafe.intake.templates import ADULT

ROLE_VICTIM: Final = "victim"
ROLE_HARM: Final = "alleged_person_causing_harm"


@dataclass(slots=True)
class Found:
    """One person while the page is read."""

    owner: str | None
    asked: str = ""
    name: Cut | None = None
    parts: Name | None = None
    surname: Cut | None = None
    forename: Cut | None = None
    middle: Cut | None = None
    dob: DateHit | None = None
    age: Cut | None = None
    school: Cut | None = None
    year: Cut | None = None
    own: dict[str, Item] = field(default_factory=dict)
    block: bool = False
    """Whether the person has lines of their own."""

    @property
    def named(self) -> bool:
        """Whether there is any name."""
        return self.name is not None or self.surname is not None or self.forename is not None

    def words_for(self, sheet: Sheet) -> Name:
        """The parts of the name, from whichever lines gave them."""
        if self.surname or self.forename:
            names = _plain(sheet, self.forename).split()
            surname = " ".join(cased(each) for each in _plain(sheet, self.surname).split())
            middle = _plain(sheet, self.middle).split()
            given = [cased(each) for each in [*names, *middle]]
            parts = self.parts
            return Name(
                surname or (parts.surname if parts else None),
                given[0] if given else (parts.forename if parts else None),
                " ".join(given[1:]) or None,
            )  # fmt: skip
        return self.parts or Name(None, None)

    def name_cut(self) -> Cut | None:
        """Where the name as sent stands: the whole name, else the surname, else the first name."""
        return self.name or self.surname or self.forename


def _plain(sheet: Sheet, cut: Cut | None) -> str:
    return visible(sheet.sent(cut)).strip(" ,.") if cut else ""


@dataclass(frozen=True, slots=True)
class Household:
    """Everybody an incident's labelled lines name."""

    children: list[Found]
    adults: list[Found]
    shared: dict[str, Item]
    """Answers that hold for all children."""


def fill(target: Found, person: Person) -> None:
    """Adds what stands beside a name to a person already begun."""
    target.name, target.parts = person.name, person.parts
    target.dob = target.dob or person.dob
    target.age = target.age or person.age
    target.school = target.school or person.school
    target.year = target.year or person.year


def role_of(found: Found) -> str:
    """The role of a child who is a party to the incident and not a child of the household."""
    asked = found.asked.lower()
    if found.owner != ADULT:
        return "child"
    if any(
        word in asked
        for word in ("suspect", "perpetrator", "offender", "accused", "alleged", "defendant")
    ):
        return ROLE_HARM
    return (
        ROLE_VICTIM
        if any(word in asked for word in ("victim", "aggrieved", "complainant", "injured"))
        else "child"
    )
