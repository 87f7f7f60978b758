"""Who sent a notice, as far as the message says: organisation and channel, from data and the mail domain.

Never proof. A sender whose check failed is only claimed.
"""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.domain.notification import Channel, Sender
from schoolsafe.intake.templates import words
from schoolsafe.words import _

_ORGANISATION: Final = re.compile(
    r"\b((?:[A-Z][\w&'-]+ ){1,4}"
    r"(?:Police|Constabulary|Council|Police Service|Borough Council|County Council|City Council))\b"
    r"|\b((?:Police Service of|Police) [A-Z]\w+(?: [A-Z]\w+)?)\b"
)
_LEADING: Final = re.compile(r"^(?:(?:From|The|Dear|For|By|At|And|With|Of|Relayed|RELAYED|BY)\s+)+")
_PHONE: Final = re.compile(r"(?<![\d/-])0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}(?![\d/-])")


def domain_of(sender: Sender) -> str:
    """The mail domain in lower case."""
    return (sender.address or "").rpartition("@")[2].lower()


def same_house(one: Sender | None, two: Sender) -> bool:
    """Whether two people write from one organisation."""
    return one is not None and domain_of(one) == domain_of(two)


def describe(sender: Sender, text: str, *, failed: bool) -> Sender:
    """The sender with organisation and phone as far as they are told."""
    organisation = _organisation(sender, text)
    if organisation and failed:
        organisation = _("{organisation} (claimed)").format(organisation=organisation)
    phone = _PHONE.findall(text)
    return replace(
        sender, organisation=organisation, phone=phone[-1] if len(set(phone)) == 1 else None
    )


def _organisation(sender: Sender, text: str) -> str | None:
    domain = domain_of(sender)
    for known in words().senders:
        if domain == known["domain"] or domain.endswith("." + known["domain"]):
            return known["organisation"]
    for source in (sender.name or "", text[:600]):
        if found := _ORGANISATION.search(source):
            return _LEADING.sub("", (found[1] or found[2]).strip()) or None
    if words().channels["police"].search(domain):
        name = domain.removesuffix(".police.uk").removesuffix(".pnn").rpartition(".")[2] or domain
        return _("{name} Police").format(name=name.replace("-", " ").title())
    return None


def channel_of(sender: Sender, text: str) -> Channel:
    """How it came: police, a secure-mail service, or passed on by a council."""
    domain = domain_of(sender)
    for known in words().senders:
        if domain == known["domain"]:
            return Channel(known["channel"])
    rule = words().channels
    if rule["secure_email"].search(domain):
        return Channel.SECURE_EMAIL
    if rule["police"].search(domain):
        return Channel.POLICE_EMAIL
    relayed = re.search(r"relayed by|on behalf of .{0,30}police", text[:1500], re.IGNORECASE)
    if (
        rule["council"].search(domain)
        or relayed
        or re.search(r"\b(?:council|mash|children's services)\b", sender.name or "", re.IGNORECASE)
    ):
        return Channel.COUNCIL_RELAY
    return Channel.POLICE_EMAIL
