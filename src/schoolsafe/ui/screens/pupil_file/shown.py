"""A pupil's file in words: banner, pattern, chips, what a filter leaves out. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.calendar import Term
from schoolsafe.domain.chronology import Prompt
from schoolsafe.domain.file_forms import BY_NAME as FORMS
from schoolsafe.services.agency import AgencyDue, LevelView
from schoolsafe.services.calendar import SiteView
from schoolsafe.services.child import ChildRow
from schoolsafe.services.chronology_view import ChronologyView, EntryView
from schoolsafe.services.original import Attached
from schoolsafe.services.told_slip import SlipView
from schoolsafe.ui import phrases
from schoolsafe.ui.widgets.strip import StripFacts
from schoolsafe.words import N_, _

_QUOTES_SHOWN: Final = 3
_POLICE_SHOWN: Final = 2
_RISKS_SHOWN: Final = 4
_EVIDENCE_LETTERS: Final = 90
_LONG_PILL: Final = 60

_STATUS: Final[Mapping[str, str]] = {
    "possibly_left": N_("Possibly left"),
    "left": N_("Has left"),
    "not_on_roll": N_("Not on roll"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One file of an entry: the message it came in, or what a person added."""

    entry: str
    attached: Attached
    came: datetime
    notification: str | None = None
    to: str = ""
    """The entry in words."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything the file is made of, as one question to the worker answered it."""

    chronology: ChronologyView
    slips: tuple[SlipView, ...]
    documents: tuple[Document, ...]
    site: SiteView
    now: datetime
    as_of: date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    """What a person typed here another time and did not save."""
    level: LevelView | None = None
    """The level of need that holds, or held on the day that is looked back to."""
    owed: tuple[AgencyDue, ...] = ()
    """What other agencies owe."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A state in the banner; a long one is a panel of its own."""

    words: str
    tone: str
    """danger, warn or info."""

    @property
    def long(self) -> bool:
        """Too long for a pill."""
        return len(self.words) > _LONG_PILL


@dataclass(frozen=True, slots=True)
class Spoken:
    """The child's own words, with when and to whom."""

    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule of the school that is met: it asks, it decides nothing."""

    prompt: Prompt
    words: str
    evidence: str


def about_words(child: ChildRow, today: date) -> str:
    """Age, birth date, class and teacher, admission number. Never the UPN."""
    born = ""
    if child.dob is not None:
        age = say.age_years(child.dob, today)
        born = _("Age {age}, born {date}").format(age=age, date=say.date_words(child.dob))
    where = ", ".join(part for part in (phrases.class_words(child), child.teacher) if part)
    number = _("Admission {number}").format(number=child.admission) if child.admission else ""
    parts = [born or _("Birth date not known"), where or _("No class"), number]
    return ". ".join(part for part in parts if part)


def alerts(child: ChildRow, today: date) -> tuple[Alert, ...]:
    """Who may collect, and whether the child is still here."""
    found = []
    if child.may_collect and (child.may_collect_until is None or child.may_collect_until >= today):
        found.append(Alert(collect_words(child, today), "danger"))
    if child.status in _STATUS:
        found.append(Alert(_(_STATUS[child.status]), "warn"))
    return tuple(found)


def collect_words(child: ChildRow, today: date) -> str:
    """Says "Only Mum or Aunt Rae may collect, until Fri 20 Nov"; nothing where nobody is named."""
    if not child.may_collect:
        return ""
    words = _("Only {names} may collect").format(names=child.may_collect)
    if child.may_collect_until is None:
        return words
    until = say.short_day(child.may_collect_until, on=today)
    if child.may_collect_until < today:
        return _("{words}: ended {day}").format(words=words, day=until)
    return _("{words}, until {day}").format(words=words, day=until)


def strip_facts(facts: FileFacts) -> StripFacts:
    """The pattern: counts, gaps, a year."""
    view, today = facts.chronology, facts.as_of or facts.now.date()
    return StripFacts(
        today=today,
        counts=((30, view.counts.d30), (90, view.counts.d90), (365, view.counts.d365)),
        sentence=view.gaps.words,
        notified=view.notified,
        contacts=view.contacts,
        holidays=_holidays(facts.site.terms),
    )


def _holidays(terms: Iterable[Term]) -> tuple[tuple[date, date], ...]:
    ordered = sorted(terms, key=lambda term: term.first)
    return tuple((before.last, after.first) for before, after in pairwise(ordered))


def asked(facts: FileFacts) -> tuple[Asked, ...]:
    """Rules that are met, each with its evidence lines."""
    made = []
    for prompt in facts.chronology.prompts:
        lines = [
            _evidence(day, facts.chronology.evidence.get(entry))
            for day, entry in zip(prompt.days, prompt.evidence, strict=True)
        ][::-1]
        if prompt.found:
            found = ", ".join(say.plain_text(word) for word in prompt.found)
            lines.append(_("Words to read: {words}").format(words=found))
        words = _("{rule}. Your school’s rule asks for a decision.").format(rule=prompt.rule.words)
        made.append(Asked(prompt, words, "\n".join(lines)))
    return tuple(made)


def picture_words(view: ChronologyView) -> tuple[tuple[str, str], ...]:
    """What the notifications of the last year come to: our own count, and apart from it what the senders counted."""
    picture = view.picture
    presence = picture.presence
    said = ""
    if presence.told:
        said = _("in {there} of {told}").format(there=presence.there, told=presence.told)
    if presence.not_told:
        not_told = _("not told for {n}").format(n=presence.not_told)
        said = _("{said}, {more}").format(said=said, more=not_told) if said else not_told
    grades = ", ".join(
        _("{n} × {grade}").format(n=n, grade=say.plain_text(grade) or _("none sent"))
        for grade, n in picture.grades
    )
    facts = [(_("Child was there"), said), (_("Grades as sent"), grades)]
    facts += [
        (
            _("The police say"),
            _("“{words}” ({who}, {day})").format(
                words=say.plain_text(one.words),
                who=one.by or _("sender not named"),
                day=say.short_day(one.day),
            ),
        )
        for one in picture.police[:_POLICE_SHOWN]
    ]
    return tuple((label, words) for label, words in facts if words)


def _evidence(day: date, entry: EntryView | None) -> str:
    said = " ".join(say.plain_text(entry.summary).split()) if entry else ""
    short = said if len(said) <= _EVIDENCE_LETTERS else f"{said[:_EVIDENCE_LETTERS].rstrip()}…"
    words = short or _("No words were told.")
    return _("{day}: {words}").format(day=say.short_day(day), words=words)


def voice(entries: Sequence[EntryView]) -> tuple[Spoken, ...]:
    """What the child said, the newest first."""
    found = [entry for entry in entries if entry.child_words]
    return tuple(
        Spoken(
            _("“{words}”").format(words=say.plain_text(entry.child_words or "").strip("“”\"' ")),
            _("To {who}, {day}").format(
                who=entry.author, day=say.short_day((entry.happened or entry.written).date())
            ),
        )
        for entry in found[:_QUOTES_SHOWN]
    )


def told_words(slips: Sequence[SlipView]) -> str:
    """Who knows today."""
    holding = [slip for slip in slips if not slip.ended]
    if not holding:
        return _("Nobody")
    return "\n".join(
        _("{who}, {when}").format(who=slip.told_to, when=say.short_moment(slip.at))
        for slip in holding
    )


def can_open(entry: EntryView) -> bool:
    """Whether it has a screen of its own."""
    return bool(entry.notification) or entry.kind in FORMS


def level_words(level: LevelView | None) -> str:
    """Says "Level 3, child in need, since 2 March 2026. Child in need. A. Grey"."""
    if level is None:
        return _("Not recorded")
    since = _("{level}, since {day}").format(level=level.words, day=say.date_words(level.since))
    return ". ".join(part for part in (since, level.plan, level.social_worker) if part)


def risks(entries: Sequence[EntryView]) -> tuple[tuple[str, str], ...]:
    """Day and grade of each notification that has one, as sent, the newest first."""
    return tuple(
        (say.short_day((entry.happened or entry.written).date()), say.plain_text(entry.risk))
        for entry in entries
        if entry.risk
    )[:_RISKS_SHOWN]
