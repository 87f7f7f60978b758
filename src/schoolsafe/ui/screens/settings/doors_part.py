"""The ways from Settings to the cover rota, to the protocol cards and to agencies."""

from PySide6.QtCore import Signal

from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.words import _


class CoverDoor(FormPage):
    """Says what the rota is for, and opens it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Cover and contact card"),
            _("Who looks for notifications on which dates, in the holidays too, and how the police "
              "reach the school."),
        )  # fmt: skip
        self.open = button(_("Open the rota"), icon="calendar-check", object_name="open-cover")
        self.open.clicked.connect(self.wanted)
        self.fields["open"] = self.open
        self.put(8, flow(self.open))


class CardsDoor(FormPage):
    """Says what protocol cards are, and opens them."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Protocol cards"),
            _("What your police or council asks of schools: may parents be contacted, who may be "
              "told, whom to acknowledge. Choose yours, and change your own copy."),
        )  # fmt: skip
        self.open = button(_("Open the cards"), icon="scale", object_name="open-cards")
        self.open.clicked.connect(self.wanted)
        self.fields["open"] = self.open
        self.put(8, flow(self.open))


class AgenciesDoor(FormPage):
    """Says what stands behind it, and opens it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Agencies and sharing"),
            _("The contact book, helplines, what was shared, who was heard, and how your area names "
              "levels, stages and its daily meeting."),
        )  # fmt: skip
        self.open = button(_("Open it"), icon="users-round", object_name="open-agencies")
        self.open.clicked.connect(self.wanted)
        self.fields["open"] = self.open
        self.put(8, flow(self.open))
