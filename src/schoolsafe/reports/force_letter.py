"""The monthly letter to the force: how in time its notices came. Counts only; no child, no place."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from schoolsafe.reports.page import Paper, Story, build
from schoolsafe.reports.paper import GREY, HEADING, MEASURE, NOTE, RULE, SMALL, STRONG, TEXT, TITLE
from schoolsafe.reports.tagged import Cell, RuledTable, Words
from schoolsafe.reports.when import long_day
from schoolsafe.services.pages import ForceLetterPage, LetterTable
from schoolsafe.words import _

FIRST: Final = 0.44
"""The share of the first column, which names the row."""
_TWO: Final = 2
_WIDE: Final = 0.7
"""The first column of a table of two."""


def render(page: ForceLetterPage) -> bytes:
    """The letter as a PDF."""
    story = Story()
    story.say(long_day(page.mark.printed_at.date()), SMALL)
    to = page.to or _("The police force")
    story.say(_("To {force}, single point of contact for Operation Encompass").format(force=to))
    story.say(_("Notifications in {month}").format(month=page.month), TITLE, tag="H1")
    school = _("{school}, URN {urn}") if page.urn else _("{school}")
    story.say(school.format(school=page.mark.school, urn=page.urn), STRONG)
    story.parts.append(Spacer(1, 3 * mm))
    for sentence in page.sentences:
        story.say(sentence)
    for number, table in enumerate(page.tables):
        story.say(table.title, HEADING, tag="H2")
        story.parts.append(_table(story, table, f"letter-{number}"))
    story.parts.append(Spacer(1, 3 * mm))
    story.say(page.closing, NOTE)
    paper = Paper(
        title=_("Letter to the force"),
        mark=page.mark,
        confidential=_("Confidential. Between the school and the force named here."),
    )
    return build(paper, story).pdf


def _table(story: Story, table: LetterTable, name: str) -> RuledTable:
    first = Cell(name, 0)
    lines: list[list[Words]] = [
        [story.words(head, SMALL, tag="TH", cell=first) for head in table.heads]
    ]
    last = len(table.rows)
    for number, row in enumerate(table.rows, start=1):
        cell = Cell(name, number)
        whole = number == last and len(table.heads) > _TWO
        lines.append(
            [story.words(words, STRONG if whole else TEXT, tag="TD", cell=cell) for words in row]
        )
    columns = len(table.heads)
    share = _WIDE if columns == _TWO else FIRST
    widths = [MEASURE * share] + [MEASURE * (1 - share) / (columns - 1)] * (columns - 1)
    return RuledTable(
        lines,
        colWidths=widths,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, GREY),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
        ],
    )
