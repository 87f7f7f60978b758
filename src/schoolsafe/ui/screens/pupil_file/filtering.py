"""What a chip and a search let through of a file, and the sentence about the rest. Qt-free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.chronology import Significance
from schoolsafe.domain.ids import noun_of
from schoolsafe.services import chronology_filter
from schoolsafe.services.chronology_filter import Wanted, last_meeting
from schoolsafe.services.chronology_reading import fixable
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.ui import chronology_rows
from schoolsafe.words import N_, _, ngettext

ALL: Final = "all"
SINCE_MEETING: Final = "since-meeting"
SIGNIFICANT: Final = "significant"
_GROUPS: Final[Mapping[str, str]] = {
    "notification": N_("Notifications {n}"),
    "concern": N_("Concerns {n}"),
    "support": N_("Support {n}"),
    "contact": N_("Contact {n}"),
    "meeting": N_("Meetings {n}"),
    "agency": N_("Agencies {n}"),
    "decision": N_("Decisions {n}"),
    "family": N_("Family {n}"),
}
_NAMED: Final = 3
"""Hidden rows that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """The entries a filter lets through, and the sentence about the rest."""

    entries: tuple[EntryView, ...]
    count: str
    hidden: str
    """Names the notifications, significant entries and open referrals that are hidden, or nothing."""


def chips(entries: Sequence[EntryView]) -> tuple[tuple[str, str], ...]:
    """All, notifications, and every other group that has entries, with counts."""
    made = [(ALL, _("All {n}").format(n=len(entries)))]
    for key, words in _GROUPS.items():
        n = sum(entry.group == key for entry in entries)
        if n or key == "notification":
            made.append((key, _(words).format(n=n)))
    marked = [entry for entry in entries if entry.significance == Significance.SIGNIFICANT]
    if any(entry.kind != "notification" for entry in marked):
        made.append((SIGNIFICANT, _("Significant {n}").format(n=len(marked))))
    meeting = last_meeting(entries)
    if meeting is not None:
        day = say.short_day(meeting)
        made.append((SINCE_MEETING, _("Since last meeting, {day}").format(day=day)))
    return tuple(made)


def filtered(
    entries: Sequence[EntryView], *, chip: str, words: str, with_high: bool = False
) -> Filtered:
    """What a chip and a search let through. What matters most is named where it is hidden.

    ``with_high`` lets that through too: a person asked for it.
    """
    asked = Wanted(
        kinds=(chip,) if chip in _GROUPS else (),
        words=words,
        since_meeting=chip == SINCE_MEETING,
        significant=chip == SIGNIFICANT,
    )
    found = chronology_filter.filtered(entries, asked)
    let = {entry.id for entry in found.entries}
    let |= {entry.id for entry in found.high} if with_high else set()
    shown = tuple(entry for entry in entries if entry.id in let)
    hidden = len(entries) - len(shown)
    count = _("{shown} of {all} shown.").format(shown=len(shown), all=len(entries))
    if not hidden:
        return Filtered(shown, _("{count} Nothing is hidden by a filter.").format(count=count), "")
    count = _("{count} {n} hidden.").format(count=count, n=hidden)
    return Filtered(shown, count, "" if with_high else _named(found.high))


def _named(high: Sequence[EntryView]) -> str:
    """The rows that matter most, by name and day; the newest first."""
    if not high:
        return ""
    names = [
        _("{what}, {day}").format(
            what=chronology_rows.title_of(entry), day=say.short_day(entry.day)
        )
        for entry in high[:_NAMED]
    ]
    if more := len(high) - len(names):
        names.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return _("Hidden: {names}.").format(names="; ".join(names))


def can_correct(entry: EntryView) -> bool:
    """Whether its words can be corrected."""
    return bool(fixable(noun_of(entry.id)))


def correctable(entry: EntryView) -> tuple[tuple[str, str, str], ...]:
    """Which of its words can be corrected: the field, what it is called, what stands."""
    fields = fixable(noun_of(entry.id))
    if not fields:
        return ()
    others = (
        ("child_words", entry.child_words),
        ("title", entry.title),
        ("action", entry.action),
        ("outcome", entry.outcome),
        ("present", entry.present),
        ("place", entry.place),
        ("voice_why_not", entry.voice_why_not),
    )
    return (
        ("", _("What happened"), entry.summary),
        *(
            (name, chronology_rows.field_words(name), said)
            for name, said in others
            if said and name in fields
        ),
    )
