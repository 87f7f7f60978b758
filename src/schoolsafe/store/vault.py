"""One person's encrypted file: created, opened, held to its anchors, used, closed.

The journal, reader and drafts stand behind this door once a sealer is at hand. Left to others: the
key (keys), who may read what (the sealer), when to lock (bootstrap).
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.services.ports import Anchors, Clock, Sealer
from schoolsafe.services.ports_upkeep import Checked, Verified, WrongPlace
from schoolsafe.store import check
from schoolsafe.store.anchorage import Anchorage, Finding
from schoolsafe.store.checking import SLICE_ROWS, Checking, Held
from schoolsafe.store.engine import Line, broken_pages, open_line
from schoolsafe.store.errors import (
    DamagedVault,
    FolderReadOnly,
    MissingVault,
    NewerRecord,
    NoVault,
    ReadOnly,
    VaultExists,
)
from schoolsafe.store.guard import Mode
from schoolsafe.store.journal import Journal
from schoolsafe.store.local import DraftShelf, LastCheck, LocalShelf, Meta
from schoolsafe.store.lockfile import LockFile
from schoolsafe.store.migrate import APPLICATION_ID, Migration, bring_up, check_ours, shipped
from schoolsafe.store.past import Past
from schoolsafe.store.queries import VaultReader
from schoolsafe.store.rebuild import rebuild, stored_rows
from schoolsafe.store.rosters import Rosters
from schoolsafe.store.tables import fingerprint
from schoolsafe.words import _

FILE = "vault.db"
_LOCK = "vault.lock"
_SHAPE = "read tables"
_PAGE_BYTES = 4096
_LOGS_KEPT = 9


@dataclass(frozen=True, slots=True)
class _InUse:
    """What needs a sealer."""

    sealer: Sealer
    journal: Journal
    reader: VaultReader


class Vault:
    """The vault of one seat: for one thread at a time, in one process at a time.

    ``create`` and ``open`` are its doors; ``use`` hands over the keys to what is inside.
    """

    def __init__(
        self, path: Path, key_hex: str, *, lock: LockFile, anchors: Anchors, clock: Clock
    ) -> None:
        self._path, self._key_hex, self._lock, self._clock = path, key_hex, lock, clock
        self._writer = open_line(str(path), key_hex, Mode.KEEPING)
        try:
            self._reader = open_line(str(path), key_hex, Mode.READING)
        except BaseException:
            self._writer.close()
            raise
        self._anchorage = Anchorage(self._writer, self._reader, anchors)
        self._in_use: _InUse | None = None
        self._closed = False
        self._checks: list[Checking] = []
        self._disproved: SchoolSafeError | None = None
        self.rosters = Rosters(self._writer, self._reader, self._anchorage)
        self.meta = Meta(self._writer, self._reader, self._anchorage)
        self.drafts = DraftShelf(self._writer, self._reader, self._anchorage)
        self._last_check = LastCheck(self.meta)
        self.finding = Finding("ok")
        """How the vault stood to its anchors when it was opened."""

    @classmethod
    def create(cls, folder: Path, key: bytes, *, anchors: Anchors, clock: Clock) -> Self:
        """A new, empty vault. It is there whole or not at all.

        Raises:
            VaultExists: there is one in this folder.
            MissingVault: anchors say that there was one; nothing is created in its place.
            FolderReadOnly, DiskFull, AlreadyOpen: as they say.
        """
        path = folder / FILE
        if path.exists():
            raise VaultExists
        if _held_before(anchors):
            raise MissingVault
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise FolderReadOnly from None
        lock = LockFile(folder / _LOCK)
        try:
            _make_file(path, key.hex())
        finally:
            lock.release()
        return cls.open(folder, key, anchors=anchors, clock=clock)

    @classmethod
    def open(
        cls,
        folder: Path,
        key: bytes,
        *,
        anchors: Anchors,
        clock: Clock,
        migrations: Sequence[Migration] | None = None,
    ) -> Self:
        """The vault in this folder, held to its anchors.

        Where it does not extend them it opens all the same, read-only: see ``problem``.
        ``migrations`` are this release's unless a test brings its own.

        Raises:
            NoVault: there never was one.
            MissingVault: there was one, and its file is gone.
            DamagedVault: the file does not open with this key (the caller knows whether the key is
                right).
            NewerVault: a newer release has used it.
            AlreadyOpen, FolderReadOnly, DiskFull: as they say.
        """
        path = folder / FILE
        if not path.exists():
            raise MissingVault if _held_before(anchors) else NoVault
        lock = LockFile(folder / _LOCK)
        try:
            log = _log_of(path)
            broken = broken_pages(path, key.hex()) if log else 0
            vault = cls(path, key.hex(), lock=lock, anchors=anchors, clock=clock)
        except BaseException:
            lock.release()
            raise
        try:
            vault._bring_up(migrations or shipped(), log=log, broken=broken)
        except BaseException:
            vault._let_go()
            raise
        return vault

    @property
    def problem(self) -> str | None:
        """Why the vault is open read-only, in a sentence; None where all is well."""
        problem = self._anchorage.problem
        return None if problem is None else str(problem)

    @property
    def fault(self) -> SchoolSafeError | None:
        """The same, as what a save would raise."""
        return self._anchorage.problem

    @property
    def anchor_late(self) -> SchoolSafeError | None:
        """Why the anchor outside could not follow the last save, or None. The rows are safe."""
        return self._anchorage.late

    def use(self, sealer: Sealer) -> Self:
        """Hands over the keys: from now on ``journal`` and ``reader`` work.

        Read tables of another shape (an update, a new vault) are made anew from the rows. A row
        that does not open although its key is here is left out, and the vault is read-only.
        """
        try:
            self._take_up(sealer)
        except BaseException:
            self._let_go()
            raise
        return self

    def _take_up(self, sealer: Sealer) -> None:
        if self.meta.get(_SHAPE) != fingerprint():
            self._rebuild(sealer)
        self._in_use = _InUse(
            sealer,
            Journal(self._writer, self._anchorage, sealer, self._clock),
            VaultReader(self._reader, Past(self._reader, self._key_hex, sealer).at),
        )
        stops = self._reader.ask("SELECT 1 FROM fact WHERE stops > 0 LIMIT 1")
        if stops and self._anchorage.problem is None:
            self._anchorage.problem = NewerRecord()
        if self._anchorage.problem is None:
            with suppress(
                SchoolSafeError
            ):  # what is wrong with the file is found and told elsewhere
                self._in_use.journal.dispose()  # one that was cut off goes on
        kept = self.last_check()
        if kept is not None and kept.wrong is not None:
            self._judge(kept.wrong)

    @property
    def journal(self) -> Journal:
        """Where entries go. Only in use."""
        return self._used().journal

    @property
    def reader(self) -> VaultReader:
        """Where questions go. Only in use."""
        return self._used().reader

    def shelf(self, label: str) -> LocalShelf:
        """Small values of one service on this computer, no part of the record."""
        return LocalShelf(self.meta, label)

    def raws(self) -> Iterator[bytes]:
        """Every stored row as it was signed, in the order it came: for an export or a relay."""
        for stored in stored_rows(self._reader.raw):
            yield stored.raw

    def rebuild(self) -> tuple[int, bytes]:
        """Replays every row into fresh read tables, all or nothing: how many, the state hash."""
        rows = self._rebuild(self._used().sealer)
        return rows, self.reader.state_hash()

    def verify(self, *, deep: bool = False) -> Verified:
        """Checks ids, chain, heads, rosters and anchors.

        ``deep``: every signature, seal, chunk and page too, and a replay beside the read tables:
        ``checking`` in one go.
        """
        if not deep:
            return check.verify(self._path, self._key_hex, finding=self._standing())
        checking = self.checking()
        while (found := checking.step()) is None:
            pass
        return found

    def checking(self, rows_per_slice: int = SLICE_ROWS) -> Checking:
        """The deep check in slices, each begun by its ``step``: see there.

        From the first thing found wrong nothing may be saved, after the next opening either, until
        a whole check finds nothing.
        """
        held = Held(
            path=self._path,
            key_hex=self._key_hex,
            sealer=self._used().sealer,
            writer=self._writer,
            anchorage=self._anchorage,
            finding=self._standing,
            tell=self._judge,
        )
        checking = Checking(held, rows_per_slice=rows_per_slice)
        self._checks.append(checking)
        return checking

    def last_check(self) -> Checked | None:
        """What the last whole check found, as it was kept; None before the first."""
        return self._last_check.get()

    def keep_check(self, checked: Checked) -> None:
        """Keeps what a whole check found, in the vault and nowhere else."""
        self._last_check.put(checked)

    def close(self) -> None:
        """Empties the log, settles the keyring's anchor, lets the next process in. Once is enough."""
        if self._closed:
            return
        try:
            self._anchorage.settle()
        finally:
            self._let_go()

    def _bring_up(self, migrations: Sequence[Migration], *, log: bytes, broken: int) -> None:
        check_ours(self._writer, migrations)
        self.finding = self._anchorage.look()
        if broken and self.finding.problem is None:
            reason = _("a part of the file was changed; the log mends it when you close")
            self.finding = Finding("changed", ReadOnly(reason=reason))
            self._anchorage.problem = self.finding.problem
        if self.finding.problem is not None:
            if log:  # the engine empties the log in the end: keep what may hold the missing rows
                _keep_log(self._path, log)
            return
        if bring_up(self._writer, migrations, copy_to=self._path, key_hex=self._key_hex):
            self._anchorage.checkpoint()

    def _rebuild(self, sealer: Sealer) -> int:
        with self._writer.writing(Mode.SHAPING) as sql:
            made = rebuild(sql, sealer)
            sql.execute("DELETE FROM meta WHERE name=?", (_SHAPE,))
            sql.execute("INSERT INTO meta(name, value) VALUES (?,?)", (_SHAPE, fingerprint()))
        self._anchorage.checkpoint()
        if made.unopened and self._anchorage.problem is None:
            reason = _("{n} of them cannot be opened").format(n=made.unopened)
            self._anchorage.problem = ReadOnly(reason=reason)
        return made.rows

    def _standing(self) -> Finding:
        """How it stands to its anchors; what was found at opening stays found."""
        now = self._anchorage.look()
        return now if now.problem or not self.finding.problem else self.finding

    def _judge(self, wrong: WrongPlace | None) -> None:
        """What a check found wrong stops all saving; a whole check without it lets it go on."""
        stands = self._anchorage.problem
        if stands is None or stands is self._disproved:
            self._disproved = ReadOnly(reason=wrong.reason) if wrong else None
            self._anchorage.problem = self._disproved

    def _used(self) -> _InUse:
        if self._in_use is None:
            message = "use(sealer) comes first"
            raise RuntimeError(message)
        return self._in_use

    def _let_go(self) -> None:
        self._closed = True
        for checking in self._checks:
            checking.close()
        try:
            self._reader.close()
            self._writer.close()
        finally:
            self._lock.release()


def _held_before(anchors: Anchors) -> bool:
    """Whether anything outside says that there were records. A broken anchor says so too."""
    try:
        return bool(anchors.read())
    except Tampered:
        return True


def _make_file(path: Path, key_hex: str) -> None:
    """A whole new vault beside its place, then moved there. Cut-off attempts give way."""
    beside = path.with_name(f"{path.name}.new")
    try:
        for leftover in (
            beside,
            *(beside.with_name(beside.name + end) for end in ("-wal", "-shm")),
        ):
            leftover.unlink(missing_ok=True)
        beside.touch(mode=0o600, exist_ok=False)  # the log and its index take over these rights
    except OSError:
        raise FolderReadOnly from None
    line: Line = open_line(str(beside), key_hex, Mode.KEEPING)
    try:
        with line.writing(Mode.SHAPING) as sql:
            sql.execute(f"PRAGMA application_id={APPLICATION_ID}")
        bring_up(line, shipped(), copy_to=None, key_hex=key_hex)
        line.truncate()
    finally:
        line.close()
    beside.rename(path)


def _log_of(path: Path) -> bytes:
    """The engine's log as it was left: empty after a clean close.

    Raises:
        DamagedVault: the file is cut off; the engine would take it for a new, empty database.
    """
    if path.stat().st_size < _PAGE_BYTES:
        raise DamagedVault
    log = path.with_name(path.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def _keep_log(path: Path, log: bytes) -> None:
    """A log that may hold missing rows, beside those kept before: the first is not the last one's."""
    for number in range(1, _LOGS_KEPT + 1):
        beside = path.with_name(f"{path.name}-log.kept" + (f"-{number}" if number > 1 else ""))
        if not beside.exists():
            beside.touch(mode=0o600)
            beside.write_bytes(log)
            return
        if beside.read_bytes() == log:
            return
