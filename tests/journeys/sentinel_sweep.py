"""A full day of words that may stand nowhere in clear, then a sweep for them (promise P01).

    python tests/journeys/sentinel_sweep.py

The whole program, its parser child, its window and a crash, on folders of its own. While it runs, the arguments and the
environment of every process it starts are read, and whatever appears in the temporary and working folders is kept;
afterwards every file is looked through. Prints what was planted, swept and found; exit 1 where anything was.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # as a script it finds the house of the tests by itself
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from journeys import sentinels
from journeys.program import SETUP, Ended, Program

_TYPED = "pretend lamp river nine kettle"
_PLACES = (
    *("pupil surname", "pupil forename", "pupil other name", "pupil everyday name", "pupil class"),
    *(
        "pupil admission",
        "second pupil",
        "school named",
        "mail child",
        "mail sender",
    ),
    *("mail subject", "mail words", "mail place", "mail voice", "mail adult", "mail reference"),
    *("mail action", "attachment name", "attachment words", "hidden in html", "unreadable mail"),
    *("call child", "call words", "call voice", "caller", "caller phone", "call reference"),
    *("nobody fits", "decision reason", "decision adult", "close reason", "reopen reason"),
    *("fix by command", "fix reason by command", "list search", "teacher", "room", "first adult"),
    *("may collect", "staff name", "staff job", "choice words", "choice consequence", "term name"),
    *("closed why", "call reason", "step words", "step child words", "step why not", "named child"),
    *("key adult", "met by", "entry words", "entry title", "entry child words", "entry why not"),
    *("entry present", "entry place", "entry action", "entry outcome", "fixed words", "fix reason"),
    *("filter words", "prompt reason", "search words", "draft name", "draft words", "told to"),
    *("told words", "gate name", "window draft", "window search", "wrong passphrase"),
)


@dataclass
class Day:
    """One day: what was planted, what the processes showed, what was found."""

    folder: Path
    words: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    seen: set[bytes] = field(default_factory=set)
    """Arguments and environments of every process, and files that came and went."""
    printed: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    swept_files: int = 0
    swept_bytes: int = 0


def sweep(folder: Path, *, whole: bool = True) -> Day:
    """Lives the day and looks for its words; without ``whole`` the steps that only read are left out."""
    day = Day(folder, {place: _word(n, place) for n, place in enumerate(_PLACES)})
    watch = _Watch(day)
    try:
        _live(day, whole=whole)
    finally:
        watch.stop()
    _look(day)
    return day


def _word(n: int, place: str) -> str:
    """At the window plain letters: the pretend keyboard has no others."""
    return sentinels.word(1 if place.startswith("window") else n)


def _live(day: Day, *, whole: bool) -> None:
    work, inbox = day.folder / "work", day.folder / "inbox"
    for each in (work, inbox):
        each.mkdir(mode=0o700)
    program, said = Program(work), day.words

    def step(*argv: str, **how: Any) -> Ended:
        ended = program(*argv, **how)
        day.steps += 1
        day.printed.append(ended.err)
        return ended

    def look(*argv: str, **how: Any) -> None:
        if whole:
            step(*argv, **how)

    key = step(*SETUP).json["recovery_key"]
    look("recovery", "drill", secrets=[_TYPED, key])
    look("status", secrets=[])
    files = _inbox(inbox, said)
    look("import", "pupils", files["pupils"])
    step("import", "pupils", files["pupils"], "--apply")
    (received, *_others) = step("import", "mail", files["mail"], files["odd"], files["mail"]).json[
        "results"
    ]
    look("notification", "list")
    look("notification", "list", as_json=False)
    notice = received["notifications"][0]
    look("notification", "show", notice)
    step(
        *("notification", "log", "--child", "-", "--said", "-", "--voice", "-", "--caller", "-"),
        *("--phone", "-", "--reference", "-", "--incident", "2026-11-07T22:40"),
        typed=_lines(
            said,
            "call child",
            "call words",
            "call voice",
            "caller",
            "caller phone",
            "call reference",
        ),
    )
    match = ("notification", "match", notice, "--line", "1")
    step(*match, "--none", "-", typed=_lines(said, "nobody fits"))
    found = step("child", "list", "-", typed=_lines(said, "pupil surname")).json["children"]
    step("child", "list", "-", typed=_lines(said, "list search"))
    child = found[0]["id"]
    step(*match, "--child", child)
    decide = ("notification", "decide", notice, "--line", "1", "--choice", "quiet")
    step(
        *decide,
        "--reason",
        "-",
        "--key-adult",
        "-",
        typed=_lines(said, "decision reason", "decision adult"),
    )
    line = ("--line", "1", "--reason", "-")
    step("notification", "close", notice, *line, typed=_lines(said, "close reason"))
    step("notification", "reopen", notice, *line, typed=_lines(said, "reopen reason"))
    fixed = _lines(said, "fix by command", "fix reason by command")
    step("fix", notice, "--text", "-", "--reason", "-", typed=fixed)
    look("today")
    look("today", as_json=False)
    _script(day, program, "day_inside", passphrase=_TYPED)
    step("child", "chronology", child)
    step("export", "journal", str(work / "journal.ssj"))
    step("today", secrets=[said["wrong passphrase"]])
    _script(day, program, "day_window", passphrase=_TYPED)
    look("verify", "--deep")
    look("rebuild")
    new = step("recover", secrets=[key, _TYPED + " harbour"]).json["recovery_key"]
    day.words |= {"passphrase": _TYPED, "recovery key": key, "new recovery key": new}
    day.words |= {"new passphrase": _TYPED + " harbour"}


def _lines(said: Mapping[str, str], *places: str) -> str:
    return "".join(f"{said[place]}\n" for place in places)


def _inbox(inbox: Path, said: Mapping[str, str]) -> dict[str, str]:
    """What the school was sent; it lies outside what is swept, under names that say nothing."""
    pupils = inbox / "1"
    pupils.write_text(
        "Surname,Forename,Middle Names,Preferred Forename,Class,Adno,Date of Birth\n"
        f"{said['pupil surname']},{said['pupil forename']},{said['pupil other name']},"
        f"{said['pupil everyday name']},{said['pupil class']},"
        f"{said['pupil admission']},14/03/2017\n"
        f"{said['second pupil']},Kai,,,,,01/09/2018\n",
        "utf-8",
    )
    mail, odd = inbox / "2", inbox / "3"
    mail.write_bytes(_mail(said))
    odd.write_bytes(b"\0\xff" + said["unreadable mail"].encode() * 3 + b"\xfe\0")
    return {"pupils": str(pupils), "mail": str(mail), "odd": str(odd)}


def _mail(said: Mapping[str, str]) -> bytes:
    words = (
        f"Name: {said['pupil forename']} {said['mail child']}\nDOB: 14/03/2017\n"
        f"School: {said['school named']}\nReference: {said['mail reference']}\n"
        f"Incident: 07/11/2026 at 22:40\nPlace: {said['mail place']}\n"
        f'Voice of the child: "{said["mail voice"]}"\nCircumstances: {said["mail words"]}.\n'
        f"Police action: {said['mail action']}\nSuspect: {said['mail adult']} Example\n"
    )
    html = f"<p>See below</p><div style='display:none'>{said['hidden in html']}</div>"
    parts = (
        ("text/plain; charset=utf-8", "", words),
        ("text/html; charset=utf-8", "", html),
        (
            "text/plain; charset=utf-8",
            f'; filename="{said["attachment name"]}.txt"',
            said["attachment words"],
        ),
    )
    body = "".join(
        f"--b\r\nContent-Type: {kind}\r\nContent-Disposition: "
        f"{'attachment' if name else 'inline'}{name}\r\n\r\n{text}\r\n"
        for kind, name, text in parts
    )
    head = (
        f"From: {said['mail sender']} <encompass@northmere.police.example>\r\n"
        f"Subject: {said['mail subject']}\r\nDate: Mon, 09 Nov 2026 07:12:00 +0000\r\n"
        'Message-ID: <1@northmere.police.example>\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    )
    return (head + body + "--b--\r\n").encode()


def _script(day: Day, program: Program, name: str, *, passphrase: str) -> None:
    job = {"home": str(program.home), "passphrase": passphrase, "words": day.words}
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(f"{name}.py"))],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=program.folder,
        env=program.environment(),
    )
    day.steps += 1
    day.printed += [ended.stdout, ended.stderr]
    expected = -6 if name == "day_window" else 0
    assert ended.returncode == expected, (name, ended.returncode, ended.stderr[-2000:])


class _Watch:
    """Reads the arguments and environment of every process below this one, and files that come and go."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._going = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._going = False
        self._thread.join()

    def _run(self) -> None:
        while self._going:
            for pid in _below(os.getpid()):
                self._keep(Path(f"/proc/{pid}/cmdline"))
                self._keep(Path(f"/proc/{pid}/environ"))
            for place in ("tmp", "run", "cache"):
                for path in (self._day.folder / "work" / place).glob("**/*"):
                    self._keep(path)
            time.sleep(0.01)

    def _keep(self, path: Path) -> None:
        try:
            if path.is_file():
                self._day.seen.add(path.read_bytes())
        except OSError:
            return


def _below(root: int) -> set[int]:
    """Every process that descends from this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text("utf-8", "replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {root}
    for _generation in range(5):
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found - {root}


def _look(day: Day) -> None:
    wanted = sentinels.patterns(day.words)
    for path in sorted((day.folder / "work").rglob("*")) + sorted(Path("/dev", "shm").glob("*")):
        try:
            if not path.is_file():
                continue
            data = path.read_bytes()
        except OSError:
            continue
        day.swept_files += 1
        day.swept_bytes += len(data)
        named = sentinels.hits(str(path).encode(), wanted)
        for place, how in sentinels.hits(data, wanted) | named:
            day.found.append(f"{place} ({how}) in {path.relative_to(path.anchor)}")
    for data in day.seen:
        for place, how in sentinels.hits(data, wanted):
            day.found.append(f"{place} ({how}) in an argument, an environment or a passing file")
    for text in day.printed:
        for place, how in sentinels.hits(text.encode(), wanted):
            day.found.append(f"{place} ({how}) printed as an error or a title")


def main() -> int:
    """Prints the account."""
    with tempfile.TemporaryDirectory() as folder:
        day = sweep(Path(folder))
        lines = (
            f"planted {len(day.words)} words in {day.steps} steps",
            f"looked for each in {len(sentinels.encodings('x'))} encodings and inside compressed streams",
            f"swept {day.swept_files} files, {day.swept_bytes} bytes",
            f"read {len(day.seen)} arguments, environments and passing files",
            f"found {len(day.found)}",
            *day.found,
        )
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if day.found else 0


if __name__ == "__main__":
    sys.exit(main())
