"""A real IMAP server for tests: Dovecot from Debian, in a folder of its own, as nobody, on loopback, sealed by itself.

No test is skipped where it is missing: the first line of the failure says what to install.
"""

import grp
import ipaddress
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER = "encompass@ashgrove.example.org"
PASSWORD = "pretend-lamp-99"
PROGRAM = "/usr/sbin/dovecot"

CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = schoolsafe-tests
listen = 127.0.0.1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
ssl = {ssl}
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/mail
mail_plugins =
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {sealed}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap {{
  client_limit = 1
}}
passdb {{
  driver = static
  args = user={name} password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


def certificate(folder: Path, *, host: str = "localhost") -> None:
    """A certificate that signs itself; ``server.pem`` is what a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def free_ports(n: int) -> list[int]:
    """Ports nobody listens on now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@dataclass
class Dovecot:
    """One server with one mailbox."""

    folder: Path
    sealed: int
    plain: int
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def ca_file(self) -> str:
        return str(self.folder / "server.pem")

    @property
    def inbox(self) -> Path:
        return self.folder / "mail"

    def deliver(self, data: bytes, *, name: str = "", folder: str = "") -> None:
        """As a mail server does: whole, then renamed into ``new``."""
        place = self.inbox / (f".{folder}" if folder else "")
        for part in ("tmp", "new", "cur"):
            (place / part).mkdir(parents=True, exist_ok=True)
        self._count = getattr(self, "_count", 0) + 1
        name = name or f"1783000000.M{self._count:06}P1.ashgrove"
        (place / "tmp" / name).write_bytes(data)
        (place / "tmp" / name).rename(place / "new" / name)
        self._give(place)

    def messages(self, folder: str = "") -> dict[str, bytes]:
        """What lies in the mailbox now: name with flags, and content."""
        place = self.inbox / (f".{folder}" if folder else "")
        files = [*(place / "new").iterdir(), *(place / "cur").iterdir()]
        return {file.name: file.read_bytes() for file in sorted(files)}

    def flags(self) -> list[str]:
        """The flags of each message, as the file names carry them: S is seen, T trashed."""
        return [name.partition(":2,")[2] for name in self.messages()]

    def new_validity(self) -> None:
        """As after a restored backup: every message gets another number."""
        for file in self.inbox.glob("dovecot*"):
            file.unlink()
        listed = self.inbox / "dovecot-uidlist"
        listed.write_text("3 V1777777777 N100 Gffffffffffffffffffffffffffffffff\n")
        self._give(self.inbox)

    def stop(self) -> None:
        """At once, whatever it is doing."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def log(self) -> str:
        """What it said."""
        file = self.folder / "dovecot.log"
        return file.read_text() if file.exists() else ""

    def _give(self, place: Path) -> None:
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            for each in [place, *place.rglob("*")]:
                os.chown(each, user.pw_uid, user.pw_gid)


@contextmanager
def running(*, ssl: str = "required") -> Iterator[Dovecot]:
    """A server with an empty mailbox, gone afterwards with everything it kept."""
    assert shutil.which(PROGRAM), "apt-get install -y --no-install-recommends dovecot-imapd"
    # Short, because a socket's path has 108 letters at most, and open to nobody, who runs it.
    folder = Path(tempfile.mkdtemp(prefix="dove-", dir="/tmp"))
    try:
        server = start(folder, *free_ports(2), ssl=ssl)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, sealed: int, plain: int, *, ssl: str = "required") -> Dovecot:
    """Starts it on what lies in the folder."""
    root = os.getuid() == 0
    user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(user.pw_gid)
    for part in ("run", "state", "home", "mail/new", "mail/cur", "mail/tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    if not (folder / "server.pem").exists():
        certificate(folder)
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(
            folder=folder,
            user=user.pw_name,
            group=group.gr_name,
            uid=user.pw_uid,
            gid=user.pw_gid,
            name=USER,
            password=PASSWORD,
            sealed=sealed,
            plain=plain,
            ssl=ssl,
        )
    )
    if root:
        for each in [folder, *folder.rglob("*")]:
            os.chown(each, user.pw_uid, user.pw_gid)
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(config)],
            user=user.pw_uid if root else None,
            group=user.pw_gid if root else None,
            extra_groups=[] if root else None,
            cwd="/",
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    made = Dovecot(folder, sealed, plain, process)
    _wait_for(made)
    return made


def _wait_for(server: Dovecot) -> None:
    """Until it listens: a connection that is taken, not a length of time."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", server.plain), timeout=2):
                return
        except ConnectionRefusedError:
            time.sleep(0.02)
    said = (server.folder / "stderr").read_text() + server.log()
    server.stop()
    raise AssertionError(said)
