"""Marks a message, tries the template that follows from it, keeps it. Knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from schoolsafe.domain.template import NAMES, Mark, Meaning, Template, plain
from schoolsafe.domain.template_derive import Selection, suspects
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.template import Example, Tried
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.template import shown
from schoolsafe.ui.screens.template.shown import MarkShown, MeaningShown, TriedShown
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class TeachShown:
    """Everything the screen shows about one example."""

    text: str
    parts: tuple[tuple[str, str], ...]
    part: int
    fields: tuple[Row, ...]
    places: tuple[tuple[int, int], ...]
    """Where the marks stand in the text."""
    marks: tuple[MarkShown, ...]
    meanings: tuple[MeaningShown, ...]
    sender: str
    kind: str


class TeachView(Protocol):
    """What the presenter tells the view."""

    def show_example(self, shown: TeachShown, *, fresh: bool) -> None:
        """The message and its marks; ``fresh``: another message."""
        ...

    def show_tried(self, tried: tuple[TriedShown, ...]) -> None:
        """What would be read, from this message and from others."""
        ...

    def show_refused(self, words: str) -> None:
        """There is no message to learn from."""
        ...

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is missing."""
        ...


@dataclass(slots=True)
class _Lesson:
    """One message being marked."""

    example: Example
    names: frozenset[str]
    """Words of pupils' names: none of them belongs into a template."""
    part: int = 0
    selections: list[Selection] = field(default_factory=list)
    edits: dict[Mark, Mark | None] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    kind: str = ""
    template: Template = field(default_factory=lambda: Template(""))
    unread: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()


class TeachPresenter:
    """One example at a time. Nothing is kept before a person saves it."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: TeachView,
        read_file: Callable[[Path], bytes],
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._read_file = read_file
        self._lesson: _Lesson | None = None
        self._asked = 0

    # the example ------------------------------------------------------------------------------------

    def open(self, notification: str) -> None:
        """A message on record."""
        templates = self._services.templates
        self._begin(lambda: templates.example(notification))

    def open_file(self, path: Path) -> None:
        """A message from a file; nothing of it goes on record."""
        templates = self._services.templates
        self._begin(lambda: templates.example_of_file(self._read_file(path)))

    def _begin(self, fetch: Callable[[], Example]) -> None:
        self._lesson = None

        templates = self._services.templates

        def look() -> tuple[Example, frozenset[str]]:
            return fetch(), templates.pupil_names()

        def begun(answer: tuple[Example, frozenset[str]]) -> None:
            example, names = answer
            if not any(each.strip() for each in example.texts):
                self._view.show_refused(_("No readable text was found in this message."))
                return
            self._lesson = _Lesson(example, names, kind=example.kind)
            self._view.show_tried(())
            self._show(fresh=True)

        self._tasks.query(look, begun, lambda error: self._view.show_refused(str(error)))

    def set_part(self, part: int) -> None:
        """Another text of the message; marks hold for one text."""
        lesson = self._lesson
        if lesson is None or part == lesson.part or not 0 <= part < len(lesson.example.texts):
            return
        lesson.part, lesson.selections, lesson.edits = part, [], {}
        self._learn(fresh=True)

    # marks --------------------------------------------------------------------------------------------

    def mark(self, key: str, start: int, end: int) -> bool:
        """What a stretch of the text is; False where nothing is selected."""
        lesson = self._lesson
        if lesson is None or not lesson.example.texts[lesson.part][start:end].strip():
            return False
        others = [s for s in lesson.selections if s.end <= start or end <= s.start]
        if key not in NAMES:
            others = [s for s in others if s.field != key]
        lesson.selections = [*others, Selection(key, start, end)]
        self._learn()
        return True

    def unmark(self, key: str) -> None:
        """Takes the marks of a field away."""
        lesson = self._lesson
        if lesson is not None:
            lesson.selections = [each for each in lesson.selections if each.field != key]
            self._learn()

    def reword(self, number: int, before: str, after: str) -> None:
        """Other words beside one mark."""
        self._edit(number, lambda mark: replace(mark, before=plain(before), after=plain(after)))

    def drop(self, number: int) -> None:
        """One mark is not kept."""
        self._edit(number, lambda _mark: None)

    def _edit(self, number: int, change: Callable[[Mark], Mark | None]) -> None:
        lesson = self._lesson
        if lesson is None or not 0 <= number < len(lesson.template.marks):
            return
        old = lesson.template.marks[number]
        origin = next((was for was, now in lesson.edits.items() if now == old), old)
        lesson.edits[origin] = change(old)
        self._learn()

    def mean(self, key: str, says: str, means: str) -> None:
        """What a word of this area means."""
        lesson = self._lesson
        if lesson is not None:
            lesson.meanings[key, says] = means
            self._learn()

    def set_kind(self, kind: str) -> None:
        """What kind of notice messages of this layout are."""
        if self._lesson is not None:
            self._lesson.kind = kind
            self._learn()

    # what follows --------------------------------------------------------------------------------------

    def _learn(self, *, fresh: bool = False) -> None:
        """The template that follows from the marks, and what it would read."""
        lesson = self._lesson
        if lesson is None:
            return
        frame = Template(
            lesson.template.name,
            kind=lesson.kind,
            channel=lesson.example.channel,
            senders=(lesson.example.sender,) if lesson.example.sender else (),
            meanings=tuple(
                Meaning(key, says, means) for (key, says), means in lesson.meanings.items() if means
            ),
        )
        found = self._services.templates.propose(
            lesson.example, lesson.part, lesson.selections, frame
        )
        marks = (lesson.edits.get(mark, mark) for mark in found.template.marks)
        lesson.template = replace(found.template, marks=tuple(m for m in marks if m is not None))
        lesson.unread = tuple(each.field for each in found.unread)
        self._show(fresh=fresh)
        self._try()

    def _try(self) -> None:
        lesson = self._lesson
        self._asked += 1
        asked = self._asked
        if lesson is None or not lesson.template.fields & NAMES:
            self._view.show_tried(())
            return
        templates, example = self._services.templates, lesson.example
        template = replace(lesson.template, name=lesson.template.name or _("New template"))

        def tried(answer: tuple[Tried, ...]) -> None:
            if asked == self._asked and lesson is self._lesson:
                lesson.tried = answer
                self._view.show_tried(shown.tried_shown(answer))
                self._show(fresh=False)

        def failed(_error: SchoolSafeError) -> None:
            if asked == self._asked:
                self._view.show_tried(())

        self._tasks.query(lambda: templates.try_on(example, template), tried, failed)

    def _show(self, *, fresh: bool) -> None:
        lesson = self._lesson
        if lesson is None:
            return
        text = lesson.example.texts[lesson.part]
        names = suspects(lesson.template, lesson.names)
        parts = tuple(
            (str(n), _("Part {n}").format(n=n + 1)) for n in range(len(lesson.example.texts))
        )
        self._view.show_example(
            TeachShown(
                text=text,
                parts=parts,
                part=lesson.part,
                fields=shown.field_rows(text, lesson.selections, lesson.unread),
                places=tuple((each.start, each.end) for each in lesson.selections),
                marks=shown.marks_shown(lesson.template, names),
                meanings=shown.meanings_shown(
                    text, lesson.selections, lesson.tried, lesson.template
                ),
                sender=lesson.example.sender,
                kind=lesson.kind,
            ),
            fresh=fresh,
        )

    # keeping ----------------------------------------------------------------------------------------------

    def save(self, name: str) -> None:
        """Keeps it for the team."""
        lesson = self._lesson
        if lesson is None:
            return
        template = replace(lesson.template, name=plain(name))
        problems = []
        if not template.name:
            problems.append(Problem(_("Enter a name for this layout"), "name"))
        if not template.fields & NAMES:
            problems.append(Problem(_("Mark where the child’s name stands"), "marks"))
        self._view.show_problems(tuple(problems))
        if problems:
            return
        services = self._services

        def done(changes: Changes) -> None:
            self._lesson = None
            undo = changes.undo
            words = _("Saved. Messages of this layout are read with it from now on")
            back = (lambda: self._tasks.command(lambda: services.undo(undo))) if undo else None
            self._go.saved(words, back)
            made = changes.entities[0] if changes.entities else ""
            self._go.open("templates", template=made)

        def refused(error: SchoolSafeError) -> None:
            self._view.show_problems((Problem(str(error), "name"),))

        self._tasks.command(lambda: services.templates.save(template), done, refused)

    def forget(self) -> None:
        """The message's words leave the memory."""
        self._lesson = None
        self._asked += 1
