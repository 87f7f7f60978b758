"""The told slip: half a page for an adult without a login, about one child, with an end.

It says what to do and never what happened. Source: domain.md 2.7.
"""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from schoolsafe.reports.page import Built, Paper, Story, build
from schoolsafe.reports.paper import SMALL, STRONG, TEXT, TITLE
from schoolsafe.reports.when import local_day, long_day
from schoolsafe.services.pages import SlipLevel, ToldSlipPage
from schoolsafe.words import N_, _

LEVELS: Final = {SlipLevel.A: N_("Be aware"), SlipLevel.B: N_("What helps")}
SIZES: Final = (18.0, 15.0, 12.5, 10.5, 9.0)
"""Sizes of the words, in points: the largest that keeps the slip on half a page."""


def render(slip: ToldSlipPage) -> bytes:
    """The slip as a PDF: the upper half of an A4 sheet; whole sheets where the words are long."""
    for size in SIZES:
        built = _draw(slip, size=size, half=True)
        if built.pages == 1:
            return built.pdf
    return _draw(slip, size=TEXT.fontSize, half=False).pdf


def _draw(slip: ToldSlipPage, *, size: float, half: bool) -> Built:
    story = Story()
    large = TEXT.clone("large", fontSize=size, leading=size * 1.35)
    last = slip.until or local_day(slip.mark.printed_at)
    today = last == local_day(slip.mark.printed_at)
    gap = Spacer(1, (3.5 if size > TEXT.fontSize else 2) * mm)
    said = _("{level}. From {lead} to {reader}.")
    level = _(LEVELS[slip.level])
    story.say(said.format(level=level, lead=slip.ask, reader=slip.told_to), SMALL)
    story.say(slip.first_name, TITLE, tag="H1")
    story.say(slip.class_name)
    story.parts.append(gap)
    story.panel(slip.words, large)
    story.parts.append(gap)
    until = _("Today, {day}") if today else _("Until {day}")
    story.say(until.format(day=long_day(last)), STRONG)
    story.say(
        _(
            "Ask no questions about it and tell nobody else. "
            "If anything about {child} seems unusual, tell {lead} the same day."
        ).format(child=slip.first_name, lead=slip.ask)
    )
    paper = Paper(
        title=_("Told slip"),
        mark=slip.mark,
        confidential=_("Confidential. For {reader} only.").format(reader=slip.told_to),
        half=half,
    )
    return build(paper, story)
