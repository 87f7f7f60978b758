import imaplib
import ssl

class IMAP4_TLS(imaplib.IMAP4):  # noqa: N801  # the library's own name
    def __init__(
        self, host: str, port: int, ssl_context: ssl.SSLContext | None, timeout: float | None
    ) -> None: ...
