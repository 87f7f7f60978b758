"""The one part of a child's reply that a job asked for, or the refusal in its place."""

from collections.abc import Callable
from typing import TypeVar

from schoolsafe.errors import Refused
from schoolsafe.intake import errors, list_errors
from schoolsafe.intake.limits import MB
from schoolsafe.intake.list_limits import REGISTER
from schoolsafe.intake.wire_child import Reply

T = TypeVar("T")


def part(reply: Reply | Refused, wanted: Callable[[Reply], T | None]) -> T:
    """What was asked for.

    Raises:
        UnreadableFile: the child refused, or answered something else.
    """
    if isinstance(reply, Refused):
        raise reply
    found = wanted(reply)
    if found is None:
        raise errors.from_child(reply.error or "", reply.facts)
    return found


def refuse_large_register(data: bytes) -> None:
    """Returns only for a file small enough to be handed to the child.

    Raises:
        RegisterTooLarge: it is not.
    """
    if len(data) > REGISTER.size_bytes:
        raise list_errors.RegisterTooLarge(limit=REGISTER.size_bytes // MB)
