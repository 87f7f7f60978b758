"""The roll made ready once for many look-ups: birth date, words of a name, postcode, look-alikes.

Wide rather than narrow: what is found here is compared closely by `match` and `sibling`.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from schoolsafe.domain.name import NameForm, form_of

_LOOK_ALIKE: Final = 80
"""Per cent of letters two whole names share before they are compared closely."""
_MOST: Final = 20
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pupil:
    """What the roll says of one pupil, as far as a match needs it."""

    id: str
    surname: str
    forename: str
    dob: date | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    former_surname: str | None = None
    former_forename: str | None = None
    year: str | None = None
    class_name: str | None = None
    postcode: str | None = None
    admission: str | None = None

    @property
    def name(self) -> str:
        """The name as known every day."""
        surname = self.preferred_surname or self.surname
        return f"{self.preferred_forename or self.forename} {surname}".strip()

    @property
    def legal_name(self) -> str:
        """The name as on the register."""
        return f"{self.forename} {self.surname}".strip()

    def forms(self) -> tuple[NameForm, ...]:
        """Every way this pupil may be called, the legal one first, former names last."""
        surnames = dict.fromkeys((self.surname, self.preferred_surname or self.surname))
        forenames = dict.fromkeys((self.forename, self.preferred_forename or self.forename))
        legal = (self.surname, self.forename)
        now = [(surname, forename) for surname in surnames for forename in forenames]
        before = dict.fromkeys(
            (surname, forename)
            for surname in (*surnames, self.former_surname)
            for forename in (*forenames, self.former_forename)
            if surname and forename and (surname, forename) not in now
        )
        return (
            *(form_of(*name, everyday=name != legal) for name in now),
            *(form_of(*name, former=True) for name in before),
        )


@dataclass(frozen=True, slots=True)
class PupilIndex:
    """Pupils found by what a notice may say of them: 25 lines against 1,500 pupils in a blink."""

    pupils: tuple[Pupil, ...]
    _forms: dict[str, tuple[NameForm, ...]] = field(init=False, repr=False, compare=False)
    _by_id: dict[str, Pupil] = field(init=False, repr=False, compare=False)
    _by_dob: dict[date, list[str]] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _by_postcode: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _keys: list[str] = field(init=False, repr=False, compare=False)
    _key_ids: list[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_dob: defaultdict[date, list[str]] = defaultdict(list)
        by_word: defaultdict[str, list[str]] = defaultdict(list)
        by_postcode: defaultdict[str, list[str]] = defaultdict(list)
        forms = {pupil.id: pupil.forms() for pupil in self.pupils}
        for pupil in self.pupils:
            if pupil.dob is not None:
                by_dob[pupil.dob].append(pupil.id)
            if pupil.postcode:
                by_postcode[postcode_key(pupil.postcode)].append(pupil.id)
            for word in _search_words(forms[pupil.id]):
                by_word[word].append(pupil.id)
        keys = [(form.key, child) for child, held in forms.items() for form in held]
        made: dict[str, object] = {
            "_forms": forms,
            "_by_id": {pupil.id: pupil for pupil in self.pupils},
            "_by_dob": dict(by_dob),
            "_by_word": dict(by_word),
            "_by_postcode": dict(by_postcode),
            "_keys": [key for key, _child in keys],
            "_key_ids": [child for _key, child in keys],
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def __contains__(self, child: object) -> bool:
        return child in self._by_id

    def pupil(self, child: str) -> Pupil:
        """The pupil of that id.

        Raises:
            KeyError: not on this roll.
        """
        return self._by_id[child]

    def forms(self, child: str) -> tuple[NameForm, ...]:
        """Every way that pupil may be called."""
        return self._forms[child]

    def born(self, days: Collection[date]) -> set[str]:
        """Pupils born on one of these days."""
        return {child for day in days for child in self._by_dob.get(day, ())}

    def named_like(self, form: NameForm) -> set[str]:
        """Pupils who share a word of that name, or whose whole name looks like it."""
        shared = {child for word in _search_words((form,)) for child in self.bearers(word)}
        alike = process.extract(
            form.key, self._keys, scorer=fuzz.ratio, score_cutoff=_LOOK_ALIKE, limit=_MOST
        )
        return shared | {self._key_ids[place] for _key, _score, place in alike}

    def bearers(self, word: str) -> Sequence[str]:
        """Pupils with that folded word, or that whole name, among their names."""
        return self._by_word.get(word, ())

    def at_postcode(self, postcode: str | None) -> Sequence[str]:
        """Pupils who live there; nobody where no postcode is known."""
        return self._by_postcode.get(postcode_key(postcode), ()) if postcode else ()


def _search_words(forms: Iterable[NameForm]) -> set[str]:
    words: set[str] = set()
    for form in forms:
        words |= {word for word in form.words if len(word) > 1}
        words |= {form.surname_key, form.forename_key} - {""}
    return words


def postcode_in(text: str | None) -> str | None:
    """The first postcode in a place as told, with one space; None where there is none."""
    found = _POSTCODE.search(text or "")
    return f"{found[1]} {found[2]}".upper() if found else None


def postcode_area(text: str | None) -> str:
    """The first part of a postcode: what is left of it when the rest is unknown. "" where there is none."""
    found = _POSTCODE.search(text or "")
    return found[1].upper() if found else ""


def postcode_key(text: str | None) -> str:
    """A postcode for comparing: capitals, no spaces."""
    return "".join((text or "").split()).upper()
