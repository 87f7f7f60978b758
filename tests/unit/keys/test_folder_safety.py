import os
import stat
from pathlib import Path

import pytest

from schoolsafe.errors import Refused
from schoolsafe.keys import home, safety
from schoolsafe.keys.safety import Disk

MOUNTINFO = """\
23 28 0:21 / /proc rw,nosuid - proc proc rw
28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
90 28 8:17 / /media/maya/STICK rw - vfat /dev/sdb1 rw
91 28 0:50 / /srv/staff rw - nfs4 server:/staff rw
92 28 0:51 / /srv/staff\\040share rw - cifs //server/share rw
93 28 0:52 / /home/maya/remote rw - fuse.sshfs maya@server: rw
94 28 8:1 / /disks/hot rw - ext4 /dev/sda1 rw
95 28 8:2 / /disks/cold rw - ext4 /dev/sdc1 rw
"""


@pytest.fixture
def block_devices(tmp_path: Path) -> Path:
    """The kernel's list: sda is a disk that can be taken out, sdc is not."""
    for disk, part, numbers, removable in (
        ("sda", "sda1", "8:1", "1"),
        ("sdc", "sdc1", "8:2", "0"),
    ):
        folder = tmp_path / "devices" / disk / part
        folder.mkdir(parents=True)
        (folder.parent / "removable").write_text(removable + "\n", encoding="ascii")
        links = tmp_path / "block"
        links.mkdir(exist_ok=True)
        (links / numbers).symlink_to(folder)
    return tmp_path / "block"


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/maya/data", Disk()),
        ("/srv/staff/safe", Disk(network=True)),
        ("/srv/staff share/safe", Disk(network=True)),
        ("/srv/staffroom", Disk()),
        ("/home/maya/remote/x", Disk(network=True)),
        ("/media/maya/STICK/safe", Disk(removable=True)),
        ("/disks/hot/safe", Disk(removable=True)),
        ("/disks/cold/safe", Disk()),
    ],
)
def test_linux_says_which_disk_is_under_a_folder(folder, expected, block_devices):
    assert (
        safety.linux_disk(Path(folder), mountinfo=MOUNTINFO, block_devices=block_devices)
        == expected
    )


def test_a_later_mount_on_the_same_point_covers_the_earlier(tmp_path):
    text = MOUNTINFO + "99 28 0:60 / / rw - nfs server:/root rw\n"
    assert safety.linux_disk(Path("/home"), mountinfo=text, block_devices=tmp_path).network


def test_lines_that_are_no_mounts_are_left_out():
    assert safety.mounts("nonsense\n\n1 2 3 - \n") == ()


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/Users/maya/Library", Disk()),
        ("/Volumes/STICK/safe", Disk(removable=True)),
        ("/Network/Servers/x", Disk(network=True)),
    ],
)
def test_macos_shows_sticks_and_shares_by_their_place(folder, expected):
    assert safety.mac_disk(Path(folder)) == expected


def private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True)
    return folder


def test_a_private_folder_and_one_that_does_not_exist_are_safe(tmp_path):
    safety.check(private(tmp_path / "data"), disk_of=lambda _folder: Disk())
    safety.check(tmp_path / "not yet" / "there", disk_of=lambda _folder: Disk())


@pytest.mark.parametrize(
    ("disk", "reason"),
    [(Disk(network=True), safety.OnNetwork), (Disk(removable=True), safety.OnRemovable)],
)
def test_another_computers_disk_and_a_stick_are_refused(tmp_path, disk, reason):
    with pytest.raises(reason, match="data"):
        safety.check(private(tmp_path / "data"), disk_of=lambda _folder: disk)


@pytest.mark.parametrize(
    ("part", "service"),
    [
        ("OneDrive - Northmere Primary School", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_synced_folder_is_refused_with_the_name_of_the_service(tmp_path, part, service):
    with pytest.raises(safety.InSyncedFolder, match=f"^{service} copies"):
        safety.check(private(tmp_path / part / "data"))


@pytest.mark.parametrize("marker", [".dropbox", ".nextcloudsync.log", ".stfolder"])
def test_the_mark_of_a_sync_program_in_a_folder_above_is_noticed(tmp_path, marker):
    folder = private(tmp_path / "shared" / "data")
    (tmp_path / "shared" / marker).write_bytes(b"")
    with pytest.raises(safety.InSyncedFolder):
        safety.check(folder)


def test_the_settings_folder_of_a_sync_program_is_no_mark(tmp_path):
    folder = private(tmp_path / "maya" / "data")
    (tmp_path / "maya" / ".dropbox").mkdir()
    safety.check(folder)


def test_a_roaming_profile_is_refused(tmp_path):
    with pytest.raises(safety.InRoamingProfile):
        safety.check(private(tmp_path / "AppData" / "Roaming" / "schoolsafe"))


def test_a_link_is_refused_and_a_link_further_up_is_judged_by_where_it_leads(tmp_path):
    real = private(tmp_path / "Dropbox" / "data")
    link = tmp_path / "innocent"
    link.symlink_to(tmp_path / "Dropbox")
    with pytest.raises(safety.ThroughLink):
        safety.check(link)
    with pytest.raises(safety.InSyncedFolder):
        safety.check(link / real.name)


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o777])
def test_a_folder_others_may_look_into_is_refused(tmp_path, mode):
    folder = private(tmp_path / "data")
    folder.chmod(mode)
    with pytest.raises(safety.ReadableByOthers, match="chmod 700"):
        safety.check(folder)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(safety.NotAFolder):
        safety.check(tmp_path / "data")


def test_each_reason_has_its_own_sentence():
    reasons = Refused.__subclasses__()
    here = [reason for reason in reasons if reason.__module__ == safety.__name__]
    assert len({reason.__doc__ for reason in here}) == len(here) == 7


def test_folders_are_made_for_this_account_only_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        folder = home.prepare(tmp_path / "data", "00" * 8)
    finally:
        os.umask(before)
    for made in (folder.path, folder.path.parent, folder.home):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
