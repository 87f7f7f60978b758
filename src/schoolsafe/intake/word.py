"""A Word document (.docx) as text: paragraphs and tables in order; deleted, moved-away and hidden words left out.

The file is an archive: only its main text and headers are unpacked, counted, in memory. Macros, pictures,
links and embedded files are not touched. Left to others: what the words mean (notice).
"""

import contextlib
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import ParseError  # the error class only; parsing is defused

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from schoolsafe.intake import errors
from schoolsafe.intake.html_text import row_text
from schoolsafe.intake.limits import WORD
from schoolsafe.intake.sheet import readable

_MAIN: Final = "word/document.xml"
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_ENCRYPTED: Final = 0x1
_PLAIN, _DEFLATED = 0, 8
_SKIPPED: Final = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference"}
)
_SIGNS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    struct.error,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a document."""

    text: str
    left_out: tuple[str, ...]


def read(data: bytes) -> Document:
    """The words of a Word document.

    Raises:
        Archive, Workbook, Slides, OpenDocument: another kind of archive. PasswordNeeded, WordTooLarge, DamagedWord.
    """
    try:
        _count(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename: info for info in archive.infolist()}
            main = names.get(_MAIN) or next(
                (names[n] for n in sorted(names) if n.startswith("word/document")), None
            )
            if main is None:
                raise _other_kind(archive, set(names))
            heads = [
                names[n]
                for n in sorted(names)
                if n.startswith("word/header") and n.endswith(".xml")
            ]
            letterhead = [_Reader().read(_member(archive, info)).text for info in heads[:3]]
            body = _Reader().read(_member(archive, main))
    except _DAMAGE:
        raise errors.DamagedWord from None
    tops = [text for text in dict.fromkeys(letterhead) if text.strip()]
    return Document(readable("\n\n".join([*tops, body.text])), body.left_out)


def warm_up() -> None:
    """Uses every part once, so that what is loaded on first use is loaded."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MAIN, "<document><p><r><t>\u00e9</t></r></p></document>")
    with contextlib.suppress(errors.UnreadableFile):
        read(packed.getvalue())


def _count(data: bytes) -> None:
    """Looks at the end record before the library reads the whole list of files."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) - at < _END_SIZE:
        raise errors.DamagedWord
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > WORD.entries or size > WORD.index_bytes:
        raise errors.WordTooLarge


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise errors.PasswordNeeded
    if info.compress_type not in {_PLAIN, _DEFLATED}:
        raise errors.DamagedWord
    if info.file_size > WORD.text_bytes or info.file_size > WORD.ratio * max(
        info.compress_size, 1000
    ):
        raise errors.WordTooLarge
    with archive.open(info) as file:
        return file.read(WORD.text_bytes)


def _other_kind(archive: zipfile.ZipFile, names: set[str]) -> errors.UnreadableFile:
    if any(name.startswith("xl/") for name in names):
        return errors.Workbook()
    if any(name.startswith("ppt/") for name in names):
        return errors.Slides()
    if "mimetype" in names and "content.xml" in names:
        return errors.OpenDocument()
    if any(info.flag_bits & _ENCRYPTED for info in archive.infolist()):
        return errors.PasswordNeeded()
    return errors.Archive()


class _EnoughError(Exception):
    """The limit on elements is reached: what has been read so far is kept."""


@dataclass(slots=True)
class _Table:
    row: list[str] = field(default_factory=list)


class _Reader:
    """Hears the elements of one part one by one; no tree is built."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        """The page and the open cells, innermost last: pieces of text."""
        self.tables: list[_Table] = []
        self.path: list[str] = []
        self.shut = 0
        self.hidden = False
        self.words = False
        self.tags = 0
        self.left_out: dict[str, None] = {}

    def read(self, data: bytes) -> Document:
        """The text of one part.

        Raises:
            DamagedWord: no well-formed XML, or one that declares a document type.
        """
        parser = DefusedXMLParser(target=self, forbid_dtd=True)
        try:
            for at in range(0, len(data), 65_536):
                parser.feed(data[at : at + 65_536])
            parser.close()
        except _EnoughError:
            self.left_out["text_cut"] = None
        except (ParseError, DefusedXmlException):
            raise errors.DamagedWord from None
        while len(self.lines) > 1:
            self._end_cell()
        return Document(_tidy("".join(self.lines[0])), tuple(self.left_out))

    # -- what the parser tells ------------------------------------------------------------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.tags += 1
        if self.tags > WORD.tags:
            raise _EnoughError
        name = tag.rpartition("}")[2]
        self.path.append(name)
        if name in _SKIPPED:
            self.shut += 1
        elif name == "t":
            self.words = True
        elif name == "tbl":
            self.tables.append(_Table())
        elif name == "tc":
            self.lines.append([])
        else:
            self._look(name, attributes)

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        """What changes how words are taken, and signs that stand for letters."""
        if name == "r":
            self.hidden = False
        elif name == "vanish" and _is_on(attributes) and "r" in self.path[-4:]:
            self.hidden = True
        elif name == "numPr" and not self.shut:
            self.lines[-1].append("- ")
        elif name in _SIGNS and "pPr" not in self.path:
            self.data_now(_SIGNS[name])
        elif name == "sym":
            code = next((value for key, value in attributes.items() if key.endswith("}char")), "")
            self.data_now(_letter(code))

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition("}")[2]
        if self.path:
            self.path.pop()
        if name in _SKIPPED:
            self.shut = max(0, self.shut - 1)
        elif name == "t":
            self.words = False
        elif name == "p" and not self.shut:
            self.lines[-1].append("\n")
        elif name == "tc" and len(self.lines) > 1:
            self._end_cell()
        elif name == "tr" and self.tables:
            row, self.tables[-1].row = self.tables[-1].row, []
            self.lines[-1].append(row_text(row) + "\n")
        elif name == "tbl" and self.tables:
            self.tables.pop()

    def data(self, text: str) -> None:
        """Words, where words count."""
        if self.words:
            self.data_now(text)

    def close(self) -> None:
        """The part has ended."""

    # -- gathering ------------------------------------------------------------------------------------

    def data_now(self, text: str) -> None:
        """Takes words in, unless they are hidden."""
        if self.shut:
            return
        if self.hidden:
            self.left_out["hidden_text_removed"] = None
            return
        self.lines[-1].append(text)

    def _end_cell(self) -> None:
        cell = _tidy("".join(self.lines.pop()))
        if self.tables:
            self.tables[-1].row.append(cell)
        else:
            self.lines[-1].append(cell)


def _letter(code: str) -> str:
    """The letter of a symbol font by its number, as in F0FE; a blank for none."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else " "


def _is_on(attributes: dict[str, str]) -> bool:
    told = next((value for key, value in attributes.items() if key.endswith("}val")), "1")
    return told.lower() not in {"0", "false", "off"}


def _tidy(text: str) -> str:
    """Several tabs in a row are one gap: they only line a value up."""
    lines = (_one_tab(line).rstrip() for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _one_tab(line: str) -> str:
    return "\t".join(piece for n, piece in enumerate(line.split("\t")) if piece.strip() or n == 0)
