"""A template's values as notices: read exactly where it says, the rest by the ordinary rules.

What a template names wins over the rules; what it does not know stays as the rules read it, and shows as
that. A child only the rules found, beside a birth date of its own, is kept: nobody is lost to a template.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from schoolsafe.domain.notification import (
    Answer,
    ChildLine,
    Incident,
    Notice,
    NoticeKind,
    Presence,
    Read,
    Risk,
    Span,
)
from schoolsafe.domain.template import Template
from schoolsafe.domain.template_find import Hit, Part, Taken, best
from schoolsafe.domain.template_page import Page
from schoolsafe.intake import meaning
from schoolsafe.intake.groups import Group
from schoolsafe.intake.items import Item
from schoolsafe.intake.names import Name, parse
from schoolsafe.intake.notice import Context, OneNotice, Reading, read_notices
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import CHILD, Label, is_blank

_READER: Final = {
    "child_name": ("name", CHILD), "surname": ("surname", CHILD), "forename": ("forename", CHILD),
    "birth_date": ("dob", CHILD), "age": ("age", CHILD), "school": ("school", CHILD),
    "relationship": ("relationship", CHILD), "presence": ("presence", CHILD),
    "voice": ("voice", CHILD), "spoken": ("spoken", CHILD), "welfare_check": ("welfare", CHILD),
    "injured": ("involved", CHILD), "reference": ("reference", None), "place": ("place", None),
    "incident_date": ("incident_date", None), "incident_time": ("incident_time", None),
    "incident_when": ("when", None), "circumstances": ("circumstances", None),
    "risk_tool": ("risk_tool", None), "risk_grade": ("risk", None), "adults": ("adults", None),
    "police_action": ("police_action", None), "social_care": ("social_care", None),
}  # fmt: skip
"""What the reader of labelled lines calls each field."""
_WHEN: Final = {NoticeKind.MISSING: "last_seen", NoticeKind.FOUND: "found"}
_WHO: Final = ("child_name", "surname", "forename", "birth_date", "age")
_FACTS: Final = {
    "reference": ("police_reference",), "place": ("place",), "circumstances": ("circumstances",),
    "police_action": ("police_action",), "social_care": ("social_care_referral",),
    "risk_tool": ("risk_tool",), "risk_grade": ("risk_grade",),
}  # fmt: skip
_CHILD_FACTS: Final = {
    "birth_date": ("dob", "dob_as_sent"), "age": ("age_as_sent",), "school": ("school_named",),
    "relationship": ("relationship",), "presence": ("presence", "presence_as_sent"),
    "voice": ("voice", "voice_with", "voice_remark"), "spoken": ("spoken_to_by_police",),
    "welfare_check": ("welfare_check",), "injured": ("involved_or_injured",),
}  # fmt: skip
"""What on a child's line each field fills."""
_CHILD_SPANS: Final = {"birth_date": ("dob",), "age": ("age_as_sent",), "presence": ("presence",)}
_WHENS: Final = ("incident_date", "incident_time", "incident_when")


def read_with_templates(sheet: Sheet, context: Context, templates: tuple[Template, ...]) -> Reading:
    """The notices of one text with what a template says; those of the rules where none knows it."""
    by_rules = read_notices(sheet, context)
    taken = best(Page(sheet.plain), templates) if templates else None
    if taken is None:
        return by_rules
    kind = context.kind or (NoticeKind(taken.template.kind) if taken.template.kind else None)
    warnings: list[str] = []
    told = [
        _Told(sheet, replace(context, kind=kind), taken, part).notice(warnings)
        for part in taken.parts
    ]
    ground = _Ground(sheet, taken)
    paired = _paired(told, by_rules.notices)
    notices = [
        notice if base is None else _merged(notice, base, ground)
        for notice, base in zip(told, paired, strict=True)
    ]
    notices[-1] = _and_the_others(notices, by_rules.notices, ground)
    return Reading(tuple(notices), tuple(dict.fromkeys((*warnings, *by_rules.warnings))))


class _Told:
    """One notice from the values of its part."""

    def __init__(self, sheet: Sheet, context: Context, taken: Taken, part: Part) -> None:
        self.sheet = sheet
        self.context = context
        self.template = taken.template
        self.part = part

    def notice(self, warnings: list[str]) -> Notice:
        """What the ordinary reader makes of the values, and every value word for word."""
        group = Group(self._items())
        kind = self.context.kind
        known = replace(self.context, kind=kind or NoticeKind.DOMESTIC_ABUSE)
        read = OneNotice(self.sheet, known, group, Read.TEMPLATE).read(warnings)
        notice = replace(read or Notice(kind), kind=kind)
        children = notice.children
        # why: one value may name several children, but a child of its own lines is one child
        if len(children) != len(self.part.children) and (
            len(self.part.children) > 1 or not children
        ):
            children = tuple(self._line(each) for each in self.part.children)
        one_each = len(children) == len(self.part.children)
        if one_each:
            children = tuple(
                self._exact(line, hits)
                for line, hits in zip(children, self.part.children, strict=True)
            )
        return self._incident(replace(notice, children=children, source=self.context.source))

    def _items(self) -> tuple[Item, ...]:
        items = [self._item(hit) for hit in self.part.incident.values() if hit.field in _READER]
        for child in self.part.children:
            items.append(Item("heading", Cut(0, 0), Label("heading", CHILD)))
            order = [*(key for key in _WHO if key in child), *(k for k in child if k not in _WHO)]
            items += [self._item(child[key]) for key in order]
        return tuple(items)

    def _item(self, hit: Hit) -> Item:
        name, owner = _READER[hit.field]
        if hit.field == "incident_when" and self.context.kind in _WHEN:
            name = _WHEN[self.context.kind]
        asked = self.sheet.plain[hit.anchor : hit.start] if hit.anchor < hit.start else ""
        beside = Cut(hit.anchor, hit.start) if asked and hit.field == "risk_grade" else Cut(0, 0)
        words = "child" if hit.field in _WHO else asked.strip(" \t\n:=|*")
        return Item("pair", _cut(hit), Label(name, owner), words, beside, _cut(hit))

    def _sent(self, hit: Hit | None) -> str | None:
        if hit is None or hit.blank or is_blank(self.sheet.words(_cut(hit))):
            return None
        return self.sheet.sent(_cut(hit)) or None

    def _span(self, hit: Hit) -> Span:
        return Span(self.sheet.part, *self.sheet.place(_cut(hit)), Read.TEMPLATE)

    def _means(self, hit: Hit | None) -> str | None:
        """What this area's own word means."""
        said = (self._sent(hit) or "").strip(" .").casefold()
        for each in self.template.meanings:
            if hit and each.field == hit.field and each.says.strip(" .").casefold() == said:
                return each.means
        return None

    def _incident(self, notice: Notice) -> Notice:
        hits = self.part.incident
        facts: dict[str, Any] = {}
        spans = dict(notice.spans)
        for key, (name,) in {k: v for k, v in _FACTS.items() if k in hits}.items():
            if (words := self._sent(hits[key])) is None:
                continue
            spans[name] = self._span(hits[key])
            if key in {"reference", "circumstances", "police_action"}:
                facts[name] = words
        place = self._sent(hits.get("place"))
        if place:
            facts["incident"] = replace(notice.incident, place=place)
        if care := self._means(hits.get("social_care")):
            facts["social_care_referral"] = Answer(care)
        facts["risk"] = self._risk(notice.risk)
        other = dict(notice.other)
        if officer := self._sent(hits.get("officer")):
            other["officer_as_sent"] = officer
            spans["officer_as_sent"] = self._span(hits["officer"])
        return replace(notice, **facts, other=other, spans=spans)

    def _risk(self, risk: Risk) -> Risk:
        grade, tool = (self._sent(self.part.incident.get(k)) for k in ("risk_grade", "risk_tool"))
        if grade and risk.grade_as_sent is None:
            risk = replace(risk, grade_as_sent=grade)
        if tool and risk.tool is None:
            risk = replace(risk, tool="other", tool_as_sent=tool)
        return risk

    def _line(self, hits: dict[str, Hit]) -> ChildLine:
        """A child of whom the ordinary reader made nothing: the words as they stand."""
        whole = [hits[key] for key in ("child_name", "surname", "forename") if key in hits]
        words = [said for hit in whole if (said := self._sent(hit))]
        name = parse(words[0]) if words else None
        missing = self.context.kind in _WHEN
        return ChildLine(
            name_as_sent=words[0] if words else "",
            role="missing_child" if missing else "child",
            surname=self._sent(hits.get("surname")) or (name or Name(None, None)).surname,
            forename=self._sent(hits.get("forename")) or (name or Name(None, None)).forename,
            spans={"name_as_sent": self._span(whole[0])} if whole else {},
        )

    def _exact(self, line: ChildLine, hits: dict[str, Hit]) -> ChildLine:
        facts: dict[str, Any] = {}
        spans = dict(line.spans)
        for key, name in (
            ("school", "school_named"),
            ("relationship", "relationship"),
            ("injured", "involved_or_injured"),
            ("presence", "presence_as_sent"),
        ):
            if (words := self._sent(hits.get(key))) is not None:
                facts[name] = words
                spans[name.removesuffix("_as_sent")] = self._span(hits[key])
        if (said := hits.get("presence")) is not None and "presence_as_sent" in facts:
            means = self._means(said)
            facts["presence"] = (
                Presence(means) if means else meaning.presence_of(facts["presence_as_sent"])
            )
            facts["presence"] = (
                facts["presence"] if means or line.presence is Presence.UNKNOWN else line.presence
            )
        for key, name in (("spoken", "spoken_to_by_police"), ("welfare_check", "welfare_check")):
            if means := self._means(hits.get(key)):
                facts[name] = Answer(means)
        return replace(line, **facts, spans=spans)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The stretches of the text a template has spoken for."""

    sheet: Sheet
    taken: Taken

    def holds(self, span: Span | None) -> bool:
        """Whether a stretch the rules read lies in words the template knows as something else."""
        if span is None or span.part != self.sheet.part:
            return False
        return any(start < span.end and span.start < end for start, end in self._stretches())

    def _stretches(self) -> Iterable[tuple[int, int]]:
        for hit in self.taken.hits:
            start = min(hit.start, hit.anchor)
            yield self.sheet.place(Cut(start, max(hit.end, start)))

    @property
    def found(self) -> frozenset[str]:
        """The fields whose places were found."""
        return self.taken.found


def _cut(hit: Hit) -> Cut:
    return Cut(hit.start, hit.end)


def _paired(told: Sequence[Notice], by_rules: Sequence[Notice]) -> list[Notice | None]:
    """For each notice of the template the one the rules made of the same words."""
    if len(told) == len(by_rules):
        return list(by_rules)
    return [
        next((base for base in by_rules if any(_known(c, notice.children) for c in base.children)),
             by_rules[0] if len(by_rules) == 1 and len(told) == 1 else None)
        for notice in told
    ]  # fmt: skip


def _merged(notice: Notice, base: Notice, ground: _Ground) -> Notice:
    """The template's notice, with what it has no place for as the rules read it."""
    free = {
        name: span
        for name, span in base.spans.items()
        if name not in notice.spans and not ground.holds(span)
    }
    open_facts = {
        name for key, names in _FACTS.items() if key not in ground.found for name in names
    }
    facts: dict[str, Any] = {}
    for name in (
        "police_reference",
        "circumstances",
        "police_action",
        "social_care_referral",
        "unborn",
    ):
        if name in free and (name in open_facts or name == "unborn"):
            facts[name] = getattr(base, name)
    facts["incident"] = _when(notice.incident, base, free, open_facts, ground)
    facts["risk"] = _risk(notice.risk, base.risk, free, open_facts)
    children = tuple(_child(line, base.children, ground) for line in notice.children)
    kept = {"incident"} if set(_WHENS) & ground.found else set()
    spans = {name: span for name, span in free.items() if name not in kept} | notice.spans
    return replace(
        notice,
        kind=notice.kind or base.kind,
        adults=notice.adults or base.adults,
        children=children,
        other={**base.other, **notice.other},
        spans=spans,
        **facts,
    )


def _when(
    incident: Incident, base: Notice, free: dict[str, Span], open_facts: set[str], ground: _Ground
) -> Incident:
    if not set(_WHENS) & ground.found and "incident" in free:
        incident = replace(base.incident, place=incident.place)
    if "place" in open_facts and incident.place is None and "place" in free:
        incident = replace(incident, place=base.incident.place)
    return incident


def _risk(risk: Risk, base: Risk, free: dict[str, Span], open_facts: set[str]) -> Risk:
    if risk.tool is None and "risk_tool" in free and "risk_tool" in open_facts:
        risk = replace(risk, tool=base.tool, tool_as_sent=base.tool_as_sent)
    if risk.grade_as_sent is None and "risk_grade" in free and "risk_grade" in open_facts:
        risk = replace(risk, grade_as_sent=base.grade_as_sent)
    return risk


def _child(line: ChildLine, bases: tuple[ChildLine, ...], ground: _Ground) -> ChildLine:
    base = next((each for each in bases if _known(each, (line,))), None)
    if base is None and len(bases) == 1:
        base = bases[0] if ground.holds(bases[0].spans.get("name_as_sent")) else None
    if base is None:
        return line
    facts: dict[str, Any] = {}
    spans = dict(line.spans)
    if _words(line) < _words(base):  # "K. MENSAH": an initial's full stop ends no name
        names_of = ("name_as_sent", "surname", "forename", "other_forenames")
        facts |= {name: getattr(base, name) for name in names_of}
        spans |= {name: base.spans[name] for name in ("name_as_sent",) if name in base.spans}
    for key, names in _CHILD_FACTS.items():
        if key in ground.found:
            continue
        for name in names:
            span = base.spans.get(name) or base.spans.get(name.removesuffix("_as_sent"))
            if name == "voice_with":
                span = base.spans.get("voice")
            if span is not None and not ground.holds(span):
                facts[name] = getattr(base, name)
                spans.setdefault(
                    name.removesuffix("_as_sent") if name != "age_as_sent" else name, span
                )
    return replace(line, **facts, spans=spans)


def _known(line: ChildLine, others: Iterable[ChildLine]) -> bool:
    """Whether a child is among others: the same birth date, or a name whose words are the same."""
    mine = _words(line)
    for other in others:
        if line.dob is not None and line.dob == other.dob:
            return True
        theirs = _words(other)
        if mine and theirs and (mine <= theirs or theirs <= mine):
            return True
    return False


def _words(line: ChildLine) -> frozenset[str]:
    return frozenset(line.told_name.casefold().replace(",", " ").split())


def _and_the_others(
    notices: Sequence[Notice], by_rules: Iterable[Notice], ground: _Ground
) -> Notice:
    """The last notice with the children only the rules found, each beside a birth date of its own."""
    told = [line for notice in notices for line in notice.children]
    more = [
        line
        for base in by_rules
        for line in base.children
        if line.dob is not None
        and not ground.holds(line.spans.get("name_as_sent"))
        and not ground.holds(line.spans.get("dob"))
        and not _known(line, told)
    ]
    last = notices[-1]
    return replace(last, children=(*last.children, *more))
