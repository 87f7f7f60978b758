"""The demo school as data: pupils, staff, days, the weekend's mail, three terms of record. All invented.

Read from ``resources/demo``; every call gives equal values, and the clock stands still at `DemoSchool.now`.
Left to others: putting it on record through the services (bootstrap), opening it (ui).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.notification import Choice, CloseOutcome, Step
from schoolsafe.domain.person import Role
from schoolsafe.resources import path

WRITTEN_AFTER: Final = timedelta(minutes=15)
"""How long after an entry it was written, where the data does not say."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody on the staff."""

    name: str
    role: Role
    job: str


@dataclass(frozen=True, slots=True)
class DemoClass:
    """A class, who teaches it and who meets its children first."""

    name: str
    year: str
    teacher: str
    room: str
    door: str
    first_adult: str


@dataclass(frozen=True, slots=True)
class DemoFix:
    """A correction: the new words, when and why."""

    at: datetime
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """One entry of the chronology; the pupil by admission number."""

    admission: str
    kind: EntryKind
    happened: datetime
    written: datetime
    title: str
    text: str
    child_words: str = ""
    voice_why_not: str = ""
    present: str = ""
    place: str = ""
    action: str = ""
    outcome: str = ""
    significance: Significance = Significance.ROUTINE
    fixes: tuple[DemoFix, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One step after a decision."""

    step: Step
    at: datetime
    words: str
    child_words: str
    why_not_asked: str


@dataclass(frozen=True, slots=True)
class DemoClosing:
    """How the work on a line ended."""

    outcome: CloseOutcome
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DemoLine:
    """What was decided for one child of an earlier notice."""

    number: int
    admission: str
    why: str
    choice: Choice
    reason: str
    at: datetime
    key_adult: str = ""
    first_adult: str = ""
    steps: tuple[DemoStep, ...] = ()
    closed: DemoClosing | None = None


@dataclass(frozen=True, slots=True)
class DemoNotice:
    """An earlier notice, as mail, and what became of it."""

    name: str
    data: bytes
    recorded: datetime
    """When the lead brought it in and said which children it names."""
    lines: tuple[DemoLine, ...]


@dataclass(frozen=True, slots=True)
class DemoMayCollect:
    """Allowed names, without a reason."""

    admission: str
    names: str
    until: date


@dataclass(frozen=True, slots=True)
class DemoCall:
    """A phone call whose form is still open."""

    begun: datetime
    admission: str
    child_name: str
    caller: str
    caller_phone: str
    said: str
    incident_on: date
    incident_at: time


Happening = DemoNotice | DemoLine | DemoStep | DemoClosing | DemoEntry | DemoFix


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was put on record, when, and what it belongs to."""

    at: datetime
    what: Happening
    of: Happening | None = None
    """The line of a step or a closing, the notice of a line, the entry of a correction."""


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """Everything the demo school starts with."""

    name: str
    urn: str
    dfe_number: str
    town: str
    now: datetime
    """Where the clock stands still."""
    founded: datetime
    """When the lead began to keep the record here."""
    start: time
    end: time
    lead: DemoPerson
    people: tuple[DemoPerson, ...]
    """The staff besides the lead."""
    classes: tuple[DemoClass, ...]
    terms: tuple[Term, ...]
    closed: tuple[ClosedDay, ...]
    pupils: bytes
    """A pupil list as CSV, 210 children."""
    mails: tuple[tuple[str, bytes], ...]
    """The weekend's messages, not yet brought in: name and bytes."""
    batch_mails: tuple[tuple[str, bytes], ...]
    """More of the same weekend, for a Monday with a batch."""
    notices: tuple[DemoNotice, ...]
    entries: tuple[DemoEntry, ...]
    may_collect: tuple[DemoMayCollect, ...]
    draft_call: DemoCall

    def timeline(self) -> tuple[Moment, ...]:
        """Every earlier happening in the order in which it was put on record."""
        moments = [Moment(notice.recorded, notice) for notice in self.notices]
        for notice in self.notices:
            for line in notice.lines:
                moments.append(Moment(line.at, line, notice))
                moments += [Moment(step.at, step, line) for step in line.steps]
                if line.closed:
                    moments.append(Moment(line.closed.at, line.closed, line))
        for entry in self.entries:
            moments.append(Moment(entry.written, entry))
            moments += [Moment(fix.at, fix, entry) for fix in entry.fixes]
        # A step may be taken before the decision is written down (the history is read first).
        return tuple(sorted(moments, key=lambda moment: moment.at))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(path("demo", name).read_text(encoding="utf-8"))


def _mails(place: str) -> tuple[tuple[str, bytes], ...]:
    folder = path("demo", "mail", place)
    return tuple((file.name, file.read_bytes()) for file in sorted(folder.glob("*.eml")))


def _person(values: Mapping[str, Any]) -> DemoPerson:
    return DemoPerson(values["name"], Role(values["role"]), values["job"])


def _entry(values: Mapping[str, Any]) -> DemoEntry:
    facts = dict(values)
    return DemoEntry(
        kind=EntryKind(facts.pop("kind")),
        written=facts.pop("written", facts["happened"] + WRITTEN_AFTER),
        significance=Significance(facts.pop("significance", Significance.ROUTINE)),
        fixes=tuple(DemoFix(**fix) for fix in facts.pop("fixes", ())),
        **facts,
    )


def _line(values: Mapping[str, Any]) -> DemoLine:
    facts = dict(values)
    closed = facts.pop("closed", None)
    return DemoLine(
        choice=Choice(facts.pop("choice")),
        steps=tuple(
            DemoStep(**{**step, "step": Step(step["step"])}) for step in facts.pop("steps", ())
        ),
        closed=DemoClosing(**{**closed, "outcome": CloseOutcome(closed["outcome"])})
        if closed
        else None,
        **facts,
    )


def _notice(values: Mapping[str, Any]) -> DemoNotice:
    name = values["mail"]
    return DemoNotice(
        name,
        path("demo", "mail", "earlier", name).read_bytes(),
        values["recorded"],
        tuple(_line(line) for line in values["lines"]),
    )


@cache
def load() -> DemoSchool:
    """The demo school, read once."""
    school, history = _toml("school.toml"), _toml("history.toml")
    clock = school["clock"]
    return DemoSchool(
        **school["school"],
        **clock,
        lead=_person(school["lead"]),
        people=tuple(_person(values) for values in school["people"]),
        classes=tuple(DemoClass(**values) for values in school["classes"]),
        terms=tuple(Term(**values) for values in school["terms"]),
        closed=tuple(ClosedDay(**values) for values in school["closed"]),
        pupils=path("demo", "pupils.csv").read_bytes(),
        mails=_mails("weekend"),
        batch_mails=_mails("batch"),
        notices=tuple(_notice(values) for values in history["notices"]),
        entries=tuple(_entry(values) for values in history["entries"]),
        may_collect=tuple(DemoMayCollect(**values) for values in school["may_collect"]),
        draft_call=DemoCall(**school["draft_call"]),
    )
