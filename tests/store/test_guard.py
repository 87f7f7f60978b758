"""What SQL may not do, whoever gets hold of a connection."""

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.store.engine import MEMORY, PRAGMAS, open_keyed, open_line
from schoolsafe.store.guard import Mode
from store.seats import KEY, concern

SENTINEL = "lighthouse-sentinel"

WAYS = {
    "attach with an empty key": "ATTACH '{out}' AS plain KEY ''",
    "attach without a key": "ATTACH '{out}' AS plain",
    "vacuum into": "VACUUM INTO '{out}'",
    "vacuum": "VACUUM",
    "rekey to nothing": "PRAGMA rekey=''",
    "key to nothing": "PRAGMA key=''",
    "export function": "SELECT sqlcipher_export('main')",
    "load an extension": "SELECT load_extension('{out}')",
    "writable schema": "PRAGMA writable_schema=ON",
    "temporary files on disk": "PRAGMA temp_store=FILE",
    "temporary folder elsewhere": "PRAGMA temp_store_directory='{folder}'",
    "cipher log to a file": "PRAGMA cipher_log='{out}'",
    "profile to a file": "PRAGMA cipher_profile='{out}'",
    "plaintext header": "PRAGMA cipher_plaintext_header_size=32",
    "no page seals": "PRAGMA cipher_use_hmac=OFF",
    "another virtual table": "CREATE VIRTUAL TABLE v USING fts4(a)",
    "a temporary table": "CREATE TEMP TABLE t AS SELECT * FROM row",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON row BEGIN DELETE FROM fact; END",
    "no log": "PRAGMA journal_mode=OFF",
    "detach": "DETACH main",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mode", Mode)
def test_no_sql_path_writes_an_unencrypted_store(vault, tmp_path, way, mode):
    vault.journal.append([concern(1, SENTINEL)])
    folder = tmp_path / "out"
    folder.mkdir()
    line = vault._reader if mode is Mode.READING else vault._writer
    line.guard.turn(mode)
    statement = WAYS[way].format(out=folder / "out.db", folder=folder)
    with pytest.raises(sqlcipher.DatabaseError) as refused:
        line.raw.execute(statement).fetchall()
    assert "authoriz" in str(refused.value)
    assert list(folder.iterdir()) == []
    assert open_keyed(str(vault._path), KEY.hex()).execute(
        "SELECT count(*) FROM row"
    ).fetchone() == (1,)


def test_a_backup_without_a_key_fails_and_writes_nothing_readable(vault, tmp_path):
    vault.journal.append([concern(1, SENTINEL)])
    plain = sqlcipher.connect(str(tmp_path / "plain.db"), isolation_level=None)
    with pytest.raises(sqlcipher.Error):
        vault._writer.raw.backup(plain)
    plain.close()
    written = (tmp_path / "plain.db").read_bytes() if (tmp_path / "plain.db").exists() else b""
    assert b"SQLite format" not in written
    assert SENTINEL.encode() not in written


def test_the_same_sql_text_that_the_reducer_ran_is_refused_to_everybody_else(vault):
    # security.md section 12, fact 5: the guard is asked at compile time only, and statements are cached.
    line = vault._writer
    for statement, values in (
        ("INSERT INTO conflict(entity, field) VALUES (?,?)", ("a:1", "f")),
        ("UPDATE fact SET why=? WHERE id=?", ("x", 1)),
        ("DELETE FROM noun_child WHERE _id=?", ("child:1",)),
        ("INSERT INTO narrative(rowid, text) VALUES (?,?)", (99, "word")),
    ):
        with line.writing(Mode.REDUCING) as sql:
            sql.execute(statement, values)
            sql.execute("DELETE FROM conflict")
        with (
            pytest.raises(sqlcipher.DatabaseError, match="not authorized"),
            line.writing(Mode.KEEPING) as sql,
        ):
            sql.execute(statement, values)
        with pytest.raises(sqlcipher.DatabaseError), vault._reader.sql.begin():
            vault._reader.raw.execute(statement, values)


def test_only_a_migration_or_a_rebuild_may_change_a_table(vault):
    for mode in (Mode.KEEPING, Mode.REDUCING):
        vault._writer.guard.turn(mode)
        for statement in (
            "DROP TABLE row",
            "CREATE TABLE t(a)",
            "ALTER TABLE row ADD COLUMN x",
            "DROP TABLE fact",
        ):
            with pytest.raises(sqlcipher.DatabaseError, match="not authorized"):
                vault._writer.raw.execute(statement)


def test_a_reading_connection_writes_nothing_even_where_the_guard_is_gone(vault):
    vault._reader.raw.set_authorizer(None)
    with pytest.raises(sqlcipher.OperationalError, match="readonly"):
        vault._reader.raw.execute("DELETE FROM row")


def test_rows_are_kept_as_they_were_signed(vault):
    (made,) = vault.journal.append([concern(1)])
    statements = (
        "UPDATE row SET raw=x'00'",
        "DELETE FROM row",
        "DELETE FROM roster",
        "DELETE FROM chunk",
    )
    for mode in (Mode.KEEPING, Mode.REDUCING):
        vault._writer.guard.turn(mode)
        for statement in statements:
            with pytest.raises(sqlcipher.DatabaseError) as refused:
                vault._writer.raw.execute(statement)
            assert refused.value.sqlite_errorname == "SQLITE_AUTH"
        vault._writer.raw.execute("UPDATE row SET state='relay' WHERE rid=?", (made,))
    assert vault.reader.totals().relay == 1
    assert vault.reader.row_facts(made) is not None


def test_every_connection_is_set_as_the_notes_say(vault):
    expected = {"journal_mode": "wal", "synchronous": 2, "temp_store": 2}
    for line in (vault._writer, vault._reader):
        for pragma, value in expected.items():
            assert line.raw.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    assert PRAGMAS[0] == "journal_mode=WAL"


def test_a_large_sort_leaves_no_file_anywhere(tmp_path):
    line = open_line(MEMORY, KEY.hex(), Mode.SHAPING)
    line.raw.execute("CREATE TABLE t(a)")
    line.raw.executemany(
        "INSERT INTO t VALUES (?)", ((f"{n * 7919 % 10007}" + "x" * 800,) for n in range(20_000))
    )
    assert len(line.raw.execute("SELECT a FROM t ORDER BY a").fetchall()) == 20_000
    assert list(tmp_path.iterdir()) == []
    line.close()
