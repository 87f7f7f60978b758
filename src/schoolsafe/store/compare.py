"""Two sets of read tables side by side, a window of lines at a time, in the order of their keys.

Left to others: which sets, and what it means where they differ (checking).
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table
from sqlcipher3.dbapi2 import Connection

from schoolsafe.store.tables import READ

_KEYS: Final = {
    "note": ("entity", "id", "part"),
    "fix": ("entity", "id", "part"),
    "attachment": ("entity", "id", "part"),
}
"""Of tables that declare none: a row's notes, corrections and attachments are numbered."""
_OWN: Final = {("passage", "id")}
"""Search numbers its passages as they come; a replay may number them otherwise."""

Line = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """One table, to be walked by its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def window(self, sql: Connection, after: Line | None, many: int) -> list[Line]:
        """The next lines behind that key, or the first ones."""
        names, key = _quoted(self.columns), _quoted(self.key)
        marks = ",".join("?" * len(self.key))
        behind = "" if after is None else f" WHERE ({key}) > ({marks})"
        query = f'SELECT {names} FROM "{self.name}"{behind} ORDER BY {key} LIMIT ?'  # noqa: S608  # our own names
        return sql.execute(query, (*(after or ()), many)).fetchall()

    def key_of(self, line: Line) -> Line:
        """Where the walk stands behind that line."""
        return tuple(line[self.columns.index(name)] for name in self.key)

    def count(self, sql: Connection) -> int:
        """How many lines there are, reached by the key or not."""
        count: int = sql.execute(f'SELECT count(*) FROM "{self.name}"').fetchone()[0]  # noqa: S608  # our own name
        return count


def same(one: list[Line], other: list[Line]) -> bool:
    """Whether the lines are the same to the last type: 1 and 1.0 are not."""
    return one == other and repr(one) == repr(other)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _walk(table: Table) -> Walk:
    columns = tuple(
        column.name for column in table.columns if (table.name, column.name) not in _OWN
    )
    unique = (
        tuple(column.name for column in index.columns) for index in table.indexes if index.unique
    )
    own = tuple(column.name for column in table.primary_key if column.name in columns)
    return Walk(table.name, columns, own or next(unique, ()) or _KEYS[table.name])


WALKS: Final = tuple(_walk(table) for table in READ.sorted_tables)
"""Every read table there is."""
