"""Pinned under the form: Save, Save and decide later, and the choices where they have no other room."""

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.choice import ChoiceGroup
from schoolsafe.ui.widgets.pinned_bar import DecisionBar
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class CallBar(DecisionBar):
    """Save and Save and decide later; the choices too, where the context pane is folded."""

    def __init__(self, group: ChoiceGroup) -> None:
        self.later = button(_("Save and decide later"), object_name="save-later")
        self.save = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-call"
        )
        self.kept = PlainLabel("", "small", wrap=True, object_name="draft-kept")
        super().__init__(
            _("What happens this morning?"),
            group,
            line=self.kept,
            buttons=(self.later, self.save),
            kept=2,
        )

    def show_choices(self, *, shown: bool) -> None:
        """Whether the choices stand here."""
        self.title.setVisible(shown)
        self.group.setVisible(shown)
        self.note.setVisible(shown)
