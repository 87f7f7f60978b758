"""Questions to the read tables, answered in frozen facts. Everything here only reads.

Left to others: what the answers mean (services, domain).
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec
from sqlalchemy import Select, Table, and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from schoolsafe.domain import register
from schoolsafe.domain.entry import Attach, Value
from schoolsafe.domain.field import Noun
from schoolsafe.domain.ids import PersonId, RowId, noun_of
from schoolsafe.domain.register import Mark
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.services.ports import (
    Attachment,
    Correction,
    Hit,
    LiveValue,
    NoteText,
    Record,
    RowFacts,
    Totals,
    Where,
)
from schoolsafe.store.engine import Line
from schoolsafe.store.tables import NOUN_COLUMNS, NOUN_TABLES, from_column, from_json, to_column

_FACTS: Final = (
    "SELECT f.rid, f.circle, f.kind, f.author, f.wall, f.t, f.subject, f.entity, f.why, r.state"
    " FROM fact f JOIN row r ON r.id = f.id"
)
_SEARCH: Final = (
    "SELECT p.entity, p.noun, p.field, snippet(narrative, 0, '', '', '…', 16)"
    " FROM narrative JOIN passage p ON p.id = narrative.rowid WHERE narrative MATCH ?"
)
_MANY: Final = 500
"""Names one query is asked about at most."""
_BY_ID: Final = {name: f"SELECT * FROM noun_{name} WHERE _id=?" for name in NOUN_TABLES}  # noqa: S608  # names from schema.py


Replays = Callable[[str, int], AbstractContextManager["VaultReader"]]
"""Opens the replay of one child's rows up to an instant, in milliseconds since 1970 UTC."""


class VaultReader:
    """The read side of one vault."""

    def __init__(self, line: Line, past: "Replays | None" = None) -> None:
        self._line = line
        self._past = past

    def get(self, entity: str) -> Record | None:
        """One entity, or None."""
        noun = BY_NAME.get(noun_of(entity))
        if noun is None:
            return None
        found = self._line.ask(_BY_ID[noun.name], (entity,))
        return _record(noun, found[0]) if found else None

    def find(
        self, noun: str, where: Where | None = None, *, order: str = "", limit: int = 0
    ) -> tuple[Record, ...]:
        """Entities of a noun; ``order`` is a field name, "-" in front for descending.

        With no order, as they were put on record; limit 0 is none.

        Raises:
            KeyError: no such noun or field.
        """
        declared, table = BY_NAME[noun], NOUN_TABLES[noun]
        query: Select[Any] = select(table).where(*_conditions(declared, table, where))
        query = query.order_by(*_order(declared, table, order))
        if limit:
            query = query.limit(limit)
        return tuple(_record(declared, found) for found in self._line.sql.execute(query))

    def count(self, noun: str, where: Where | None = None) -> int:
        """How many."""
        declared, table = BY_NAME[noun], NOUN_TABLES[noun]
        conditions = _conditions(declared, table, where)
        query = select(func.count()).select_from(table).where(*conditions)
        return self._line.sql.execute(query).scalar_one()

    def live(self, entity: str, field: str) -> tuple[LiveValue, ...]:
        """The live values of a field, the one on top first."""
        found = self._line.ask(
            "SELECT r.rid, r.t, r.value, f.author, f.wall FROM reg r JOIN fact f ON f.rid = r.rid"
            " WHERE r.entity=? AND r.field=? AND r.dead=0",
            (entity, field),
        )
        writers = {row: (PersonId(author), wall) for row, _t, _text, author, wall in found}
        marks = [
            Mark(RowId(row), arrived=True, t=t, value=from_json(text))
            for row, t, text, _author, _wall in found
        ]
        return tuple(
            LiveValue(mark.row, mark.value, *writers[mark.row], mark.t)
            for mark in register.ranked(register.field_of(entity, field), marks)
        )

    def conflicted(self) -> tuple[tuple[str, str], ...]:
        """Every entity and field with more than one live value."""
        found = self._line.ask("SELECT entity, field FROM conflict ORDER BY entity, field")
        return tuple((entity, field) for entity, field in found)

    def superseded(self, entity: str, field: str) -> tuple[LiveValue, ...]:
        """Values of a field that somebody replaced having seen them, the oldest first."""
        found = self._line.ask(
            "SELECT r.rid, r.t, r.value, f.author, f.wall FROM reg r JOIN fact f ON f.rid = r.rid"
            " WHERE r.entity=? AND r.field=? AND r.dead=1 AND r.arrived=1 ORDER BY r.t, r.rid",
            (entity, field),
        )
        return tuple(
            LiveValue(RowId(row), from_json(text), PersonId(author), wall, t)
            for row, t, text, author, wall in found
        )

    def bases(self, entity: str, fields: Sequence[str]) -> dict[str, tuple[RowId, ...]]:
        """What a form that opens now has seen: field to its live values' ids, or its links'."""
        seen: dict[str, dict[RowId, None]] = {name: {} for name in fields}
        for name, row in self._line.ask(
            "SELECT field, rid FROM reg WHERE entity=? AND dead=0"
            " UNION ALL SELECT field, rid FROM edge WHERE entity=? AND dead=0 ORDER BY 2",
            (entity, entity),
        ):
            if name in seen:
                seen[name][RowId(row)] = None
        return {name: tuple(rows) for name, rows in seen.items()}

    def rows_about(
        self, *, subject: str | None = None, entity: str | None = None
    ) -> tuple[RowFacts, ...]:
        """Journal rows about a child, or rows that touched an entity, oldest first."""
        if subject is None and entity is None:
            return ()
        about = "f.subject=?" if subject is not None else "?=''"
        touched = (
            "f.id IN (SELECT id FROM touched WHERE entity=?)" if entity is not None else "?=''"
        )
        values = (subject or "", entity or "")
        return self._facts(f"WHERE {about} AND {touched} ORDER BY f.t, f.rid", values)

    def row_facts(self, row: RowId) -> RowFacts | None:
        """One row."""
        found = self._facts("WHERE f.rid=?", (row,))
        return found[0] if found else None

    def rows_of_kind(self, circle: str, *, limit: int = 0) -> tuple[RowFacts, ...]:
        """Rows of one circle this seat can read, newest first."""
        newest = "WHERE f.circle=? ORDER BY f.t DESC, f.rid DESC LIMIT ?"
        return self._facts(newest, (circle, limit or -1))

    def corrections(self, entities: Sequence[str]) -> tuple[Correction, ...]:
        """Corrections of these entities, oldest first."""
        found = self._of_many(
            "SELECT f.t, f.rid, x.part, x.entity, x.field, x.text, f.author, f.wall, f.why"
            " FROM fix x JOIN fact f ON f.id = x.id WHERE x.entity IN ({})",
            entities,
        )
        return tuple(
            Correction(RowId(row), entity, field, text, PersonId(author), wall, why or None)
            for _t, row, _part, entity, field, text, author, wall, why in found
        )

    def notes(self, entity: str) -> tuple[NoteText, ...]:
        """Appended notes, oldest first."""
        found = self._line.ask(
            "SELECT f.rid, n.text, f.author, f.wall FROM note n JOIN fact f ON f.id = n.id"
            " WHERE n.entity=? ORDER BY f.t, f.rid, n.part",
            (entity,),
        )
        return tuple(
            NoteText(RowId(row), text, PersonId(author), wall) for row, text, author, wall in found
        )

    def links(self, entity: str, field: str) -> tuple[str, ...]:
        """Targets of a set field, in the order they were first linked."""
        found = self._line.ask(
            "SELECT target FROM edge WHERE entity=? AND field=? AND dead=0"
            " GROUP BY target ORDER BY min(t), target",
            (entity, field),
        )
        return tuple(target for (target,) in found)

    def linked(self, entities: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
        """``links`` of many at once: entity and field to targets; nothing where there are none."""
        found = self._of_many(
            "SELECT entity, field, min(t), target FROM edge WHERE dead=0 AND entity IN ({})"
            " GROUP BY entity, field, target",
            entities,
        )
        return {
            place: tuple(target for _entity, _field, _t, target in lines)
            for place, lines in groupby(found, key=itemgetter(0, 1))
        }

    def attachments(self, entity: str) -> tuple[Attach, ...]:
        """Manifests attached to an entity, oldest first."""
        found = self._line.ask(
            "SELECT a.manifest FROM attachment a JOIN fact f ON f.id = a.id WHERE a.entity=?"
            " ORDER BY f.t, f.rid, a.part",
            (entity,),
        )
        return tuple(msgspec.json.decode(manifest, type=Attach) for (manifest,) in found)

    def attached(self, entities: Sequence[str]) -> tuple[Attachment, ...]:
        """All that is attached to these entities, oldest first, without opening any of it."""
        found = self._of_many(
            "SELECT f.t, f.rid, a.part, a.entity, a.manifest, f.author, f.wall, f.why"
            " FROM attachment a JOIN fact f ON f.id = a.id WHERE a.entity IN ({})",
            entities,
        )
        manifests = [msgspec.json.decode(line[4], type=Attach) for line in found]
        here = self.here([chunk for one in manifests for chunk in one.chunks])
        return tuple(
            Attachment(
                entity,
                manifest,
                PersonId(author),
                wall,
                why or None,
                sum(chunk not in here for chunk in manifest.chunks),
            )
            for (_t, _row, _part, entity, _text, author, wall, why), manifest in zip(
                found, manifests, strict=True
            )
        )

    def here(self, chunks: Sequence[str]) -> set[str]:
        """Which of these sealed parts are here."""
        found = self._of_many("SELECT hash FROM chunk WHERE hash IN ({})", chunks)
        return {name for (name,) in found}

    def _of_many(self, query: str, names: Sequence[str]) -> list[Any]:
        """The lines of a query about many names, in the order of its own columns."""
        listed = list(dict.fromkeys(names))
        found: list[Any] = []
        for at in range(0, len(listed), _MANY):
            some = listed[at : at + _MANY]
            found += self._line.ask(query.format(",".join("?" * len(some))), some)
        return sorted(found)

    def chunk(self, sha256: str) -> bytes | None:
        """A sealed chunk, or None while it is elsewhere."""
        found = self._line.ask("SELECT bytes FROM chunk WHERE hash=?", (sha256,))
        return bytes(found[0][0]) if found else None

    def search(
        self, text: str, *, nouns: Sequence[str] = (), limit: int = 50, newest: bool = False
    ) -> tuple[Hit, ...]:
        """Full-text search with prefixes over the searchable fields, best first.

        ``newest`` first instead: no need to weigh every place, so that it keeps up with typing.
        """
        match = match_words(text)
        if not match:
            return ()
        only = f" AND p.noun IN ({','.join('?' * len(nouns))})" if nouns else ""
        order = "narrative.rowid DESC" if newest else "rank"
        found = self._line.ask(f"{_SEARCH}{only} ORDER BY {order} LIMIT ?", (match, *nouns, limit))
        return tuple(Hit(entity, noun, field, cut) for entity, noun, field, cut in found)

    def latest(self, circle: str) -> int:
        """The place in the journal of the last row of that circle that came; 0 where there is none."""
        found = self._line.ask("SELECT coalesce(max(id), 0) FROM fact WHERE circle=?", (circle,))
        return int(found[0][0])

    def at(self, subject: str, until_ms: int) -> AbstractContextManager["VaultReader"]:
        """All about one child as a replay of the rows up to then gives it; closed with the block.

        A replay itself has no other past: it answers as it is.
        """
        return nullcontext(self) if self._past is None else self._past(subject, until_ms)

    def totals(self) -> Totals:
        """Counts for the status line, each from an index."""
        elsewhere: dict[str, int] = dict(
            self._line.ask("SELECT state, count(*) FROM row WHERE state <> 'here' GROUP BY state")
        )
        rows, conflicts, holes, not_understood = self._line.ask(
            "SELECT (SELECT coalesce(max(id), 0) FROM row), (SELECT count(*) FROM conflict),"
            " (SELECT count(*) FROM hole), (SELECT count(*) FROM fact WHERE not_understood > 0)"
        )[0]
        return Totals(
            rows=rows,
            here=rows - sum(elsewhere.values()),
            relay=elsewhere.get("relay", 0),
            twice=elsewhere.get("twice", 0),
            conflicts=conflicts,
            holes=holes,
            not_understood=not_understood,
        )

    def state_hash(self) -> bytes:
        """SHA-256 over the sorted (entity, field, live row ids): see ``register.state_hash``."""
        lines = self._line.ask(
            "SELECT entity, field, rid FROM reg WHERE dead=0"
            " UNION ALL SELECT entity, field || char(31) || target, rid FROM edge WHERE dead=0"
            " ORDER BY 1, 2, 3"
        )
        places = groupby(lines, key=itemgetter(0, 1))
        return register.state_hash(
            (entity, field, [RowId(row) for _entity, _field, row in rows])
            for (entity, field), rows in places
        )

    def _facts(self, tail: str, values: tuple[object, ...]) -> tuple[RowFacts, ...]:
        found = self._line.ask(f"{_FACTS} {tail}", values)
        return tuple(
            RowFacts(
                row=RowId(row),
                circle=circle,
                kind=kind,
                author=PersonId(author),
                wall_ms=wall,
                t=t,
                subject=subject or None,
                entity=entity or None,
                why=why or None,
                state=state,
            )
            for row, circle, kind, author, wall, t, subject, entity, why, state in found
        )


def match_words(text: str) -> str:
    """What a person typed as a full-text query: every word, as the beginning of a word.

    Each is quoted, so that no word is an operator; what holds no letter or digit is left out.
    """
    whole = text.encode("utf-8", "replace").decode()
    words = (word.replace('"', " ").replace("\0", " ") for word in whole.split())
    return " ".join(f'"{word}"*' for word in words if any(char.isalnum() for char in word))


def _record(noun: Noun, found: Sequence[Any]) -> Record:
    entity, row, author, wall, _t, conflicts = found[: len(NOUN_COLUMNS)]
    values: dict[str, Value] = {  # most are text or nothing: what needs no look costs none
        field.name: stored if stored is None or type(stored) is str else from_column(field, stored)
        for field, stored in zip(noun.fields, found[len(NOUN_COLUMNS) :], strict=True)
    }
    return Record(
        id=entity,
        noun=noun.name,
        values=values,
        row=RowId(row),
        author=PersonId(author),
        wall_ms=wall,
        conflicts=tuple(from_json(conflicts)) if conflicts != "[]" else (),
    )


def _conditions(noun: Noun, table: Table, where: Where | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name, wanted in (where or {}).items():
        field, column = noun.field(name), table.c[name]
        choices = wanted if isinstance(wanted, tuple) else (wanted,)
        given = [to_column(field, value) for value in choices if value is not None]
        absent = any(value is None for value in choices)
        alternatives: list[ColumnElement[bool]] = [column.is_(None)] if absent else []
        if len(given) == 1:
            alternatives.append(column == given[0])
        elif given or not absent:
            alternatives.append(column.in_(given))
        conditions.append(or_(*alternatives) if len(alternatives) > 1 else and_(*alternatives))
    return conditions


def _order(noun: Noun, table: Table, order: str) -> tuple[ColumnElement[Any], ...]:
    name, backwards = order.removeprefix("-"), order.startswith("-")
    column: ColumnElement[Any] = table.c["_t"] if not name else table.c[noun.field(name).name]
    first = column.desc() if backwards else column.asc()
    return (
        (first, table.c["_t"].asc(), table.c["_id"].asc())
        if name
        else (first, table.c["_id"].asc())
    )
