"""Pupils as the list draws them: name, what tells them apart, and at most one word of state. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.name import fold
from schoolsafe.services.child import ChildRow
from schoolsafe.ui import phrases
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import N_, _, ngettext

ANY: Final = ""
YEARS: Final = ("N1", "N2", "N", "R", *(str(n) for n in range(1, 15)))
"""Year groups in the order children go through them."""

STATES: Final[Mapping[str, str]] = {
    "on_roll": N_("On the roll"),
    "possibly_left": N_("Possibly left"),
    "left": N_("Has left"),
    "not_on_roll": N_("Not on roll"),
}
_TONES: Final[Mapping[str, Ink]] = {"possibly_left": "warn"}


def row_of(child: ChildRow) -> Row:
    """One pupil. The UPN is never part of it."""
    return Row(
        key=child.id,
        title=child.name,
        about=about_words(child),
        state=_(STATES[child.status])
        if child.status in STATES and child.status != "on_roll"
        else "",
        tone=_TONES.get(child.status, "muted"),
        icon="user",
    )


def about_words(child: ChildRow) -> str:
    """Class and teacher, birth date, admission number."""
    parts = (
        ", ".join(part for part in (phrases.class_words(child), child.teacher) if part),
        _born(child.dob),
        _("Admission {number}").format(number=child.admission) if child.admission else "",
    )
    return ". ".join(part for part in parts if part)


def _born(dob: date | None) -> str:
    return _("Born {date}").format(date=say.date_words(dob)) if dob else _("Birth date not known")


def years_of(children: Iterable[ChildRow]) -> tuple[tuple[str, str], ...]:
    """The year groups there are, as a choice."""
    found = {child.year for child in children if child.year}
    known = [year for year in YEARS if year in found]
    rest = sorted(found - set(YEARS))
    options = [(year, phrases.year_words(year)) for year in (*known, *rest)]
    return ((ANY, _("Every year")), *options)


def classes_of(children: Iterable[ChildRow]) -> tuple[tuple[str, str], ...]:
    """The classes there are, as a choice."""
    found = sorted({child.class_name for child in children if child.class_name})
    return ((ANY, _("Every class")), *((name, name) for name in found))


def states_of(children: Iterable[ChildRow]) -> tuple[tuple[str, str], ...]:
    """The states there are, as a choice."""
    found = {child.status for child in children}
    options = [(state, _(words)) for state, words in STATES.items() if state in found]
    return ((ANY, _("Every pupil")), *options)


def filtered(
    children: Sequence[ChildRow], *, words: str, year: str, class_name: str, status: str
) -> tuple[ChildRow, ...]:
    """Who fits: every word begins a part of the name, or is the admission number."""
    wanted = fold(words).split()
    return tuple(
        child
        for child in children
        if year in (ANY, child.year)
        and class_name in (ANY, child.class_name)
        and status in (ANY, child.status)
        and _named(child, wanted)
    )


def _named(child: ChildRow, wanted: Sequence[str]) -> bool:
    parts, number = fold(f"{child.name} {child.legal_name}").split(), fold(child.admission)
    return all(number == word or any(part.startswith(word) for part in parts) for word in wanted)


def count_words(shown: int, every: int) -> str:
    """Says "12 of 210 pupils shown"."""
    words = ngettext("{shown} of {n} pupil shown", "{shown} of {n} pupils shown", every)
    return words.format(shown=shown, n=every)
