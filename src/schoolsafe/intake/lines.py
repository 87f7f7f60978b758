"""A notice's lines as a reader sees them: label and value, heading, table, break, or plain prose.

Labels are known from data (templates). Left to others: what the values mean (children, incident).
"""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.intake.headings import COUNTER, COUNTS_PEOPLE, HEADING, NUMBERED
from schoolsafe.intake.items import UNKNOWN, Item, trim
from schoolsafe.intake.names import looks_like_name
from schoolsafe.intake.pairing import PREFIX
from schoolsafe.intake.records import record
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.tables import TABLE_RULE, Tables
from schoolsafe.intake.templates import (
    ADULT,
    CHILD,
    OFFICER,
    Label,
    label,
    plain_label,
    words,
)

_FLAGS: Final = re.IGNORECASE
LONG: Final = frozenset(
    {
        "circumstances", "voice", "police_action", "adults", "presence", "ask_presence", "spoken",
        "welfare", "risk", "social_care", "cumulative", "marac", "other_children", "relationship",
        "place", "involved", "parent_contact", "unborn", "incident", "name",
    }
)  # fmt: skip
_BREAK: Final = re.compile(r"\s*(?:[=\-_*~#+.]\s?){4,}\s*")
_LONGEST_SCHOOL: Final = 8


def read_items(sheet: Sheet) -> list[Item]:
    """Everything on the sheet, in order."""
    return _Page(sheet).read()


class _Page(Tables):
    def read(self) -> list[Item]:
        at = 0
        while at < len(self.lines):
            at = self._line(at)
        self._end_prose(len(self.plain))
        return self.items

    def _line(self, at: int) -> int:  # noqa: C901, PLR0911  # one answer to a line
        """Reads the line and whatever belongs to it; returns the next line."""
        line = self.lines[at]
        text = self.sheet.words(line)
        if not text.strip():
            return self._single("blank", line, at)
        if _BREAK.fullmatch(text) or ("|" in text and TABLE_RULE.fullmatch(text)):
            if "|" not in text:
                self.columns = []
                return self._single("break", line, at)
            return at + 1
        if counter := self._counter(line):
            self._add(Item("counter", counter))
        if (follow := self._people_in_columns(at)) is not None:
            return follow
        people = None if "\t" in text or "|" in text else record(self.sheet, line, self.rows + 1)
        if people is not None:
            self.rows += 1
            self.recorded.add(at)
            school = self._school_above(at)
            if people and school and not any(item.field == "school" for item in people):
                people.append(
                    Item("pair", school, Label("school", CHILD), value=school, group=self.rows)
                )
            for item in people or [Item("blank", line)]:
                self._end_prose(line.start)
                self.items.append(item)
            return at + 1
        cells = self._cells(line)
        if len(cells) > 1 and self._row(cells, line, at):
            return at + 1
        if len(cells) <= 1:
            self.columns = []
        return self._plain_line(line, at)

    def _plain_line(self, line: Cut, at: int) -> int:
        if head := self._heading(line, at):
            self._add(head)
            return at + 1
        pairs = self.pairs(line)
        if pairs and pairs[0].field != UNKNOWN:
            return self._extend(pairs, at)
        if not pairs and (bare := self._bare(line)):
            self._add(bare)
            return at + 1
        if pairs and self._ends_value(pairs[0]):
            self._prose(line)
            return at + 1
        if vertical := self._vertical(line, at):
            return vertical
        self._prose(line)
        return at + 1

    def _single(self, kind: str, line: Cut, at: int) -> int:
        self._add(Item(kind, line))
        return at + 1

    def _prose(self, line: Cut) -> None:
        if self.prose_from is None:
            self.prose_from = line.start

    def _school_above(self, at: int) -> Cut | None:
        """The line above a run of records, if it is the name of a school and nothing else."""
        above = at - 1
        while above >= 0 and above in self.recorded:
            above -= 1
        if above < 0:
            return None
        cut = trim(self.plain, self.lines[above], " \t*_#:=-")
        text = self.sheet.words(cut)
        named = words().school.search(text) or re.search(r"\bhigh$", text, _FLAGS)
        plain = (
            named and not re.search(r"[\d.,;:?!]", text) and len(text.split()) <= _LONGEST_SCHOOL
        )
        return cut if plain and text[:1].isupper() and label(text) is None else None

    # -- values over several lines ------------------------------------------------------------------

    def _extend(self, pairs: list[Item], at: int) -> int:
        """Adds the pairs, the last with the lines that carry its value on."""
        last = pairs[-1]
        for pair in pairs[:-1]:
            self._add(pair)
        follow = at + 1
        if last.value.start >= last.value.end:
            follow = self._first_value_line(at)
            if follow > at + 1:
                last = replace(last, value=trim(self.plain, self.lines[follow - 1]))
        begun_below = follow > at + 1
        while follow < len(self.lines) and self._carries_on(last, at, follow, below=begun_below):
            end = trim(self.plain, self.lines[follow]).end
            start = (
                last.value.start
                if last.value.start < last.value.end
                else trim(self.plain, self.lines[follow]).start
            )
            last = replace(last, value=Cut(start, end))
            follow += 1
        self._add(last)
        return follow

    def _first_value_line(self, at: int) -> int:
        """The line after the one where an empty label's value begins; ``at + 1`` where it is really empty."""
        follow = at + 1
        if follow < len(self.lines) and not self.sheet.words(self.lines[follow]).strip():
            follow += 1
        if follow < len(self.lines) and self._is_value(self.lines[follow], follow):
            return follow + 1
        return at + 1

    def _is_value(self, line: Cut, at: int) -> bool:
        text = self.sheet.words(line)
        if (
            not text.strip()
            or _BREAK.fullmatch(text)
            or self._heading(line, at)
            or self._counter(line)
        ):
            return False
        pairs = self.pairs(line)
        if pairs and (pairs[0].field != UNKNOWN or self._ends_value(pairs[0])):
            return False
        if text.lstrip()[:1].islower() and text.rstrip().endswith((".", ",")):
            return True
        return label(text.strip(" *_:?.#-")) is None

    def _carries_on(self, item: Item, first: int, follow: int, *, below: bool) -> bool:
        line = self.lines[follow]
        if not self._is_value(line, follow):
            return False
        text = self.sheet.words(line)
        indent = len(text) - len(text.lstrip(" \t"))
        first_text = self.sheet.words(self.lines[first])
        if indent >= len(first_text) - len(first_text.lstrip(" \t")) + 2:
            return True
        before = self.sheet.words(self.lines[follow - 1]).rstrip()
        if item.field == "name" and item.label and item.label.owner == CHILD:
            return below or re.match(r"\s*(?:[-*•·]|\d{1,2}[.)])\s", text) is not None
        if item.field not in LONG:
            return False
        return below or (
            len(before) >= _WRAPPED and not (before[-1:] in ".!?…" and text.lstrip()[:1].isupper())
        )

    def _ends_value(self, pair: Item) -> bool:
        """An unknown label still ends the value above it, if it looks like one."""
        return pair.asked[:1].isupper() and len(pair.asked.split()) <= 4  # noqa: PLR2004  # longer is prose

    def _vertical(self, line: Cut, at: int) -> int | None:
        """A label alone on its line with the value on the next."""
        cut = trim(self.plain, line)
        head = PREFIX.match(self.plain, cut.start, cut.end)
        cut = Cut(head.end() if head else cut.start, cut.end)
        text = self.sheet.words(cut).strip("*_ ")
        known = (
            label(text) if len(text.split()) <= 6 and text[:1].isupper() else None  # noqa: PLR2004  # longer is prose
        )  # longer is prose
        if known is None or known.guessed or "," in text or text.endswith((".", ";")):
            return None
        item = Item("pair", line, known, text, cut, Cut(cut.end, cut.end))
        if known.field == UNKNOWN or self._first_value_line(at) == at + 1:
            return None
        return self._extend([item], at)

    def _counter(self, line: Cut) -> Cut | None:
        found = COUNTER.search(self.sheet.words(line))
        if found and not COUNTS_PEOPLE.search(self.sheet.words(line)[: found.start()]):
            return line
        text = self.sheet.words(line).strip(" *#_=-[]():.")
        return line if NUMBERED.fullmatch(text) else None

    def _heading(self, line: Cut, at: int) -> Item | None:
        """A heading such as "CHILD 1 OF 3" or "Officer details:"; "Child:" with a value below is none."""
        text = self.sheet.words(line)
        ends_open = text.rstrip(" *_").endswith(":")
        plain = plain_label(
            re.sub(
                r"^\s*(?:section|part)\s+\w{1,2}\s*[-:.]\s*|^\s*[a-z\d]{1,2}[.)]\s+",
                "",
                text,
                flags=_FLAGS,
            )
        )
        found = HEADING.fullmatch(plain)
        if found is None:
            return None
        if (
            not ends_open
            and not re.search(
                r"\d|details|information|particulars|involved|household|^\W*about|#|\*\*",
                text,
                _FLAGS,
            )
            and not text.strip(" *_#[]-=").isupper()
            and not text.strip().istitle()
            and len(text.split()) > 1
        ):
            return None
        follow = at + 1
        while follow < len(self.lines) and not self.sheet.words(self.lines[follow]).strip():
            follow += 1
        named = follow < len(self.lines) and looks_like_name(
            self.sheet.words(self.lines[follow]), strict=True
        )
        if (
            (ends_open or (found["child"] and named))
            and found["number"] is None
            and follow < len(self.lines)
            and not self._has_label(follow)
        ):
            return None
        owner = (
            CHILD
            if found["child"]
            else ADULT
            if found["adult"]
            else OFFICER
            if found["officer"]
            else None
        )
        return Item(
            "heading", line, Label("heading", owner), text.strip(), line, Cut(line.end, line.end)
        )

    def _has_label(self, at: int) -> bool:
        cells = self._cells(self.lines[at])
        pairs = self.pairs(self.lines[at])
        if len(cells) > 1 and self._cell_label(cells[0]):
            return True
        if pairs and pairs[0].field != UNKNOWN:
            return True
        return label(self.sheet.words(self.lines[at]).strip(" *_:?.#-")) is not None


_WRAPPED: Final = 50
