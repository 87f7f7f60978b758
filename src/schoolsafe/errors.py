"""The three families of expected failure. Anything else is a bug and goes to the crash page.

An error class's docstring is the sentence the person reads; ``{name}`` places are filled from keyword facts.
Left to others: exit codes (cli), banners (ui). No fact given to an error may be narrative or a child's name.
"""

import re
from inspect import cleandoc
from typing import ClassVar

from typing_extensions import override

from schoolsafe.words import _


class SchoolSafeError(Exception):
    """Something went wrong."""

    exit_code: ClassVar[int] = 4

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    @property
    def code(self) -> str:
        """A stable name for scripts: ``NotARawKey`` gives ``not_a_raw_key``."""
        return re.sub(
            r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type(self).__name__
        ).lower()

    @override
    def __str__(self) -> str:
        sentence = " ".join(cleandoc(type(self).__doc__ or "").split())
        return _(sentence).format(**self.facts)


class Refused(SchoolSafeError):
    """A rule said no."""

    exit_code = 1


class Locked(Refused):
    """This is locked. Enter your passphrase."""

    exit_code = 3


class Unavailable(SchoolSafeError):
    """This cannot be reached now. Try again."""

    exit_code = 4


class Tampered(SchoolSafeError):
    """This was changed outside SchoolSafe."""

    exit_code = 5
