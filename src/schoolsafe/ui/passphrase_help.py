"""Help with a new passphrase, the same wherever one is chosen: its strength, one made, typed twice. Qt-free.

Left to others: the fields (widgets.new_passphrase), what is taken in the end (keys).
"""

from collections.abc import Callable, Sequence
from typing import Final

from schoolsafe.ui.keys_seam import PassphraseCare, Strength
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import TaskRunner
from schoolsafe.words import _

IN_FILE: Final = "file"
"""The stated choice where there is no keyring: this computer's secret lies in a file."""
STOP: Final = "stop"
"""The other answer: come back once there is a keyring."""


class PassphraseHelp:
    """While somebody chooses one."""

    def __init__(
        self,
        care: PassphraseCare,
        tasks: TaskRunner,
        *,
        names: Callable[[], Sequence[str]],
        show: Callable[[Strength | None], None],
    ) -> None:
        """Wires it.

        Args:
            care: makes and judges, in the worker.
            tasks: the worker.
            names: what a guesser here would try: the school, the person.
            show: the strength of what stands in the field; None while it is empty.
        """
        self._care, self._tasks, self._names, self._show = care, tasks, names, show
        self._typed = ""

    def type(self, text: str) -> None:
        """Its strength in words, while somebody types."""
        self._typed = text
        if not text:
            self._show(None)
            return
        names = tuple(self._names())
        self._tasks.query(
            lambda: self._care.strength(text, names), lambda strength: self._answer(text, strength)
        )

    def make(self, then: Callable[[str], None]) -> None:
        """Five words."""
        self._tasks.query(self._care.made_passphrase, then)

    def _answer(self, text: str, strength: Strength) -> None:
        if text == self._typed:  # a late answer to what was typed before is dropped
            self._show(strength)


def problems(text: str, again: str) -> list[Problem]:
    """What can be said of the two fields before anything slow is tried."""
    if not text:
        return [Problem(_("Enter a passphrase, or let one be made"), "passphrase")]
    if text == again:
        return []
    words = _("Type the same passphrase again") if again else _("Type the passphrase again")
    return [Problem(words, "again")]
