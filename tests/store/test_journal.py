"""Entries in: one transaction, chained, anchored, the same however they came."""

import hashlib

import pytest

from fakes.sealer import FakeSchool
from schoolsafe.domain.entry import Add, Attach, Entry, Link, NewEntry, Unknown, Unlink
from schoolsafe.domain.ids import PersonId, RowId
from schoolsafe.domain.register import MisplacedOpError
from schoolsafe.errors import Refused
from schoolsafe.store.errors import DiskFull, NewerRecord
from schoolsafe.wire import row
from store.seats import CHILD, Seat, child, concern, fix, line, note, setting


def outer_rows(vault):
    return [row.parse(raw) for raw in vault.raws()]


def test_a_saved_entry_is_there_at_once_and_after_closing(seat):
    vault = seat.create()
    (made,) = vault.journal.append([concern(1, "She said she was hungry.")])
    assert vault.reader.get("entry:0000000000000001").values["text"] == "She said she was hungry."
    vault.close()
    again = seat.open()
    record = again.reader.get("entry:0000000000000001")
    assert (record.values["text"], record.row, record.author) == (
        "She said she was hungry.",
        made,
        PersonId("person:1"),
    )
    assert again.problem is None
    again.close()


def test_a_feed_starts_at_the_link_that_admitted_it_and_each_row_names_the_one_before(vault, seat):
    ids = [made for n in range(3) for made in vault.journal.append([concern(n)])]
    rows = outer_rows(vault)
    assert [r.id for r in rows] == ids
    assert [r.prev for r in rows] == [(seat.sealer.admitted_by("team"),), (ids[0],), (ids[1],)]
    assert [r.n for r in rows] == [1, 2, 3]


def test_each_circle_has_its_own_feed(vault):
    vault.journal.append([child(1), concern(1), child(2)])
    assert [(r.n, len({r.circle})) for r in outer_rows(vault)] == [(1, 1), (1, 1), (2, 1)]
    assert vault.verify().feeds == 2


def test_entries_of_one_action_share_a_mark_and_stand_together_or_not_at_all(vault, seat):
    vault.journal.append([concern(1), concern(2)])
    marks = {seat.sealer.open(r).tx for r in outer_rows(vault)}
    assert len(marks) == 1
    before = vault.reader.state_hash()
    too_long = concern(4, hashlib.shake_256(b"noise").hexdigest(80_000))
    with pytest.raises(Refused):
        vault.journal.append([concern(3), too_long])
    assert vault.reader.get("entry:0000000000000003") is None
    assert vault.reader.state_hash() == before
    vault.journal.append([concern(3)])
    assert vault.verify(deep=True).ok


def test_an_op_on_another_circles_noun_is_refused_before_anything_is_sealed(vault, seat):
    with pytest.raises(MisplacedOpError):
        vault.journal.append([NewEntry("school", "x.y", (Add("entry:1", {"text": "leak"}),))])
    assert seat.sealer.sealed == 0


def test_nothing_to_save_writes_nothing(vault, seat):
    assert vault.journal.append([]) == ()
    assert vault.reader.totals().rows == 0


def test_a_childs_history_names_its_heads_per_circle_and_never_those_of_another(vault, seat):
    pupil = "child:0000000000000001"
    first, second, third = (
        vault.journal.append([made])[0]
        for made in (child(1), concern(1, about=pupil), concern(2, about=pupil))
    )
    entries = {r.id: seat.sealer.open(r) for r in outer_rows(vault)}
    assert entries[first].subject_heads == ()
    assert entries[second].subject_heads == (), (
        "school's rows are not named in team, nor team's in school"
    )
    assert entries[third].subject_heads == (second,)


def test_a_batch_about_one_child_is_one_line_of_history(vault, seat):
    ids = vault.journal.append([concern(n) for n in range(3)])
    entries = [seat.sealer.open(r) for r in outer_rows(vault)]
    assert [e.subject_heads for e in entries] == [(), (ids[0],), (ids[1],)]


def test_the_clock_of_rows_goes_forward_across_a_restart_with_a_wall_clock_set_back(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    seat.clock.at = seat.clock.at.replace(year=2020)
    vault = seat.open()
    vault.journal.append([concern(2)])
    times = [seat.sealer.open(r).t for r in outer_rows(vault)]
    assert times[1] == times[0] + 1
    vault.close()


def test_chunks_of_an_attachment_come_with_their_row_or_not_at_all(vault):
    sealed = b"sealed bytes"
    name = hashlib.sha256(sealed).hexdigest()
    manifest = Attach("entry:1", "a.eml", "message/rfc822", 5, "00" * 32, "11" * 32, (name,))
    vault.journal.append([NewEntry("team", "attach", (manifest,))], chunks={name: sealed})
    assert vault.reader.chunk(name) == sealed
    assert vault.reader.attachments("entry:1") == (manifest,)
    assert vault.reader.chunk("00" * 32) is None
    other = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(MisplacedOpError):
        vault.journal.append([NewEntry("school", "x", (manifest,))], chunks={other: b"other"})
    assert vault.reader.chunk(other) is None


def test_the_anchor_outside_has_moved_before_a_save_returns(vault, seat):
    (made,) = vault.journal.append([concern(1)])
    assert seat.anchors.file.rows == 1
    assert seat.anchors.file.heads == ((seat.sealer.circle_id("team"), (made,)),)


def test_an_anchor_that_cannot_be_written_loses_no_row_and_is_told(vault, seat):
    seat.anchors.fails = DiskFull()
    vault.journal.append([concern(1)])
    assert isinstance(vault.anchor_late, DiskFull)
    assert vault.reader.totals().rows == 1
    vault.journal.append([concern(2)])
    assert vault.anchor_late is None
    assert seat.anchors.file.rows == 2


def test_what_a_seat_cannot_read_is_stored_and_chained_and_not_shown(tmp_path):
    seat = Seat(tmp_path / "v", FakeSchool().seat(reads=("school", "team")))
    vault = seat.create()
    told = NewEntry("audit", "audit.write", (Add("audit_line:1", {"act": "printed"}),))
    vault.journal.append([told, told])
    assert vault.reader.get("audit_line:1") is None
    assert vault.reader.rows_of_kind("audit") == ()
    assert vault.reader.totals().rows == 2
    assert [r.n for r in outer_rows(vault)] == [1, 2]
    before = vault.reader.state_hash()
    assert vault.rebuild() == (2, before)
    assert vault.verify(deep=True).ok
    vault.close()


# Rows from elsewhere


def two_seats(tmp_path):
    school = FakeSchool()
    amy = Seat(tmp_path / "amy", school.seat("person:amy"))
    ben = Seat(tmp_path / "ben", school.seat("person:ben"))
    return amy, ben


def test_rows_from_a_colleague_go_through_the_same_reducer_in_any_order_and_any_number(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    for n in range(4):
        a.journal.append([concern(n)])
    (first,) = a.journal.append([line(1)])
    a.journal.append([setting("line:0000000000000001", "reason", "she asked", first)])
    a.journal.append(
        [
            note("entry:0000000000000001", "Seen at break."),
            fix("entry:0000000000000002", "text", "x", "y"),
        ]
    )
    rows = list(a.raws())
    got = b.journal.receive(reversed(rows))
    assert (len(got.new), got.known, got.refused) == (len(rows), 0, ())
    assert b.journal.receive(rows).known == len(rows)
    assert b.reader.state_hash() == a.reader.state_hash()
    assert b.reader.totals().holes == 0
    assert [r.values for r in b.reader.find("entry")] == [r.values for r in a.reader.find("entry")]
    assert b.verify(deep=True).ok
    assert b.reader.totals().twice == len(rows)
    a.close()
    b.close()


def test_a_withheld_row_is_a_hole_until_it_comes(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    for n in range(3):
        a.journal.append([concern(n)])
    one, two, three = a.raws()
    b.journal.receive([one, three])
    assert b.reader.totals().holes == 1
    assert b.verify(deep=True).ok, "a hole is known, and no damage"
    b.journal.receive([two])
    assert b.reader.totals().holes == 0
    assert len(ben.anchors.file.heads[0][1]) == 1, "the late row is not a second head"
    a.close()
    b.close()


def test_what_a_colleague_had_seen_and_we_have_not_is_a_hole_too(tmp_path):
    school = FakeSchool()
    seats = [Seat(tmp_path / name, school.seat(f"person:{name}")) for name in ("a", "b", "c")]
    a, b, c = (s.create() for s in seats)
    a.journal.append([concern(1)])
    b.journal.receive(a.raws())
    b.journal.append([concern(2)])
    c.journal.receive([list(b.raws())[-1]])
    assert c.reader.totals().holes == 1
    c.journal.receive(a.raws())
    assert c.reader.totals().holes == 0
    for vault in (a, b, c):
        vault.close()


def test_a_row_names_what_its_author_saw_of_others_since_the_last_one(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    (seen,) = a.journal.append([concern(1)])
    b.journal.receive(a.raws())
    b.journal.append([concern(2)])
    b.journal.append([concern(3)])
    own = [ben.sealer.open(row.parse(raw)) for raw in b.raws()][1:]
    assert [e.seen for e in own] == [(seen,), ()]
    a.close()
    b.close()


def test_two_colleagues_offline_on_one_field_see_both_values(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    a.journal.append([line(1)])
    b.journal.receive(a.raws())
    entity = "line:0000000000000001"
    a.journal.append([setting(entity, "choice", "quiet")])
    b.journal.append([setting(entity, "choice", "tell-and-check-in")])
    b.journal.receive(a.raws())
    a.journal.receive(b.raws())
    for vault in (a, b):
        record = vault.reader.get(entity)
        assert record.values["choice"] == "tell-and-check-in"
        assert record.conflicts == ("choice",)
        assert vault.reader.totals().conflicts == 1
        assert [v.author for v in vault.reader.live(entity, "choice")] == [
            "person:ben",
            "person:amy",
        ]
    seen = a.reader.bases(entity, ["choice"])["choice"]
    a.journal.append([setting(entity, "choice", "quiet", *seen)])
    assert a.reader.get(entity).conflicts == ()
    assert a.reader.totals().conflicts == 0
    a.close()
    b.close()


def test_a_restored_laptop_forks_its_feed_and_its_next_row_names_both(tmp_path):
    school = FakeSchool()
    now = Seat(tmp_path / "now", school.seat("person:amy"))
    old = Seat(tmp_path / "old", school.seat("person:amy", copy=7))
    vault, restored = now.create(), old.create()
    vault.journal.append([concern(1)])
    restored.journal.receive(vault.raws())
    (ours,) = restored.journal.append([concern(2, "after the restore")])
    (theirs,) = vault.journal.append([concern(3, "lost by the restore")])
    restored.journal.receive(vault.raws())
    (merged,) = restored.journal.append([concern(4)])
    rows = {r.id: r for r in (row.parse(raw) for raw in restored.raws())}
    assert rows[merged].prev == tuple(sorted((ours, theirs)))
    assert rows[merged].n == 3
    assert restored.reader.count("entry") == 4
    assert restored.verify(deep=True).ok
    vault.close()
    restored.close()


def test_a_forged_row_is_refused_by_its_place_and_does_not_hold_up_the_others(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    for n in range(3):
        a.journal.append([concern(n)])
    rows = list(a.raws())
    forged = rows[1][:-1] + bytes([rows[1][-1] ^ 1])
    stranger = Seat(tmp_path / "s", FakeSchool("elsewhere").seat("person:x")).create()
    stranger.journal.append([concern(9)])
    got = b.journal.receive([rows[0], forged, b"not a row", *stranger.raws(), rows[2]])
    assert len(got.new) == 2
    assert got.refused == (1, 2, 3)
    for vault in (a, b, stranger):
        vault.close()


def test_a_row_ten_years_ahead_is_kept_and_does_not_move_our_clock(tmp_path):
    amy, ben = two_seats(tmp_path)
    amy.clock.at = amy.clock.at.replace(year=2036)
    a, b = amy.create(), ben.create()
    a.journal.append([concern(1)])
    b.journal.receive(a.raws())
    b.close()
    b = ben.open()
    b.journal.append([concern(2)])
    times = [ben.sealer.open(row.parse(raw)).t for raw in b.raws()]
    assert times[1] < times[0]
    a.close()
    b.close()


def newer(seat: Seat, **more) -> bytes:
    what = Entry(
        kind="disposal.record",
        kv=1,
        author=PersonId(seat.sealer.person),
        t=1,
        wall_ms=1,
        ops=(),
        **more,
    )
    return seat.sealer.seal_entry(what, "team", n=1, prev=(seat.sealer.admitted_by("team"),)).raw


def test_a_must_row_of_a_newer_release_turns_the_vault_read_only_until_an_update(tmp_path):
    amy, ben = two_seats(tmp_path)
    b = ben.create()
    b.journal.append([concern(1)])
    b.journal.receive([newer(amy, must=True)])
    with pytest.raises(NewerRecord):
        b.journal.append([concern(2)])
    b.close()
    b = ben.open()
    with pytest.raises(NewerRecord):
        b.journal.append([concern(2)])
    assert b.reader.get("entry:0000000000000001") is not None
    assert b.verify(deep=True).ok
    b.drafts.put("concern", {"text": "kept all the same"})
    b.close()


def test_rows_not_understood_are_kept_and_counted(tmp_path):
    amy, ben = two_seats(tmp_path)
    b = ben.create()
    b.journal.receive([newer(amy, min_reader=9)])
    unknown = Entry(
        kind="child.merge",
        kv=1,
        author=PersonId("person:amy"),
        t=1,
        wall_ms=1,
        ops=(Unknown(("same", CHILD)),),
    )
    first = row.parse(newer(amy, min_reader=9)).id
    b.journal.receive([amy.sealer.seal_entry(unknown, "team", n=2, prev=(first,)).raw])
    assert b.reader.totals().not_understood == 2
    b.journal.append([concern(1)])
    b.close()


def test_links_are_taken_away_only_as_far_as_they_were_seen(vault):
    entity = "entry:0000000000000001"
    vault.journal.append([concern(1)])
    link = NewEntry(
        "team", "entry.tag", (Link(entity, "tags", "neglect"), Link(entity, "tags", "home"))
    )
    vault.journal.append([link])
    seen = vault.reader.bases(entity, ["tags"])["tags"]
    vault.journal.append([NewEntry("team", "entry.tag", (Link(entity, "tags", "neglect"),))])
    vault.journal.append(
        [NewEntry("team", "entry.untag", (Unlink(entity, "tags", "neglect", seen),))]
    )
    assert vault.reader.links(entity, "tags") == ("home", "neglect")
    seen = vault.reader.bases(entity, ["tags"])["tags"]
    vault.journal.append(
        [NewEntry("team", "entry.untag", (Unlink(entity, "tags", "neglect", seen),))]
    )
    assert vault.reader.links(entity, "tags") == ("home",)
    assert vault.verify(deep=True).ok


def test_more_than_eight_heads_are_named_in_turns(tmp_path):
    school = FakeSchool()
    copies = [Seat(tmp_path / f"{n}", school.seat("person:amy", copy=n + 1)) for n in range(10)]
    vaults = [copy.create() for copy in copies]
    for n, vault in enumerate(vaults):
        vault.journal.append([concern(n)])
    first = vaults[0]
    for vault in vaults[1:]:
        first.journal.receive(vault.raws())
    first.journal.append([concern(20)])
    first.journal.append([concern(21)])
    assert len(copies[0].anchors.file.heads[0][1]) == 1
    assert first.verify(deep=True).ok
    for vault in vaults:
        vault.close()


def test_a_set_with_nothing_known_of_its_base_waits_for_it(tmp_path):
    amy, ben = two_seats(tmp_path)
    a, b = amy.create(), ben.create()
    (first,) = a.journal.append([line(1, reason="old")])
    a.journal.append([setting("line:0000000000000001", "reason", "new", first)])
    one, two = a.raws()
    b.journal.receive([two])
    assert b.reader.get("line:0000000000000001").values["reason"] == "new"
    b.journal.receive([one])
    record = b.reader.get("line:0000000000000001")
    assert (record.values["reason"], record.conflicts) == ("new", ())
    assert record.row == RowId(first)
    a.close()
    b.close()
