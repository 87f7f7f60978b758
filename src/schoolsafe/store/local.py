"""Values of this seat that are no part of the record: unsent drafts, small facts of the vault.

Never in a log, never outside the encrypted file. Left to others: what they mean.
"""

from contextlib import suppress
from typing import Final

import msgspec

from schoolsafe.domain.entry import Value
from schoolsafe.services.ports_upkeep import Checked
from schoolsafe.store.anchorage import Anchorage
from schoolsafe.store.engine import Line
from schoolsafe.store.guard import Mode
from schoolsafe.wire import jsontext


class _Shelf:
    """Named values in one journal table."""

    def __init__(self, table: str, writer: Line, reader: Line, anchorage: Anchorage) -> None:
        self._writer = writer
        self._reader = reader
        self._anchorage = anchorage
        self._get = f"SELECT value FROM {table} WHERE name=?"  # noqa: S608  # one of two names below
        self._names = f"SELECT name FROM {table} ORDER BY name"  # noqa: S608
        self._put = (
            f"INSERT INTO {table}(name, value) VALUES (?,?)"  # noqa: S608
            " ON CONFLICT(name) DO UPDATE SET value=excluded.value"
        )
        self._drop = f"DELETE FROM {table} WHERE name=?"  # noqa: S608

    def get(self, name: str) -> bytes | None:
        found = self._reader.ask(self._get, (name,))
        return bytes(found[0][0]) if found else None

    def names(self) -> tuple[str, ...]:
        return tuple(name for (name,) in self._reader.ask(self._names))

    def put(self, name: str, value: bytes) -> None:
        with self._writer.writing(Mode.KEEPING) as sql:
            sql.execute(self._put, (name, value))
        self._anchorage.checkpoint()

    def drop(self, name: str) -> None:
        with self._writer.writing(Mode.KEEPING) as sql:
            sql.execute(self._drop, (name,))
        self._anchorage.checkpoint()


class Meta:
    """Small local values as bytes, such as the version of the read tables."""

    def __init__(self, writer: Line, reader: Line, anchorage: Anchorage) -> None:
        self._shelf = _Shelf("meta", writer, reader, anchorage)

    def get(self, name: str) -> bytes | None:
        """The value, or None."""
        return self._shelf.get(name)

    def put(self, name: str, value: bytes) -> None:
        """Keeps or replaces it, durably."""
        self._shelf.put(name, value)

    def drop(self, name: str) -> None:
        """Forgets it."""
        self._shelf.drop(name)

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return self._shelf.names()


class LocalShelf:
    """A shelf of its own among the small values, for a service."""

    def __init__(self, meta: Meta, label: str) -> None:
        self._meta, self._front = meta, f"{label}/"

    def get(self, name: str) -> bytes | None:
        """The value, or None."""
        return self._meta.get(self._front + name)

    def put(self, name: str, value: bytes) -> None:
        """Keeps or replaces it, durably."""
        self._meta.put(self._front + name, value)

    def drop(self, name: str) -> None:
        """Forgets it."""
        self._meta.drop(self._front + name)

    def names(self) -> tuple[str, ...]:
        """What stands on this shelf."""
        front = self._front
        return tuple(n.removeprefix(front) for n in self._meta.names() if n.startswith(front))


class LastCheck:
    """When the record was last checked whole, and what was found."""

    _NAME: Final = "last check"

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def get(self) -> Checked | None:
        """The last one, or None. What another release kept in another shape is no check of ours."""
        kept = self._meta.get(self._NAME)
        with suppress(msgspec.DecodeError):
            return None if kept is None else msgspec.json.decode(kept, type=Checked)
        return None

    def put(self, checked: Checked) -> None:
        """Keeps it in place of the one before."""
        self._meta.put(self._NAME, msgspec.json.encode(checked))


class DraftShelf:
    """Unsent text. Kept even where the record is read-only: nobody's words are lost for it."""

    def __init__(self, writer: Line, reader: Line, anchorage: Anchorage) -> None:
        self._shelf = _Shelf("draft", writer, reader, anchorage)

    def put(self, key: str, value: Value) -> None:
        """Keeps or replaces a draft."""
        self._shelf.put(key, msgspec.json.encode(jsontext.composed(value)))

    def get(self, key: str) -> Value:
        """The draft, or None."""
        found = self._shelf.get(key)
        value: Value = None if found is None else msgspec.json.decode(found)
        return value

    def keys(self) -> tuple[str, ...]:
        """All drafts, by name."""
        return self._shelf.names()

    def drop(self, key: str) -> None:
        """Forgets it, once it is saved as an entry."""
        self._shelf.drop(key)
