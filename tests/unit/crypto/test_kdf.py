"""Settings out of range are refused before memory is taken; the key lands in a buffer."""

import pytest

from schoolsafe.crypto.kdf import (
    LIMITS,
    Argon2Settings,
    KdfSettingsOutOfRange,
    check_settings,
    passphrase_key,
)

SALT = bytes(16)
FLOOR = Argon2Settings(memory_kib=LIMITS.memory_kib_floor, passes=3, lanes=4)


@pytest.mark.parametrize(
    "settings",
    [
        Argon2Settings(memory_kib=64 * 1024 - 1),
        Argon2Settings(memory_kib=1024 * 1024 + 1),
        Argon2Settings(memory_kib=1 << 40),
        Argon2Settings(passes=2),
        Argon2Settings(passes=13),
        Argon2Settings(lanes=0),
        Argon2Settings(lanes=17),
    ],
    ids=str,
)
def test_settings_below_the_floor_or_above_the_ceiling_are_refused(settings):
    with pytest.raises(KdfSettingsOutOfRange):
        passphrase_key(b"five words are quite enough", salt=SALT, settings=settings)


def test_the_edges_of_the_range_are_allowed():
    check_settings(FLOOR)
    check_settings(Argon2Settings(memory_kib=LIMITS.memory_kib_ceiling, passes=12, lanes=16))
    check_settings(Argon2Settings())


def test_a_short_salt_is_refused():
    with pytest.raises(KdfSettingsOutOfRange):
        passphrase_key(b"five words are quite enough", salt=bytes(15), settings=FLOOR)


def test_the_key_is_a_buffer_that_can_be_overwritten():
    key = passphrase_key(bytearray(b"five words are quite enough"), salt=SALT, settings=FLOOR)
    assert isinstance(key, bytearray)
    assert len(key) == 32
    assert key == passphrase_key(b"five words are quite enough", salt=SALT, settings=FLOOR)
    assert key != passphrase_key(b"four words are not", salt=SALT, settings=FLOOR)
