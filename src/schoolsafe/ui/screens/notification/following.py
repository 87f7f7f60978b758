"""What follows a decision: steps with the child's words, the end of the work, its reopening."""

from collections.abc import Callable
from typing import Protocol

from schoolsafe.domain.notification import CloseOutcome, Step
from schoolsafe.services.notification import Notifications
from schoolsafe.ui.screens.notification.acts import Acts, SaysMissing
from schoolsafe.words import _


class FollowShown(SaysMissing, Protocol):
    """What is needed of the view."""

    def step_saved(self) -> None:
        """The form can be emptied."""
        ...

    def card_reason(self) -> str | None:
        """Why a step is done otherwise than a protocol card says; None until asked."""
        ...


class Following:
    """The follow-through of one line."""

    def __init__(
        self,
        work: Notifications,
        acts: Acts,
        view: FollowShown,
        *,
        here: Callable[[], tuple[str, int]],
    ) -> None:
        """What follows.

        Args:
            work: the services.
            acts: how commands are done.
            view: shows what is missing.
            here: the notice and line in front.
        """
        self._work, self._acts, self._view, self._here = work, acts, view, here

    def record_step(self, step: Step, *, words: str, child_words: str, why_not: str) -> None:
        """One step after the decision."""
        if not (words.strip() or child_words.strip()):
            self._view.say_missing(_("Write what was done"), "step")
            return
        notification, line = self._here()
        against_card = self._view.card_reason()
        self._acts.do(
            lambda: self._work.follow_up(
                notification,
                line,
                step,
                words=words,
                child_words=child_words,
                voice_why_not=why_not,
                against_card=against_card,
            ),
            then=lambda _changes: self._view.step_saved(),
            place="step",
            words=_("Step saved."),
        )

    def close(self, outcome: str | None, reason: str) -> None:
        """Ends the school's work on this child's line, with outcome and reason."""
        if not outcome:
            self._view.say_missing(_("Choose how this ended"), "close")
            return
        notification, line = self._here()
        self._acts.do(
            lambda: self._work.close(
                notification, line, outcome=CloseOutcome(outcome), reason=reason
            ),
            place="close",
            words=_("Closed."),
        )

    def reopen(self, reason: str) -> None:
        """Takes up the work again."""
        notification, line = self._here()
        self._acts.do(
            lambda: self._work.reopen(notification, line, reason=reason),
            place="close",
            words=_("Reopened."),
        )
