"""Two records of one pupil read as one: a reader that asks about both wherever somebody asks about either.

Stands between the services of a child's file and the record, so that a question added later reads both without
being told. Nothing is written here, nothing is copied. Left to others: saying that two are one (duplicate).
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from schoolsafe.domain import duplicate
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.services.ports import Reader, Record, RowFacts, Where


def together(reader: Reader, child: str) -> tuple[str, ...]:
    """Every record shown as one with this pupil's, the one whose name stands first; one where there is no other."""
    same_as: dict[str, str] = {}
    seen, asked = {child}, [child]
    while asked:
        found = [record for one in asked if (record := reader.get(one)) is not None]
        found += reader.find("child", {"same_as": tuple(asked)})
        same_as |= {r.id: said for r in found if isinstance(said := r.values.get("same_as"), str)}
        near = {r.id for r in found} | {same_as[r.id] for r in found if r.id in same_as}
        asked = sorted(near - seen)
        seen |= near
    return duplicate.together(child, same_as)


def reading_together(reader: Reader) -> Reader:
    """The reader, asking about every record of a pupil at once, and listing a pupil once."""
    return cast("Reader", _Together((reader,), reader))


class _Together:
    """``readers``: the record, or one replay of it for each of several records of one pupil."""

    def __init__(self, readers: tuple[Reader, ...], now: Reader) -> None:
        self._readers, self._now = readers, now
        self._known: tuple[int, dict[str, tuple[str, ...]]] = (-1, {})

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._readers[0], name)
        if len(self._readers) == 1:
            return ask

        def asked(*args: Any, **more: Any) -> Any:
            found = [getattr(reader, name)(*args, **more) for reader in self._readers]
            if isinstance(found[0], tuple):
                return tuple(dict.fromkeys(one for some in found for one in some))
            if isinstance(found[0], dict):
                return {key: value for some in reversed(found) for key, value in some.items()}
            return found[0]

        return asked

    def get(self, entity: str) -> Record | None:
        """One entity, from whichever has it."""
        return next((r for reader in self._readers if (r := reader.get(entity))), None)

    def find(
        self, noun: str, where: Where | None = None, *, order: str = "", limit: int = 0
    ) -> tuple[Record, ...]:
        """Entities of a noun; a pupil of two records is listed once."""
        asked = self._asked(where)
        found = [reader.find(noun, asked, order=order, limit=limit) for reader in self._readers]
        records = tuple({r.id: r for some in reversed(found) for r in some}.values())
        if len(found) > 1 and order:
            name = order.removeprefix("-")
            records = tuple(
                sorted(
                    records,
                    key=lambda r: str(r.values.get(name) or ""),
                    reverse=order.startswith("-"),
                )
            )
        if noun == "child" and not (where and "same_as" in where):
            records = tuple(r for r in records if self._stands(r))
        return records[:limit] if limit else records

    def count(self, noun: str, where: Where | None = None) -> int:
        """How many."""
        if noun == "child" or len(self._readers) > 1:
            return len(self.find(noun, where))
        return self._readers[0].count(noun, self._asked(where))

    def rows_about(
        self, *, subject: str | None = None, entity: str | None = None
    ) -> tuple[RowFacts, ...]:
        """Rows about a pupil under any of their records, oldest first."""
        if subject is None:
            return self._readers[0].rows_about(entity=entity)
        rows = {
            facts.row: facts
            for reader in self._readers
            for one in self._group(subject)
            for facts in reader.rows_about(subject=one, entity=entity)
        }
        return tuple(sorted(rows.values(), key=lambda facts: facts.t))

    @contextmanager
    def at(self, subject: str, until_ms: int) -> Iterator[Reader]:
        """As it stood: a replay for each of the pupil's records, read as one."""
        with ExitStack() as stack:
            then = tuple(
                stack.enter_context(self._now.at(one, until_ms)) for one in self._group(subject)
            )
            yield cast("Reader", _Together(then, self._now))

    def _asked(self, where: Where | None) -> Where | None:
        child = where.get("child") if where else None
        if where is None or not isinstance(child, str):
            return where
        both: dict[str, Value | tuple[Value, ...]] = dict(_plain(where))
        both["child"] = self._group(child)
        return both

    def _group(self, child: str) -> tuple[str, ...]:
        """``together``, asked once for each state of the school's list."""
        version = self._now.latest(SCHOOL)
        if self._known[0] != version:
            self._known = (version, {})
        groups = self._known[1]
        if child not in groups:
            groups[child] = together(self._now, child)
        return groups[child]

    def _stands(self, record: Record) -> bool:
        """Whether this is the record whose name stands."""
        return not record.values.get("same_as") or self._group(record.id)[0] == record.id


def _plain(where: Where) -> Mapping[str, Value | tuple[Value, ...]]:
    return where
