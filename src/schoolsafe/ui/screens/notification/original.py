"""The message itself: readable text, header lines, size and seal, and where each answer stands.

Qt-free. Nothing in a message is interpreted here: its header lines are shown as they are.
"""

from dataclasses import dataclass

from schoolsafe.domain import say
from schoolsafe.domain.notification import Span
from schoolsafe.services.original import Originals
from schoolsafe.services.police_entry import SEALED, seal_facts
from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.screens.notification.told_facts import Fact
from schoolsafe.words import _

ORIGINAL = "original.eml"
PART_GAP = "\n\n"
_HEADER_LINES = 60
_HEADER_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class OriginalShown:
    """The message as it came."""

    texts: tuple[str, ...]
    headers: str
    size: str
    sha256: str
    found: tuple[Fact, ...]
    """The answers that were read out of it, each with its place."""
    pages: tuple[bytes, ...] = ()
    """Pictures (PNG) of pages that hold no text, drawn by our own reader."""


def fetch(originals: Originals, card: Card) -> OriginalShown:
    """The message of a notice.

    Raises:
        AttachmentElsewhere: a part is on another computer. Tampered: a part was changed.
    """
    names = (ORIGINAL, SEALED)
    sealed = next((a for a in originals.list(card.notification) if a.name in names), None)
    raw = originals.read(card.notification, sealed.name if sealed else ORIGINAL)
    return OriginalShown(
        texts=originals.readable(card.notification),
        headers=_headers(raw, sealed.name if sealed else ORIGINAL),
        size=_("{n} bytes").format(n=f"{len(raw):,}"),
        sha256=sealed.sha256 if sealed else "",
        found=tuple(fact for fact in (*card.who, *card.facts) if fact.span is not None),
        pages=originals.pages(card.notification),
    )


def _headers(raw: bytes, name: str) -> str:
    """What stands in front of the words: header lines of a mail, the keys of a sealed notice."""
    if name == SEALED:
        return seal_facts(raw)
    return header_lines(raw) if _is_text(raw) else ""


def _is_text(raw: bytes) -> bool:
    """Whether a file begins with lines that a person can read: a mail does, a PDF or a scan does not."""
    head = raw[:_HEADER_BYTES]
    return b"\0" not in head and not head.lstrip().startswith((b"%PDF", b"{\\rtf", b"\xff\xd8"))


def header_lines(raw: bytes) -> str:
    """The header block of a message as text: shown, never interpreted."""
    head = raw[:_HEADER_BYTES].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    lines = head.decode("utf-8", "replace").split("\n")[:_HEADER_LINES]
    return say.plain_text("\n".join(lines))


def highlight(texts: tuple[str, ...], span: Span) -> tuple[int, int]:
    """Where a span stands in the texts shown one under the other: start and end, in characters."""
    before = sum(len(text) + len(PART_GAP) for text in texts[: span.part])
    return before + span.start, before + span.end
