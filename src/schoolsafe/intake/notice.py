"""One text into its notices: parts it into incidents and fills each field with the place it came from.

Blank beats wrong: where two readings are possible the field stays empty and the text is shown.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.notification import (
    Adult,
    Answer,
    ChildLine,
    Incident,
    Notice,
    NoticeKind,
    Precision,
    Risk,
    Span,
)
from schoolsafe.intake import answers, incident, meaning, told
from schoolsafe.intake.children import PER_CHILD, Found, Household, Reader, role_of
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.groups import Group, part_incidents
from schoolsafe.intake.incident import Facts, IncidentReader
from schoolsafe.intake.lines import Item, read_items, trim
from schoolsafe.intake.people import find_people, may_be_birth
from schoolsafe.intake.prose_people import Named, is_child, people_by_cue, people_in_prose
from schoolsafe.intake.sentences import about_whom, split_sentences
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import ADULT, CHILD, is_blank, words
from schoolsafe.intake.tidy import tidy
from schoolsafe.intake.told import Told

_FLAGS: Final = re.IGNORECASE
_MAY_TELL_WHEN: Final = frozenset({"circumstances", "reference", "category", "place", "police_action", "ask_presence", "presence", "name", "dob"})
_HOUSEHOLD: Final = re.compile(r"household|family|people|persons|parties|everyone|occupants", _FLAGS)
_NO_SCHOOL: Final = re.compile(r"\b(?:encompass|notification|council|police|constabulary|hub)\b", _FLAGS)
_NO_INCIDENT: Final = re.compile(r"\b(?:training|webinar|course|delegates?|book (?:now|your place)|agenda|newsletter|statistics)\b", _FLAGS)
_ROLE_IN_BRACKETS: Final = re.compile(r"(?P<name>[^(),;\n]{1,80})\((?P<role>[^()]{2,60})\)")
_NOT_TO_ATTEND: Final = re.compile(
    r"(?P<name>(?:Mr|Mrs|Ms|Miss)\.?\s[^,.;\n]{3,50}?)\s+(?:is |must |has been (?:told|ordered) )?(?P<role>not to (?:attend|contact|approach|collect))"
)
_UNTIL: Final = re.compile(r"\buntil\s+(?P<until>[^.;\n]+?)(?:[.;]|$)", _FLAGS)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the message before its text is read."""

    today: date | None
    kind: NoticeKind | None
    source: str = "body"


@dataclass(frozen=True, slots=True)
class Reading:
    """The notices of one text and what a person should know about the reading."""

    notices: tuple[Notice, ...]
    warnings: tuple[str, ...]


def read_notices(sheet: Sheet, context: Context) -> Reading:
    """The notices of one text; none where nothing says whom it is about."""
    sheet = tidy(sheet)
    items = read_items(sheet)
    notices: list[Notice] = []
    warnings: list[str] = []
    for group in part_incidents(sheet, items, context.today):
        notice = _One(sheet, context, group).read(warnings)
        if notice is not None:
            notices.append(notice)
    return Reading(tuple(notices), tuple(dict.fromkeys(warnings)))


class _One:
    """Reads one incident."""

    def __init__(self, sheet: Sheet, context: Context, group: Group) -> None:
        self.sheet = sheet
        self.context = context
        self.group = group
        self.items = group.items
        kind = context.kind
        self.reader = IncidentReader(sheet, context.today, kind.value if kind else None)

    def read(self, warnings: list[str]) -> Notice | None:
        """The notice, or None where it names nobody and tells no incident."""
        home = Reader(self.sheet, self.context.today).read((*self._preamble(), *self.items))
        children = list(home.children)
        prose = [item.cut for item in self.items if item.kind == "prose"]
        named = self._prose_people(home, prose)
        adults_named = [each for each in named if not is_child(each, self.context.today)]
        children += [
            _as_found(each)
            for each in named
            if is_child(each, self.context.today) and not _known(self.sheet, each, children)
        ]
        children += self._of_the_household(children)
        if not children and (cued := self._cued(prose)):
            children = [_as_found(each) for each in cued]
        self._later_births(children)
        self.reader.labelled(self.items)
        births = self._births(children, adults_named)
        sentences = [cut for stretch in prose for cut in split_sentences(self.sheet, stretch)]
        beside = [
            cut
            for item in self.items
            if item.kind == "pair" and item.field in _MAY_TELL_WHEN
            for cut in split_sentences(self.sheet, item.value)
        ]
        self.reader.prose(sentences, births, beside)
        for item in self.items:
            if item.kind == "pair" and item.field in {
                "circumstances",
                "adults",
                "incident",
                "other_children",
            }:
                self.reader.inside(item.value)
        facts = self.reader.facts
        warnings += facts.warnings
        if not children and not self._tells(facts):
            return None
        if self.context.kind is None and not self._speaks_for_itself(facts, children):
            return None
        told_of = self._told(home, children, prose)
        return self._notice(facts, children, told_of, home, adults_named)

    def _speaks_for_itself(self, facts: Facts, children: list[Found]) -> bool:
        """Where no word says what sort of message this is, a child, a day and a time or birth date must."""
        exact = facts.when is not None and facts.when.at is not None
        return facts.when is not None and bool(children) and (exact or any(child.dob for child in children))

    def _tells(self, facts: Facts) -> bool:
        """An incident without any name is still a notice when it has a date or number of its own label."""
        labelled = any(
            item.kind == "pair" and item.field in {"reference", "when", "incident", "incident_date"}
            for item in self.items
        )
        if _NO_INCIDENT.search(self.sheet.plain):
            return False
        return labelled and (facts.when is not None or facts.reference is not None)

    def _preamble(self) -> tuple[Item, ...]:
        return tuple(
            item for item in self.group.preamble if item.kind == "pair" and item.field == "school"
        )

    # -- people -----------------------------------------------------------------------------------

    def _prose_people(self, home: Household, prose: list[Cut]) -> list[Named]:
        del home
        found = [
            named for cut in prose for named in people_in_prose(self.sheet, cut, self.context.today)
        ]
        unique: dict[str, Named] = {}
        for named in found:
            parts = named.person.parts
            unique.setdefault(f"{parts.surname} {parts.forename}".lower(), named)
        return list(unique.values())

    def _of_the_household(self, children: list[Found]) -> list[Found]:
        """Who stands in a list of the household with a child's birth date."""
        found: list[Found] = []
        for item in self.items:
            if item.kind != "pair" or item.field != "adults" or not _HOUSEHOLD.search(item.asked):
                continue
            for person in find_people(self.sheet, item.value, self.context.today):
                named = Named(person, None)
                if person.dob and is_child(named, self.context.today) and not _known(self.sheet, named, [*children, *found]):
                    found.append(_as_found(named))
        return found

    def _later_births(self, children: list[Found]) -> None:
        """ "… the home of Wren Example. Wren (DOB 30.08.2018) was …": the first name alone beside a birth date."""
        plain, stretch = self.sheet.plain, self._all_text()
        for child in children:
            forename = child.words_for(self.sheet).forename
            if child.dob or not forename or len(forename) < 2:  # noqa: PLR2004  # an initial is no name
                continue
            rule = re.compile(rf"(?<![\w'-]){re.escape(forename)}\s*[(,]?\s*(?:who (?:was|is) )?(?i:d\.?o\.?b\.?|born(?: on)?|date of birth)\W{{0,3}}(?=\w)")
            for cut in stretch:
                found = rule.search(plain, cut.start, cut.end)
                days = find_dates(plain, Cut(found.end(), min(cut.end, found.end() + 40)), self.context.today) if found else []
                if found and days and days[0].cut.start - found.end() <= 4 and may_be_birth(days[0], self.context.today):  # noqa: PLR2004  # "the "
                    child.dob = days[0]
                    break

    def _cued(self, prose: list[Cut]) -> list[Named]:
        found = [
            named for cut in prose for named in people_by_cue(self.sheet, cut) if named.role is None
        ]
        unique: dict[str, Named] = {}
        for named in found:
            unique.setdefault(self.sheet.sent(named.person.name).lower(), named)
        return list(unique.values())

    def _births(self, children: list[Found], adults: list[Named]) -> tuple[Cut, ...]:
        cuts = [child.dob.cut for child in children if child.dob]
        return (*cuts, *(each.person.dob.cut for each in adults if each.person.dob))

    # -- what is told of each child -----------------------------------------------------------------

    def _told(self, home: Household, children: list[Found], prose: list[Cut]) -> list[Told]:
        told_of = [Told() for _ in children]
        if self.context.kind in {NoticeKind.MISSING, NoticeKind.FOUND}:
            return told_of
        names = [_names(self.sheet, child) for child in children]
        for number, child in enumerate(children):
            others = tuple(n for k, each in enumerate(names) if k != number for n in each)
            for field in sorted(
                PER_CHILD - {"school", "relationship", "year_group"}, key=_presence_first
            ):
                item = child.own.get(field) or home.shared.get(field)
                if item is not None and (field in child.own or self._is_for(item, names, number)):
                    answers.answer(
                        self.sheet, item, told_of[number], names=names[number], others=others
                    )
        stretches = prose + [
            item.value
            for item in self.items
            if item.kind == "pair" and item.field in {"circumstances", "incident"}
        ]
        told.from_sentences(self.sheet, about_whom(self.sheet, stretches, names), told_of)
        return told_of

    def _is_for(self, item: Item, names: list[tuple[str, ...]], number: int) -> bool:
        """A shared answer that names some of the children is not for the others; nor is a single quote."""
        text = self.sheet.words(item.value)
        mentioned = [
            n
            for n, each in enumerate(names)
            if any(re.search(rf"\b{re.escape(name)}\b", text, _FLAGS) for name in each)
        ]
        if len(names) > 1 and item.field == "voice":
            return (
                mentioned[:1] == [number]
                if mentioned
                else meaning.quote_in(self.sheet, item.value) is None
            )
        if not mentioned or number in mentioned:
            return True
        return re.search(r"\b(?:both|all)\b", text, _FLAGS) is not None

    # -- the notice ---------------------------------------------------------------------------------

    def _notice(
        self,
        facts: Facts,
        children: list[Found],
        told_of: list[Told],
        home: Household,
        adults: list[Named],
    ) -> Notice:
        lines = tuple(self._line(child, told_of[n], home) for n, child in enumerate(children))
        spans = {
            name: self._span(cut) for name, cut in _fact_cuts(facts).items() if cut is not None
        }
        other = {
            _OTHER_NAMES.get(name, f"{name}_as_sent"): self.sheet.sent(cut)
            for name, cut in facts.other.items()
        }
        unborn = incident.unborn_in(
            self.sheet,
            [c for stretch in self._all_text() for c in split_sentences(self.sheet, stretch)],
        )
        if unborn:
            spans["unborn"] = self._span(unborn[0])
            other |= self._due(unborn)
        if (
            facts.our_reference
            and facts.reference is None
            and not re.search("council|mash", self.sheet.plain[:600], _FLAGS)
        ):
            facts.reference = facts.our_reference
        elif facts.our_reference:
            other["sender_ref"] = self.sheet.sent(facts.our_reference)
        other |= self._extra(home, children)
        return Notice(
            kind=self.context.kind,
            police_reference=self._sent(facts.reference),
            incident=self._incident(facts),
            circumstances=self._sent(facts.circumstances),
            risk=Risk(facts.tool, self._sent(facts.tool_cut), self._sent(facts.grade)),
            police_action=self._sent(facts.action),
            social_care_referral=facts.care,
            unborn=self.sheet.sent(unborn[0]) if unborn else None,
            adults=self._adults(home, adults, facts, other),
            children=lines,
            source=self.context.source,
            other=other,
            spans=spans,
        )

    def _all_text(self) -> list[Cut]:
        return [
            item.cut if item.kind == "prose" else item.value
            for item in self.items
            if item.kind in {"prose", "pair"} and item.value.end + item.cut.end
        ]

    def _due(self, unborn: tuple[Cut, Cut | None, Cut | None]) -> dict[str, str]:
        _sentence, weeks, due = unborn
        found = {}
        if weeks:
            found["unborn_weeks_as_sent"] = self.sheet.sent(weeks)
        if due:
            found["unborn_due_as_sent"] = self.sheet.sent(due)
            if days := find_dates(self.sheet.plain, due, None):
                found["unborn_due"] = days[0].day.isoformat()
        return found

    def _incident(self, facts: Facts) -> Incident:
        when = facts.when
        if when is None:
            return Incident(place=self._sent(facts.place))
        exact = when.precision
        if when.at is None and exact is not Precision.OVERNIGHT:
            exact = Precision.UNKNOWN
        return Incident(
            when.day,
            when.at,
            when.until_day,
            when.until,
            exact,
            self._sent(facts.as_sent),
            self._sent(facts.place),
        )

    def _sent(self, cut: Cut | None) -> str | None:
        return (self.sheet.sent(cut) or None) if cut else None

    def _span(self, cut: Cut) -> Span:
        return Span(self.sheet.part, *self.sheet.place(cut))

    def _line(self, child: Found, tell: Told, home: Household) -> ChildLine:
        parts = child.words_for(self.sheet)
        school = self._shared_cut(child, home, "school", child.school)
        relation = self._shared_cut(child, home, "relationship", None)
        cuts = {
            "name_as_sent": child.name_cut(), "surname": child.surname or child.name, "forename": child.forename or child.name,
            "dob": child.dob.cut if child.dob else None, "age_as_sent": child.age, "school_named": school,
            "relationship": relation, "presence": tell.presence_cut, "voice": tell.voice, "voice_remark": tell.remark,
            "welfare_check": tell.welfare_cut, "spoken_to_by_police": tell.spoken_cut, "involved_or_injured": tell.involved,
        }  # fmt: skip
        missing = self.context.kind in {NoticeKind.MISSING, NoticeKind.FOUND}
        return ChildLine(
            name_as_sent=self._sent(child.name_cut()) or "",
            surname=parts.surname,
            forename=parts.forename,
            other_forenames=parts.other,
            dob=child.dob.day if child.dob else None,
            dob_as_sent=self._sent(child.dob.cut) if child.dob else None,
            age_as_sent=self._sent(child.age),
            role="missing_child" if missing else role_of(child),
            school_named=self._sent(school),
            relationship=self._sent(relation),
            presence=tell.presence,
            presence_as_sent=self._sent(tell.presence_cut),
            welfare_check=tell.welfare,
            spoken_to_by_police=tell.spoken,
            voice=self._sent(tell.voice),
            voice_with=tell.voice_with if tell.voice or tell.spoken is Answer.YES else None,
            voice_remark=self._sent(tell.remark),
            involved_or_injured=self._sent(tell.involved),
            spans={name: self._span(cut) for name, cut in cuts.items() if cut is not None},
        )

    def _shared_cut(
        self, child: Found, home: Household, field: str, found: Cut | None
    ) -> Cut | None:
        item = child.own.get(field) or home.shared.get(field)
        if found is not None and field not in child.own:
            return found
        if item is None or is_blank(self.sheet.words(item.value)):
            return found
        if field == "school" and words().year.fullmatch(self.sheet.words(item.value).strip()):
            return found
        if field != "school":
            return item.value
        return found if _NO_SCHOOL.search(self.sheet.words(item.value)) else trim(self.sheet.plain, item.value, " \t\n.,;")

    # -- adults and the rest --------------------------------------------------------------------------

    def _adults(
        self, home: Household, named: list[Named], facts: Facts, other: dict[str, str]
    ) -> tuple[Adult, ...]:
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
            for person in find_people(self.sheet, cut, self.context.today)
        ]

    def _extra(self, home: Household, children: list[Found]) -> dict[str, str]:
        extra: dict[str, str] = {}
        if (year := next((c.year for c in children if c.year), None)) is not None:
            extra["year_as_sent"] = self.sheet.sent(year)
        elif (item := home.shared.get("year_group")) is not None and not is_blank(
            self.sheet.words(item.value)
        ):
            extra["year_as_sent"] = self.sheet.sent(item.value)
        if re.search(
            r"\baddress\b[^.\n]{0,40}\b(?:withheld|confidential|not to be disclosed)\b|\brefuge\b",
            self.sheet.plain,
            _FLAGS,
        ):
            extra["address_confidential"] = "yes"
        return extra


_ALSO_CALLED: Final = re.compile(r"[^\n]{0,80}?\b(?:known as|aka|called|pref(?:erred name|ers)?:?)\s+\"?(?P<name>[^\W\d_]{2,20})", _FLAGS)
_OTHER_NAMES: Final = {"parent_contact": "parent_contact_rule_as_sent"}


def _presence_first(field: str) -> int:
    """The plain question before the one that asks what was seen."""
    return {"spoken": 0, "voice": 1, "presence": 2, "ask_presence": 3}.get(field, 4)


def _first_role(role: str) -> str:
    return re.split(r"[,;/]", role)[0].strip()


def _names(sheet: Sheet, child: Found) -> tuple[str, ...]:
    """The plain words that name a child in running text: the first name, and the whole name."""
    parts = child.words_for(sheet)
    cut = child.name_cut()
    whole = " ".join(sheet.words(cut).split()) if cut else ""
    also = _ALSO_CALLED.match(sheet.plain, cut.start, min(len(sheet.plain), cut.end + 30)) if cut else None
    return tuple(
        each
        for each in (also["name"] if also else "", parts.forename.replace("’", "'") if parts.forename else "", whole)
        if len(each) > 1
    )


def _known(sheet: Sheet, named: Named, children: list[Found]) -> bool:
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


def _as_found(named: Named) -> Found:
    person = named.person
    asked = named.role or ""
    owner = ADULT if named.role and named.role not in {"mr", "mrs", "ms"} else CHILD
    return Found(
        owner, asked, name=person.name, parts=person.parts, dob=person.dob, age=person.age, school=person.school, year=person.year,
    )  # fmt: skip


def _fact_cuts(facts: Facts) -> dict[str, Cut | None]:
    return {
        "police_reference": facts.reference, "incident": facts.as_sent, "place": facts.place, "circumstances": facts.circumstances,
        "risk_tool": facts.tool_cut, "risk_grade": facts.grade, "police_action": facts.action, "social_care_referral": facts.care_cut,
    }  # fmt: skip
