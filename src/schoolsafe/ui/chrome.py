"""What stands round every screen: rail, demo strip, top bar, a message, the stage; and over it the menu.

Built and placed here. Left to others: what its buttons do (shell), which screen is in front (stage).
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.ui.body import ONE_UNITS, RAIL_UNITS
from schoolsafe.ui.house import House
from schoolsafe.ui.menu import Menu
from schoolsafe.ui.rail import PLACES, Rail
from schoolsafe.ui.record_banner import RecordBanner
from schoolsafe.ui.screen import Frame
from schoolsafe.ui.seams import FrameFacts, TaskRunner
from schoolsafe.ui.stage import Stage
from schoolsafe.ui.top_bar import TopBar
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.layout import box, col, focusables, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.words import _


class Chrome(QWidget):
    """The whole of the window but the cover."""

    def __init__(self, house: House, frame: Callable[[TaskRunner], Frame]) -> None:
        super().__init__()
        self.setObjectName("root")
        places = [place for place in PLACES if place.id in house.screens]
        self.rail = Rail(places)
        demo_words = _("Demo school. Every pupil, police force and message here is invented.")
        strip = row(PlainLabel(demo_words, wrap=True), margins=(20, 3, 20, 3))
        self.demo = box(strip, object_name="demo")
        self.demo.hide()
        self.bar = TopBar()
        self.problem = Banner("warn", action=_("Close"), object_name="problem")
        self.problem_row = box(row((self.problem, 1), margins=(20, 8, 14, 8)))
        self.problem_row.hide()
        self.problem.pressed.connect(self.problem_row.hide)
        self.record = RecordBanner()
        self.notice = PlainLabel("", wrap=True, object_name="notice-words")
        self.notice_row = box(
            row(Glyph("triangle-alert", "warn", 16), (self.notice, 1), margins=(20, 4, 14, 4)),
            object_name="notice",
        )
        self.notice_row.hide()
        self._problem, self._by_facts = ("", ""), False
        self.stage = Stage(house.screens, tasks=house.tasks, bus=house.bus, frame=frame)
        messages = col(self.notice_row, self.record, self.problem_row, spacing=0)
        column = col(self.demo, self.bar, messages, (self.stage, 1), spacing=0)
        self.setLayout(row(self.rail, (column, 1), spacing=0))
        self.toast = self.bar.toast
        self.menu = Menu(self, places)

    def show_problem(self, error: SchoolSafeError) -> None:
        """An expected failure that no screen took: its own sentence, until it is closed."""
        self.problem.set_strength("danger" if isinstance(error, Tampered) else "warn")
        self.problem_row.show()
        self.problem.say(str(error), aloud=True)

    def show_record(self, words: str, detail: str) -> None:
        """What is wrong with the record itself, until it is settled: it cannot be closed."""
        self._problem, self._by_facts = (words, detail), False
        self.record.say(words, detail)

    def show_facts(self, facts: FrameFacts) -> None:
        """The school, the person, counts and sync state."""
        self.demo.setVisible(facts.demo)
        self.rail.show_person(school=facts.school, who=facts.who, duty=facts.duty)
        self.bar.show_facts(facts)
        self._warn(facts.warning)
        words, detail = facts.problem
        if words != self._problem[0] and (words or self._by_facts):
            self.show_record(words, detail)
            self._by_facts = bool(words)  # what a check told only a check takes back

    def _warn(self, words: str) -> None:
        """One quiet line; said once when it comes."""
        new = bool(words) and words != self.notice.text()
        self.notice.setText(words)
        self.notice_row.setVisible(bool(words))
        if new:
            announce(self.notice, words)

    def mark(self, counts: dict[str, int], here: str) -> None:
        """Things to do at each section, and which one the person is in."""
        self.rail.mark(counts, here)
        self.menu.places.mark(counts, here)

    def fold(self, units: int) -> None:
        """As much as there is room for, in px divided by the text scale."""
        body = self.stage.body()
        self.rail.fold(narrow=units < RAIL_UNITS)
        self.rail.setVisible(units >= ONE_UNITS)
        can_go_back = self.stage.can_go_back()
        if body is not None:
            body.fold(units)
            can_go_back = can_go_back or (body.panes.list is not None and body.front != "list")
        self.bar.fold(units, can_go_back=can_go_back)

    def stops(self) -> list[QWidget]:
        """Every stop of Tab: the screen's own order, then the frame. Never the order of creation."""
        body = self.stage.body()
        if body is None:
            return []
        stops = body.order()
        for part in (self.record, self.problem_row, self.bar, self.rail):
            stops += focusables(part)
        return stops
