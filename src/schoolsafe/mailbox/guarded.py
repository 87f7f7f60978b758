"""IMAPClient held to limits: how long a line, how large a literal, how many, how much in all a server may say.

The standard library reads a literal of whatever size the server names, and keeps every answer nobody asked for.
"""

import imaplib
import ssl
from typing import Final, cast

from imapclient import IMAPClient, SocketTimeout
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS
from typing_extensions import override

from schoolsafe.mailbox.errors import ServerSaysTooMuch
from schoolsafe.mailbox.limits import LookLimits

SLACK: Final = 64 * 1024
"""A server may count line ends otherwise than it sends them."""


class _Guarded(imaplib.IMAP4):
    """Counts every byte of one connection."""

    limits: LookLimits
    _heard = 0
    _lines = 0

    @override
    def read(self, size: int) -> bytes:
        if size > self.limits.message_bytes + SLACK:
            raise ServerSaysTooMuch(host=self.host)
        self._hear(size)
        return super().read(size)

    @override
    def readline(self) -> bytes:
        line = cast("bytes", self.file.readline(self.limits.line_bytes + 1))
        self._hear(len(line))
        self._lines += 1
        if len(line) > self.limits.line_bytes or self._lines > self.limits.lines:
            raise ServerSaysTooMuch(host=self.host)
        return line

    def _hear(self, size: int) -> None:
        self._heard += size
        if self._heard > self.limits.session_bytes:
            raise ServerSaysTooMuch(host=self.host)


class _Sealed(_Guarded, IMAP4_TLS):
    def __init__(
        self, host: str, port: int, context: ssl.SSLContext | None, limits: LookLimits
    ) -> None:
        self.limits = limits
        IMAP4_TLS.__init__(self, host, port, context, limits.connect_s)


class _Open(_Guarded, IMAP4WithTimeout):
    def __init__(self, host: str, port: int, limits: LookLimits) -> None:
        self.limits = limits
        IMAP4WithTimeout.__init__(self, host, port, limits.connect_s)


class GuardedClient(IMAPClient):
    """As IMAPClient, within the limits."""

    def __init__(
        self, host: str, port: int, *, context: ssl.SSLContext | None, limits: LookLimits
    ) -> None:
        """Connects; sealed from the first byte where there is a context.

        Raises:
            OSError: it does not answer. ssl.SSLError: it does not prove who it is.
        """
        self._limits = limits
        super().__init__(
            host,
            port,
            ssl=context is not None,
            ssl_context=context,
            timeout=SocketTimeout(limits.connect_s, limits.read_s),
        )
        self._imap.debug = 0  # the library writes every line it hears into a log otherwise

    @override
    def _create_IMAP4(self) -> imaplib.IMAP4:
        if self.ssl:
            return _Sealed(self.host, self.port, self.ssl_context, self._limits)
        return _Open(self.host, self.port, self._limits)
