"""Step 1: who is this about? Proposals stand unconfirmed until a person presses the button."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.notification.came_to import CameTo
from schoolsafe.ui.screens.notification.card import Card, Offered, Proposed
from schoolsafe.ui.widgets.buttons import Kind, button
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, row
from schoolsafe.ui.widgets.picker import Pick, Picker
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class MatchCard(QWidget):
    """Proposals with their reasons, brothers and sisters on offer, and the ways out."""

    confirmed = Signal(str)
    """The pupil a person said is meant."""
    sibling_added = Signal(str)
    changed_mind = Signal()
    """Change: take the confirmed match back."""
    nobody = Signal(str)
    """Nobody fits, and why."""
    ended = Signal(object)
    """What it came to besides a match, as a `Told`."""
    named = Signal(str)
    """A child the reader missed, by name."""
    other_line = Signal(int)
    """Another child of the same notice."""
    rebuilt = Signal()
    """The button that had the focus is gone: it belongs to the next thing to do."""

    def __init__(self, find: Callable[[str], tuple[Pick, ...]]) -> None:
        super().__init__()
        self._card: Card | None = None
        self.else_link = button(_("Someone else"), kind="link", object_name="someone-else")
        self.else_link.clicked.connect(self.ask_someone_else)
        self.problem = PlainLabel("", "danger", wrap=True, object_name="match-problem")
        self.problem.hide()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.picker = Picker(
            find,
            spoken=_("Who is this about? Type a name"),
            hint=_("Type the name of a pupil"),
            object_name="match-picker",
        )
        self.picker.picked.connect(lambda pick: self.confirmed.emit(pick.id))
        self.picker_hint = PlainLabel("", "muted", wrap=True)
        self._add_named = button(_("Add this child"), object_name="add-named")
        self._add_named.clicked.connect(self._name_typed)
        self._nobody_link = button(_("Nobody fits"), kind="link", object_name="nobody-fits")
        self._nobody_link.clicked.connect(self._ask_why_nobody)
        self._search = QWidget()
        self._search.setLayout(
            col(
                self.picker_hint,
                row((self.picker, 1), self._add_named),
                flow(self._nobody_link),
                margins=(0, 8, 0, 0),
                spacing=6,
            )
        )
        self.came_to = CameTo()
        self.came_to.nobody.connect(self.nobody)
        self.came_to.ended.connect(self.ended)
        self.why_nobody = self.came_to.why
        self._nobody = self.came_to
        self._nobody.hide()
        self.elsewhere_link = button(
            _("Not ours"),
            kind="link",
            spoken=_("Not ours, or the child is elsewhere"),
            object_name="came-to",
        )
        self.elsewhere_link.clicked.connect(self._ask_why_nobody)
        heading = row(
            (PlainLabel(_("1  Who is this about?"), "h2", wrap=True), 1),
            self.elsewhere_link,
            self.else_link,
            spacing=14,
        )
        self.setLayout(
            col(heading, self.problem, self._rows, self._search, self._nobody, spacing=8)
        )

    # showing --------------------------------------------------------------------------------------

    def show_card(self, card: Card) -> None:
        """Other proposals, or the confirmed child as plain text."""
        focused = self._focused_name()
        remade = self._card is None or _rows_of(self._card) != _rows_of(card)
        same = self._card is not None and (self._card.line_id, self._card.notification) == (
            card.line_id,
            card.notification,
        )
        typing = same and self._search.isVisible() and not card.is_matched
        self._card = card
        self.say_problem("")
        if remade:
            clear(self._rows)
            for part in self._parts(card):
                self._rows.addWidget(part)
                part.show()  # a layout shows it a moment later, and the focus may go there now
        open_search = not card.is_matched and not card.proposals
        self._search.setVisible(open_search or typing)
        unchanged = same and not remade
        self._nobody.setVisible(self._nobody.isVisible() and unchanged)
        self.came_to.show_for(matched=card.child is not None, again=not same)
        undone = bool(card.line) and not card.no_match and not card.closed
        self.elsewhere_link.setVisible(undone and not open_search)
        self.else_link.setVisible(bool(card.line) and not card.is_matched and not open_search)
        self._add_named.setVisible(not card.line)
        self._nobody_link.setVisible(bool(card.line))
        self.picker_hint.setText(self._hint(card))
        if not typing:
            self.picker.set_text("")
        if remade and focused and self._focused_name() != focused:
            self._focus_again(focused)

    @staticmethod
    def _hint(card: Card) -> str:
        if not card.line:
            return _("No child could be read in this message. Type the name, as you read it.")
        return _("Search everybody on your list.")

    def _parts(self, card: Card) -> list[QWidget]:
        parts: list[QWidget] = []
        if card.match_heading:
            parts.append(PlainLabel(card.match_heading, "warn", wrap=True))
        if card.child is not None or card.no_match:
            parts.append(self._settled(card))
        alone = len(card.proposals) == 1
        for n, one in enumerate(card.proposals):
            parts += [line()] if n else []
            kind: Kind = "primary" if alone else "plain"
            parts.append(self._proposal(one, kind))
        if card.others:
            parts += [line(), PlainLabel(_("Others with a like name"), "muted", wrap=True)]
            parts += [self._proposal(one, "plain") for one in card.others]
        for n, offer in enumerate(card.siblings):
            parts += [line(), self._sibling(offer, first=n == 0)]
        if card.also_named:
            parts += [line(), self._also_named(card)]
        return parts

    def _settled(self, card: Card) -> QWidget:
        title = card.child_title or _("Nobody on our list fits")
        detail = card.confirmed or card.no_match
        change = button(_("Change"), kind="link", object_name="change-match")
        change.setAccessibleName(_("Change who this is about"))
        change.clicked.connect(self.changed_mind)
        words = col(
            PlainLabel(title, "strong", wrap=True, object_name="matched-child"),
            PlainLabel(detail, "muted", wrap=True, object_name="matched-by"),
            spacing=1,
        )
        return _held(row((words, 1), change, margins=(0, 6, 0, 8)))

    def _proposal(self, one: Proposed, kind: Kind) -> QWidget:
        press = button(
            one.button,
            kind=kind,
            key=key_words("confirm") if kind == "primary" else "",
            object_name=f"this-is-{one.child}",
        )
        press.setAccessibleDescription(f"{one.title}. {one.why}")
        press.clicked.connect(lambda _on=False, c=one.child: self.confirmed.emit(c))
        words = col(
            PlainLabel(one.title, "strong", wrap=True),
            PlainLabel(one.why, "muted", wrap=True),
            spacing=1,
        )
        return _held(row((words, 1), press, margins=(0, 6, 0, 8)))

    def _sibling(self, offer: Offered, *, first: bool) -> QWidget:
        add = button(
            offer.button,
            key=key_words("add-sibling") if first else "",
            object_name=f"add-{offer.child}",
        )
        add.setAccessibleDescription(f"{offer.title}. {offer.why}")
        add.clicked.connect(lambda _on=False, c=offer.child: self.sibling_added.emit(c))
        words = col(
            PlainLabel(offer.title, "strong", wrap=True),
            PlainLabel(offer.why, "muted", wrap=True),
            spacing=1,
        )
        return _held(row((words, 1), add, margins=(0, 8, 0, 8)))

    def _also_named(self, card: Card) -> QWidget:
        links: list[QWidget] = []
        for number, name in card.also_named:
            link = button(name, kind="link", object_name=f"line-{number}")
            link.clicked.connect(lambda _on=False, n=number: self.other_line.emit(n))
            links.append(link)
        named = PlainLabel(_("Also in this notification:"), "muted")
        return _held(row(named, (flow(*links, spacing=16), 1), margins=(0, 4, 0, 4)))

    # asking ---------------------------------------------------------------------------------------

    def ask_someone_else(self) -> None:
        """Opens the search over everybody, with the focus in it."""
        self._search.show()
        self.picker.setFocus()

    def focus_first(self) -> None:
        """The first thing to do here: the first proposal's button, or the search."""
        if self._card is not None and self._card.proposals:
            first = self._card.proposals[0].child
            press = self.findChild(QWidget, f"this-is-{first}")
            if press is not None:
                press.setFocus()
                return
        self.ask_someone_else()

    def say_problem(self, words: str) -> None:
        """What is missing here."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _ask_why_nobody(self) -> None:
        self._nobody.show()
        self.came_to.focus_first()

    def _name_typed(self) -> None:
        self.named.emit(self.picker.text())

    def _focused_name(self) -> str:
        """What has the focus here, by its name; nothing where the focus is elsewhere."""
        now = QApplication.focusWidget()
        inside = now is not None and self.isAncestorOf(now)
        return now.objectName() if now is not None and inside else ""

    def _focus_again(self, name: str) -> None:
        """The same button in the new rows; where it is gone, the next thing to do."""
        same = [one for one in self.findChildren(QWidget, name) if not one.isHidden()]
        if same:
            same[-1].setFocus()
        else:
            self.rebuilt.emit()


def _rows_of(card: Card) -> tuple[object, ...]:
    """What the rows are made of: where it is the same, they stay."""
    return (
        card.line_id,
        card.match_heading,
        card.child_title,
        card.confirmed,
        card.no_match,
        card.proposals,
        card.others,
        card.siblings,
        card.also_named,
    )


def _held(layout: QVBoxLayout | object) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)  # type: ignore[arg-type]  # a row or a column
    return holder
