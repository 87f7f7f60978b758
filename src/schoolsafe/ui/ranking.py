"""Our own order for names and actions a person types for. Qt-free.

Accents and case do not count; a name that starts so comes before one that merely contains it; a
slip of one letter
still finds.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

SHOWN: Final = 8
LEAST_FOR_SLIP: Final = 4
STARTS, WORD_STARTS, INITIALS, CONTAINS, NEAR = range(5)


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose: its id, its name, and what tells it from others of that name."""

    id: str
    name: str
    about: str = ""

    @property
    def line(self) -> str:
        """Name and what tells it apart."""
        return f"{self.name}, {self.about}" if self.about else self.name


def fold(text: str) -> str:
    """Letters without case or accents: "llyr" finds Llŷr and "wisniewski" finds Wiśniewski."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


def rank(typed: str, name: str) -> int | None:
    """How well a name fits what was typed: 0 best, None not at all.

    First a name that starts so, then one with a word that starts so, then words that start so in
    any order, then one
    that contains it, then one a single slip away.
    """
    wanted, folded = fold(typed), fold(name)
    words = folded.replace("-", " ").replace("’", " ").replace("'", " ").split()
    if not wanted:
        return CONTAINS
    if folded.startswith(wanted):
        return STARTS
    if any(word.startswith(wanted) for word in words):
        return WORD_STARTS
    parts = wanted.split()
    if len(parts) > 1 and all(any(w.startswith(p) for w in words) for p in parts):
        return INITIALS
    if wanted in folded:
        return CONTAINS
    return NEAR if _one_slip(wanted, words) else None


def _one_slip(wanted: str, words: Sequence[str]) -> bool:
    if len(wanted) < LEAST_FOR_SLIP:
        return False
    size = len(wanted)
    starts = {word[:n] for word in words for n in (size - 1, size, size + 1)}
    return any(OSA.distance(wanted, start, score_cutoff=1) <= 1 for start in starts)


def best(typed: str, picks: Sequence[Pick], limit: int = SHOWN) -> tuple[Pick, ...]:
    """The picks that fit, best first, then by name. Near ones only where nothing fits better."""
    fitting = [(order, pick) for pick in picks if (order := rank(typed, pick.name)) is not None]
    if any(order < NEAR for order, _pick in fitting):
        fitting = [pair for pair in fitting if pair[0] < NEAR]
    fitting.sort(key=lambda pair: (pair[0], fold(pair[1].name), pair[1].about))
    return tuple(pick for _order, pick in fitting[:limit])
