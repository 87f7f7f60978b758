"""Pupils who may be of one family: offered beside a matched child, never added. See ux.md 5.3."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.match import LINKED_BEFORE, SAME_POSTCODE
from schoolsafe.domain.name import fold
from schoolsafe.domain.pupil_index import Pupil, PupilIndex, postcode_key
from schoolsafe.words import _

SAME_SURNAME: Final = "same_surname"
_FEW: Final = 6
"""A surname or postcode shared by more pupils than this says nothing about a family."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A pupil who may be of the same family."""

    child: str
    facts: tuple[str, ...]
    reason: str


def siblings(
    child: str, roll: PupilIndex, *, linked: Collection[str] = (), exclude: Collection[str] = ()
) -> tuple[Sibling, ...]:
    """Pupils who may be of this child's family, the surest first.

    ``linked`` were confirmed beside this child on an earlier notice; ``exclude`` are on this notice
    already. A list without addresses still brings brothers and sisters, by surname; half-siblings
    of other surnames come by postcode.
    """
    if child not in roll:
        return ()
    pupil = roll.pupil(child)
    family = _bearers(child, roll)
    home = set(roll.at_postcode(pupil.postcode))
    named = {other for other in family if _may_share_home(pupil, roll.pupil(other))}
    sure = home & family
    by_home = home if len(home) <= _FEW else sure
    by_name = named if len(named) <= _FEW else sure
    offered = []
    for other in ({*linked, *by_home, *by_name} - {child, *exclude}) & {p.id for p in roll.pupils}:
        facts = (
            *((LINKED_BEFORE,) if other in linked else ()),
            *((SAME_SURNAME,) if other in family else ()),
            *((SAME_POSTCODE,) if other in home else ()),
        )
        offered.append(Sibling(other, facts, _reason(facts)))
    return tuple(
        sorted(offered, key=lambda s: (LINKED_BEFORE not in s.facts, -len(s.facts), s.child))
    )


def _bearers(child: str, roll: PupilIndex) -> set[str]:
    """Pupils who share a surname, or a part of a double-barrelled one, with this child."""
    found = set()
    for word in _surname_words(child, roll):
        found |= {other for other in roll.bearers(word) if word in _surname_words(other, roll)}
    return found - {child}


def _surname_words(child: str, roll: PupilIndex) -> set[str]:
    """Whole surnames and the longer words in them: "Ní Shampla" gives nishampla and shampla."""
    words = set()
    for form in roll.forms(child):
        words |= {form.surname_key, *(w for w in fold(form.surname).split() if len(w) > 3)}  # noqa: PLR2004
    return words - {""}


def _may_share_home(one: Pupil, other: Pupil) -> bool:
    """Not known to live apart."""
    known = one.postcode and other.postcode
    return not known or postcode_key(one.postcode) == postcode_key(other.postcode)


def _reason(facts: Collection[str]) -> str:
    words = {
        LINKED_BEFORE: _("named together on an earlier notice"),
        SAME_SURNAME: _("same surname"),
        SAME_POSTCODE: _("same postcode"),
    }
    said = say.joined(tuple(words[fact] for fact in facts))
    return said[:1].upper() + said[1:]
