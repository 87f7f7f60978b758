"""The text half of a pupil list: which encoding, which delimiter, and the records as they stand.

Left to others: what the columns mean (pupil_list), workbooks (spreadsheet). Source: domain.md 7.4.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Final

from schoolsafe.intake import errors, list_errors
from schoolsafe.intake.limits import LIST

_HINT: Final = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)
_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", errors.OldExcelWorkbook),
    (b"%PDF", errors.PdfNotAList),
    (b"\x89PNG", errors.PictureNotAList),
    (b"\xff\xd8\xff", errors.PictureNotAList),
    (b"GIF8", errors.PictureNotAList),
    (b"{\\rtf", errors.BinaryNotAList),
)
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SPACE: Final = 32
_MAIL: Final = re.compile(
    rb"\A(?:received|from|return-path|message-id|mime-version|date|to|subject):", re.IGNORECASE
)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: a byte order mark, else UTF-8, else Windows-1252."""
    _refuse_other_kinds(data)
    for mark, code in _MARKS:
        if data.startswith(mark):
            return data.decode(code, "replace"), code.removesuffix("-sig")
    if data[1:40:2].count(0) > min(len(data), 40) // 4:
        return data.decode("utf-16-le", "replace"), "utf-16"
    _refuse_binary(data[:4096])
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "windows-1252"


def _refuse_other_kinds(data: bytes) -> None:
    """Empty, too large, or plainly another kind of file by its first bytes."""
    if not data.strip(b"\0 \t\r\n"):
        raise errors.EmptyList
    if len(data) > LIST.size_bytes:
        raise errors.ListTooLarge(limit=LIST.size_bytes // (1024 * 1024))
    for magic, error in _MAGIC:
        if data.startswith(magic):
            raise error


def _refuse_binary(start: bytes) -> None:
    """Not text, or text that is no list: a web page, XML, a mail."""
    signs = sum(byte < _SPACE and byte not in b"\t\n\r" for byte in start)
    if b"\0" in start or signs > len(start) // 50:
        raise errors.BinaryNotAList
    if start.lstrip()[:1] == b"<":
        raise list_errors.NoTransferFile
    if _MAIL.match(start):
        raise errors.MailNotAList


def records(text: str, known: Callable[[Sequence[str]], int]) -> tuple[list[list[str]], str]:
    """All records and the delimiter: as hinted by ``sep=``, else the one under which headings are found.

    ``known`` says how many headings it knows in a record.
    """
    hint = _HINT.match(text.lstrip("\ufeff").split("\n", 1)[0].strip())
    if hint:
        return _split(text, hint.group(1), LIST.rows), hint.group(1)
    best, best_score = ",", -1
    for delimiter in (",", ";", "\t", "|"):
        first = _split(text[: 64 * 1024], delimiter, LIST.heading_rows)
        score = max((known(record) for record in first), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return _split(text, best, LIST.rows), best


def _split(text: str, delimiter: str, most: int) -> list[list[str]]:
    """Records under one delimiter; line breaks inside quotes stay in their cell."""
    csv.field_size_limit(LIST.size_bytes)
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff").replace("\0", ""), newline=""), delimiter=delimiter
    )
    found: list[list[str]] = []
    try:
        for record in reader:
            if len(found) >= most:
                if most == LIST.rows:
                    raise errors.TooManyRows(limit=LIST.rows)
                break
            found.append([cell[: LIST.cell_chars] for cell in record[: LIST.columns]])
    except csv.Error as error:
        raise errors.BinaryNotAList from error
    return found
