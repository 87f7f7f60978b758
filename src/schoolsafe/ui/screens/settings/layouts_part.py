"""The way from Settings to how areas write."""

from PySide6.QtCore import Signal

from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class LayoutsPart(FormPage):
    """Says what templates are for, and opens them."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("How areas write"),
            _(
                "Police and councils write in many layouts. SchoolSafe knows some; you can teach it yours "
                "from one message, give it to another school, or take one in."
            ),
        )
        self.open = button(_("Open how areas write"), icon="mail-open", object_name="open-layouts")
        self.open.clicked.connect(self.wanted)
        self.fields["open"] = self.open
        self.put(
            PlainLabel(
                _(
                    "To teach from a message already here, open its notification, choose Original email, "
                    "then Teach SchoolSafe this layout."
                ),
                "muted",
                wrap=True,
            ),
            8,
            flow(self.open),
        )
