"""An error of the engine becomes a plain sentence, and never carries what a person wrote."""

import traceback

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.store.engine import plain
from schoolsafe.store.errors import AlreadyOpen, DamagedVault, DiskFull, DiskTrouble, FolderReadOnly
from schoolsafe.store.guard import Mode
from schoolsafe.store.tables import CONFLICT
from store.seats import child, concern

SENTINEL = "Zzyzx-lighthouse-sentinel"


def said(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error.args)


def test_no_bound_value_reaches_an_exception_text(vault):
    vault._writer.guard.turn(Mode.REDUCING)
    vault._writer.sql.execute(insert(CONFLICT), {"entity": SENTINEL, "field": SENTINEL})
    for statement, values in (
        (insert(CONFLICT), {"entity": SENTINEL, "field": SENTINEL}),
        (
            insert(CONFLICT),
            [{"entity": SENTINEL, "field": "a"}, {"entity": SENTINEL, "field": None}],
        ),
        (text("SELECT * FROM nowhere WHERE a = :a"), {"a": SENTINEL}),
        (text("INSERT INTO fact(id) VALUES (:a)"), {"a": SENTINEL}),
    ):
        with pytest.raises(SQLAlchemyError) as refused:
            vault._writer.sql.execute(statement, values)
        assert SENTINEL not in said(refused.value)
    vault._writer.sql.rollback()


def test_no_bound_value_reaches_an_exception_of_the_driver(vault):
    twice = [(SENTINEL, SENTINEL)] * 2
    with pytest.raises(sqlcipher.Error) as refused, vault._writer.writing(Mode.REDUCING) as sql:
        sql.executemany("INSERT INTO conflict(entity, field) VALUES (?,?)", twice)
    assert SENTINEL not in said(refused.value)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (5, AlreadyOpen),
        (8, FolderReadOnly),
        (10, DiskTrouble),
        (10 | (7 << 8), DiskTrouble),
        (11, DamagedVault),
        (13, DiskFull),
        (14, FolderReadOnly),
        (26, DamagedVault),
    ],
)
def test_each_code_of_the_engine_has_its_sentence(code, meaning):
    error = sqlcipher.DatabaseError("words of the engine")
    error.sqlite_errorcode = code
    assert type(plain(error)) is meaning


def test_what_has_no_sentence_stays_a_bug():
    error = sqlcipher.IntegrityError("UNIQUE constraint failed")
    error.sqlite_errorcode = 19
    assert plain(error) is None
    assert plain(ValueError()) is None


# A full disk


def test_a_full_disk_saves_nothing_says_so_and_the_next_save_works(vault):
    vault.journal.append([concern(1)])
    before = vault.reader.state_hash()
    pages = vault._writer.raw.execute("PRAGMA page_count").fetchone()[0]
    vault._writer.raw.execute(f"PRAGMA max_page_count={pages + 8}")
    with pytest.raises(DiskFull):
        vault.journal.append([concern(n, "word " * 400) for n in range(10, 60)])
    assert vault.reader.state_hash() == before
    assert vault.reader.totals().rows == 1
    vault._writer.raw.execute("PRAGMA max_page_count=1073741823")
    vault.journal.append([concern(2)])
    assert vault.verify(deep=True).ok


def test_a_full_disk_at_every_page_leaves_all_or_nothing(vault):
    saved = 0
    for room in range(60):
        pages = vault._writer.raw.execute("PRAGMA page_count").fetchone()[0]
        vault._writer.raw.execute(f"PRAGMA max_page_count={pages + room}")
        try:
            vault.journal.append([child(1000 * room + n) for n in range(40)])
        except DiskFull:
            pass
        else:
            saved += 1
        assert vault.reader.count("child") == 40 * saved == vault.reader.totals().rows
        if saved == 2:
            break
    assert saved == 2
    vault._writer.raw.execute("PRAGMA max_page_count=1073741823")
    assert vault.verify(deep=True).ok


def test_a_full_disk_keeps_a_draft_from_being_kept_and_says_so(vault):
    pages = vault._writer.raw.execute("PRAGMA page_count").fetchone()[0]
    vault._writer.raw.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull):
        vault.drafts.put("concern", "word " * 20_000)
    vault.drafts.put("concern", "a short one")
    assert vault.drafts.get("concern") == "a short one"
    vault._writer.raw.execute("PRAGMA max_page_count=1073741823")
