"""One instance a person: a second start raises the first or hands it one checked file, and leaves."""

# ruff: noqa: PLC0415  # QtNetwork, 10 ms, is not waited for by the unlock screen

import getpass
import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

RAISE: Final = b"raise\n"
LONGEST: Final = 4096
WAIT_MS: Final = 1000
TRIES: Final = 20
BETWEEN_S: Final = 0.05
"""The first one listens only once its window is painted: a second start waits a second for that."""
SUFFIXES: Final = frozenset({".eml", ".msg", ".csv", ".safetransfer", ".safereceipt"})


def server_name(folder: Path) -> str:
    """A name for this person and this data folder; two data folders may run side by side."""
    whole = f"{getpass.getuser()}\0{folder}".encode()
    return f"schoolsafe-{hashlib.sha256(whole).hexdigest()[:24]}"


def checked_path(message: bytes) -> Path | None:
    """The file a message names, or None. Anybody on the computer could have sent it."""
    if not message.endswith(b"\n") or len(message) > LONGEST:
        return None
    try:
        path = Path(message[:-1].decode("utf-8"))
    except UnicodeDecodeError:
        return None
    sound = path.is_absolute() and path.suffix.lower() in SUFFIXES and ".." not in path.parts
    return path if sound and "\0" not in str(path) and path.is_file() else None


class SingleInstance(QObject):
    """Holds the lock and listens."""

    raise_wanted = Signal()
    file_handed = Signal(object)
    """A checked path."""

    def __init__(self, folder: Path) -> None:
        """Nothing is held yet.

        Args:
            folder: the data folder; the lock file stands in it.
        """
        super().__init__()
        self._name = server_name(folder)
        self._lock = QLockFile(str(folder / "running.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self, file: Path | None = None) -> bool:
        """Holds and listens at once; True if this is the first."""
        first = self.hold(file)
        if first:
            self.listen()
        return first

    def hold(self, file: Path | None = None) -> bool:
        """True if this is the first. Otherwise the first is told, and this one should leave."""
        if self._lock.isLocked() or self._lock.tryLock(0):
            return True
        self._tell(RAISE if file is None else f"{file.resolve()}\n".encode())
        return False

    def listen(self) -> bool:
        """Hears second starts from now on."""
        from PySide6.QtNetwork import QLocalServer

        if self._server is not None:
            return True
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        return self._server.listen(self._name)

    def release(self) -> None:
        """Before a relaunch, so that the next process is the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _tell(self, message: bytes) -> None:
        from PySide6.QtNetwork import QLocalSocket

        for _try in range(TRIES):
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(WAIT_MS):
                socket.write(message)
                socket.waitForBytesWritten(WAIT_MS)
                socket.disconnectFromServer()
                return
            time.sleep(BETWEEN_S)

    def _called(self) -> None:
        server = self._server
        while server is not None and (socket := server.nextPendingConnection()) is not None:
            # A socket stays a child of the server until the process ends: letting it delete itself as it dies with the
            # server took the process down (seen), and second starts are few.
            socket.readyRead.connect(lambda s=socket: self._read(s))
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine() and socket.bytesAvailable() < LONGEST:
            return
        message = bytes(socket.read(LONGEST + 1).data())
        socket.disconnectFromServer()
        path = checked_path(message)
        if message == RAISE:
            self.raise_wanted.emit()
        elif path is not None:
            self.file_handed.emit(path)
