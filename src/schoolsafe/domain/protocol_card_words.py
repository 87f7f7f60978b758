"""What a protocol card says, in few words: for the panel beside a notice, and for its own page."""

from typing import Final

from schoolsafe.domain.protocol_card import (
    CONTACTS,
    SUPPORTS,
    Acknowledge,
    Card,
    Contact,
    Source,
    Support,
    tell_words,
)
from schoolsafe.words import _

_FEW_LINES: Final = 2
"""A card with fewer rules than this shows its notes too."""


def panel_words(card: Card) -> tuple[str, ...]:
    """The card in a few words, the most needed first; addresses and the rest stand on its page."""
    lines = []
    if card.parents.contact is not Contact.NOT_SAID or card.parents.words:
        lines.append(card.parents.words or _(CONTACTS[card.parents.contact]))
    if card.support.proposed is not Support.NOT_SAID or card.support.words:
        lines.append(card.support.words or _(SUPPORTS[card.support.proposed]))
    if card.tell.may is not None or card.tell.words:
        lines.append(tell_words(card))
    given = card.acknowledge
    acknowledge = acknowledge_words(Acknowledge(given.how or given.address or given.phone))
    if acknowledge:
        lines.append(acknowledge)
    if len(lines) < _FEW_LINES:
        lines += card.notes or ((card.target,) if card.target else ())
    return tuple(line.rstrip(".") for line in lines)


def acknowledge_words(given: Acknowledge) -> str:
    """Whom to tell that it came: "Acknowledge: reply to the email, 01632 960101, within a day"."""
    parts = [part for part in (given.how, given.address, given.phone, given.within) if part]
    return _("Acknowledge: {how}").format(how=", ".join(parts)) if parts else ""


def source_words(source: Source, checked: str) -> str:
    """Where the card is from; ``checked`` is the day in words, or nothing."""
    said = _("Source: {words}, looked at {day}") if checked else _("Source: {words}")
    words = said.format(words=source.words or _("not said"), day=checked)
    return words if source.sure else _("{words}. Check with your force.").format(words=words)
