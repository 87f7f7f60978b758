"""What a mail source must have before it is kept: a sentence for each thing that is missing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from schoolsafe.domain.mail_source import Tls, on_this_computer
from schoolsafe.errors import Refused
from schoolsafe.services.mail_fetching import ImapPlace

HIGHEST_PORT: Final = 65535


class NameTheSource(Refused):
    """Enter a name for it, such as: Police mailbox."""


class NameTaken(Refused):
    """There is a mail source of this name."""


class NameTheServer(Refused):
    """Enter the name of the mail server, such as: outlook.office365.com."""


class PortIsOff(Refused):
    """A port is a number from 1 to 65535; for mailboxes it is usually 993."""


class NameTheUser(Refused):
    """Enter the login name of the mailbox; often it is the email address."""


class NameTheMailFolder(Refused):
    """Enter the folder of the mailbox, such as: INBOX."""


class EnterTheSecret(Refused):
    """Enter the password of the mailbox."""


class NameTheFolder(Refused):
    """Enter the whole path of the folder, or choose it."""


class PlainOnlyHere(Refused):
    """Without TLS the password would travel open. That is only for a server on this computer itself."""


class NoSuchSource(Refused):
    """There is no mail source of this name."""


class NoSecretHere(Refused):
    """The password of this mailbox is not on this computer. Enter it again."""


class NoMailbox(Refused):
    """A watched folder has no password."""


def one_line(text: str) -> bool:
    """Whether there is something, and nothing in it that could end a line of the talk with a server."""
    return bool(text.strip()) and text.isprintable()


def checked(place: ImapPlace) -> ImapPlace:
    """The place without spaces round its words.

    Raises:
        Refused: something is missing or will not do; each has its own sentence.
    """
    tidy = replace(
        place, host=place.host.strip(), user=place.user.strip(), folder=place.folder.strip()
    )
    rules: tuple[tuple[bool, Callable[[], Refused]], ...] = (
        (one_line(tidy.host) and " " not in tidy.host, NameTheServer),
        (0 < tidy.port <= HIGHEST_PORT, PortIsOff),
        (one_line(tidy.user), NameTheUser),
        (one_line(tidy.folder), NameTheMailFolder),
        (tidy.tls is not Tls.OFF or on_this_computer(tidy.host), PlainOnlyHere),
    )
    for kept, refusal in rules:
        if not kept:
            raise refusal()
    return tidy
