"""The paper recovery key: 30 characters a person can copy by hand, and the drill that proves it.

26 characters of Crockford's base32 are 130 random bits; four more are a checksum, so that a slip of
the pen is told from a wrong sheet. It may be tried without the device secret, hence its length.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from schoolsafe.crypto.digest import sha256
from schoolsafe.errors import Refused

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U."""
RANDOM_CHARACTERS: Final = 26
CHECK_CHARACTERS: Final = 4
CHARACTERS: Final = RANDOM_CHARACTERS + CHECK_CHARACTERS
GROUP: Final = 5
GROUPS: Final = CHARACTERS // GROUP
DRILL_GROUPS: Final = 2
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_TAG: Final = b"schoolsafe/paper-key/1\0"


class PaperKeyLength(Refused):
    """A recovery key has 30 letters and digits; this has {count}."""


class PaperKeyCharacter(Refused):
    """A recovery key has no {character}. Look at group {group} of the sheet again."""


class PaperKeyMistyped(Refused):
    """This recovery key is mistyped somewhere. Compare it with the sheet, group by group."""


class DrillFailed(Refused):
    """Group {group} is not what stands on the sheet. Look again, or print the sheet again."""


def new_paper_key() -> str:
    """30 characters, without hyphens."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + _check(body)


def grouped(key: str) -> str:
    """As it is printed: six groups of five, joined by hyphens."""
    return "-".join(groups(key))


def groups(key: str) -> tuple[str, ...]:
    """The six groups of five."""
    return tuple(key[start : start + GROUP] for start in range(0, CHARACTERS, GROUP))


def typed(text: str) -> str:
    """The key as it stands on the sheet, from what somebody typed.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        PaperKeyLength: too many or too few characters.
        PaperKeyCharacter: a character that no sheet has.
        PaperKeyMistyped: the checksum does not hold.
    """
    key = _plain(text)
    for index, character in enumerate(key):
        if character not in ALPHABET:
            raise PaperKeyCharacter(character=character, group=index // GROUP + 1)
    if len(key) != CHARACTERS:
        raise PaperKeyLength(count=len(key))
    if not compare_digest(_check(key[:RANDOM_CHARACTERS]), key[RANDOM_CHARACTERS:]):
        raise PaperKeyMistyped
    return key


def key_bytes(key: str) -> bytes:
    """What is derived from: the 130 random bits as their characters."""
    return typed(key)[:RANDOM_CHARACTERS].encode("ascii")


@dataclass(frozen=True, slots=True)
class Drill:
    """Which groups of the sheet to type back, counted from 1."""

    asked: tuple[int, ...]

    def check(self, key: str, answers: Sequence[str]) -> None:
        """Returns only when each answer is the group it was asked for.

        Raises:
            DrillFailed: with the first group that is not.
        """
        on_paper = groups(key)
        padded = (*answers, *("" for _ in self.asked))
        for number, answer in zip(self.asked, padded, strict=False):
            if _plain(answer) != on_paper[number - 1]:
                raise DrillFailed(group=number)


def new_drill() -> Drill:
    """Two different groups, drawn at random, in the order of the sheet."""
    numbers = list(range(1, GROUPS + 1))
    drawn = [numbers.pop(secrets.randbelow(len(numbers))) for _ in range(DRILL_GROUPS)]
    return Drill(asked=tuple(sorted(drawn)))


def _plain(text: str) -> str:
    joined = "".join(character for character in text.upper() if not _is_gap(character))
    return joined.translate(_LOOKALIKES)


def _is_gap(character: str) -> bool:
    return character.isspace() or character in "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}_.,"


def _check(body: str) -> str:
    digest = int.from_bytes(sha256(_TAG, body.encode("ascii"))[:3], "big") >> 4
    shifts = range(5 * (CHECK_CHARACTERS - 1), -1, -5)
    return "".join(ALPHABET[digest >> shift & 31] for shift in shifts)
