"""What is played before Today: set-up page by page, the unlock screen, coming back with the recovery sheet.

Over the real keys, in a folder of its own, with nobody at a printer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from typing_extensions import override

from schoolsafe.bootstrap.demo_record import story_time
from schoolsafe.bootstrap.first_run import FirstRun, Recovery
from schoolsafe.bootstrap.picture_scenes import LIST, changed_list
from schoolsafe.bootstrap.window import WindowEntrance
from schoolsafe.cli import demo_school
from schoolsafe.keys import paper
from schoolsafe.reports.files import DiskFiles
from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.ui.album import Album, Shown, dresser
from schoolsafe.ui.camera import Camera, WriteFile
from schoolsafe.ui.collector import MainThreadCollector
from schoolsafe.ui.dialogs import SystemDialogs
from schoolsafe.ui.screens.first_run.view import FirstRunWindow
from schoolsafe.ui.screens.recover.view import RecoverWindow
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.seams import Bus, SeatCard
from schoolsafe.ui.tasks import Tasks

PHRASE: Final = "copper lantern otter seven ridge"
NEXT_PHRASE: Final = "harbour violet ladder twelve moss"
TERMS: Final = (
    (date(2026, 9, 1), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 7, 21)),
)
OTHERS: Final = "26 10 2026 to 30 10 2026 half-term\n1 9 2026 inset"
STEPS: Final = ("what", "school", "you", "passphrase", "sheet", "drill", "days", "pupils", "list")
NAMES: Final = (
    "unlock-nobody",
    *(f"first-run-{step}" for step in STEPS),
    "first-run-error",
    "unlock",
    "unlock-wrong",
    "unlock-several",
    "recover",
    "recover-passphrase",
    "recover-sheet",
)


class Drawer:
    """Takes every page that would be printed."""

    def hand_over(self, title: str, pdf: bytes, *, seen: bool = False) -> bool:
        """As if it was printed."""
        del title, seen
        return bool(pdf)


class PretendSetUp(FirstRun):
    """A set-up whose secret never goes into the keyring of whoever takes pictures."""

    founded: Founded | None = None
    asked: tuple[int, ...] = ()

    @override
    def keyring_problem(self) -> str:
        return ""

    @override
    def set_up(self, form: SetUp, passphrase: str) -> Founded:
        self.founded = super().set_up(replace(form, device_secret="file"), passphrase)  # noqa: S106  # a place
        return self.founded

    @override
    def drill_groups(self) -> tuple[int, ...]:
        self.asked = super().drill_groups()
        return self.asked

    def key(self) -> str:
        """Of the sheet in the drawer."""
        return self.founded.recovery_key if self.founded is not None else ""

    def groups(self) -> tuple[str, ...]:
        """What the drill asks to be typed back."""
        every = paper.groups(self.key())
        return tuple(every[n - 1] for n in self.asked)


class SharedComputer(WindowEntrance):
    """As the unlock screen of an office where three people log in."""

    @override
    def seats(self) -> tuple[SeatCard, ...]:
        one = super().seats()[0]
        others = (("2", "Kwame Boateng", "deputy lead"), ("3", "Dr Helen Marsh", "headteacher"))
        return (one, *(replace(one, id=seat, name=name, role=role) for seat, name, role in others))


def play(home: Path, album: Album, *, percent: int, write: WriteFile, pictures: Path) -> None:
    """Every wanted picture before Today, at one text size."""
    look = dresser()
    look.change(percent=percent)
    collector = MainThreadCollector()
    tasks = Tasks(Bus(), lambda _error: None)
    camera = Camera(pictures, tasks=tasks, write=write)
    doors = _Doors(home, album=album, tasks=tasks, camera=camera)
    left = {name for name in NAMES if album.wants(name)}
    for name, window in doors.every():
        if name in left:
            album.shoot(name, window, camera=camera, dresser=look)
        left.discard(name)
        if not left:
            break
    tasks.close()
    collector.stop()


class _Doors:
    """One after the other; each door needs what the one before it made."""

    def __init__(self, home: Path, *, album: Album, tasks: Tasks, camera: Camera) -> None:
        self._home, self._album, self._tasks, self._camera = home, album, tasks, camera
        self._entrance = WindowEntrance(home, now=story_time())
        self._seam = PretendSetUp(home, self._entrance.unlock, test=True)

    def every(self) -> Iterator[tuple[str, Shown]]:
        yield "unlock-nobody", self._up(UnlockWindow(self._entrance, self._tasks))
        yield from self._set_up()
        unlock = UnlockWindow(self._entrance, self._tasks)
        yield "unlock", self._up(unlock)
        unlock.passphrase.edit.setText("not the passphrase")
        unlock.unlock_button.click()
        self._camera.settle()
        yield "unlock-wrong", unlock
        shared = SharedComputer(self._home, now=story_time())
        yield "unlock-several", self._up(UnlockWindow(shared, self._tasks))
        yield from self._recover()

    def _set_up(self) -> Iterator[tuple[str, Shown]]:
        start = FirstRunWindow(self._seam, self._tasks, dialogs=SystemDialogs(), paper=Drawer())
        yield "first-run-what", self._up(start)
        start.what.choices.choose(1)
        self._on(start)
        yield "first-run-school", start
        self._on(start)
        yield "first-run-error", start
        start.school.name.setText("Ashgrove Primary School")
        start.school.urn.setText("999101")
        self._on(start)
        start.you.name.setText("Priya Nair")
        start.you.role.set_current("dsl")
        yield "first-run-you", start
        self._on(start)
        phrase = start.phrase.passphrase
        phrase.field.edit.setText(PHRASE)
        phrase.again_field.edit.setText(PHRASE)
        self._camera.settle()
        yield "first-run-passphrase", start
        self._on(start)
        yield "first-run-sheet", start
        start.presenter.hand_over_sheet()
        self._camera.settle()
        yield "first-run-drill", start
        self._type(start.sheet.drill.group_fields, self._seam.groups())
        self._on(start)
        for (first, last), given in zip(start.days.boxes, TERMS, strict=True):
            first.set_date(given[0])
            last.set_date(given[1])
        start.days.others.setPlainText(OTHERS)
        yield "first-run-days", start
        self._on(start)
        yield "first-run-pupils", start
        file = self._home.with_name(LIST)
        DiskFiles().write_new(file, changed_list(demo_school.load().pupils))
        start.presenter.take_list(file)
        self._camera.settle()
        yield "first-run-list", start
        start.close()

    def _recover(self) -> Iterator[tuple[str, Shown]]:
        back = RecoverWindow(
            self._entrance.seats()[0],
            seam=Recovery(self._home, self._entrance.unlock, test=True),
            tasks=self._tasks,
            paper=Drawer(),
        )
        yield "recover", self._up(back)
        back.key.key.setText(paper.grouped(self._seam.key()))
        self._on(back)
        phrase = back.phrase.passphrase
        phrase.field.edit.setText(NEXT_PHRASE)
        phrase.again_field.edit.setText(NEXT_PHRASE)
        yield "recover-passphrase", back
        self._on(back)
        yield "recover-sheet", back
        back.close()

    def _up(self, window: Shown) -> Shown:
        """On the screen, at rest."""
        size = self._album.sizes[0]
        window.resize(size.width, size.height)
        window.show()
        self._camera.settle()
        return window

    def _on(self, window: "FirstRunWindow | RecoverWindow") -> None:
        window.go_on()
        self._camera.settle()

    @staticmethod
    def _type(fields: Sequence[object], words: Sequence[str]) -> None:
        for field, said in zip(fields, words, strict=True):
            field.setText(said)  # type: ignore[attr-defined]
