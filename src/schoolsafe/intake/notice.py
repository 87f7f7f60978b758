"""One text into its notices: parts it into incidents and fills each field with the place it came from.

Blank beats wrong: where two readings are possible the field stays empty and the text is shown.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.notification import (
    Answer,
    ChildLine,
    Incident,
    Notice,
    NoticeKind,
    Precision,
    Read,
    Risk,
    Span,
)
from schoolsafe.intake import answers, meaning, told
from schoolsafe.intake.children import PER_CHILD, Reader
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.groups import Group, part_incidents
from schoolsafe.intake.household import Found, Household, role_of
from schoolsafe.intake.how_found import how_found
from schoolsafe.intake.incident import IncidentReader
from schoolsafe.intake.incident_prose import Facts, unborn_in
from schoolsafe.intake.items import Item, trim
from schoolsafe.intake.lines import read_items
from schoolsafe.intake.notice_people import People, as_found, known, names_of
from schoolsafe.intake.prose_people import Named, is_child
from schoolsafe.intake.sentences import about_whom, split_sentences
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import is_blank, words
from schoolsafe.intake.tidy import tidy
from schoolsafe.intake.told import Told

_FLAGS: Final = re.IGNORECASE
_MAY_TELL_WHEN: Final = frozenset(
    {
        "circumstances",
        "reference",
        "category",
        "place",
        "police_action",
        "ask_presence",
        "presence",
        "name",
        "dob",
    }
)
_NO_SCHOOL: Final = re.compile(
    r"\b(?:encompass|notification|council|police|constabulary|hub)\b", _FLAGS
)
_NO_INCIDENT: Final = re.compile(
    r"\b(?:training|webinar|course|delegates?|book (?:now|your place)|agenda|newsletter"
    r"|statistics)\b",
    _FLAGS,
)


_CONTACTS: Final = re.compile(
    r"^\W*trained\W*[:\t]|\b(?:our|these|following|your) (?:contacts|key adults?)\b"
    r"|^\W*name\b[^\n]{0,40}[\t|][^\n]{0,40}\b(?:role|telephone|trained)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A list of the school's own contacts: without a moment, a number or a birth date it names no child."""


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
        notice = OneNotice(sheet, context, group).read(warnings)
        if notice is not None:
            notices.append(notice)
    return Reading(tuple(notices), tuple(dict.fromkeys(warnings)))


class OneNotice(People):
    """Reads one incident. ``read_as`` is how its values were found, where that is one for all."""

    def __init__(
        self, sheet: Sheet, context: Context, group: Group, read_as: Read | None = None
    ) -> None:
        super().__init__(sheet, group.items, context.today)
        self.read_as = read_as
        self.context = context
        self.group = group
        kind = context.kind
        self.reader = IncidentReader(sheet, context.today, kind.value if kind else None)

    def read(self, warnings: list[str]) -> Notice | None:
        """The notice, or None where it names nobody and tells no incident."""
        home = Reader(self.sheet, self.context.today).read((*self._preamble(), *self.items))
        children = list(home.children)
        prose = [item.cut for item in self.items if item.kind == "prose"]
        named = self.prose_people(prose)
        adults_named = [each for each in named if not is_child(each, self.context.today)]
        children += [
            as_found(each)
            for each in named
            if is_child(each, self.context.today) and not known(self.sheet, each, children)
        ]
        children += self.of_the_household(children)
        if not children and (cued := self.cued(prose)):
            children = [as_found(each) for each in cued]
        self.later_births(children)
        self.reader.labelled(self.items)
        births = self.births(children, adults_named)
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
        undated = facts.when is None and facts.reference is None
        if (
            undated
            and not any(each.dob for each in children)
            and _CONTACTS.search(self.sheet.plain)
        ):
            return None
        if not children and not self._tells(facts):
            return None
        if self.context.kind is None and not self._speaks_for_itself(facts, children):
            return None
        told_of = self._told(home, children, prose)
        return self._notice(facts, children, told_of, home, adults_named)

    def _speaks_for_itself(self, facts: Facts, children: list[Found]) -> bool:
        """Where no word says what sort of message this is, a child, a day and a time or birth date must."""
        exact = facts.when is not None and facts.when.at is not None
        return (
            facts.when is not None
            and bool(children)
            and (exact or any(child.dob for child in children))
        )

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

    def _told(self, home: Household, children: list[Found], prose: list[Cut]) -> list[Told]:
        told_of = [Told() for _ in children]
        if self.context.kind in {NoticeKind.MISSING, NoticeKind.FOUND}:
            return told_of
        names = [names_of(self.sheet, child) for child in children]
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
            name: self._span(name, cut)
            for name, cut in _fact_cuts(facts).items()
            if cut is not None
        }
        other = {
            _OTHER_NAMES.get(name, f"{name}_as_sent"): self.sheet.sent(cut)
            for name, cut in facts.other.items()
        }
        unborn = unborn_in(
            self.sheet,
            [c for stretch in self.all_text() for c in split_sentences(self.sheet, stretch)],
        )
        if unborn:
            spans["unborn"] = self._span("unborn", unborn[0])
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
            adults=self.adults(home, adults, facts, other),
            children=lines,
            source=self.context.source,
            other=other,
            spans=spans,
        )

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

    def _span(self, name: str, cut: Cut) -> Span:
        read = self.read_as or how_found(self.items, name, cut)
        return Span(self.sheet.part, *self.sheet.place(cut), read)

    def _line(self, child: Found, tell: Told, home: Household) -> ChildLine:
        parts = child.words_for(self.sheet)
        school = self._shared_cut(child, home, "school", child.school)
        relation = self._shared_cut(child, home, "relationship", None)
        cuts = {
            "name_as_sent": child.name_cut(),
            "surname": child.surname or child.name, "forename": child.forename or child.name,
            "dob": child.dob.cut if child.dob else None, "age_as_sent": child.age, "school_named": school,
            "relationship": relation, "presence": tell.presence_cut, "voice": tell.voice, "voice_remark": tell.remark,
            "welfare_check": tell.welfare_cut, "spoken_to_by_police": tell.spoken_cut,
            "involved_or_injured": tell.involved,
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
            spans={name: self._span(name, cut) for name, cut in cuts.items() if cut is not None},
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
        return (
            found
            if _NO_SCHOOL.search(self.sheet.words(item.value))
            else trim(self.sheet.plain, item.value, " \t\n.,;")
        )

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


_OTHER_NAMES: Final = {"parent_contact": "parent_contact_rule_as_sent"}


def _presence_first(field: str) -> int:
    """The plain question before the one that asks what was seen."""
    return {"spoken": 0, "voice": 1, "presence": 2, "ask_presence": 3}.get(field, 4)


def _fact_cuts(facts: Facts) -> dict[str, Cut | None]:
    return {
        "police_reference": facts.reference, "incident": facts.as_sent, "place": facts.place,
        "circumstances": facts.circumstances, "risk_tool": facts.tool_cut, "risk_grade": facts.grade,
        "police_action": facts.action, "social_care_referral": facts.care_cut,
    }  # fmt: skip
