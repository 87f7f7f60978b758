"""Tables of one page: headings of columns, values under them, labels and values side by side, people in columns."""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.domain.notification import Presence
from schoolsafe.intake.columns import is_heading_row
from schoolsafe.intake.items import UNKNOWN, Item, trim
from schoolsafe.intake.meaning import presence_of
from schoolsafe.intake.pairing import LABEL_WORDS, Pairing
from schoolsafe.intake.records import columns_of_people
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import Label, label, owner_of

_FLAGS: Final = re.IGNORECASE
_LEAST_COLUMNS: Final = 3
_ONE_CELL: Final = frozenset({"surname", "forename", "middle", "dob", "reference"})
TABLE_RULE: Final = re.compile(r"[\s|:+-]+")
_IN_A_CELL: Final = {"at": Label("incident_time", None), "on": Label("incident_date", None)}
"""Words that are labels only where a cell holds nothing else."""


class Tables(Pairing):
    """Reads the rows of a page and gathers its items."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.lines = _line_cuts(sheet.plain)
        self.items: list[Item] = []
        self.columns: list[Label] = []
        self.rows = 0
        self.recorded: set[int] = set()
        self.prose_from: int | None = None

    def _add(self, item: Item) -> None:
        self._end_prose(item.cut.start)
        self.items.append(item)

    def _end_prose(self, where: int) -> None:
        if self.prose_from is not None:
            cut = trim(self.plain, Cut(self.prose_from, where))
            self.prose_from = None
            if cut.start < cut.end:
                self.items.append(Item("prose", cut))

    def _cells(self, line: Cut) -> list[Cut]:
        text = self.sheet.words(line)
        sign = (
            "\t"
            if "\t" in text.strip()
            else "|"
            if text.count("|") > 1 or " | " in text
            else "//"
            if text.count(" // ") > 1
            else ""
        )
        if not sign:
            return [line]
        cells: list[Cut] = []
        start = line.start
        for place in [*(m.start() for m in re.finditer(re.escape(sign), text)), len(text)]:
            cells.append(trim(self.plain, Cut(start, line.start + place)))
            start = line.start + place + max(1, len(sign))
        while sign == "|" and cells and cells[0].start == cells[0].end:
            cells.pop(0)
        while cells and sign == "|" and cells[-1].start == cells[-1].end:
            cells.pop()
        return cells

    def _people_in_columns(self, at: int) -> int | None:
        """A table with a column for each person, read to its end; None where none begins here."""
        rows: list[tuple[Label | None, list[Cut]]] = []
        follow = at
        while follow < len(self.lines):
            cells = self._cells(self.lines[follow])
            if len(cells) < _LEAST_COLUMNS or (rows and len(cells) != len(rows[0][1]) + 1):
                break
            named = self._cell_label(cells[0])
            if (named is None and rows) or any(self._cell_label(each) for each in cells[1:]):
                break
            rows.append((named, cells[1:]))
            follow += 1
        people = columns_of_people(self.sheet, rows, self.rows)
        if people is None:
            return None
        self._add(Item("blank", self.lines[at]))
        for item in people:
            self._end_prose(item.cut.start)
            self.items.append(item)
        self.rows += len(rows[0][1])
        return follow

    def _row(self, cells: list[Cut], line: Cut, at: int) -> bool:
        """A table row: headings of columns, values under them, or labels and values side by side."""
        known = [self._cell_label(cell) for cell in cells]
        filled = [n for n, cell in enumerate(cells) if cell.end > cell.start]
        headings = is_heading_row([self.sheet.words(cells[n]) for n in filled])
        if len(filled) > 1 and headings and self._values_below(at, len(cells), known[0]):
            self.columns = [found or Label(UNKNOWN, None) for found in known]
            self._add(Item("blank", line))
            return True
        if (
            self.columns and len(cells) <= len(self.columns) and not (known[0] and len(cells) == 2)  # noqa: PLR2004  # longer is prose
        ):  # label, value
            self._values(cells)
            return True
        return self._side_by_side(cells, known, line)

    def _values(self, cells: list[Cut]) -> None:
        """The values of one row; where a column tells the role, it says whose they are."""
        self.rows += 1
        role = next(
            (c for c, column in zip(cells, self.columns, strict=False) if column.field == "role"),
            None,
        )
        owner = owner_of(self.sheet.words(role)) if role else None
        for cell, told in zip(cells, self.columns, strict=False):
            named = told
            if told.field == "role" and owner is None and _tells_presence(self.sheet.words(cell)):
                named = replace(told, field="presence")
            column = replace(named, owner=named.owner or owner)
            self._add(Item("pair", cell, column, value=cell, group=self.rows))

    def _values_below(self, at: int, width: int, first: Label | None) -> bool:
        """Whether the next line is a row of values: a row of labels alone is no heading of columns."""
        follow = at + 1
        while follow < len(self.lines) and TABLE_RULE.fullmatch(
            self.sheet.words(self.lines[follow]) or " "
        ):
            follow += 1
        if follow >= len(self.lines):
            return False
        cells = self._cells(self.lines[follow])
        roles = first is not None and first.field == "role"
        return 1 < len(cells) <= width and (roles or self._cell_label(cells[0]) is None)

    def _cell_label(self, cell: Cut) -> Label | None:
        text = self.sheet.words(cell).strip(" *_:?.#")
        if not text or len(text.split()) > LABEL_WORDS or ":" in text or " - " in text:
            return None
        return _IN_A_CELL.get(text.lower()) or label(text)

    def _side_by_side(self, cells: list[Cut], known: list[Label | None], line: Cut) -> bool:
        if not any(known):
            inner = [pair for cell in cells for pair in self.pairs(cell) if pair.field != UNKNOWN]
            for pair in inner:
                self._add(pair)
            return bool(inner)
        place, made = 0, 0
        while place < len(cells):
            found, cell = known[place], cells[place]
            if found is not None and place + 1 < len(cells):
                empty = known[place + 1] is not None and place + 2 < len(cells)
                after = place + 1 if empty else place + 2
                wide = found.field not in _ONE_CELL
                while (
                    wide
                    and not empty
                    and after < len(cells)
                    and known[after] is None
                    and not self.pairs(cells[after])
                ):
                    after += 1
                value = (
                    Cut(cell.end, cell.end)
                    if empty
                    else Cut(cells[place + 1].start, cells[after - 1].end)
                )
                self._add(Item("pair", line, found, self.sheet.words(cell), cell, value))
                made += 1
                place = after
                continue
            for pair in self.pairs(cell):
                if pair.field != UNKNOWN:
                    self._add(pair)
                    made += 1
            place += 1
        return made > 0


def _line_cuts(plain: str) -> list[Cut]:
    cuts: list[Cut] = []
    start = 0
    for place in [*(m.start() for m in re.finditer("\n", plain)), len(plain)]:
        cuts.append(Cut(start, place))
        start = place + 1
    return cuts


def _tells_presence(text: str) -> bool:
    """As in "Woken by the noise, heard shouting" under "Involvement" is no role."""
    return presence_of(text) is not Presence.UNKNOWN
