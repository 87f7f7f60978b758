"""One text made ready for searching: words in lower case with one space between, each leading to its place.

Everything here is plain search and linear in the text; a budget of places looked at bounds all templates
together. Left to others: what is searched for (template_find).
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from schoolsafe.domain.template import TWINS, plain

MOST_TRIES: Final = 100_000
"""Places looked at in one text, all templates together: what goes on beyond is no message."""
LONGEST_LINE: Final = 4000


class Page:
    """One text made ready for searching; places are those of the text as given."""

    def __init__(self, text: str) -> None:
        self.text = text = text.translate(TWINS)
        self.tries = MOST_TRIES
        self._told: dict[int, tuple[list[tuple[int, int]], list[str]]] = {}
        letters: list[str] = []
        at: list[int] = []
        for place, letter in enumerate(text):
            if not letter.isascii() and unicodedata.category(letter) in {"Cf", "Cs"}:
                continue
            if letter.isspace():
                if letters and letters[-1] == " ":
                    continue
                letters.append(" ")
            else:
                low = letter.lower()
                letters.append(low if len(low) == 1 else letter)
            at.append(place)
        at.append(len(text))
        self.flat = "".join(letters)
        self.at = at

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each line, without its sign."""
        found = []
        start = 0
        for line in self.text.split("\n"):
            found.append((start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _end in self.lines]

    def line_of(self, place: int) -> int:
        """The number of the line a place stands on."""
        return max(0, bisect_right(self._starts, place) - 1)

    def find(self, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Where words stand, each as its stretch of the text; whole words only."""
        wanted = "".join(low if len(low := c.lower()) == 1 else c for c in plain(words))
        if not wanted:
            return
        at = bisect_left(self.at, start)
        stop = len(self.flat) if end is None else bisect_left(self.at, end)
        while self.tries and (found := self.flat.find(wanted, at, stop)) >= 0:
            self.tries -= 1
            last = found + len(wanted)
            before = found == 0 or not (self.flat[found - 1].isalnum() and wanted[0].isalnum())
            behind = last >= len(self.flat) or not (
                self.flat[last].isalnum() and wanted[-1].isalnum()
            )
            if before and behind:
                yield self.at[found], self.at[last - 1] + 1
            at = found + 1

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def row(self, number: int) -> tuple[list[tuple[int, int]], list[str]]:
        """The cells of a line and their words for comparing."""
        if number not in self._told:
            cells = self.cells(number)
            said = [plain(self.text[a:b]).lower().rstrip(" :?.") for a, b in cells]
            self._told[number] = cells, said
        return self._told[number]

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The lines that may be rows of a table, with the lines between them that end one."""
        many = [len(self.cells(number)) > 1 for number in range(len(self.lines))]
        return tuple(n for n, now in enumerate(many) if now or (n and many[n - 1]))

    def cells(self, number: int) -> list[tuple[int, int]]:
        """The cells of a line, trimmed: parted by tabs or bars, else by wide gaps."""
        start, end = self.lines[number]
        end = min(end, start + LONGEST_LINE)
        text = self.text[start:end]
        if "\t" not in text and "|" in text:
            lead = len(text) - len(text.lstrip(" |"))
            start, text = start + lead, text[lead:].rstrip(" |")
        sign = "\t" if "\t" in text else "|" if "|" in text else "  "
        cells = []
        for piece in text.split(sign):
            cut = self.trim(start, start + len(piece))
            if sign != "  " or cut[0] < cut[1]:
                cells.append(cut)
            start += len(piece) + len(sign)
        return cells

    def blank(self, number: int) -> bool:
        """Whether nothing stands on the line."""
        start, end = self.lines[number]
        return not self.text[start:end].strip()
