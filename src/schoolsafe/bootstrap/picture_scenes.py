"""What is played in the demo school before each picture: a person's keys and words, nothing a person could not do."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from schoolsafe.bootstrap import picture_agencies
from schoolsafe.bootstrap.window import Inside
from schoolsafe.cli import demo_school
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.domain.notification import Channel
from schoolsafe.reports.files import DiskFiles
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.album import Album
from schoolsafe.ui.app import Program
from schoolsafe.ui.camera import Camera
from schoolsafe.ui.screens.pupil_file.filtering import can_correct
from schoolsafe.ui.screens.settings.shown import Part
from schoolsafe.ui.shell import MainWindow

LIST: Final = "pupils-in-november.csv"
_TOLD: Final = (
    "Officers said Dad was shouting outside at about ten. She was upstairs with the door shut."
)
_WROTE: Final = "Came in without a coat and sat by the heater. Asked twice what time it was."
_SAID: Final = "Is it still Mum today?"


@dataclass(frozen=True, slots=True)
class Player:
    """A person at the window."""

    window: MainWindow
    camera: Camera
    services: Services
    files: Path
    """Where files lie that she brings in."""

    def open(self, screen: str, **args: object) -> None:
        """A screen, at rest."""
        self.window.open(screen, **args)
        self.camera.settle()

    def press(self, *keys: str) -> None:
        """Keys, at whatever has the focus."""
        self.camera.press(*keys)

    def write(self, name: str, words: str) -> None:
        """Words into a field that is on the screen."""
        self.camera.write(self.window, name, words)

    def run(self, command: str) -> None:
        """A command of the screen in front, at rest."""
        self.window.run(command)
        self.camera.settle()

    def maya(self) -> str:
        """The child with the pattern and the court order."""
        return self.services.children.list("Maya Thornton")[0].id

    def row_about(self, said: str) -> str:
        """The row of Today with this in its id or its title."""
        groups = self.services.days.view().groups
        return next(
            row.id
            for group in groups
            for row in group.rows
            if said in {row.title, row.id} or said in row.id
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture's name, and what leads to it."""

    name: str
    play: Callable[[Player], None]
    school: str = "small"


def _screen(name: str, **args: object) -> Callable[[Player], None]:
    return lambda player: player.open(name, **args)


def _of_maya(name: str) -> Callable[[Player], None]:
    return lambda player: player.open(name, child=player.maya())


def _keys(*keys: str) -> Callable[[Player], None]:
    """Keys on Today."""

    def play(player: Player) -> None:
        player.open("today")
        player.press(*keys)

    return play


def _palette(player: Player) -> None:
    player.open("today")
    player.press("Ctrl+K")
    player.camera.type("ma")


def _call_error(player: Player) -> None:
    player.open("call")
    player.write("call-said", _TOLD)
    player.press("Ctrl+Return")


def _entry(player: Player) -> None:
    player.open("entry", child=player.maya())
    player.write("entry-text", _WROTE)
    player.write("entry-child-words", _SAID)


def _import(player: Player) -> None:
    file = player.files / LIST
    DiskFiles().write_new(file, changed_list(demo_school.load().pupils))
    player.open("pupil_import", file=file)


def _matched(player: Player) -> None:
    player.open("today", row=player.row_about("Maya Thornton"))
    player.press("Return", "Alt+1")


def _teach(player: Player) -> None:
    """A mail of the weekend becomes an example."""
    work = player.services.notifications
    every = (row.id for row in work.list())
    mail = next(one for one in every if work.show(one).channel is Channel.POLICE_EMAIL)
    player.open("template", notification=mail)


def _corrected(player: Player) -> None:
    child = player.maya()
    view = player.services.chronologies.show(child)
    wrote = next(entry for entry in view.entries if can_correct(entry))
    player.services.chronologies.fix(
        wrote.id,
        new_text=f"{wrote.summary} Mrs Bello was there too.",
        reason="Left out who was there",
    )
    player.open("pupil_file", child=child)


def _locked(player: Player) -> None:
    got = player.services.notifications.receive_file("locked.eml", locked_mail())
    player.open("today", row=player.row_about(got.notifications[0]))


def _covered(player: Player) -> None:
    player.open("today")
    player.window.cover()


SCENES: Final = (
    Scene("today", _screen("today")),
    Scene("palette", _palette),
    Scene("keys", _keys("Ctrl+/")),
    Scene("help-beside", _keys("F1")),
    Scene("help", _screen("help")),
    Scene("call", _screen("call")),
    Scene("told-slip", _of_maya("told_slip")),
    Scene("entry", _of_maya("entry")),
    Scene("pupils", _screen("pupils")),
    Scene("pupil-import", _import),
    Scene("pupil-file", _of_maya("pupil_file")),
    Scene("record-kinds", _of_maya("record_kinds")),
    Scene("record-form", _of_maya(f"record_{FORMS[0].name}")),
    Scene("action", _of_maya("record_action")),
    Scene("expected", _of_maya("expected")),
    Scene("teach", _teach),
    Scene("templates", _screen("templates")),
    Scene("registers", _screen("registers")),
    Scene("reports", _screen("reports")),
    Scene("rota", _screen("cover")),
    Scene("protocol-cards", _screen("protocol_cards")),
    *(Scene(f"settings-{part.value}", _screen("settings", part=part.value)) for part in Part),
    Scene("today-matched", _matched),
    Scene("pupil-file-corrected", _corrected),
    Scene("locked-mail", _locked),
    Scene("call-error", _call_error),
    Scene("entry-written", _entry),
    Scene("covered", _covered),
    *(Scene(name, play) for name, play in picture_agencies.PLAYS),
    Scene("batch", _screen("batch"), school="large"),
)
"""In this order: what writes into the record comes last."""


def names(school: str) -> tuple[str, ...]:
    """The scenes in one of the two demo schools."""
    return tuple(scene.name for scene in SCENES if scene.school == school)


def play(program: Program, album: Album, *, camera: Camera, school: str, files: Path) -> None:
    """Every wanted scene of one demo school, at the text size in use."""
    window, inside = program.window, program.opened
    if window is None or not isinstance(inside, Inside):
        return
    player = Player(window, camera, inside.opened.services, files)
    window.resize(album.sizes[0].width, album.sizes[0].height)
    camera.settle()
    for scene in SCENES:
        if scene.school == school and album.wants(scene.name):
            scene.play(player)
            album.shoot(scene.name, window, camera=camera, dresser=program.dresser)
            if window.is_covered():
                window.uncover()


def changed_list(pupils: bytes) -> bytes:
    """The demo school's own list a term later: two children came, two left, one changed class, a date slipped."""
    head, *rows = pupils.decode().splitlines()
    moved = rows[5].replace(",Otter,", ",Robin,").replace(",R,", ",R,")
    came = (
        "1401,,Abernethy,Skye,,12/12/2019,F,2,Robin,Single Registration,ZZ9 2AB",
        "1402,,Okoro,Chidi,,03/02/2018,M,4,Kingfisher,Single Registration,ZZ9 3CD",
        "1403,,Vance,Rowan,,31/02/2018,F,4,Kingfisher,Single Registration,ZZ9 3CE",
    )
    return "\r\n".join((head, *rows[:5], moved, *rows[8:], *came, "")).encode()


def locked_mail() -> bytes:
    """A protected message as it comes out of a mail program: its words are in a part that stays locked."""
    mail = EmailMessage()
    mail["From"] = "Northmere Police Encompass <encompass@northmere.police.example>"
    mail["To"] = "safeguarding@ashgrove.example.org"
    mail["Subject"] = "Operation Encompass [PROTECTED]"
    mail["Date"] = "Mon, 09 Nov 2026 07:33:00 +0000"
    mail["Message-ID"] = "<locked@northmere.police.example>"
    mail.set_content("Northmere Police has sent you a protected message. Open it in Outlook.")
    mail.add_attachment(
        bytes(range(256)),
        maintype="application",
        subtype="x-microsoft-rpmsg-message",
        filename="message.rpmsg",
    )
    return mail.as_bytes()
