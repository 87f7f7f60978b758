"""P20: guess limits survive restart, clock change and file restore."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.keys import throttle
from schoolsafe.keys.throttle import Throttle, TooManyTries, Tries, wait_s

from .seats import NOW, Computer, MemoryStore

SEAT = "0123456789abcdef"


class Door:
    """One seat's counter, as a guesser meets it: every knock is a fresh start of the program."""

    def __init__(self, folder):
        self.path = folder / "tries"
        self.store = MemoryStore()
        self.computer = Computer()
        self.now = NOW
        self.counter().start()

    def counter(self, secret=b"s" * 32):
        return Throttle(
            self.path,
            seat=SEAT,
            store=self.store,
            device_secret=secret,
            uptime=self.computer.uptime,
        )

    def knock(self):
        return self.counter().count(now=self.now)

    def wait(self, seconds):
        self.computer.up_s += seconds
        self.now += timedelta(seconds=seconds)

    def tries_within(self, seconds):
        """How many guesses a patient program gets in that time."""
        made, end = 0, self.computer.up_s + seconds
        while self.computer.up_s < end:
            try:
                self.knock()
                made += 1
            except TooManyTries:
                self.wait(1)
        return made


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)


def test_five_tries_are_free_and_then_the_waits_double(door):
    for _ in range(5):
        door.knock()
    waits = []
    for _ in range(7):
        with pytest.raises(TooManyTries) as told:
            door.knock()
        waits.append(told.value.facts["seconds"])
        door.wait(waits[-1])
        door.knock()
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_no_five_minutes_hold_more_than_ten_tries(door):
    assert door.tries_within(300) <= 10
    assert door.tries_within(300) <= 10


def test_the_refusal_says_how_long_in_words(door):
    for _ in range(5):
        door.knock()
    with pytest.raises(TooManyTries, match="Wait 30 seconds, then try again") as told:
        door.knock()
    assert told.value.exit_code == 3
    assert throttle.wait_in_words(61) == "2 minutes"
    assert throttle.wait_in_words(60) == "1 minute"
    assert throttle.wait_in_words(1) == "1 second"


def test_opening_the_vault_starts_the_count_again_and_tells_what_failed(door):
    for _ in range(3):
        door.knock()
    counter = door.counter()
    before = counter.count(now=door.now)
    counter.opened()
    assert before.failed == 3
    assert door.knock().failed == 0


def after_five(door):
    for _ in range(5):
        door.knock()


def test_trick_setting_the_clock_forward_does_not_shorten_the_wait(door):
    after_five(door)
    door.now += timedelta(days=365)
    with pytest.raises(TooManyTries):
        door.knock()


def test_trick_setting_the_clock_back_neither(door):
    after_five(door)
    door.now -= timedelta(days=3650)
    with pytest.raises(TooManyTries) as told:
        door.knock()
    assert told.value.facts["seconds"] == 30


def test_trick_restarting_the_computer_does_not_shorten_the_wait(door):
    after_five(door)
    door.computer.up_s = 12
    with pytest.raises(TooManyTries) as told:
        door.knock()
    assert told.value.facts["seconds"] == 18
    door.wait(18)
    door.knock()


def test_trick_putting_an_old_counter_back_is_answered_by_the_mirror(door):
    fresh = door.path.read_bytes()
    after_five(door)
    door.path.write_bytes(fresh)
    with pytest.raises(TooManyTries):
        door.knock()


def test_trick_deleting_or_editing_the_counter_is_answered_by_the_mirror(door):
    after_five(door)
    for ruin in (door.path.unlink, lambda: door.path.write_bytes(b'{"n":99,"failed":0}\nbeef')):
        ruin()
        with pytest.raises(TooManyTries):
            door.knock()


def test_trick_putting_back_the_mirror_is_answered_by_the_file(door):
    fresh = dict(door.store.entries)
    after_five(door)
    door.store.entries = fresh
    with pytest.raises(TooManyTries):
        door.knock()


def test_trick_killing_the_program_between_try_and_answer_gives_nothing_back(door):
    for _ in range(5):
        door.knock()  # and never a word about how it ended
    with pytest.raises(TooManyTries):
        door.knock()


def test_with_every_copy_gone_there_is_one_try_and_then_the_waits(door):
    door.path.unlink()
    door.store.entries.clear()
    door.knock()
    with pytest.raises(TooManyTries):
        door.knock()


def test_a_counter_of_another_computer_counts_for_nothing(door):
    assert door.counter(secret=b"t" * 32).read() == throttle.LOST


def test_a_full_disk_does_not_lock_the_owner_out_while_the_mirror_is_kept(door):
    door.path.unlink()
    door.path.mkdir()  # nothing can be renamed over a folder
    assert door.knock().failed == 0
    assert door.counter().read().failed == 1


def test_opening_writes_to_the_keyring_once(door):
    before = door.store.writes
    counter = door.counter()
    counter.count(now=door.now)
    counter.opened()
    assert door.store.writes == before + 1


def test_when_it_was_locked_can_be_read_without_a_key(door):
    assert throttle.peek_locked_at(door.path) is None
    door.counter().locked(now=NOW)
    assert throttle.peek_locked_at(door.path) == NOW


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b'{"locked_at":"never"}\nx', b"\xff\n\xff"])
def test_nonsense_beside_the_key_file_is_no_time(tmp_path, content):
    (tmp_path / "tries").write_bytes(content)
    assert throttle.peek_locked_at(tmp_path / "tries") is None


@given(content=st.binary(max_size=200))
def test_p44_whatever_lies_in_the_place_of_the_count_is_no_crash(tmp_path_factory, content):
    door = Door(tmp_path_factory.mktemp("door"))
    door.path.write_bytes(content)
    assert throttle.peek_locked_at(door.path) is None
    assert door.counter().read().failed == 0


def test_fewer_than_five_failures_never_wait():
    assert [wait_s(Tries(failed=failed, up_s=10), up_s=10) for failed in range(6)] == [0] * 5 + [30]


def test_this_computer_knows_how_long_it_has_been_running():
    assert throttle.uptime_s() > 0
