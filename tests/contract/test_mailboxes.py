"""A relay's mailboxes: the one in memory and the folder pass the same tests."""

import pytest

from fakes.mailboxes import MemoryMailboxes
from schoolsafe.relay.folder import open_relay

BOX, OTHER, SLOT = bytes(range(16)), bytes(range(1, 17)), bytes(range(32))


def nothing_known(_name: str, _stamp: str) -> bool:
    return False


@pytest.fixture(params=["memory", "folder"])
def relay(request, tmp_path):
    return MemoryMailboxes() if request.param == "memory" else open_relay(tmp_path, make=True)


def test_what_is_left_is_found_in_its_mailbox_and_no_other(relay):
    assert relay.put(BOX, SLOT, b"sealed")
    look = relay.look(BOX, nothing_known)
    assert [(one.name, one.data) for one in look.letters] == [(SLOT.hex(), b"sealed")]
    assert (look.strangers, look.more) == (0, False)
    assert relay.look(OTHER, nothing_known).letters == ()


def test_a_slot_is_taken_once_and_the_first_stands(relay):
    assert relay.put(BOX, SLOT, b"first")
    assert not relay.put(BOX, SLOT, b"second")
    assert relay.holds(BOX, SLOT)
    assert not relay.holds(OTHER, SLOT)
    assert relay.look(BOX, nothing_known).letters[0].data == b"first"


def test_what_is_known_by_name_and_stamp_is_not_read_again(relay):
    relay.put(BOX, SLOT, b"sealed")
    first = relay.look(BOX, nothing_known).letters[0]
    assert (
        relay.look(BOX, lambda name, stamp: (name, stamp) == (first.name, first.stamp)).letters
        == ()
    )
    assert relay.look(BOX, lambda name, stamp: (name, stamp) == (first.name, "")).letters


def test_one_look_takes_no_more_than_it_may_and_says_that_more_is_left(relay):
    for n in range(7):
        relay.put(BOX, bytes([n]) * 32, bytes([n]))
    known: set[str] = set()
    looks = 0
    while True:
        look = relay.look(BOX, lambda name, _stamp: name in known, limit=3)
        known.update(one.name for one in look.letters)
        looks += 1
        if not look.more:
            break
    assert (looks, len(known)) == (3, 7)
