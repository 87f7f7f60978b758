"""Mutates pupil lists, transfer files, workbooks, registers and calendars, guided by what the readers do with them.

A mutation that takes the readers where none has been (a new line of their code) is kept and mutated further. Run:
python tests/fuzz/lists_fuzz.py [--runs 100000] [--seed 1] [--only csv,ctf] [--children 20]. ``--runs`` counts for
CSV and CTF each; workbooks, registers and calendars get a tenth. Prints runs, refusals, lines reached and the slowest
reading; exits 1 on an escape, a sentence that does not read, or a reading over a second of processor time.
"""

# ruff: noqa: T201  # a script prints
import argparse
import io
import random
import re
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import CodeType, FrameType

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "src"), str(TESTS)]

from invented_register import links_csv, register_csv  # noqa: E402  # the source folder first
from schoolsafe.domain import roll, term_dates  # noqa: E402
from schoolsafe.errors import Refused  # noqa: E402
from schoolsafe.intake import ctf, gias, ics, pupil_list  # noqa: E402
from schoolsafe.intake.reader import ChildIntake  # noqa: E402
from schoolsafe.intake.transfer_list import transfer_list  # noqa: E402
from schoolsafe.intake.wire_child import Reply, pack_reply, unpack_reply  # noqa: E402

DATA = TESTS / "data"
LIMIT_SECONDS = 1.0
DAY = date(2026, 11, 20)
MOST_BYTES = 60_000
WATCHED = "schoolsafe/intake/"
PIECES = (
    b"\0", b"\r", b"\n", b'"', b'""', b"'", b";", b",", b"\t", b"|", b"sep=;\n", b'="0001"', b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xcc\x81" * 40, b"Surname,Forename,DOB\n", b"31/02/2015", b"45000", b"=cmd()",
    b"<", b">", b"</Pupil>", b"<Pupil>", b"<Pupil/>", b"<CTfile>", b"</CTfile>", b"<!DOCTYPE x>", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"&lt;", b"&#0;", b"&#x10FFFF;", b"&a;", b'<?xml version="1.0" encoding="utf-16"?>',
    b' xmlns="a"', b' xmlns:a="b" a:c="d"', b"<a>" * 60, b"<DOB>2015-13-45</DOB>", b"<Surname>A</Surname>",
    b"PK\x03\x04", b"PK\x01\x02", b"\xff\xff\xff\xff", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n",
    b"DTSTART;VALUE=DATE:20260901\r\n", b"DTEND:99991231T235959Z\r\n", b"RRULE:FREQ=DAILY;INTERVAL=0\r\n",
    b"RRULE:FREQ=WEEKLY;COUNT=-1;UNTIL=20260101\r\n", b"DURATION:P9999999D\r\n", b"\r\n ", b"SUMMARY:Term\r\n",
)  # fmt: skip


@dataclass
class Kind:
    """One reader, what it starts from, and what was found."""

    name: str
    read: Callable[[bytes], object]
    share: int
    seeds: list[bytes]
    whole: Callable[[bytes, random.Random], bytes]
    """Changes the bytes so that their outer form holds."""
    refused: int = 0
    slowest: float = 0.0
    lines: set[tuple[CodeType, int]] = field(default_factory=set)


def _list(data: bytes) -> object:
    return Reply(listed=pupil_list.read(data))


def _transfer(data: bytes) -> object:
    file = ctf.read(data)
    transfer_list(file)
    return Reply(transfer=file)


def _calendar(data: bytes) -> object:
    file = ics.read(data)
    term_dates.read(file)
    return Reply(calendar=file)


def kinds() -> list[Kind]:
    """Every reader with its samples."""
    lists = [p.read_bytes() for p in sorted((*DATA.glob("pupils_*.csv"), *DATA.glob("roll_*.csv")))]
    return [
        Kind("csv", _list, 1, lists, mangle),
        Kind("ctf", _transfer, 1, [p.read_bytes() for p in sorted(DATA.glob("ctf_*.xml"))], within),
        Kind("xlsx", _list, 10, [(DATA / "pupils_first_sheet.xlsx").read_bytes()], repacked),
        Kind(
            "gias",
            lambda data: Reply(schools=gias.read_register(data)),
            10,
            [register_csv()],
            mangle,
        ),
        Kind("links", lambda data: Reply(links=gias.read_links(data)), 10, [links_csv()], mangle),
        Kind("ics", _calendar, 10, [(DATA / "terms_council.ics").read_bytes()], mangle),
    ]


LEAF = re.compile(rb"<([A-Za-z]+)>([^<]*)</\1>")
VALUES = (
    b"", b" ", b"x" * 300, b"2015-02-30", b"0001-01-01", b"true", b"&amp;&#8238;", b"&lt;b&gt;", b"M99920012611C",
    b"O'NEILL-\xc5\x81", b"MAC", b"-1", b"=1+1", b"\xe2\x80\xae", b"99999999999999999999",
)  # fmt: skip


def within(data: bytes, rng: random.Random) -> bytes:
    """XML that stays whole: values changed, elements doubled or gone."""
    leaves = list(LEAF.finditer(data))
    if not leaves:
        return mangle(data, rng)
    for leaf in sorted(
        rng.sample(leaves, min(len(leaves), rng.randint(1, 6))), key=lambda m: -m.start()
    ):
        start, end = leaf.span()
        one = b"<%s>%s</%s>" % (leaf[1], rng.choice(VALUES), leaf[1])
        swapped = rng.choice((one, one, b"", leaf[0] * 40, b"<Odd a='1'>%s</Odd>" % leaf[0]))
        data = data[:start] + swapped + data[end:]
    return data[:MOST_BYTES]


def repacked(data: bytes, rng: random.Random) -> bytes:
    """A workbook that stays an archive: one of its parts mangled."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = old.namelist()
            odd = rng.choice(names)
            for name in names:
                part = old.read(name)
                new.writestr(name, mangle(part, rng) if name == odd else part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        KeyError,
        IndexError,
        EOFError,
    ):
        return mangle(data, rng)
    return out.getvalue()


def mangle(data: bytes, rng: random.Random) -> bytes:
    """A few cuts, repeats, swaps and insertions."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0:
                out[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 1, 2, 300))
            case 1:
                del out[at : at + rng.choice((1, 3, 40, 400))]
            case 2:
                end = min(len(out), at + rng.choice((4, 40, 400)))
                out[at:at] = bytes(out[at:end]) * rng.choice((1, 1, 3, 60))
            case 3 if out:
                out[min(at, len(out) - 1)] = rng.randrange(256)
            case 4:
                out[at:at] = rng.randbytes(rng.randint(1, 30))
            case _:
                other = rng.randrange(len(out) + 1)
                out[at:at] = out[other : other + 120]
        del out[MOST_BYTES:]
    return bytes(out)


class Reached:
    """Hears which lines of the readers run; a trace is slow, so it listens to every so many runs only."""

    def __init__(self) -> None:
        self.lines: set[tuple[CodeType, int]] = set()

    def __call__(self, frame: FrameType, _event: str, _arg: object) -> object:
        if WATCHED not in frame.f_code.co_filename:
            return None
        return self._line

    def _line(self, frame: FrameType, event: str, _arg: object) -> object:
        if event == "line":
            self.lines.add((frame.f_code, frame.f_lineno))
        return self._line


def attempt(kind: Kind, data: bytes, *, listen: bool) -> bool:
    """Reads once. True where the bytes led somewhere new.

    Raises:
        Exception: anything but a refusal: what is looked for.
    """
    reached = Reached()
    if listen:
        sys.settrace(reached)
    start = time.process_time()
    try:
        reply = kind.read(data)
    except Refused as refused:
        sys.settrace(None)
        kind.refused += 1
        if "{" in str(refused).replace("{", "", data.count(b"{")) or not str(refused).strip():
            raise AssertionError(type(refused).__name__) from refused
    else:
        sys.settrace(None)
        unpack_reply(pack_reply(reply)[4:])
    finally:
        sys.settrace(None)
    if not listen:
        kind.slowest = max(kind.slowest, time.process_time() - start)
    new = not reached.lines <= kind.lines
    kind.lines |= reached.lines
    return new


def fuzz(kind: Kind, runs: int, rng: random.Random, keep: Path | None) -> bool:
    """Every run of one reader; False where one escaped."""
    pool = list(kind.seeds)
    for data in kind.seeds:
        attempt(kind, data, listen=True)
    for run in range(runs):
        change = rng.choice((mangle, kind.whole))
        data = change(rng.choice(pool), rng)
        try:
            new = attempt(kind, data, listen=run % 8 == 0)
        except Exception as escaped:  # noqa: BLE001  # an escape is what we look for
            sys.settrace(None)
            print(f"{kind.name}: {type(escaped).__name__} escaped in run {run}")
            if keep:
                keep.write_bytes(data)
            return False
        if new and len(pool) < 400:
            pool.append(data)
    print(
        f"{kind.name}: {runs} runs, {kind.refused} refused, {len(kind.lines)} lines reached,"
        f" {len(pool) - len(kind.seeds)} kept, slowest {kind.slowest:.2f} s"
    )
    return kind.slowest <= LIMIT_SECONDS


def in_children(count: int, rng: random.Random) -> int:
    """Some through the real child process: the parent must get a list or a refusal each time."""
    child, stopped = ChildIntake(), 0
    known = (roll.KnownPupil("child:1", {"surname": "A"}),)
    for n in range(count):
        kind = kinds()[n % 3]
        try:
            listed = child.read_pupil_list(mangle(rng.choice(kind.seeds), rng))
        except Refused as refused:
            stopped += type(refused).__name__ in {"ReaderStopped", "ReaderTookTooLong"}
            continue
        roll.compare(listed.rows, known, on=DAY)
    print(f"in children: {count}, stopped {stopped}")
    return stopped


def main() -> int:
    """Runs the fuzz; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=20)
    parser.add_argument("--only", default="", help="names of readers, with commas")
    parser.add_argument("--keep", type=Path, help="write the bytes that failed here")
    args = parser.parse_args()
    rng = random.Random(args.seed)  # noqa: S311  # a seed that repeats is the point
    wanted = set(args.only.split(",")) if args.only else {kind.name for kind in kinds()}
    fine = [
        fuzz(kind, max(1, args.runs // kind.share), rng, args.keep)
        for kind in kinds()
        if kind.name in wanted
    ]
    if args.children:
        in_children(args.children, rng)
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
