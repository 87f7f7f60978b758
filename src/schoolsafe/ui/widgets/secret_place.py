"""Where this computer's secret is kept: asked only where there is no keyring, with what the weaker answer means."""

from PySide6.QtWidgets import QWidget

from schoolsafe.ui.passphrase_help import IN_FILE, STOP
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.fields import Question
from schoolsafe.ui.widgets.layout import col
from schoolsafe.words import _


class SecretPlace(QWidget):
    """Hidden while the keyring answers."""

    def __init__(self, stopped: str) -> None:
        """The question.

        Args:
            stopped: what stopping means here, in at most 26 letters.
        """
        super().__init__()
        self.no_keyring = Banner("warn", object_name="no-keyring")
        self.choices = ChoiceGroup(
            (
                Option(IN_FILE, _("Keep it in a file"), _("Weaker: see above")),
                Option(STOP, _("Stop, and ask IT for a keyring"), stopped),
            ),
            keyed=False,
            spoken=_("Where this computer’s secret is kept"),
            object_name="secret-place",
        )
        self.question = Question(_("Where is this computer’s secret kept?"), self.choices)
        self.setLayout(col(self.no_keyring, self.question))
        self.hide()

    def show_problem(self, problem: str) -> None:
        """Why there is no keyring; "" hides the question."""
        weakness = _(
            "Without a keyring the secret lies in a file that only your login on this computer "
            "may read. Whoever can copy your files has it, and then your passphrase is all that "
            "protects the record: it must have five words or more."
        )
        self.no_keyring.say(problem, weakness if problem else "")
        self.setVisible(bool(problem))
