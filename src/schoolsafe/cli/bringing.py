"""Bringing things in: messages and pupil lists."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.notification import Received
from schoolsafe.services.ports import Files
from schoolsafe.services.unlocked import Services

MAIL_BYTES = 25 * 1024 * 1024
LIST_BYTES = 20 * 1024 * 1024


def mail(services: Services, args: Namespace, files: Files) -> dict[str, Any]:
    """Each message: received, duplicate, locked or refused. One bad file stops none of the others."""
    results = []
    for name in args.file:
        try:
            outcome = services.notifications.receive_file(
                Path(name).name, files.read(Path(name), limit_bytes=MAIL_BYTES)
            )
        except SchoolSafeError as failed:
            results.append(
                {"file": name, "outcome": "refused", "reason": str(failed), "notifications": []}
            )
            continue
        results.append(_result(name, outcome))
    return {"results": results}


def _result(file: str, received: Received) -> dict[str, Any]:
    return {
        "file": file,
        "outcome": received.outcome,
        "reason": received.reason,
        "notifications": list(received.notifications),
    }


def pupils(services: Services, args: Namespace, files: Files) -> dict[str, Any]:
    """A pupil list: what is new, changed, gone. Nothing is written without --apply."""
    data = files.read(Path(args.file), limit_bytes=LIST_BYTES)
    remembered = services.children.remembered_columns()
    source = services.intake.read_pupil_list(data, columns=remembered or None)
    preview = services.children.preview(source, sha256_hex(data))
    if args.apply:
        services.children.apply(preview)
    problems = [{"row": p.row, "kind": p.kind, "message": p.message} for p in preview.problems]
    return {name: int(n) for name, n in preview.counts.items()} | {
        "problems": problems,
        "columns": dict(source.columns),
        "ignored": list(source.ignored),
        "encoding": source.encoding,
        "applied": bool(args.apply),
    }
