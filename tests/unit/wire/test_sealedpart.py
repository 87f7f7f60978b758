"""One name can be disclosed and no other."""

import pytest

from schoolsafe.crypto.aead import SealBroken
from schoolsafe.crypto.commit import KeyDoesNotMatch
from schoolsafe.crypto.wrap import WrapBroken
from schoolsafe.wire import sealedpart
from unit.wire.pieces import CIRCLE, CIRCLE_KEY, FEED

NAME = {"name": "Jo Zzyzx", "role": "dsl"}


def sealed(about="person:1", members=NAME):
    return sealedpart.seal(members, about=about, circle=CIRCLE, version=1, circle_key=CIRCLE_KEY)


def test_a_sealed_name_opens_with_its_own_key():
    part = sealed()
    key = sealedpart.part_key(part, CIRCLE_KEY)
    assert sealedpart.open_part(part, key, about="person:1", circle=CIRCLE) == NAME


def test_one_key_opens_one_name():
    one, two = sealed(), sealed("person:2")
    key = sealedpart.part_key(one, CIRCLE_KEY)
    with pytest.raises(KeyDoesNotMatch):
        sealedpart.open_part(two, key, about="person:2", circle=CIRCLE)


def test_a_name_cannot_be_moved_to_another_person_or_circle():
    part = sealed()
    key = sealedpart.part_key(part, CIRCLE_KEY)
    for about, circle in (("person:2", CIRCLE), ("person:1", FEED)):
        with pytest.raises(SealBroken):
            sealedpart.open_part(part, key, about=about, circle=circle)


def test_another_circle_key_gives_no_key():
    with pytest.raises(WrapBroken):
        sealedpart.part_key(sealed(), bytes(32))


def test_short_and_long_names_are_of_one_size():
    assert len(sealed(members={"name": "Al"}).sealed) == len(sealed().sealed) == 256 + 16
