"""What one file may cost before it is refused. One place, a sentence each.

The standard library's mail parser is quadratic on hostile headers (a 256 KB subject takes 3.4 s, 1,000
nested parts raise RecursionError), so everything here is counted before it sees a byte.
"""

from dataclasses import dataclass
from typing import Final

KB: Final = 1024
MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailLimits:
    """Limits of one e-mail message."""

    size_bytes: int = 25 * MB
    """A whole message; schools' mail servers stop at about this."""
    header_bytes: int = 64 * KB
    """The heading lines of one part."""
    header_lines: int = 1000
    """Heading lines of one part, folded lines counted each."""
    header_value: int = 8 * KB
    """Characters of one heading line that are looked at; the rest stays in the original."""
    addresses: int = 1000
    """Addresses in one heading line."""
    parts: int = 100
    """Parts of a message, attached messages included."""
    depth: int = 10
    """Parts inside parts."""
    text_bytes: int = 2 * MB
    """Bytes of one text part that are decoded."""
    text_chars: int = 200_000
    """Characters of readable text kept from one part."""
    searched_chars: int = 40_000
    """Characters of one text in which rules search: a digest of 30 incidents is below that."""
    people: int = 60
    """People one stretch of text may name; dates and times likewise, times five."""
    sentences: int = 600
    """Sentences of one text that are looked at."""
    texts: int = 20
    """Readable texts kept from one message."""
    tags: int = 50_000
    """Tags of one HTML part."""


@dataclass(frozen=True, slots=True)
class RtfLimits:
    """Limits of one RTF text."""

    bytes: int = 2 * MB
    """Bytes of RTF that are looked at; pictures in it may be longer and are not needed."""
    tokens: int = 150_000
    """Control words, signs and stretches of text."""
    depth: int = 200
    """Groups inside groups."""


@dataclass(frozen=True, slots=True)
class OleLimits:
    """Limits of one Outlook message."""

    entries: int = 4000
    """Folders and streams; a mail with 50 recipients and 20 files has about 2,500."""
    depth: int = 24
    """Folders inside folders: a mail inside a mail is two."""
    stream_bytes: int = 25 * MB
    """Bytes of all streams together."""


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """Limits of one PDF."""

    pages: int = 30
    """Pages that are looked at; the longest notice seen had four."""
    letters: int = 60_000
    """Letters of all pages together."""
    drawn: int = 5000
    """Drawn things of one page that are looked at for the borders of tables."""
    boxes: int = 600
    """Rules and frames of one page that are used."""
    pictures: int = 8
    """Pages without text of which a picture is made."""
    dpi: int = 110
    """Of these pictures: a scanned letter can be read at 100."""
    pixels: int = 1_600_000
    """Of one picture: A4 at 110 dpi has 1.2 million."""
    side: int = 4000
    """Pixels of the longer side of a picture."""
    picture_bytes: int = 12 * MB
    """Of all pictures together, before another is begun."""
    cpu_seconds: float = 0.7
    """Processor time after which no further page is begun."""


@dataclass(frozen=True, slots=True)
class WordLimits:
    """Limits of one Word document."""

    entries: int = 2000
    """Files inside it."""
    index_bytes: int = 1 * MB
    """The list of files inside it."""
    text_bytes: int = 8 * MB
    """The main text unpacked; a letter of two pages has about 100 KB."""
    ratio: int = 100
    """Times a file inside may be larger than packed; text packs 5 to 30 times."""
    tags: int = 120_000
    """Elements of the main text."""


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """Limits of one picture that came as a file."""

    pixels: int = 60_000_000
    """Of the file: A3 at 400 dpi in grey has 31 million."""
    pages: int = 8
    """Of one file (TIFF)."""
    least_side: int = 350
    """Pixels: below that a picture is a logo, not a page."""


@dataclass(frozen=True, slots=True)
class ListLimits:
    """Limits of one pupil list."""

    size_bytes: int = 20 * MB
    """A list of 10,000 pupils with every column is below 5 MB."""
    rows: int = 20_000
    """Records of the file."""
    columns: int = 200
    """Columns that are looked at."""
    cell_chars: int = 4000
    """Characters kept of one cell."""
    heading_rows: int = 10
    """The heading row stands in the first so many records (domain.md 7.4)."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Limits of the parser child process."""

    memory_bytes: int = 512 * MB
    """Address space on POSIX; about 300 MB of it can become real memory for the largest message."""
    wall_ms: int = 10_000
    """Milliseconds without a finished file before the child is killed."""
    cpu_seconds: int = 20
    """Processor time of one child for one file."""
    reply_bytes: int = 24 * MB
    """Bytes the child may send back for one file."""
    batch_bytes: int = 30 * MB
    """Files are handed to one child up to this size together."""


MAIL: Final = MailLimits()
LIST: Final = ListLimits()
RTF: Final = RtfLimits()
OLE: Final = OleLimits()
PDF: Final = PdfLimits()
WORD: Final = WordLimits()
SCAN: Final = ScanLimits()
CHILD: Final = ChildLimits()
