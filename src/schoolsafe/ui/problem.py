"""What is wrong with a form: what to do, and the field to do it in. Qt-free."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary."""

    words: str
    """What to do."""
    field: str
    """The key of the question it belongs to."""
