"""What a person types at a terminal: passphrases from a prompt or descriptor, dates, and lines from standard input."""

import getpass
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, time

from schoolsafe.errors import Locked, Refused
from schoolsafe.services.desk import LONDON
from schoolsafe.words import _


class DateUnreadable(Refused):
    """This is not a date or time: {text}. Write 2026-11-09 or 2026-11-09T08:18."""


class TimeUnreadable(Refused):
    """This is not a time of day: {text}. Write 08:45."""


class NothingTyped(Locked):
    """This is locked, and nothing was typed. Type at the prompt, or give --passphrase-fd."""


class DescriptorUnreadable(Refused):
    """Nothing can be read from descriptor {number}. Give one that is open for reading, in UTF-8."""


class Secrets:
    """Passphrases, a line each, from a descriptor or a prompt; never from an argument or the environment."""

    def __init__(self, descriptor: int | None) -> None:
        self._lines: Iterator[str] | None = None
        if descriptor is not None:
            self._lines = _lines(descriptor)

    def available(self) -> bool:
        """Whether there is anybody to ask."""
        return self._lines is not None or _somebody_types()

    def next(self, prompt: str) -> str:
        """The next secret.

        Raises:
            NothingTyped: there is none.
        """
        if self._lines is not None:
            line = next(self._lines, None)
            if line is None:
                raise NothingTyped
            return line
        if not _somebody_types():
            raise NothingTyped
        return _asked(prompt)

    def new(self, prompt: str) -> str:
        """A new secret; typed twice where a person types."""
        first = self.next(prompt)
        if self._lines is None and _asked(_("The same again: ")) != first:
            raise NotTheSame
        return first


class NotTheSame(Refused):
    """The two passphrases are not the same."""


def _somebody_types() -> bool:
    """Whether a person sits at a terminal; a service or a script may have no input at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def _asked(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise NothingTyped from None


def _lines(descriptor: int) -> Iterator[str]:
    try:
        with os.fdopen(os.dup(descriptor), encoding="utf-8", newline="\n") as stream:
            for line in stream:
                yield line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise DescriptorUnreadable(number=descriptor) from None


def said(value: str) -> str:
    """The value itself, or a line of standard input where it is ``-``: the way for real data."""
    if value != "-":
        return value
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""


def day(value: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise DateUnreadable(text=value) from error


def moment(value: str) -> datetime:
    """An instant; without an offset it is Europe/London wall clock."""
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError as error:
        raise DateUnreadable(text=value) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=LONDON)


def clock_time(value: str) -> time:
    """A time of day."""
    try:
        return time.fromisoformat(value)
    except ValueError as error:
        raise TimeUnreadable(text=value) from error
