"""What the school's IT has fixed for this computer: `policy.toml` in the machine-wide folder, or Windows' registry.

Where it cannot be read, the strictest of everything holds and the reason is said: what IT meant to forbid must not be
allowed by a slip of the pen. Left to others: what the values mean (services.policy).
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from schoolsafe.services import policy
from schoolsafe.services.policy import NOTHING_FIXED, STRICTEST, Policy, PolicyUnreadable

FILE: Final = "policy.toml"
REGISTRY: Final = r"SOFTWARE\Policies\SchoolSafe"
_REGISTRY_NAMES: Final = {
    "LockMinutes": "lock_minutes",
    "AllowPrint": "allow_print",
    "UpdateChannel": "update_channel",
    "AllowMailSources": "allow_mail_sources",
}


@dataclass(frozen=True, slots=True)
class InForce:
    """The policy of this computer, and where it came from."""

    policy: Policy = NOTHING_FIXED
    source: str = ""
    """policy.toml, registry, or "" where nothing is fixed."""
    problem: str = ""
    """Why it cannot be read, in a sentence."""


def in_force(path: Path | None = None, registry: Mapping[str, object] | None = None) -> InForce:
    """Reads it. The registry goes before the file.

    Args:
        path: another file than this computer's own.
        registry: values under Windows' names, where the registry is not to be asked.
    """
    found = dict(windows_registry() if registry is None else registry)
    if found:
        return _read(_from_registry(found), "registry")
    try:
        text = (path or policy_path()).read_text("utf-8")
    except FileNotFoundError:
        return InForce()
    except (OSError, UnicodeDecodeError):
        return _unreadable(PolicyUnreadable(name=FILE), FILE)
    import tomllib  # noqa: PLC0415  # only where there is something to read

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return _unreadable(PolicyUnreadable(name=FILE), FILE)
    return _read(values, FILE)


def policy_path() -> Path:
    r"""``/etc/xdg/schoolsafe/policy.toml``, ``%PROGRAMDATA%\SchoolSafe\policy.toml`` and so on."""
    import platformdirs  # noqa: PLC0415  # 10 ms

    name = "SchoolSafe" if sys.platform in {"win32", "darwin"} else "schoolsafe"
    return platformdirs.site_config_path(name, appauthor=False) / FILE


def windows_registry() -> dict[str, Any]:
    """The values under HKEY_LOCAL_MACHINE, which only an administrator writes; empty on other systems.

    Never run on Windows: installer/RELEASE.md.
    """
    found: dict[str, Any] = {}
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  # only there

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY) as key:
            for name in _REGISTRY_NAMES:
                with suppress(FileNotFoundError):
                    found[name], _kind = winreg.QueryValueEx(key, name)
    return found


def said(found: InForce) -> dict[str, Any]:
    """For ``doctor``: no personal data."""
    fixed = found.policy
    return {
        "in_force": bool(found.source),
        "source": found.source or None,
        "lock_minutes": fixed.lock_minutes,
        "allow_print": fixed.allow_print,
        "update_channel": fixed.update_channel,
        "allow_mail_sources": fixed.allow_mail_sources,
        "unknown": list(fixed.unknown),
        "problem": found.problem or None,
    }


def _from_registry(found: Mapping[str, object]) -> dict[str, object]:
    """Under our names. The registry has no true and false: a number other than 0 is true."""
    values = {ours: found[name] for name, ours in _REGISTRY_NAMES.items() if name in found}
    for name in ("allow_print", "allow_mail_sources"):
        allowed = values.get(name)
        if isinstance(allowed, int):
            values[name] = bool(allowed)
    return values


def _read(values: Mapping[str, object], source: str) -> InForce:
    try:
        return InForce(policy.read(values), source)
    except PolicyUnreadable as problem:
        return _unreadable(problem, source)


def _unreadable(problem: PolicyUnreadable, source: str) -> InForce:
    return InForce(STRICTEST, source, str(problem))
