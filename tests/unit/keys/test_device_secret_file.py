import stat

import pytest

from schoolsafe.keys.device import FileSecret, SecretInsideHome, default_secret_folder, store_for

SEAT = "0123456789abcdef"


def test_a_secret_in_a_file_lies_beside_the_data_folder(tmp_path):
    home = tmp_path / "data"
    assert default_secret_folder(home) == tmp_path / "data.secret"
    assert store_for("file", "", home=home).folder == str(tmp_path / "data.secret")
    assert store_for("file", str(tmp_path / "x"), home=home).folder == str(tmp_path / "x")
    assert store_for("keyring", "", home=home).kind == "keyring"


@pytest.mark.parametrize("inside", ["", "secret", "seats/../secret", "a/b/c"])
def test_it_may_not_lie_in_the_data_folder(tmp_path, inside):
    home = tmp_path / "data"
    with pytest.raises(SecretInsideHome, match="would have both"):
        FileSecret(home / inside, home=home)


def test_nor_behind_a_link_that_leads_there(tmp_path):
    home = tmp_path / "data"
    home.mkdir()
    (tmp_path / "looks-outside").symlink_to(home)
    with pytest.raises(SecretInsideHome):
        FileSecret(tmp_path / "looks-outside", home=home)


def test_it_keeps_replaces_and_forgets_for_this_account_only(tmp_path):
    store = FileSecret(tmp_path / "data.secret", home=tmp_path / "data")
    assert store.get(SEAT, "device-1") is None
    store.put(SEAT, "device-1", b"one")
    store.put(SEAT, "device-1", b"two")
    assert store.get(SEAT, "device-1") == b"two"
    assert store.get("ffffffffffffffff", "device-1") is None
    (file,) = (tmp_path / "data.secret").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    store.remove(SEAT, "device-1")
    store.remove(SEAT, "device-1")
    assert store.get(SEAT, "device-1") is None
