"""The clock and the source of ids. The only place that asks the system what time it is."""

import secrets
from datetime import UTC, datetime

ENTITY_BYTES = 8


class SystemClock:
    """This computer's clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(tz=UTC)  # noqa: TID251  # this is the Clock port


class StoppedClock:
    """A clock that stands still: for the demo school and test vaults only."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Always the same instant."""
        return self._at


class RandomIds:
    """Ids nobody can guess."""

    def new(self, noun: str) -> str:
        """``noun:`` and 16 hex characters."""
        return f"{noun}:{secrets.token_hex(ENTITY_BYTES)}"

    def token(self, size: int) -> bytes:
        """Random bytes."""
        return secrets.token_bytes(size)
