"""Throws mangled mail and lists at the readers: nothing but a refusal may come out, and soon.

Run: python tests/fuzz/intake_fuzz.py [--runs 2000] [--seed 1] [--children 20]
Prints runs, refusals, the slowest reading and its kind; exits 1 on an escape or a reading over a second.
"""

# ruff: noqa: T201  # a script prints
import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from schoolsafe.errors import Refused  # noqa: E402  # the source folder first
from schoolsafe.intake import pupil_list  # noqa: E402
from schoolsafe.intake.mail import read_mail  # noqa: E402
from schoolsafe.intake.reader import ChildIntake  # noqa: E402
from schoolsafe.intake.wire_child import Reply, pack_reply  # noqa: E402

LIMIT_SECONDS = 1.0
PIECES = (
    b"\0", b"\r", b"\n\n", b"--b\n", b"=?utf-8?q?", b"\xff\xfe", b"\xe2\x80\xae", b"Child: ", b"DOB: 01/02/2015 ",
    b'"', b"'", b"(", b"| a ", b"\t", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"<td>", b"<!--",
    b"Content-Transfer-Encoding: base64\n", b"<div style='display:none'>", b"> ", b"On 1 May 2026, x@y wrote:\n",
    b"between 21:00 and ", b"Incident 2 of 3\n", b"7/8 November ", b"the thirty-first of ", b"\xcc\x81" * 50,
    b"sep=;\n", b'="0001"', b";", b",", b"ANN SMITH ", b"... ", b": ", b"ref ",
)  # fmt: skip


def mangle(data: bytes, rng: random.Random) -> bytes:
    """A few cuts, repeats, swaps and insertions."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0:
                out[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 2, 50, 2000))
            case 1:
                del out[at : at + rng.randint(1, 400)]
            case 2:
                end = min(len(out), at + rng.randint(1, 300))
                out[at:at] = bytes(out[at:end]) * rng.choice((1, 3, 100))
            case 3 if out:
                out[min(at, len(out) - 1)] = rng.randrange(256)
            case 4:
                out[at:at] = rng.randbytes(rng.randint(1, 60))
            case _:
                other = rng.randrange(len(out) + 1)
                out[at:at] = out[other : other + 200]
        del out[2_000_000:]
    return bytes(out)


def attempt(read: Callable[[bytes], object], data: bytes) -> tuple[float, bool]:
    """Processor seconds taken (other work on the machine does not count), and whether it refused."""
    start = time.process_time()
    try:
        draft = read(data)
    except Refused as refused:
        str(refused)
        return time.process_time() - start, True
    if draft.__class__.__name__ == "MailDraft":
        pack_reply(Reply(mail=draft))  # type: ignore[arg-type]  # said by its name
        check_spans(draft)
    return time.process_time() - start, False


def check_spans(draft: object) -> None:
    """Every span lies in its text."""
    for notice in draft.notices:  # type: ignore[attr-defined]  # a MailDraft
        for spans in (notice.spans, *(child.spans for child in notice.children)):
            for span in spans.values():
                text = draft.texts[span.part]  # type: ignore[attr-defined]  # a MailDraft
                if not 0 <= span.start <= span.end <= len(text):
                    msg = "a span outside its text"
                    raise AssertionError(msg)


def main() -> int:
    """Runs the fuzz; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="write the bytes that failed here")
    args = parser.parse_args()
    rng = random.Random(args.seed)  # noqa: S311  # a seed that repeats is the point
    mails = [
        p.read_bytes()
        for f in ("notifications", "notifications_more")
        for p in sorted((DATA / f).glob("*.eml"))
    ]
    lists = [p.read_bytes() for p in sorted(DATA.glob("*.csv"))]
    refused, slowest, slow_case = 0, 0.0, b""
    for run in range(args.runs):
        is_mail = run % 4 != 3
        data = mangle(rng.choice(mails if is_mail else lists), rng)
        try:
            took, said_no = attempt(read_mail if is_mail else pupil_list.read, data)
        except Exception as escaped:  # noqa: BLE001  # an escape is what we look for
            print(f"escaped in run {run} (seed {args.seed}): {type(escaped).__name__}")
            if args.keep:
                args.keep.write_bytes(data)
            return 1
        refused += said_no
        if took > slowest:
            slowest, slow_case = took, data
    child = ChildIntake()
    outcomes = child.read_mails([mangle(rng.choice(mails), rng) for _ in range(args.children)])
    stopped = sum(
        type(each).__name__ in {"ReaderStopped", "ReaderTookTooLong"} for each in outcomes
    )
    print(
        f"runs {args.runs}, refused {refused}, slowest {slowest:.2f} s,"
        f" in children {len(outcomes)}, stopped {stopped}"
    )
    if slowest > LIMIT_SECONDS:
        if args.keep:
            args.keep.write_bytes(slow_case)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
