"""A child's chronology on paper: both dates of every entry, corrections struck through.

Source: domain.md 4.3 and 4.4. Left to others: which entries and in what order (services).
"""

import re
from difflib import SequenceMatcher
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Spacer
from typing_extensions import override

from schoolsafe.reports.fonts import markup, unprintable
from schoolsafe.reports.page import Paper, Story, build
from schoolsafe.reports.paper import HEADING, RULE, SMALL, STRONG, TEXT, TITLE
from schoolsafe.reports.tagged import Words, ornament
from schoolsafe.reports.when import clock, local_day, month, short_day, short_moment
from schoolsafe.services.pages import ChronologyPage, PrintedCorrection, PrintedEntry
from schoolsafe.words import _, ngettext

ASIDE: Final = 38 * mm
"""The date column."""
ALIKE: Final = 0.5
"""Below this share of common words the whole old text is struck through, not single words."""

_INDENT: Final[dict[str, Any]] = {"leftIndent": ASIDE}
ENTRY_HEAD: Final = STRONG.clone("entry-head", keepWithNext=1, **_INDENT)
ENTRY_TEXT: Final = TEXT.clone("entry-text", spaceAfter=2, **_INDENT)
ENTRY_SMALL: Final = SMALL.clone("entry-small", spaceAfter=1, **_INDENT)


class _Rule(HRFlowable):
    """A hairline between entries: ornament."""

    @override
    def draw(self) -> None:
        with ornament(self.canv):
            super().draw()


class _Dated(Words):
    """The head of an entry, with its day and time in the left column on the same line."""

    def __init__(self, text: str, style: Any, *, day: str, hour: str) -> None:
        super().__init__(text, style, tag="H3")
        self.day, self.hour = day, hour

    @override
    def draw(self) -> None:
        top = float(self.height)
        for text, style in ((self.day, STRONG), (self.hour, SMALL)):
            aside = Words(markup(text), style, tag="P")
            _width, height = aside.wrap(ASIDE - 3 * mm, 40 * mm)
            top -= height
            aside.drawOn(self.canv, 0, top)
        super().draw()


def render(page: ChronologyPage) -> bytes:
    """The chronology as a PDF."""
    story = Story()
    story.say(_("Chronology"), SMALL)
    story.say(page.child, TITLE, tag="H1")
    story.say(page.about)
    if page.counts:
        story.say(page.counts)
    for line in page.pattern:
        story.say(line)
    said = ngettext("{n} entry, newest first.", "{n} entries, newest first.", len(page.entries))
    if _oldest_first(page.entries):
        said = ngettext("{n} entry, oldest first.", "{n} entries, oldest first.", len(page.entries))
    story.say(said.format(n=len(page.entries)), SMALL)
    if page.hidden:
        hidden = ngettext(
            "{n} more entry is not shown here: a filter left it out.",
            "{n} more entries are not shown here: a filter left them out.",
            page.hidden,
        )
        story.say(hidden.format(n=page.hidden), STRONG)
    if page.restricted:
        left = ngettext(
            "{n} restricted paper is not printed.",
            "{n} restricted papers are not printed.",
            page.restricted,
        )
        story.say(left.format(n=page.restricted), STRONG)
    if not page.entries:
        story.say(_("Nothing has been recorded yet."))
    heading = ""
    for entry in page.entries:
        this = month(local_day(entry.happened))
        if this != heading:
            story.say(this, HEADING, tag="H2")
        story.parts.append(
            _Rule(width="100%", thickness=0.5, color=RULE, spaceBefore=3, spaceAfter=5)
        )
        heading = this
        _entry(story, entry)
    reader = page.for_whom or _("the child's safeguarding file")
    paper = Paper(
        title=_("Chronology"),
        mark=page.mark,
        confidential=_("Confidential: child protection. For {reader} only.").format(reader=reader),
    )
    return build(paper, story).pdf


def _oldest_first(entries: tuple[PrintedEntry, ...]) -> bool:
    return len(entries) > 1 and entries[0].happened < entries[-1].happened


def _hour(entry: PrintedEntry) -> str:
    """The time as exactly as it is known, never more."""
    match entry.precision:
        case "exact":
            return clock(entry.happened)
        case "approx":
            return _("About {time}").format(time=clock(entry.happened))
        case "overnight":
            return _("Overnight")
        case _other:
            return _("No time given")


def _entry(story: Story, entry: PrintedEntry) -> None:
    head = (
        _("{kind}: {title}").format(kind=entry.kind, title=entry.title)
        if entry.title
        else entry.kind
    )
    day = short_day(local_day(entry.happened))
    shown = _struck(markup(head)) if entry.withdrawn else markup(head)
    story.missing |= unprintable(head + entry.text)
    story.parts.append(_Dated(shown, ENTRY_HEAD, day=day, hour=_hour(entry)))
    if entry.restricted:
        story.say(_("Restricted: not to be passed on."), ENTRY_SMALL)
    if entry.withdrawn:
        story.say(_("Struck out: {why}").format(why=entry.withdrawn), ENTRY_TEXT)
    if entry.text:
        words = corrected(entry.text, entry.corrections)
        story.parts.append(Words(_struck(words) if entry.withdrawn else words, ENTRY_TEXT))
    for label, text in (
        (_("In the child's words: {text}"), entry.child_words),
        (_("Done: {text}"), entry.action),
        (_("Outcome: {text}"), entry.outcome),
    ):
        if text:
            story.say(label.format(text=text), ENTRY_TEXT)
    for question, answer in entry.facts:
        fact = _("{question}: {answer}").format(question=question.rstrip("?"), answer=answer)
        story.say(fact, ENTRY_TEXT)
    for correction in entry.corrections:
        story.missing |= unprintable(correction.text)
        story.say(_corrected_by(correction), ENTRY_SMALL)
    story.say(_source(entry), ENTRY_SMALL)
    story.parts.append(Spacer(1, 1.5 * mm))


def _source(entry: PrintedEntry) -> str:
    """Who and the second date; late writing is seen at once."""
    parts = [entry.by]
    if entry.origin:
        parts.append(_("from {school}").format(school=entry.origin))
    if entry.received:
        parts.append(_("received {moment}").format(moment=short_moment(entry.received)))
    parts.append(_("written {moment}").format(moment=short_moment(entry.written)))
    if entry.significant:
        parts.append(_("significant"))
    return ", ".join(parts) + "."


def _corrected_by(correction: PrintedCorrection) -> str:
    said = (
        _("Corrected {moment} by {person}: {why}")
        if correction.why
        else _("Corrected {moment} by {person}")
    )
    return said.format(moment=short_moment(correction.at), person=correction.by, why=correction.why)


def _struck(inside: str) -> str:
    return f"<strike>{inside}</strike>" if inside.strip() else inside


def corrected(text: str, corrections: tuple[PrintedCorrection, ...]) -> str:
    """Markup with every earlier wording struck through before what replaced it.

    Where one correction changed a few words only those are struck: the old can still be read whole.
    """
    versions = [text, *(correction.text for correction in corrections)]
    before, after = _pieces(versions[0]), _pieces(versions[-1])
    match = SequenceMatcher(None, before, after, autojunk=False)
    if len(versions) == 1 + 1 and match.ratio() >= ALIKE:
        parts = []
        for kind, a, b, c, d in match.get_opcodes():
            new = markup("".join(after[c:d]))
            parts.append(
                new if kind == "equal" else f"{_struck(markup(''.join(before[a:b])))} {new}"
            )
        return "".join(parts)
    earlier = [_struck(markup(version)) for version in versions[:-1]]
    return "<br/>".join([*earlier, markup(versions[-1])])


def _pieces(text: str) -> list[str]:
    """Words with the space behind them."""
    return re.findall(r"\S+\s*|\s+", text)
