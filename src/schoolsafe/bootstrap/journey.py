"""The demo school's morning, lived offscreen by keyboard: each step is printed, pictures and pages are left behind.

It drives the real window over the real vault, so that a machine without a screen shows what a person would see.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from schoolsafe.bootstrap.demo_record import PASSPHRASE
from schoolsafe.bootstrap.demo_window import open_demo
from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.bootstrap.window import Inside
from schoolsafe.reports.files import DiskFiles
from schoolsafe.reports.picture import pictures
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.app import Program
from schoolsafe.ui.camera import Camera

DPI = 110
Say = Callable[[str], None]


def live(home: Path, out: Path, *, say: Say) -> int:
    """From Today to the recovery sheet; gives the exit code."""
    files = DiskFiles()
    program = open_demo()(home)
    inside = program.opened
    window = program.window
    if window is None or not isinstance(inside, Inside):
        return 1
    services = inside.opened.services
    camera = Camera(out, tasks=program.tasks, write=files.write_new)
    window.resize(1440, 900)
    camera.settle()
    say("Monday 9 November 2026, 8:18am. " + services.days.view().since)
    say(f"  {camera.shoot(window, '1-today').name}: what must be done before registration")
    window.open("today", row=_row_of(services, "Maya Thornton"))
    camera.settle()
    _decide(program, camera, say)
    child = _maya(services)
    window.open("pupil_file", child=child)
    say(
        f"  {camera.shoot(window, '3-chronology').name}: the pattern, both dates, the old words struck through"
    )
    window.open("told_slip", child=child)
    say(
        f"  {camera.shoot(window, '4-told-slip').name}: what the teacher is told, never what happened"
    )
    _print(services, home, out, child, say)
    _prove(services, out, files, say)
    program.stop()
    return 0


def _decide(program: Program, camera: Camera, say: Say) -> None:
    """Enter confirms the match, Alt+1 chooses, Ctrl+Enter finishes and opens the next."""
    window = program.window
    if window is None:
        return
    camera.press("Return", "Alt+1")
    say(
        f"  {camera.shoot(window, '2-decided-notification').name}: matched by a person, decided by a person"
    )
    camera.press("Ctrl+Return")
    say("  Finished; the next one opened by itself.")


def _row_of(services: Services, name: str) -> str:
    """The row of Today about a child."""
    rows = (row for group in services.days.view().groups for row in group.rows)
    return next(row.id for row in rows if row.title == name)


def _maya(services: Services) -> str:
    return services.children.list("Maya Thornton")[0].id


def _print(services: Services, home: Path, out: Path, child: str, say: Say) -> None:
    files = DiskFiles()
    form = services.told_slips.prepare(child, level="A")
    form = replace(form, told_to=form.told_to or "Class teacher")
    services.told_slips.give(form)
    slip = services.told_slips.page(form)
    entrance = HomeEntrance(home)
    sheet = entrance.recovery_sheet(entrance.renew_recovery_key(PASSPHRASE))
    for name, pdf in (
        ("5-told-slip", slip),
        ("6-recovery-sheet", sheet),
        ("7-chronology", services.printing.chronology(child)),
    ):
        files.write_new(out / f"{name}.pdf", pdf)
        for number, page in enumerate(pictures(pdf, dpi=DPI), 1):
            files.write_new(out / f"{name}-page-{number}.png", page)
        say(f"  {name}.pdf and its pages as pictures")


def _prove(services: Services, out: Path, files: DiskFiles, say: Say) -> None:
    """Verify, rebuild and the export for the stand-alone verifier."""
    checked = services.records.verify(deep=True)
    rows, state = services.records.rebuild()
    files.write_new(out / "journal.jsonl", services.records.export())
    answer = "nothing has been changed or taken out" if checked.ok else "it does not verify"
    say(f"  {rows} rows verified: {answer}. State {state.hex()[:16]}")
    say("  journal.jsonl: check it with python resources/verifier/schoolsafe_verify.py")
    say(f"Opened with the passphrase “{PASSPHRASE}”. Everything is under {out.name}/.")
