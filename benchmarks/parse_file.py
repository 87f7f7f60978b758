"""Time per message to read it, and to read and file it, beside the standard library's bare parse, in one run.

Read: the readers alone, as the child runs them (`read_mail`). Child: the same through a fresh parser child, alone and
in a batch of 25. File: through `receive_files` into a vault with real keys: read in the child, sealed, signed, saved.
The peer parses the same bytes with `email.message_from_bytes(policy=default)` and takes its text out, no more. Takes
turns, shuffled; medians and ratios. Bar: 25 messages read and filed in 5 s.
"""

# order, not secrets
import argparse
import random
import shutil
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE / "tests")]

from house import make_school  # noqa: E402  # the tests' school: real circles, real SQLCipher
from renderings.outlook_file import outlook_file  # noqa: E402
from renderings.pdf_file import pdf_file  # noqa: E402
from renderings.samples import as_outlook, memo  # noqa: E402
from renderings.word_file import word_file  # noqa: E402
from schoolsafe.intake.mail import read_mail  # noqa: E402
from schoolsafe.intake.reader import ChildIntake  # noqa: E402

SAMPLES = sorted((HERE / "tests" / "data" / "notifications").glob("*.eml"))
FOLDER = Path("build/scratch/parse_file")
BATCH = 25
BAR_SECONDS = 5.0


def bare(data: bytes) -> str:
    """What the standard library gives: headings decoded, the text of the body."""
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return f"{message['subject']} {message['from']} {body.get_content() if body else ''}"


def timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def measure(rounds: int) -> dict[str, float]:
    """Medians in milliseconds per message; all candidates in shuffled turns."""
    mails = [path.read_bytes() for path in SAMPLES if not path.name.startswith("18")]
    forms = {
        "eml": mails,
        "msg": [outlook_file(as_outlook(each, "plain")) for each in mails],
        "docx": [word_file(memo(each)) for each in mails],
        "pdf": [pdf_file(memo(each)) for each in mails],
    }
    for files in forms.values():
        read_mail(files[0])
    work: list[tuple[str, Callable[[], object]]] = []
    for place, mail in enumerate(mails):
        work.append(("bare", lambda mail=mail: bare(mail)))  # type: ignore[misc]
        for form, files in forms.items():
            work.append((f"read {form}", lambda data=files[place]: read_mail(data)))  # type: ignore[misc]
    taken: dict[str, list[float]] = {}
    for _ in range(rounds):
        random.shuffle(work)
        for name, do in work:
            taken.setdefault(name, []).append(timed(do))
    child, batch = ChildIntake(), (mails * 2)[:BATCH]
    for _ in range(rounds):
        taken.setdefault("child, one", []).append(timed(lambda: child.read_mail(mails[1])))
        taken.setdefault("child, of 25", []).append(timed(lambda: child.read_mails(batch)) / BATCH)
    return {name: median(times) for name, times in taken.items()}


def file_batch() -> float:
    """Seconds to read and file 25 messages, each its own."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    school = make_school(FOLDER / "school", intake=ChildIntake())
    mails = [path.read_bytes() for path in SAMPLES]
    files = [(f"{n}.eml", data + b"\n" * n) for n, data in enumerate((mails * 2)[:BATCH], 1)]
    start = time.perf_counter()
    came = school.services.notifications.receive_files(files)
    took = time.perf_counter() - start
    assert len(came) == BATCH
    school.close()
    shutil.rmtree(FOLDER)
    return took


def main() -> int:
    """Prints the table; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--strict", action="store_true", help="a missed bar ends with 1")
    args = parser.parse_args()
    found = measure(args.rounds)
    for name, took in found.items():
        print(f"{name:14} {took:8.2f} ms   {took / found['bare']:6.1f} x the bare parse")
    took = median(file_batch() for _ in range(3))
    each = took / BATCH * 1000
    print(f"{'read and file':14} {each:8.2f} ms   {each / found['bare']:6.1f} x the bare parse")
    print(f"25 messages read and filed in {took:.2f} s (bar {BAR_SECONDS:.0f} s)")
    return 1 if args.strict and took > BAR_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
