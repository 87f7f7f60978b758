"""What stands on each printed page, as plain facts. Services fill these in; reports draws them.

Left to others: who may print and the audit row before it (the services), fonts and layout (reports). No fact here
may be the UPN, and nothing on a told slip or a gate list may say what happened.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What every page says about itself: whose it is, which copy, who printed it and when it must be gone."""

    school: str
    printed_by: str
    """Name and role: "Priya Nair, safeguarding lead"."""
    printed_at: datetime
    """Aware; shown as Europe/London wall clock."""
    copy: int = 1
    copies: int = 1
    destroy_after: date | None = None
    """The last day the paper is needed; None for a paper that is kept."""
    record_words: tuple[str, ...] = ()
    """Words of the journal's head, so that a page can be compared with the record later."""
    demo: bool = False
    """Draws DEMO across the page."""


class SlipLevel(StrEnum):
    """How much an adult without a login is told. Level C, the details, is the lead's own and never on paper."""

    A = "a"
    """Be aware."""
    B = "b"
    """What helps."""


@dataclass(frozen=True, slots=True)
class ToldSlipPage:
    """Half a page for one adult about one child. No incident facts, no surname, no UPN."""

    mark: PrintMark
    told_to: str
    first_name: str
    class_name: str
    """"Kingfisher, Year 4"."""
    level: SlipLevel
    words: str
    until: date | None
    """The last day the words hold; None is the day of printing."""
    ask: str
    """Whom to tell about anything unusual: the lead's name."""


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """One page with a person's paper key. Never the passphrase."""

    mark: PrintMark
    person: str
    role: str
    key: str
    """The whole key, with or without spaces and dashes; printed in groups of five."""


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """What the words were changed to, by whom, when and why. The old words stay, struck through."""

    text: str
    by: str
    at: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One entry of a chronology as it prints: both dates, the words and what was corrected."""

    happened: datetime
    precision: str
    """exact, approx, overnight, day or unknown, as the record has it."""
    kind: str
    """In words: "Police notification", "Contact with a parent"."""
    title: str
    text: str
    by: str
    """Author or sender, name and role."""
    written: datetime
    received: datetime | None = None
    """When a notice reached the school, where that differs from when it happened."""
    child_words: str | None = None
    action: str | None = None
    outcome: str | None = None
    corrections: tuple[PrintedCorrection, ...] = ()
    """Of ``text``, oldest first."""
    withdrawn: str | None = None
    """The reason it was struck out."""
    origin: str | None = None
    """The school it came from, if not this one."""
    significant: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """Further questions with their answers."""
    restricted: bool = False
    """A restricted paper that a person chose to print."""


@dataclass(frozen=True, slots=True)
class ChronologyPage:
    """A child's chronology, printed for the paper file."""

    mark: PrintMark
    child: str
    about: str
    """One line: birth date, class, admission number."""
    entries: tuple[PrintedEntry, ...]
    """In the order they print."""
    counts: str = ""
    """One sentence: notifications in 30, 90 and 365 days."""
    pattern: tuple[str, ...] = ()
    """What they come to, a line each: gaps, presence, grades as sent, what the police counted, rules not answered."""
    hidden: int = 0
    """Entries a filter left out; always said."""
    restricted: int = 0
    """Restricted papers that do not print; always said."""
    for_whom: str = ""
    """The reader, if not the child's own file."""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One child to meet: no cause."""

    name: str
    class_name: str
    door: str
    first_adult: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class GateListPage:
    """Who meets which child at which door this morning."""

    mark: PrintMark
    day: date
    rows: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table of a report: its title, its headings, and rows of words."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ForceLetterPage:
    """One month told to the force: counts, no child, no place of an incident."""

    mark: PrintMark
    urn: str
    to: str
    month: str
    """November 2026."""
    sentences: tuple[str, ...]
    tables: tuple[LetterTable, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """One person on the contact card: who, what about them, and their phone."""

    name: str
    about: str
    phone: str


@dataclass(frozen=True, slots=True)
class ContactCardPage:
    """How the police reach the school, for the force to keep. No child stands on it."""

    mark: PrintMark
    urn: str
    inbox: str
    phone: str
    hours: str
    key_adults: tuple[CardLine, ...]
    cover: tuple[CardLine, ...]
    """The dates of the rota that lie ahead."""
    confirmed: str


Page = (
    ToldSlipPage | RecoverySheet | ChronologyPage | GateListPage | ForceLetterPage | ContactCardPage
)
