"""Logs: JSON lines, rotating 5 x 1 MB, ids and event names only.

A record's message is its literal; arguments pass only where they are numbers or ids of ours. Anything else is left
out, whoever logged it: an allow-list, because a deny-list forgets (house style, habit 42).
"""

import json
import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

_BYTES = 1_000_000
_FILES = 5
_ID = re.compile(r"[a-z_]{2,20}:[0-9a-f]{16}|[0-9a-f]{16,64}")


class IdsOnly(logging.Formatter):
    """One JSON object a line: time, level, where, what happened, and ids."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        arguments = record.args if isinstance(record.args, tuple) else ()
        kept = [
            a for a in arguments if isinstance(a, int) or (isinstance(a, str) and _ID.fullmatch(a))
        ]
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "where": record.name if record.name.startswith("schoolsafe") else "library",
            "what": record.msg if record.name.startswith("schoolsafe") else "",
            "ids": kept,
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


def start(folder: Path) -> None:
    """Logs go to this folder from now on; one that cannot be written gets none."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "schoolsafe.log", maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(IdsOnly())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
