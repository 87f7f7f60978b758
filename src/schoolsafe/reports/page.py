"""The frame round every printed page: confidential line, footer with copy and page x of y, DEMO.

One function, `build`, turns a story into a tagged PDF, the same bytes for the same facts. What the
story says is left to the pages (`told_slip`, `recovery_sheet`, `chronology_page`, `gate_list`).
"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph
from typing_extensions import override

from schoolsafe.reports.fonts import BODY, HEAVY, markup, register, unprintable
from schoolsafe.reports.paper import (
    GREY,
    HEIGHT,
    INK,
    MARGIN,
    MEASURE,
    PALE,
    RED,
    RULE,
    SMALL,
    TEXT,
    WIDTH,
)
from schoolsafe.reports.tagged import Cell, TaggingCanvas, Words, ornament, structure
from schoolsafe.reports.when import long_day, long_moment
from schoolsafe.services.pages import PrintMark
from schoolsafe.words import _, ngettext

LANGUAGE: Final = "en-GB"
FOOT: Final = 14 * mm
"""From the lower edge to the last line of the footer."""
PAD: Final = 10.0
"""Between the words of a panel and its edge, in points."""
HEAD: Final = 13 * mm
"""From the upper edge to the base of the confidential line."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the frame of a page set needs."""

    title: str
    """What kind of page it is. Goes into the file, so it never holds a name."""
    mark: PrintMark
    confidential: str
    half: bool = False
    """Only the upper half of the sheet, with a line to cut along."""
    missing: int = 0
    """Letters that no font here could print."""

    @property
    def floor(self) -> float:
        """Where the page ends, from the lower edge of the sheet, in points."""
        return HEIGHT / 2 if self.half else 0.0


class Story:
    """Flowables in order, and the letters that could not be printed."""

    def __init__(self) -> None:
        self.parts: list[Flowable] = []
        self.missing: set[str] = set()

    def words(
        self,
        text: str,
        style: Any = TEXT,
        *,
        tag: str = "P",
        cell: Cell | None = None,
        bullet: str | None = None,
    ) -> Words:
        """One paragraph of anybody's words, escaped."""
        self.missing |= unprintable(text)
        named = {"bulletText": bullet} if bullet else {}
        return Words(markup(text), style, tag=tag, cell=cell, **named)

    def say(
        self, text: str, style: Any = TEXT, *, tag: str = "P", bullet: str | None = None
    ) -> None:
        """Adds one paragraph."""
        self.parts.append(self.words(text, style, tag=tag, bullet=bullet))

    def panel(self, text: str, style: Any) -> None:
        """Adds words on a shaded ground with a bar at the left edge."""
        self.missing |= unprintable(text)
        self.parts.append(_Panel(markup(text), style))


class _Panel(Words):
    """Words on a ground. Every part of it has its own ground when it runs over several pages."""

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        _width, height = super().wrap(aW - 2 * PAD, aH - 2 * PAD)
        return aW, height + 2 * PAD

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        return super().split(aW - 2 * PAD, aH - 2 * PAD)

    @override
    def draw(self) -> None:
        height = float(self.height) + 2 * PAD
        with ornament(self.canv):
            self.canv.setFillColor(PALE)
            self.canv.rect(0, 0, MEASURE, height, stroke=0, fill=1)
            self.canv.setFillColor(INK)
            self.canv.rect(-1.5, 0, 3, height, stroke=0, fill=1)
        self.canv.translate(PAD, PAD + 1)
        super().draw()


@dataclass(frozen=True, slots=True)
class Built:
    """A finished page set."""

    pdf: bytes
    pages: int


def footer(paper: Paper) -> str:
    """The sentence at the foot: who printed it and when, which copy, when it must be gone."""
    mark = paper.mark
    parts = [
        _("Printed {moment} by {person}.").format(
            moment=long_moment(mark.printed_at), person=mark.printed_by
        ),
        _("Copy {copy} of {copies}.").format(copy=mark.copy, copies=mark.copies),
    ]
    if mark.destroy_after:
        parts.append(_("Destroy after {day}.").format(day=long_day(mark.destroy_after)))
    if mark.record_words:
        parts.append(_("Record words: {words}.").format(words=" ".join(mark.record_words)))
    if paper.missing:
        parts.append(
            ngettext(
                "{n} letter could not be printed with the fonts here; see it on the screen.",
                "{n} letters could not be printed with the fonts here; see them on the screen.",
                paper.missing,
            ).format(n=paper.missing)
        )
    if mark.demo:
        parts.append(_("Demo school: everyone here is invented."))
    return " ".join(parts)


class _FramedCanvas(TaggingCanvas):
    """Draws the confidential line and the footer once the number of pages is known."""

    paper: Paper

    @override
    def finish(self, number: int, pages: int) -> None:
        paper = self.paper
        with ornament(self):
            self.setFillColor(RED)
            self._line(paper.confidential, HEAVY, left=True)
            self.setFillColor(GREY)
            self._line(paper.mark.school, BODY, left=False)
            foot = Paragraph(markup(footer(paper)), SMALL)
            _width, height = foot.wrap(MEASURE - 26 * mm, 40 * mm)
            foot.drawOn(self, MARGIN, paper.floor + FOOT - 4)
            self.setFont(BODY, SMALL.fontSize)
            self.setFillColor(GREY)
            said = _("Page {number} of {pages}").format(number=number, pages=pages)
            self.drawRightString(WIDTH - MARGIN, paper.floor + FOOT - 4 + height - 8.5, said)
            if paper.half:
                _cut(self, paper)
            if paper.mark.demo:
                _demo(self, paper)

    def _line(self, text: str, font: str, *, left: bool) -> None:
        """One end of the line at the head of the page."""
        style = SMALL.clone("head", fontName=font, textColor=RED if left else GREY)
        style.alignment = 0 if left else 2
        line = Paragraph(markup(text), style)
        share = MEASURE * (0.68 if left else 0.3)
        _width, height = line.wrap(share, 40 * mm)
        line.drawOn(self, MARGIN if left else WIDTH - MARGIN - share, HEIGHT - HEAD + 8 - height)


def _demo(canvas: Any, paper: Paper) -> None:
    """DEMO across the whole page, over grounds and words alike, thin enough to read through."""
    canvas.saveState()
    canvas.translate(WIDTH / 2, (HEIGHT + paper.floor) / 2)
    canvas.rotate(24 if paper.half else 52)
    canvas.setFont(HEAVY, 110 if paper.half else 150)
    canvas.setFillColor(GREY)
    canvas.setFillAlpha(0.08)
    canvas.drawCentredString(0, -45, _("DEMO"))
    canvas.restoreState()


def _cut(canvas: Any, paper: Paper) -> None:
    """The line to cut along."""
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setDash(3, 3)
    canvas.line(0, paper.floor, WIDTH, paper.floor)
    canvas.setFont(BODY, 7)
    canvas.setFillColor(GREY)
    canvas.drawString(MARGIN, paper.floor - 9, _("Cut here"))
    canvas.restoreState()


def build(paper: Paper, story: Story) -> Built:
    """Lays the story out, frames each page, tags it. A story is used up by this.

    Raises:
        LayoutError: something is wider or higher than a whole page: a bug here.
    """
    register()
    framed = replace(paper, missing=len(story.missing))
    made: list[_FramedCanvas] = []

    def canvas(*arguments: Any, **named: Any) -> _FramedCanvas:
        fresh = _FramedCanvas(*arguments, **named)
        fresh.paper = framed
        made.append(fresh)
        return fresh

    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(WIDTH, HEIGHT),
        title=paper.title,
        author="SchoolSafe",
        subject="",
        creator="SchoolSafe",
        lang=LANGUAGE,
        invariant=1,
    )
    foot = framed.floor + FOOT + 12 * mm
    frame = Frame(
        MARGIN,
        foot,
        MEASURE,
        HEIGHT - HEAD - 6 * mm - foot,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(story.parts, canvasmaker=canvas)
    pages = int(document.page)
    tagged = structure(out.getvalue(), made[-1].marks, title=paper.title, language=LANGUAGE)
    return Built(tagged, pages)
