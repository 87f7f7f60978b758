"""What the services need of foreign files, paper and files a person names.

The same contract tests run against the fake and the real one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from schoolsafe.domain.ctf import CtfFile
from schoolsafe.domain.establishment import RegisterRows, SchoolLinks
from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.domain.term_dates import CalendarFile
from schoolsafe.errors import Refused
from schoolsafe.services.pages import (
    ChronologyPage,
    ContactCardPage,
    ForceLetterPage,
    GateListPage,
    RecoverySheet,
    ToldSlipPage,
)


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil as a list gives it; ``row`` counts records of the file from 1. Blank is None."""

    row: int
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ListProblem:
    """Something a person should look at in one row."""

    row: int
    kind: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class PupilList:
    """A pupil list as read, before anything is compared or written."""

    rows: tuple[PupilRow, ...]
    problems: tuple[ListProblem, ...]
    columns: Mapping[str, str]
    """Field to the heading it was taken from."""
    ignored: tuple[str, ...]
    """Headings nobody asked for."""
    encoding: str
    delimiter: str
    heading_row: int
    not_used: Mapping[str, str] = field(default_factory=dict)
    """Fields a person left out although a heading was found for them, with that heading."""
    ctf: CtfFile | None = None
    """The transfer file the rows came from; None for a list."""


class Intake(Protocol):
    """Readers of hostile files. Each runs in a child process with limits."""

    def read_mail(self, data: bytes, *, templates: Sequence[Template] = ()) -> MailDraft:
        """A message into a draft.

        Raises:
            UnreadableFile: with the reason; the caller keeps the original bytes all the same.
        """
        ...

    def read_mails(
        self, files: Sequence[bytes], *, templates: Sequence[Template] = ()
    ) -> tuple[MailDraft | Refused, ...]:
        """Several messages, as few child processes as it takes: each a draft or the reason why not."""
        ...

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        """A list (CSV, .xlsx) or a Common Transfer File into rows.

        ``columns`` overrides the guess, field to heading.

        Raises:
            UnreadableFile: with the reason.
        """
        ...


class Readers(Intake, Protocol):
    """Every reader: of messages and lists, and of registers and calendars besides."""

    def read_schools(self, data: bytes) -> RegisterRows:
        """The public register of schools.

        Raises:
            UnreadableFile: with the reason.
        """
        ...

    def read_school_links(self, data: bytes) -> SchoolLinks:
        """Which school took whose place.

        Raises:
            UnreadableFile: with the reason.
        """
        ...

    def read_calendar(self, data: bytes) -> CalendarFile:
        """A calendar file (.ics): its events by date.

        Raises:
            UnreadableFile: with the reason.
        """
        ...


class Printer(Protocol):
    """Frozen facts into a PDF, and a PDF into pictures of its pages."""

    def told_slip(self, slip: ToldSlipPage) -> bytes:
        """A half page."""
        ...

    def recovery_sheet(self, sheet: RecoverySheet) -> bytes:
        """One page with the key as text and QR."""
        ...

    def chronology(self, page: ChronologyPage) -> bytes:
        """A child's chronology for the paper file."""
        ...

    def gate_list(self, page: GateListPage) -> bytes:
        """Who meets whom at which door; no cause."""
        ...

    def force_letter(self, page: ForceLetterPage) -> bytes:
        """One month of notices told to the force, in counts."""
        ...

    def contact_card(self, page: ContactCardPage) -> bytes:
        """How the police reach the school."""
        ...

    def pictures(self, pdf: bytes, *, dpi: int) -> tuple[bytes, ...]:
        """Each page as a PNG, for preview and print. Pages made here only, never a received file."""
        ...


class Files(Protocol):
    """The few files a person asks for: read in, printed out."""

    def read(self, path: Path, *, limit_bytes: int) -> bytes:
        """The bytes.

        Raises:
            Unavailable: it is not there, too large, or may not be read.
        """
        ...

    def inside(self, path: Path) -> tuple[Path, ...]:
        """The files of a folder and of the folders in it, hidden ones left out; a file is itself.

        Raises:
            Unavailable: it holds none, or more than anybody means to take in.
        """
        ...

    def write_new(self, path: Path, data: bytes) -> None:
        """Written beside and renamed, never half a file."""
        ...
