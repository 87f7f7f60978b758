"""What a workbook, a transfer file, a register of schools or a calendar may cost before it is refused."""

from dataclasses import dataclass
from typing import Final

from schoolsafe.intake.limits import KB, MB


@dataclass(frozen=True, slots=True)
class BookLimits:
    """Limits of one Excel workbook, counted before its reader sees it."""

    members: int = 2000
    """Parts of the archive; an export of a school's system has about 12."""
    unpacked_bytes: int = 200 * MB
    """All parts together, unpacked."""
    ratio: int = 100
    """Unpacked bytes for each packed one."""
    columns: int = 1000
    """The furthest column a cell may stand in."""


@dataclass(frozen=True, slots=True)
class CtfLimits:
    """Limits of one Common Transfer File."""

    size_bytes: int = 50 * MB
    """The school's limit on the DfE's own site is 4 MB; a whole year group with marks is below 20."""
    pupils: int = 5000
    """Pupils that are read."""
    depth: int = 40
    """Elements inside elements; a real file has 9."""
    elements: int = 400_000
    """Elements of the whole file besides results and attendance; 5,000 pupils have 300,000."""
    text_chars: int = 200
    """Characters kept of one value."""
    contacts: int = 20
    """Contacts kept of one pupil."""
    schools: int = 40
    """Earlier schools kept of one pupil."""
    unknown: int = 40
    """Names of unknown elements that are kept."""


@dataclass(frozen=True, slots=True)
class RegisterLimits:
    """Limits of the register of schools."""

    size_bytes: int = 120 * MB
    """The whole register of England has about 60 MB."""
    rows: int = 200_000
    """There are about 52,000 schools in it, open and closed."""
    cell_chars: int = 120
    """Characters kept of one cell."""


@dataclass(frozen=True, slots=True)
class CalendarLimits:
    """Limits of one calendar file."""

    size_bytes: int = 2 * MB
    """Five years of a council's term dates are below 100 KB."""
    line_chars: int = 64 * KB
    """Characters of one unfolded line."""
    events: int = 3000
    """Events that are read."""
    repeats: int = 60
    """Days a repeating event may stand for."""
    title_chars: int = 200
    """Characters kept of a title."""
    span_days: int = 400
    """Days one event may last."""


BOOK: Final = BookLimits()
CTF: Final = CtfLimits()
REGISTER: Final = RegisterLimits()
ICS: Final = CalendarLimits()
