"""Who could a notice be about? Proposals against the roll, with reasons; none is confirmed here.

The ladder: same name and birth date; close name and birth date; day and month swapped; birth date
within six months at the same postcode, then with the first part of it only; then the name alone. A
birth date that contradicts is never passed over: such a child is shown, and is never the proposal.
A person decides. Source: domain.md 7.1, ux.md 5.3.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from schoolsafe.domain.match_reason import DobFact, Home, differences, reason
from schoolsafe.domain.name import Likeness, NameFact, NameForm, compare, form_of, split_name
from schoolsafe.domain.notification import ChildLine
from schoolsafe.domain.pupil_index import Pupil, PupilIndex, postcode_area, postcode_key

_HALF_YEAR: Final = 183
_UNKNOWN_DOB: Final = frozenset({DobFact.NOT_GIVEN, DobFact.NOT_ON_LIST})
SAME_POSTCODE: Final = "same_postcode"
SAME_AREA: Final = "same_postcode_area"
_INITIALS: Final = frozenset({NameFact.INITIAL, NameFact.SURNAME_INITIAL})
LINKED_BEFORE: Final = "linked_before"


@dataclass(frozen=True, slots=True)
class Notified:
    """One child as a notice gives it, as far as a match needs it."""

    form: NameForm
    others: str | None = None
    """Further forenames that were told."""
    dob: date | None = None
    postcode: str | None = None
    linked: frozenset[str] = frozenset()
    """Pupils confirmed on an earlier notice this one belongs to, as "found" does to "missing"."""


class Rung(IntEnum):
    """How strong a proposal is, strongest first."""

    EXACT = 1
    NEAR = 2
    LINKED = 3
    DAY_MONTH_SWAPPED = 4
    ONE_PLACE = 5
    """Alike in name, and one of day, month and year differs."""
    PART_NAME = 6
    """Born the same day, and one of the two names is the same."""
    BORN_CLOSE = 7
    """Born within six months of what was told, at the same postcode."""
    BORN_NEARBY = 8
    """The same, where only the first part of the postcode agrees."""
    NAME_ONLY = 9


class MatchState(StrEnum):
    """What is left for the person: the state of a line nobody has matched yet."""

    CONFIRM = "confirm_match"
    INITIAL = "initial_only"
    SEVERAL = "several"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One pupil who could be meant. A proposal, until a person says so."""

    child: str
    rung: Rung
    fits: bool
    """False for a namesake born on another day: shown, so that nobody has to find him later."""
    facts: tuple[str, ...]
    reason: str
    differs: tuple[str, ...] = ()
    """What sets this pupil apart from the others proposed."""
    likeness: Likeness = Likeness.SAME

    @property
    def why(self) -> tuple[str, ...]:
        """The reason and what differs, in words."""
        return (self.reason, *self.differs)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the roll offers for one line of a notice."""

    state: MatchState
    fits: tuple[Proposal, ...]
    others: tuple[Proposal, ...] = ()
    """Weaker ones, and namesakes who do not fit; never the first to be offered."""


def notified(
    line: ChildLine, *, postcode: str | None = None, linked: Collection[str] = ()
) -> Notified:
    """A line of a notice made ready to be matched; a name that was never split is split here."""
    surname, forename = line.surname, line.forename
    if not surname and not forename:
        surname, forename = split_name(line.name_as_sent)
    return Notified(
        form_of(surname, forename),
        others=line.other_forenames,
        dob=line.dob,
        postcode=postcode,
        linked=frozenset(linked),
    )


def propose(told: Notified, roll: PupilIndex) -> Proposals:
    """Who on the roll could be meant, strongest first, with reasons. Nothing is confirmed."""
    found = [p for child in _candidates(told, roll) if (p := _weigh(told, roll, child)) is not None]
    found.sort(key=lambda p: (not p.fits, p.rung, -p.likeness, p.child))
    best = next((p for p in found if p.fits), None)
    if best is None:
        return Proposals(MatchState.NOBODY, (), tuple(found))
    fits = [p for p in found if p.fits and _tier(p) == _tier(best)]
    others = tuple(p for p in found if p not in fits)
    if len(fits) > 1:
        apart = differences([roll.pupil(p.child) for p in fits])
        told_apart = (replace(p, differs=words) for p, words in zip(fits, apart, strict=True))
        return Proposals(MatchState.SEVERAL, tuple(told_apart), others)
    initial = _INITIALS & set(best.facts)
    return Proposals(MatchState.INITIAL if initial else MatchState.CONFIRM, (best,), others)


def _candidates(told: Notified, roll: PupilIndex) -> set[str]:
    days = set() if told.dob is None else {told.dob, _swapped(told.dob) or told.dob}
    linked = {child for child in told.linked if child in roll}
    return linked | roll.born(days) | roll.named_like(told.form)


def _tier(proposal: Proposal) -> tuple[int, int]:
    """Proposals of one tier are rivals: the program must not put one above the other."""
    if proposal.rung in {Rung.EXACT, Rung.NEAR, Rung.LINKED}:
        return proposal.rung, 0
    return Rung.NAME_ONLY, -proposal.likeness


def _weigh(told: Notified, roll: PupilIndex, child: str) -> Proposal | None:
    pupil = roll.pupil(child)
    compared = (compare(told.form, form, others=told.others) for form in roll.forms(child))
    likeness, name_fact = max(compared, key=lambda pair: pair[0])
    dob_fact = _dob_fact(told.dob, pupil.dob)
    home = _home(told, pupil)
    linked = child in told.linked
    rung = _rung(likeness, dob_fact, home=home, one_word=_one_word(told))
    if rung in {Rung.ONE_PLACE, Rung.BORN_CLOSE, Rung.BORN_NEARBY} and name_fact in _INITIALS:
        rung = None  # an initial and another birth date: as likely a brother or sister
    if linked and _may_be_the_same(likeness, dob_fact):
        rung = Rung.LINKED
    if rung is None:
        return None
    facts: list[str] = [name_fact, dob_fact]
    facts += {Home.SAME: [SAME_POSTCODE], Home.AREA: [SAME_AREA]}.get(home, [])
    facts += [LINKED_BEFORE] if linked else []
    return Proposal(
        child,
        rung,
        fits=rung is not Rung.NAME_ONLY or dob_fact in _UNKNOWN_DOB,
        facts=tuple(facts),
        reason=reason(name_fact, dob_fact, pupil, home=home, linked=linked),
        likeness=likeness,
    )


def _may_be_the_same(likeness: Likeness, dob: DobFact) -> bool:
    """Named on the earlier notice too: unless the birth date says that it is somebody else."""
    if likeness is Likeness.NONE or dob in {DobFact.SAME, DobFact.OTHER}:
        return False
    return likeness is not Likeness.PART or dob in _UNKNOWN_DOB


def _home(told: Notified, pupil: Pupil) -> Home:
    if not told.postcode or not pupil.postcode:
        return Home.UNKNOWN
    if postcode_key(told.postcode) == postcode_key(pupil.postcode):
        return Home.SAME
    area = postcode_area(told.postcode)
    return Home.AREA if area and area == postcode_area(pupil.postcode) else Home.UNKNOWN


def _one_word(told: Notified) -> bool:
    return not (told.form.forename_key and told.form.surname_key)


def _rung(likeness: Likeness, dob: DobFact, *, home: Home, one_word: bool) -> Rung | None:
    """The rung of the ladder, or None where too little agrees to trouble a person with it."""
    if likeness is Likeness.NONE:
        return None
    if dob is DobFact.SAME:
        by_likeness = {Likeness.SAME: Rung.EXACT, Likeness.NEAR: Rung.NEAR}
        return by_likeness.get(likeness, Rung.PART_NAME)
    if likeness is Likeness.PART:
        return Rung.NAME_ONLY if one_word and dob in _UNKNOWN_DOB else None
    by_dob = {DobFact.SWAPPED: Rung.DAY_MONTH_SWAPPED, DobFact.ONE_PLACE: Rung.ONE_PLACE}
    if dob is DobFact.WITHIN_SIX_MONTHS and home is not Home.UNKNOWN:
        return Rung.BORN_CLOSE if home is Home.SAME else Rung.BORN_NEARBY
    namesake = likeness is Likeness.SAME or dob in _UNKNOWN_DOB
    return by_dob.get(dob, Rung.NAME_ONLY if namesake else None)


def _swapped(day: date) -> date | None:
    """The date with day and month changed over, where that is another real date."""
    if day.day == day.month:
        return None
    try:
        return day.replace(month=day.day, day=day.month)
    except ValueError:
        return None


def _dob_fact(told: date | None, held: date | None) -> DobFact:
    if told is None:
        return DobFact.NOT_GIVEN
    if held is None:
        return DobFact.NOT_ON_LIST
    if told == held:
        return DobFact.SAME
    if _swapped(told) == held:
        return DobFact.SWAPPED
    agree = (told.day == held.day) + (told.month == held.month) + (told.year == held.year)
    if agree == 2:  # noqa: PLR2004  # two of three: day, month, year
        return DobFact.ONE_PLACE
    close = abs((told - held).days) <= _HALF_YEAR
    return DobFact.WITHIN_SIX_MONTHS if close else DobFact.OTHER
