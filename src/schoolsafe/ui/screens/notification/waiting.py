"""A notice that waits for its words, or is none: what the person pastes, types, drops, or takes off Today."""

from collections.abc import Callable

from schoolsafe.services.changes import Changes
from schoolsafe.services.notification import Notifications
from schoolsafe.ui.screens.notification.acts import Acts
from schoolsafe.words import _


class Waiting:
    """What can be done with a notice that names nobody yet."""

    def __init__(
        self,
        work: Notifications,
        acts: Acts,
        *,
        here: Callable[[], str],
        gone: Callable[[str], None],
    ) -> None:
        """What can be done.

        Args:
            work: the services.
            acts: how commands are done.
            here: the notice in front.
            gone: called with the notice once it is off Today.
        """
        self._work, self._acts, self._here, self._gone = work, acts, here, gone

    def use_words(self, words: str) -> None:
        """Words pasted from a locked message, or typed from a picture: the same notice takes them in."""
        notification = self._here()
        self._take(lambda: self._work.add_words(notification, words))

    def use_file(self, read: Callable[[], bytes]) -> None:
        """The same from a file, as the PDF saved from a protected message."""
        notification = self._here()
        self._take(lambda: self._work.add_file(notification, read()))

    def _take(self, do: Callable[[], Changes]) -> None:
        self._acts.do(do, place="shut", words=_("The words are taken in."))

    def take_off(self, reason: str) -> None:
        """It is no notification: off Today, with the reason on record."""
        notification = self._here()
        self._acts.do(
            lambda: self._work.withdraw(notification, reason),
            then=lambda _changes: self._gone(notification),
            place="shut",
            words=_("Taken off Today."),
        )
