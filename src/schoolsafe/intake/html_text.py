"""HTML to the text a person would see: hidden values, scripts, styles and remote content dropped, nothing loaded.

Tables become lines with a tab between cells; quoted blocks get "> " in front, as in plain mail.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from schoolsafe.intake.html_tokens import Tag, tokens
from schoolsafe.intake.limits import MAIL

_DROPPED: Final = frozenset(
    {
        "script", "style", "head", "title", "template", "svg", "math", "object", "iframe", "video",
        "audio", "canvas", "select", "textarea", "noembed", "applet", "map",
    }
)  # fmt: skip
_VOID: Final = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "base", "wbr", "col", "area", "source", "embed"}
)
_LINES: Final = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "form", "section",
        "article", "header", "footer", "address", "pre", "fieldset", "center", "main", "caption",
    }
)  # fmt: skip
_CLOSES: Final = {
    "p": {"p"}, "div": {"p"}, "table": {"p"}, "ul": {"p"}, "ol": {"p"}, "h1": {"p"}, "h2": {"p"},
    "li": {"li", "p"}, "td": {"td", "th", "p"}, "th": {"td", "th", "p"}, "tr": {"tr", "td", "th", "p"},
    "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"},
}  # fmt: skip
_FENCES: Final = frozenset({"table", "blockquote", "body"})
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0*(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|!|$)|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(r"^[^\n:]{1,40}:\s", re.MULTILINE)
_REMOTE: Final = re.compile(r"\s*(?:https?:|//|ftp:)", re.IGNORECASE)
_URL: Final = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_INDENT: Final = re.compile(r"^ +(?=\S)", re.MULTILINE)
_STACK: Final = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """The text, and what was left out of it (warning codes)."""

    text: str
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Cell:
    """Text being collected: the page, or one table cell."""

    pieces: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Words, with the white space of the source collapsed."""
        if not self.pieces or self.pieces[-1][-1:] in {"\n", " "}:
            text = text.lstrip(" ")
        if text:
            self.pieces.append(text)

    def line(self) -> None:
        """A new line, unless one has just begun."""
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")

    def text(self) -> str:
        """What has been collected, without spaces at line ends."""
        lines = "".join(self.pieces).split("\n")
        return "\n".join(line.strip(" ") for line in lines).strip("\n")


@dataclass(slots=True)
class _Table:
    row: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    tall: bool = False
    """Whether the open cell stands before several rows: it heads them and is part of none."""

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
            self.row = []


class _Reader:
    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []
        self.cells: list[_Cell] = [_Cell()]
        self.tables: list[_Table] = []
        self.left_out: dict[str, None] = {}
        self.link: tuple[str, list[str]] | None = None
        self.pre = 0

    @property
    def hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def take(self, token: Tag | str) -> None:
        """One tag or stretch of words."""
        if isinstance(token, str):
            self._words(token)
        elif token.closing:
            self._end(token.name)
        else:
            self._start(token.name, token.attributes)

    def _start(self, tag: str, have: dict[str, str]) -> None:
        self._note(tag, have)
        if tag in _VOID:
            self._void(tag)
            return
        self._close_implied(tag)
        hidden = self.hidden or tag in _DROPPED or _is_hidden(have)
        if hidden and not self.hidden and tag not in _DROPPED:
            self.left_out["hidden_text_removed"] = None
        if len(self.open) < _STACK:
            self.open.append((tag, hidden))
        if not hidden:
            self._begin(tag, have)

    def _end(self, tag: str) -> None:
        if tag not in {name for name, _ in self.open[-60:]}:
            return
        while self.open:
            name, hidden = self.open.pop()
            if not hidden:
                self._finish(name)
            if name == tag:
                return

    def _words(self, data: str) -> None:
        if self.hidden:
            return
        if self.link:
            self.link[1].append(data)
        self.cells[-1].add(_kept(data) if self.pre else re.sub(r"[ \t\n\r\f]+", " ", data))

    def result(self) -> Seen:
        """Everything collected once the page has ended."""
        while self.open:
            name, hidden = self.open.pop()
            if not hidden:
                self._finish(name)
        text = re.sub(r"\n{3,}", "\n\n", self.cells[0].text())
        return Seen(text, tuple(self.left_out))

    def _note(self, tag: str, have: dict[str, str]) -> None:
        """Remembers what is left out, for the person's eyes."""
        source = have.get("src", "") or have.get("data", "") or have.get("background", "")
        if tag in {"link", "base"} or (
            tag == "meta" and "refresh" in have.get("http-equiv", "").lower()
        ):
            source = source or "//"
        if _REMOTE.match(source) or "url(" in have.get("style", "").lower():
            self.left_out["remote_content_removed"] = None
        if tag == "form":
            self.left_out["form_removed"] = None
        if tag == "script":
            self.left_out["script_removed"] = None

    def _void(self, tag: str) -> None:
        if not self.hidden and tag in {"br", "hr"}:
            self.cells[-1].pieces.append("\n")
            if tag == "hr":
                self.cells[-1].pieces.append("-----\n")

    def _close_implied(self, tag: str) -> None:
        closes = _CLOSES.get(tag, set())
        while closes and self.open and self.open[-1][0] in closes - _FENCES:
            name, hidden = self.open.pop()
            if not hidden:
                self._finish(name)

    def _begin(self, tag: str, have: dict[str, str]) -> None:
        if tag in _LINES:
            self.cells[-1].line()
        elif tag == "li":
            self.cells[-1].line()
            self.cells[-1].pieces.append("- ")
        elif tag == "blockquote":
            self.cells.append(_Cell())
        elif tag == "table":
            self.cells[-1].line()
            self.tables.append(_Table())
        elif tag in {"td", "th"} and self.tables:
            self.tables[-1].tall = not self.tables[-1].row and _rows(have) > 1
            self.cells.append(_Cell())
        elif tag == "a":
            self.link = (have.get("href", ""), [])
        if tag == "pre":
            self.pre += 1

    def _finish(self, tag: str) -> None:
        if tag in _LINES or tag == "li":
            self.cells[-1].line()
        elif tag == "blockquote" and len(self.cells) > 1:
            quoted = self.cells.pop().text()
            self.cells[-1].line()
            self.cells[-1].pieces.append(
                "\n".join(f"> {line}" for line in quoted.split("\n")) + "\n"
            )
        elif tag in {"td", "th"} and self.tables and len(self.cells) > 1:
            table = self.tables[-1]
            (
                table.rows.append([self.cells.pop().text()])
                if table.tall
                else table.row.append(self.cells.pop().text())
            )
            table.tall = False
        elif tag == "tr" and self.tables:
            self.tables[-1].end_row()
        elif tag == "table" and self.tables:
            self._end_table()
        elif tag == "a" and self.link:
            self._end_link(*self.link)
            self.link = None
        if tag == "pre":
            self.pre = max(0, self.pre - 1)

    def _end_table(self) -> None:
        table = self.tables.pop()
        table.end_row()
        cell = self.cells[-1]
        for row in table.rows:
            cell.line()
            cell.pieces.append(row_text(row) + "\n")

    def _end_link(self, target: str, words: list[str]) -> None:
        shown = "".join(words).strip()
        if not _URL.match(shown):
            return
        full = shown if "://" in shown else f"https://{shown}"
        if _host(full) != _host(target):
            self.left_out["link_text_and_target_differ"] = None


def _kept(data: str) -> str:
    """Words set out by their writer: how far a line stands in is kept, as blanks that no rule takes off."""
    return _INDENT.sub(lambda found: "\u00a0" * len(found.group()), data)


def _rows(have: dict[str, str]) -> int:
    told = have.get("rowspan", "").strip()
    return int(told) if re.fullmatch(r"[0-9]{1,3}", told) else 1


def row_text(row: list[str]) -> str:
    """One table row: cells joined by tabs; a cell that lays out a page keeps its lines."""
    if sum(bool(cell) for cell in row) == 1 or any(
        len(_LABELLED.findall(cell)) > 1 or "\t" in cell for cell in row
    ):
        return "\n".join(cell for cell in row if cell)
    return "\t".join(cell.replace("\n", " ") for cell in row)


def _host(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_hidden(have: dict[str, str]) -> bool:
    return (
        "hidden" in have
        or have.get("size") == "0"
        or have.get("aria-hidden", "").lower() == "true"
        or _HIDDEN.search(have.get("style", "")) is not None
    )


def to_text(source: str) -> Seen:
    """The visible text of an HTML part and what was left out of it."""
    reader = _Reader()
    for count, token in enumerate(tokens(source)):
        if count > MAIL.tags:
            reader.left_out["text_cut"] = None
            break
        reader.take(token)
    return reader.result()
