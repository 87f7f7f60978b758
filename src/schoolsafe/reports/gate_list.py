"""The gate list: who meets which child at which door this morning. It gives no reason."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer
from typing_extensions import override

from schoolsafe.reports.page import Paper, Story, build
from schoolsafe.reports.paper import GREY, MEASURE, RULE, SMALL, STRONG, TEXT, TITLE
from schoolsafe.reports.tagged import Cell, RuledTable, Words, ornament
from schoolsafe.reports.when import long_day
from schoolsafe.services.pages import GateListPage, GateRow
from schoolsafe.words import _

SHARES: Final = (0.25, 0.22, 0.23, 0.19, 0.11)


def render(page: GateListPage) -> bytes:
    """The list as a PDF, its head repeated on every page."""
    story = Story()
    story.say(_("Gate list"), SMALL)
    story.say(long_day(page.day), TITLE, tag="H1")
    story.say(
        _("Greet each child as on any other day, and note the time. Ask no questions.")
        if page.rows
        else _("Nobody to meet this morning.")
    )
    story.parts.append(Spacer(1, 4 * mm))
    if page.rows:
        story.parts.append(_table(story, page.rows))
    paper = Paper(
        title=_("Gate list"),
        mark=page.mark,
        confidential=_("Confidential. For the adults named here only."),
    )
    return build(paper, story).pdf


class _Head(Words):
    """A column heading: tagged where it stands first, ornament where a later page repeats it."""

    @override
    def draw(self) -> None:
        if getattr(self, "drawn", False):
            with ornament(self.canv):
                Paragraph.draw(self)
            return
        self.drawn = True
        super().draw()


def _table(story: Story, rows: tuple[GateRow, ...]) -> RuledTable:
    heads = (_("Child"), _("Class"), _("Door"), _("First adult"), _("Seen at"))
    first = Cell("gate", 0)
    lines: list[list[Words]] = [[_Head(head, SMALL, tag="TH", cell=first) for head in heads]]
    for number, row in enumerate(rows, start=1):
        cell = Cell("gate", number)
        door = _("{door}, {when}").format(door=row.door, when=row.when) if row.when else row.door
        texts = (row.name, row.class_name, door, row.first_adult, "\u00a0")
        styles = (STRONG, TEXT, TEXT, TEXT, TEXT)
        lines.append(
            [
                story.words(text, style, tag="TD", cell=cell)
                for text, style in zip(texts, styles, strict=True)
            ]
        )
    return RuledTable(
        lines,
        colWidths=[MEASURE * share for share in SHARES],
        repeatRows=1,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 1), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 8),
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, GREY),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
        ],
    )
