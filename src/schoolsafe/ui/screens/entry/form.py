"""What stands in the form of an entry, what is wrong with it, and how it goes on record. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Value
from schoolsafe.services.chronology import EntryForm
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands."""

    child: str = ""
    child_name: str = ""
    kind: EntryKind = EntryKind.CONCERN
    day: date | None = None
    day_problem: str = ""
    clock: time | None = None
    clock_problem: str = ""
    about: bool = False
    title: str = ""
    text: str = ""
    child_words: str = ""
    voice_why_not: str = ""
    voice_asked: str = ""
    voice_changed: str = ""
    present: str = ""
    place: str = ""
    action: str = ""
    outcome: str = ""
    significance: Significance = Significance.ROUTINE

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to keep."""
        typed = (
            self.title,
            self.text,
            self.child_words,
            self.voice_why_not,
            self.voice_asked,
            self.voice_changed,
            self.present,
            self.place,
            self.action,
            self.outcome,
        )
        return any(words.strip() for words in typed)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What to do, and in which field: child, text, date or time."""

    field: str
    words: str


def wrong_with(typed: Typed, *, now: datetime) -> tuple[Wrong, ...]:
    """What stands in the way of saving, in the order of the form."""
    wrong = []
    if not typed.child:
        wrong.append(Wrong("child", _("Choose which child this is about")))
    if typed.day_problem:
        wrong.append(Wrong("date", typed.day_problem))
    elif typed.day is not None and typed.day > now.date():
        wrong.append(Wrong("date", _("Date must be today or in the past")))
    if typed.clock_problem:
        wrong.append(Wrong("time", typed.clock_problem))
    elif typed.day == now.date() and typed.clock is not None and typed.clock > now.time():
        wrong.append(Wrong("time", _("Time must be now or in the past")))
    if not typed.text.strip():
        wrong.append(Wrong("text", _("Write what happened")))
    return tuple(wrong)


def form_of(typed: Typed, *, zone: tzinfo | None) -> EntryForm:
    """The entry as it goes on record."""
    happened = None
    if typed.day is not None:
        happened = datetime.combine(typed.day, typed.clock or time(), zone)
    return EntryForm(
        child=typed.child,
        kind=typed.kind,
        text=typed.text,
        happened=happened,
        day_only=typed.day is not None and typed.clock is None,
        title=typed.title,
        child_words=typed.child_words,
        voice_why_not=typed.voice_why_not,
        voice_asked=typed.voice_asked,
        voice_changed=typed.voice_changed,
        present=typed.present,
        place=typed.place,
        action=typed.action,
        outcome=typed.outcome,
        significance=typed.significance,
    )


_WORDS = ("child", "child_name", "title", "text", "child_words", "voice_why_not")
_MORE_WORDS = ("voice_asked", "voice_changed", "present", "place", "action", "outcome")


def as_draft(typed: Typed) -> dict[str, Value]:
    """What is kept of a form that is not saved; an empty one keeps nothing."""
    if not typed.is_begun:
        return {}
    kept: dict[str, Value] = {name: getattr(typed, name) for name in (*_WORDS, *_MORE_WORDS)}
    return kept | {
        "kind": typed.kind.value,
        "day": typed.day.isoformat() if typed.day else "",
        "clock": typed.clock.isoformat() if typed.clock else "",
        "about": typed.about,
        "significance": typed.significance.value,
    }


def from_draft(values: Mapping[str, Value]) -> Typed:
    """The form as it was left."""
    said = {
        name: value
        for name in (*_WORDS, *_MORE_WORDS)
        if isinstance(value := values.get(name), str)
    }
    typed = replace(
        Typed(),
        **said,  # type: ignore[arg-type]  # texts only
        kind=EntryKind(str(values.get("kind") or EntryKind.CONCERN)),
        about=bool(values.get("about")),
        significance=Significance(str(values.get("significance") or Significance.ROUTINE)),
    )
    day, clock = values.get("day"), values.get("clock")
    if isinstance(day, str) and day:
        typed = replace(typed, day=date.fromisoformat(day))
    if isinstance(clock, str) and clock:
        typed = replace(typed, clock=time.fromisoformat(clock))
    return typed
