"""Says no to SQL: what each connection may do, asked by the engine when a statement is compiled.

Because it is asked at compile time only, the guard is installed again at each change of mode: that
expires every cached statement (security.md section 12, fact 5). Left to others: the pragmas set
before it (engine).
"""

from enum import Enum
from typing import Final

from sqlcipher3 import dbapi2 as sqlcipher


class Mode(Enum):
    """What a connection is for, at this moment."""

    READING = "reading"
    """Queries only."""
    KEEPING = "keeping"
    """Rows, rosters, drafts: the tables of the journal."""
    REDUCING = "reducing"
    """The journal, and the read tables as the reducer decides."""
    SHAPING = "shaping"
    """Migrations, and making the read tables anew."""


JOURNAL_TABLES: Final = frozenset({"row", "head", "hole", "roster", "chunk", "meta", "draft"})
_SIGNED: Final = frozenset({"row", "roster", "chunk"})
_WHEREABOUTS: Final = frozenset({("row", "state"), ("row", "seq")})
SEARCH_TABLE: Final = "narrative"

_FREE: Final = frozenset(
    {
        sqlcipher.SQLITE_READ,
        sqlcipher.SQLITE_SELECT,
        sqlcipher.SQLITE_RECURSIVE,
        sqlcipher.SQLITE_TRANSACTION,
        sqlcipher.SQLITE_SAVEPOINT,
    }
)
_WRITES: Final = frozenset(
    {sqlcipher.SQLITE_INSERT, sqlcipher.SQLITE_UPDATE, sqlcipher.SQLITE_DELETE}
)
_SHAPES: Final = frozenset(
    {
        sqlcipher.SQLITE_ALTER_TABLE,
        sqlcipher.SQLITE_CREATE_INDEX,
        sqlcipher.SQLITE_CREATE_TABLE,
        sqlcipher.SQLITE_DROP_INDEX,
        sqlcipher.SQLITE_DROP_TABLE,
        sqlcipher.SQLITE_DROP_VTABLE,
        sqlcipher.SQLITE_REINDEX,
    }
)
_DANGEROUS_FUNCTIONS: Final = frozenset(
    {"load_extension", "sqlcipher_export", "fts3_tokenizer", "readfile", "writefile", "edit"}
)
_HARMLESS_PRAGMAS: Final = frozenset(
    {
        "busy_timeout",
        "cipher_integrity_check",
        "cipher_version",
        "data_version",
        "freelist_count",
        "integrity_check",
        "max_page_count",
        "page_count",
        "quick_check",
        "wal_checkpoint",
    }
)
_PRAGMAS_TO_ASK: Final = frozenset(
    {
        "application_id",
        "journal_mode",
        "query_only",
        "read_uncommitted",
        "synchronous",
        "temp_store",
        "user_version",
    }
)
"""These may be read; to set them would weaken the store."""


class Guard:
    """The authorizer of one connection."""

    def __init__(self, connection: sqlcipher.Connection, mode: Mode) -> None:
        self._connection = connection
        self._mode = mode
        self._install()

    @property
    def mode(self) -> Mode:
        """What the connection may do now."""
        return self._mode

    def turn(self, mode: Mode) -> None:
        """Another mode from now on. Nothing compiled in the one before runs any more.

        The writer turns at the start of each transaction and not back at its end: between two saves
        no statement need be compiled again.
        """
        if mode is not self._mode:
            self._mode = mode
            self._install()

    def _install(self) -> None:
        self._connection.set_authorizer(self._answer)

    def _answer(
        self,
        code: int,
        first: str | None,
        second: str | None,
        _db: str | None,
        _trigger: str | None,
    ) -> int:
        return (
            sqlcipher.SQLITE_OK
            if self._allows(code, first or "", second or "")
            else sqlcipher.SQLITE_DENY
        )

    def _allows(self, code: int, first: str, second: str) -> bool:
        """What is not named here is denied: ATTACH, triggers, views, temporary tables, ANALYZE."""
        if code in _FREE:
            return True
        if code == sqlcipher.SQLITE_FUNCTION:
            return second.lower() not in _DANGEROUS_FUNCTIONS
        if code == sqlcipher.SQLITE_PRAGMA:
            return self._allows_pragma(first.lower(), second)
        if code in _WRITES:
            return self._allows_write(code, first, second)
        if code == sqlcipher.SQLITE_CREATE_VTABLE:
            return self._mode is Mode.SHAPING and second == "fts5"
        return code in _SHAPES and self._mode is Mode.SHAPING

    def _allows_pragma(self, name: str, value: str) -> bool:
        if name in _HARMLESS_PRAGMAS:
            return True
        if name in {"application_id", "user_version"} and self._mode is Mode.SHAPING:
            return True
        return name in _PRAGMAS_TO_ASK and not value

    def _allows_write(self, code: int, table: str, column: str) -> bool:
        match self._mode:
            case Mode.READING:
                return False
            case Mode.KEEPING:
                return table in JOURNAL_TABLES and _keeps_rows(code, table, column)
            case Mode.REDUCING:
                return not table.startswith("sqlite_") and _keeps_rows(code, table, column)
            case Mode.SHAPING:
                return True


def _keeps_rows(code: int, table: str, column: str) -> bool:
    """Rows and links stay as they were signed; only where else a row is may be written later."""
    if table not in _SIGNED or code == sqlcipher.SQLITE_INSERT:
        return True
    return code == sqlcipher.SQLITE_UPDATE and (table, column) in _WHEREABOUTS
