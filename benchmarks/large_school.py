"""Ten years of a large school: 1,500 pupils, 20,000 entries. Today from unlock, and a chronology of 1,000 entries.

Prints seconds, and each as a ratio to opening the bare encrypted file in the same run. The school is made once under
build/scratch and kept for the next run.
"""

import json
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median

from schoolsafe.bootstrap.clock import RandomIds
from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.services.entrance import SetUp
from schoolsafe.services.unlocked import Services

HOME = Path("build/scratch/large-school")
PASSPHRASE = "pretend lamp river nine kettle"  # noqa: S105  # opens pretend data
PUPILS, ENTRIES, NOTICES, OF_ONE = 1_500, 20_000, 3_000, 1_000
END = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
ROUNDS = 7


class PastClock:
    """Ten years pass while the school is made."""

    def __init__(self) -> None:
        self.at = END - timedelta(days=3650)

    def now(self) -> datetime:
        return self.at


def fill(services: Services, clock: PastClock) -> str:
    desk, ids = services.desk, RandomIds()
    children = [ids.new("child") for _ in range(PUPILS)]
    desk.journal.append(
        [
            NewEntry("school", "child.import", (Add(child, {
                "surname": f"Example{n:04}", "forename": f"Robin{n % 97}", "status": "on_roll",
                "dob": f"20{9 + n % 9:02}-0{1 + n % 9}-1{n % 9}", "class": f"Class {n % 50}", "year": str(n % 13),
            }),), subject=child)
            for n, child in enumerate(children)
        ]
    )  # fmt: skip
    words = (
        "settled",
        "worried",
        "uniform",
        "breakfast",
        "grandmother",
        "attendance",
        "quiet",
        "friendship",
    )
    step = timedelta(days=3640) / ENTRIES
    batch: list[NewEntry] = []
    for n in range(ENTRIES):
        clock.at += step
        child = children[0] if n % (ENTRIES // OF_ONE) == 0 else children[n % PUPILS]
        if n % (ENTRIES // NOTICES) == 1:
            batch += notice(ids, child, clock.at, n)
        else:
            text = " ".join(words[(n + k * 7) % len(words)] for k in range(60))
            batch.append(NewEntry("team", "entry.write", (Add(ids.new("entry"), {
                "child": child, "kind": "concern", "happened": clock.at.isoformat(), "happened_precision": "exact",
                "significance": "routine", "text": text,
            }),), subject=child))  # fmt: skip
        if len(batch) >= 500:
            desk.journal.append(batch)
            batch = []
    if batch:
        desk.journal.append(batch)
    clock.at = END - timedelta(hours=1)
    for n in range(12):
        desk.journal.append(notice(ids, children[n * 5], clock.at, n, closed=False))
    return children[0]


def notice(
    ids: RandomIds, child: str, at: datetime, n: int, *, closed: bool = True
) -> list[NewEntry]:
    notification = ids.new("notification")
    received = {"kind": "domestic_abuse", "channel": "police_email", "outcome": "received",
                "received_at": at.isoformat(), "opened_at": at.isoformat(),
                "incident": {"date": at.date().isoformat(), "time": "02:10:00", "precision": "exact"},
                "circumstances": "Two adults arguing at home. " * 5, "police_reference": f"NM-{n:06}"}  # fmt: skip
    name = f"Example{n:04}"
    line = {
        "notification": notification,
        "number": 1,
        "name_as_sent": f"Robin {name}",
        "surname": name,
    }
    if closed:
        line |= {"child": child, "choice": "quiet", "reason": "settled", "match_why": "picked",
                 "closed": {"outcome": "no_further_action", "reason": "done", "at": at.isoformat()}}  # fmt: skip
    return [
        NewEntry("team", "notification.receive", (Add(notification, received),)),
        NewEntry(
            "team",
            "notification.name_child",
            (Add(ids.new("line"), line),),
            subject=child if closed else None,
        ),
    ]


def made() -> str:
    note = HOME.with_suffix(".json")
    if note.exists() and HOME.exists():
        return str(json.loads(note.read_text())["child"])
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.rmtree(HOME.with_name(HOME.name + ".secret"), ignore_errors=True)
    HOME.parent.mkdir(parents=True, exist_ok=True)
    HOME.parent.chmod(0o700)
    clock = PastClock()
    entrance = HomeEntrance(HOME.absolute(), clock=clock)
    entrance.set_up(
        SetUp("Large Pretend School", "999198", "Robin Example", "dsl", "file", test=True),
        PASSPHRASE,
    )
    with entrance.open(PASSPHRASE) as opened:
        began = time.perf_counter()
        child = fill(opened.services, clock)
        opened.services.calendars.set(
            start=clock_time(8, 45), end=clock_time(15, 15),
            terms=(Term("Autumn", END.date() - timedelta(days=60), END.date() + timedelta(days=30)),),
            closed=(ClosedDay(END.date() + timedelta(days=20), "INSET"),),
        )  # fmt: skip
        print(f"made in {time.perf_counter() - began:.1f} s")
    note.write_text(json.dumps({"child": child}))
    return child


def main() -> int:
    child = made()
    entrance = HomeEntrance(HOME.absolute())
    bare, opens, todays, chronologies = [], [], [], []
    for _ in range(ROUNDS):
        opened, close = entrance.unlock(PASSPHRASE, now=END)
        services = opened.services
        times = [time.perf_counter()]
        services.days.view()
        times.append(time.perf_counter())
        view = services.chronologies.show(child)
        times.append(time.perf_counter())
        todays.append(times[1] - times[0])
        chronologies.append(times[2] - times[1])
        close()
        opens.append(after_keys())
        bare.append(opens[-1])
    print(f"entries in the chronology         {len(view.entries)}")
    print(f"vault open after key derivation   {median(opens):.4f} s")
    print(f"Today, first view                 {median(todays):.4f} s")
    print(
        f"Today from unlock, after the key  {median(opens) + median(todays):.4f} s   target <= 0.1"
    )
    print(f"chronology                        {median(chronologies):.4f} s   target <= 0.1")
    print(
        f"ratio Today from unlock to open   {(median(opens) + median(todays)) / median(bare):.1f}"
    )
    return 0


def after_keys() -> float:
    """Everything after Argon2id: vault, circles, services."""
    from schoolsafe.bootstrap import entrance as wiring
    from schoolsafe.keys import unlock as keys

    real = keys.unlock
    spent = [0.0]

    def timed(*args: object, **kwargs: object) -> object:
        began = time.perf_counter()
        try:
            return real(*args, **kwargs)  # type: ignore[arg-type]
        finally:
            spent[0] = time.perf_counter() - began

    keys.unlock = timed  # type: ignore[assignment]
    began = time.perf_counter()
    try:
        _opened, close = wiring.HomeEntrance(HOME.absolute()).unlock(PASSPHRASE, now=END)
        whole = time.perf_counter() - began
        close()
    finally:
        keys.unlock = real
    return whole - spent[0]


if __name__ == "__main__":
    sys.exit(main())
