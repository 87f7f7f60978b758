"""The unique pupil number: tidied, checked in the order the guide gives, its letter worked out.

A blind number: matched on, never printed, never in a list. The council part is never a reason to
refuse. Source: domain.md 7.1 (DfE UPN guide).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolsafe.words import N_, _

LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""A to Z without I, O and S; a letter's place is its value."""
LENGTH: Final = 13

_CODES: Final = frozenset(f"UN{n}" for n in range(1, 6))
_DIGITS: Final = frozenset("0123456789")

# Councils of England and Wales that have given numbers, old ones included: pupils outlive councils.
_COUNCIL_RANGES: Final = (
    (201, 213),
    (301, 320),
    (330, 336),
    (340, 344),
    (350, 359),
    (370, 373),
    (380, 384),
    (390, 394),
    (420, 420),
    (660, 681),
    (800, 803),
    (805, 808),
    (810, 813),
    (815, 816),
    (820, 823),
    (825, 826),
    (830, 831),
    (835, 841),
    (845, 846),
    (850, 852),
    (855, 857),
    (860, 861),
    (865, 896),
    (908, 909),
    (916, 916),
    (919, 919),
    (921, 921),
    (925, 926),
    (928, 929),
    (931, 931),
    (933, 933),
    (935, 943),
)


class UpnKind(StrEnum):
    """What a cell of a UPN column holds; the errors in the order they are looked for."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    BLANK = "blank"
    NO_UPN_CODE = "no_upn_code"
    WRONG_LENGTH = "wrong_length"
    BAD_FIRST_LETTER = "bad_first_letter"
    NOT_NUMERIC = "not_numeric"
    BAD_LAST_CHARACTER = "bad_last_character"
    WRONG_CHECK_LETTER = "wrong_check_letter"


class UpnWarning(StrEnum):
    """Worth a look, never a reason to refuse."""

    UNKNOWN_COUNCIL = "unknown_council"


_VALID: Final = frozenset({UpnKind.PERMANENT, UpnKind.TEMPORARY})
_ABSENT: Final = frozenset({UpnKind.BLANK, UpnKind.NO_UPN_CODE})

_MESSAGES: Final = {
    UpnKind.WRONG_LENGTH: N_("The UPN has {length} characters instead of 13."),
    UpnKind.BAD_FIRST_LETTER: N_(
        "The UPN starts with {character}. It must start with a letter other than I, O or S."
    ),
    UpnKind.NOT_NUMERIC: N_("The UPN has {character} where a number must be."),
    UpnKind.BAD_LAST_CHARACTER: N_(
        "The UPN ends with {character}. It must end with a number, or a letter but I, O or S."
    ),
    UpnKind.WRONG_CHECK_LETTER: N_(
        "The first letter of the UPN does not fit its numbers: it should be {letter}."
    ),
    UpnKind.NO_UPN_CODE: N_("{code} says why this child has no UPN. It is kept as no UPN."),
}


@dataclass(frozen=True, slots=True)
class UpnResult:
    """What was found in one cell."""

    value: str
    """Tidied: no spaces or invisible characters, capitals. Kept even where it is wrong."""
    kind: UpnKind
    warnings: tuple[UpnWarning, ...] = ()
    expected_letter: str | None = None
    """The letter the numbers ask for, where only the first letter is wrong."""
    message: str = ""
    """A plain sentence; empty where there is nothing to say."""

    @property
    def valid(self) -> bool:
        """A UPN that may be matched on."""
        return self.kind in _VALID

    @property
    def error(self) -> bool:
        """Something is written there and it is not a UPN. A blank cell is no error."""
        return not self.valid and self.kind not in _ABSENT


def tidy(text: str) -> str:
    """Capitals, without spaces of any kind and without invisible characters."""
    kept = (c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    return "".join(kept).upper()


def check_letter(rest: str) -> str:
    """The first letter that characters 2 to 13 ask for.

    Each value times its place (2 to 13), summed; the remainder by 23 picks the letter.
    """
    total = sum(
        place * (int(c) if c in _DIGITS else LETTERS.index(c))
        for place, c in enumerate(rest, start=2)
    )
    return LETTERS[total % len(LETTERS)]


def check(text: str | None) -> UpnResult:
    """Says what a UPN cell holds: a number, nothing, or the first thing wrong. Never raises."""
    value = tidy(text or "")
    if not value:
        return UpnResult(value, UpnKind.BLANK)
    if value in _CODES:
        said = _(_MESSAGES[UpnKind.NO_UPN_CODE]).format(code=value)
        return UpnResult(value, UpnKind.NO_UPN_CODE, message=said)
    wrong = _shape_error(value)
    if wrong is not None:
        return wrong
    letter = check_letter(value[1:])
    if letter != value[0]:
        said = _(_MESSAGES[UpnKind.WRONG_CHECK_LETTER]).format(letter=letter)
        return UpnResult(value, UpnKind.WRONG_CHECK_LETTER, expected_letter=letter, message=said)
    kind = UpnKind.PERMANENT if value[-1] in _DIGITS else UpnKind.TEMPORARY
    if known_council(value[1:4]):
        return UpnResult(value, kind)
    said = _("{code} is not a council SchoolSafe knows. The UPN is kept all the same.")
    return UpnResult(
        value, kind, (UpnWarning.UNKNOWN_COUNCIL,), message=said.format(code=value[1:4])
    )


def known_council(code: str) -> bool:
    """Whether the three digits are an English or Welsh council, present or past."""
    return any(first <= int(code) <= last for first, last in _COUNCIL_RANGES)


def _shape_error(value: str) -> UpnResult | None:
    if len(value) != LENGTH:
        return _wrong(value, UpnKind.WRONG_LENGTH, length=len(value))
    if value[0] not in LETTERS:
        return _wrong(value, UpnKind.BAD_FIRST_LETTER, character=value[0])
    for character in value[1:-1]:
        if character not in _DIGITS:
            return _wrong(value, UpnKind.NOT_NUMERIC, character=character)
    if value[-1] not in LETTERS and value[-1] not in _DIGITS:
        return _wrong(value, UpnKind.BAD_LAST_CHARACTER, character=value[-1])
    return None


def _wrong(value: str, kind: UpnKind, **facts: object) -> UpnResult:
    return UpnResult(value, kind, message=_(_MESSAGES[kind]).format(**facts))
