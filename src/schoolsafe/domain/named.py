"""Whether a person at the screen, or one who asks for a file, is named in it: words for a person, nothing is blocked.

Source: domain.md 6.3, 6.5, 10.4 number 20.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schoolsafe.domain.name import Likeness, NameForm, compare, form_of, split_name


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name in a file, and as what it stands there: "mother", "adult in a notification"."""

    name: str
    role: str


def mentions(name: str, places: Iterable[Mentioned]) -> tuple[Mentioned, ...]:
    """Where that name, or one like it, stands; a first name or a surname alone is not enough.

    Wide rather than narrow: an initial, a shortened first name or another spelling counts, because the answer is a
    warning that a person reads.
    """
    asked = _form(name)
    if not (asked.surname_key and asked.forename_key):
        return ()
    return tuple(dict.fromkeys(place for place in places if _alike(asked, _form(place.name))))


def _form(name: str) -> NameForm:
    surname, forename = split_name(name.replace(".", " "))
    return form_of(surname, forename)


def _alike(one: NameForm, other: NameForm) -> bool:
    if not (other.surname_key and other.forename_key):
        return False
    return max(compare(one, other)[0], compare(other, one)[0]) >= Likeness.NEAR
