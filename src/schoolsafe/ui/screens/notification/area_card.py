"""What the force or council asks of schools, over what it told. In a low window the rest is one press away.

The evidence comes first: on a common laptop the whole card would push it out of sight.
"""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.pinned_bar import LOW_UNITS
from schoolsafe.words import _


class AreaCard(Banner):
    """Hidden where no card holds."""

    def __init__(self) -> None:
        super().__init__("sunken", detail=" ", icon="scale", object_name="area-card")
        self._area, self._rules = "", tuple[str, ...]()
        self._opened, self._met = False, 0
        self.pressed.connect(self._turn)
        self.hide()

    def show_rules(self, area: str, rules: Sequence[str], *, met: int, fresh: bool) -> None:
        """The rules in force for this notice, the most important first.

        Args:
            area: whose card it is.
            rules: in sentences, without their full stops.
            met: how many of the last ones this child meets: they are never folded away.
            fresh: another notice, so the card folds again.
        """
        self._area, self._rules, self._met = area, tuple(rules), met
        self._opened = self._opened and not fresh
        self._show()

    def _turn(self) -> None:
        self._opened = not self._opened
        self._show()

    def _show(self) -> None:
        short = (*self._rules[:1], *self._rules[max(1, len(self._rules) - self._met) :])
        folds = short != self._rules and self.window().height() < style.scale(LOW_UNITS)
        shown = short if folds and not self._opened else self._rules
        words = _("{area} asks").format(area=self._area) if self._rules else ""
        self.say(words, " ".join(f"{rule}." for rule in shown))
        self.action.setVisible(folds)
        self.action.set_words(_("Show less") if self._opened else _("Show all"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rules and event.oldSize().width() != event.size().width():
            self._show()
