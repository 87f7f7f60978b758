"""Who belongs to one incident: children and adults of running text beside those of the labelled lines."""

import re
from datetime import date
from typing import Final

from schoolsafe.domain.notification import Adult
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.household import Found, Household
from schoolsafe.intake.incident_prose import Facts
from schoolsafe.intake.items import Item
from schoolsafe.intake.people import find_people, may_be_birth
from schoolsafe.intake.prose_people import Named, is_child, people_by_cue, people_in_prose
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import ADULT, CHILD

_FLAGS: Final = re.IGNORECASE
_HOUSEHOLD: Final = re.compile(
    r"household|family|people|persons|parties|everyone|occupants", _FLAGS
)
_ROLE_IN_BRACKETS: Final = re.compile(r"(?P<name>[^(),;\n]{1,80})\((?P<role>[^()]{2,60})\)")
_NOT_TO_ATTEND: Final = re.compile(
    r"(?P<name>(?:Mr|Mrs|Ms|Miss)\.?\s[^,.;\n]{3,50}?)\s+(?:is |must |has been (?:told"
    r"|ordered) )?(?P<role>not to (?:attend|contact|approach|collect))"
)
_UNTIL: Final = re.compile(r"\buntil\s+(?P<until>[^.;\n]+?)(?:[.;]|$)", _FLAGS)
_ALSO_CALLED: Final = re.compile(
    r"[^\n]{0,80}?\b(?:known as|aka|called|pref(?:erred name"
    r"|ers)?:?)\s+\"?(?P<name>[^\W\d_]{2,20})",
    _FLAGS,
)


class People:
    """Reads who is named in one incident."""

    def __init__(self, sheet: Sheet, items: tuple[Item, ...], today: date | None) -> None:
        self.sheet = sheet
        self.items = items
        self.today = today

    def prose_people(self, prose: list[Cut]) -> list[Named]:
        """Everybody beside a birth date or age, each once."""
        found = [named for cut in prose for named in people_in_prose(self.sheet, cut, self.today)]
        unique: dict[str, Named] = {}
        for named in found:
            parts = named.person.parts
            unique.setdefault(f"{parts.surname} {parts.forename}".lower(), named)
        return list(unique.values())

    def of_the_household(self, children: list[Found]) -> list[Found]:
        """Who stands in a list of the household with a child's birth date."""
        found: list[Found] = []
        for item in self.items:
            if item.kind != "pair" or item.field != "adults" or not _HOUSEHOLD.search(item.asked):
                continue
            for person in find_people(self.sheet, item.value, self.today):
                named = Named(person, None)
                if (
                    person.dob
                    and is_child(named, self.today)
                    and not known(self.sheet, named, [*children, *found])
                ):
                    found.append(as_found(named))
        return found

    def later_births(self, children: list[Found]) -> None:
        """As in "… the home of Wren Example. Wren (DOB 30.08.2018) was …": the first name alone beside a birth date."""
        plain, stretch = self.sheet.plain, self.all_text()
        for child in children:
            forename = child.words_for(self.sheet).forename
            if child.dob or not forename or len(forename) < 2:  # noqa: PLR2004  # an initial is no name
                continue
            rule = re.compile(
                rf"(?<![\w'-]){re.escape(forename)}\s*[(,]?\s*(?:who (?:was|is) )?(?i:d\.?o\.?b\.?|born(?: "
                rf"on)?|date of birth)\W{{0,3}}(?=\w)"
            )
            for cut in stretch:
                found = rule.search(plain, cut.start, cut.end)
                days = (
                    find_dates(plain, Cut(found.end(), min(cut.end, found.end() + 40)), self.today)
                    if found
                    else []
                )
                if (
                    found
                    and days
                    and days[0].cut.start - found.end() <= len("the ")
                    and may_be_birth(days[0], self.today)
                ):
                    child.dob = days[0]
                    break

    def cued(self, prose: list[Cut]) -> list[Named]:
        """Children without a birth date whom the words around call a pupil."""
        found = [
            named for cut in prose for named in people_by_cue(self.sheet, cut) if named.role is None
        ]
        unique: dict[str, Named] = {}
        for named in found:
            unique.setdefault(self.sheet.sent(named.person.name).lower(), named)
        return list(unique.values())

    def births(self, children: list[Found], adults: list[Named]) -> tuple[Cut, ...]:
        """Where birth dates stand: no incident happened then."""
        cuts = [child.dob.cut for child in children if child.dob]
        return (*cuts, *(each.person.dob.cut for each in adults if each.person.dob))

    def all_text(self) -> list[Cut]:
        """Prose and values, in order."""
        return [
            item.cut if item.kind == "prose" else item.value
            for item in self.items
            if item.kind in {"prose", "pair"} and item.value.end + item.cut.end
        ]

    def adults(
        self, home: Household, named: list[Named], facts: Facts, other: dict[str, str]
    ) -> tuple[Adult, ...]:
        """The adults of the notice, each once, with the role it gives."""
        found: dict[str, Adult] = {}
        for each in home.adults:
            cut = each.name_cut()
            if cut is not None and each.owner == ADULT:
                name = self.sheet.sent(cut)
                found.setdefault(name.lower(), Adult(each.asked.strip(" :*").lower() or None, name))
        for item in self.items:
            if item.kind == "pair" and item.field == "adults":
                for adult in self._listed_adults(item.value):
                    found.setdefault((adult.name_as_sent or "").lower(), adult)
        for other_adult in named:
            name = self.sheet.sent(other_adult.person.name)
            found.setdefault(name.lower(), Adult(other_adult.role, name))
        if facts.action and (barred := _NOT_TO_ATTEND.search(self.sheet.words(facts.action))):
            name = " ".join(barred["name"].split())
            found.setdefault(name.lower(), Adult(barred["role"], name))
            other["must_not_attend_who_as_sent"] = name
            if until := _UNTIL.search(self.sheet.words(facts.action)):
                other["must_not_attend_until_as_sent"] = " ".join(until["until"].split())
        return tuple(found.values())

    def _listed_adults(self, cut: Cut) -> list[Adult]:
        text = self.sheet.sent(cut)
        listed = [
            Adult(_first_role(m["role"]), m["name"].strip(" ,;-"))
            for m in _ROLE_IN_BRACKETS.finditer(text)
        ]
        if listed:
            return [each for each in listed if each.name_as_sent]
        return [
            Adult(None, self.sheet.sent(person.name))
            for person in find_people(self.sheet, cut, self.today)
        ]


def _first_role(role: str) -> str:
    return re.split(r"[,;/]", role)[0].strip()


def names_of(sheet: Sheet, child: Found) -> tuple[str, ...]:
    """The plain words that name a child in running text: the first name, and the whole name."""
    parts = child.words_for(sheet)
    cut = child.name_cut()
    whole = " ".join(sheet.words(cut).split()) if cut else ""
    also = (
        _ALSO_CALLED.match(sheet.plain, cut.start, min(len(sheet.plain), cut.end + 30))
        if cut
        else None
    )
    return tuple(
        each
        for each in (
            also["name"] if also else "",
            parts.forename.replace("’", "'") if parts.forename else "",
            whole,
        )
        if len(each) > 1
    )


def known(sheet: Sheet, named: Named, children: list[Found]) -> bool:
    """Whether a child of the labelled lines is meant."""
    mine = named.person.parts
    for child in children:
        parts = child.words_for(sheet)
        same = (parts.forename or "").lower() == (mine.forename or "").lower() and (
            parts.surname or mine.surname or ""
        ).lower() == (mine.surname or "").lower()
        if same or (
            child.dob
            and named.person.dob
            and child.dob.day == named.person.dob.day
            and (parts.forename or "").lower()[:1] == (mine.forename or "").lower()[:1]
        ):
            if child.dob is None:
                child.dob = named.person.dob
            child.school = child.school or named.person.school
            return True
    return False


def as_found(named: Named) -> Found:
    """Somebody of running text beside those of the lines."""
    person = named.person
    asked = named.role or ""
    owner = ADULT if named.role and named.role not in {"mr", "mrs", "ms"} else CHILD
    return Found(
        owner, asked, name=person.name, parts=person.parts, dob=person.dob,
        age=person.age, school=person.school, year=person.year,
    )  # fmt: skip
