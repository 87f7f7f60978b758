"""The screens of an open vault, each with what it needs, and the facts of the frame round them."""

from functools import partial
from pathlib import Path

from schoolsafe.bootstrap.paper import paper_desk
from schoolsafe.bootstrap.security import SeatSecurity
from schoolsafe.domain import say
from schoolsafe.domain.file_form import FileForm
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.reports.files import DiskFiles
from schoolsafe.services import attachment
from schoolsafe.services.entrance import Opened
from schoolsafe.services.establishment import FILE_BYTES
from schoolsafe.services.search import Found
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.app import Fittings
from schoolsafe.ui.checker import Proof, wrong_words
from schoolsafe.ui.day import Outside, day_screens
from schoolsafe.ui.house import House, PaletteFactory
from schoolsafe.ui.mail_round import MailWork
from schoolsafe.ui.pupil_list import FILE_LIMIT_BYTES
from schoolsafe.ui.relay_round import RelayWork
from schoolsafe.ui.screen import Frame, ScreenFactory
from schoolsafe.ui.screens.action.view import ActionScreen
from schoolsafe.ui.screens.agencies.view import AgenciesScreen
from schoolsafe.ui.screens.conflict.view import ConflictScreen
from schoolsafe.ui.screens.cover.view import CoverScreen, CoverTools
from schoolsafe.ui.screens.expected.view import ExpectedScreen
from schoolsafe.ui.screens.file_record.kinds import KindsScreen
from schoolsafe.ui.screens.file_record.view import FileRecordScreen
from schoolsafe.ui.screens.help.panel import HelpPanel
from schoolsafe.ui.screens.help.view import HelpScreen
from schoolsafe.ui.screens.palette.view import Palette
from schoolsafe.ui.screens.protocol_cards.view import CardsScreen
from schoolsafe.ui.screens.pupil_file.view import FileTools, PupilFileScreen
from schoolsafe.ui.screens.pupil_import.view import PupilImportScreen
from schoolsafe.ui.screens.pupils.view import PupilsScreen
from schoolsafe.ui.screens.registers.view import RegistersScreen
from schoolsafe.ui.screens.reports.view import ReportsScreen, ReportTools
from schoolsafe.ui.screens.settings.view import SettingsScreen, SettingsTools
from schoolsafe.ui.screens.template.shelf_view import TemplatesScreen
from schoolsafe.ui.screens.template.view import TeachScreen
from schoolsafe.ui.seams import FrameFacts, PupilHit, WordsHit
from schoolsafe.words import _, ngettext

MAIL_BYTES = 25 * 1024 * 1024
_NOTHING_TYPED = 8


class Pupils:
    """Finds pupils for the palette."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def find(self, text: str) -> tuple[PupilHit, ...]:
        """At most eight by name; those opened last for an empty text."""
        search = self._services.search
        found = search.pupils(text)[:_NOTHING_TYPED] if text.strip() else search.recent()
        return tuple(PupilHit(row.id, row.name, phrases.class_words(row)) for row in found)


def house(opened: Opened, fittings: Fittings, *, home: Path) -> House:
    """One open vault, as far as the window knows it."""
    services = opened.services
    return House(
        screens=_screens(opened, fittings, home=home),
        tasks=fittings.tasks,
        bus=fittings.bus,
        dialogs=fittings.dialogs,
        facts=lambda: frame_facts(services),
        lock=fittings.lock,
        palette=_palette(services, fittings),
        help=lambda host, here, whole: HelpPanel(host, here=here, whole=whole),
        look=lambda look: fittings.dresser.change(look=look),
        mail=MailWork(services.mail_sources, fittings.errands),
        relay=RelayWork(services.police_notices, services.relay, fittings.post),
        proof=Proof(services.records, spare=fittings.tasks.spare, wanted=fittings.tasks.wanted),
    )


def _screens(opened: Opened, fittings: Fittings, *, home: Path) -> dict[str, ScreenFactory]:
    services, files = opened.services, DiskFiles()
    paper = paper_desk(fittings.dialogs)
    outside = Outside(
        read_file=lambda path: files.read(path, limit_bytes=MAIL_BYTES),
        paper=paper,
        inside=files.inside,
    )
    pupil_tools = FileTools(
        paper,
        files.write_new,
        fittings.policy,
        read=lambda path: files.read(path, limit_bytes=attachment.FILE_BYTES),
    )
    settings_tools = SettingsTools(
        fittings.dresser, SeatSecurity(home, opened.label), paper, fittings.policy, files
    )
    return {
        **day_screens(services, outside),
        "pupils": lambda frame: PupilsScreen(frame, services),
        "pupil_import": lambda frame: PupilImportScreen(
            frame, services, read_file=lambda path: files.read(path, limit_bytes=FILE_LIMIT_BYTES)
        ),
        "registers": lambda frame: RegistersScreen(
            frame, services, read_file=lambda path: files.read(path, limit_bytes=FILE_BYTES)
        ),
        "pupil_file": lambda frame: PupilFileScreen(frame, services, pupil_tools),
        "record_kinds": KindsScreen,
        "agencies": lambda frame: AgenciesScreen(frame, services, write=files.write_new),
        **{f"record_{form.name}": partial(_record_screen, services, form) for form in FORMS},
        "record_conflict": lambda frame: ConflictScreen(frame, services),
        "record_action": lambda frame: ActionScreen(frame, services),
        "template": lambda frame: TeachScreen(frame, services, read_file=outside.read_file),
        "templates": lambda frame: TemplatesScreen(
            frame, services, read_file=outside.read_file, write_file=files.write_new
        ),
        "reports": lambda frame: ReportsScreen(
            frame, services, ReportTools(paper, files.write_new, fittings.policy)
        ),
        "cover": lambda frame: CoverScreen(frame, services, CoverTools(paper, fittings.policy)),
        "protocol_cards": lambda frame: CardsScreen(frame, services),
        "expected": lambda frame: ExpectedScreen(frame, services),
        "help": HelpScreen,
        "settings": lambda frame: SettingsScreen(
            frame, services, settings_tools, wanted=fittings.tasks.wanted
        ),
    }


def _record_screen(services: Services, form: FileForm, frame: Frame) -> FileRecordScreen:
    return FileRecordScreen(frame, services, form)


def _palette(services: Services, fittings: Fittings) -> PaletteFactory:
    source = Pupils(services)
    return lambda host, commands, navigator: Palette(
        host,
        source=source,
        commands=commands,
        tasks=fittings.tasks,
        open_pupil=lambda child: navigator.open("pupil_file", child=child),
        words=lambda typed: tuple(map(words_hit, services.search.as_typed(typed))),
        open_hit=lambda hit: navigator.open(hit.screen, **dict(hit.args)),
    )


def words_hit(found: Found) -> WordsHit:
    """A place in the record as the palette shows it: its row opens, not only the file it stands in."""
    child = ("child", found.child.id if found.child else "")
    screen = "pupil_file"
    args: tuple[tuple[str, str], ...] = (child, ("entry", found.entity))
    if found.notification:
        screen, args = "today", (("notification", found.notification),)
    elif found.form:
        screen, args = f"record_{found.form}", (child, ("record", found.entity))
    day = say.date_words(found.day) if found.day else ""
    about = _("{kind}, {day}: {words}").format(
        kind=found.kind, day=day, words=say.plain_text(found.snippet)
    )
    return WordsHit(screen, args, found.child.name if found.child else found.kind, about)


def frame_facts(services: Services) -> FrameFacts:
    """What the frame shows: the school, the person, things to do, the honest state of what was saved."""
    view = services.days.view()
    to_do = len(view.day.morning)
    here = services.records.totals().here
    facts, mail = services.schools.facts(), services.mail_sources.standing()
    problem = services.records.problem
    saved = ngettext(
        "Offline. {n} change safe on this computer",
        "Offline. {n} changes safe on this computer",
        here,
    ).format(n=here)
    return FrameFacts(
        school=facts.name,
        who=services.schools.signature(services.actor),
        demo=facts.demo,
        counts=(("today", to_do),),
        countdown=view.countdown,
        countdown_spoken=view.countdown,
        sync=(
            mail.trouble or saved,
            mail.trouble_short or _("Offline, {n} saved").format(n=here),
            _("Offline"),
        )
        if problem is None
        else (_("Nothing can be saved now"), _("Nothing can be saved"), _("Read only")),
        problem=(problem, _what_to_do(services)) if problem is not None else ("", ""),
        warning=services.records.warning or "",
    )


def _what_to_do(services: Services) -> str:
    """Where the last whole check found something wrong: where, and whom to call."""
    last = services.records.last_check()
    return "" if last is None or last.ok else wrong_words(last.wrong)
