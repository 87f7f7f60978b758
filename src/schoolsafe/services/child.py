"""Pupils: the list, one pupil, classes.

Left to others: files of pupils (pupil_import), the chronology.
"""

from dataclasses import dataclass, replace
from datetime import date

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.name import fold
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Record
from schoolsafe.services.pupil_import import PupilImports
from schoolsafe.services.together import together

ROLL = ("on_roll", "possibly_left", "left", "not_on_roll")


class NoSuchChild(Refused):
    """There is no such pupil here."""


class NameNeeded(Refused):
    """Enter the child's name."""


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class, its teacher and who meets its children first."""

    name: str
    teacher: str | None = None
    room: str | None = None
    first_adult: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where else a pupil is taught, or registered."""

    kind: str
    """dual_registered or educated_elsewhere."""
    school: str
    since: date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One pupil as lists show them. The UPN is never part of it: it is a blind number (domain.md 6.4)."""

    id: str
    name: str
    """The name used every day."""
    legal_name: str
    dob: date | None
    year: str | None
    class_name: str | None
    teacher: str | None
    first_adult: str | None
    admission: str | None
    status: str
    may_collect: str | None = None
    may_collect_until: date | None = None
    placements: tuple[Placement, ...] = ()

    @property
    def first_name(self) -> str:
        """The forename used every day."""
        return self.name.split(" ")[0] if self.name else ""


class Children(PupilImports):
    """What a person can do with pupils, one by one; lists and transfer files as `PupilImports` says."""

    def list(
        self,
        words: str = "",
        *,
        year: str | None = None,
        class_name: str | None = None,
        status: str | None = None,
    ) -> tuple[ChildRow, ...]:
        """Pupils by name; every word must begin some part of the name, or be the admission number."""
        where: dict[str, Value | tuple[Value, ...]] = {"withdrawn": None}
        if year:
            where["year"] = year
        if class_name:
            where["class"] = class_name
        if status:
            where["status"] = status
        classes = self._classes()
        found = self._desk.reader.find("child", where, order="surname")
        wanted = fold(words).split()
        fits = [r.id for r in found if _fits(_row(r, classes), wanted)]
        # A pupil of two records is found by either name and listed once, by the one that stands.
        doubled = {r.id for r in found if r.values.get("same_as")}
        heads = {one: self.together(one)[0] for one in doubled}
        ids = {heads.get(one, one) for one in fits}
        rows = [_row(r, classes) for r in found if r.id in ids]
        return tuple(sorted(rows, key=lambda r: (fold(r.legal_name), r.id)))

    def show(self, child: str) -> ChildRow:
        """One pupil; under another record of theirs, the facts of the one whose name stands.

        Raises:
            NoSuchChild: not on record.
        """
        own = self.own(child)
        record = self._desk.reader.get(child)
        if record is None or not record.values.get("same_as"):
            return own
        return replace(self.own(self.together(child)[0]), id=child)

    def own(self, child: str) -> ChildRow:
        """One pupil as this very record has them.

        Raises:
            NoSuchChild: not on record.
        """
        record = self._desk.reader.get(child)
        if record is None or record.noun != "child":
            raise NoSuchChild
        return _row(record, self._classes())

    def together(self, child: str) -> tuple[str, ...]:
        """Every record shown as one with this one, the one whose name stands first."""
        return together(self._desk.reader, child)

    def add(
        self,
        *,
        surname: str,
        forename: str,
        dob: date | None = None,
        year: str = "",
        class_name: str = "",
    ) -> Changes:
        """A pupil typed by hand, until a list confirms them."""
        if not (surname.strip() or forename.strip()):
            raise NameNeeded
        values: dict[str, Value] = {
            "surname": surname.strip(),
            "forename": forename.strip(),
            "status": "on_roll",
        }
        if dob:
            values["dob"] = dob.isoformat()
        if year:
            values["year"] = year
        if class_name:
            values["class"] = class_name
        child = self._desk.ids.new("child")
        return self._desk.put(
            [NewEntry(SCHOOL, "child.add", (Add(child, values),), subject=child)], _TOPICS
        )

    def classes(self) -> tuple[ClassFacts, ...]:
        """Every class somebody is in, with what is known of it."""
        known = self._classes()
        names = {
            str(r.values["class"])
            for r in self._desk.reader.find("child", {"withdrawn": None})
            if r.values.get("class")
        }
        return tuple(known.get(name, ClassFacts(name)) for name in sorted(names | set(known)))

    def set_class(self, facts: ClassFacts) -> Changes:
        """Who teaches a class and who meets its children first."""
        values: dict[str, Value] = {
            "teacher": facts.teacher,
            "room": facts.room,
            "first_adult": facts.first_adult,
        }
        found = self._desk.reader.find("class", {"name": facts.name}, limit=1)
        if found:
            ops = self._desk.setting(found[0].id, values)
            return (
                self._desk.put([NewEntry(SCHOOL, "class.set", ops)], _TOPICS)
                if ops
                else Changes.none()
            )
        add = Add(
            self._desk.ids.new("class"),
            {
                name: value
                for name, value in ({"name": facts.name} | values).items()
                if value is not None
            },
        )
        return self._desk.put([NewEntry(SCHOOL, "class.add", (add,))], _TOPICS)

    def set_may_collect(self, child: str, names: str | None, until: date | None = None) -> Changes:
        """Who may collect this child: allowed names, no reason (architecture 9.8)."""
        self.show(child)
        ops = self._desk.setting(
            child,
            {
                "may_collect": names or None,
                "may_collect_until": until.isoformat() if until else None,
            },
        )
        if not ops:
            return Changes.none()
        return self._desk.put([NewEntry(SCHOOL, "child.set", ops, subject=child)], _TOPICS)

    def _classes(self) -> dict[str, ClassFacts]:
        return {
            str(r.values["name"]): ClassFacts(
                str(r.values["name"]),
                text(r.values, "teacher"),
                text(r.values, "room"),
                text(r.values, "first_adult"),
            )
            for r in self._desk.reader.find("class")
            if r.values.get("name")
        }


_TOPICS = frozenset({Topic.CHILD, Topic.TODAY})


def everyday_name(record: Record) -> str:
    """The name used every day: preferred names before legal ones."""
    values = record.values
    first = text(values, "preferred_forename") or text(values, "forename") or ""
    last = text(values, "preferred_surname") or text(values, "surname") or ""
    return f"{first} {last}".strip()


def _row(record: Record, classes: dict[str, ClassFacts]) -> ChildRow:
    values = record.values
    facts = classes.get(text(values, "class") or "")
    dob, until = text(values, "dob"), text(values, "may_collect_until")
    return ChildRow(
        id=record.id,
        name=everyday_name(record),
        legal_name=f"{text(values, 'surname') or ''} {text(values, 'forename') or ''}".strip(),
        dob=date.fromisoformat(dob) if dob else None,
        year=text(values, "year"),
        class_name=text(values, "class"),
        teacher=facts.teacher if facts else None,
        first_adult=facts.first_adult if facts else None,
        admission=text(values, "admission"),
        status=text(values, "status") or "on_roll",
        may_collect=text(values, "may_collect"),
        may_collect_until=date.fromisoformat(until) if until else None,
        placements=_placements(values.get("placements")),
    )


def _placements(value: Value) -> tuple[Placement, ...]:
    return tuple(
        Placement(
            str(one.get("kind") or ""),
            str(one["school"]),
            date.fromisoformat(str(one["since"])) if one.get("since") else None,
            str(one.get("contact") or ""),
        )
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, dict) and one.get("school")
    )


def _fits(row: ChildRow, wanted: list[str]) -> bool:
    parts = fold(f"{row.name} {row.legal_name}").split()
    return all(
        fold(row.admission) == word or any(part.startswith(word) for part in parts)
        for word in wanted
    )
