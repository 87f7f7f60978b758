"""A PDF as text in the order a reader sees it, and pictures of the pages that hold no text.

Runs in the parser child only: the library is C++, and a page can make it fall over. Text and pictures are
taken out; scripts, links, forms and attached files are not touched.
"""

import contextlib
import ctypes
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

from schoolsafe.intake import errors, pdf_layout, png
from schoolsafe.intake.limits import PDF
from schoolsafe.intake.pdf_layout import Box, Page, Run
from schoolsafe.intake.sheet import readable

_WIDE_GAP: Final = 0.9
"""Of a letter's height: a gap as wide as this parts two cells."""
_SAME_FOOT: Final = 0.4
_TALLEST: Final = 200.0
_SEVERAL, _WHOLE, _MOST_BLANKS = 1.7, 0.08, 60
"""A gap of so many blanks was written with blanks, if it is a whole number of them."""
_LEAST_WORDS: Final = 3
_UPRIGHT: Final = 0.15
_DPI: Final = 72
_BREAKS: Final = frozenset("\r\n\v\f\x02")
_SPACES: Final = frozenset(" \u00a0\t")

_ONE_PAGE: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
    b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj 4 0 obj<</Length 50>>stream\nBT /F 9 Tf 9 50 Td (a b) Tj ET"
    b" 9 9 40 0.5 re f      \nendstream endobj trailer<</Root 1 0 R>>\n%%EOF"
)


@dataclass(slots=True)
class Read:
    """What was taken out of a file."""

    text: str = ""
    pictures: list[bytes] = field(default_factory=list)
    """Pages that hold no text, as PNG."""
    left_out: list[str] = field(default_factory=list)
    """Warning codes."""


def read(data: bytes) -> Read:
    """The text of the first pages, and pictures of those without any.

    Raises:
        PasswordNeeded: it is locked. DamagedPdf: it cannot be opened.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as failed:
        locked = getattr(failed, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(
            failed
        )
        raise (errors.PasswordNeeded() if locked else errors.DamagedPdf()) from None
    with document:
        return _pages(document)


def warm_up() -> None:
    """Uses every part once, so that what is loaded on first use is loaded."""
    with contextlib.suppress(errors.UnreadableFile):
        read(_ONE_PAGE)


def _pages(document: Any) -> Read:
    found = Read()
    start = time.process_time()
    total = len(document)
    if total > PDF.pages:
        found.left_out.append("text_cut")
    pages: list[Page] = []
    bare: list[int] = []
    letters = 0
    for number in range(min(total, PDF.pages)):
        if time.process_time() - start > PDF.cpu_seconds or letters > PDF.letters:
            found.left_out.append("text_cut")
            break
        try:
            with _closing(document[number]) as page:
                laid, count = _page(page)
        except pypdfium2.PdfiumError:
            found.left_out.append("page_not_read")
            continue
        letters += count
        pages.append(laid)
        if sum(len(run.text.split()) for run in laid.runs) < _LEAST_WORDS:
            bare.append(number)
    found.text = readable(pdf_layout.text_of(pages))
    _take_pictures(document, bare, found, start)
    if not total or (not found.text.strip() and not found.pictures):
        raise errors.DamagedPdf
    return found


class _closing:  # noqa: N801  # reads as a word
    """Closes a page or a text page; both keep memory of the library."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __enter__(self) -> Any:
        return self.thing

    def __exit__(self, *_args: object) -> None:
        self.thing.close()


# -- text -----------------------------------------------------------------------------------------------


def _page(page: Any) -> tuple[Page, int]:
    laid = Page(height=page.get_height(), width=page.get_width())
    with _closing(page.get_textpage()) as words:
        count = min(raw.FPDFText_CountChars(words.raw), PDF.letters)
        laid.boxes = _boxes(page.raw)
        laid.runs = _runs(words.raw, count, pdf_layout.rules(laid.boxes)[1])
    return laid, count


class _Letters:
    """Gathers the letters of a page into runs of words."""

    def __init__(self, upright: Sequence[Box]) -> None:
        self.upright = upright
        self.runs: list[Run] = []
        self.letters: list[str] = []
        self.left = self.right = self.foot = self.height = 0.0
        self.blank = 0.0
        """Width of the blank just passed, where the writer set one and not the library."""

    def letter(self, sign: str, x: float, foot: float, box: Any) -> None:
        """One letter in its place."""
        height = max(1.0, min(box.top - box.bottom, _TALLEST))
        if self.letters and not self._joins(x, foot):
            self.end()
        if not self.letters:
            self.left, self.foot, self.height = x, foot, height
            self.right = x
        self.letters.append(sign)
        self.right = max(self.right, box.right)
        self.blank = 0.0

    def space(self, width: float) -> None:
        """One blank; ``width`` is 0 for one the library put in."""
        if self.letters and self.letters[-1] != " ":
            self.letters.append(" ")
            self.blank = width

    def end(self) -> None:
        """The run is complete."""
        text = "".join(self.letters).rstrip()
        if text.strip():
            self.runs.append(Run(text, self.left, self.right, self.foot, self.height))
        self.letters, self.blank = [], 0.0

    def _joins(self, x: float, foot: float) -> bool:
        """Whether the next letter belongs to the open run; blanks that were written are put back."""
        gap = x - self.right
        if abs(foot - self.foot) > _SAME_FOOT * self.height or gap < -2 * self.height:
            return False
        if gap > _WIDE_GAP * self.height and self._ruled(x, foot):
            return False
        # why: the library makes one blank of several, and forms are set out with them
        count = gap / self.blank if self.blank else 0.0
        if count > _SEVERAL and abs(count - round(count)) < _WHOLE:
            self.letters.append(" " * (min(round(count), _MOST_BLANKS) - 1))
            return True
        return gap <= _WIDE_GAP * self.height

    def _ruled(self, x: float, foot: float) -> bool:
        y = foot + self.height / 3
        return any(
            rule.bottom <= y <= rule.top and self.right - 1 <= rule.left and rule.right <= x + 1
            for rule in self.upright
        )


def _runs(words: Any, count: int, upright: Sequence[Box]) -> list[Run]:
    """The letters of a page as runs of words."""
    found = _Letters(upright)
    x, foot = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    for place in range(count):
        sign = chr(raw.FPDFText_GetUnicode(words, place) or 32)
        if sign in _BREAKS:
            found.end()
            continue
        placed = raw.FPDFText_GetLooseCharBox(words, place, box)
        if sign in _SPACES:
            written = placed and raw.FPDFText_IsGenerated(words, place) == 0
            found.space(box.right - box.left if written else 0.0)
            continue
        if not placed or not raw.FPDFText_GetCharOrigin(words, place, x, foot):
            continue
        if abs(raw.FPDFText_GetCharAngle(words, place)) % 6.28 <= _UPRIGHT:
            found.letter(sign, x.value, foot.value, box)
    found.end()
    return found.runs


def _boxes(page: Any) -> list[Box]:
    """Rules and frames drawn on the page."""
    boxes: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for place in range(min(raw.FPDFPage_CountObjects(page), PDF.drawn)):
        thing = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            boxes.append(Box(left.value, bottom.value, right.value, top.value))
    return boxes[: PDF.boxes]


# -- pictures -------------------------------------------------------------------------------------------


def _take_pictures(document: Any, bare: list[int], found: Read, start: float) -> None:
    """Pages without text as pictures; blank pages are left out."""
    for number in bare:
        heavy = sum(map(len, found.pictures)) > PDF.picture_bytes
        if (
            heavy
            or len(found.pictures) >= PDF.pictures
            or time.process_time() - start > PDF.cpu_seconds
        ):
            found.left_out.append("page_not_shown")
            return
        with _closing(document[number]) as page:
            if raw.FPDFPage_CountObjects(page.raw) > 0:
                found.pictures.append(_picture(page))


def _picture(page: Any) -> bytes:
    wide, tall = max(1.0, page.get_width()), max(1.0, page.get_height())
    scale = min(
        PDF.dpi / _DPI, (PDF.pixels / (wide * tall)) ** 0.5, PDF.side / wide, PDF.side / tall
    )
    bitmap = page.render(
        scale=scale,
        may_draw_forms=False,
        rev_byteorder=True,
        force_bitmap_format=raw.FPDFBitmap_BGR,
    )
    try:
        size = (bitmap.width, bitmap.height)
        return png.written(bytes(bitmap.buffer), *size, stride=bitmap.stride, channels=3)
    finally:
        bitmap.close()
