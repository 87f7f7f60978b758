"""Opens the encrypted file: key, pragmas, guard, and SQLAlchemy Core on top of one connection.

Order matters: log level before the key, the key before all else, the guard last. Left to others:
which tables there are (tables, migrations), who holds the key (keys). Source: engineering-notes.md
section 3.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.errors import SchoolSafeError
from schoolsafe.store.errors import (
    AlreadyOpen,
    DamagedVault,
    DiskFull,
    DiskTrouble,
    EngineTooOld,
    FolderReadOnly,
    NotARawKeyError,
)
from schoolsafe.store.guard import Guard, Mode

LEAST_SQLITE: Final = (3, 51, 3)
"""Older ones can lose a WAL reset between two connections."""
RAW_KEY: Final = re.compile(r"[0-9a-f]{64}")
MEMORY: Final = ":memory:"
PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=0",  # ours are truncating, after each batch
    "foreign_keys=ON",
    "cache_size=-65536",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
_BUSY_S: Final = 30.0
_STATEMENTS: Final = 512

_BY_CODE: Final[dict[int, type[SchoolSafeError]]] = {
    3: FolderReadOnly,  # SQLITE_PERM
    5: AlreadyOpen,  # SQLITE_BUSY
    6: AlreadyOpen,  # SQLITE_LOCKED
    8: FolderReadOnly,  # SQLITE_READONLY
    10: DiskTrouble,  # SQLITE_IOERR
    11: DamagedVault,  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: FolderReadOnly,  # SQLITE_CANTOPEN
    26: DamagedVault,  # SQLITE_NOTADB
}
"""Primary result codes of the engine, and what they mean to a person. Others are bugs."""


def plain(error: BaseException) -> SchoolSafeError | None:
    """What an engine's error means, or None where it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
    return kind() if kind else None


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what the bare driver raises into our own errors; the engine below does it by itself."""
    try:
        yield
    except sqlcipher.Error as error:
        meaning = plain(error)
        if meaning is None:
            raise
        raise meaning from None


def open_keyed(path: str, key_hex: str) -> sqlcipher.Connection:
    """One connection to the encrypted file, or to an encrypted memory database.

    Raises:
        NotARawKeyError: not 64 hex digits.
        EngineTooOld: SQLite before 3.51.3.
        DamagedVault: the file does not open with this key.
    """
    if not RAW_KEY.fullmatch(key_hex):
        raise NotARawKeyError
    if sqlcipher.sqlite_version_info < LEAST_SQLITE:
        raise EngineTooOld
    with plainly():
        connection = _connect(path, key_hex)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for pragma in PRAGMAS:
                connection.execute("PRAGMA " + pragma)
        except BaseException:
            connection.close()
            raise
    return connection


def broken_pages(path: Path, key_hex: str) -> int:
    """Pages of the main file whose seal does not hold, the log left aside.

    A page that stands anew in the log is never read from the main file, and the next checkpoint
    writes over it: only a look past the log sees that it was changed. Page by page only: a kill
    amid a checkpoint leaves a main file that makes no sense without its log.

    Raises:
        DamagedVault: the file cannot be read as pages at all.
    """
    with plainly():
        connection = _connect(f"{path.absolute().as_uri()}?immutable=1", key_hex)
        try:
            return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
        finally:
            connection.close()


def _connect(path: str, key_hex: str) -> sqlcipher.Connection:
    connection = sqlcipher.connect(
        path,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_S,
        cached_statements=_STATEMENTS,
        uri=path.startswith("file:"),
    )
    connection.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key is printed to stderr
    connection.execute(f"PRAGMA key = \"x'{key_hex}'\"")
    return connection


@dataclass(frozen=True, slots=True)
class Line:
    """One connection with its guard, as SQLAlchemy sees it."""

    raw: sqlcipher.Connection
    guard: Guard
    engine: Engine
    sql: Connection

    def close(self) -> None:
        """Lets go of the file. The raw connection must close even where the engine complains."""
        self.sql.close()
        self.engine.dispose()
        self.raw.close()

    @contextmanager
    def writing(self, mode: Mode) -> Iterator[sqlcipher.Connection]:
        """One transaction in that mode: all or nothing. Raises what the engine's errors mean.

        Fixed statements go to the driver: Core adds 25 us to each, and one save has about 25.
        """
        self.guard.turn(mode)
        with plainly(), self.sql.begin():
            yield self.raw

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All lines of a fixed query."""
        with plainly():
            return self.raw.execute(query, values).fetchall()

    def truncate(self) -> None:
        """Moves the log into the file and empties it, unless somebody reads just now."""
        with plainly():
            self.raw.execute("PRAGMA busy_timeout=0")
            try:
                self.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                self.raw.execute(f"PRAGMA busy_timeout={int(_BUSY_S * 1000)}")


def open_line(path: str, key_hex: str, mode: Mode) -> Line:
    """A guarded connection: the one writer's (``KEEPING``) or a reader's (``READING``)."""
    raw = open_keyed(path, key_hex)
    if mode is Mode.READING:
        raw.execute("PRAGMA query_only=ON")
    guard = Guard(raw, mode)
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: raw,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "handle_error", _explain)
    if mode is not Mode.READING:
        event.listen(engine, "begin", _begin)
    return Line(raw, guard, engine, engine.connect())


def _begin(connection: Connection) -> None:
    """Own the transaction: DDL and reads are in it too, and no other writer slips between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _explain(context: ExceptionContext) -> None:
    meaning = plain(context.original_exception)
    if meaning is not None:
        raise meaning from None
