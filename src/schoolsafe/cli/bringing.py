"""Bringing things in: messages and pupil lists."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from schoolsafe.cli.ending import EXIT
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.errors import Refused, Unavailable
from schoolsafe.services.notification import Received
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services

MAIL_BYTES = 25 * 1024 * 1024
LIST_BYTES = 50 * 1024 * 1024


def mail(services: Services, args: Namespace, files: Files) -> dict[str, Any]:
    """Each message: received, duplicate, locked or refused. One bad file stops none of the others."""
    told: dict[int, dict[str, Any]] = {}
    read: dict[int, tuple[str, bytes]] = {}
    code = 0
    names = []
    for name in args.file:
        try:
            names += [str(path) for path in files.inside(Path(name))]
        except Unavailable as failed:
            told[len(names)] = _refused(name, str(failed))
            code = code or failed.exit_code
            names.append(name)
    for place, name in enumerate(names):
        if place in told:
            continue
        try:
            read[place] = Path(name).name, files.read(Path(name), limit_bytes=MAIL_BYTES)
        except Unavailable as failed:
            told[place] = _refused(name, str(failed))
            code = code or failed.exit_code
    came = services.notifications.receive_files(list(read.values()))
    told |= {n: _result(names[n], one) for n, one in zip(read, came, strict=True)}
    results = [told[place] for place in range(len(names))]
    nothing = all(result["outcome"] == "refused" for result in results)
    if not nothing:
        return {"results": results}
    failure = {"code": "nothing_taken_in", "message": results[0]["reason"]}
    return {"results": results, "error": failure, EXIT: code or Refused.exit_code}


def _refused(file: str, reason: str) -> dict[str, Any]:
    return {"file": file, "outcome": "refused", "reason": reason, "notifications": []}


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
    source = services.children.read_list(services.intake, data)
    preview = services.children.preview(source, sha256_hex(data))
    if args.apply:
        services.children.apply(preview, right_all_the_same=args.any_destination)
    problems = [{"row": p.row, "kind": p.kind, "message": p.message} for p in preview.problems]
    if preview.asks is not None:
        asked = {"row": 0, "kind": "ctf_destination", "message": str(preview.asks)}
        problems.insert(0, asked)
    counts = {name: int(n) for name, n in preview.counts.items()}
    # On screen one whose number is missing now is unchanged too; a script is told them apart.
    counts["unchanged"] -= counts["upn_missing"]
    return counts | {
        "problems": problems,
        "columns": dict(source.columns),
        "ignored": list(source.ignored),
        "encoding": source.encoding,
        "applied": bool(args.apply),
    }
