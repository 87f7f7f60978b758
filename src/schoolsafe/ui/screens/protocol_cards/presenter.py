"""Which cards the school goes by, and its own copy. Knows no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.domain.protocol_card_words import panel_words, source_words
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.protocol_card import CardView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.protocol_cards.form import CardForm, card_of, form_of, wrong_with
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class CardShown:
    """One card in words."""

    id: str
    area: str
    says: tuple[str, ...]
    source: str
    in_use: bool
    sure: bool
    form: CardForm


class CardsView(Protocol):
    """What the presenter tells the view."""

    def show_rows(self, rows: Sequence[Row], current: str) -> None:
        """The list."""
        ...

    def show_card(self, card: CardShown, *, fresh: bool) -> None:
        """The card in front; ``fresh`` False leaves what is typed."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the form; none hides it."""
        ...


class CardsPresenter:
    """One for the screen."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: CardsView
    ) -> None:
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._cards: dict[str, CardView] = {}
        self.current = ""
        self._fresh = True

    def refresh(self) -> None:
        """Asks again."""
        self._tasks.query(self._services.protocol_cards.list, self._show)

    def _show(self, cards: tuple[CardView, ...]) -> None:
        self._cards = {view.card.id: view for view in cards}
        if self.current not in self._cards:
            self.current, self._fresh = next(iter(self._cards), ""), True
        self._view.show_rows([_row(view) for view in cards], self.current)
        self._show_current()

    def choose(self, card: str) -> None:
        """Another card in front."""
        if card != self.current:
            self.current, self._fresh = card, True
            self._view.show_wrong(())
            self._show_current()

    def _show_current(self) -> None:
        view = self._cards.get(self.current)
        if view is not None:
            self._view.show_card(_shown(view), fresh=self._fresh)
            self._fresh = False

    def use(self) -> None:
        """The school goes by it, or does not any more."""
        view = self._cards.get(self.current)
        if view is None:
            return
        cards, card = self._services.protocol_cards, self.current
        if view.in_use:
            self._do(lambda: cards.put_away(card), _("Put away. What it asked stays on record."))
        else:
            self._do(lambda: cards.use(card), _("In use. Notifications show what it asks."))

    def save(self, form: CardForm) -> None:
        """The school's own copy."""
        view = self._cards.get(self.current)
        problems = wrong_with(form)
        self._view.show_wrong(problems)
        if view is None or problems:
            return
        card, save = card_of(form, view.card), self._services.protocol_cards.save
        self._do(lambda: save(card), _("Saved as your own card, and in use."))

    def _do(self, change: Callable[[], Changes], words: str) -> None:
        def done(changes: Changes) -> None:
            self._fresh = True
            self.refresh()
            undo = changes.undo
            if undo is None:
                self._go.say(words if changes.rows else _("Nothing was changed."))
                return
            back = undo
            self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

        def failed(error: SchoolSafeError) -> None:
            self._view.show_wrong([Problem(str(error), "area")])

        self._tasks.command(change, done, failed)


def _row(view: CardView) -> Row:
    about = _("Your own copy") if view.own else _("As shipped")
    return Row(
        key=view.card.id,
        title=view.card.area,
        about=about,
        state=_("In use") if view.in_use else "",
        tone="ok",
        icon="scale",
        kind=_("Protocol card"),
    )


def _shown(view: CardView) -> CardShown:
    card = view.card
    checked = say.date_words(card.source.checked) if card.source.checked else ""
    return CardShown(
        id=card.id,
        area=card.area,
        says=panel_words(card) or (_("This card says little yet. Ask your force, and add it."),),
        source=source_words(card.source, checked),
        in_use=view.in_use,
        sure=card.source.sure,
        form=form_of(card),
    )
