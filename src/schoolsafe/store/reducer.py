"""The reducer's writing side: takes entries, asks ``register`` what they do, writes the tables.

The same for what is typed here, what arrives and what is replayed. Gathers a batch and writes it at
once; nothing is visible before ``flush``. Left to others: every decision (domain), the transaction
(journal).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain import register
from schoolsafe.domain.entry import Entry
from schoolsafe.domain.field import Noun
from schoolsafe.domain.hybrid_clock import bounded
from schoolsafe.domain.ids import RowId, noun_of
from schoolsafe.domain.register import BIRTH, Effects, Mark, Place
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.store.tables import NOUN_COLUMNS, from_json, to_column, to_json
from schoolsafe.wire.upcast import is_newer

_REG: Final = (
    "INSERT INTO reg(entity, field, rid, dead, arrived, t, value) VALUES (?,?,?,?,?,?,?)"
    " ON CONFLICT(entity, field, rid) DO UPDATE SET dead=excluded.dead, arrived=excluded.arrived,"
    " t=excluded.t, value=excluded.value"
)
_EDGE: Final = (
    "INSERT INTO edge(entity, field, target, rid, dead, arrived, t) VALUES (?,?,?,?,?,?,?)"
    " ON CONFLICT(entity, field, target, rid) DO UPDATE"
    " SET dead=excluded.dead, arrived=excluded.arrived, t=excluded.t"
)
_HISTORY: Final = (
    "INSERT INTO history(circle, subject, rid, dead) VALUES (?,?,?,?)"
    " ON CONFLICT(circle, subject, rid) DO UPDATE SET dead=max(dead, excluded.dead)"
)
_FACT: Final = (
    "INSERT INTO fact(id, rid, circle, kind, author, wall, t, subject, entity, why,"
    " not_understood, stops)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)
_TOUCHED: Final = "INSERT INTO touched(entity, id) VALUES (?,?)"
_NOTE: Final = "INSERT INTO note(entity, id, part, text) VALUES (?,?,?,?)"
_FIX: Final = "INSERT INTO fix(entity, field, id, part, text) VALUES (?,?,?,?,?)"
_ATTACHMENT: Final = "INSERT INTO attachment(entity, id, part, manifest) VALUES (?,?,?,?)"
_DISPOSED: Final = "INSERT OR IGNORE INTO disposed(row, disposer, shell) VALUES (?,?,?)"
_DISPOSED_CHUNK: Final = "INSERT OR IGNORE INTO disposed_chunk(chunk, disposer) VALUES (?,?)"
_WALL_LIMIT: Final = 1 << 62


@dataclass(slots=True)
class _Entity:
    """Every mark of one entity, as far as this batch knows it."""

    fields: dict[str, dict[RowId, Mark]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[tuple[str, str], dict[RowId, Mark]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    dirty: set[tuple[Place, RowId]] = field(default_factory=set)
    conflicts: frozenset[str] = frozenset()
    """As they stand in the tables."""


def upsert_noun(noun: Noun) -> str:
    """The one statement that writes a noun's line."""
    names = [*NOUN_COLUMNS, *(f'"{field.name}"' for field in noun.fields)]
    places = ",".join("?" * len(names))
    updates = ", ".join(f"{name}=excluded.{name}" for name in names[1:])
    return (
        f"INSERT INTO noun_{noun.name}({', '.join(names)}) VALUES ({places})"  # noqa: S608  # names from schema.py
        f" ON CONFLICT(_id) DO UPDATE SET {updates}"
    )


_UPSERTS: Final = {noun.name: upsert_noun(noun) for noun in BY_NAME.values()}


class Reducer:
    """One batch of entries on its way into the read tables."""

    def __init__(self, sql: Connection) -> None:
        self._sql = sql
        self._entities: dict[str, _Entity] = {}
        self._authors: dict[RowId, tuple[str, int]] = {}
        self._lines: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._texts: dict[tuple[str, str, str], str] = {}
        self.stops = False
        self.disposes = False
        """An entry of this batch must turn the vault read-only."""

    def take(self, number: int, row: RowId, entry: Entry, *, circle: str) -> None:
        """One entry, by its row's number in the journal."""
        does = register.effects(row, entry, circle=circle, newer=is_newer(entry))
        self.stops = self.stops or does.stops
        self._authors[row] = (entry.author, min(max(entry.wall_ms, -_WALL_LIMIT), _WALL_LIMIT))
        self._take_fact(number, row, entry, does, circle)
        if entry.subject is not None:
            self._lines[_HISTORY].extend(
                (circle, entry.subject, mark.row, int(mark.dead))
                for mark in register.history(row, entry.subject_heads)
            )
        for place, mark in does.marks:
            self._merge(place, mark)
        self._take_words(number, does)
        self.disposes = self.disposes or bool(does.disposals)
        for order in does.disposals:
            self._lines[_DISPOSED].extend((taken, row, shell) for taken, shell in order.rows)
            self._lines[_DISPOSED_CHUNK].extend((chunk, row) for chunk in order.chunks)

    def flush(self) -> None:
        """Writes the batch. The tables afterwards do not depend on how rows were batched."""
        for entity, state in self._entities.items():
            if state.dirty:
                self._gather(entity, state)
        for statement, lines in self._lines.items():
            self._sql.executemany(statement, lines)
        _write_passages(self._sql, self._texts)
        self._entities.clear()
        self._lines.clear()
        self._texts.clear()

    def _take_fact(self, number: int, row: RowId, entry: Entry, does: Effects, circle: str) -> None:
        author, wall = self._authors[row]
        first = does.touched[0] if does.touched else ""
        names = (circle, entry.kind, author, wall, bounded(entry.t))
        about = (entry.subject or "", first, entry.why or "", does.not_understood, int(does.stops))
        self._lines[_FACT].append((number, row, *names, *about))
        self._lines[_TOUCHED].extend((entity, number) for entity in does.touched)

    def _take_words(self, number: int, does: Effects) -> None:
        for part, note in enumerate(does.notes):
            self._lines[_NOTE].append((note.entity, number, part, note.text))
            self._texts[note.entity, "note", f"{number}.{part}"] = note.text
        for part, fix in enumerate(does.fixes):
            self._lines[_FIX].append((fix.entity, fix.field, number, part, fix.text))
            self._texts[fix.entity, fix.field, f"{number}.{part}"] = fix.text
        for part, attached in enumerate(does.attachments):
            manifest = msgspec.json.encode(attached).decode()
            self._lines[_ATTACHMENT].append((attached.entity, number, part, manifest))

    def _merge(self, place: Place, mark: Mark) -> None:
        state = self._entity(place.entity)
        known = (
            state.fields[place.field]
            if place.target is None
            else state.links[place.field, place.target]
        )
        before = known.get(mark.row)
        after = register.merge(before, mark)
        if after != before:
            known[mark.row] = after
            state.dirty.add((place, mark.row))

    def _entity(self, entity: str) -> _Entity:
        state = self._entities.get(entity)
        if state is None:
            state = self._entities[entity] = self._load(entity)
        return state

    def _load(self, entity: str) -> _Entity:
        state = _Entity()
        for name, row, dead, arrived, t, text in self._sql.execute(
            "SELECT field, rid, dead, arrived, t, value FROM reg WHERE entity=?", (entity,)
        ):
            value = from_json(text) if arrived else None
            state.fields[name][row] = Mark(
                RowId(row), dead=bool(dead), arrived=bool(arrived), t=t, value=value
            )
        for name, target, row, dead, arrived, t in self._sql.execute(
            "SELECT field, target, rid, dead, arrived, t FROM edge WHERE entity=?", (entity,)
        ):
            state.links[name, target][row] = Mark(
                RowId(row), dead=bool(dead), arrived=bool(arrived), t=t
            )
        state.conflicts = frozenset(_conflicts(state))
        return state

    def _gather(self, entity: str, state: _Entity) -> None:
        """Everything that changed about one entity, as lines to write."""
        changed: set[str] = set()
        for place, row in sorted(
            state.dirty, key=lambda key: (key[0].field, key[0].target or "", key[1])
        ):
            if place.target is None:
                mark = state.fields[place.field][row]
                value = to_json(mark.value) if mark.arrived else ""
                line = (entity, place.field, row, int(mark.dead), int(mark.arrived), mark.t, value)
                self._lines[_REG].append(line)
                changed.add(place.field)
            else:
                mark = state.links[place.field, place.target][row]
                edge = (
                    entity,
                    place.field,
                    place.target,
                    row,
                    int(mark.dead),
                    int(mark.arrived),
                    mark.t,
                )
                self._lines[_EDGE].append(edge)
        if changed:
            self._gather_noun(entity, state, changed)

    def _gather_noun(self, entity: str, state: _Entity, changed: set[str]) -> None:
        conflicts = frozenset(_conflicts(state))
        for name in sorted(conflicts - state.conflicts):
            self._lines["INSERT INTO conflict(entity, field) VALUES (?,?)"].append((entity, name))
        for name in sorted(state.conflicts - conflicts):
            self._lines["DELETE FROM conflict WHERE entity=? AND field=?"].append((entity, name))
        noun = BY_NAME.get(noun_of(entity))
        birth = register.born(state.fields)
        if noun is None or birth is None:
            return
        author, wall = self._author(birth.row)
        line: list[Any] = [entity, birth.row, author, wall, birth.t, to_json([*sorted(conflicts)])]
        for declared in noun.fields:
            standing = register.ranked(declared, state.fields.get(declared.name, {}).values())
            top = standing[0].value if standing else None
            line.append(to_column(declared, top))
            if declared.searchable and declared.name in changed:
                self._texts[entity, declared.name, ""] = top if isinstance(top, str) else ""
        self._lines[_UPSERTS[noun.name]].append(tuple(line))

    def _author(self, row: RowId) -> tuple[str, int]:
        known = self._authors.get(row)
        if known is None:
            found = self._sql.execute(
                "SELECT author, wall FROM fact WHERE rid=?", (row,)
            ).fetchone()
            known = self._authors[row] = (found[0], found[1])
        return known


def _conflicts(state: _Entity) -> Iterable[str]:
    return (
        name
        for name, marks in state.fields.items()
        if name != BIRTH and register.in_conflict(marks.values())
    )


def _write_passages(sql: Connection, texts: dict[tuple[str, str, str], str]) -> None:
    """Brings search up to date. Its index must be told the old words to forget them."""
    forget: list[tuple[int, str]] = []
    learn: list[tuple[int, str]] = []
    add: list[tuple[int, str, str, str, str, str]] = []
    change: list[tuple[str, int]] = []
    drop: list[tuple[int]] = []
    highest = sql.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()[0] if texts else 0
    for (entity, name, part), text in texts.items():
        old = sql.execute(
            "SELECT id, text FROM passage WHERE entity=? AND field=? AND part=?",
            (entity, name, part),
        ).fetchone()
        if old is None and text:
            highest += 1
            add.append((highest, entity, noun_of(entity), name, part, text))
            learn.append((highest, text))
        elif old is not None and old[1] != text:
            forget.append((old[0], old[1]))
            if text:
                change.append((text, old[0]))
                learn.append((old[0], text))
            else:
                drop.append((old[0],))
    for statement, lines in (
        ("INSERT INTO narrative(narrative, rowid, text) VALUES ('delete', ?, ?)", forget),
        ("DELETE FROM passage WHERE id=?", drop),
        ("UPDATE passage SET text=? WHERE id=?", change),
        ("INSERT INTO passage(id, entity, noun, field, part, text) VALUES (?,?,?,?,?,?)", add),
        ("INSERT INTO narrative(rowid, text) VALUES (?,?)", learn),
    ):
        if lines:
            sql.executemany(statement, lines)
