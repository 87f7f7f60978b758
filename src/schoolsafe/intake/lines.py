"""A notice's lines as a reader sees them: label and value, heading, table, break, or plain prose.

Labels are known from data (templates). Left to others: what the values mean (children, incident).
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from schoolsafe.intake.columns import is_heading_row
from schoolsafe.intake.names import looks_like_name
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import (
    ADULT,
    CHILD,
    OFFICER,
    Label,
    label,
    owner_of,
    plain_label,
    words,
)

_FLAGS: Final = re.IGNORECASE
UNKNOWN: Final = "unknown"
LONG: Final = frozenset(
    {
        "circumstances", "voice", "police_action", "adults", "presence", "ask_presence", "spoken",
        "welfare", "risk", "social_care", "cumulative", "marac", "other_children", "relationship",
        "place", "involved", "parent_contact", "unborn", "incident", "name",
    }
)  # fmt: skip
_PREFIX: Final = re.compile(
    r"[ \t]*(?:\|\s*)?(?:(?:[-*•·▪‣●○◦o→>+–]|\[[ xX]?\])\s+|#{1,6}\s*|(?:\(?\d{1,2}(?:\.\d{1,2})?[.)]|\(?[a-zA-Z][.)])\s+"
    r"|q\d{1,2}[.:)]?\s+|\[\s*\d+\s*(?:of|/)\s*\d+\s*\]\s*|section\s+\w{1,2}\s*[-:.]\s*|part\s+\w{1,2}\s*[-:.]\s*){0,3}[*_]{0,2}[\[<]?",
    _FLAGS,
)
_SEPARATOR: Final = re.compile(
    r"[*_\]>]{0,2}[ \t]*(?:\.{2,}[ \t]*:?|…+[ \t]*:?|:+|=|\?(?=\s|$)|[ \t]-+[ \t>]|[ \t]->|->|\t|\|)[*_]{0,2}[ \t]*|[ \t]{2,}"
)
_BREAK: Final = re.compile(r"\s*(?:[=\-_*~#+.]\s?){4,}\s*")
_TABLE_RULE: Final = re.compile(r"[\s|:+-]+")
_BEFORE_DIGITS: Final = re.compile(
    r"((?:[A-Za-z][A-Za-z.'/]{0,24})(?:[ ][A-Za-z.'/]{1,25}){0,2})[ ](?=\S{0,40}\d)"
)
_DIRECT: Final = frozenset(
    {"incident", "when", "incident_date", "dob", "incident_time", "reference"}
)
_INNER: Final = re.compile(
    r"(?<![\w.'/()-])((?:[A-Za-z][\w.'/()-]{0,24})(?:[ ][\w.'/()-]{1,25}){0,5})[ \t]?:(?!\d|/)[*_]{0,2}[ \t]*"
)
_SHORT: Final = frozenset(
    {"dob", "school", "incident_time", "reference", "age", "incident_date", "year_group", "place", "risk",
     "forename", "surname", "skip", "presence", "home_address", "when", "category", "completed_by", "voice", "middle"}
)  # fmt: skip
_HEADING: Final = re.compile(
    r"(?:about |details of |information about )?(?:the |this |your )?(?:(?P<child>(?:subject |affected |involved )?(?:childs?|children|child ren|pupils?|students?|young persons?|young people|subjects?|nominals?))"
    r"|(?P<adult>(?:other |involved )?(?:victims?|suspects?|perpetrators?|offenders?|adults?|parents?|mothers?|fathers?|aggrieved|carers?|other part(?:y|ies)|alleged perpetrators?|parents carers|household|family|witness(?:es)?))"
    r"|(?P<officer>(?:reporting |attending |police )?(?:officers?|contact|sender|author|oic|completed by|police contact|referrer|notifier|signature))"
    r"|(?P<incident>(?:persons?|people)(?: record)?|(?:incident|notification|occurrence|event|offence|risk|outcome|police response|response|assessment|referrals?)))"
    r"(?: (?:details?|information|data|particulars|section|records?|s|involved|concerned|affected|subject|subjects|at your school|who|on your roll|(?:in|at|of|from) (?:the|your|this) (?:household|house|home|address|family|property|school)))*(?: (?:no |number )?(?P<number>\d{1,2}|one|two|three|four|five|a|b|c))?(?: (?:of|in total) (?:\d{1,2}|two|three|four|five))?",
    _FLAGS,
)  # fmt: skip
_COUNTER: Final = re.compile(
    r"(?:\[|\b(?:notification|notice|incident|referral|report|case|record|item|entry|message)s?\s*(?:no\.?\s*)?#?)\s*(?P<n>\d{1,2})\s*(?:of|/)\s*(?P<m>\d{1,2})\b",
    _FLAGS,
)
_NUMBERED: Final = re.compile(
    r"(?:notification|notice|incident|referral|report|case)\s*(?:no\.?\s*|number\s*)?#?(?P<n>\d{1,2}|one|two|three|four|five|six|[a-f])\s*[:.\-]?\s*"
    r"|(?:the )?(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|other|next) (?:notification|notice|incident|referral|report|case)",
    _FLAGS,
)
_COUNTS_PEOPLE: Final = re.compile(r"\b(?:persons?|pupils?|child(?:ren)?|nominals?|part(?:y|ies)|adults?|page)\s*$", _FLAGS)
_IN_A_CELL: Final = {"at": Label("incident_time", None), "on": Label("incident_date", None)}
"""Words that are labels only where a cell holds nothing else."""
_SENTENCE: Final = re.compile(r"[^\W\d]{3}\. |\d\d?[/.]\d\d?[/.]\d\d|\d\. ")
_ONE_CELL: Final = frozenset({"surname", "forename", "middle", "dob", "reference"})
_BARE: Final = frozenset({"name", "surname", "forename", "school"})
_LABEL_WORDS: Final = 12
_TRIES: Final = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page, in order."""

    kind: str
    """pair, heading, break, blank, prose, counter."""
    cut: Cut
    """The whole of it."""
    label: Label | None = None
    asked: str = ""
    """The label as written."""
    asked_cut: Cut = Cut(0, 0)
    value: Cut = Cut(0, 0)
    group: int = 0
    """The table row it came from, counted from 1; 0 elsewhere."""

    @property
    def field(self) -> str:
        """The field a pair asks for."""
        return self.label.field if self.label else ""


def read_items(sheet: Sheet) -> list[Item]:
    """Everything on the sheet, in order."""
    return _Page(sheet).read()


class _Page:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.plain = sheet.plain
        self.lines = _line_cuts(sheet.plain)
        self.items: list[Item] = []
        self.columns: list[Label] = []
        self.rows = 0
        self.prose_from: int | None = None

    def read(self) -> list[Item]:
        at = 0
        while at < len(self.lines):
            at = self._line(at)
        self._end_prose(len(self.plain))
        return self.items

    def _line(self, at: int) -> int:
        """Reads the line and whatever belongs to it; returns the next line."""
        line = self.lines[at]
        text = self.sheet.words(line)
        if not text.strip():
            return self._single("blank", line, at)
        if _BREAK.fullmatch(text) or ("|" in text and _TABLE_RULE.fullmatch(text)):
            if "|" not in text:
                self.columns = []
                return self._single("break", line, at)
            return at + 1
        if counter := self._counter(line):
            self._add(Item("counter", counter))
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

    def _add(self, item: Item) -> None:
        self._end_prose(item.cut.start)
        self.items.append(item)

    def _prose(self, line: Cut) -> None:
        if self.prose_from is None:
            self.prose_from = line.start

    def _end_prose(self, where: int) -> None:
        if self.prose_from is not None:
            cut = trim(self.plain, Cut(self.prose_from, where))
            self.prose_from = None
            if cut.start < cut.end:
                self.items.append(Item("prose", cut))

    # -- tables ---------------------------------------------------------------------------------

    def _cells(self, line: Cut) -> list[Cut]:
        text = self.sheet.words(line)
        sign = (
            "\t" if "\t" in text.strip()
            else "|" if text.count("|") > 1 or " | " in text
            else "//" if text.count(" // ") > 1
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

    def _row(self, cells: list[Cut], line: Cut, at: int) -> bool:
        """A table row: headings of columns, values under them, or labels and values side by side."""
        known = [self._cell_label(cell) for cell in cells]
        filled = [n for n, cell in enumerate(cells) if cell.end > cell.start]
        headings = is_heading_row([self.sheet.words(cells[n]) for n in filled])
        if len(filled) > 1 and headings and self._values_below(at, len(cells), known[0]):
            self.columns = [found or Label(UNKNOWN, None) for found in known]
            self._add(Item("blank", line))
            return True
        if self.columns and len(cells) <= len(self.columns) and not (known[0] and len(cells) == 2):  # noqa: PLR2004  # label, value
            self._values(cells)
            return True
        return self._side_by_side(cells, known, line)

    def _values(self, cells: list[Cut]) -> None:
        """The values of one row; where a column tells the role, it says whose they are."""
        self.rows += 1
        role = next((c for c, column in zip(cells, self.columns, strict=False) if column.field == "role"), None)
        owner = owner_of(self.sheet.words(role)) if role else None
        for cell, named in zip(cells, self.columns, strict=False):
            column = replace(named, owner=named.owner or owner)
            self._add(Item("pair", cell, column, value=cell, group=self.rows))

    def _values_below(self, at: int, width: int, first: Label | None) -> bool:
        """Whether the next line is a row of values: a row of labels alone is no heading of columns."""
        follow = at + 1
        while follow < len(self.lines) and _TABLE_RULE.fullmatch(self.sheet.words(self.lines[follow]) or " "):
            follow += 1
        if follow >= len(self.lines):
            return False
        cells = self._cells(self.lines[follow])
        roles = first is not None and first.field == "role"
        return 1 < len(cells) <= width and (roles or self._cell_label(cells[0]) is None)

    def _cell_label(self, cell: Cut) -> Label | None:
        text = self.sheet.words(cell).strip(" *_:?.#")
        if not text or len(text.split()) > _LABEL_WORDS or ":" in text or " - " in text:
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
                while wide and not empty and after < len(cells) and known[after] is None and not self.pairs(cells[after]):
                    after += 1
                value = Cut(cell.end, cell.end) if empty else Cut(cells[place + 1].start, cells[after - 1].end)
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

    # -- label and value on a line ----------------------------------------------------------------

    def pairs(self, line: Cut) -> list[Item]:
        """The pairs on one line; one of the unknown field where a label is not known."""
        line = Cut(line.start, min(line.end, line.start + _LONGEST_LINE))
        head = _PREFIX.match(self.plain, line.start, line.end)
        start = head.end() if head else line.start
        unknown: Item | None = None
        for count, found in enumerate(_SEPARATOR.finditer(self.plain, start + 1, line.end)):
            if count >= _TRIES:
                break
            asked = trim(self.plain, Cut(start, found.start()))
            words_of = self.sheet.words(asked).strip("*_[]")
            if not words_of or len(words_of.split()) > _LABEL_WORDS:
                break
            sign = found.group().strip(" \t*_")
            value = trim(self.plain, Cut(found.end(), line.end))
            if (
                sign.endswith(":")
                and words_of[-1:].isdigit()
                and self.plain[value.start : value.start + 1].isdigit()
            ):
                continue
            known = None if _SENTENCE.search(words_of) else label(words_of)
            bare = known and known.guessed and not self.plain[value.start : value.start + 1].isdigit()
            if known and (sign not in {"", "-", "="} or (_may_be_bare(words_of) and not bare)):
                first = Item("pair", line, known, words_of, asked, value)
                return self._inner(first)
            if unknown is None and sign.endswith(":") and words_of[0].isalpha():
                unknown = Item("pair", line, Label(UNKNOWN, None), words_of, asked, value)
        if direct := self._direct(Cut(start, line.end), line):
            return self._inner(direct)
        return [unknown] if unknown else []

    def _direct(self, cut: Cut, line: Cut) -> Item | None:
        """A label with its value right behind it: "Incident 15/11/2026 13:00", "Ref NM-26-0118233"."""
        found = _BEFORE_DIGITS.match(self.plain, cut.start, cut.end)
        if found is None:
            return None
        parts = found[1].split(" ")
        for size in range(len(parts), 0, -1):
            asked = " ".join(parts[:size])
            known = label(asked)
            rest = self.plain[cut.start + len(asked) + 1 : cut.end]
            if known and not known.guessed and known.field in _DIRECT and asked[:1].isupper() and re.match(r"\S*\d", rest):
                cut_asked = Cut(cut.start, cut.start + len(asked))
                return Item(
                    "pair",
                    line,
                    known,
                    asked,
                    cut_asked,
                    trim(self.plain, Cut(cut_asked.end, cut.end)),
                )
        return None

    def _bare(self, line: Cut) -> Item | None:
        """A label with a name or school right behind it and nothing else: "CHILD FAKELEY, TYRONE JAMES"."""
        cut = trim(self.plain, line)
        head = _PREFIX.match(self.plain, cut.start, cut.end)
        cut = Cut(head.end() if head else cut.start, cut.end)
        parts = self.sheet.words(cut).split(" ")
        if not parts[0][:1].isupper() or len(parts) > 8 or parts[-1].endswith((".", "?", "!")):  # noqa: PLR2004  # prose
            return None
        for size in (3, 2, 1):
            asked = " ".join(parts[:size])
            known = label(asked) if len(parts) > size else None
            if known is None or known.guessed or known.field not in _BARE or known.owner in {ADULT, OFFICER}:
                continue
            value = Cut(cut.start + len(asked) + 1, cut.end)
            text = self.sheet.words(value)
            school = known.field == "school" and words().school.search(text) is not None and label(text) is None
            if school or (known.field != "school" and known.owner == CHILD and looks_like_name(text, strict=True)):
                return Item("pair", line, known, asked, Cut(cut.start, cut.start + len(asked)), value)
        return None

    def _inner(self, first: Item) -> list[Item]:
        """Further labels inside a value: "17/11/2026   Time: 20:10"."""
        pairs = [first]
        while len(pairs) < _MOST_PAIRS and (parted := self._next_inner(pairs[-1])):
            pairs[-1:] = parted
        return pairs

    def _next_inner(self, item: Item) -> list[Item] | None:
        for found in _INNER.finditer(self.plain, item.value.start, item.value.end):
            end = found.end(1)
            for part in re.finditer(r"\S+", found[1]):
                start = found.start() + part.start()
                asked = self.plain[start:end]
                known = label(asked)
                if known is None or start == item.value.start:
                    continue
                before = self.plain[max(item.value.start, start - 2) : start]
                parted = before in _PARTED or "\t" in before or "\n" in before
                if parted or (known.field in _SHORT and asked[:1].isupper()):
                    value = trim(self.plain, Cut(found.end(), item.value.end))
                    own = trim(self.plain, Cut(item.value.start, start), " \t\n,;|(")
                    then = Item("pair", item.cut, known, asked, Cut(start, end), value)
                    return [replace(item, value=own), then]
        return None

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
        head = _PREFIX.match(self.plain, cut.start, cut.end)
        cut = Cut(head.end() if head else cut.start, cut.end)
        text = self.sheet.words(cut).strip("*_ ")
        known = label(text) if len(text.split()) <= 6 and text[:1].isupper() else None  # noqa: PLR2004  # longer is prose
        if known is None or known.guessed or "," in text or text.endswith((".", ";")):
            return None
        item = Item("pair", line, known, text, cut, Cut(cut.end, cut.end))
        if known.field == UNKNOWN or self._first_value_line(at) == at + 1:
            return None
        return self._extend([item], at)

    def _counter(self, line: Cut) -> Cut | None:
        found = _COUNTER.search(self.sheet.words(line))
        if found and not _COUNTS_PEOPLE.search(self.sheet.words(line)[: found.start()]):
            return line
        text = self.sheet.words(line).strip(" *#_=-[]():.")
        return line if _NUMBERED.fullmatch(text) else None

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
        found = _HEADING.fullmatch(plain)
        if found is None:
            return None
        if (
            not ends_open
            and not re.search(r"\d|details|information|particulars|involved|household|^\W*about|#|\*\*", text, _FLAGS)
            and not text.strip(" *_#[]-=").isupper()
            and not text.strip().istitle()
            and len(text.split()) > 1
        ):
            return None
        follow = at + 1
        while follow < len(self.lines) and not self.sheet.words(self.lines[follow]).strip():
            follow += 1
        named = follow < len(self.lines) and looks_like_name(self.sheet.words(self.lines[follow]), strict=True)
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


_MOST_PAIRS: Final = 40
_PARTED: Final = frozenset({"  ", ". ", ", ", "; ", "| ", ") "})
_WRAPPED: Final = 50
_LONGEST_LINE: Final = 20_000


def _may_be_bare(asked: str) -> bool:
    """Whether a label without a colon may stand before two spaces, a dash or an equals sign."""
    return asked[:1].isupper() and len(asked.split()) <= 6  # noqa: PLR2004  # longer is prose


def trim(plain: str, cut: Cut, signs: str = " \t\n") -> Cut:
    """The cut without blanks (or other signs) at its ends."""
    start, end = cut
    while start < end and plain[start] in signs:
        start += 1
    while end > start and plain[end - 1] in signs:
        end -= 1
    return Cut(start, end)


def _line_cuts(plain: str) -> list[Cut]:
    cuts: list[Cut] = []
    start = 0
    for place in [*(m.start() for m in re.finditer("\n", plain)), len(plain)]:
        cuts.append(Cut(start, place))
        start = place + 1
    return cuts


def is_counter(text: str) -> bool:
    """Whether a line counts notices: "[2 of 3]", "Notification 2"."""
    return (
        _COUNTER.search(text) is not None
        or _NUMBERED.fullmatch(text.strip(" *#_=-[]()")) is not None
    )
