"""Who signed a sealed notice, in words; and what else the same sender said of it. Qt-free."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.trusted_sender import SignerState
from schoolsafe.services.notification_view import NotificationView
from schoolsafe.services.trusted_sender import Signed
from schoolsafe.ui import phrases
from schoolsafe.words import N_, _

_TONES: Final[dict[SignerState, phrases.Tone]] = {
    SignerState.CHECKED: "ok",
    SignerState.UNKNOWN: "warn",
    SignerState.STOPPED: "danger",
    SignerState.BROKEN: "danger",
}
_NOT_CHECKED: Final[dict[SignerState, str]] = {
    SignerState.UNKNOWN: N_("Not checked: nobody here has confirmed this sender’s key."),
    SignerState.STOPPED: N_("Not checked: this sender’s key was stopped here."),
    SignerState.BROKEN: N_(
        "Not checked: the signature does not hold. Anybody may have written this."
    ),
}


@dataclass(frozen=True, slots=True)
class SignedShown:
    """One or two sentences about the signature, and one about other versions."""

    words: str
    tone: phrases.Tone
    versions: str = ""


def signed_shown(view: NotificationView, *, now: datetime) -> SignedShown | None:
    """The words; None where it came by another way."""
    if view.signed is None:
        return None
    return SignedShown(
        signed_words(view.signed), _TONES[view.signed.state], _versions(view, now=now)
    )


def signed_words(signed: Signed) -> str:
    """Who signed it, and who says so."""
    name = say.plain_text(signed.name).strip()
    if signed.state is SignerState.CHECKED and signed.checked_at is not None:
        words = _("Signed by {name}, key checked by {who} on {day}.").format(
            name=name, who=signed.checked_by, day=say.date_words(signed.checked_at.date())
        )
    else:
        words = _(_NOT_CHECKED[signed.state])
        if name:
            words += " " + _("It calls itself {name}.").format(name=name)
        words += " " + _("Ring the force on a number you know.")
    return f"{words} {_('It is a trial key.')}" if signed.test else words


def _versions(view: NotificationView, *, now: datetime) -> str:
    if view.signed is None:
        return ""
    own = view.signed.version
    parts = []
    earlier = [one for one in view.versions if one.version < own]
    later = [one for one in view.versions if one.version > own]
    if earlier:
        when = say.since_words(earlier[-1].received_at, now)
        parts.append(_("This corrects what the sender wrote before, {when}.").format(when=when))
    if later:
        when = say.since_words(later[-1].received_at, now)
        parts.append(
            _("The sender has corrected this since, {when}. Read that one too.").format(when=when)
        )
    twins = [one for one in view.versions if one.version == own]
    if twins:
        when = say.since_words(twins[0].received_at, now)
        parts.append(
            _("It is on record twice, also {when}: work on one of them.").format(when=when)
        )
    return " ".join(parts)
