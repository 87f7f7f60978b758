"""The recovery sheet: a person's paper key on one page, to type and to scan.

It never holds the passphrase. Source: security.md, recovery.
"""

from typing import Final

import segno
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer
from typing_extensions import override

from schoolsafe.reports.page import Paper, Story, build
from schoolsafe.reports.paper import (
    GREY,
    HEADING,
    INK,
    MEASURE,
    PALE,
    RULE,
    SMALL,
    STEP,
    TEXT,
    TITLE,
)
from schoolsafe.reports.tagged import Cell, RuledTable, tagged
from schoolsafe.reports.when import long_moment
from schoolsafe.services.pages import RecoverySheet
from schoolsafe.words import _

GROUP: Final = 5
"""Characters in a group: what a person can hold between two glances."""
CODE: Final = 34 * mm
ACROSS: Final = 3
"""Groups in a line."""
TRIES: Final = 3
"""Lines to note a trial of this sheet on."""


def groups(key: str) -> tuple[str, ...]:
    """The key in groups of five, without the spaces and dashes it may have come with."""
    bare = "".join(char for char in key.upper() if char.isalnum())
    return tuple(bare[start : start + GROUP] for start in range(0, len(bare), GROUP))


class _Code(Flowable):
    """A QR code drawn as squares, with words for those who cannot see it."""

    def __init__(self, text: str, *, size: float, alt: str) -> None:
        super().__init__()
        self.width = self.height = size
        self.modules = tuple(tuple(row) for row in segno.make(text, error="m", micro=False).matrix)
        self.alt = alt

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        side = self.width / len(self.modules)
        with tagged(self.canv, "Figure", alt=self.alt):
            self.canv.setFillColor(INK)
            for down, row in enumerate(self.modules):
                for across, dark in enumerate(row):
                    if dark:
                        top = self.height - (down + 1) * side
                        self.canv.rect(across * side, top, side, side, stroke=0, fill=1)


def render(sheet: RecoverySheet) -> bytes:
    """The sheet as a one-page PDF."""
    story = Story()
    story.say(_("Recovery sheet"), TITLE, tag="H1")
    story.say(
        _("{person}, {role}. Made {moment}.").format(
            person=sheet.person, role=sheet.role, moment=long_moment(sheet.mark.printed_at)
        )
    )
    story.parts.append(Spacer(1, 4 * mm))
    story.parts.append(_key_panel(story, sheet))
    story.parts.append(Spacer(1, 2 * mm))
    story.say(_("What it is for"), HEADING, tag="H2")
    story.say(
        _(
            "This key opens your records when you have forgotten your passphrase, or when this "
            "computer has been replaced or reset. It is the only copy: neither the school nor the "
            "makers of SchoolSafe can make another. If passphrase and sheet are both lost, "
            "what only you can read stays closed."
        )
    )
    story.say(_("Where to keep it"), HEADING, tag="H2")
    for line in (
        _("In the school safe, in a sealed envelope with your name and the date across the seal."),
        _("Never with the computer, and never in the same place as the passphrase."),
        _(
            "Not photographed, not scanned, not copied. Whoever holds this sheet and your computer "
            "can read your records."
        ),
    ):
        story.say(line, STEP, bullet="•")
    story.say(_("How to use it"), HEADING, tag="H2")
    for number, line in enumerate(_steps(), start=1):
        story.say(line, STEP, bullet=f"{number}.")
    story.say(_("Tried"), HEADING, tag="H2")
    story.say(
        _(
            "Try this sheet once a term with the recovery drill in SchoolSafe. It changes nothing. "
            "Note it here."
        ),
        TEXT,
    )
    story.parts.append(Spacer(1, 2 * mm))
    story.parts.append(_tries(story))
    paper = Paper(
        title=_("Recovery sheet"),
        mark=sheet.mark,
        confidential=_("Confidential. For {person} only. Keep in the school safe.").format(
            person=sheet.person
        ),
    )
    return build(paper, story).pdf


def _steps() -> tuple[str, ...]:
    return (
        _("Open SchoolSafe and choose your name, then Forgotten it?"),
        _(
            "Type the key, or read the square code with a hand scanner, never with a phone. Capitals, "
            "spaces and dashes make no difference. No letter I, L, O or U is in it: what looks like "
            "one is a one or a nought."
        ),
        _("Choose a new passphrase. SchoolSafe prints a new sheet with a new key."),
        _("Shred this sheet: its key no longer opens anything new."),
    )


def _key_panel(story: Story, sheet: RecoverySheet) -> Flowable:
    key = "".join(groups(sheet.key))
    code = _Code(key, size=CODE, alt=_("The same key as a square code to scan."))
    return RuledTable(
        [[_numbered(story, groups(sheet.key)), code]],
        colWidths=[MEASURE - CODE - 9 * mm, CODE + 9 * mm],
        style=[
            ("BACKGROUND", (0, 0), (-1, -1), PALE),
            ("LINEBEFORE", (0, 0), (0, -1), 3, INK),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 4.5 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5 * mm),
        ],
    )


def _numbered(story: Story, parts: tuple[str, ...]) -> Flowable:
    """The groups, three a line, each under its number: the drill asks for them by number."""
    big = TEXT.clone("key", fontName=TITLE.fontName, fontSize=21, leading=28)
    cells = [
        [story.words(_("Group {n}").format(n=n), SMALL), story.words(part, big)]
        for n, part in enumerate(parts, start=1)
    ]
    lines = [cells[start : start + ACROSS] for start in range(0, len(cells), ACROSS)]
    return RuledTable(
        lines,
        colWidths=[(MEASURE - CODE - 9 * mm - 24) / ACROSS] * ACROSS,
        style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)],
    )


def _tries(story: Story) -> Flowable:
    heads = (_("Date"), _("Tried by"), _("It opened: yes or no"))
    head = [story.words(text, SMALL, tag="TH", cell=Cell("tries", 0)) for text in heads]
    blank = [
        [story.words("\u00a0", TEXT, tag="TD", cell=Cell("tries", row)) for _head in heads]
        for row in range(1, TRIES + 1)
    ]
    return RuledTable(
        [head, *blank],
        colWidths=[MEASURE * share for share in (0.26, 0.42, 0.32)],
        rowHeights=[16] + [26] * TRIES,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, GREY),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
        ],
    )
