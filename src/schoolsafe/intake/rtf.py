"""RTF to the text a person would see; where it wraps a web page (Outlook), to that page.

Pictures, objects, fields' instructions and hidden text are left out, nothing is loaded. Left to others: the
web page's text (html_text), what the words mean (notice).
"""

import html
import re
from dataclasses import dataclass, field, replace
from typing import Final

from schoolsafe.intake import charsets
from schoolsafe.intake.html_text import row_text
from schoolsafe.intake.limits import RTF

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_SKIPPED: Final = frozenset(
    {
        "colortbl", "stylesheet", "info", "pict", "object", "objdata", "header", "headerl", "headerr",
        "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "annotation", "xe", "tc", "filetbl",
        "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata", "datastore", "pnseclvl",
        "latentstyles", "datafield", "fldinst", "mhtmltag", "nonesttables", "bkmkstart", "bkmkend",
    }
)  # fmt: skip
_SIGNS: Final = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "emdash": "\u2014", "endash": "\u2013",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "nestcell": "\t", "nestrow": "\n",
}  # fmt: skip
_SYMBOLS: Final = {b"~": "\u00a0", b"_": "\u2011", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
_ESCAPED: Final = (b"\\", b"{", b"}")
_CHARSETS: Final = {
    0: "cp1252", 2: "symbol", 77: "mac-roman", 162: "cp1254", 186: "cp1257", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_CELL: Final = "\a"
_HIGH, _LOW = 0xD800, 0xE000


@dataclass(frozen=True, slots=True)
class Rtf:
    """What the RTF held."""

    text: str
    is_html: bool
    """Whether ``text`` is the source of a web page."""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the group ends."""

    skip: bool = False
    tag: bool = False
    """Inside \\*\\htmltag: the page's own source."""
    rtf_only: bool = False
    """Between \\htmlrtf and \\htmlrtf0: for readers that know no web page."""
    hidden: bool = False
    fonts: bool = False
    bullet: bool = False
    wide: int = 1
    """Signs that follow a \\u for readers without Unicode."""
    font: int = -1


@dataclass(slots=True)
class _Reader:
    charset: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    waiting_as: str = "cp1252"
    is_html: bool = False
    starred: bool = False
    spare: int = 0
    row: int | None = None
    left_out: dict[str, None] = field(default_factory=dict)

    # -- tokens ---------------------------------------------------------------------------------------

    def read(self, data: bytes) -> None:
        """Every token in order, up to the limit."""
        at = 0
        for _count in range(RTF.tokens):
            found = _TOKEN.match(data, at)
            if found is None:
                return
            at = found.end()
            if found["brace"]:
                self._brace(found["brace"])
            elif found["word"]:
                at += self._word(found["word"].decode("ascii"), found["number"])
            elif found["hex"]:
                self._bytes(bytes((int(found["hex"], 16),)))
            elif found["sign"]:
                self._sign(found["sign"])
            elif found["text"]:
                self._bytes(found["text"])
        self.left_out["text_cut"] = None

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.starred, self.spare = False, 0
        if brace == b"{":
            if len(self.stack) < RTF.depth:
                self.stack.append(self.group)
        elif self.stack:
            if self.group.bullet and not self.stack[-1].bullet:
                self._emit("- ")
            self.group = self.stack.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in _ESCAPED:
            self._bytes(sign)
        elif sign in _SYMBOLS:
            self._say(_SYMBOLS[sign])

    def _word(self, word: str, number: bytes | None) -> int:
        """One control word; returns how many bytes of raw data follow it."""
        value = int(number) if number else None
        starred, self.starred = self.starred, False
        if word == "bin":
            return max(0, value or 0)
        if word in {"uc", "u"}:
            self._unicode(word, value or 0)
        elif word == "htmltag":
            self.group = replace(self.group, tag=True, skip=False)
        elif word == "htmlrtf":
            self._flush()
            self.group = replace(self.group, rtf_only=value != 0)
        elif word in {"listtext", "pntext"}:
            self.group = replace(self.group, bullet=True)
        elif starred or word in _SKIPPED:
            self.group = replace(self.group, skip=True)
        elif word == "fonttbl":
            self.group = replace(self.group, fonts=True)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        else:
            self._look(word, value)
        return 0

    def _look(self, word: str, value: int | None) -> None:
        """Words that change how what follows is read."""
        if word == "fromhtml":
            self.is_html = value != 0
        elif word in {"f", "plain"}:
            self._flush()
            shown = word == "plain"
            font = -1 if value is None else value
            self.group = replace(self.group, font=font, hidden=self.group.hidden and not shown)
        elif word in {"ansicpg", "mac", "pc", "pca", "fcharset"}:
            self._set(word, value or 0)
        elif word == "v":
            self.group = replace(self.group, hidden=value != 0)
        elif word == "trowd":
            self._flush()
            self.row = len(self.out) if self.row is None else self.row
        elif word == "cell":
            self._cell()
        elif word == "row":
            self._end_row()

    def _set(self, word: str, value: int) -> None:
        """Which set the bytes are in."""
        if word == "ansicpg":
            self.charset = charsets.of_code_page(value) or self.charset
        elif word == "fcharset":
            self.fonts[self.group.font] = _CHARSETS.get(value, "")
        else:
            self.charset = {"mac": "mac-roman"}.get(word, "cp850")

    def _unicode(self, word: str, value: int) -> None:
        if word == "uc":
            self.group = replace(self.group, wide=max(0, min(value, 8)))
            return
        self._say(chr(value % 65536))
        self.spare = self.group.wide

    # -- words ----------------------------------------------------------------------------------------

    @property
    def _shut(self) -> bool:
        group = self.group
        if group.skip or group.fonts or group.bullet or (group.rtf_only and self.is_html):
            return True
        if group.hidden and not self.is_html:
            self.left_out["hidden_text_removed"] = None
            return True
        return False

    def _bytes(self, raw: bytes) -> None:
        if self.spare:
            skipped = min(self.spare, len(raw))
            self.spare -= skipped
            raw = raw[skipped:]
        if not raw or self._shut:
            return
        self.waiting_as = self.fonts.get(self.group.font) or self.charset
        self.waiting += raw

    def _say(self, text: str) -> None:
        self.spare = 0
        if not self._shut:
            self._flush()
            self._emit(text)

    def _flush(self) -> None:
        if self.waiting:
            raw = bytes(self.waiting)
            self.waiting.clear()
            if self.waiting_as == "symbol":
                # why: letters of a symbol font have places of their own; readable() knows the boxes among them
                text = "".join(chr(0xF000 + byte) if byte > ord(" ") else " " for byte in raw)
            else:
                text = charsets.decode(raw, self.waiting_as)
            self._emit(text)

    def _emit(self, text: str) -> None:
        if self.is_html and not self.group.tag:
            text = html.escape(text, quote=False)
        self.out.append(text)

    # -- tables ---------------------------------------------------------------------------------------

    def _cell(self) -> None:
        self._flush()
        if self.is_html or self._shut:
            return
        if self.row is None:
            ends = (n for n in range(len(self.out), 0, -1) if self.out[n - 1].endswith("\n"))
            self.row = next(ends, 0)
        self.out.append(_CELL)

    def _end_row(self) -> None:
        self._flush()
        if self.row is None:
            return
        cells = "".join(self.out[self.row :]).split(_CELL)
        del self.out[self.row :]
        self.row = None
        lead = "" if not self.out or self.out[-1].endswith("\n") else "\n"
        self.out.append(lead + row_text([cell.strip() for cell in cells[:-1]]) + "\n")


def looks_like_rtf(data: bytes) -> bool:
    """Whether the bytes begin as RTF does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read(data: bytes) -> Rtf:
    """The text of an RTF file, or the web page it wraps. Damage ends it early; nothing is raised."""
    reader = _Reader()
    reader.read(data[: RTF.bytes])
    reader._flush()  # noqa: SLF001  # its own module
    text = "".join(reader.out).replace(_CELL, "\t")
    return Rtf(_joined(text), reader.is_html, tuple(reader.left_out))


def _joined(text: str) -> str:
    """The text with pairs of halves made one sign."""
    if not any(_HIGH <= ord(sign) < _LOW for sign in set(text)):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
