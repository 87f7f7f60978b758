"""Pupils: the list, one pupil, classes, and pupil lists taken in.

Left to others: reading the file (intake), comparing rows (domain.roll), the chronology.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schoolsafe.domain import ctf, roll
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.name import fold
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Intake, ListProblem, PupilList, Record

ROLL = ("on_roll", "possibly_left", "left", "not_on_roll")


class NoSuchChild(Refused):
    """There is no such pupil here."""


class NameNeeded(Refused):
    """Enter the child's name."""


class MadeForAnotherSchool(Refused):
    """This transfer file was made for {school}, not for your school.

    Ask whoever sent it, or say that it is right all the same.
    """


class MadeForNobody(Refused):
    """This transfer file does not say which school it was made for. Say that it is right for yours."""


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


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a pupil list would do. Nothing is written before it is applied."""

    comparison: roll.Comparison
    source: PupilList
    sha256: str
    destination: ctf.Destination = ctf.Destination.HERE
    """Whom a transfer file was made for; a person answers where it was not this school."""

    @property
    def asks(self) -> Refused | None:
        """What a person must say before it is taken in; None where nothing is asked."""
        if self.source.ctf is None or self.destination is ctf.Destination.HERE:
            return None
        if self.destination is ctf.Destination.UNKNOWN:
            return MadeForNobody()
        return MadeForAnotherSchool(school=ctf.school_words(self.source.ctf.destination))

    @property
    def counts(self) -> dict[str, int]:
        """new, changed, left, unchanged, and rows not taken: repeats and rows that name nobody."""
        found = self.comparison.counts()
        return {
            "new": found[roll.Outcome.NEW],
            "changed": found[roll.Outcome.CHANGED],
            "left": found[roll.POSSIBLY_LEFT],
            "unchanged": found[roll.Outcome.UNCHANGED] + found[roll.Outcome.UPN_MISSING],
            "upn_missing": found[roll.Outcome.UPN_MISSING],
            "not_taken": found[roll.Outcome.REPEAT] + found[roll.Outcome.HELD],
        }

    @property
    def problems(self) -> tuple[ListProblem, ...]:
        """What a person should look at, by row: what the reader saw and what the comparison found."""
        found = [ListProblem(p.row, p.kind, p.message, p.field) for p in self.comparison.problems]
        return tuple(sorted((*self.source.problems, *found), key=lambda p: p.row))


class Children:
    """What a person can do with pupils."""

    def __init__(self, desk: Desk, own_number: Callable[[], str | None] = lambda: None) -> None:
        """``own_number`` gives this school's DfE number, where the register of schools is here."""
        self._desk = desk
        self._own_number = own_number

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
        rows = [_row(r, classes) for r in self._desk.reader.find("child", where, order="surname")]
        wanted = fold(words).split()
        return tuple(
            sorted((r for r in rows if _fits(r, wanted)), key=lambda r: (fold(r.legal_name), r.id))
        )

    def show(self, child: str) -> ChildRow:
        """One pupil.

        Raises:
            NoSuchChild: not on record.
        """
        record = self._desk.reader.get(child)
        if record is None or record.noun != "child":
            raise NoSuchChild
        return _row(record, self._classes())

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

    def preview(self, source: PupilList, sha256: str, *, full: bool = True) -> ImportPreview:
        """Compares a list with the pupils on record. Writes nothing.

        Without ``full`` the list holds some pupils only, and nobody has left for being absent from it.
        """
        known = (
            roll.KnownPupil(r.id, r.values)
            for r in self._desk.reader.find("child", {"withdrawn": None})
        )
        transfer = source.ctf
        compared = roll.compare(
            source.rows,
            known,
            on=self._desk.now().date(),
            full=full and transfer is None,  # a transfer file is never the whole school
            needs_dob=transfer is not None,
        )
        if transfer is None:
            return ImportPreview(compared, source, sha256)
        school = self._desk.reader.find("school", limit=1)
        urn = text(school[0].values, "urn") if school else None
        fits = ctf.destination_of(transfer, urn=urn or "", dfe_number=None)
        if fits is ctf.Destination.OTHER and transfer.destination.dfe_number:
            fits = ctf.destination_of(transfer, urn=urn or "", dfe_number=self._own_number())
        return ImportPreview(compared, source, sha256, fits)

    def apply(self, preview: ImportPreview, *, right_all_the_same: bool = False) -> Changes:
        """Takes the list in: one row per pupil, in one commit. Who is missing is "possibly left", never removed.

        The same file a second time changes nothing.

        Raises:
            MadeForAnotherSchool, MadeForNobody: a transfer file, unless ``right_all_the_same``.
        """
        if preview.asks is not None and not right_all_the_same:
            raise preview.asks
        entries: list[NewEntry] = []
        for line in preview.comparison.of(roll.Outcome.NEW):
            child = self._desk.ids.new("child")
            values: dict[str, Value] = {**line.values, "status": roll.ON_ROLL}
            entries.append(NewEntry(SCHOOL, "child.import", (Add(child, values),), subject=child))
        changed = preview.comparison.of(roll.Outcome.CHANGED)
        for child, changes in [(line.child, line.changes) for line in changed if line.child]:
            now: dict[str, Value] = {change.field: change.new for change in changes}
            ops = self._desk.setting(child, now | _former(changes))
            entries.append(NewEntry(SCHOOL, "child.import", ops, subject=child))
        for child in preview.comparison.possibly_left:
            ops = self._desk.setting(child, {"status": "possibly_left"})
            entries.append(NewEntry(SCHOOL, "child.import", ops, subject=child))
        columns, not_used = dict(preview.source.columns), dict(preview.source.not_used)
        last = self._last_list()
        if not any(entry.ops for entry in entries) and (
            preview.source.ctf is not None
            or (last.get("columns") == columns and (last.get("not_used") or {}) == not_used)
        ):
            return Changes.none()
        remembered = Add(
            self._desk.ids.new("pupil_import"),
            {
                "sha256": preview.sha256,
                "columns": {str(k): v for k, v in columns.items()},
                "not_used": {str(k): v for k, v in not_used.items()},
                "counts": {name: int(n) for name, n in preview.counts.items()},
                "at": self._desk.now().isoformat(),
            },
        )
        entries.append(NewEntry(SCHOOL, "pupil_import.record", (remembered,)))
        return self._desk.put([e for e in entries if e.ops], _TOPICS)

    def remembered_columns(self) -> dict[str, str]:
        """The columns confirmed for the last list, field to heading."""
        columns = self._last_list().get("columns")
        return {str(k): str(v) for k, v in columns.items()} if isinstance(columns, dict) else {}

    def columns_for(self, source: PupilList) -> dict[str, str]:
        """What was confirmed last time and this list has too, where it differs from the guess.

        A field a person left out is left out again (an empty heading) while the guess is the one they
        refused; a list from another system, with other headings, is read anew.
        """
        headings = {*source.columns.values(), *source.ignored}
        kept = {f: h for f, h in self.remembered_columns().items() if h in headings}
        refused = self._last_list().get("not_used")
        for name, heading in refused.items() if isinstance(refused, dict) else ():
            if source.columns.get(str(name)) == heading:
                kept[str(name)] = ""
        differs = any(source.columns.get(name, "") != heading for name, heading in kept.items())
        return kept if differs else {}

    def read_list(self, intake: Intake, data: bytes) -> PupilList:
        """A list with the columns confirmed last time, or a transfer file.

        Raises:
            UnreadableFile: with the reason.
        """
        source = intake.read_pupil_list(data)
        kept = self.columns_for(source)
        return intake.read_pupil_list(data, columns=kept) if kept else source

    def _last_list(self) -> Mapping[str, Value]:
        """The last pupil list taken in; a transfer file has no columns to remember."""
        found = self._desk.reader.find("pupil_import", order="-at")
        return next((r.values for r in found if r.values.get("columns")), {})

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


def _former(changes: Iterable[roll.Change]) -> dict[str, Value]:
    """The name a list no longer gives: the police may still write it."""
    return {
        f"former_{change.field}": change.old
        for change in changes
        if change.field in {"surname", "forename"} and change.old and change.new
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
