"""What the palette offers for what was typed, and what happens when a line is taken.

Knows no Qt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from schoolsafe.ui.commands import Command, Dispatcher, key_words
from schoolsafe.ui.ranking import Pick, best
from schoolsafe.ui.seams import PupilHit, PupilSource, TaskRunner, WordsHit
from schoolsafe.words import _

RECENT: Final = 5
PUPIL, ACTION, WORDS = "pupil:", "action:", "words:"
OWN_KEYS: Final = frozenset({"palette", "search", "close"})
"""Commands that only make sense outside the palette."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: a pupil or an action."""

    key: str
    title: str
    about: str = ""
    right: str = ""
    icon: str = ""


class PaletteView(Protocol):
    """What the presenter tells the view."""

    def show_offers(
        self,
        pupils: tuple[Offer, ...],
        actions: tuple[Offer, ...],
        found: tuple[Offer, ...],
    ) -> None:
        """Three groups, pupils first, then actions, then places in the record; each may be empty."""
        ...


def pupil_offer(hit: PupilHit) -> Offer:
    """A pupil's line."""
    return Offer(f"{PUPIL}{hit.id}", hit.name, hit.about, _("Open file"), "user")


def action_offer(command: Command) -> Offer:
    """An action's line with its key."""
    return Offer(f"{ACTION}{command.id}", command.title, "", key_words(command.id), command.icon)


def words_offer(n: int, hit: WordsHit) -> Offer:
    """A place in the record."""
    return Offer(f"{WORDS}{n}", hit.title, hit.about, _("Open"), "file-text")


class PalettePresenter:
    """One for the life of the window, so that it knows what was used last."""

    def __init__(
        self,
        view: PaletteView,
        *,
        source: PupilSource,
        commands: Dispatcher,
        tasks: TaskRunner,
        open_pupil: Callable[[str], None],
        words: Callable[[str], tuple[WordsHit, ...]] = lambda _typed: (),
        open_hit: Callable[[WordsHit], None] = lambda _hit: None,
    ) -> None:
        """Wires it.

        Args:
            view: shows what it is told.
            source: finds pupils, in the worker.
            commands: what can be done now.
            tasks: the worker.
            open_pupil: opens a pupil's file by id.
            words: finds places in the record, in the worker.
            open_hit: opens such a place.
        """
        self._view, self._source, self._commands = view, source, commands
        self._tasks, self._open_pupil = tasks, open_pupil
        self._words, self._open_hit = words, open_hit
        self._hits: tuple[WordsHit, ...] = ()
        self._recent: list[str] = []
        self._typed = ""

    def ask(self, typed: str) -> None:
        """Something was typed, or nothing yet."""
        self._typed = typed
        self._tasks.query(
            lambda: (self._source.find(typed), self._words(typed)),
            lambda hits: self._answer(typed, *hits),
        )

    def take(self, key: str) -> None:
        """Does what a line says."""
        if key.startswith(WORDS):
            self._open_hit(self._hits[int(key.removeprefix(WORDS))])
            return
        self._recent = [key, *(old for old in self._recent if old != key)][:RECENT]
        if key.startswith(PUPIL):
            self._open_pupil(key.removeprefix(PUPIL))
        else:
            self._commands.run(key.removeprefix(ACTION))

    def actions(self, typed: str) -> tuple[Offer, ...]:
        """Actions that work now and fit, the last used first while nothing is typed."""
        offered = {c.id: c for c in self._commands.offered() if c.id not in OWN_KEYS}
        if typed.strip():
            picks = [Pick(c.id, c.title) for c in offered.values()]
            return tuple(action_offer(offered[pick.id]) for pick in best(typed, picks))
        used = [key.removeprefix(ACTION) for key in self._recent if key.startswith(ACTION)]
        order = [name for name in used if name in offered]
        order += [name for name in offered if name not in used]
        return tuple(action_offer(offered[name]) for name in order)

    def _answer(self, typed: str, hits: tuple[PupilHit, ...], found: tuple[WordsHit, ...]) -> None:
        if typed == self._typed:  # a late answer to what is no longer asked is dropped
            self._hits = found
            self._view.show_offers(
                tuple(pupil_offer(hit) for hit in hits),
                self.actions(typed),
                tuple(words_offer(n, hit) for n, hit in enumerate(found)),
            )
