"""A child's name, compared as people do: accents, hyphens, apostrophes and capitals forgiven.

Pure text work; which comparison is good enough for what is `match`'s and `roll`'s. Source:
domain.md 7.1.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from rapidfuzz.distance import OSA

# Letters that have no accent to strip and yet are typed as plain ones.
_PLAIN: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
_APOSTROPHES: Final = re.compile(r"['`´ʹʻʼˈ‘’‛′＇]")
_GAPS: Final = re.compile(r"[\W_]+")
_CLOSE: Final = 0.75
"""One letter in four may differ: "Jon" is close to "John", "Leo" is not close to "Lee"."""
_SHORT: Final = 3
"""Letters a shortened name must keep: "Sam" for "Samuel"."""
_MAC: Final = 6
"""Letters from which "Mac" is taken for the prefix: "MacSam" is "McSam", "Macey" stays."""
_PARTICLES: Final = frozenset({"van", "von", "der", "den", "bint", "bin", "ibn", "the", "and"})


def clean(text: str | None) -> str:
    """The name as it was meant to be written: no invisible characters, single spaces, NFC."""
    if text is not None and text.isascii() and text.isprintable():
        return " ".join(text.split())  # nearly every name of a roll: eight times quicker
    visible = (c for c in text or "" if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace())
    return unicodedata.normalize("NFC", " ".join("".join(visible).split()))


def fold(text: str | None) -> str:
    """The name in plain small letters, single spaces between; for comparing, never for showing."""
    small = clean(text).casefold()
    if small.isascii():
        return _GAPS.sub(" ", _APOSTROPHES.sub("", small)).strip()
    small = small.translate(_PLAIN)
    plain = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return _GAPS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def compact(text: str | None) -> str:
    """The folded name without gaps, Mac as Mc: "O Sampla" is "osampla", "MacSam" "mcsam"."""
    return _joined(fold(text))


def _joined(folded: str) -> str:
    joined = folded.replace(" ", "")
    return f"mc{joined[3:]}" if joined.startswith("mac") and len(joined) >= _MAC else joined


def split_name(text: str | None) -> tuple[str | None, str | None]:
    """Surname and forename out of one cell: "Surname, Forename", else the last word is the surname.

    Words in capitals beside words that are not are the surname, wherever they stand. One word alone
    counts as a surname.
    """
    whole = clean(text)
    before, comma, after = whole.partition(",")
    if comma:
        return before.strip() or None, after.strip() or None
    words = whole.split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if loud and len(loud) < len(words):
        return " ".join(loud), " ".join(word for word in words if word not in loud)
    return (words[-1] if words else None), " ".join(words[:-1]) or None


class Likeness(IntEnum):
    """How alike two names are."""

    NONE = 0
    PART = 1
    """One of the two names is the same."""
    NEAR = 2
    """Both are alike, not the same."""
    SAME = 3
    """The same once accents, hyphens, apostrophes and capitals are forgiven."""


class NameFact(StrEnum):
    """What was found when two names were compared."""

    SAME_NAME = "same_name"
    SPELLED = "same_name_other_spelling"
    PREFERRED = "preferred_name"
    FORMER = "former_name"
    ORDER_SWAPPED = "names_other_way_round"
    INITIAL = "initial_only"
    SURNAME_INITIAL = "surname_initial_only"
    MIDDLE = "middle_name_differs"
    SHORTENED = "forename_shortened"
    SURNAME_PART = "part_of_surname"
    CLOSE = "close_name"
    SURNAME_ONLY = "surname_only"
    FORENAME_ONLY = "forename_only"
    OTHER = "other_name"


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way a person is called: surname and forename, ready to be compared."""

    surname: str
    forename: str
    everyday: bool = False
    """Not the legal name but the one used every day."""
    former: bool = False
    """A name this person had before."""
    surname_key: str = ""
    forename_key: str = ""
    words: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Forename and surname folded, for a close look-up."""
        return f"{self.forename_key} {self.surname_key}".strip()


def form_of(
    surname: str | None, forename: str | None, *, everyday: bool = False, former: bool = False
) -> NameForm:
    """A name made ready to be compared."""
    last, first = fold(surname), fold(forename)
    return NameForm(
        surname=clean(surname),
        forename=clean(forename),
        everyday=everyday,
        former=former,
        surname_key=_joined(last),
        forename_key=_joined(first),
        words=frozenset((*last.split(), *first.split())),
    )


def compare(
    told: NameForm, held: NameForm, *, others: str | None = None
) -> tuple[Likeness, NameFact]:
    """How alike a told name is to one on the list; ``others`` are further forenames that were told.

    A told name may be one word only: it is compared with the forename and with the surname.
    """
    if _written(told) == _written(held):
        return Likeness.SAME, _as_known(held, NameFact.SAME_NAME)
    if told.forename_key + told.surname_key == held.forename_key + held.surname_key:
        return Likeness.SAME, _as_known(held, NameFact.SPELLED)
    if not (told.forename_key and told.surname_key):
        return _one_word(told.forename_key or told.surname_key, held)
    swapped = (told.surname_key, told.forename_key) == (held.forename_key, held.surname_key)
    if swapped:
        return Likeness.NEAR, NameFact.ORDER_SWAPPED
    return _two_names(told, held, fold(others))


def _as_known(held: NameForm, otherwise: NameFact) -> NameFact:
    if held.former:
        return NameFact.FORMER
    return NameFact.PREFERRED if held.everyday else otherwise


def _written(form: NameForm) -> tuple[str, str]:
    return form.surname.casefold(), form.forename.casefold()


def _one_word(word: str, held: NameForm) -> tuple[Likeness, NameFact]:
    if not word:
        return Likeness.NONE, NameFact.OTHER
    if word in {held.forename_key, *fold(held.forename).split()[:1]}:
        return Likeness.PART, NameFact.FORENAME_ONLY
    if word == held.surname_key:
        return Likeness.PART, NameFact.SURNAME_ONLY
    return Likeness.NONE, NameFact.OTHER


def _two_names(told: NameForm, held: NameForm, others: str) -> tuple[Likeness, NameFact]:
    forename = _forename_fact(told, held, others)
    surname = _surname_fact(told, held)
    if surname is NameFact.SAME_NAME:
        if forename is NameFact.OTHER:
            return Likeness.PART, NameFact.SURNAME_ONLY
        return Likeness.NEAR, forename
    if forename is NameFact.SAME_NAME:
        if surname is NameFact.OTHER:
            return Likeness.PART, NameFact.FORENAME_ONLY
        return Likeness.NEAR, surname
    if NameFact.OTHER in {forename, surname}:
        return Likeness.NONE, NameFact.OTHER
    return Likeness.NEAR, NameFact.INITIAL if forename is NameFact.INITIAL else NameFact.CLOSE


def _surname_fact(told: NameForm, held: NameForm) -> NameFact:
    mine, theirs = told.surname_key, held.surname_key
    if mine == theirs:
        return NameFact.SAME_NAME
    if len(mine) == 1:
        return NameFact.SURNAME_INITIAL if theirs.startswith(mine) else NameFact.OTHER
    shared = set(_telling(told.surname)) & set(_telling(held.surname))
    if shared:
        return NameFact.SURNAME_PART
    return NameFact.CLOSE if _close(mine, theirs) else NameFact.OTHER


def _forename_fact(told: NameForm, held: NameForm, others: str) -> NameFact:
    mine, theirs = told.forename_key, held.forename_key
    if mine == theirs:
        return NameFact.SAME_NAME
    initials, names = fold(told.forename).split(), fold(held.forename).split()
    if all(len(word) == 1 for word in initials):
        return NameFact.INITIAL if theirs.startswith(initials[0]) else NameFact.OTHER
    if initials[:1] == names[:1] or (names and names[0] in others.split()):
        return NameFact.MIDDLE
    short, long = sorted((mine, theirs), key=len)
    if len(short) >= _SHORT and long.startswith(short):
        return NameFact.SHORTENED
    return NameFact.CLOSE if _close(mine, theirs) else NameFact.OTHER


def _telling(surname: str) -> Iterator[str]:
    """The words of a surname that can tell families apart."""
    return (w for w in fold(surname).split() if len(w) >= _SHORT and w not in _PARTICLES)


def _close(mine: str, theirs: str) -> bool:
    return OSA.normalized_similarity(mine, theirs) >= _CLOSE
