"""How areas write: the templates in the list, the one in front in the work with the file it would make."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.domain import say
from schoolsafe.services.changes import Topic
from schoolsafe.services.template import TemplateView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.template import shown
from schoolsafe.ui.screens.template.shelf_presenter import ShelfPresenter
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import LongText
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.words import _

LIST_WIDTH = 330
LABEL_WIDTH = 190
FILE_LINES = 12


class TemplatesScreen(Screen):
    """Every template."""

    place = "settings"
    topics = frozenset({Topic.TEMPLATE})

    def __init__(
        self,
        frame: Frame,
        services: Services,
        *,
        read_file: Callable[[Path], bytes],
        write_file: Callable[[Path, bytes], None],
    ) -> None:
        self.title = _("How areas write")
        self._view: TemplateView | None = None
        self._names = ""
        self._kept = True
        self.presenter = ShelfPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dialogs=frame.dialogs,
            read_file=read_file,
            write_file=write_file,
        )
        self._build()
        self._wire()

    def _build(self) -> None:
        self.rows = RowList(spoken=_("Templates"), object_name="templates")
        self.teach = button(_("Teach from a message"), icon="mail-open", object_name="teach-file")
        self.take = button(_("Take in a template"), icon="folder-open", object_name="take-template")
        self.list = QFrame()
        self.list.setObjectName("side")
        head = col(PlainLabel(_("How areas write"), "h2"), margins=(16, 14, 12, 8))
        foot = col(self.teach, self.take, margins=(16, 8, 12, 12), spacing=8)
        self.list.setLayout(col(head, (self.rows, 1), foot, spacing=0))
        self.name = PlainLabel("", "h1", wrap=True, object_name="template-title")
        self.refused = Banner("warn", object_name="template-refused")
        self.facts = Facts(label_width=LABEL_WIDTH)
        self.names = Banner("warn", object_name="template-names")
        self.file = LongText(
            spoken=_("The file another school would get"),
            lines=FILE_LINES,
            object_name="template-file",
        )
        self.file.setReadOnly(True)
        self.give = button(
            _("Save for another school"), icon="download", object_name="give-template"
        )
        self.withdraw = button(_("Take out of use"), object_name="withdraw-template")
        self.keep = button(
            _("Keep this template"),
            kind="primary",
            key=key_words("save"),
            object_name="keep-template",
        )
        self.body = QWidget()
        self.body.setLayout(
            col(
                self.facts,
                6,
                PlainLabel(_("The file another school would get"), "h2", wrap=True),
                PlainLabel(
                    _(
                        "Only the words beside the values: labels and fixed sentences, nothing of any child."
                    ),
                    "muted",
                    wrap=True,
                ),
                self.names,
                self.file,
                spacing=8,
            )
        )
        page = col(
            PlainLabel(_("How areas write"), "muted"),
            self.name,
            self.refused,
            self.body,
            None,
            margins=(24, 16, 24, 12),
            spacing=8,
        )
        self.work = WorkPane(page, PinnedBar(row(None, self.withdraw, self.give, self.keep)))

    def _wire(self) -> None:
        do = self.presenter
        self.rows.chosen.connect(do.show)
        self.teach.clicked.connect(do.choose_message)
        self.take.clicked.connect(do.choose_file)
        self.keep.clicked.connect(do.keep)
        self.give.clicked.connect(self._give)
        self.withdraw.clicked.connect(lambda: do.withdraw(self._key()))

    def _key(self) -> str:
        return (self._view.id or self._view.template.name) if self._view else ""

    def _give(self) -> None:
        """The names were shown above the file, so they were looked at."""
        self.presenter.give(self._key(), looked_at=bool(self._names))

    # ShelfView ------------------------------------------------------------------------------------

    def show_shelf(self, views: tuple[TemplateView, ...], wanted: str) -> None:
        """Other templates."""
        key = wanted or self.rows.current_key()
        self.refused.say("")
        self.rows.show_rows(shown.shelf_rows(views))
        if not self.rows.select(key):
            self.rows.select_first()
        self.presenter.show(self.rows.current_key())

    def show_one(self, view: TemplateView | None, file: str, names: str, *, kept: bool) -> None:
        """The template in front."""
        self._view, self._names, self._kept = view, names, kept
        self.refused.say("")
        self.body.setVisible(view is not None)
        if view is None:
            return
        self.name.setText(say.plain_text(view.template.name))
        self.facts.show_facts(shown.facts_of(view) if kept else shown.facts_of(view)[:-1])
        self.names.say(names, _("Teach the layout again and change or drop them.") if names else "")
        self.file.setPlainText(file)
        self.keep.setVisible(not kept)
        self.give.setVisible(kept)
        self.withdraw.setVisible(kept and not view.shipped)
        self.work.settle()

    def show_refused(self, words: str) -> None:
        """A file that is no template."""
        self.refused.say(words, aloud=True)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, list=self.list, list_width=LIST_WIDTH)

    @override
    def opened(self, **args: object) -> None:
        wanted = args.get("template")
        self.presenter.refresh(wanted if isinstance(wanted, str) else "")

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.keep}

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        if paths[0].suffix.lower() != ".toml":
            return False
        self.presenter.take(paths[0])
        return True
