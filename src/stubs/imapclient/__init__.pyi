# The few parts of IMAPClient we touch; it ships no types of its own.

import imaplib
import ssl as ssl_lib
from collections.abc import Sequence

class SocketTimeout:
    def __init__(self, connect: float, read: float) -> None: ...

class IMAPClient:
    host: str
    port: int
    ssl: bool
    ssl_context: ssl_lib.SSLContext | None
    _imap: imaplib.IMAP4
    def __init__(
        self,
        host: str,
        port: int | None = ...,
        use_uid: bool = ...,
        ssl: bool = ...,
        stream: bool = ...,
        ssl_context: ssl_lib.SSLContext | None = ...,
        timeout: SocketTimeout | float | None = ...,
    ) -> None: ...
    def _create_IMAP4(self) -> imaplib.IMAP4: ...  # noqa: N802  # the library's own name
    def starttls(self, ssl_context: ssl_lib.SSLContext | None = ...) -> bytes: ...
    def has_capability(self, capability: str) -> bool: ...
    def login(self, username: str, password: str) -> bytes: ...
    def plain_login(self, identity: str, password: str) -> bytes: ...
    def oauth2_login(self, user: str, access_token: str) -> object: ...
    def select_folder(self, folder: str, readonly: bool = ...) -> dict[bytes, object]: ...
    def search(self, criteria: Sequence[object] = ...) -> list[object]: ...
    def fetch(
        self, messages: Sequence[int], data: Sequence[str]
    ) -> dict[int, dict[bytes, object]]: ...
    def logout(self) -> bytes: ...
