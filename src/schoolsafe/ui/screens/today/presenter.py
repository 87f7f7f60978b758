"""What the day shows and what a person does in its list. Qt-free."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.domain.today import DayRow
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification import Received
from schoolsafe.services.today import FAMILY
from schoolsafe.services.today_view import Place, TodayView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screens.today.model import lines_of
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.widgets.row_list import Line
from schoolsafe.words import _, ngettext

MAIL: Final = frozenset({".eml", ".msg"})
LISTS: Final = frozenset({".csv"})
LOCKED: Final = "locked"
REFUSED: Final = "refused"

Answer = tuple[TodayView, tuple[str, ...], str]
"""The day, what set-up still lacks, and how the mailbox is."""


@dataclass(frozen=True, slots=True)
class DayShown:
    """The list pane in words."""

    date: str
    done: int
    total: int
    progress: str
    countdown: str
    spoken: str
    since: str
    unopened: str
    """How many notices nobody has opened, and whom to ring."""
    cover: str
    """Dates nobody covers, else what is due about the contact card."""
    cover_missing: bool
    lines: tuple[Line, ...]
    new: int
    batch: bool
    nothing: bool
    """Nothing stands before registration."""
    setup: tuple[str, ...]
    """What set-up still lacks: codes."""
    mail: str = ""
    """When the mailbox was last looked at, and what keeps it; "" where there is none."""


class DayList(Protocol):
    """What the presenter needs of its view."""

    def show_day(self, day: DayShown) -> None:
        """Other rows and numbers."""
        ...

    def select(self, key: str) -> bool:
        """Makes a row the current one; False if it is not there."""
        ...


class TodayPresenter:
    """Asks for the day and takes files in."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: DayList,
        read_file: Callable[[Path], bytes],
        inside: Callable[[Path], tuple[Path, ...]] = lambda path: (path,),
    ) -> None:
        """The day.

        Args:
            services: of the person at the screen.
            tasks: the worker.
            go: the window.
            view: the list pane.
            read_file: the bytes of a file a person dropped; refuses what is too large.
            inside: the files of a folder; a file is itself.
        """
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._read_file, self._inside = read_file, inside
        self._day: TodayView | None = None
        self._setup: tuple[str, ...] = ()
        self._mail = ""
        self._show_done = False
        self.on_day: Callable[[], None] = lambda: None
        """After every answer."""

    # showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks again."""
        self._tasks.query(self._ask, self._show)

    def _ask(self) -> Answer:
        services = self._services
        mail = services.mail_sources.standing()
        return services.days.view(), services.schools.setup_missing(), mail.trouble or mail.last

    def toggle_done(self) -> None:
        """Shows or folds what is done."""
        self._show_done = not self._show_done
        if self._day is not None:
            self._view.show_day(self._shown(self._day))

    def _show(self, answer: Answer) -> None:
        self._day, self._setup, self._mail = answer
        self._view.show_day(self._shown(self._day))
        self.on_day()

    def _shown(self, view: TodayView) -> DayShown:
        progress = view.day.progress
        return DayShown(
            date=_("{weekday} {day}").format(
                weekday=say.weekday_words(view.now.date()),
                day=say.date_words(view.now.date()).rsplit(" ", 1)[0],
            ),
            done=progress.done,
            total=progress.total,
            progress=progress.words if progress.total else "",
            countdown=view.countdown,
            spoken=_("{done} before registration. {countdown}").format(
                done=progress.words, countdown=view.countdown
            ),
            since=view.since,
            unopened=view.unopened,
            cover=view.cover or view.reminder,
            cover_missing=bool(view.cover),
            lines=lines_of(view.day, show_done=self._show_done),
            new=sum(
                1 for row in view.day.morning if view.places.get(row.id, Place()).line is not None
            ),
            batch=view.batch,
            nothing=not view.day.morning,
            setup=self._setup,
            mail=self._mail,
        )

    # rows -----------------------------------------------------------------------------------------

    def row(self, key: str) -> DayRow | None:
        """One row by its key."""
        groups = self._day.day.groups if self._day else ()
        return next((row for group in groups for row in group.rows if row.id == key), None)

    def place(self, key: str) -> Place:
        """What the row opens."""
        return self._day.places.get(key, Place()) if self._day else Place()

    def key_of(self, notification: str, line: int = 0) -> str:
        """The row of a notice, or nothing; ``line`` 0 is its first child."""
        places = self._day.places.items() if self._day else ()
        return next(
            (
                key
                for key, place in places
                if place.notification == notification and (not line or place.line == line)
            ),
            "",
        )

    def open_draft(self, key: str) -> None:
        """The form of a draft, as it was left."""
        place = self.place(key)
        draft = place.draft
        if place.form == FAMILY:
            self._go.open("pupil_file", child=place.child)
        elif place.form:
            given = {"child": place.child, "record": place.record}
            self._go.open(f"record_{place.form}", **{k: v for k, v in given.items() if v})
        elif draft:
            self._go.open(draft.partition(":")[0], draft=draft)

    def is_form(self, key: str) -> bool:
        """Whether the row opens a form: a draft, or a record of a child’s file."""
        place = self.place(key)
        return bool(place.draft or place.form)

    def draft_words(self, key: str) -> tuple[str, str]:
        """What stands in the work pane for a draft or a record: its name, and what it is."""
        row = self.row(key)
        return (row.title, row.about) if row else ("", "")

    def order_after(self, key: str) -> tuple[str, ...]:
        """The rows before registration in the order they come up once this one is finished."""
        keys = [row.id for row in self._before()]
        place = keys.index(key) if key in keys else -1
        return tuple(keys[place + 1 :] + keys[: max(0, place)])

    def first_left(self, order: Sequence[str]) -> str:
        """The first of these that still stands before registration, else the first that does."""
        left = [row.id for row in self._before()]
        return next((key for key in order if key in left), left[0] if left else "")

    def _before(self) -> Sequence[DayRow]:
        return self._day.day.morning if self._day else ()

    def is_batch(self) -> bool:
        """More than eight new: all at once."""
        return self._day is not None and self._day.batch

    # files ----------------------------------------------------------------------------------------

    def take_files(self, paths: Sequence[Path]) -> None:
        """Messages go on record byte for byte; a pupil list goes to its preview."""
        lists = [path for path in paths if self.is_list(path)]
        if lists:
            self._go.open("pupil_import", file=lists[0])
            return
        messages = tuple(paths)

        def read() -> list[tuple[str, bytes]]:
            inside = [path for each in messages for path in self._inside(each)]
            return [(path.name, self._read_file(path)) for path in inside]

        self._receive(read)

    def take_brought(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Mail and words that were dropped or pasted."""
        self._receive(lambda: files)

    @staticmethod
    def is_list(path: Path) -> bool:
        """Whether a file is a pupil list by its ending: it goes to its preview."""
        return path.suffix.casefold() in LISTS

    def _receive(self, read: Callable[[], Sequence[tuple[str, bytes]]]) -> None:
        came: list[Received] = []

        def receive() -> Changes:
            came.extend(self._services.notifications.receive_files(read()))
            changes = Changes.none()
            for one in came:
                changes = changes.and_then(one.changes)
            return changes

        def received(_changes: Changes) -> None:
            self._go.say(came_words(came))
            self._open_first(came)

        self._tasks.command(receive, received, self._say)

    def _open_first(self, came: Sequence[Received]) -> None:
        """The first message that is here now, new or not, comes in front."""
        here = next((one.notifications[0] for one in came if one.notifications), "")
        if not here:
            return
        services = self._services

        def place() -> str:
            lines = services.notifications.show(here).lines
            return lines[0].id if lines else here

        def then(key: str) -> None:
            self.refresh_then_select(key)

        self._tasks.query(place, then)

    def refresh_then_select(self, key: str) -> None:
        """Asks again and brings a row in front."""

        def show(answer: Answer) -> None:
            self._show(answer)
            self._view.select(key)

        self._tasks.query(self._ask, show)

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def came_words(came: Sequence[Received]) -> str:
    """What became of the messages, in one sentence each sort."""
    new = [one for one in came if one.outcome not in {"duplicate", REFUSED}]
    known = [one for one in came if one.outcome == "duplicate"]
    parts = []
    if new:
        words = ngettext("{n} message received.", "{n} messages received.", len(new))
        parts.append(words.format(n=len(new)))
    if any(one.outcome == LOCKED for one in new):
        parts.append(_("One is still locked."))
    if known:
        words = ngettext("{n} was already here.", "{n} were already here.", len(known))
        parts.append(words.format(n=len(known)))
    parts += [one.reason for one in came if one.outcome == REFUSED and one.reason]
    return " ".join(parts)
