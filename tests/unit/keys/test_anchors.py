import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.keys.anchor import COPY, AnchorBehind, AnchorChanged, KeptAnchors
from schoolsafe.keys.device import LIMIT_BYTES, NoKeyring
from schoolsafe.services.ports import Anchor

from .broken_disk import failing_at, no_room
from .seats import MemoryStore

SEAT = "0123456789abcdef"


class Beside:
    """What lies beside one vault."""

    def __init__(self, folder):
        self.path = folder / "anchor"
        self.store = MemoryStore()
        self.at = 0.0

    def opened(self, key=b"k" * 32, seat=SEAT):
        return KeptAnchors(self.path, seat=seat, store=self.store, key=key, ticks=lambda: self.at)


@pytest.fixture
def beside(tmp_path):
    return Beside(tmp_path)


def an_anchor(rows, circles=4):
    heads = tuple(
        (CircleId(bytes([n]) * 16), (RowId(rows.to_bytes(2, "big") * 16),)) for n in range(circles)
    )
    rosters = tuple((circle, RowId(b"r" * 32)) for circle, _ in heads)
    return Anchor(rows=rows, heads=heads, rosters=rosters)


def test_a_new_vault_has_none(beside):
    assert beside.opened().read() == ()


def test_what_was_written_is_read_at_the_next_start(beside):
    beside.opened().write(an_anchor(3))
    assert beside.opened().read() == (an_anchor(3),)


def test_the_copy_follows_every_20_rows(beside):
    anchors = beside.opened()
    for rows in range(1, 41):
        anchors.write(an_anchor(rows))
    assert beside.store.writes == 2


def test_the_copy_follows_after_30_seconds(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(1))
    assert beside.store.writes == 0
    beside.at = 30.0
    anchors.write(an_anchor(2))
    assert beside.store.writes == 1


def test_the_copy_follows_on_lock_once(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(1))
    anchors.settle()
    anchors.settle()
    assert beside.store.writes == 1


def test_the_copy_follows_at_the_next_lock_where_the_program_was_killed_before_it_could(beside):
    beside.opened().write(an_anchor(5))
    assert beside.store.writes == 0
    again = beside.opened()
    again.read()
    again.settle()
    old = beside.path.read_bytes()
    beside.path.unlink()
    assert beside.opened().read() == (an_anchor(5),)
    beside.path.write_bytes(old)
    third = beside.opened()
    third.read()
    third.settle()
    assert beside.store.writes == 1, "a copy in step is left alone"


def test_an_old_anchor_file_put_back_does_not_hide_the_copy(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(5))
    old = beside.path.read_bytes()
    anchors.write(an_anchor(9))
    anchors.settle()
    beside.path.write_bytes(old)
    assert beside.opened().read() == (an_anchor(9), an_anchor(5))


def test_a_deleted_anchor_file_leaves_the_copy(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(5))
    anchors.settle()
    beside.path.unlink()
    assert beside.opened().read() == (an_anchor(5),)


def test_numbers_go_on_after_a_deleted_file_so_the_copy_never_outlives_its_time(beside):
    anchors = beside.opened()
    for rows in range(1, 25):
        anchors.write(an_anchor(rows))
    beside.path.unlink()
    beside.opened().write(an_anchor(25))
    assert beside.opened().read()[0] == an_anchor(25)


def test_every_flipped_byte_is_noticed(beside):
    beside.opened().write(an_anchor(5))
    whole = beside.path.read_bytes()
    for place in range(len(whole)):
        broken = bytearray(whole)
        broken[place] ^= 1
        beside.path.write_bytes(bytes(broken))
        with pytest.raises(AnchorChanged) as told:
            beside.opened().read()
    assert told.value.exit_code == 5


@pytest.mark.parametrize("length", [0, 1, 12, 13, 40])
def test_a_cut_file_is_noticed(beside, length):
    beside.opened().write(an_anchor(5))
    beside.path.write_bytes(beside.path.read_bytes()[:length])
    with pytest.raises(AnchorChanged):
        beside.opened().read()


def test_a_changed_copy_is_noticed(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(5))
    anchors.settle()
    beside.store.entries[SEAT, COPY] = b"nonsense"
    with pytest.raises(AnchorChanged):
        beside.opened().read()


def test_an_anchor_of_another_seat_or_key_or_place_is_noticed(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(5))
    anchors.settle()
    with pytest.raises(AnchorChanged):
        beside.opened(key=b"j" * 32).read()
    with pytest.raises(AnchorChanged):
        beside.opened(seat="ffffffffffffffff").read()
    beside.path.write_bytes(beside.store.entries[SEAT, COPY])
    with pytest.raises(AnchorChanged):
        beside.opened().read()


def test_a_link_in_the_place_of_the_anchor_is_noticed(beside, tmp_path):
    beside.opened().write(an_anchor(5))
    beside.path.rename(tmp_path / "elsewhere")
    beside.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AnchorChanged):
        beside.opened().read()


def test_nothing_in_the_anchor_file_can_be_read_without_its_key(beside):
    beside.opened().write(an_anchor(5))
    content = beside.path.read_bytes()
    assert bytes([2]) * 16 not in content
    assert b"r" * 32 not in content


def test_a_keyring_that_stops_answering_never_fails_a_save(beside):
    anchors = beside.opened()
    anchors.read()
    beside.store.failing = NoKeyring(reason="gone")
    for rows in range(1, 25):
        anchors.write(an_anchor(rows))
    assert anchors.copy_failed
    beside.store.failing = None
    anchors.settle()
    assert not anchors.copy_failed
    assert beside.opened().read() == (an_anchor(24), an_anchor(24))


def test_a_full_disk_is_told_and_leaves_the_anchor_before(beside):
    anchors = beside.opened()
    anchors.write(an_anchor(5))
    with failing_at(2, no_room), pytest.raises(AnchorBehind, match="What you saved is safe"):
        anchors.write(an_anchor(6))
    assert beside.opened().read() == (an_anchor(5),)
    anchors.write(an_anchor(6))
    assert beside.opened().read() == (an_anchor(6),)


@given(circles=st.integers(0, 60))
def test_the_copy_fits_every_keyring_and_still_binds_what_it_names(tmp_path_factory, circles):
    beside = Beside(tmp_path_factory.mktemp("anchors"))
    anchors = beside.opened()
    whole = an_anchor(7, circles)
    anchors.write(whole)
    anchors.settle()
    assert len(beside.store.entries[SEAT, COPY]) <= LIMIT_BYTES
    beside.path.unlink()
    (copy,) = beside.opened().read()
    assert copy.rows == whole.rows
    assert copy.heads == whole.heads[: len(copy.heads)]
    assert copy.rosters == whole.rosters[: len(copy.rosters)]
    assert circles > 7 or copy == whole
