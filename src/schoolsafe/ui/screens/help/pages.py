"""The bundled Markdown as blocks of plain words, and where each screen is explained. Qt-free.

A small part of Markdown: headings, paragraphs, lists, tables and code. Emphasis and links become
their words. The pages are ours and ship with the program; nothing else is ever read this way.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from schoolsafe import resources
from schoolsafe.ui.commands import COMMANDS, key_words
from schoolsafe.words import N_, _

NAMES: Final = ("start-in-10-minutes", "for-leads", "for-it", "for-developers")
KEYS: Final = "keys"

FOR_SCREEN: Final[Mapping[str, tuple[str, str]]] = {
    "today": ("for-leads", "today"),
    "notification": ("for-leads", "a-notification"),
    "batch": ("for-leads", "many-at-once"),
    "template": ("for-leads", "how-areas-write"),
    "templates": ("for-leads", "how-areas-write"),
    "call": ("for-leads", "log-a-phone-call"),
    "told_slip": ("for-leads", "told-slip"),
    "entry": ("for-leads", "add-an-entry"),
    "pupils": ("for-leads", "pupils"),
    "pupil_import": ("for-leads", "bring-in-a-pupil-list"),
    "pupil_file": ("for-leads", "the-pupil-file"),
    "settings": ("for-leads", "settings"),
    "unlock": ("start-in-10-minutes", "if-you-forget-your-passphrase"),
    "first_run": ("start-in-10-minutes", "set-up-your-school"),
}
"""Screen id to page and section."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its place, as a site builder would name it."""

    level: int
    words: str
    slug: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; ``mark`` is "•" or a number."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to type or to put in a file, as they are."""

    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Item | Code | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the manual."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A place where the words stand."""

    page: str
    slug: str
    title: str
    words: str


_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS: Final = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)|`")
_NUMBERED: Final = re.compile(r"(\d+)\.\s+(.*)")
_NOT_IN_SLUG: Final = re.compile(r"[^\w\- ]")
_SNIPPET: Final = 110


def plain(text: str) -> str:
    """A line without its marks: emphasis, code and links are their words."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


def slug(words: str) -> str:
    """The place of a heading: small letters, hyphens for spaces."""
    return _NOT_IN_SLUG.sub("", words.casefold()).strip().replace(" ", "-")


@dataclass
class _Reading:
    """What was read so far of one page."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=list)
    code: list[str] | None = None

    def close(self) -> None:
        """What was under way is a block."""
        if self.words:
            self.blocks.append(Words(plain(" ".join(self.words))))
            self.words = []
        if self.table:
            head, *rows = self.table
            self.blocks.append(Grid(head, tuple(rows)))
            self.table = []

    def take(self, line: str) -> None:
        """One more line."""
        bare = line.strip()
        if bare.startswith("```"):
            self.close()
            if self.code is None:
                self.code = []
            else:
                self.blocks.append(Code("\n".join(self.code)))
                self.code = None
        elif self.code is not None:
            self.code.append(line)
        elif not bare:
            self.close()
        elif bare.startswith("|"):
            self._row(bare)
        else:
            self._text(bare)

    def _row(self, bare: str) -> None:
        cells = tuple(plain(cell) for cell in bare.strip("|").split("|"))
        if not all(set(cell) <= {"-", ":", " "} for cell in cells):
            self.table.append(cells)

    def _text(self, bare: str) -> None:
        numbered = _NUMBERED.fullmatch(bare)
        if bare.startswith("#"):
            self.close()
            words = plain(bare.lstrip("#"))
            self.blocks.append(Heading(len(bare) - len(bare.lstrip("#")), words, slug(words)))
        elif bare.startswith("- "):
            self.close()
            self.blocks.append(Item("•", plain(bare[2:])))
        elif numbered is not None:
            self.close()
            self.blocks.append(Item(f"{numbered[1]}.", plain(numbered[2])))
        else:
            self.words.append(bare)


def parse(name: str, text: str) -> Page:
    """One page."""
    reading = _Reading()
    for line in text.splitlines():
        reading.take(line)
    reading.close()
    title = next((b.words for b in reading.blocks if isinstance(b, Heading)), name)
    return Page(name, title, tuple(reading.blocks))


@cache
def manual() -> tuple[Page, ...]:
    """Every page that ships, in reading order."""
    return tuple(
        parse(name, resources.path("manual", f"{name}.md").read_text("utf-8")) for name in NAMES
    )


def keys_page() -> Page:
    """Every key of the program, from the command table."""
    title = _("Keys")
    rows = tuple((key_words(c.id), c.title) for c in COMMANDS if c.keys)
    intro = _("No letter alone does anything, so that typing a name in a list finds it.")
    return Page(
        KEYS,
        title,
        (
            Heading(1, title, slug(title)),
            Words(intro),
            Grid((_("Key"), _("Does")), rows),
        ),
    )


def pages() -> tuple[Page, ...]:
    """The manual and the page of keys."""
    return (*manual(), keys_page())


def find(words: str, among: Sequence[Page]) -> tuple[Found, ...]:
    """Where these words stand: a section once, headings before what they hold."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    named, held = [], []
    for page in among:
        for heading, text in _sections(page):
            if all(word in heading.words.casefold() for word in wanted):
                named.append(_found(page, heading, text, wanted))
            elif all(word in f"{heading.words} {text}".casefold() for word in wanted):
                held.append(_found(page, heading, text, wanted))
    return (*named, *held)


def _found(page: Page, heading: Heading, text: str, wanted: Sequence[str]) -> Found:
    at = min((place for w in wanted if (place := text.casefold().find(w)) >= 0), default=0)
    stop = text.rfind(". ", 0, at)
    start = stop + 2 if stop >= 0 else 0
    cut = text[start : start + _SNIPPET].strip()
    words = f"{cut}…" if len(text) - start > _SNIPPET else cut
    return Found(page.name, heading.slug, heading.words, words or page.title)


def _sections(page: Page) -> Iterator[tuple[Heading, str]]:
    heading: Heading | None = None
    held: list[str] = []
    for block in page.blocks:
        if isinstance(block, Heading):
            if heading is not None:
                yield heading, " ".join(held)
            heading, held = block, []
        else:
            held.append(block_words(block))
    if heading is not None:
        yield heading, " ".join(held)


def block_words(block: Block) -> str:
    """What a block says, on one line."""
    if isinstance(block, Grid):
        return ". ".join(", ".join(row) for row in (block.headings, *block.rows))
    return " ".join(block.words.split())


def place_of(screen: str) -> tuple[str, str]:
    """The page and section that explain a screen; the start where there is none."""
    return FOR_SCREEN.get(screen, (NAMES[0], ""))


NOTHING: Final = N_("Nothing about that in the manual. Try another word.")
