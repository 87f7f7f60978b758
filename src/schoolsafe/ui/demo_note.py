"""What opening the demo school looks like from another window. Qt-free."""

from schoolsafe.words import _


def demo_words(*, started: bool) -> str:
    """What opening the demo school looks like from here."""
    if started:
        return _(
            "The demo school opens in a window of its own. The first time takes a little longer, "
            "because it is made then."
        )
    return _("The demo school did not start. Try again, or ask your IT team.")
