"""Numbered migrations of the journal, tried on vaults that hold something."""

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.store.engine import open_keyed
from schoolsafe.store.guard import JOURNAL_TABLES
from schoolsafe.store.migrate import Migration, shipped
from schoolsafe.store.vault import FILE, Vault
from store.seats import KEY, Seat, concern

WIDER = Migration(
    9001,
    """
    -- a column with ; in the comment
    ALTER TABLE hole ADD COLUMN asked_ms INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE cursor (
        circle BLOB NOT NULL PRIMARY KEY,
        value TEXT NOT NULL DEFAULT ';'
    ) STRICT, WITHOUT ROWID;
    INSERT INTO cursor(circle) SELECT DISTINCT circle FROM row;
    """,
)
BROKEN = Migration(9002, "CREATE TABLE half(a TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);")


def open_with(seat: Seat, *more: Migration) -> Vault:
    made = Vault.open(
        seat.folder, KEY, anchors=seat.anchors, clock=seat.clock, migrations=(*shipped(), *more)
    )
    return made.use(seat.sealer)


@pytest.fixture
def filled(seat):
    vault = seat.create()
    for n in range(3):
        vault.journal.append([concern(n)])
    vault.drafts.put("concern", "half a sentence")
    vault.close()
    return seat


def test_migrations_are_numbered_without_a_gap():
    numbers = [migration.number for migration in shipped()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_table_of_the_journal_is_strict_and_without_null(filled):
    names = sorted(JOURNAL_TABLES)
    line = open_keyed(str(filled.folder / FILE), KEY.hex())
    strict = dict(
        line.execute("SELECT name, strict FROM pragma_table_list WHERE schema='main'").fetchall()
    )
    assert [strict[name] for name in names] == [1] * len(names)
    for name in names:
        columns = line.execute(f"PRAGMA table_info({name})").fetchall()
        assert all(notnull or key for _n, _name, _type, notnull, _default, key in columns), name
    line.close()


def test_a_migration_keeps_every_row_and_comes_with_a_copy_from_before(filled):
    vault = filled.open()
    rows, state = list(vault.raws()), vault.reader.state_hash()
    vault.close()
    vault = open_with(filled, WIDER)
    assert list(vault.raws()) == rows
    assert vault.reader.state_hash() == state
    assert vault._reader.ask("SELECT count(*), min(value) FROM cursor") == [(1, ";")]
    assert vault._reader.ask("PRAGMA user_version") == [(9001,)]
    assert vault.drafts.get("concern") == "half a sentence"
    vault.journal.append([concern(9)])
    assert vault.verify(deep=True).ok
    vault.close()
    copy = filled.folder / f"{FILE}-before-9001"
    assert copy.stat().st_mode & 0o777 == 0o600
    before = open_keyed(str(copy), KEY.hex())
    assert before.execute("SELECT count(*) FROM row").fetchone() == (3,)
    assert before.execute("PRAGMA user_version").fetchone() == (len(shipped()),)
    before.close()


def test_the_copy_does_not_open_without_the_key(filled):
    open_with(filled, WIDER).close()
    raw = (filled.folder / f"{FILE}-before-9001").read_bytes()
    assert b"SQLite format" not in raw
    assert b"CREATE TABLE" not in raw


def test_a_migration_runs_once(filled):
    open_with(filled, WIDER).close()
    (filled.folder / f"{FILE}-before-9001").unlink()
    open_with(filled, WIDER).close()
    assert not (filled.folder / f"{FILE}-before-9001").exists()


def test_a_migration_that_fails_leaves_the_vault_as_it_was(filled):
    with pytest.raises((sqlcipher.OperationalError, SQLAlchemyError)):
        open_with(filled, BROKEN)
    vault = filled.open()
    assert vault._reader.ask("SELECT count(*) FROM sqlite_schema WHERE name='half'") == [(0,)]
    assert vault.verify(deep=True).ok
    vault.close()


def test_after_a_migration_an_older_release_says_to_update(filled):
    open_with(filled, WIDER).close()
    before = (filled.folder / FILE).read_bytes()
    with pytest.raises(Exception, match="newer SchoolSafe") as refused:
        filled.open()
    assert refused.value.exit_code == 1
    assert (filled.folder / FILE).read_bytes() == before


def test_a_vault_that_does_not_extend_its_anchor_is_not_migrated(filled):
    filled.anchors.file = filled.anchors.keyring = type(filled.anchors.file)(99, (), ())
    vault = open_with(filled, WIDER)
    assert vault.problem is not None
    assert vault._reader.ask("PRAGMA user_version") == [(len(shipped()),)]
    vault.close()
