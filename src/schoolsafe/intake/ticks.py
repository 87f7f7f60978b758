"""Tick boxes: the words of a ticked box stay, those of an empty one go. An empty box is never an answer."""

import itertools
import re
from typing import Final

_EMPTY: Final = r"\[[ _]{0,3}\]|\([ _]{1,3}\)|[☐□◻❏❑▢]"
_TICKED: Final = r"\[ ?[xX✓✔*yY] ?\]|\([xX✓✔]\)|[☑☒■✅✔✓🗹]"
_MARK: Final = re.compile(rf"(?P<empty>{_EMPTY})|(?P<ticked>{_TICKED})")
_END: Final = re.compile(r"\t|\||[ ]{3,}(?=\S)|\n|$")
_ASKED_END: Final = re.compile(r"[:?\t|]|[ ]{2,}")


def settle_ticks(plain: str) -> str:
    """The page without its boxes, sign for sign as long."""
    if not _MARK.search(plain):
        return plain
    lines = plain.split("\n")
    settled = [_line(line) for line in lines]
    out: list[str] = []
    for line, new in zip(lines, settled, strict=True):
        out.append(new)
        # why: a line with only empty boxes must not look like the end of a list of options
        out.append(" " if line.strip() and not new.strip() else "\n")
    return "".join(out[:-1])


def _line(line: str) -> str:
    marks = list(_MARK.finditer(line))
    if not marks:
        return line
    signs = list(line)
    for group in _groups(line, marks):
        _settle(line, signs, group)
    return "".join(signs)


def _groups(line: str, marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The boxes that answer one question: a wide gap with a new label parts them."""
    groups: list[list[re.Match[str]]] = [[marks[0]]]
    for last, mark in itertools.pairwise(marks):
        between = line[last.end() : mark.start()]
        if re.search(r"\t|\||[ ]{2,}[^ ][^:?]*[:?]\s*$", between):
            groups.append([mark])
        else:
            groups[-1].append(mark)
    return groups


def _settle(line: str, signs: list[str], marks: list[re.Match[str]]) -> None:
    """Decides whether each box stands before its words or behind them, and keeps the ticked ones' words."""
    before = line[: marks[0].start()]
    asked = max((found.end() for found in _ASKED_END.finditer(before.rstrip())), default=0)
    option = before[asked:].strip()
    last = marks[-1].end()
    tail = line[last : _end(line, last)]
    behind = bool(option) and not tail.strip() and before.strip() != ""
    start = asked
    for place, mark in enumerate(marks):
        if behind:
            low, high = start, mark.end()
            start = mark.end()
        else:
            low = mark.start()
            high = marks[place + 1].start() if place + 1 < len(marks) else _end(line, mark.end())
        _keep(signs, mark, low, high, alone=behind and place == 0 and asked == 0)


def _end(line: str, start: int) -> int:
    found = _END.search(line, start + len(line[start:]) - len(line[start:].lstrip()))
    return found.start() if found else len(line)


def _keep(signs: list[str], mark: re.Match[str], low: int, high: int, *, alone: bool) -> None:
    ticked = mark["ticked"] is not None
    bare = not "".join(signs[low:high]).replace(mark.group(), "").strip()
    if alone or bare:
        # why: "Child present [x]" has no words of its own: the box itself is the answer
        answer = "Yes" if ticked else "No" if alone else ""
        size = mark.end() - mark.start()
        text = (answer if len(answer) <= size else answer[:size]).ljust(size)
        signs[mark.start() : mark.end()] = list(text if ticked else " " * size)
        if ticked and alone and mark.start() and signs[mark.start() - 1] == " ":
            signs[mark.start() - 1] = "\t"
        return
    if ticked:
        signs[mark.start() : mark.end()] = " " * (mark.end() - mark.start())
    else:
        signs[low:high] = " " * (high - low)
