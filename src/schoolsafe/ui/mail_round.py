"""Looks at the mail sources while the window is open: a few seconds after unlocking, then when each is due.

Looking runs in a worker of its own, which never touches the vault; what came is taken in by the vault's worker, a few
messages at a time, so that whoever works meanwhile waits for at most those. Left to others: what is due (services).
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.mail_fetching import Errand, Fetched, Haul
from schoolsafe.services.mail_source import DUPLICATE, GONE, REFUSED, Taken
from schoolsafe.ui.seams import Scope, TaskRunner
from schoolsafe.words import _, ngettext

START_MS: Final = 3_000
"""After unlocking: the first screen comes first."""
EVERY_MS: Final = 15_000
"""How often it is asked whether anything is due."""
PAUSE: Final = 20
"""Ticks without a look after the record could not be written: five minutes."""
AT_ONCE: Final = 4
"""Messages that are taken in together: about a second of the vault's worker."""


class Sources(Protocol):
    """The mail sources, as a round needs them."""

    def due(self, *, at_once: bool = False) -> tuple[Errand, ...]:
        """What is to be looked at. In the vault's worker."""
        ...

    def fetch(self, errand: Errand) -> Haul:
        """Looks. In the other worker."""
        ...

    def take(self, errand: Errand, haul: Haul, items: Sequence[Fetched]) -> tuple[Taken, ...]:
        """Takes in. In the vault's worker."""
        ...

    def finish(self, errand: Errand, haul: Haul) -> Changes:
        """How it ended. In the vault's worker."""
        ...

    def stop(self) -> None:
        """Ends a look that is under way."""
        ...


@dataclass(frozen=True, slots=True)
class MailWork:
    """The sources, and the worker that looks."""

    sources: Sources
    errands: TaskRunner

    def stop(self) -> None:
        """Ends a look that is under way: at the lock."""
        self.sources.stop()


@dataclass(slots=True)
class _Look:
    """One source being looked at."""

    errand: Errand
    haul: Haul
    waiting: deque[tuple[Fetched, ...]]


@dataclass(slots=True)
class _Counts:
    """What a round brought, for one sentence."""

    looks: int = 0
    new: int = 0
    left: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def count(self, taken: Sequence[Taken]) -> None:
        """Some more."""
        for one in taken:
            if one.outcome == REFUSED:
                self.left.append(one.reason or "")
            elif one.outcome not in {DUPLICATE, GONE}:
                self.new += 1


class MailRound(QObject):
    """One for one unlocked vault. Its timer ends with it."""

    def __init__(
        self,
        work: MailWork,
        tasks: TaskRunner,
        tell: Callable[[str], None],
        *,
        host: QObject | None = None,
        start_ms: int = START_MS,
    ) -> None:
        """Begins by itself.

        Args:
            work: the sources, and the worker that looks.
            tasks: the vault's worker.
            tell: hears what came, in a sentence.
            host: it ends with this one, and so do its answers.
            start_ms: until the first look.
        """
        super().__init__(host)
        self._sources, self._tell = work.sources, tell
        self._tasks, self._errands = Scope(tasks), Scope(work.errands)
        self.destroyed.connect(self._tasks.close)
        self.destroyed.connect(self._errands.close)
        self._round: deque[Errand] = deque()
        self._counts = _Counts()
        self._busy = self._again = self._asked_for = False
        self._pause = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tick)
        QTimer.singleShot(start_ms, self, self._begin)

    def is_busy(self) -> bool:
        """Whether a round is under way."""
        return self._busy

    def look_now(self) -> None:
        """Looks at every source, due or not; during a round, once more after it."""
        if self._busy:
            self._again = True
            return
        self._asked_for = True
        self._start(at_once=True)

    def tick(self) -> None:
        """Looks at what is due."""
        if self._pause:
            self._pause -= 1
        elif not self._busy:
            self._start(at_once=False)

    def stop(self) -> None:
        """No more rounds."""
        self._timer.stop()
        self._round.clear()
        self._again = False

    # ------------------------------------------------------------------ inside

    def _begin(self) -> None:
        self._timer.start()
        self.tick()

    def _start(self, *, at_once: bool) -> None:
        self._busy, self._counts = True, _Counts()
        self._tasks.query(lambda: self._sources.due(at_once=at_once), self._due, self._over)

    def _due(self, errands: tuple[Errand, ...]) -> None:
        self._round = deque(errands)
        self._next()

    def _next(self) -> None:
        if not self._round:
            self._over(None)
            return
        errand = self._round.popleft()
        self._counts.looks += 1
        self._errands.query(
            lambda: self._sources.fetch(errand), lambda haul: self._came(errand, haul), self._over
        )

    def _came(self, errand: Errand, haul: Haul) -> None:
        items = haul.items
        parts = (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
        self._take(_Look(errand, haul, deque(parts)))

    def _take(self, look: _Look) -> None:
        if not look.waiting:
            self._tasks.command(
                lambda: self._sources.finish(look.errand, look.haul),
                lambda _changes: self._finished(look),
                self._over,
            )
            return
        items = look.waiting.popleft()
        taken: list[Taken] = []

        def take() -> Changes:
            taken.extend(self._sources.take(look.errand, look.haul, items))
            changes = Changes.none()
            for one in taken:
                changes = changes.and_then(one.changes)
            return changes

        def took(_changes: Changes) -> None:
            self._counts.count(taken)
            self._take(look)

        self._tasks.command(take, took, self._over)

    def _finished(self, look: _Look) -> None:
        if look.haul.problem is not None:
            self._counts.problems.append(str(look.haul.problem))
        if look.haul.more and look.haul.problem is None:
            # The rest of it at once, with the marks as they are now.
            self._tasks.query(
                lambda: self._sources.due(at_once=True),
                lambda due: self._rest(look.errand.source, due),
                self._over,
            )
        else:
            self._next()

    def _rest(self, source: str, due: Sequence[Errand]) -> None:
        self._round.extendleft(errand for errand in due if errand.source == source)
        self._next()

    def _over(self, problem: SchoolSafeError | None) -> None:
        """The round is over. Where the record cannot be written, that is said, and tried again after a while."""
        self._busy = False
        self._round.clear()
        self._pause = PAUSE if problem is not None else 0
        words = str(problem) if problem is not None else came_words(self._counts)
        if self._asked_for and not words:
            words = nothing_words(self._counts)
        self._asked_for = False
        if words:
            self._tell(words)
        if self._again:
            self._again = False
            self.look_now()


def came_words(counts: _Counts) -> str:
    """What came by itself, in a sentence or two; nothing where nothing did."""
    parts = []
    if counts.new:
        words = ngettext("{n} message came by mail.", "{n} messages came by mail.", counts.new)
        parts.append(words.format(n=counts.new))
    if counts.left:
        n = len(counts.left)
        words = ngettext("{n} message needs you.", "{n} messages need you.", n)
        parts.append(words.format(n=n))
    return " ".join(parts)


def nothing_words(counts: _Counts) -> str:
    """For somebody who asked, and nothing came: why not, where there is a reason."""
    if counts.problems:
        return counts.problems[0]
    return _("No new messages.") if counts.looks else _("There is no mail source to look at.")
