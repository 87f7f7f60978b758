"""Takes words that must not leave out of a text: confidential addresses, names of a protected child's family.

The words give way to a mark that says so: a reader sees that something was left out. Pure text work.
"""

import re
from collections.abc import Iterable
from typing import Final

from schoolsafe.words import _

_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_LINES: Final = re.compile(r"[\n,;]+")
_FEW: Final = 2
"""A line of fewer words ("Northmere") is a town as likely as an address."""


def address_words(address: str) -> tuple[str, ...]:
    """The parts of an address that lead to a door: the whole, its postcode, its first line and every numbered one."""
    lines = [line.strip() for line in _LINES.split(address) if line.strip()]
    telling = [
        line
        for n, line in enumerate(lines)
        if len(_WORD.findall(line)) >= _FEW and (n == 0 or any(c.isdigit() for c in line))
    ]
    parts = (address, *telling, *_POSTCODE.findall(address))
    return tuple(dict.fromkeys(part for part in parts if part.strip()))


class Withheld:
    """What must not leave, ready to be looked for: letter case, gaps and punctuation make no difference."""

    def __init__(self, addresses: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._address = _pattern(part for one in addresses for part in address_words(one))
        self._name = _pattern(names)

    def __bool__(self) -> bool:
        return self._address is not None or self._name is not None

    def clean(self, text: str) -> str:
        """The text without them."""
        if self._address is not None:
            text = self._address.sub(lambda _found: _("[address withheld]"), text)
        if self._name is not None:
            text = self._name.sub(lambda _found: _("[name withheld]"), text)
        return text


def _pattern(parts: Iterable[str]) -> re.Pattern[str] | None:
    """The longest first, so that a whole address gives one mark and not three."""
    found = {tuple(word.casefold() for word in _WORD.findall(part)): None for part in parts}
    ways = sorted((words for words in found if words), key=lambda words: -sum(map(len, words)))
    if not ways:
        return None
    said = "|".join(_way(words) for words in ways)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


def _way(words: tuple[str, ...]) -> str:
    """Words with any gap between; a postcode also without one."""
    if _POSTCODE.fullmatch(" ".join(words)) or _POSTCODE.fullmatch("".join(words)):
        plain = "".join(words)
        return rf"{re.escape(plain[:-3])}[\W_]*{re.escape(plain[-3:])}"
    return r"[\W_]+".join(re.escape(word) for word in words)
