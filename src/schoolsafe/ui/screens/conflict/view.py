"""The worklist beside the three-way view: what both saw, then each value with *Use this one*."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.conflict import ConflictView, Side
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.conflict.presenter import ConflictPresenter, by_words, heading_words
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.layout import Part, clear, col, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _


class ConflictScreen(Screen):
    """What two people changed."""

    place = "today"
    topics = frozenset({Topic.CHILD, Topic.CHRONOLOGY, Topic.NOTIFICATION, Topic.TODAY})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Two people changed this")
        self.presenter = ConflictPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self
        )
        self._found: dict[str, ConflictView] = {}
        self.rows = RowList(spoken=_("What two people changed"), object_name="conflict-rows")
        self.rows.chosen.connect(self._show)
        self.rows.opened.connect(lambda _key: self.why.setFocus())
        self.list = QFrame()
        self.list.setObjectName("side")
        self.list.setLayout(
            col(
                col(
                    PlainLabel(_("Two people changed this"), "h2", wrap=True),
                    margins=(16, 14, 12, 8),
                ),
                (self.rows, 1),
                spacing=0,
            )
        )
        self.work = QWidget()
        self.work.setObjectName("work")
        self._build()

    def _build(self) -> None:
        self.heading = PlainLabel("", "h1", wrap=True, object_name="conflict-heading")
        self.about = PlainLabel("", "muted", wrap=True)
        self.counts = Banner("info", object_name="conflict-counts")
        self.summary = ErrorSummary()
        self.why = TextField(spoken=_("Why this one?"), object_name="conflict-why")
        self.asked = Question(_("Why this one?"), self.why)
        self.file_link = button(
            _("Open the pupil’s file"), kind="link", object_name="conflict-file"
        )
        self.file_link.clicked.connect(self._open_file)
        self.nothing = PlainLabel(
            _("Nobody disagrees about anything. When two people change the same thing before they"
              " have seen each other’s, both stand here."),
            "muted", wrap=True, object_name="conflict-nothing",
        )  # fmt: skip
        self._sides = QVBoxLayout()
        self._sides.setSpacing(10)
        self.body = QWidget()
        self.body.setLayout(
            col(
                self.summary,
                self.counts,
                self._sides,
                self.asked,
                row(self.file_link, None),
                spacing=10,
            )
        )
        page = col(
            col(self.heading, self.about, spacing=2),
            self.nothing,
            self.body,
            None,
            margins=(24, 16, 24, 14),
            spacing=10,
        )
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(page))
        self.work.setLayout(layout)

    # ConflictScreenView ---------------------------------------------------------------------------

    def show_list(self, found: Sequence[ConflictView], *, select: str) -> None:
        """The worklist, one of them in front."""
        self._found = {one.id: one for one in found}
        before = self.rows.current_key()
        self.rows.show_rows(
            [Row(one.id, one.child_name or one.record, one.about, icon="users") for one in found]
        )
        key = next((k for k in (select, before) if k in self._found), "")
        if key:
            self.rows.select(key)
        else:
            self.rows.select_first()
        self._show(self.rows.current_key())

    def show_problem(self, words: str) -> None:
        """Why it was not decided."""
        self.asked.show_error(words)
        self.summary.show_errors([FormError(words, self.why)] if words else [])

    def decided(self) -> None:
        """What was typed is on record."""
        self.why.setText("")
        self.show_problem("")
        self.presenter.refresh()

    def _show(self, key: str) -> None:
        one = self._found.get(key)
        self.body.setVisible(one is not None)
        self.nothing.setVisible(one is None)
        self.show_problem("")
        clear(self._sides)
        if one is None:
            self.heading.setText(_("Two people changed this"))
            self.about.setText("")
            return
        self.heading.setText(one.about)
        self.about.setText(", ".join(part for part in (one.child_name, one.record) if part))
        self.counts.say(one.counts)
        self.asked.setVisible(one.decidable)
        self.file_link.setVisible(bool(one.child))
        if one.before:
            self._sides.addWidget(self._card(_("What both saw"), one.before))
        for n, side in enumerate(one.sides, 1):
            self._sides.addWidget(self._card(heading_words(side), side, one, n))

    def _card(
        self, heading: str, side: Side, one: ConflictView | None = None, n: int = 0
    ) -> QFrame:
        frame = QFrame()
        frame.setProperty("panel", "plain" if one else "sunken")
        counts = _("Counts until you decide") if side.counts else ""
        words = col(
            PlainLabel(heading, "strong", wrap=True),
            PlainLabel(side.words, wrap=True, object_name=f"conflict-value-{n}"),
            PlainLabel(by_words(side), "small", wrap=True),
            *([PlainLabel(counts, "small", wrap=True)] if counts else []),
            spacing=3,
        )
        parts: list[Part] = [(words, 1)]
        if one is not None and one.decidable:
            use = button(
                _("Use this one"),
                spoken=_("Use this one: {value}").format(value=side.words),
                object_name=f"use-{n}",
            )
            use.clicked.connect(lambda: self.presenter.choose(one, side, self.why.text()))
            parts.append(use)
        frame.setLayout(row(*parts, margins=(14, 10, 14, 10)))
        return frame

    def _open_file(self) -> None:
        one = self._found.get(self.rows.current_key())
        if one is not None:
            self.presenter.open_file(one)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, list=self.list)

    @override
    def opened(self, **args: object) -> None:
        record = args.get("record")
        self.presenter.open(record=record if isinstance(record, str) else "")

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {}
