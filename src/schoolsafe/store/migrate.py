"""Numbered migrations of the journal file. Read tables have none: they are made anew.

The version stands in ``user_version``. A vault is copied before a migration touches it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.store.engine import Line, open_keyed, plainly
from schoolsafe.store.errors import DamagedVault, NewerVault
from schoolsafe.store.guard import Mode

APPLICATION_ID: Final = 0x53534656
"""The letters SSFV, in the file's header."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step, as plain SQL."""

    number: int
    sql: str

    def statements(self) -> Iterator[str]:
        """Statement by statement: the driver's own script call would commit in between."""
        gathered = ""
        for line in self.sql.splitlines():
            if line.lstrip().startswith("--"):
                continue
            gathered += line + "\n"
            if gathered.strip() and sqlcipher.complete_statement(gathered):
                yield gathered.strip()
                gathered = ""


def shipped() -> tuple[Migration, ...]:
    """The migrations of this release, in order."""
    found = [
        Migration(int(item.name[:4]), item.read_text(encoding="utf-8"))
        for item in resources.files("schoolsafe.store.migrations").iterdir()
        if item.name.endswith(".sql")
    ]
    return tuple(sorted(found, key=lambda migration: migration.number))


def version_of(line: Line) -> int:
    """The number of the last migration this file has seen."""
    with plainly():
        return int(line.raw.execute("PRAGMA user_version").fetchone()[0])


def check_ours(line: Line, migrations: Sequence[Migration]) -> None:
    """The file is one of ours, and not from the future.

    Raises:
        DamagedVault: it opens, but it is empty or something else.
        NewerVault: a newer release has migrated it.
    """
    with plainly():
        application = line.raw.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise DamagedVault
    if version_of(line) > migrations[-1].number:
        raise NewerVault


def bring_up(
    line: Line, migrations: Sequence[Migration], *, copy_to: Path | None, key_hex: str
) -> bool:
    """Runs what is missing, each in one transaction; True where something ran.

    ``copy_to`` names the file without its number; None for a new vault, which has nothing to lose.
    """
    at = version_of(line)
    missing = [migration for migration in migrations if migration.number > at]
    if missing and copy_to is not None:
        _copy(line, copy_to.with_name(f"{copy_to.name}-before-{missing[0].number:04}"), key_hex)
    for migration in missing:
        with line.writing(Mode.SHAPING) as sql:
            for statement in migration.statements():
                sql.execute(statement)
            sql.execute(f"PRAGMA user_version={migration.number}")
    return bool(missing)


def _copy(line: Line, path: Path, key_hex: str) -> None:
    """The whole vault into another file under the same key. An older such copy gives way."""
    for stale in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        stale.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with plainly():
        target = open_keyed(str(path), key_hex)
        try:
            line.raw.backup(target)
        finally:
            target.close()
