"""What the engine takes for good and the vault must not: old pages, old files, a log with a flipped bit."""

import shutil

import pytest

from fakes.anchors import FakeAnchors
from schoolsafe.errors import Tampered
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.errors import ReadOnly
from schoolsafe.store.guard import Mode
from schoolsafe.store.vault import FILE, Vault
from store import flip_loop
from store.seats import KEY, Seat, child, concern, line, setting

PAGE = 4096


def test_a_flip_anywhere_in_database_or_log_is_seen(tmp_path):
    # A slice: the whole is `python tests/store/flip_loop.py`.
    found = flip_loop.run(tmp_path, step=211)
    assert found.unseen == ()
    assert min(found.tried.values()) >= 15


def test_rows_dropped_from_the_log_leave_the_vault_readable_and_closed_for_saving(tmp_path):
    seat, lying = flip_loop.live_vault(tmp_path / "whole")
    harmed = bytearray(lying["vault.db-wal"])
    harmed[len(harmed) // 2] ^= 1
    flip_loop.lay_out(tmp_path / "harmed", lying | {"vault.db-wal": bytes(harmed)})
    seat.folder = tmp_path / "harmed"
    vault = seat.open()
    assert vault.finding.word == "ahead"
    assert "missing" in vault.problem
    assert 0 < vault.reader.count("entry") < flip_loop.COMMITS
    with pytest.raises(ReadOnly) as refused:
        vault.journal.append([concern(99)])
    assert refused.value.exit_code == 5
    vault.drafts.put("concern", "not lost")
    assert vault.verify().anchor == "ahead"
    before = seat.anchors.file
    vault.close()
    assert seat.anchors.file == before, "the anchor still knows"
    assert (tmp_path / "harmed" / f"{FILE}-log.kept").read_bytes() == bytes(harmed)
    again = seat.open()
    assert again.problem is not None
    assert again.drafts.get("concern") == "not lost"
    again.close()


def test_an_old_file_put_back_is_seen(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    old = (seat.folder / FILE).read_bytes()
    vault = seat.open()
    vault.journal.append([concern(2)])
    vault.close()
    (seat.folder / FILE).write_bytes(old)
    vault = seat.open()
    assert vault.problem is not None
    assert not vault.verify().ok
    vault.close()


def test_an_old_file_put_back_is_seen_by_the_keyring_alone(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    old, old_anchor = (seat.folder / FILE).read_bytes(), seat.anchors.file
    vault = seat.open()
    vault.journal.append([concern(2)])
    vault.close()
    (seat.folder / FILE).write_bytes(old)
    seat.anchors.file = old_anchor
    vault = seat.open()
    assert vault.problem is not None
    vault.close()


def test_an_old_file_that_was_written_on_is_seen(seat, tmp_path):
    # The copy has as many rows as the anchor says, but others.
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    shutil.copytree(seat.folder, tmp_path / "copy")
    vault = seat.open()
    vault.journal.append([concern(2)])
    vault.close()
    thief = Seat(tmp_path / "copy", seat.sealer, FakeAnchors(), seat.clock)
    other = thief.open()
    other.journal.append([concern(3), concern(4)])
    other.close()
    thief.anchors = seat.anchors
    vault = thief.open()
    assert vault.finding.word == "changed"
    with pytest.raises(ReadOnly):
        vault.journal.append([concern(5)])
    vault.close()


def test_a_stop_between_commit_and_anchor_is_no_damage(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    before = seat.anchors.file
    vault.journal.append([concern(2)])
    vault.close()
    seat.anchors.file = seat.anchors.keyring = before
    vault = seat.open()
    assert (vault.problem, vault.finding.word) == (None, "behind")
    vault.journal.append([concern(3)])
    assert vault.verify(deep=True).anchor == "ok"
    vault.close()


def test_where_all_anchors_are_lost_the_vault_still_opens_and_says_so(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    seat.anchors = FakeAnchors()
    vault = seat.open()
    assert (vault.problem, vault.finding.word) == (None, "missing")
    vault.journal.append([concern(2)])
    vault.close()
    assert seat.anchors.file.rows == 2


def test_an_anchor_that_does_not_authenticate_opens_read_only(seat):
    class ChangedAnchors(FakeAnchors):
        def read(self):
            raise Tampered

    seat.create().close()
    seat.anchors = ChangedAnchors()
    vault = seat.open()
    assert vault.finding.word == "changed"
    with pytest.raises(Tampered):
        vault.journal.append([concern(1)])
    vault.close()


def changed_pages(old: bytes, new: bytes) -> list[int]:
    return [
        n
        for n in range(len(old) // PAGE)
        if old[n * PAGE : (n + 1) * PAGE] != new[n * PAGE : (n + 1) * PAGE]
    ]


def everything_said(vault: Vault) -> list[object]:
    """Every line of journal and read tables, and what search finds of them."""
    names = [
        name for (name,) in vault._reader.ask("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    kept = [name for name in names if not name.startswith(("narrative", "sqlite"))]
    said: list[object] = [sorted(map(repr, vault._reader.ask(f"SELECT * FROM {n}"))) for n in kept]  # noqa: S608  # our own names
    words = ("quiet", "concern 11", "concern 3", "edit 11", "edit", "archer7", "first")
    return [*said, *(sorted(map(repr, vault.reader.search(word))) for word in words)]


def test_each_old_page_put_back_is_seen_unless_it_says_the_same(seat):
    # The engine takes 29 of 29 such pages for good (security.md section 12, fact 1).
    vault = seat.create()
    vault.journal.append([child(n) for n in range(30)])
    (base,) = vault.journal.append([line(1, reason="first")])
    vault.close()
    old = (seat.folder / FILE).read_bytes()
    vault = seat.open()
    for n in range(12):
        (base,) = vault.journal.append(
            [setting("line:0000000000000001", "reason", f"edit {n}", base)]
        )
        vault.journal.append([concern(n)])
    whole = everything_said(vault)
    vault.close()
    new = (seat.folder / FILE).read_bytes()
    pages = changed_pages(old, new)
    unseen = []
    for page in pages:
        harmed = bytearray(new)
        harmed[page * PAGE : (page + 1) * PAGE] = old[page * PAGE : (page + 1) * PAGE]
        (seat.folder / FILE).write_bytes(harmed)
        if not flip_loop.seen(seat, flip_loop.kept(seat), seat.folder):
            unseen.append(page)
            vault = Seat(seat.folder, seat.sealer, flip_loop.kept(seat), seat.clock).open()
            assert everything_said(vault) == whole, f"page {page}"
            vault.close()
    assert len(pages) - len(unseen) > 20


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE noun_entry SET text='He fell.'", None),
        ("UPDATE fact SET author='person:other'", None),
        ("DELETE FROM conflict; DELETE FROM touched WHERE id=2", None),
        ("UPDATE passage SET text='nothing'", "file"),
        (
            "UPDATE row SET raw=CAST(substr(raw, 1, 200) || x'00' || substr(raw, 202) AS BLOB) WHERE id=2",
            "row 2",
        ),
        ("DELETE FROM row WHERE id=2", "row 2"),
        ("UPDATE row SET id=9 WHERE id=3", "row 3"),
        ("DELETE FROM head", "head"),
        ("UPDATE head SET rid=(SELECT rid FROM row WHERE id=1)", "head"),
    ],
)
def test_whoever_holds_the_key_changes_nothing_unseen(seat, statement, named):
    vault = seat.create()
    for n in range(3):
        vault.journal.append([concern(n)])
    vault.close()
    thief = open_keyed(str(seat.folder / FILE), KEY.hex())
    for part in statement.split(";"):
        thief.execute(part)
    thief.close()
    vault = seat.open()
    found = vault.verify(deep=True)
    assert not found.ok
    if named:
        assert named in found.first_bad
    else:
        assert not found.projections_match
        vault.rebuild()
        assert vault.verify(deep=True).ok, "the read tables are disposable"
    vault.close()


def test_a_row_signed_by_nobody_we_know_is_named(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    seat.sealer.school.owners.clear()
    vault = seat.open()
    found = vault.verify(deep=True)
    assert (found.ok, found.rows) == (False, 1)
    assert "row 1" in found.first_bad
    assert vault.verify().ok, "signatures are the deep check's"
    vault.close()


def test_a_changed_attachment_is_named(seat):
    vault = seat.create()
    vault.journal.append([concern(1)], chunks={"ab" * 32: b"not these bytes"})
    found = vault.verify(deep=True)
    assert "ab" * 32 in found.first_bad
    vault.close()


def test_a_check_does_not_stand_in_the_way_of_saving(vault):
    vault.journal.append([concern(1)])
    assert vault.verify(deep=True).ok
    vault._reader.raw.execute("BEGIN")
    vault._reader.raw.execute("SELECT count(*) FROM row").fetchone()
    for n in range(2, 80):  # more than one batch: a checkpoint meets the open reader and lets it be
        vault.journal.append([concern(n)])
    vault._reader.raw.execute("ROLLBACK")
    assert vault.reader.totals().rows == 79
    assert vault._writer.guard.mode is Mode.REDUCING
