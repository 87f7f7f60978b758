"""What a passphrase must be, its strength in words, and one made for you.

At least 15 characters or five words; no rule about capitals or signs; up to 1,024 characters. What
a pupil or a stranger would try first is refused: common ones, and those made of names known here.
Source: NIST SP 800-63B-4, section 3.1.1; security.md section 3.
"""

import math
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from schoolsafe import resources
from schoolsafe.errors import Refused
from schoolsafe.words import N_, _

LEAST_CHARACTERS: Final = 15
MOST_CHARACTERS: Final = 1024
WORDS: Final = 5
_LEAST_LETTERS_OF_A_WORD: Final = 3
_LEAST_OWN_LETTERS: Final = 8
_MEASURED_CHARACTERS: Final = 72
"""zxcvbn takes seconds for hundreds of characters, and nothing beyond 72 changes its verdict."""
_LEAST_GUESSES_LOG10: Final = 10.0
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")

_LEVELS: Final = (
    (_LEAST_GUESSES_LOG10, N_("Too easy to guess")),
    (13.0, N_("Good enough together with this computer's own secret")),
    (18.0, N_("Strong")),
    (math.inf, N_("Very strong")),
)


class PassphraseTooShort(Refused):
    """A passphrase has at least 15 characters or five words; this one has {count} characters."""


class PassphraseTooLong(Refused):
    """A passphrase has at most {most} characters."""


class PassphraseTooEasy(Refused):
    """This passphrase is one of the first to be tried. Choose another, or let one be made."""


class PassphraseOfNames(Refused):
    """This passphrase is made of names known here (school, town, person). Add other words."""


class NeedsFiveWords(Refused):
    """Without a keyring on this computer the passphrase must have five words or more."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess, for a person to read."""

    level: int
    """0 (refused) to 3."""
    words: str
    guesses_log10: float


def normalised(passphrase: str) -> bytes:
    """The bytes that are derived from: NFKC, so that every keyboard's ŵ is the same, in UTF-8."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def check(passphrase: str, *, names: Sequence[str] = (), five_words: bool = False) -> None:
    """Returns only for a passphrase somebody may use.

    ``names`` are the school, the town, the person: what a guesser here would try. ``five_words`` is
    the stricter rule where the device secret lies in a file (architecture.md 9.16).

    Raises:
        PassphraseTooShort, PassphraseTooLong, NeedsFiveWords: its length.
        PassphraseOfNames, PassphraseTooEasy: what it is made of.
    """
    text = unicodedata.normalize("NFKC", passphrase)
    if len(text) > MOST_CHARACTERS:
        raise PassphraseTooLong(most=MOST_CHARACTERS)
    words = word_count(text)
    if len(text) < LEAST_CHARACTERS and words < WORDS:
        raise PassphraseTooShort(count=len(text))
    if five_words and words < WORDS:
        raise NeedsFiveWords
    if names and _own_letters(text, names) < _LEAST_OWN_LETTERS:
        raise PassphraseOfNames
    if _guesses_log10(text, names) < _LEAST_GUESSES_LOG10:
        raise PassphraseTooEasy


def measure(passphrase: str, *, names: Sequence[str] = ()) -> Strength:
    """The strength in words, while somebody types. About 5 ms; the first call 35 ms more."""
    text = unicodedata.normalize("NFKC", passphrase)
    guesses = _guesses_log10(text, names) if text else 0.0
    if len(text) < LEAST_CHARACTERS and word_count(text) < WORDS:
        guesses = min(guesses, _LEAST_GUESSES_LOG10 - 1)
    level = next(index for index, (below, _words) in enumerate(_LEVELS) if guesses < below)
    return Strength(level=level, words=_(_LEVELS[level][1]), guesses_log10=guesses)


def word_count(passphrase: str) -> int:
    """Different words of three letters or more."""
    words = _WORD.findall(passphrase.casefold())
    return len({word for word in words if len(word) >= _LEAST_LETTERS_OF_A_WORD})


def made(words: int = WORDS) -> str:
    """A passphrase made for somebody: ``words`` different words, 12.9 bits each."""
    listed = word_list()
    drawn: list[str] = []
    while len(drawn) < words:
        word = secrets.choice(listed)
        if word not in drawn:
            drawn.append(word)
    return " ".join(drawn)


def made_bits(words: int = WORDS) -> float:
    """How many bits ``made`` draws."""
    return sum(math.log2(len(word_list()) - already) for already in range(words))


@cache
def word_list() -> tuple[str, ...]:
    """The shipped list: 7,776 words. Source and licence: resources/words/LICENSE."""
    text = resources.path("words", "passphrase.txt").read_text(encoding="ascii")
    # Four of them have a hyphen (t-shirt): they would count as two words or none, so they are not
    # drawn; 7,772 words are still 12.9 bits each.
    return tuple(word for word in text.split() if word.isalpha())


def _own_letters(text: str, names: Sequence[str]) -> int:
    """How many letters are left when every known name is taken out."""
    rest = text.casefold()
    known = {part for name in names for part in _LETTERS.findall(name.casefold())}
    for part in sorted(known, key=len, reverse=True):
        if len(part) >= _LEAST_LETTERS_OF_A_WORD:
            rest = rest.replace(part, " ")
    return sum(len(letters) for letters in _LETTERS.findall(rest))


def _guesses_log10(text: str, names: Sequence[str]) -> float:
    from zxcvbn import zxcvbn  # noqa: PLC0415  # 33 ms that a start without a new passphrase saves

    known = [part for name in names for part in (name, *name.split())]
    measured = zxcvbn(text[:_MEASURED_CHARACTERS], [part.casefold() for part in known])
    return float(measured["guesses_log10"])
