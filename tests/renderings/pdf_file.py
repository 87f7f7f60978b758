"""Writes PDF as forces and councils do: ruled tables, columns without rules, lines set one by one; and scans."""

import io
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from renderings.paper import blocks
from schoolsafe.resources import path

FONT = "Rendering"


def _style(size: float = 10) -> ParagraphStyle:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(
            TTFont(FONT, str(path("fonts", "AtkinsonHyperlegibleNext-Regular.ttf")))
        )
    return ParagraphStyle("a", fontName=FONT, fontSize=size, leading=size * 1.25, alignment=TA_LEFT)


def pdf_file(text: str, *, ruled: bool = True, size: float = 10) -> bytes:
    """A document with these words; lines that are too long wrap, rows of tabs become tables."""
    style = _style(size)
    story: list[Any] = []
    for block in blocks(text):
        for line in block.lines:
            kept = len(line) - len(line.lstrip(" "))
            words = "&nbsp;" * kept + escape(line.strip()).replace("  ", "&nbsp; ")
            story.append(Paragraph(words, style) if words else Spacer(1, size))
        if block.rows:
            story.append(_table(block.rows, style, ruled=ruled))
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4, title="Notification").build(story)
    return made.getvalue()


def _table(rows: tuple[tuple[str, ...], ...], style: ParagraphStyle, *, ruled: bool) -> Table:
    cells = [[Paragraph(escape(cell), style) for cell in row] for row in rows]
    width = 450 / len(rows[0])
    look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if ruled:
        look.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    else:
        look += [("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    return Table(cells, colWidths=[width] * len(rows[0]), style=look)


def lines_pdf(text: str, *, size: float = 10) -> bytes:
    """The same words line by line as a program prints them, with no wrapping of its own."""
    _style(size)
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    y = A4[1] - 60
    canvas.setFont(FONT, size)
    for line in text.split("\n"):
        if y < 60:
            canvas.showPage()
            canvas.setFont(FONT, size)
            y = A4[1] - 60
        for place, cell in enumerate(line.split("\t")):
            canvas.drawString(50 + place * 130, y, cell)
        y -= size * 1.3
    canvas.save()
    return made.getvalue()


def scan_picture(words: str, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A page as a scanner sees it."""
    page = Image.new("L", size, 245)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(words.split("\n")):
        draw.text((120, 150 + number * 40), line, fill=20)
    return page


def scan_pdf(*pages: Image.Image) -> bytes:
    """A PDF of pictures, as a scanner writes it."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in pages:
        canvas.drawImage(ImageReader(page), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture_file(page: Image.Image, kind: str, **options: Any) -> bytes:
    """A scan as PNG, JPEG or TIFF."""
    made = io.BytesIO()
    page.save(made, kind, **options)
    return made.getvalue()
