"""The print font, embedded in every page, and other fonts of this computer for scripts it lacks.

Atkinson Hyperlegible Next holds Welsh, Irish, Polish, Turkish and other Latin letters. A name in
Cyrillic, Greek, Arabic, Chinese or Vietnamese letters borrows the first installed font that has
them, letter by letter. Left to others: joining Arabic (`scripts`), page layout (`page`).
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from schoolsafe.reports.scripts import visual
from schoolsafe.resources import path

BODY: Final = "SchoolSafe"
HEAVY: Final = "SchoolSafe-Bold"

_FALLBACKS: Final = (
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansBengali-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansGurmukhi-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansTamil-Regular.ttf",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "C:/Windows/Fonts/segoeui.ttf",
    "C:/Windows/Fonts/arial.ttf",
    "C:/Windows/Fonts/malgun.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/Nirmala.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
)
_TIDY: Final = {0x2011: "-", 0x2010: "-", 0x00AD: None, 0x0009: " ", 0xFEFF: None}
"""Hyphens that break nothing, soft hyphens, tabs, byte-order marks: a page needs none of them."""


@cache
def _font(name: str, file: Path) -> TTFont | None:
    """Reads, registers and embeds one font; None where it is not there or is not TrueType."""
    if not file.is_file():
        return None
    try:
        font = TTFont(name, str(file))
    except (TTFError, OSError):
        return None
    pdfmetrics.registerFont(font)
    return font


@cache
def _own() -> tuple[TTFont, TTFont]:
    regular = TTFont(BODY, str(path("fonts", "AtkinsonHyperlegibleNext-Regular.ttf")))
    bold = TTFont(HEAVY, str(path("fonts", "AtkinsonHyperlegibleNext-Bold.ttf")))
    for font in (regular, bold):
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=HEAVY, italic=BODY, boldItalic=HEAVY)
    return regular, bold


def register() -> None:
    """Makes the print font known. Cheap after the first time."""
    _own()


@cache
def font_for(char: str) -> str | None:
    """The font that holds a letter: the print font first; None where no font has it."""
    if ord(char) in _own()[0].face.charToGlyph:
        return BODY
    for place in _FALLBACKS:
        font = _font(Path(place).stem, Path(place))
        if font is not None and ord(char) in font.face.charToGlyph:
            return str(font.fontName)
    return None


def tidy(text: str) -> str:
    """Text as it can stand on paper: composed accents, no control characters, newlines kept."""
    composed = unicodedata.normalize("NFC", text).translate(_TIDY)
    return "".join(
        char
        for char in composed
        if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )


def unprintable(text: str) -> frozenset[str]:
    """Letters that no font here holds: they print as an empty box, and the page says so."""
    return frozenset(
        char for char in set(visual(tidy(text))) if not char.isspace() and font_for(char) is None
    )


def _runs(line: str) -> Iterator[tuple[str, str]]:
    """Stretches of one font. A space stays with what came before, so that words keep their font."""
    last = BODY
    fonts = []
    for char in line:
        last = last if char == " " else font_for(char) or BODY
        fonts.append(last)
    for font, pairs in groupby(zip(fonts, line, strict=True), key=lambda pair: pair[0]):
        yield font, "".join(char for _font_name, char in pairs)


def markup(text: str) -> str:
    """Someone's words as paragraph markup: all escaped, each script in a font that has it."""
    register()  # an empty text asks for no letter's font, and is still set in ours
    lines = []
    for line in visual(tidy(text)).split("\n"):
        parts = (
            escape(run) if font == BODY else f'<font name="{font}">{escape(run)}</font>'
            for font, run in _runs(line)
        )
        lines.append("".join(parts))
    return "<br/>".join(lines)


def installed_fallbacks() -> tuple[str, ...]:
    """File names of the other fonts found here, for `doctor`."""
    return tuple(Path(place).name for place in _FALLBACKS if Path(place).is_file())
