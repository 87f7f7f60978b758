"""What a person asks to see of a chronology, and what that leaves out. What matters most is never left out unsaid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.chronology import Significance
from schoolsafe.services.chronology_view import EntryView

MEETING: Final = "meeting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; nothing set is everything."""

    kinds: tuple[str, ...] = ()
    """Kinds of entry, or groups of them."""
    words: str = ""
    since: date | None = None
    since_meeting: bool = False
    significant: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a filter lets through, and what it leaves out."""

    entries: tuple[EntryView, ...]
    hidden: int
    high: tuple[EntryView, ...]
    """Of the hidden: notifications, significant entries, referrals nobody has answered."""


def last_meeting(entries: Sequence[EntryView]) -> date | None:
    """The day of the newest meeting of any kind: in school, strategy, MARAC, a daily meeting, a network's."""
    return max((entry.day for entry in entries if entry.group == MEETING), default=None)


def filtered(entries: Sequence[EntryView], asked: Wanted) -> Shown:
    """What a person asked to see."""
    since = [day for day in (asked.since, _met(entries, asked)) if day is not None]
    words = asked.words.casefold().split()
    shown = tuple(
        entry
        for entry in entries
        if (not asked.kinds or entry.kind in asked.kinds or entry.group in asked.kinds)
        and (not asked.significant or entry.significance == Significance.SIGNIFICANT)
        and all(entry.day >= day for day in since)
        and _holds(entry, words)
    )
    kept = {entry.id for entry in shown}
    left = [entry for entry in entries if entry.id not in kept]
    return Shown(shown, len(left), tuple(entry for entry in left if entry.high_risk))


def _met(entries: Sequence[EntryView], asked: Wanted) -> date | None:
    return last_meeting(entries) if asked.since_meeting else None


def _holds(entry: EntryView, words: Sequence[str]) -> bool:
    if not words:
        return True
    said = entry.all_words.casefold()
    return all(word in said for word in words)
