"""What the services need to look after the vault file: checks in slices, what they found, rebuild, export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the vault found."""

    ok: bool
    rows: int
    feeds: int
    first_bad: str | None
    """The first wrong row, by its id in hex and place; None where all hold."""
    anchor: str
    """ok, behind, ahead, missing or changed."""
    projections_match: bool


@dataclass(frozen=True, slots=True)
class WrongPlace:
    """Where a check found the record wrong first."""

    reason: str
    """In a few words without content, for a sentence."""
    number: int | None = None
    """Of the row, counted from 1; None where it is no row's."""
    wall_ms: int | None = None
    """When that row was written, or the nearest before it that can be read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last check of the whole record found."""

    at: datetime
    rows: int
    ok: bool
    anchor: str
    first_bad: str | None = None
    wrong: WrongPlace | None = None


class Checking(Protocol):
    """A check of the whole record in slices: saving goes on between them."""

    @property
    def progress(self) -> tuple[int, int]:
        """Rows proved, and rows there are."""
        ...

    @property
    def wrong(self) -> WrongPlace | None:
        """What is wrong first, as far as it has come; nothing can be saved from then on."""
        ...

    def step(self, wanted: Callable[[], bool] | None = None) -> Verified | None:
        """One slice of a few hundredths of a second; the verdict once the last is done.

        ``wanted`` is asked while a slice cannot end: where somebody waits, it gives way at once.
        """
        ...

    def close(self) -> None:
        """Gives up."""
        ...


class Upkeep(Protocol):
    """Looking after the vault file."""

    @property
    def problem(self) -> str | None:
        """Why the vault is open read-only, in a sentence; None where all is well."""
        ...

    @property
    def warning(self) -> str | None:
        """Why the anchor outside could not follow the last save, which is safe; None where it did."""
        ...

    def verify(self, *, deep: bool = False) -> Verified:
        """Checks chain, signatures and anchors; ``deep`` every row, chunk and page."""
        ...

    def checking(self) -> Checking:
        """The same as ``verify(deep=True)``, in slices, the newest rows first."""
        ...

    def last_check(self) -> Checked | None:
        """What the last whole check found, as it was kept; None before the first."""
        ...

    def keep_check(self, checked: Checked) -> None:
        """Keeps what a whole check found: on this computer only, no part of the record."""
        ...

    def rebuild(self) -> tuple[int, bytes]:
        """Replays the journal into fresh read tables: rows and state hash."""
        ...

    def export(self) -> bytes:
        """Sealed rows with row keys and roster excerpt, for the stand-alone verifier."""
        ...
