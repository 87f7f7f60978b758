"""What a caller may add: a reference, the child's own words, whether social care was told."""

from PySide6.QtWidgets import QWidget

from schoolsafe.domain.notification import Answer
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.layout import col
from schoolsafe.words import _


class MoreTold(QWidget):
    """Three more questions, folded away until they are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.reference = TextField(spoken=_("Police reference"), object_name="call-reference")
        self.voice = TextField(
            spoken=_("The child’s own words"),
            hint=_("Exactly as they were said"),
            object_name="call-voice",
        )
        self.social_care = ChipRow(
            [
                (Answer.YES.value, _("Told")),
                (Answer.NO.value, _("Not told yet")),
                (Answer.UNKNOWN.value, _("Nobody said")),
            ],
            chosen=Answer.UNKNOWN.value,
            spoken=_("Has social care been told?"),
            object_name="call-social-care",
        )
        self.setLayout(
            col(
                Question(_("Police reference"), self.reference),
                Question(_("The child’s own words"), self.voice),
                Question(_("Has social care been told?"), self.social_care),
                spacing=10,
            )
        )
