"""Read tables are disposable: replayed, they are the same; two seats with the same rows agree."""

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakes.sealer import FakeSchool
from schoolsafe.domain.entry import Add, Attach, Link, NewEntry, Resolve, Set, Unlink
from schoolsafe.store import tables
from schoolsafe.store.guard import Mode
from schoolsafe.store.vault import Vault
from store.seats import Seat, child, concern, fix, line, note, setting


def a_bit_of_everything(vault: Vault) -> None:
    """Rows of every op, conflicts and corrections."""
    entity = "line:0000000000000001"
    name = hashlib.sha256(b"sealed").hexdigest()
    manifest = Attach(entity, "a.eml", "message/rfc822", 5, "00" * 32, "11" * 32, (name,))
    vault.journal.append([child(n) for n in range(5)])
    (first,) = vault.journal.append([line(1, reason="first", choice="quiet")])
    attached = NewEntry("team", "attach", (manifest,))
    vault.journal.append([concern(1), attached], chunks={name: b"sealed"})
    vault.journal.append([setting(entity, "reason", "one", first)])
    vault.journal.append([setting(entity, "reason", "two", first)])
    vault.journal.append([setting(entity, "choice", "tell-and-check-in", first)])
    vault.journal.append(
        [NewEntry("team", "tag", (Link(entity, "tags", "a"), Link(entity, "tags", "b")))]
    )
    seen = vault.reader.bases(entity, ["tags"])["tags"]
    vault.journal.append([NewEntry("team", "untag", (Unlink(entity, "tags", "a", seen),))])
    vault.journal.append(
        [note(entity, "seen at break"), fix(entity, "reason", "better words", "typing")]
    )


def all_lines(vault: Vault) -> dict[str, list[str]]:
    names = [f'"{table.name}"' for table in tables.READ.sorted_tables if table.name != "passage"]
    said = {n: sorted(map(repr, vault._reader.ask(f"SELECT * FROM {n}"))) for n in names}  # noqa: S608  # our own
    said["passage"] = sorted(
        map(repr, vault._reader.ask("SELECT entity, noun, field, part, text FROM passage"))
    )
    return said


def test_a_rebuild_gives_the_same_tables_line_by_line(vault):
    a_bit_of_everything(vault)
    lines, state = all_lines(vault), vault.reader.state_hash()
    rows, again = vault.rebuild()
    assert (rows, again) == (vault.reader.totals().rows, state)
    assert all_lines(vault) == lines
    assert [hit.field for hit in vault.reader.search("better words")] == ["reason"]
    assert vault.verify(deep=True).ok


def test_a_rebuild_in_small_windows_is_the_same(vault, monkeypatch):
    a_bit_of_everything(vault)
    lines = all_lines(vault)
    monkeypatch.setattr("schoolsafe.store.rebuild.BATCH_ROWS", 2)
    vault.rebuild()
    assert all_lines(vault) == lines


def test_a_rebuild_that_is_cut_off_leaves_the_tables_as_they_were(vault, seat):
    a_bit_of_everything(vault)
    lines = all_lines(vault)
    real, calls = seat.sealer.open, []

    def stops(outer):
        calls.append(outer)
        if len(calls) > 5:
            raise KeyboardInterrupt
        return real(outer)

    seat.sealer.open = stops
    with pytest.raises(KeyboardInterrupt):
        vault.rebuild()
    assert len(calls) == 6
    assert all_lines(vault) == lines


def test_tables_of_another_shape_are_made_anew_at_the_next_unlock(seat, monkeypatch):
    vault = seat.create()
    a_bit_of_everything(vault)
    lines, state = all_lines(vault), vault.reader.state_hash()
    vault.close()
    before = seat.sealer.opened
    seat.open().close()
    assert seat.sealer.opened == before, "the same shape is left alone"
    monkeypatch.setattr("schoolsafe.store.vault.fingerprint", lambda: b"a later release")
    vault = seat.open()
    assert seat.sealer.opened > before
    assert all_lines(vault) == lines
    assert vault.reader.state_hash() == state
    vault.close()


def test_tables_of_an_older_shape_leave_nothing_behind(seat):
    vault = seat.create()
    a_bit_of_everything(vault)
    with vault._writer.writing(Mode.SHAPING) as sql:
        sql.execute("CREATE TABLE noun_spell(_id TEXT)")
        sql.execute("DROP TABLE conflict")
        sql.execute("DELETE FROM meta WHERE name='read tables'")
    vault.close()
    vault = seat.open()
    names = {
        name for (name,) in vault._reader.ask("SELECT name FROM sqlite_schema WHERE type='table'")
    }
    assert "noun_spell" not in names
    assert vault.reader.totals().conflicts == 1
    assert vault.verify(deep=True).ok
    vault.close()


def test_two_seats_with_the_same_rows_have_the_same_state_hash_in_any_order(tmp_path):
    school = FakeSchool()
    amy, ben = (Seat(tmp_path / name, school.seat(f"person:{name}")) for name in ("amy", "ben"))
    a, b = amy.create(), ben.create()
    a_bit_of_everything(a)
    rows = sorted(a.raws(), key=lambda raw: hashlib.sha256(raw).digest())
    for raw in rows:
        b.journal.receive([raw])
    assert b.reader.state_hash() == a.reader.state_hash()
    assert b.reader.find("line") == a.reader.find("line")
    a.close()
    b.close()


ENTITIES = ("line:00000000000000a1", "line:00000000000000a2")
FIELDS = ("reason", "choice", "review")
VALUES = ("quiet", "tell-and-check-in", "2026-11-20", "2026-11-13", None, "words")


class TwoSeats(RuleBasedStateMachine):
    """Two leads who write offline, meet in part and in any order, close, open and rebuild.

    The model knows causality alone: a value lives until somebody who saw it supersedes it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        school = FakeSchool()
        self.seats = [Seat(self.folder / n, school.seat(f"person:{n}")) for n in ("amy", "ben")]
        self.vaults = [seat.create() for seat in self.seats]
        self.live: list[dict[tuple[str, str], dict[bytes, object]]] = [{}, {}]
        self.dead: list[set[tuple[str, str, bytes]]] = [set(), set()]
        self.writes: dict[bytes, tuple[tuple[str, str], object, tuple[bytes, ...]]] = {}
        self.has: list[set[bytes]] = [set(), set()]

    def teardown(self) -> None:
        for vault in self.vaults:
            vault.close()
        shutil.rmtree(self.folder)

    def learn(self, who: int, row: bytes) -> None:
        if row in self.has[who]:
            return
        self.has[who].add(row)
        place, value, bases = self.writes[row]
        for base in bases:
            self.dead[who].add((*place, base))
            self.live[who].get(place, {}).pop(base, None)
        if (*place, row) not in self.dead[who]:
            self.live[who].setdefault(place, {})[row] = value

    @initialize()
    def both_start_empty(self) -> None:
        assert all(vault.reader.totals().rows == 0 for vault in self.vaults)

    @rule(
        who=st.integers(0, 1),
        entity=st.sampled_from(ENTITIES),
        field=st.sampled_from(FIELDS),
        value=st.sampled_from(VALUES),
        saw=st.booleans(),
        op=st.sampled_from((Set, Resolve)),
    )
    def somebody_writes(
        self, *, who: int, entity: str, field: str, value: str | None, saw: bool, op: type
    ) -> None:
        vault = self.vaults[who]
        bases = vault.reader.bases(entity, [field])[field] if saw else ()
        (row,) = vault.journal.append(
            [NewEntry("team", "decision.record", (op(entity, field, value, bases),))]
        )
        self.writes[row] = ((entity, field), value, bases)
        self.learn(who, row)

    @rule(who=st.integers(0, 1), dice=st.randoms(use_true_random=False), part=st.integers(1, 6))
    def some_rows_travel(self, who: int, dice, part: int) -> None:
        rows = list(self.vaults[1 - who].raws())
        chosen = [dice.choice(rows) for _ in range(part)] if rows else []
        for row in self.vaults[who].journal.receive(chosen).new:
            self.learn(who, row)

    @rule(who=st.integers(0, 1))
    def somebody_closes_and_opens(self, who: int) -> None:
        self.vaults[who].close()
        self.vaults[who] = self.seats[who].open()

    @rule(who=st.integers(0, 1))
    def somebody_rebuilds(self, who: int) -> None:
        before = self.vaults[who].reader.state_hash()
        assert self.vaults[who].rebuild()[1] == before

    @invariant()
    def what_is_shown_is_what_causality_says(self) -> None:
        for who, vault in enumerate(self.vaults):
            assert vault.problem is None
            for (entity, field), values in self.live[who].items():
                shown = {live.row: live.value for live in vault.reader.live(entity, field)}
                assert shown == values
                assert (field in vault.reader.get(entity).conflicts) == (len(values) > 1)
            if self.has[0] == self.has[1]:
                assert self.vaults[0].reader.state_hash() == self.vaults[1].reader.state_hash()

    @rule()
    def both_prove_their_vault(self) -> None:
        assert all(vault.verify(deep=True).ok for vault in self.vaults)


TwoSeats.TestCase.settings = settings(
    settings.get_profile(settings.get_current_profile_name()),
    max_examples=12 if settings.get_current_profile_name() == "quick" else 150,
    stateful_step_count=25,
)
test_two_seats_agree_with_causality = TwoSeats.TestCase


def test_an_entity_added_without_a_value_is_there(vault):
    vault.journal.append([NewEntry("school", "class.add", (Add("class:1", {}),))])
    assert vault.reader.get("class:1").values["name"] is None
    assert vault.verify(deep=True).ok
