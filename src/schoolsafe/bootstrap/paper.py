"""Paper: our own pages as pictures, printed or saved where a person says."""

from schoolsafe.reports.files import DiskFiles
from schoolsafe.reports.picture import pictures
from schoolsafe.ui.paper import PaperDesk
from schoolsafe.ui.seams import Dialogs


def paper_desk(dialogs: Dialogs) -> PaperDesk:
    """The desk, with the dialogs of one window."""
    return PaperDesk(pictures=pictures, write=DiskFiles().write_new, dialogs=dialogs)
