"""Records of a child's file that have a form: put on record, added to as things go on, withdrawn with a reason.

Left to others: what each kind asks (domain), the chronology they stand in, their clocks on Today.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import file_form
from schoolsafe.domain.chronology import Significance
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.file_form import Ask, FileForm, Wrong
from schoolsafe.domain.file_forms import BY_NAME
from schoolsafe.domain.ids import RowId, noun_of
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Record
from schoolsafe.words import _

TOPICS = frozenset({Topic.CHRONOLOGY, Topic.TODAY, Topic.FILE_RECORD})


class NoSuchForm(Refused):
    """There is no such kind of record."""


class NoSuchRecord(Refused):
    """There is no such record here."""


class NotAnswered(Refused):
    """{words}."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(words=wrong[0].words)
        self.wrong = wrong


class SayWhyWithdrawn(Refused):
    """Write why this is withdrawn."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what was answered, in words."""

    field: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class FileRecordView:
    """One record as a person reads it."""

    id: str
    form: FileForm
    child: str
    values: Mapping[str, Value]
    happened: datetime
    written: datetime
    author: str
    answers: tuple[Answered, ...]
    bases: Mapping[str, tuple[RowId, ...]]
    """What a form that opens now has seen."""
    conflicts: tuple[str, ...] = ()


class FileRecords:
    """What a person can do with them. All lives in the team circle."""

    def __init__(
        self,
        desk: Desk,
        children: Children,
        own_words: Callable[[], Mapping[str, Mapping[str, str]]] = dict,
    ) -> None:
        """``own_words``: the school's words for what forms offer, by the part of its settings."""
        self._desk = desk
        self._children = children
        self._own_words = own_words

    def form(self, name: str) -> FileForm:
        """A form in the school's own words.

        Raises:
            NoSuchForm: there is none.
        """
        return file_form.in_own_words(form_of(name), self._own_words())

    def add(
        self, form: str, child: str, values: Mapping[str, Value], *, significant: bool = False
    ) -> Changes:
        """Puts a new record in a child's file.

        Args:
            form: the noun of the kind of record.
            child: whose file; empty where the kind may be about nobody.
            values: answers by field; empty ones are left out.
            significant: whether a reader of the short chronology must see it.

        Raises:
            NoSuchForm, NoSuchChild: as they say.
            NotAnswered: something needed is missing or cannot be; nothing is written.
        """
        declared = form_of(form)
        nobody = declared.childless and not child
        subject = None if nobody else self._children.show(child).id
        said = _said(declared, values)
        self._refuse(declared, said)
        weight = Significance.SIGNIFICANT if significant else Significance.ROUTINE
        kept = said | {"significance": weight.value} | ({"child": subject} if subject else {})
        add = Add(self._desk.ids.new(declared.name), kept)
        entry = NewEntry(TEAM, f"{declared.name}.record", (add,), subject=subject)
        return self._desk.put([entry], TOPICS)

    def update(
        self,
        record: str,
        values: Mapping[str, Value],
        *,
        bases: Mapping[str, tuple[RowId, ...]] | None = None,
        why: str = "",
    ) -> Changes:
        """Adds or changes later answers of a record: a decision, minutes, an outcome.

        Raises:
            NoSuchRecord: not here, or withdrawn.
            NotAnswered: an answer cannot be, or a fact of the first day would change (that is a correction).
        """
        found, declared = self._record(record)
        said = {name: value for name, value in values.items() if value != found.values.get(name)}
        fixed = [q for q in declared.all_questions if q.field in said and not q.later]
        if fixed:
            words = _words_of_the_first_day()
            raise NotAnswered((Wrong(fixed[0].field, words),))
        known = {q.field for q in declared.all_questions}
        said = {name: None for name in said if name in known} | _said(declared, said)
        self._refuse(declared, said, standing=found.values)
        ops = self._desk.setting(record, said, bases)
        if not ops:
            return Changes.none()
        entry = NewEntry(
            TEAM,
            f"{declared.name}.update",
            ops,
            subject=text(found.values, "child"),
            why=why.strip() or None,
        )
        return self._desk.put([entry], TOPICS)

    def withdraw(self, record: str, *, why: str) -> Changes:
        """Takes a record out of the file's views. It stays in the record, with the reason.

        Raises:
            NoSuchRecord: not here, or withdrawn before. SayWhyWithdrawn: without a reason.
        """
        found, declared = self._record(record)
        if not why.strip():
            raise SayWhyWithdrawn
        ops = self._desk.setting(record, {"withdrawn": why.strip()})
        entry = NewEntry(
            TEAM,
            f"{declared.name}.withdraw",
            ops,
            subject=text(found.values, "child"),
            why=why.strip(),
        )
        return self._desk.put([entry], TOPICS)

    def get(self, record: str) -> FileRecordView:
        """One record.

        Raises:
            NoSuchRecord: not here, or withdrawn. NotYoursToRead: the key is with others.
        """
        self._desk.must_read(TEAM)
        found, form = self._record(record)
        return self._view(found, file_form.in_own_words(form, self._own_words()))

    def of(self, child: str, *forms: str) -> tuple[FileRecordView, ...]:
        """A child's records of these kinds, all kinds where none is named; the newest first."""
        return self._all({"child": child, "withdrawn": None}, forms)

    def every(self, *forms: str) -> tuple[FileRecordView, ...]:
        """Records of these kinds for all children, the newest first."""
        return self._all({"withdrawn": None}, forms)

    # ------------------------------------------------------------------------------------------------------

    def _all(self, where: Mapping[str, Value], forms: Iterable[str]) -> tuple[FileRecordView, ...]:
        self._desk.must_read(TEAM)
        own = self._own_words()
        wanted = [form_of(name) for name in forms] or list(BY_NAME.values())
        declared = [file_form.in_own_words(form, own) for form in wanted]
        found = [
            self._view(record, form)
            for form in declared
            for record in self._desk.reader.find(form.name, dict(where))
            if not record.values.get("act")  # a print or an export: it stands in the share log
        ]
        return tuple(sorted(found, key=lambda view: view.happened, reverse=True))

    def _record(self, record: str) -> tuple[Record, FileForm]:
        declared = BY_NAME.get(noun_of(record))
        found = self._desk.reader.get(record) if declared else None
        if declared is None or found is None or found.values.get("withdrawn"):
            raise NoSuchRecord
        return found, declared

    def _view(self, record: Record, form: FileForm) -> FileRecordView:
        values = record.values
        written = datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)
        happened = file_form.moment(values.get(form.when)) or written
        if happened.tzinfo is None:
            happened = happened.replace(tzinfo=LONDON)
        author = self._desk.reader.get(record.author)
        later = [q.field for q in form.all_questions if q.later]
        return FileRecordView(
            id=record.id,
            form=form,
            child=text(values, "child") or "",
            values=values,
            happened=happened.astimezone(LONDON),
            written=written,
            author=(text(author.values, "name") if author else None) or record.author,
            answers=answers(form, values),
            bases=self._desk.reader.bases(record.id, later),
            conflicts=record.conflicts,
        )

    def _refuse(
        self,
        form: FileForm,
        values: Mapping[str, Value],
        *,
        standing: Mapping[str, Value] | None = None,
    ) -> None:
        now = self._desk.now()
        wrong = file_form.wrong_with(form, values, now=now, new=standing is None, standing=standing)
        if wrong:
            raise NotAnswered(wrong)


def form_of(name: str) -> FileForm:
    """The form of that name.

    Raises:
        NoSuchForm: there is none.
    """
    if name not in BY_NAME:
        raise NoSuchForm
    return BY_NAME[name]


def answers(form: FileForm, values: Mapping[str, Value]) -> tuple[Answered, ...]:
    """Every question that was answered, in the order of the form, in words."""
    return tuple(
        Answered(q.field, _(q.words), file_form.answer_words(q, value))
        for q in form.all_questions
        if (value := values.get(q.field)) not in (None, "")
    )


def _words_of_the_first_day() -> str:
    """Why a fact of the first day is not simply changed."""
    return _("This was put on record with the first entry. Correct it instead, with a reason.")


def _said(form: FileForm, values: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that were given, words without the spaces round them. A child's words stay as typed."""
    known = {question.field: question for question in form.all_questions}
    said: dict[str, Value] = {}
    for name, value in values.items():
        if name not in known:
            continue
        kept = value.strip() if isinstance(value, str) and name != "child_words" else value
        kept = _aware(kept) if known[name].ask is Ask.MOMENT else kept
        if kept not in (None, "") and not (isinstance(kept, str) and not kept.strip()):
            said[name] = kept
    return said


def _aware(value: Value) -> Value:
    """A moment as the record keeps it: without an offset it is the school's wall clock."""
    found = file_form.moment(value)
    return found.replace(tzinfo=LONDON).isoformat() if found and not found.tzinfo else value
