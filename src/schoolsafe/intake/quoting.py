"""Reply chains: what is new at the top, what is quoted, what was forwarded. An older notice is never recorded twice."""

import re
from dataclasses import dataclass, field
from typing import Final

from schoolsafe.intake.sheet import Cut, Sheet

_FLAGS: Final = re.IGNORECASE
_MARK: Final = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_ORIGINAL: Final = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original (?:message|appointment)|forwarded (?:message|by)|start of "
    r"forwarded message|forwarded e-?mail)\b.*|\s*begin forwarded message:?\s*",
    _FLAGS,
)
_WROTE: Final = re.compile(r"\s*(?:on\b.{4,160}|.{3,120}@.{3,80})\b(?:wrote|writes):?\s*", _FLAGS)
_HEADER: Final = re.compile(
    r"\s*[*_]{0,2}(?P<name>from|sent|date|to|cc|subject|importance|attachments"
    r"|reply-to)[*_]{0,2}\s?:[*_]{0,2}\s*(?P<value>.*)",
    _FLAGS,
)
_FORWARDED: Final = re.compile(r"forwarded", _FLAGS)
_HEADERS_NEEDED: Final = 3


@dataclass(slots=True)
class Segment:
    """One message of a chain."""

    cuts: list[Cut] = field(default_factory=list)
    depth: int = 0
    forwarded: bool = False
    """Whether it was marked as forwarded rather than quoted in a reply."""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chain:
    """The messages of a text, the newest first; ``tail`` is new text under the quoted."""

    top: Sheet
    older: list[tuple[Segment, Sheet]]
    tail: str


def unfold_chain(sheet: Sheet) -> Chain:
    """Parts a text into its messages."""
    top, tail = Segment(), Segment()
    older: list[Segment] = []
    lines = _lines(sheet.plain)
    block: Segment | None = None
    place = 0
    while place < len(lines):
        line = lines[place]
        mark = _MARK.match(sheet.plain, line.start, line.end)
        depth = mark[1].count(">") if mark else 0
        content = Cut(mark.end() if mark else line.start, line.end)
        text = sheet.words(content)
        header = _header_block(sheet, lines, place)
        opens = _ORIGINAL.fullmatch(text) or (_WROTE.fullmatch(text) and (place + 1 < len(lines)))
        if opens or header:
            block = Segment(
                depth=depth, forwarded=bool(opens and _FORWARDED.search(text)), headers=header
            )
            older.append(block)
            place += max(1, _header_lines(sheet, lines, place) if header else 1)
            if opens and not header:
                inner = _next_text(sheet, lines, place)
                if inner is not None and (found := _header_block(sheet, lines, inner)):
                    block.headers = found
                    place = inner + _header_lines(sheet, lines, inner)
            continue
        if depth and (block is None or depth > block.depth):
            fresh = block is None or (block.cuts and block.depth < depth)
            if fresh and not (block and not block.cuts):
                block = Segment(depth=depth)
                older.append(block)
            elif block:
                block.depth = depth
        if block is None:
            top.cuts.append(Cut(content.start, min(line.end + 1, len(sheet.plain))))
        elif depth == 0 and block.depth > 0:
            tail.cuts.append(Cut(content.start, min(line.end + 1, len(sheet.plain))))
        else:
            block.cuts.append(Cut(content.start, min(line.end + 1, len(sheet.plain))))
        place += 1
    filled = [(each, sheet.keep(each.cuts)) for each in older if each.cuts]
    return Chain(
        sheet.keep(top.cuts),
        [pair for pair in filled if pair[1].plain.strip()],
        " ".join(sheet.sent(cut) for cut in tail.cuts).strip(),
    )


def _lines(plain: str) -> list[Cut]:
    cuts: list[Cut] = []
    start = 0
    for found in re.finditer("\n", plain):
        cuts.append(Cut(start, found.start()))
        start = found.end()
    cuts.append(Cut(start, len(plain)))
    return cuts


def _content(sheet: Sheet, line: Cut) -> str:
    mark = _MARK.match(sheet.plain, line.start, line.end)
    return sheet.plain[mark.end() if mark else line.start : line.end]


def _header_lines(sheet: Sheet, lines: list[Cut], place: int) -> int:
    """How many lines from here are headings of a quoted message."""
    count = 0
    while place + count < len(lines) and (
        found := _HEADER.fullmatch(_content(sheet, lines[place + count]))
    ):
        if count == 0 and found["name"].lower() != "from":
            return 0
        count += 1
    return count


def _header_block(sheet: Sheet, lines: list[Cut], place: int) -> dict[str, str]:
    """From, Sent, To, Subject of a quoted message that begins at this line; empty where none begins."""
    count = _header_lines(sheet, lines, place)
    found: dict[str, str] = {}
    for line in lines[place : place + count]:
        if match := _HEADER.fullmatch(_content(sheet, line)):
            found.setdefault(match["name"].lower(), match["value"].strip())
    enough = len(found) >= _HEADERS_NEEDED and ("sent" in found or "date" in found)
    return found if enough else {}


def _next_text(sheet: Sheet, lines: list[Cut], place: int) -> int | None:
    for at in range(place, min(place + 3, len(lines))):
        if _content(sheet, lines[at]).strip():
            return at
    return None
