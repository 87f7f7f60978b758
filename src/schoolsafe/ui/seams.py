"""What a presenter needs from the window, without Qt: tasks, navigation, dialogs.

The entrance, the bus of changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from schoolsafe.errors import SchoolSafeError

if TYPE_CHECKING:  # the unlock screen is painted before the record's own words are loaded
    from schoolsafe.services.changes import Changes, Topic

T = TypeVar("T")

OnError = Callable[[SchoolSafeError], None]
"""What a screen does with an expected failure. Anything else goes to the crash page."""


class TaskRunner(Protocol):
    """Work on the vault, off the main thread. Results come back on it."""

    def query(
        self, fn: Callable[[], T], then: Callable[[T], None], on_error: OnError | None = None
    ) -> None:
        """Asks for data. No widget is touched inside ``fn``."""
        ...

    def command(
        self,
        fn: "Callable[[], Changes]",
        then: "Callable[[Changes], None] | None" = None,
        on_error: OnError | None = None,
    ) -> None:
        """Changes something; ``then`` runs first, then every screen hears the topics."""
        ...


class Navigator(Protocol):
    """Moving between screens, and the few things the window says for a screen."""

    def open(self, screen: str, **args: object) -> None:
        """Shows a screen by its id; ``args`` are plain values."""
        ...

    def back(self) -> None:
        """The screen before this one."""
        ...

    def show_list(self) -> None:
        """Where panes are folded to one: the list."""
        ...

    def show_work(self) -> None:
        """Where panes are folded to one: the work."""
        ...

    def work_visible(self) -> bool:
        """Whether a person sees the work pane now: not so where panes are folded to the list."""
        ...

    def title(self, words: str) -> None:
        """The window title: the screen, never a child's name."""
        ...

    def saved(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """A toast: "Saved. Undo" for ten seconds, announced, and Ctrl+Z."""
        ...

    def say(self, words: str) -> None:
        """A toast without Undo, announced."""
        ...

    def run(self, command_id: str) -> bool:
        """Does a command of the table."""
        ...

    def lock(self) -> None:
        """Locks now."""
        ...


@dataclass(frozen=True, slots=True)
class FileKind:
    """A row of a file dialog: words and patterns, such as ("Email files", ("*.eml",))."""

    words: str
    patterns: tuple[str, ...]


class Dialogs(Protocol):
    """The dialogs of the system. Scripted in tests."""

    def open_files(
        self, title: str, kinds: Sequence[FileKind] = (), *, many: bool = False
    ) -> tuple[Path, ...]:
        """Files a person chose, or none."""
        ...

    def open_folder(self, title: str) -> Path | None:
        """A folder a person chose, or None."""
        ...

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """Where to save, or None. The suggested name holds nobody's name."""
        ...

    def ask(self, title: str, words: str, *, do: str, leave: str) -> bool:
        """Only where something would be lost: True for ``do``. Buttons say what they do."""
        ...


class Paper(Protocol):
    """Paper and its preview. Scripted in tests."""

    def hand_over(self, title: str, pdf: bytes, *, seen: bool = False) -> bool:
        """Shows the pages of our own making, then prints or saves them.

        Args:
            title: the print job's name: what it is, never whose.
            pdf: made by us, never a received file.
            seen: a person has read it already: printed at once where there is a usual printer.

        Returns:
            Whether it was printed or saved; False where the person turned back.
        """
        ...


@dataclass(frozen=True, slots=True)
class SeatCard:
    """One login of this computer, as the unlock screen may show it."""

    id: str
    name: str
    role: str
    school: str
    locked_at: datetime | None = None
    """Aware, in the school's time; None if it was never locked."""
    hint: str = ""
    """A sentence beside the passphrase: of a pretend school only."""


class Entrance(Protocol):
    """Unlocking, made by bootstrap. Slow calls run in the worker."""

    def seats(self) -> tuple[SeatCard, ...]:
        """Everyone with a vault on this computer, the last one used first."""
        ...

    def wait_s(self, seat: str) -> int:
        """Whole seconds until the next try is taken; 0 when it is now."""
        ...

    def unlock(self, seat: str, passphrase: str) -> object:
        """Opens the vault; what comes back is handed to the screens unread.

        Raises:
            Refused: the passphrase does not open it, or it is too soon.
            Unavailable: the device secret or the folder cannot be reached.
            Tampered: the vault or its anchors do not hold.
        """
        ...

    def prepare(self) -> None:
        """Imports what unlocking needs, while the person types."""
        ...

    def now(self) -> datetime:
        """The time, aware, in the school's zone."""
        ...


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What the frame round every screen shows."""

    school: str = ""
    who: str = ""
    duty: str = ""
    """Until when they are on duty."""
    demo: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    """Section id and things to do; never totals."""
    countdown: str = ""
    """Such as "27 min to registration", or nothing."""
    countdown_spoken: str = ""
    sync: tuple[str, str, str] = ("", "", "")
    """The sentence of sync state: long, short, shortest."""
    offline: bool = True
    problem: tuple[str, str] = ("", "")
    """Why nothing can be saved, and what to do about it."""
    warning: str = ""
    """What to look at although everything saved is safe."""


@dataclass(frozen=True, slots=True)
class PupilHit:
    """A pupil the palette may show."""

    id: str
    name: str
    about: str
    """Class; never more."""


@dataclass(frozen=True, slots=True)
class WordsHit:
    """A place in the record that holds what was typed."""

    screen: str
    args: tuple[tuple[str, str], ...]
    title: str
    """Whom it is about."""
    about: str
    """What sort of record, its day, and the words found."""


class PupilSource(Protocol):
    """Finds pupils for the palette and the picker."""

    def find(self, text: str) -> tuple[PupilHit, ...]:
        """At most eight, best first; recent ones for an empty text."""
        ...


_Listener = tuple["frozenset[Topic]", "Callable[[frozenset[Topic]], None]"]


class Bus:
    """Who hears which topics.

    Main thread only; a listener ends by calling what ``listen`` gave back.
    """

    def __init__(self) -> None:
        self._listeners: list[_Listener] = []

    def listen(
        self, topics: "Iterable[Topic]", hear: "Callable[[frozenset[Topic]], None]"
    ) -> Callable[[], None]:
        """Hears these topics until the returned function is called."""
        entry = (frozenset(topics), hear)
        self._listeners.append(entry)

        def stop() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return stop

    def changed(self, topics: "Iterable[Topic]") -> None:
        """Tells everyone who listens to one of these."""
        told = frozenset(topics)
        for wanted, hear in tuple(self._listeners):
            if wanted & told:
                hear(wanted & told)


class Scope:
    """A screen's own view of the tasks: answers that come after it closed are dropped."""

    def __init__(self, tasks: TaskRunner) -> None:
        self._tasks = tasks
        self._open = True

    def close(self) -> None:
        """No answer is delivered any more. Commands still run and are still heard by the others."""
        self._open = False

    def query(
        self, fn: Callable[[], T], then: Callable[[T], None], on_error: OnError | None = None
    ) -> None:
        """As TaskRunner."""

        def deliver(result: T) -> None:
            if self._open:
                then(result)

        self._tasks.query(fn, deliver, self._guard(on_error))

    def command(
        self,
        fn: "Callable[[], Changes]",
        then: "Callable[[Changes], None] | None" = None,
        on_error: OnError | None = None,
    ) -> None:
        """As TaskRunner."""

        def deliver(changes: "Changes") -> None:
            if self._open and then is not None:
                then(changes)

        self._tasks.command(fn, deliver, self._guard(on_error))

    def _guard(self, on_error: OnError | None) -> OnError | None:
        if on_error is None:
            return None

        def deliver(error: SchoolSafeError) -> None:
            if self._open:
                on_error(error)

        return deliver
