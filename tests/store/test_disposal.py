"""Disposed rows: the content is gone from every page, the chain and the signatures hold."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from schoolsafe.domain.disposal import KIND, Ground
from schoolsafe.domain.entry import Add, Attach, Dispose, NewEntry, Set
from schoolsafe.errors import Tampered
from schoolsafe.store.guard import Mode
from schoolsafe.store.vault import Vault
from schoolsafe.wire import row, stub
from store.seats import Seat, concern, setting
from store.test_rebuild import a_bit_of_everything, all_lines

NOTICE, LINE = "notification:00000000000000n1", "line:00000000000000l1"
WORDS = "Zyzzogeton was in the kitchen"
SEALED = b"sealed pieces of the message"
CHUNK = hashlib.sha256(SEALED).hexdigest()


def _attach(entity: str) -> Attach:
    return Attach(entity, "original.eml", "message/rfc822", 5, "00" * 32, "11" * 32, (CHUNK,))


def _notice(vault: Vault) -> None:
    """A notice with its message, a line, and what somebody did with them."""
    add = Add(NOTICE, {"channel": "police_email", "circumstances": WORDS})
    receive = NewEntry("team", "notification.receive", (add, _attach(NOTICE)))
    named = NewEntry(
        "team",
        "notification.name_child",
        (Add(LINE, {"notification": NOTICE, "number": 1, "name_as_sent": "Robin Zyzzogeton"}),),
    )
    vault.journal.append([receive, named], chunks={CHUNK: SEALED})
    vault.journal.append([setting(LINE, "reason", "nobody of ours called Zyzzogeton")])


def _orders(vault: Vault, entities: Sequence[str] = (NOTICE, LINE)) -> list[NewEntry]:
    made = vault.journal.orders(ground=Ground.NOT_OURS, entity=NOTICE, entities=entities)
    return [NewEntry("team", KIND, (op,), why="not our pupil", must=True) for op in made]


def _everything(vault: Vault) -> bytes:
    """Every value of every table, of the journal and of what is read."""
    names = [n for (n,) in vault._reader.ask("SELECT name FROM sqlite_schema WHERE type='table'")]
    return repr([vault._reader.ask(f'SELECT * FROM "{n}"') for n in names]).encode()  # noqa: S608  # our own


@pytest.fixture
def disposed(vault: Vault) -> Vault:
    a_bit_of_everything(vault)
    _notice(vault)
    vault.journal.append(_orders(vault))
    return vault


def test_the_content_is_gone_and_every_check_still_holds(disposed: Vault) -> None:
    assert disposed.reader.get(LINE) is None
    assert disposed.reader.search("Zyzzogeton") == ()
    assert disposed.reader.chunk(CHUNK) is None
    said = _everything(disposed)
    assert b"yzzogeton" not in said
    assert disposed.verify().ok
    assert disposed.verify(deep=True).ok
    stubs = [stub.parse(raw) for raw in disposed.raws() if stub.is_stub(raw)]
    assert len(stubs) == 3
    assert len({one.disposed_by for one in stubs}) == 1


def test_the_rest_of_the_record_is_as_it_was(vault: Vault) -> None:
    a_bit_of_everything(vault)
    before = {
        name: [one for one in lines if "notification" not in one]
        for name, lines in all_lines(vault).items()
    }
    _notice(vault)
    vault.journal.append(_orders(vault))
    after = all_lines(vault)
    for name in ("noun_child", "noun_entry", "note", "fix", "attachment", "edge"):
        assert after[f'"{name}"'] == before[f'"{name}"']


def test_a_rebuild_and_the_next_opening_come_to_the_same(disposed: Vault, seat: Seat) -> None:
    lines, state = all_lines(disposed), disposed.reader.state_hash()
    assert disposed.rebuild()[1] == state
    assert all_lines(disposed) == lines
    disposed.close()
    again = seat.open()
    assert again.problem is None
    assert all_lines(again) == lines
    assert again.verify(deep=True).ok
    again.journal.append([concern(9)])
    again.close()


def test_who_when_and_why_stay(disposed: Vault) -> None:
    left = next(stub.parse(raw) for raw in disposed.raws() if stub.is_stub(raw))
    facts = disposed.reader.row_facts(left.disposed_by)
    assert facts is not None
    assert (facts.kind, facts.why, facts.entity) == (KIND, "not our pupil", NOTICE)


def test_a_piece_another_notice_attaches_stays(vault: Vault) -> None:
    _notice(vault)
    other = "notification:00000000000000n2"
    add = Add(other, {"channel": "police_email"})
    vault.journal.append([NewEntry("team", "notification.receive", (add, _attach(other)))])
    vault.journal.append(_orders(vault))
    assert vault.reader.chunk(CHUNK) == SEALED
    assert vault.verify(deep=True).ok


def test_rows_of_a_childs_history_and_of_other_things_stay(vault: Vault) -> None:
    _notice(vault)
    child = "child:00000000000000c1"
    matched = NewEntry(
        "team", "notification.match", (Set(LINE, "child", child, ()),), subject=child
    )
    both = NewEntry("team", "notification.note", (Set(LINE, "reason", "both", ()), *_add("line:2")))
    vault.journal.append([matched, both, concern(1)])
    vault.journal.append(_orders(vault))
    kinds = {f.kind for f in vault.reader.rows_of_kind("team")}
    assert {"notification.match", "notification.note", "entry.add"} <= kinds
    assert "notification.receive" not in kinds
    assert vault.verify(deep=True).ok


def _add(entity: str) -> tuple[Add, ...]:
    return (Add(f"{entity}", {"number": 2}),)


def _another(seat: Seat, tmp_path, person: str = "person:2") -> Seat:
    sealer = seat.sealer.school.seat(person)
    return Seat(tmp_path / person.replace(":", "-"), sealer=sealer)


@pytest.mark.parametrize("order", ["as they came", "the other way round", "order first"])
def test_another_seat_comes_to_the_same_in_any_order(seat, tmp_path, order):
    whole = Seat(tmp_path / "whole", sealer=seat.sealer.school.seat("person:3")).create()
    _notice(whole)
    rows = list(whole.raws())
    whole.journal.append(_orders(whole))
    order_row = list(whole.raws())[-1]
    given = {
        "as they came": [*rows, order_row],
        "the other way round": [order_row, *reversed(rows)],
        "order first": [order_row],
    }[order]
    other = _another(seat, tmp_path)
    theirs = other.create()
    theirs.journal.receive(given)
    if order == "order first":
        theirs.journal.receive(rows)
    assert b"yzzogeton" not in _everything(theirs)
    assert theirs.reader.state_hash() == whole.reader.state_hash()
    assert theirs.verify(deep=True).ok
    whole.close()
    theirs.close()


def test_stubs_travel_once_their_order_is_there(disposed: Vault, seat, tmp_path):
    raws = list(disposed.raws())
    stubs = [raw for raw in raws if stub.is_stub(raw)]
    theirs = _another(seat, tmp_path).create()
    early = theirs.journal.receive(stubs)
    assert early.refused == tuple(range(len(stubs)))
    came = theirs.journal.receive(raws)
    assert came.refused == ()
    assert theirs.reader.totals().rows == len(raws)
    assert theirs.reader.state_hash() == disposed.reader.state_hash()
    assert theirs.verify(deep=True).ok
    assert theirs.journal.receive(raws).known == len(raws)
    theirs.close()


def test_a_stub_nobody_ordered_is_refused_and_found(disposed: Vault, seat, tmp_path):
    theirs = _another(seat, tmp_path).create()
    theirs.journal.receive(list(disposed.raws()))
    innocent = next(row.parse(raw) for raw in theirs.raws() if not stub.is_stub(raw))
    order = next(stub.parse(raw) for raw in theirs.raws() if stub.is_stub(raw)).disposed_by
    forged = stub.of(innocent, order)
    assert theirs.journal.receive([forged.raw]).new == ()
    with theirs._writer.writing(Mode.SHAPING) as sql:
        sql.execute("UPDATE row SET raw=? WHERE rid=?", (forged.raw, innocent.id))
    found = theirs.verify(deep=True)
    assert not found.ok
    assert innocent.id.hex() in (found.first_bad or "")
    theirs.close()


@pytest.mark.parametrize("at", [4, 36, 60, 90, 120, 160])
def test_a_stub_changed_in_any_place_is_found(disposed: Vault, at: int):
    left = next(stub.parse(raw) for raw in disposed.raws() if stub.is_stub(raw))
    raw = bytearray(left.raw)
    raw[at] ^= 1
    with disposed._writer.writing(Mode.SHAPING) as sql:
        sql.execute("UPDATE row SET raw=? WHERE rid=?", (bytes(raw), left.id))
    assert not disposed.verify(deep=True).ok


def test_an_order_cannot_reach_what_its_ground_does_not_cover(vault: Vault) -> None:
    (mine,) = vault.journal.append([concern(1)])
    outer = next(row.parse(raw) for raw in vault.raws() if row.parse(raw).id == mine)
    shell = stub.shell_of(stub.body_of(outer))
    entity = "entry:0000000000000001"
    wide = Dispose(entity, Ground.NOT_OURS, (entity,), ((mine, shell),))
    vault.journal.append([NewEntry("team", KIND, (wide,), must=True)])
    vault.journal.append([NewEntry("team", KIND, (replace(wide, ground="because"),), must=True)])
    assert vault.reader.get(entity) is not None
    assert not any(stub.is_stub(raw) for raw in vault.raws())
    assert vault.verify(deep=True).ok


def test_an_order_that_names_another_stub_takes_nothing(vault: Vault) -> None:
    _notice(vault)
    (order,) = _orders(vault)
    (op,) = order.ops
    assert isinstance(op, Dispose)
    wrong = replace(op, rows=tuple((each, bytes(32)) for each, _shell in op.rows))
    vault.journal.append([replace(order, ops=(wrong,))])
    assert vault.reader.get(LINE) is not None
    assert vault.verify(deep=True).ok


def test_a_disposal_that_is_cut_off_goes_on_at_the_next_opening(vault, seat, monkeypatch):
    _notice(vault)
    with monkeypatch.context() as cut:
        cut.setattr(type(vault.journal), "dispose", lambda _self: 0)
        vault.journal.append(_orders(vault))
    assert vault.reader.get(LINE) is not None
    vault.close()
    again = seat.open()
    assert again.reader.get(LINE) is None
    assert b"yzzogeton" not in _everything(again)
    assert again.verify(deep=True).ok
    again.close()


def test_a_stub_is_neither_a_row_nor_any_bytes() -> None:
    for raw in (b"", b"SS", b"SR" + bytes(300), b"SS\2" + bytes(300)):
        with pytest.raises(Tampered):
            stub.parse(raw)
