"""One look at one mailbox folder: examined, never selected for writing; peeked at, never marked.

Runs in the fetching child. Source: RFC 3501 (EXAMINE, UIDVALIDITY, BODY.PEEK), RFC 7628's forerunner XOAUTH2.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)

from schoolsafe.domain.mail_source import Tls, Uids
from schoolsafe.errors import SchoolSafeError
from schoolsafe.mailbox import errors
from schoolsafe.mailbox.guarded import GuardedClient
from schoolsafe.mailbox.limits import MB, LookLimits
from schoolsafe.mailbox.wire_child import Note, Reply
from schoolsafe.services.mail_fetching import ImapPlace

_BUNDLES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
"""Where Linux and macOS keep what they trust: a frozen program looks where it was built."""
NOT_WHOLE: Final = errors.MessageNotHandedOver.__name__
_NUMBERS: Final = 2**32
"""What a UID and a UIDVALIDITY are below."""
_CUT: Final = ("EOF", "socket error", "timed out")
_NOT_NOW: Final = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
"""What a server says where neither name nor password is at fault. Source: RFC 5530."""


def look(place: ImapPlace, secret: str, uids: Uids, limits: LookLimits) -> Iterator[Reply]:
    """The messages after the last one that is safe here, oldest first, then how it ended."""
    facts = {"host": place.host, "port": place.port}
    begun = time.monotonic()
    client = None
    try:
        client = _connected(place, limits)
        _log_in(client, place, secret)
        validity = _examine(client, place)
        last = uids.last if uids.validity == validity else 0
        found = _after(client, place, last)
        late = lambda: time.monotonic() - begun > limits.look_s  # noqa: E731  # read once, here
        fetched = 0
        for reply in _messages(client, found, validity, limits=limits, late=late):
            fetched += 1
            yield reply
        yield Reply(ended=True, more=fetched < len(found))
    except SchoolSafeError as known:
        yield Reply(ended=True, problem=_note(known))
    except Exception as failed:  # noqa: BLE001  # whatever a server makes the library trip over has a sentence
        yield Reply(ended=True, problem=_note(_sentence(failed)(**facts)))
    finally:
        if client is not None:
            with suppress(Exception):
                client.logout()


def _connected(place: ImapPlace, limits: LookLimits) -> GuardedClient:
    context = None if place.tls is Tls.OFF else _trusting(place)
    if place.tls is not Tls.STARTTLS:
        return GuardedClient(place.host, place.port, context=context, limits=limits)
    client = GuardedClient(place.host, place.port, context=None, limits=limits)
    if not client.has_capability("STARTTLS"):
        raise errors.NoTls(host=place.host, port=place.port)
    client.starttls(context)
    return client


def _trusting(place: ImapPlace) -> ssl.SSLContext:
    """The system's certificates, and IT's own where there is a file of them."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        for bundle in _BUNDLES:
            if Path(bundle).is_file():
                context.load_verify_locations(bundle)
                break
    if place.ca_file:
        try:
            context.load_verify_locations(place.ca_file)
        except (OSError, ssl.SSLError):
            raise errors.NoCertificateFile(host=place.host) from None
    return context


def _log_in(client: GuardedClient, place: ImapPlace, secret: str) -> None:
    try:
        if place.oauth:
            client.oauth2_login(place.user, secret)
        elif f"{place.user}{secret}".isascii():
            client.login(place.user, secret)
        else:
            client.plain_login(place.user, secret)  # the other command knows no other letters
    except LoginError as failed:
        said = str(failed)
        # why: the library calls a line that was cut a refused login too, and the password would be doubted
        if any(word in said for word in _CUT):
            raise errors.ConnectionLost(host=place.host) from None
        if any(word in said for word in _NOT_NOW):
            raise errors.ServerBusy(host=place.host) from None
        refused = errors.TokenRefused if place.oauth else errors.LoginRefused
        raise refused(host=place.host) from None


def _examine(client: GuardedClient, place: ImapPlace) -> int:
    """The folder's UIDVALIDITY. Read-only: nothing here can mark or delete a message."""
    try:
        answer = client.select_folder(place.folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise errors.NoSuchMailFolder(folder=place.folder) from None
    validity = answer.get(b"UIDVALIDITY")
    if not isinstance(validity, int) or not 0 < validity < _NUMBERS:
        raise errors.NoUidValidity(host=place.host)
    return validity


def _after(client: GuardedClient, place: ImapPlace, last: int) -> list[int]:
    """The UIDs that come after one, ascending."""
    wanted: list[object] = ["UID", f"{last + 1}:*"]
    if place.since is not None:
        wanted += ["SINCE", place.since]
    # why: "n:*" gives the last message even where its number is lower
    found = client.search(wanted)
    return sorted({uid for uid in found if isinstance(uid, int) and last < uid < _NUMBERS})


def _messages(
    client: GuardedClient,
    found: Sequence[int],
    validity: int,
    *,
    limits: LookLimits,
    late: Callable[[], bool],
) -> Iterator[Reply]:
    """One reply for each message, until the look has brought as much as it may."""
    batch = found[: limits.batch]
    sizes = client.fetch(batch, ["RFC822.SIZE"]) if batch else {}
    spent = 0
    for n, uid in enumerate(batch):
        size = _number(sizes.get(uid), b"RFC822.SIZE")
        if n and (late() or spent + size > limits.batch_bytes):
            return
        reply = replace(_message(client, uid, size, limits), validity=validity)
        spent += len(reply.data)
        yield reply
        if reply.left is not None and reply.left.name == NOT_WHOLE:
            return  # what the server says next may be the rest of it


def _message(client: GuardedClient, uid: int, size: int, limits: LookLimits) -> Reply:
    if size > limits.message_bytes:
        note = Note(
            "MessageTooLarge", {"size": -(-size // MB), "limit": limits.message_bytes // MB}
        )
        wanted = f"BODY.PEEK[HEADER]<0.{limits.header_bytes}>"
        heading = _bytes(client.fetch([uid], [wanted]).get(uid), b"BODY[HEADER]")
        return Reply(uid=uid, data=heading[: limits.header_bytes], left=note)
    try:
        data = _bytes(client.fetch([uid], ["BODY.PEEK[]"]).get(uid), b"BODY[]")
    except (errors.ServerSaysTooMuch, ProtocolError):
        # why: one message a server cannot say properly must not keep all later ones from coming
        return Reply(uid=uid, left=Note(NOT_WHOLE))
    return Reply(uid=uid, data=data)


def _number(answer: Any, name: bytes) -> int:
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, int) and found >= 0 else 0


def _bytes(answer: Any, name: bytes) -> bytes:
    """The part asked for; nothing where the message went between two answers."""
    for key, value in (answer or {}).items():
        if isinstance(key, bytes) and key.partition(b"<")[0] == name and isinstance(value, bytes):
            return value
    return b""


def _sentence(failed: Exception) -> type[SchoolSafeError]:
    """Which of ours it is. The order counts: one of these is a kind of the next."""
    by_kind: tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[SchoolSafeError]], ...]
    by_kind = (
        (ssl.SSLCertVerificationError, errors.CertificateNotTrusted),
        ((ssl.SSLEOFError, ssl.SSLZeroReturnError), errors.ConnectionLost),
        (ssl.SSLError, errors.NoTls),
        (socket.gaierror, errors.ServerNotFound),
        (TimeoutError, errors.ServerTooSlow),
        ((ConnectionResetError, BrokenPipeError, EOFError), errors.ConnectionLost),
        (OSError, errors.ServerNotReached),
    )
    for kind, sentence in by_kind:
        if isinstance(failed, kind):
            return sentence
    if isinstance(failed, IMAPClientAbortError) and "socket error" in str(failed):
        return errors.ConnectionLost
    return errors.ServerMakesNoSense


def _note(error: SchoolSafeError) -> Note:
    facts = {name: value for name, value in error.facts.items() if isinstance(value, int | str)}
    return Note(type(error).__name__, facts)
