"""A name in capitals, as it is likely to be written: a guess for showing, beside what was sent.

"MACFABLE" may be Macfable or MacFable, and nobody can tell; so the original is always kept. Source:
domain.md 7.2.
"""

import re
from typing import Final

from schoolsafe.domain.name import clean

_SMALL: Final = (
    "van von der den de del della da das dos du di la le ter ten bin bint ibn ap ferch y e"
)
_PARTICLES: Final = frozenset(_SMALL.split())
_WORD: Final = re.compile(r"[^\W\d_]+")
_ONE_LETTER: Final = re.compile(r"\b([ODL])(['’ʼ])([^\W\d_])", re.IGNORECASE)
_MC: Final = re.compile(r"\bMc([^\W\d_]{2,})")


def is_shouted(text: str | None) -> bool:
    """Whether a name of two letters and more stands in capitals only."""
    letters = [sign for sign in clean(text) if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


def likely_case(text: str, *, surname: bool = False) -> str:
    """The name in small letters with its capitals guessed; a name not shouted stays as it is.

    "O'MOCKERY" gives "O'Mockery", "MCMOCK" "McMock", "NOWAK-ŁUCKA" "Nowak-Łucka", the surname
    "VAN DER EXAMPLE" "van der Example". "MACFABLE" gives "Macfable": as likely as not.
    """
    whole = clean(text)
    if not is_shouted(whole):
        return whole
    words = _WORD.sub(lambda found: found[0][:1] + found[0][1:].lower(), whole)
    words = _ONE_LETTER.sub(lambda found: f"{found[1].upper()}{found[2]}{found[3].upper()}", words)
    words = _MC.sub(lambda found: f"Mc{found[1][:1].upper()}{found[1][1:]}", words)
    if not surname:
        return words
    *before, last = words.split(" ")
    return " ".join([_particle(word) for word in before] + [last])


def _particle(word: str) -> str:
    return word.lower() if word.lower() in _PARTICLES else word
