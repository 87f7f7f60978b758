"""The look of every printed page: ink, sizes, styles. Paper has an ink of its own.

Red is for "confidential" and danger only; everything survives a black-and-white printer.
"""

from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from schoolsafe.reports.fonts import BODY, HEAVY

INK: Final[Color] = HexColor("#17242E")
GREY: Final[Color] = HexColor("#4A5863")
RED: Final[Color] = HexColor("#A8201A")
PALE: Final[Color] = HexColor("#EDF2F5")
RULE: Final[Color] = HexColor("#C3CCD3")

WIDTH: Final = float(A4[0])
HEIGHT: Final = float(A4[1])
MARGIN: Final = 20 * mm
MEASURE: Final = WIDTH - 2 * MARGIN
"""The width of a line of text, in points."""

TEXT: Final = ParagraphStyle("text", fontName=BODY, fontSize=10.5, leading=14.5, textColor=INK)
SMALL: Final = ParagraphStyle("small", parent=TEXT, fontSize=8.5, leading=11, textColor=GREY)
STRONG: Final = ParagraphStyle("strong", parent=TEXT, fontName=HEAVY)
TITLE: Final = ParagraphStyle("title", parent=TEXT, fontName=HEAVY, fontSize=21, leading=26)
HEADING: Final = ParagraphStyle(
    "heading",
    parent=STRONG,
    fontSize=11.5,
    leading=15,
    spaceBefore=10,
    spaceAfter=2,
    keepWithNext=1,
)
STEP: Final = ParagraphStyle("step", parent=TEXT, leftIndent=14, bulletIndent=0, spaceAfter=2)
NOTE: Final = ParagraphStyle("note", parent=SMALL, spaceBefore=4)
