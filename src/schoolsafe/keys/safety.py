"""Which folders a vault may lie in. Each refusal says why in plain words (promise P07).

Somebody else's computer must not hold the files: no network share, no synced folder, no stick that
is lost on a bus, no folder that others of this computer may read, no link that points elsewhere.
Left to others: making the folder (``home``).
"""

import ctypes
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from schoolsafe.errors import Refused

_NETWORK: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "ncpfs", "ncp", "afs", "ceph", "coda"),
        *("glusterfs", "lustre", "beegfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs"),
        *("fuse.davfs2", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.gcsfuse", "fuse.glusterfs"),
        *("fuse.curlftpfs", "fuse.smbnetfs", "fuse.ceph", "fuse.goofys", "fuse.juicefs"),
    }
)
"""File system types that end on another computer. 9p and virtiofs stay out: they carry the disks of
virtual machines as often as shares."""

_SYNCED_PARTS: Final = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("cloudstorage", "a cloud drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("syncthing", "Syncthing"),
)
"""How a folder on the way begins, in any case: OneDrive appends the name of the school."""

_SYNCED_MARKERS: Final = (
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
)
"""What sync programs leave in the top folder they watch."""

_WINDOWS_REMOVABLE: Final = 2
_WINDOWS_REMOTE: Final = 4


class OnNetwork(Refused):
    """The folder {folder} is on a network drive. Records stay on this computer's own disk."""


class InSyncedFolder(Refused):
    """{service} copies the folder {folder} to the internet. Records stay on this computer."""


class OnRemovable(Refused):
    """The folder {folder} is on a disk that can be taken out. Use this computer's own disk."""


class InRoamingProfile(Refused):
    """The folder {folder} travels with the Windows profile to other computers. Use another."""


class ThroughLink(Refused):
    """The folder {folder} is a link to another place. Give the real folder."""


class ReadableByOthers(Refused):
    """Others who use this computer can read the folder {folder}.

    Make it private (chmod 700), or choose another folder.
    """


class NotAFolder(Refused):
    """{folder} is a file. Give a folder."""


@dataclass(frozen=True, slots=True)
class Disk:
    """What the operating system says about the disk under a folder."""

    network: bool = False
    removable: bool = False


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the list of mounts."""

    device: str
    """Major and minor number: "254:0"."""
    point: str
    kind: str


def check(folder: Path, *, disk_of: Callable[[Path], Disk] | None = None) -> None:
    """Returns only for a folder in which a vault may lie; it need not exist yet.

    Raises:
        ThroughLink, NotAFolder, OnNetwork, OnRemovable, InSyncedFolder, InRoamingProfile,
        ReadableByOthers: the first reason that holds.
    """
    if folder.is_symlink():
        raise ThroughLink(folder=str(folder))
    if folder.exists() and not folder.is_dir():
        raise NotAFolder(folder=str(folder))
    # A link further up is common (/home on another disk), so judge the place it leads to.
    real = folder.resolve()
    disk = (disk_of or disk_under)(real)
    if disk.network:
        raise OnNetwork(folder=str(folder))
    if disk.removable:
        raise OnRemovable(folder=str(folder))
    service = syncing_service(folder) or syncing_service(real)
    if service:
        raise InSyncedFolder(folder=str(folder), service=service)
    if _roams(real):
        raise InRoamingProfile(folder=str(folder))
    if os.name != "nt" and real.exists() and stat.S_IMODE(real.stat().st_mode) & 0o077:
        raise ReadableByOthers(folder=str(folder))


def syncing_service(folder: Path) -> str:
    """The name of the service that copies this folder away, or ""."""
    for part in folder.parts:
        for start, service in _SYNCED_PARTS:
            if part.casefold().startswith(start):
                return service
    for above in (folder, *folder.parents):
        for name, service in _SYNCED_MARKERS:
            # In a home folder ``.dropbox`` is a folder of settings; in the synced one, a file.
            marker = above / name
            if marker.exists() and not (name == ".dropbox" and marker.is_dir()):
                return service
    return ""


def _roams(folder: Path) -> bool:
    parts = [part.casefold() for part in folder.parts]
    return ("appdata", "roaming") in pairwise(parts)


def disk_under(folder: Path) -> Disk:
    """Asks the operating system. A folder that does not exist yet has the disk of the one above."""
    if sys.platform == "win32":
        return _windows_disk(folder)
    if sys.platform == "darwin":
        return mac_disk(folder)
    listed = Path("/proc/self/mountinfo")
    text = listed.read_text(encoding="utf-8") if listed.exists() else ""
    return linux_disk(folder, mountinfo=text, block_devices=Path("/sys/dev/block"))


def mounts(mountinfo: str) -> tuple[Mount, ...]:
    """The lines of /proc/self/mountinfo. Source: proc_pid_mountinfo(5)."""
    found = []
    for line in mountinfo.splitlines():
        front, _dash, back = line.partition(" - ")
        fields, kind = front.split(" "), back.split(" ")[0]
        if len(fields) >= 5 and kind:  # noqa: PLR2004  # the mount point is the fifth field
            found.append(Mount(device=fields[2], point=_unescaped(fields[4]), kind=kind))
    return tuple(found)


def linux_disk(folder: Path, *, mountinfo: str, block_devices: Path) -> Disk:
    """The disk under a folder by the list of mounts and the kernel's list of block devices."""
    holding = [mount for mount in mounts(mountinfo) if folder.is_relative_to(mount.point)]
    if not holding:
        return Disk()
    # The longest mount point holds the folder; of two on one point the later covers the earlier.
    depth = max(len(Path(mount.point).parts) for mount in holding)
    mount = [mount for mount in holding if len(Path(mount.point).parts) == depth][-1]
    by_hand = Path("/media"), Path("/run/media")
    return Disk(
        network=mount.kind in _NETWORK,
        removable=any(Path(mount.point).is_relative_to(place) for place in by_hand)
        or _is_removable(block_devices / mount.device),
    )


def _is_removable(device: Path) -> bool:
    # A partition has no such file; the disk it is part of has.
    real = device.resolve()
    for place in (real / "removable", real.parent / "removable"):
        if place.is_file():
            return place.read_text(encoding="ascii", errors="replace").strip() == "1"
    return False


def mac_disk(folder: Path) -> Disk:
    """By the place alone: macOS shows sticks and shares under /Volumes and /Network."""
    if folder.is_relative_to("/Network"):
        return Disk(network=True)
    return Disk(removable=folder.is_relative_to("/Volumes"))


def _windows_disk(folder: Path) -> Disk:
    if str(folder).startswith("\\\\"):
        return Disk(network=True)
    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return Disk()
    kind = windll.kernel32.GetDriveTypeW(folder.anchor)
    return Disk(network=kind == _WINDOWS_REMOTE, removable=kind == _WINDOWS_REMOVABLE)


def _unescaped(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
