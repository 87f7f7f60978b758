"""Words read aloud: a fingerprint as words of the shipped list, 12.9 bits each.

Spec: docs/spec/notice.md section 3. Left to others: what is fingerprinted, and who compares.
"""

from functools import cache
from typing import Final

from schoolsafe import resources
from schoolsafe.errors import Refused

KEY_WORDS: Final = 8
"""Of a key, which stays the same and can be ground offline. Source: security.md, words read aloud."""


class WordsDiffer(Refused):
    """These are not the words of this key. Ring again, on a number you know, and type what you hear."""


@cache
def _listed() -> tuple[str, ...]:
    return tuple(resources.path("words", "passphrase.txt").read_text(encoding="ascii").split())


def words(digest: bytes, count: int = KEY_WORDS) -> tuple[str, ...]:
    """The digest as words."""
    listed = _listed()
    number = int.from_bytes(digest, "big")
    found = []
    for _index in range(count):
        number, place = divmod(number, len(listed))
        found.append(listed[place])
    return tuple(found)


def compare(typed: str, expected: tuple[str, ...]) -> None:
    """Returns only for the same words; capitals, spaces and hyphens do not matter.

    Raises:
        WordsDiffer: they are others.
    """
    if _letters(typed) != _letters(" ".join(expected)):
        raise WordsDiffer


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())
