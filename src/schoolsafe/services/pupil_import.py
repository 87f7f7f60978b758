"""Lists of pupils and transfer files taken in, after a person looked at what they would do.

Left to others: reading the file (intake), comparing rows (domain.roll), one pupil at a time (child).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schoolsafe.domain import ctf, roll
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports_outside import Intake, ListProblem, PupilList

_TOPICS = frozenset({Topic.CHILD, Topic.TODAY})


class MadeForAnotherSchool(Refused):
    """This transfer file was made for {school}, not for your school.

    Ask whoever sent it, or say that it is right all the same.
    """


class MadeForNobody(Refused):
    """This transfer file does not say which school it was made for. Say that it is right for yours."""


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


class PupilImports:
    """What a person can do with a file of pupils."""

    def __init__(self, desk: Desk, own_number: Callable[[], str | None] = lambda: None) -> None:
        """``own_number`` gives this school's DfE number, where the register of schools is here."""
        self._desk = desk
        self._own_number = own_number

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


def _former(changes: Iterable[roll.Change]) -> dict[str, Value]:
    """The name a list no longer gives: the police may still write it."""
    return {
        f"former_{change.field}": change.old
        for change in changes
        if change.field in {"surname", "forename"} and change.old and change.new
    }
