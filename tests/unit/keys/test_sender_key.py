"""A force's key folder: a passphrase opens it, nothing else does, and a line about a notice holds no word of it."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsafe.crypto.digest import sha256
from schoolsafe.crypto.kdf import KdfSettingsOutOfRange
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import sender_key
from schoolsafe.keys.keyfile import TEST_COST
from schoolsafe.keys.sender_key import SenderKeyFolder
from schoolsafe.keys.strength import NeedsFiveWords
from unit.wire.letters import FORCE, OTHER, force_card

PASSPHRASE = "quiet marble otter sundial ferry"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("force") / "key"
    SenderKeyFolder(folder).make(force_card(), FORCE, PASSPHRASE)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    (tmp_path / sender_key.NAME).write_bytes((made / sender_key.NAME).read_bytes())
    return tmp_path


def test_the_passphrase_opens_it_and_the_card_needs_none(made):
    keys = SenderKeyFolder(made)
    assert keys.card() == force_card()
    assert keys.open(PASSPHRASE) == FORCE
    assert keys.open("QUIET marble otter sundial ferry".replace("QUIET", "quiet")) == FORCE
    with pytest.raises(sender_key.WrongSenderPassphrase):
        keys.open("quiet marble otter sundial boats")


def test_only_this_account_may_read_it(made):
    assert (made.stat().st_mode & 0o777, (made / sender_key.NAME).stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


def test_no_private_half_stands_in_the_file(made):
    raw = (made / sender_key.NAME).read_bytes()
    for half in (FORCE.seeds.sign_seed, FORCE.seeds.mldsa_seed, FORCE.box_private[:32]):
        assert half not in raw


def test_a_weak_passphrase_makes_no_key(tmp_path):
    keys = SenderKeyFolder(tmp_path / "new")
    with pytest.raises(NeedsFiveWords):
        keys.make(force_card(), FORCE, "fourteen letters 99")
    with pytest.raises(sender_key.NoSenderKey):
        keys.card()


def test_a_real_key_is_as_dear_as_this_computer_allows(tmp_path):
    asked = []

    def dear():
        asked.append(True)
        return replace(TEST_COST, passes=4)

    card = sender_key.sendercard.card_of(OTHER, name="", made_ms=0, test=False)
    keys = SenderKeyFolder(tmp_path, settings=dear)
    keys.make(card, OTHER, PASSPHRASE)
    assert asked
    assert keys.open(PASSPHRASE) == OTHER


def test_a_newer_key_file_and_one_that_asks_for_too_much_are_refused(folder):
    path = folder / sender_key.NAME
    body = bytearray(path.read_bytes()[:-32])
    newer = bytes(body[:4]) + b"\2" + bytes(body[5:])
    path.write_bytes(newer + sha256(newer))
    with pytest.raises(sender_key.NewerSenderKey):
        SenderKeyFolder(folder).card()
    dear = bytes(body).replace(b'"passes":3', b'"passes":9'.replace(b"9", b"2"))
    path.write_bytes(dear + sha256(dear))
    with pytest.raises(KdfSettingsOutOfRange):
        SenderKeyFolder(folder).open(PASSPHRASE)


RAW: dict[str, bytes] = {}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.tuples(st.integers(0, 20_000), st.integers(1, 255), st.booleans(), st.booleans()))
def test_a_changed_file_is_refused_by_our_own_names(folder, change):
    at, flip, fix, cut = change
    raw = RAW.setdefault("raw", (folder / sender_key.NAME).read_bytes())
    body = bytearray(raw[:-32])
    at %= len(body)
    body[at] ^= flip
    changed = bytes(body[:at]) if cut else bytes(body)
    (folder / sender_key.NAME).write_bytes(changed + (sha256(changed) if fix else raw[-32:]))
    with suppress(SchoolSafeError):
        assert SenderKeyFolder(folder).card() == force_card()


def test_lines_are_sealed_named_by_their_slot_and_one_bad_line_hides_no_other(folder):
    keys = SenderKeyFolder(folder)
    assert keys.remembered(FORCE) == {}
    one, two = b"1" * 32, b"2" * 32
    keys.remember(FORCE, one, b"NM/1")
    keys.remember(FORCE, two, b"NM/2")
    keys.remember(FORCE, two, b"NM/2 again")
    lines = folder / "sent"
    assert all(b"NM/" not in path.read_bytes() for path in lines.iterdir())
    assert keys.remembered(FORCE) == {one: b"NM/1", two: b"NM/2 again"}
    assert keys.remembered(OTHER) == {}
    (lines / one.hex()).write_bytes((lines / two.hex()).read_bytes())  # moved to another slot
    (lines / "stray").write_bytes(b"x")
    assert keys.remembered(FORCE) == {two: b"NM/2 again"}
