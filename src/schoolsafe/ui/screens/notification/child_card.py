"""The child beside the work: who may collect, who meets them first, who was told, the pattern.

Qt-free. Left to others: asking (child_pane asks through the presenter's tools).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from schoolsafe.domain import say
from schoolsafe.domain.line_outcome import Outcome
from schoolsafe.services.calendar import SiteView
from schoolsafe.services.child import ChildRow
from schoolsafe.services.chronology_view import ChronologyView
from schoolsafe.services.told_slip import SlipView
from schoolsafe.ui import phrases
from schoolsafe.ui.chronology_rows import row_of
from schoolsafe.ui.widgets.chronology_list import ChronologyRow
from schoolsafe.ui.widgets.strip import StripFacts
from schoolsafe.words import _

NEWEST = 60
"""Entries beside the work; all of them are in the file."""


@dataclass(frozen=True, slots=True)
class ChildCard:
    """What the context pane shows."""

    id: str
    name: str
    about: str
    collect: str
    collect_until: str
    facts: tuple[tuple[str, str | None], ...]
    strip: StripFacts
    rows: tuple[ChronologyRow, ...]
    proposed: bool
    """The match is not confirmed: this is the child who is proposed."""


def child_card(
    child: ChildRow,
    chronology: ChronologyView,
    *,
    slips: Sequence[SlipView],
    site: SiteView,
    now: datetime,
    proposed: bool,
) -> ChildCard:
    """The words of the pane."""
    today = now.date()
    counts = chronology.counts
    until = child.may_collect_until
    collect = child.may_collect if until is None or until >= today else None
    return ChildCard(
        id=child.id,
        name=child.name,
        about=_about(child, today),
        collect=_("Only {names} may collect").format(names=collect) if collect else "",
        collect_until=_("Until {day}").format(day=say.short_day(until, on=today))
        if collect and until
        else "",
        facts=(
            (_("First adult"), child.first_adult),
            (_("Next"), _next(child, site)),
            (_("Told so far"), _told(slips, today)),
        ),
        strip=StripFacts(
            today=today,
            counts=((30, counts.d30), (90, counts.d90), (365, counts.d365)),
            sentence=chronology.gaps.words,
            notified=chronology.notified,
            contacts=chronology.contacts,
            holidays=holidays(site),
        ),
        rows=tuple(row_of(entry) for entry in chronology.entries[:NEWEST]),
        proposed=proposed,
    )


def _about(child: ChildRow, today: date) -> str:
    age = _("Age {age}").format(age=say.age_years(child.dob, today)) if child.dob else ""
    status = {
        "possibly_left": _("Possibly left"),
        "left": _("Has left"),
        "not_on_roll": _("Not on roll"),
    }
    elsewhere = [
        (
            _("Also at {school}")
            if place.kind == Outcome.DUAL_REGISTERED
            else _("Taught at {school}: tell them too")
        ).format(school=place.school)
        for place in child.placements
    ]
    parts = (age, phrases.class_words(child), status.get(child.status, ""), *elsewhere)
    return ". ".join(part for part in parts if part)


def _next(child: ChildRow, site: SiteView) -> str | None:
    if not child.teacher:
        return None
    start = say.time_words(site.start)
    where = child.class_name or ""
    return ", ".join(part for part in (child.teacher, where, start) if part)


def _told(slips: Sequence[SlipView], today: date) -> str:
    holding = [slip for slip in slips if not slip.ended]
    if not holding:
        return _("Nobody yet today")
    return "\n".join(
        _("{who}, {when}").format(
            who=slip.told_to,
            when=say.time_words(slip.at) if slip.at.date() == today else say.short_moment(slip.at),
        )
        for slip in holding
    )


def holidays(site: SiteView) -> tuple[tuple[date, date], ...]:
    """The stretches between terms, as drawn behind the year."""
    terms = sorted(site.terms, key=lambda term: term.first)
    return tuple((before.last, after.first) for before, after in pairwise(terms))
