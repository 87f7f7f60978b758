"""Why a source could not be looked at, or a message was left where it is: a sentence each.

Nothing a server said goes into a sentence: only the names a person typed, and numbers.
"""

from collections.abc import Mapping
from typing import Final

from schoolsafe.errors import Refused, SchoolSafeError, Unavailable


class ServerNotFound(Unavailable):
    """No mail server of the name {host} was found. Check the name, and whether this computer is online."""


class ServerNotReached(Unavailable):
    """The mail server {host} does not answer on port {port}."""


class ServerTooSlow(Unavailable):
    """The mail server {host} was too slow. What it handed over is here; the rest is asked for again."""


class ServerBusy(Unavailable):
    """The mail server {host} lets nobody in just now. It is tried again."""


class ConnectionLost(Unavailable):
    """The connection to {host} broke off. What came whole is here; the rest is asked for again."""


class CertificateNotTrusted(Unavailable):
    """This computer does not trust the certificate of {host}. School web filters often put their own in its place.

    Ask your IT team to let {host} past the filter, or to install the filter’s certificate on this computer.
    """


class NoTls(Unavailable):
    """The server {host} does not speak TLS on port {port}. Ask your IT team which port to use."""


class NoCertificateFile(Unavailable):
    """The certificate file for {host} cannot be read. Ask your IT team for it."""


class LoginRefused(Refused):
    """The mail server {host} did not take this login name and password. Enter the password again."""


class TokenRefused(Refused):
    """The mail server {host} did not take this access token. Tokens end after a while: enter a new one."""


class NoSuchMailFolder(Refused):
    """This mailbox has no folder of the name {folder}, or it may not be read."""


class NoUidValidity(Unavailable):
    """The mail server {host} does not number its messages for good, so new ones cannot be told from old ones."""


class ServerMakesNoSense(Unavailable):
    """The server {host} answered as no mail server does. Check its name and port with your IT team."""


class ServerSaysTooMuch(Unavailable):
    """The server {host} says more than any mail server needs to. Check its name with your IT team."""


class FolderNotReached(Unavailable):
    """The watched folder cannot be reached. Check that the share is connected, and that you may open it."""


class TooManyFiles(Unavailable):
    """The watched folder holds more than {limit} files. Only the newest are looked at: have old ones cleared away."""


class LookStopped(Unavailable):
    """Looking for mail stopped before it was done. It is tried again."""


class MessageTooLarge(Refused):
    """This message has {size} MB; {limit} MB is the most that is taken. It stays in the mailbox: open it there."""


class MessageNotHandedOver(Refused):
    """The mail server did not hand this message over whole. It stays in the mailbox: open it there."""


class FileTooLarge(Refused):
    """This file has {size} MB; {limit} MB is the most that is taken. It stays in the folder."""


class FileNotReadable(Refused):
    """This file may not be opened by you. It stays in the folder."""


class NotAMessageFile(Refused):
    """This is no email and no document that can be read. It stays in the folder."""


_BY_NAME: Final[Mapping[str, type[SchoolSafeError]]] = {
    each.__name__: each
    for each in (
        ServerNotFound,
        ServerNotReached,
        ServerTooSlow,
        ServerBusy,
        ConnectionLost,
        CertificateNotTrusted,
        NoTls,
        NoCertificateFile,
        LoginRefused,
        TokenRefused,
        NoSuchMailFolder,
        NoUidValidity,
        ServerMakesNoSense,
        ServerSaysTooMuch,
        FolderNotReached,
        TooManyFiles,
        MessageTooLarge,
        MessageNotHandedOver,
        FileTooLarge,
        FileNotReadable,
        NotAMessageFile,
    )
}


def from_child(name: str, facts: Mapping[str, int | str]) -> SchoolSafeError:
    """The error a child names; one it cannot have, or with facts missing, is a look that stopped."""
    made = _BY_NAME.get(name, LookStopped)(**facts)
    try:
        str(made)
    except (LookupError, ValueError):
        return LookStopped()
    return made
