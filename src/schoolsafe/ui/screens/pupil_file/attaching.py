"""Files of an entry: which are added, and why a copy of one is needed outside."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from schoolsafe.domain import say
from schoolsafe.ui.screens.pupil_file.forms import Form
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class AddFilesForm(Form):
    """Files for one entry: which, and why where it is not plain."""

    wanted = Signal(str, object, str)
    """The entry, the paths, why."""

    def __init__(self) -> None:
        super().__init__(_("Add files to this entry"), object_name="add-files")
        self._key = ""
        self._paths: tuple[Path, ...] = ()
        self.which = PlainLabel("", "strong", wrap=True, object_name="add-files-which")
        self.names = PlainLabel("", wrap=True, object_name="add-files-names")
        self.why = TextField(spoken=_("What it is"), object_name="add-files-why")
        self.arrange(
            self.which,
            self.names,
            PlainLabel(
                _("They are kept byte for byte, sealed, and stay. 25 MB each at most."),
                "muted",
                wrap=True,
            ),
            Question(_("What it is"), self.why, hint=_("If you like, such as: letter from the GP")),
        )
        self.save.set_words(_("Add the files"))
        self.save.clicked.connect(self.submit)

    def show_files(self, key: str, title: str, paths: Sequence[Path]) -> None:
        """Which files for which entry."""
        self._key, self._paths = key, tuple(paths)
        self.which.setText(title)
        self.names.setText("\n".join(say.plain_text(path.name) for path in paths))
        self.why.setText("")
        self.say_problem("")
        self.show()
        self.why.setFocus()

    def submit(self) -> None:
        """Hands them over."""
        self.wanted.emit(self._key, self._paths, self.why.text())

    def typed(self) -> dict[str, str]:
        """Paths are no words: nothing is kept of them."""
        return {}


class CopyForm(Form):
    """Why a copy is needed outside."""

    wanted = Signal(str)
    """The reason."""

    def __init__(self) -> None:
        super().__init__(_("Save a copy outside SchoolSafe"), object_name="copy-out")
        self.reason = TextField(spoken=_("Why is a copy needed?"), object_name="copy-reason")
        self.arrange(
            PlainLabel(
                _(
                    "A copy outside is not protected any more. Who took it, when and why is put on record."
                ),
                "warn",
                wrap=True,
            ),
            Question(_("Why is a copy needed?"), self.reason),
        )
        self.save.set_words(_("Choose where"))
        self.save.clicked.connect(self.submit)

    def open(self) -> None:
        """Asks anew."""
        self.reason.setText("")
        self.say_problem("")
        self.show()
        self.reason.setFocus()

    def submit(self) -> None:
        """Hands the reason over."""
        self.wanted.emit(self.reason.text())
