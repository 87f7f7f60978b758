"""The password of a mailbox: in the keyring, in parts where it is long, and nowhere else in a real school."""

import pytest

from schoolsafe.keys.device import LIMIT_BYTES, FileSecret, KeyringSecret, NoKeyring
from schoolsafe.keys.mailbox_secret import (
    MailboxSecrets,
    MailSecretTooLong,
    NoPlaceForMailPassword,
    place_for,
)

SEAT, SOURCE, OTHER = "0123456789abcdef", "mail_source:1111111111111111", "mail_source:2222"


class Ring:
    """A keyring in memory that holds no more than a real one, and can be missing."""

    kind = "keyring"
    folder = ""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.missing = False

    def get(self, seat: str, name: str) -> bytes | None:
        self._answer()
        return self.kept.get((seat, name))

    def put(self, seat: str, name: str, value: bytes) -> None:
        self._answer()
        assert len(value) <= LIMIT_BYTES
        self.kept[seat, name] = value

    def remove(self, seat: str, name: str) -> None:
        self._answer()
        self.kept.pop((seat, name), None)

    def _answer(self) -> None:
        if self.missing:
            raise NoKeyring(reason="NoKeyringError")


@pytest.fixture
def ring() -> Ring:
    return Ring()


@pytest.fixture
def secrets(ring) -> MailboxSecrets:
    return MailboxSecrets(ring, SEAT)


@pytest.mark.parametrize(
    "secret", ["pretend lamp", "p", "żółw 🐢", "x" * 891, "x" * 892, "é" * 4000]
)
def test_what_is_kept_comes_back(secrets, secret):
    secrets.put(SOURCE, secret)
    assert secrets.get(SOURCE) == secret
    assert secrets.get(OTHER) is None


def test_a_shorter_one_leaves_nothing_of_the_longer(secrets, ring):
    secrets.put(SOURCE, "x" * 5000)
    assert len(ring.kept) == 6
    secrets.put(SOURCE, "short")
    assert len(ring.kept) == 1
    assert secrets.get(SOURCE) == "short"


def test_parts_of_two_are_no_secret(secrets, ring):
    secrets.put(SOURCE, "a" * 2000)
    old = ring.kept[SEAT, "mail-1111111111111111-1"]
    secrets.put(SOURCE, "b" * 2000)
    ring.kept[SEAT, "mail-1111111111111111-1"] = old
    assert secrets.get(SOURCE) is None
    ring.kept[SEAT, "mail-1111111111111111-0"] = b"odd"
    assert secrets.get(SOURCE) is None


def test_removing_leaves_the_others(secrets, ring):
    secrets.put(SOURCE, "x" * 2000)
    secrets.put(OTHER, "other")
    secrets.remove(SOURCE)
    secrets.remove(SOURCE)
    assert secrets.get(SOURCE) is None
    assert secrets.get(OTHER) == "other"
    assert len(ring.kept) == 1


def test_too_long_is_refused_and_nothing_is_kept(secrets, ring):
    with pytest.raises(MailSecretTooLong):
        secrets.put(SOURCE, "x" * 10_000)
    assert ring.kept == {}


def test_without_a_keyring_it_is_said_what_to_do_instead(secrets, ring):
    ring.missing = True
    for tried in (
        lambda: secrets.get(SOURCE),
        lambda: secrets.put(SOURCE, "pretend lamp"),
        lambda: secrets.remove(SOURCE),
    ):
        with pytest.raises(NoPlaceForMailPassword) as caught:
            tried()
        assert "have the messages put into a folder and watch that" in str(caught.value)


def test_a_real_school_uses_the_keyring_whatever_its_device_secret_lies_in(tmp_path):
    in_file = FileSecret(tmp_path / "secret", home=tmp_path / "home")
    assert isinstance(place_for(in_file, pretend=False), KeyringSecret)
    assert place_for(in_file, pretend=True) is in_file
    kept = MailboxSecrets(in_file, SEAT)
    kept.put(SOURCE, "x" * 2000)
    assert kept.get(SOURCE) == "x" * 2000
    kept.remove(SOURCE)
    assert list((tmp_path / "secret").iterdir()) == []
