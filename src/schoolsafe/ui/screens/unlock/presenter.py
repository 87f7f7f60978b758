"""Decides what the unlock screen says. Knows no Qt and no keys: only the Entrance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui.seams import Entrance, SeatCard, TaskRunner
from schoolsafe.words import _, ngettext

MINUTE: Final = 60
NOON: Final = 12


class UnlockView(Protocol):
    """What the presenter tells the view."""

    def show_seats(self, seats: tuple[SeatCard, ...]) -> None:
        """Everyone with a vault here; none means a first run."""
        ...

    def show_place(self, words: str) -> None:
        """School, and when it was locked."""
        ...

    def show_problem(self, words: str) -> None:
        """What keeps this computer from opening any vault."""
        ...

    def show_error(self, words: str) -> None:
        """Beside the passphrase; nothing takes it away."""
        ...

    def show_wait(self, words: str) -> None:
        """How long until the next try; nothing when it is now."""
        ...

    def set_busy(self, *, busy: bool) -> None:
        """While the passphrase is tried."""
        ...

    def try_again(self) -> None:
        """The focus back in the passphrase, its words marked."""
        ...


def clock_words(moment: datetime) -> str:
    """7:12am, midday, 5:32pm."""
    if moment.hour == NOON and moment.minute == 0:
        return _("midday")
    half = _("am") if moment.hour < NOON else _("pm")
    return f"{(moment.hour + NOON - 1) % NOON + 1}:{moment.minute:02}{half}"


def locked_words(locked_at: datetime | None, now: datetime) -> str:
    """When it was locked, as people say it."""
    if locked_at is None:
        return ""
    clock = clock_words(locked_at)
    if locked_at.date() == now.date():
        return _("Locked at {time}.").format(time=clock)
    if locked_at.date() == now.date() - timedelta(days=1):
        return _("Locked at {time} yesterday.").format(time=clock)
    day = f"{locked_at:%A} {locked_at.day} {locked_at:%B %Y}"
    return _("Locked at {time} on {day}.").format(time=clock, day=day)


def wait_words(seconds: int) -> str:
    """How long until the next try is taken."""
    if seconds <= 0:
        return ""
    if seconds < MINUTE:
        return ngettext(
            "Too many tries. Try again in {n} second.",
            "Too many tries. Try again in {n} seconds.",
            seconds,
        ).format(n=seconds)
    minutes = -(-seconds // MINUTE)
    return ngettext(
        "Too many tries. Try again in {n} minute.",
        "Too many tries. Try again in {n} minutes.",
        minutes,
    ).format(n=minutes)


@dataclass(frozen=True, slots=True)
class _Open:
    inside: object


class UnlockPresenter:
    """From a name and a passphrase to an open vault."""

    def __init__(
        self,
        view: UnlockView,
        *,
        entrance: Entrance,
        tasks: TaskRunner,
        unlocked: Callable[[object], None],
    ) -> None:
        """Wires it.

        Args:
            view: shows what it is told.
            entrance: opens vaults; its slow calls run in the worker.
            tasks: the worker.
            unlocked: gets what the entrance gave, once.
        """
        self._view, self._entrance, self._tasks = view, entrance, tasks
        self._unlocked = unlocked
        self._seats: dict[str, SeatCard] = {}
        self._busy = False

    def start(self) -> None:
        """Fills the screen, and gets ready while the person types."""
        self._tasks.query(
            self._entrance.seats, self._show, lambda error: self._view.show_problem(str(error))
        )
        self._tasks.query(self._entrance.prepare, lambda _nothing: None)

    def choose(self, seat: str) -> None:
        """Somebody else sits down."""
        card = self._seats.get(seat)
        if card is None:
            return
        self._view.show_error("")
        self._tasks.query(self._entrance.now, lambda now: self._place(card, now))
        self.tick(seat)

    def tick(self, seat: str) -> None:
        """Says how long to wait, as long as there is anything to wait for."""
        self._tasks.query(lambda: self._entrance.wait_s(seat), self._wait)

    def unlock(self, seat: str, passphrase: str) -> None:
        """Tries it. While one try runs, or before anybody is known, another is not begun."""
        if self._busy or not seat:
            return
        if not passphrase:
            self._view.show_error(_("Enter your passphrase"))
            self._view.try_again()
            return
        self._busy = True
        self._view.show_error("")
        self._view.set_busy(busy=True)
        self._tasks.query(
            lambda: self._try(seat, passphrase),
            self._tried,
            lambda error: self._failed(seat, error),
        )

    def _try(self, seat: str, passphrase: str) -> _Open | int:
        """In the worker: seconds to wait, or what was opened."""
        seconds = self._entrance.wait_s(seat)
        return seconds if seconds > 0 else _Open(self._entrance.unlock(seat, passphrase))

    def _tried(self, outcome: _Open | int) -> None:
        self._busy = False
        if isinstance(outcome, _Open):
            self._unlocked(outcome.inside)
            return
        self._view.set_busy(busy=False)
        self._wait(outcome)
        self._view.try_again()

    def _place(self, card: SeatCard, now: datetime) -> None:
        place = f"{card.school}." if card.school else ""
        said = (place, locked_words(card.locked_at, now), card.hint)
        self._view.show_place(" ".join(part for part in said if part))

    def _wait(self, seconds: int) -> None:
        self._view.show_wait(wait_words(seconds))
        if seconds > 0:
            self._view.show_error("")

    def _show(self, seats: tuple[SeatCard, ...]) -> None:
        self._seats = {card.id: card for card in seats}
        self._view.show_seats(seats)
        if seats:
            self.choose(seats[0].id)

    def _failed(self, seat: str, error: SchoolSafeError) -> None:
        self._busy = False
        self._view.set_busy(busy=False)
        self._view.show_error(str(error))
        self._view.try_again()
        self.tick(seat)
