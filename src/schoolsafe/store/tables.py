"""The read tables, made from the nouns: disposable, written by the reducer alone.

One table per noun holds the value on top of each field; ``reg`` and ``edge`` hold every mark. They
carry no UNIQUE and no foreign key but ids: broken rules become tasks for a person. Left to others:
the journal's own tables (migrations), what goes in (reducer).
"""

from functools import cache
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import BLOB, INTEGER, TEXT, Column, Index, MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import Field, Kind, Noun
from schoolsafe.domain.schema import NOUNS, PROJECTION
from schoolsafe.store.guard import SEARCH_TABLE

READ: Final = MetaData()
NOUN_COLUMNS: Final = ("_id", "_row", "_author", "_wall", "_t", "_conflicts")
"""In front of a noun's own fields, which never begin with an underscore."""


class _Any(UserDefinedType[Any]):
    """STRICT's one free column type: text, integer or blob, as the value is."""

    cache_ok = True

    @override
    def get_col_spec(self, **_kw: object) -> str:
        return "ANY"


def _column(name: str, kind: Any, *, key: bool = False) -> Column[Any]:
    return Column(name, kind, primary_key=key, nullable=False)


def _table(name: str, *columns: Column[Any], rowid: bool = True) -> Table:
    return Table(name, READ, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


REG: Final = _table(
    "reg",
    _column("entity", TEXT),
    _column("field", TEXT),
    _column("rid", BLOB),
    _column("dead", INTEGER),
    _column("arrived", INTEGER),
    _column("t", INTEGER),
    _column("value", TEXT),
)
"""Every value ever set, as JSON text; a dead placeholder has none and has not arrived."""

EDGE: Final = _table(
    "edge",
    _column("entity", TEXT),
    _column("field", TEXT),
    _column("target", TEXT),
    _column("rid", BLOB),
    _column("dead", INTEGER),
    _column("arrived", INTEGER),
    _column("t", INTEGER),
)

HISTORY: Final = _table(
    "history",
    _column("circle", TEXT, key=True),
    _column("subject", TEXT, key=True),
    _column("rid", BLOB, key=True),
    _column("dead", INTEGER),
    rowid=False,
)
"""Rows about one child in one circle; those not dead are the heads of its history. Per circle: a
row of *school* must not name, even by id, what stands in *team*."""

FACT: Final = _table(
    "fact",
    Column("id", INTEGER, primary_key=True),
    _column("rid", BLOB),
    _column("circle", TEXT),
    _column("kind", TEXT),
    _column("author", TEXT),
    _column("wall", INTEGER),
    _column("t", INTEGER),
    _column("subject", TEXT),
    _column("entity", TEXT),
    _column("why", TEXT),
    _column("not_understood", INTEGER),
    _column("stops", INTEGER),
)
"""What lists need of each row this seat can read. ``id`` is the journal's."""

TOUCHED: Final = _table(
    "touched", _column("entity", TEXT, key=True), _column("id", INTEGER, key=True), rowid=False
)
NOTE: Final = _table(
    "note",
    _column("entity", TEXT),
    _column("id", INTEGER),
    _column("part", INTEGER),
    _column("text", TEXT),
)
FIX: Final = _table(
    "fix",
    _column("entity", TEXT),
    _column("field", TEXT),
    _column("id", INTEGER),
    _column("part", INTEGER),
    _column("text", TEXT),
)
ATTACHMENT: Final = _table(
    "attachment",
    _column("entity", TEXT),
    _column("id", INTEGER),
    _column("part", INTEGER),
    _column("manifest", TEXT),
)
CONFLICT: Final = _table(
    "conflict", _column("entity", TEXT, key=True), _column("field", TEXT, key=True), rowid=False
)
DISPOSED: Final = _table(
    "disposed",
    _column("row", BLOB, key=True),
    _column("disposer", BLOB, key=True),
    _column("shell", BLOB),
    rowid=False,
)
"""Rows an entry disposes of, here or not, and the stub each leaves."""
DISPOSED_CHUNK: Final = _table(
    "disposed_chunk",
    _column("chunk", TEXT, key=True),
    _column("disposer", BLOB, key=True),
    rowid=False,
)
PASSAGE: Final = _table(
    "passage",
    Column("id", INTEGER, primary_key=True),
    _column("entity", TEXT),
    _column("noun", TEXT),
    _column("field", TEXT),
    _column("part", TEXT),
    _column("text", TEXT),
)
"""What search finds. ``part`` is empty for a field's value; a note or correction has its row and
place."""

INDEXES: Final = (
    Index("reg_place", REG.c.entity, REG.c.field, REG.c.rid, unique=True),
    Index("edge_place", EDGE.c.entity, EDGE.c.field, EDGE.c.target, EDGE.c.rid, unique=True),
    Index("fact_rid", FACT.c.rid, unique=True),
    Index("fact_subject", FACT.c.subject, FACT.c.t),
    Index("fact_newest", FACT.c.circle, FACT.c.t, FACT.c.rid),
    Index("fact_unknown", FACT.c.id, sqlite_where=FACT.c.not_understood > 0),
    Index("fact_stops", FACT.c.id, sqlite_where=FACT.c.stops > 0),
    Index("note_entity", NOTE.c.entity, NOTE.c.id),
    Index("fix_entity", FIX.c.entity, FIX.c.id),
    Index("attachment_entity", ATTACHMENT.c.entity, ATTACHMENT.c.id),
    Index("passage_place", PASSAGE.c.entity, PASSAGE.c.field, PASSAGE.c.part, unique=True),
)

SEARCH_DDL: Final = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
    "text, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
)


def _noun_table(noun: Noun) -> Table:
    """Identity first, then one free column per field: absent and None are NULL."""
    table = _table(
        f"noun_{noun.name}",
        _column("_id", TEXT, key=True),
        _column("_row", BLOB),
        _column("_author", TEXT),
        _column("_wall", INTEGER),
        _column("_t", INTEGER),
        _column("_conflicts", TEXT),
        *(Column(field.name, _Any()) for field in noun.fields),
    )
    for field in noun.fields:
        if field.indexed:
            Index(f"noun_{noun.name}__{field.name}", table.c[field.name])
    return table


NOUN_TABLES: Final[dict[str, Table]] = {noun.name: _noun_table(noun) for noun in NOUNS}


@cache
def shape() -> tuple[str, ...]:
    """The statements that make the read tables, search last."""
    dialect = sqlite.dialect()
    made: list[str] = []
    for table in READ.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        made.extend(
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        )
    return (*made, SEARCH_DDL)


@cache
def fingerprint() -> bytes:
    """Changes whenever the read tables do: then they are rebuilt at the next unlock."""
    return sha256(f"{PROJECTION}\n{';'.join(shape())}".encode()).digest()


_JSON: Final = msgspec.json.Encoder()
_TEXTS: Final = frozenset({Kind.TEXT, Kind.DATE, Kind.INSTANT, Kind.CODE, Kind.ENTITY})


def to_json(value: Value) -> str:
    """A value as ``reg`` keeps it."""
    return _JSON.encode(value).decode()


def from_json(text: str | bytes) -> Any:
    """A value back from ``reg`` or a free column."""
    return msgspec.json.decode(text)


def to_column(field: Field, value: Value) -> str | int | bytes | None:
    """A value as its noun's column keeps it: plain where it is of its kind, else JSON in a blob.

    So text sorts and compares as text, and whatever a member's row holds still fits.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return int(value) if field.kind is Kind.FLAG else _JSON.encode(value)
    if isinstance(value, int) and field.kind is Kind.NUMBER:
        return value
    if isinstance(value, str) and field.kind in _TEXTS:
        return value
    return _JSON.encode(value)


def from_column(field: Field, stored: str | int | bytes | None) -> Value:
    """The value a noun's column holds."""
    if isinstance(stored, bytes):
        value: Value = from_json(stored)
        return value
    if isinstance(stored, int) and field.kind is Kind.FLAG:
        return bool(stored)
    return stored
