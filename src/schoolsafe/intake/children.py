"""The children and adults of one incident, from labelled values. A child needs a name; an adult is never a child.

Left to others: children named only in running text (prose_people), what was seen and said (told).
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from schoolsafe.intake.dates import DateHit, find_dates
from schoolsafe.intake.household import Found, Household, fill
from schoolsafe.intake.items import Item
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.names import looks_like_name, may_be_half
from schoolsafe.intake.people import find_people, may_be_birth, years
from schoolsafe.intake.sheet import Sheet
from schoolsafe.intake.templates import ADULT, CHILD, OFFICER, Label, is_blank, owner_of

_PERSON_FIELDS: Final = frozenset(
    {"name", "surname", "forename", "middle", "known_as", "dob", "age", "role"}
)
PER_CHILD: Final = frozenset(
    {
        "school",
        "relationship",
        "presence",
        "ask_presence",
        "welfare",
        "spoken",
        "voice",
        "involved",
        "year_group",
        "remarks",
        "ask_seen",
    }
)
_OF_AGE: Final = 18
_SURELY_CHILD: Final = re.compile(
    r"child|pupil|student|young|\byp\b|learner|juvenile|youth|minor", re.IGNORECASE
)
_CHILD_YEARS: Final = 19
_STAFF: Final = re.compile(
    r"\b(?:designated|safeguarding (?:lead|officer)|dsl|ddsl|deput(?:y|ies)|key adult|head ?teacher|head of"
    r"|principal|teacher|senco|governor|admin\w*|pastoral|coordinator|co-ordinator|staff|manager)\b",
    re.IGNORECASE,
)
"""Roles of grown people at a school: a list of key adults names no child."""


class Reader:
    """Walks over the items of one incident and keeps whose lines these are."""

    def __init__(self, sheet: Sheet, today: date | None) -> None:
        self.sheet = sheet
        self.today = today
        self.section: str | None = None
        self.people: list[Found] = []
        self.current: Found | None = None
        self.pending: list[tuple[Item, Found | None, bool]] = []
        self.gap = False
        self.group = 0

    def read(self, items: tuple[Item, ...]) -> Household:
        """All items in order."""
        for item in items:
            if item.kind in {"blank", "break"}:
                self.gap = True
                if item.kind == "break":
                    self.section = None
            elif item.kind in {"heading", "counter"}:
                self.section = item.label.owner if item.label else None
                self.current = None
                self.gap = True
            elif item.kind == "pair":
                self._pair(item)
        return self._household()

    def _pair(self, item: Item) -> None:  # noqa: C901  # one case to a line
        if item.group != self.group:
            self.group, self.current = item.group, None
            if item.group:
                self.section = None
        owner = (item.label.owner if item.label else None) or self.section
        if item.field == "role":
            self._role(item)
        elif item.group and owner in {ADULT, OFFICER} and item.field in PER_CHILD:
            return
        elif item.field in _PERSON_FIELDS and owner != OFFICER:
            self._person_field(item, owner)
            self.gap = False
        elif item.field == "completed_by":
            self.section, self.current = OFFICER, None
        elif item.field in PER_CHILD and (
            self.section not in {ADULT, OFFICER} or _asks_of_child(item)
        ):
            if item.field in {"presence", "ask_presence"}:
                self._named_in_answer(item)
            current = self.current if self.current and self.current.owner != ADULT else None
            if item.field == "ask_presence" and any(
                each.field == "ask_presence" and whose is current for each, whose, _ in self.pending
            ):
                item = replace(item, label=Label("ask_seen", CHILD))
            self.pending.append((item, current, self.gap))
        elif item.field in {
            "when",
            "incident_date",
            "reference",
            "incident",
            "circumstances",
            "place",
        } and self.section in {ADULT, OFFICER}:
            self.section = None

    def _named_in_answer(self, item: Item) -> None:
        """As in "Child present: Ann EXAMPLE, 01/02/2018 - yes": who has a birth date there is a child of the notice."""
        for person in find_people(self.sheet, item.value, self.today):
            if person.dob and not person.is_adult(self.today):
                fill(self._new(CHILD, item), person)

    def _role(self, item: Item) -> None:
        """As in "Involvement: Child - present" behind a name says whose the lines are; before a name, whose follow."""
        owner = owner_of(self.sheet.words(item.value))
        if _STAFF.search(self.sheet.words(item.value)):
            owner = OFFICER
        if owner is None:
            return
        if item.group or not (self.current and self.current.named and not self.gap):
            self.section, self.current = (
                (self.section, self.current) if item.group else (owner, None)
            )
        else:
            self.current.owner, self.current.asked = owner, self.sheet.words(item.value)
        if (
            owner == CHILD
            and self.current
            and re.search(r"present|saw|heard|witness", self.sheet.words(item.value), re.IGNORECASE)
        ):
            self.pending.append(
                (replace(item, label=Label("presence", CHILD)), self.current, self.gap)
            )

    def _person_field(self, item: Item, owner: str | None) -> None:
        if (
            item.label
            and item.label.owner == CHILD
            and item.field in {"name", "surname", "forename"}
        ):
            self.section = None
        if item.field == "known_as" or is_blank(self.sheet.words(item.value)):
            return
        if owner != (self.current.owner if self.current else owner) and (
            owner or item.field == "name"
        ):
            self.current = None
        if item.field == "name":
            self._names(item, owner)
        elif item.field in {"surname", "forename"}:
            self._half_name(item, owner)
        elif item.field == "middle" and self.current:
            self.current.middle = item.value
        elif item.field == "dob":
            self._birth(item, owner)
        elif item.field == "age" and self.current and not self.current.age:
            self._age(item)
            born = [
                hit
                for hit in find_dates(self.sheet.plain, item.value, self.today)
                if may_be_birth(hit, self.today)
            ]
            if len(born) == 1 and self.current.dob is None:
                self.current.dob = born[0]

    def _names(self, item: Item, owner: str | None) -> None:
        people = find_people(self.sheet, item.value, self.today)
        for place, person in enumerate(people):
            fresh = self.current is None or self.current.named or place > 0
            target = self._new(owner, item) if fresh else self.current
            if target is None:
                continue
            fill(target, person)
            target.block = len(people) == 1
        if not people and owner != ADULT:
            self.current = None

    def _half_name(self, item: Item, owner: str | None) -> None:
        other = "forename" if item.field == "surname" else "surname"
        target = self.current
        if (
            target is None
            or getattr(target, item.field) is not None
            or (target.name is not None and not getattr(target, other))
        ):
            target = self._new(owner, item)
        if not (
            looks_like_name(self.sheet.words(item.value), strict=False)
            or may_be_half(self.sheet.words(item.value))
        ):
            people = find_people(self.sheet, item.value, self.today)
            if people and people[0].dob and not target.dob:
                target.dob = people[0].dob
            if not people:
                return
            setattr(target, item.field, people[0].name)
        else:
            setattr(target, item.field, item.value)
        target.block = True

    def _birth(self, item: Item, owner: str | None) -> None:
        hits = [
            hit
            for hit in find_dates(self.sheet.plain, item.value, self.today)
            if may_be_birth(hit, self.today)
        ]
        # why: a form in two languages writes each date twice
        hits = [hit for n, hit in enumerate(hits) if hit.day not in {each.day for each in hits[:n]}]
        target = self.current
        if target is None or (target.dob is not None and (owner == target.owner or owner is None)):
            if target is not None and not hits:
                return
            if target is not None and target.dob and hits and target.dob.day == hits[0].day:
                return
            target = self._new(owner, item)
            behind = find_people(self.sheet, item.value, self.today)
            if len(behind) == 1 and behind[0].dob:
                # why: "DOB 03/02/2014 - Ann EXAMPLE" names the child behind the date
                fill(target, behind[0])
        if len(hits) == 1:
            target.dob = hits[0]
        elif len(hits) > 1:
            self._births_in_order(hits)
        self._age(item)

    def _births_in_order(self, hits: list[DateHit]) -> None:
        """As in "DOBs: 12/03/2015 and 04/06/2017" after as many names."""
        waiting = [
            each for each in self.people if each.owner != ADULT and each.named and not each.dob
        ]
        if len(waiting) == len(hits):
            for child, hit in zip(waiting, hits, strict=True):
                child.dob = hit

    def _age(self, item: Item) -> None:
        from schoolsafe.intake.people import _age  # noqa: PLC0415

        if self.current is None:
            return
        found = _age(self.sheet, item.value, self.current.dob)
        if found is None and item.field == "age":
            digits = self.sheet.words(item.value).strip()
            found = item.value if digits.isdigit() else None
        self.current.age = self.current.age or found

    def _new(self, owner: str | None, item: Item) -> Found:
        self.current = Found(owner, item.asked)
        self.people.append(self.current)
        return self.current

    def _household(self) -> Household:
        people = [each for each in self.people if each.named][: MAIL.people]
        children = [each for each in people if self._is_child(each)]
        adults = [each for each in people if each not in children]
        return Household(children, adults, self._shared(children))

    def _is_child(self, found: Found) -> bool:
        if found.owner == OFFICER:
            return False
        return self._may_be_child(found)

    def _may_be_child(self, found: Found) -> bool:
        """Under "Victim" or "Suspect" only a birth date or age under 18 makes a child of the notice."""
        age = self._years(found)
        if found.owner == CHILD:
            # why: "Nominal 2" and "Subject" may be anybody, "Child" and "Pupil" may not
            return (
                age is None or age < _CHILD_YEARS or _SURELY_CHILD.search(found.asked) is not None
            )
        if found.owner == ADULT:
            return age is not None and age < _OF_AGE
        return age is None or age < _CHILD_YEARS

    def _years(self, found: Found) -> int | None:
        if found.dob and self.today:
            return years(found.dob.day, self.today)
        if found.age:
            text = self.sheet.words(found.age)
            return int(text) if text.isdigit() else None
        return None

    def _shared(self, children: list[Found]) -> dict[str, Item]:
        """Gives each answer to the child in whose lines it stands, or to all."""
        shared: dict[str, Item] = {}
        blocks = sum(child.block for child in children)
        for name in {item.field for item, _, _ in self.pending}:
            asked = [(item, child, gap) for item, child, gap in self.pending if item.field == name]
            owners = {id(child) for _, child, _ in asked if child is not None}
            for item, child, gap in asked:
                mine = child is not None and child in children and child.block and blocks > 1
                below_all = (
                    bool(children)
                    and name == "school"
                    and len(asked) == 1
                    and child is children[-1]
                    and not any(
                        whose in children and whose is not child for _, whose, _ in self.pending
                    )
                )
                if below_all:
                    shared.setdefault(name, item)
                elif mine and child is not None and (len(owners) > 1 or not gap):
                    child.own.setdefault(name, item)
                else:
                    shared.setdefault(name, item)
        return shared


def _asks_of_child(item: Item) -> bool:
    """As in "Child present" stands for the child even under the lines about an adult."""
    return item.label is not None and item.label.owner == CHILD
