"""An audit of blanks: where a child’s voice is missing, and where nobody wrote what changed because of it.

A share of nothing is no number. Left to others: which records there are (services). Source: domain.md 4.5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.agency_clock import percent
from schoolsafe.domain.entry import Value

VOICE_DAYS: Final = 30
"""An open case has the child’s voice at least this often, in days."""
CHANGED_DAYS: Final = 365
"""Meetings of so many days are looked at for what changed."""


@dataclass(frozen=True, slots=True)
class VoiceFact:
    """One record about a child, as far as the audit looks at it."""

    record: str
    kind: str
    child: str
    day: date
    words: bool = False
    """The child said, drew or showed something, and it is on record."""
    why_not: bool = False
    """The child was not asked, and the record says why."""
    meeting: bool = False
    """A meeting or plan that took place: it asks what changed."""
    changed: bool = False
    """What changed because of the child’s voice is filled in."""


@dataclass(frozen=True, slots=True)
class VoiceAudit:
    """The figures, and every blank behind them."""

    on: date
    open_cases: int
    heard: int
    """Open cases with the child’s voice in the last 30 days."""
    heard_percent: int | None
    not_asked: int
    """Open cases without it whose record says why the child was not asked."""
    meetings: int
    changed: int
    changed_percent: int | None
    silent: tuple[str, ...]
    """Children with an open case and no voice in 30 days; those without even a reason first."""
    unchanged: tuple[VoiceFact, ...]
    """Meetings that do not say what changed, the newest first."""


def audit(facts: Iterable[VoiceFact], open_cases: Iterable[str], on: date) -> VoiceAudit:
    """Counts the voice entries of open cases and the meetings that say what changed."""
    every = [fact for fact in facts if fact.day <= on]
    cases = sorted(set(open_cases))
    recent = [fact for fact in every if (on - fact.day).days < VOICE_DAYS]
    heard = {fact.child for fact in recent if fact.words}
    excused = {fact.child for fact in recent if fact.why_not} - heard
    silent = [child for child in cases if child not in heard]
    meetings = [f for f in every if f.meeting and (on - f.day).days < CHANGED_DAYS]
    filled = sum(fact.changed for fact in meetings)
    with_voice = sum(child in heard for child in cases)
    return VoiceAudit(
        on=on,
        open_cases=len(cases),
        heard=with_voice,
        heard_percent=percent(with_voice, len(cases)),
        not_asked=sum(child in excused for child in silent),
        meetings=len(meetings),
        changed=filled,
        changed_percent=percent(filled, len(meetings)),
        silent=tuple(sorted(silent, key=lambda child: child in excused)),
        unchanged=tuple(
            sorted((f for f in meetings if not f.changed), key=lambda f: f.day, reverse=True)
        ),
    )


def says_something(values: Mapping[str, Value], *fields: str) -> bool:
    """Whether any of these fields holds words."""
    return any(isinstance(said := values.get(name), str) and said.strip() for name in fields)
