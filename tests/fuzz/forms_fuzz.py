"""Mangles Outlook messages, PDF, Word, RTF and mail: only a draft or a refusal comes out, and within a second.

Run: python tests/fuzz/forms_fuzz.py [--form msg] [--runs 10000] [--seed 1] [--keep FILE]
What reaches lines of the readers that nothing reached before is mangled further. Each form runs in a process of
its own, so that a fall of a library is counted and not suffered: in the program the parser child dies of it.
"""

# ruff: noqa: T201  # a script prints
import argparse
import io
import os
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

HERE = Path(__file__).resolve()
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[2] / "src"), str(HERE.parents[1])]

import msgspec  # noqa: E402  # a script finds its folders first

from renderings.outlook_file import OutlookFile, OutlookMail, outlook_file  # noqa: E402
from renderings.pdf_file import lines_pdf, pdf_file, scan_pdf, scan_picture  # noqa: E402
from renderings.rtf_file import compressed, plain_rtf, wrapped_page  # noqa: E402
from renderings.samples import as_outlook, memo  # noqa: E402
from renderings.word_file import word_file  # noqa: E402
from schoolsafe.errors import Refused  # noqa: E402
from schoolsafe.intake.mail import read_mail  # noqa: E402
from schoolsafe.intake.wire_child import Reply, pack_reply  # noqa: E402

LIMIT_SECONDS = 1.0
BATCH = 250
"""Runs of one process; a fall costs what is left of it."""
SAMPLES = HERE.parents[1] / "data" / "notifications"
NAMES = ("02*", "03*", "04*", "07*", "16*", "19*", "22*")
READERS = str(Path("schoolsafe") / "intake")
SIGNS = (
    b"\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xfe\xff\xff\xff", b"\0\0\0\x80", b"{", b"}", b"\\",
    b"\\bin99999999 ", b"\\u-1 ", b"\\uc9 ", b"\\cell\\row", b"\\trowd", b"{\\*\\htmltag64 <", b"\\fromhtml1",
    b"\\'", b"<<", b">>", b"stream\n", b"endobj ", b"1 0 R ", b"/Kids[", b"/Length 99999999",
    b"/Filter/FlateDecode", b"/Rotate 90", b"BT /F 1 Tf ", b" Tj ", b" 0 0 0 0 0 0 cm ", b" re f ", b"<w:tbl>",
    b"<w:tc>", b"</w:tc>", b"<w:p>", b"<w:del>", b"<!DOCTYPE x>", b"&#0;", b"&a;", b"PK\x05\x06", b"PK\x01\x02",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"=?utf-8?q?", b"\xcc\x81" * 40,
    b"Child: Ann SMITH 01/02/2015\n", b"\r\n\r\n", b"--b\n",
)  # fmt: skip


def seeds(form: str) -> list[bytes]:
    """Whole files of a form to begin with."""
    mails = [path.read_bytes() for name in NAMES for path in SAMPLES.glob(f"{name}.eml")]
    if form == "eml":
        return mails
    if form == "msg":
        return [
            outlook_file(as_outlook(mail, body))
            for mail in mails
            for body in ("plain", "page", "rtf")
        ]
    words = [memo(mail) for mail in mails]
    if form == "docx":
        return [word_file(each) for each in words]
    if form == "rtf":
        pages = [wrapped_page(f"<p>{each[:900]}</p>") for each in words]
        return [plain_rtf(each) for each in words] + pages + [compressed(plain_rtf(words[0]))]
    scan = scan_pdf(scan_picture("x", (300, 424)))
    return [pdf_file(each) for each in words[:3]] + [lines_pdf(each) for each in words[3:]] + [scan]


FORMS = ("eml", "msg", "pdf", "docx", "rtf")


# -- mangling -------------------------------------------------------------------------------------------


def mangle(data: bytes, rng: random.Random) -> bytes:
    """A few cuts, repeats, swaps, flips and insertions."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 9))):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(7):
            case 0:
                out[at:at] = rng.choice(SIGNS) * rng.choice((1, 1, 2, 40, 1500))
            case 1:
                del out[at : at + rng.randint(1, 300)]
            case 2:
                end = min(len(out), at + rng.randint(1, 300))
                out[at:at] = bytes(out[at:end]) * rng.choice((1, 3, 90))
            case 3 | 4 if out:
                for _ in range(rng.randint(1, 6)):
                    out[rng.randrange(len(out))] = rng.choice((0, 1, 255, 254, rng.randrange(256)))
            case 5 if out:
                sign = rng.choice(SIGNS)
                out[at : at + len(sign)] = sign
            case _:
                other = rng.randrange(len(out) + 1)
                out[at:at] = out[other : other + 200]
        del out[1_500_000:]
    return bytes(out)


def mangle_inside(data: bytes, rng: random.Random) -> bytes:
    """A Word document with its main text mangled and packed again; else the bytes themselves."""
    if rng.random() < 0.4:
        return mangle(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            members = {info.filename: whole.read(info) for info in whole.infolist()[:20]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return mangle(data, rng)
    except Exception as damage:  # noqa: BLE001  # zlib's own error among others: then it is mangled as bytes
        del damage
        return mangle(data, rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, inside in members.items():
            whole.writestr(name, mangle_tags(inside, rng) if "document" in name else inside)
    return packed.getvalue()


def mangle_tags(inside: bytes, rng: random.Random) -> bytes:
    """Whole elements moved, doubled, taken out and put inside others, so that most of it stays well-formed."""
    if rng.random() < 0.2:
        return mangle(inside, rng)
    for _ in range(rng.randint(1, 8)):
        found = list(_ELEMENT.finditer(inside))
        if not found:
            return inside
        one, two = rng.choice(found), rng.choice(found)
        piece = one.group() * rng.choice((0, 1, 2, 2, 300))
        match rng.randrange(3):
            case 0:
                inside = inside[: two.start()] + piece + inside[two.start() :]
            case 1:
                inside = inside[: one.start()] + piece + inside[one.end() :]
            case _:
                name = rng.choice(
                    (b"w:tbl", b"w:tc", b"w:tr", b"w:del", b"w:r", b"w:p", b"mc:Fallback")
                )
                wrapped = b"<" + name + b' xmlns:mc="m">' + one.group() + b"</" + name + b">"
                inside = inside[: one.start()] + wrapped + inside[one.end() :]
        if len(inside) > 1_000_000:
            break
    return inside


_ELEMENT = re.compile(rb"<(w:(?:p|tbl|tr|tc|r|t))(?: [^>]*)?>.{0,4000}?</\1>", re.DOTALL)


def mangle_message(data: bytes, rng: random.Random) -> bytes:
    """An Outlook message whose parts are mangled and whose file is whole; or one whose file is mangled too."""
    if rng.random() < 0.5:
        return mangle(data, rng)
    words = rng.choice(_BODIES)
    kept = OutlookMail(
        subject=_text(b"Operation Encompass", rng),
        headings=_text(_HEADINGS, rng),
        body=_text(words, rng) if rng.random() < 0.3 else "",
        page=mangle(b"<table><tr><td>Child</td><td>Ann SMITH</td></tr></table>" + words, rng)
        if rng.random() < 0.3
        else b"",
        rtf=mangle(compressed(plain_rtf(words.decode())), rng),
        code_page=rng.choice((1252, 1250, 65001, 0, 99999)),
        letters=rng.choice(("", "cp1252", "utf-8")),
        files=[OutlookFile(_text(b"n.eml", rng), mangle(words, rng))] * rng.randint(0, 3),
        message_class=rng.choice(("IPM.Note", "IPM.Note.SMIME.MultipartSigned", "x")),
    )
    return outlook_file(kept)


_BODIES = (b"Child: Ann SMITH\nDOB: 01/02/2015\nIncident: 8/11/2026 21:30\n", b"x\ty\nz\t" * 30)
_HEADINGS = b"From: a@example.org\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 07:15:00 +0000\r\n\r\n"


def _text(raw: bytes, rng: random.Random) -> str:
    return mangle(raw, rng)[:20_000].decode("latin-1") if rng.random() < 0.5 else raw.decode()


# -- trying ---------------------------------------------------------------------------------------------


class Lines:
    """Which lines of the readers an attempt reached."""

    def __init__(self) -> None:
        self.known: set[tuple[str, int]] = set()
        self.new = 0

    def watch(self, frame: FrameType, _event: str, _what: Any) -> Any:
        """For ``sys.settrace``: into the readers only."""
        return self._line if READERS in frame.f_code.co_filename else None

    def _line(self, frame: FrameType, _event: str, _what: Any) -> Any:
        place = frame.f_code.co_filename, frame.f_lineno
        if place not in self.known:
            self.known.add(place)
            self.new += 1
        return self._line


@dataclass
class Tally:
    """What came of the runs."""

    runs: int = 0
    refused: int = 0
    grew: int = 0
    falls: int = 0
    slowest: float = 0.0
    escaped: str = ""
    culprit: bytes = b""

    def line(self, form: str) -> str:
        """For people."""
        return (
            f"{form}: runs {self.runs}, refused {self.refused}, new ground {self.grew}, falls {self.falls}, "
            f"slowest {self.slowest:.2f} s" + (f", ESCAPED {self.escaped}" if self.escaped else "")
        )

    @property
    def good(self) -> bool:
        """Nothing escaped and nothing was slow."""
        return not self.escaped and self.slowest <= LIMIT_SECONDS


def attempt(data: bytes) -> tuple[float, bool]:
    """Processor seconds taken, and whether it refused; a draft must fit through the pipe and its spans its texts."""
    start = time.process_time()
    try:
        draft = read_mail(data)
    except Refused as refused:
        str(refused)
        return time.process_time() - start, True
    took = time.process_time() - start
    pack_reply(Reply(mail=draft))
    for notice in draft.notices:
        for spans in (notice.spans, *(child.spans for child in notice.children)):
            for span in spans.values():
                assert 0 <= span.start <= span.end <= len(draft.texts[span.part]), "a span outside"
    return took, False


def batch(form: str, runs: int, seed: int) -> Tally:
    """Runs in this process; every fifth is watched line by line."""
    rng = random.Random(seed)  # noqa: S311  # a seed that repeats is the point
    change = {"docx": mangle_inside, "msg": mangle_message}.get(form, mangle)
    corpus, lines, tally = seeds(form), Lines(), Tally()
    whole = len(corpus)
    for run in range(runs):
        data = change(rng.choice(corpus), rng)
        watched = run % 5 == 0
        try:
            if watched:
                lines.new = 0
                sys.settrace(lines.watch)
            try:
                took, refused = attempt(data)
            finally:
                if watched:
                    sys.settrace(None)
        except Exception as escaped:  # noqa: BLE001  # an escape is what we look for
            tally.escaped, tally.culprit = f"{type(escaped).__name__}: {escaped}"[:200], data
            return tally
        if watched and took > LIMIT_SECONDS:
            took, refused = attempt(data)  # watching costs ten times the time
        tally.runs += 1
        tally.refused += refused
        if watched and lines.new and run > 20:
            tally.grew += 1
            corpus[whole:] = [*corpus[whole:], data][-60:]
        if took > tally.slowest:
            tally.slowest = took
            tally.culprit = data if took > LIMIT_SECONDS else tally.culprit
    return tally


def in_a_process(work: Callable[[], Tally]) -> Tally | None:
    """The same in a process of its own; None where that fell."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        done = msgspec.msgpack.encode(work())
        with os.fdopen(write, "wb") as out:
            out.write(done)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as back:
        told = back.read()
    os.waitpid(pid, 0)
    return msgspec.msgpack.decode(told, type=Tally) if told else None


def fuzz(form: str, runs: int, seed: int) -> Tally:
    """All runs of a form, batch by batch."""
    total = Tally()
    for number in range(-(-runs // BATCH)):
        size = min(BATCH, runs - number * BATCH)
        part = in_a_process(
            lambda size=size, number=number: batch(form, size, seed * 7919 + number)
        )  # type: ignore[misc]
        if part is None:
            total.falls += 1
            continue
        total.runs += part.runs
        total.refused += part.refused
        total.grew += part.grew
        total.slowest = max(total.slowest, part.slowest)
        if not part.good:
            total.escaped, total.culprit = part.escaped, part.culprit
            return total
    return total


def main() -> int:
    """Runs the fuzz; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=FORMS, action="append")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the bytes that failed here")
    args = parser.parse_args()
    good = True
    for form in args.form or FORMS:
        tally = fuzz(form, args.runs, args.seed)
        print(tally.line(form), flush=True)
        if args.keep and not tally.good:
            args.keep.write_bytes(tally.culprit)
        good = good and tally.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
