"""The contact card for the force: where notices go, whom to ask for, who covers the holidays."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from schoolsafe.reports.page import Paper, Story, build
from schoolsafe.reports.paper import GREY, HEADING, MEASURE, NOTE, RULE, SMALL, STRONG, TEXT, TITLE
from schoolsafe.reports.tagged import Cell, RuledTable, Words
from schoolsafe.services.pages import CardLine, ContactCardPage
from schoolsafe.words import _

SHARES = (0.3, 0.44, 0.26)


def render(page: ContactCardPage) -> bytes:
    """The card as a PDF."""
    story = Story()
    story.say(_("Operation Encompass: how to reach us"), SMALL)
    story.say(page.mark.school, TITLE, tag="H1")
    if page.urn:
        story.say(_("URN {urn}").format(urn=page.urn))
    story.parts.append(Spacer(1, 3 * mm))
    for label, words in (
        (_("Send notifications to"), page.inbox),
        (_("Phone"), page.phone),
    ):
        if words:
            story.say(label, SMALL)
            story.say(words, STRONG)
    story.say(page.hours)
    _part(story, _("Whom to ask for"), (_("Name"), _("About"), _("Phone")), page.key_adults)
    _part(story, _("Who covers which dates"), (_("Name"), _("Dates"), _("Phone")), page.cover)
    story.parts.append(Spacer(1, 3 * mm))
    story.say(
        _("A notice is wanted before the next school day begins, at weekends and in the holidays "
          "too."),
    )  # fmt: skip
    story.say(page.confirmed, NOTE)
    paper = Paper(
        title=_("Contact card for the force"),
        mark=page.mark,
        confidential=_("For the police force only. Not for display."),
    )
    return build(paper, story).pdf


def _part(story: Story, title: str, heads: Sequence[str], lines: Sequence[CardLine]) -> None:
    if not lines:
        return
    story.say(title, HEADING, tag="H2")
    top = Cell(title, 0)
    rows: list[list[Words]] = [[story.words(head, SMALL, tag="TH", cell=top) for head in heads]]
    for number, line in enumerate(lines, start=1):
        cell = Cell(title, number)
        said = ((line.name, STRONG), (line.about or "\u00a0", TEXT), (line.phone or "\u00a0", TEXT))
        rows.append([story.words(words, style, tag="TD", cell=cell) for words, style in said])
    story.parts.append(
        RuledTable(
            rows,
            colWidths=[MEASURE * share for share in SHARES],
            style=[
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.7, GREY),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
            ],
        )
    )
