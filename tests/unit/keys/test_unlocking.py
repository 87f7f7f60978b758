import os
import stat
from dataclasses import replace

import pytest

from schoolsafe.keys import files, home, keyfile, keyfile_format, paper, safety, strength, unlock
from schoolsafe.keys.device import DeviceSecretMissing, FileSecret, KeyringIsLocked, NoKeyring
from schoolsafe.keys.home import SeatFolder
from schoolsafe.keys.throttle import TooManyTries

from .seats import LABEL, NOW, PASSPHRASE, SECRETS, Computer, MemoryStore, a_seat

NEW = "lantern oboe thicket marble quay"


@pytest.fixture
def data_folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def store():
    return MemoryStore()


def opened(data_folder, seat, store, passphrase=PASSPHRASE, computer=None):
    return unlock.unlock(
        data_folder,
        seat,
        passphrase,
        now=NOW,
        device_store=store,
        uptime=(computer or Computer()).uptime,
    )


def test_a_seat_that_was_set_up_opens_with_its_passphrase(data_folder, store):
    new = a_seat(data_folder, store)
    found = opened(data_folder, new.seat, store)
    assert found.vault_key == new.unlocked.vault_key
    assert found.secrets == SECRETS
    assert found.header.label == LABEL
    assert found.drill_passed is None
    assert len(found.vault_key) == 32
    assert found.vault_key.hex() not in repr(found)


def test_what_lies_in_the_data_folder_never_opens_the_vault_by_itself(data_folder, store):
    new = a_seat(data_folder, store)
    (secret,) = [value for (_seat, name), value in store.entries.items() if "device" in name]
    for file in data_folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for key in (secret, new.unlocked.vault_key, new.paper_key.encode(), PASSPHRASE.encode()):
            assert key not in content
            assert key.hex().encode() not in content


def test_files_are_for_this_account_only(data_folder, store):
    before = os.umask(0)
    try:
        a_seat(data_folder, store)
    finally:
        os.umask(before)
    for path in (data_folder, *data_folder.rglob("*")):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed


def test_the_unlock_screen_shows_names_without_a_passphrase(data_folder, store):
    new = a_seat(data_folder, store)
    new.unlocked.lock(now=NOW)
    (line,) = home.seats(data_folder)
    assert line.label == LABEL
    assert line.locked_at == NOW
    assert home.seats(data_folder / "nothing here") == ()


def test_a_damaged_key_file_stays_on_the_list_with_its_reason(data_folder, store):
    new = a_seat(data_folder, store)
    path = new.unlocked.folder.key_file
    path.write_bytes(path.read_bytes()[:-1])
    (line,) = home.seats(data_folder)
    assert isinstance(line.problem, keyfile_format.DamagedKeyFile)
    with pytest.raises(keyfile_format.DamagedKeyFile):
        opened(data_folder, new.seat, store)


def test_a_lost_key_file_is_told_and_nothing_is_made_anew(data_folder, store):
    new = a_seat(data_folder, store)
    new.unlocked.folder.vault.write_bytes(b"the record")
    new.unlocked.folder.key_file.unlink()
    (line,) = home.seats(data_folder)
    assert isinstance(line.problem, home.KeyFileMissing)
    with pytest.raises(home.KeyFileMissing):
        opened(data_folder, new.seat, store)
    assert not new.unlocked.folder.key_file.exists()


def test_another_seats_key_file_is_not_taken(data_folder, store):
    one, other = a_seat(data_folder, store), a_seat(data_folder, store)
    stolen = other.unlocked.folder.key_file.read_bytes()
    one.unlocked.folder.key_file.write_bytes(stolen)
    with pytest.raises(keyfile.KeyFileChanged):
        opened(data_folder, one.seat, store)


def test_a_link_in_the_place_of_the_key_file_is_not_followed(data_folder, store, tmp_path):
    new = a_seat(data_folder, store)
    path = new.unlocked.folder.key_file
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(keyfile_format.DamagedKeyFile):
        opened(data_folder, new.seat, store)


def test_failed_tries_are_told_at_the_next_unlock(data_folder, store):
    new = a_seat(data_folder, store)
    for _ in range(2):
        with pytest.raises(keyfile.WrongPassphrase):
            opened(data_folder, new.seat, store, "not these five words here")
    found = opened(data_folder, new.seat, store)
    assert found.failed_tries == 2
    assert found.last_failed == NOW.isoformat()
    assert opened(data_folder, new.seat, store).failed_tries == 0


def test_after_five_wrong_passphrases_even_the_right_one_waits(data_folder, store):
    computer = Computer()
    new = a_seat(data_folder, store, computer=computer)
    for _ in range(5):
        with pytest.raises(keyfile.WrongPassphrase):
            opened(data_folder, new.seat, store, "wrong", computer)
    with pytest.raises(TooManyTries):
        opened(data_folder, new.seat, store, PASSPHRASE, computer)
    computer.up_s += 30
    assert opened(data_folder, new.seat, store, PASSPHRASE, computer).failed_tries == 5


def test_changing_the_passphrase_counts_as_a_guess_too(data_folder, store):
    computer = Computer()
    new = a_seat(data_folder, store, computer=computer)
    for expected in (*[keyfile.WrongPassphrase] * 5, TooManyTries):
        with pytest.raises(expected):
            unlock.change_passphrase(
                data_folder,
                new.seat,
                old="wrong",
                new=NEW,
                now=NOW,
                device_store=store,
                uptime=computer.uptime,
            )


def test_a_changed_passphrase_leaves_paper_key_and_vault_key_as_they_were(data_folder, store):
    new = a_seat(data_folder, store)
    unlock.change_passphrase(
        data_folder, new.seat, old=PASSPHRASE, new=NEW, now=NOW, device_store=store
    )
    with pytest.raises(keyfile.WrongPassphrase):
        opened(data_folder, new.seat, store)
    assert opened(data_folder, new.seat, store, NEW).vault_key == new.unlocked.vault_key
    unlock.pass_drill(data_folder, new.seat, paper_key=new.paper_key, now=NOW, device_store=store)


def test_a_new_passphrase_keeps_the_rules(data_folder, store):
    new = a_seat(data_folder, store)
    for weak in ("too short", "Northmere Primary School"):
        with pytest.raises((strength.PassphraseTooShort, strength.PassphraseOfNames)):
            unlock.change_passphrase(
                data_folder, new.seat, old=PASSPHRASE, new=weak, now=NOW, device_store=store
            )
    assert opened(data_folder, new.seat, store).failed_tries == 0


def test_p14_losing_the_device_secret_loses_nothing(data_folder, store):
    new = a_seat(data_folder, store)
    store.entries.clear()
    with pytest.raises(DeviceSecretMissing, match="recovery key") as told:
        opened(data_folder, new.seat, store)
    assert told.value.exit_code == 3
    again = unlock.recover(
        data_folder, new.seat, paper_key=new.paper_key, new=NEW, now=NOW, device_store=store
    )
    found = opened(data_folder, new.seat, store, NEW)
    assert found.vault_key == new.unlocked.vault_key
    assert found.secrets == SECRETS
    assert again.paper_key != new.paper_key


def test_recovery_ends_old_passphrase_old_sheet_and_old_secret(data_folder, store):
    new = a_seat(data_folder, store)
    before = set(store.entries)
    unlock.recover(
        data_folder, new.seat, paper_key=new.paper_key, new=NEW, now=NOW, device_store=store
    )
    with pytest.raises(keyfile.WrongPassphrase):
        opened(data_folder, new.seat, store)
    with pytest.raises(keyfile.WrongPaperKey):
        unlock.pass_drill(
            data_folder, new.seat, paper_key=new.paper_key, now=NOW, device_store=store
        )
    old = {name for _seat, name in before if name.startswith("device-")}
    assert not old & {name for _seat, name in store.entries}


def test_recovery_can_move_to_a_file_where_the_keyring_is_gone(data_folder, store, tmp_path):
    new = a_seat(data_folder, store)
    elsewhere = FileSecret(tmp_path / "data.secret", home=data_folder)
    unlock.recover(
        data_folder, new.seat, paper_key=new.paper_key, new=NEW, now=NOW, device_store=elsewhere
    )
    found = unlock.unlock(data_folder, new.seat, NEW, now=NOW)
    assert found.header.device == "file"
    assert found.header.device_folder == ""


def test_a_passed_drill_is_remembered_and_a_failed_one_is_not(data_folder, store):
    new = a_seat(data_folder, store)
    with pytest.raises(keyfile.WrongPaperKey):
        unlock.pass_drill(
            data_folder, new.seat, paper_key=paper.new_paper_key(), now=NOW, device_store=store
        )
    assert opened(data_folder, new.seat, store).drill_passed is None
    unlock.pass_drill(data_folder, new.seat, paper_key=new.paper_key, now=NOW, device_store=store)
    assert opened(data_folder, new.seat, store).drill_passed == NOW


def test_a_lost_sheet_is_replaced_and_asks_for_a_new_drill(data_folder, store):
    new = a_seat(data_folder, store)
    unlock.pass_drill(data_folder, new.seat, paper_key=new.paper_key, now=NOW, device_store=store)
    renewed = unlock.renew_paper_key(data_folder, new.seat, PASSPHRASE, now=NOW, device_store=store)
    assert opened(data_folder, new.seat, store).drill_passed is None
    with pytest.raises(keyfile.WrongPaperKey):
        unlock.pass_drill(
            data_folder, new.seat, paper_key=new.paper_key, now=NOW, device_store=store
        )
    unlock.pass_drill(data_folder, new.seat, paper_key=renewed, now=NOW, device_store=store)


@pytest.mark.parametrize("problem", [NoKeyring(reason="nobody"), KeyringIsLocked()])
def test_a_keyring_that_does_not_answer_is_not_a_wrong_passphrase(data_folder, store, problem):
    new = a_seat(data_folder, store)
    store.failing = problem
    with pytest.raises(type(problem)):
        opened(data_folder, new.seat, store)
    store.failing = None
    assert opened(data_folder, new.seat, store).failed_tries == 0


def test_a_weak_passphrase_or_an_unsafe_folder_writes_nothing(data_folder, store, tmp_path):
    def set_up(where, passphrase):
        unlock.set_up_seat(
            where, label=LABEL, secrets={}, passphrase=passphrase, device_store=store, now=NOW
        )

    with pytest.raises(strength.PassphraseTooShort):
        set_up(data_folder, "short")
    with pytest.raises(safety.InSyncedFolder):
        set_up(tmp_path / "Dropbox" / "data", PASSPHRASE)
    assert not data_folder.exists()
    assert not (tmp_path / "Dropbox").exists()
    assert store.entries == {}


def test_a_real_vault_with_its_secret_in_a_file_needs_five_words(data_folder, tmp_path):
    with pytest.raises(strength.NeedsFiveWords):
        unlock.set_up_seat(
            data_folder,
            label=replace(LABEL, mark=""),
            secrets={},
            passphrase="tK4%vQ9!zM2&wXtK4%",
            device_store=FileSecret(tmp_path / "data.secret", home=data_folder),
            now=NOW,
        )


def test_a_set_up_that_fails_at_the_vault_leaves_no_name_and_no_secret(data_folder, store):
    def no_room(_unlocked):
        raise files.DiskFull

    with pytest.raises(files.DiskFull):
        unlock.set_up_seat(
            data_folder,
            label=LABEL,
            secrets=SECRETS,
            passphrase=PASSPHRASE,
            device_store=store,
            now=NOW,
            make_vault=no_room,
        )
    assert home.seats(data_folder) == ()
    assert store.entries == {}


def test_the_vault_is_made_before_the_name_appears(data_folder, store):
    seen = []

    def make_vault(unlocked):
        unlocked.folder.vault.write_bytes(b"founded")
        seen.append((home.seats(data_folder), unlocked.folder.key_file.exists()))

    unlock.set_up_seat(
        data_folder,
        label=LABEL,
        secrets=SECRETS,
        passphrase=PASSPHRASE,
        device_store=store,
        now=NOW,
        make_vault=make_vault,
    )
    assert seen == [((), False)]
    assert len(home.seats(data_folder)) == 1


def test_a_folder_that_became_unsafe_is_not_opened(data_folder, store):
    new = a_seat(data_folder, store)
    data_folder.chmod(0o755)
    with pytest.raises(safety.ReadableByOthers):
        opened(data_folder, new.seat, store)


def test_an_unknown_seat_is_no_crash(data_folder, store):
    a_seat(data_folder, store)
    with pytest.raises(home.KeyFileMissing):
        opened(data_folder, "00" * 8, store)
    assert not SeatFolder(home=data_folder, seat="00" * 8).path.exists()
