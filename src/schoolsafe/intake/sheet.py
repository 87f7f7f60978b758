"""A readable text beside its plain twin, in which rules search; every place maps back to what was sent.

The plain twin is composed (NFC), has straight quotes, hyphens and spaces, and lacks invisible characters.
Values are always cut from the readable text, so that they stay as the sender wrote them.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

_TWINS: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\u0085\u2028\u2029\v\f", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    }
)
_BOXES: Final = str.maketrans(
    {
        "\uf0fe": "\u2612", "\uf0fd": "\u2612", "\uf052": "\u2611", "\uf0fc": "\u2713",
        "\uf0a8": "\u2610", "\uf06f": "\u2610", "\uf0a3": "\u2610",
    }
)  # fmt: skip
"""Boxes and ticks of the Wingdings letters, as Word, RTF and PDF name them."""
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_REMOVED: Final = re.compile(f"[{_INVISIBLE}]")
_LONGEST_GAP: Final = 60
_GAP: Final = re.compile(r"([ \t\n.\-_=*#>~(\[|:'\"])\1{60,}")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


class Cut(NamedTuple):
    """A stretch of the plain text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One readable text (or a part of it) as rules see it."""

    part: int
    text: str
    plain: str
    at: tuple[int, ...]
    """For each plain character, and for the end, its place in ``text``."""

    def sent(self, cut: Cut) -> str:
        """The words as sent, white space collapsed (line ends are the mail program's)."""
        return " ".join(self.text[self.at[cut.start] : self.at[cut.end]].split())

    def place(self, cut: Cut) -> tuple[int, int]:
        """Where in the readable text."""
        return self.at[cut.start], self.at[cut.end]

    def words(self, cut: Cut) -> str:
        """The plain characters of a cut."""
        return self.plain[cut.start : cut.end]

    def keep(self, cuts: list[Cut]) -> "Sheet":
        """Another sheet with these stretches only, in order; places still lead to the same text."""
        plain = "".join(self.plain[cut.start : cut.end] for cut in cuts)
        at = [place for cut in cuts for place in self.at[cut.start : cut.end]]
        at.append(self.at[cuts[-1].end] if cuts else 0)
        return Sheet(self.part, self.text, plain, tuple(at))

    def line_of(self, starts: list[int], where: int) -> int:
        """The number of the line that holds a place, given the line starts."""
        return bisect_right(starts, where) - 1


def readable(text: str) -> str:
    """The text with one kind of line end, and control characters shown as the replacement mark."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BOXES)
    return _CONTROL.sub("\ufffd", text)


def visible(text: str) -> str:
    """The text composed and without invisible characters: for names that are compared."""
    return _REMOVED.sub("", unicodedata.normalize("NFC", text))


def has_invisible(text: str) -> bool:
    """Whether characters that cannot be seen stand in the text."""
    return _REMOVED.search(text) is not None


def make(part: int, text: str) -> Sheet:
    """The sheet of one readable text."""
    if text.isascii():
        plain, at = text.replace("`", "'"), tuple(range(len(text) + 1))
    else:
        plain, at = _composed(text)
    return _without_gaps(Sheet(part, text, plain, at))


def _composed(text: str) -> tuple[str, tuple[int, ...]]:
    """Composed, without invisible characters, with plain signs; and the place of each character."""
    plain: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        if _REMOVED.match(letter):
            continue
        if plain and unicodedata.combining(letter):
            joined = unicodedata.normalize("NFC", plain[-1] + letter)
            if len(joined) == 1:
                plain[-1] = joined
            continue
        plain.append(letter)
        at.append(place)
    at.append(len(text))
    return "".join(plain).translate(_TWINS), tuple(at)


def _without_gaps(sheet: Sheet) -> Sheet:
    """Very long gaps and rulings shortened: rules would search them again and again, and they say nothing."""
    cuts: list[Cut] = []
    start = 0
    for found in _GAP.finditer(sheet.plain):
        cuts.append(Cut(start, found.start() + _LONGEST_GAP))
        start = found.end()
    return sheet.keep([*cuts, Cut(start, len(sheet.plain))]) if cuts else sheet
