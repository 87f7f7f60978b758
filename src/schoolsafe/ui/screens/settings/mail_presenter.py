"""Adds and forgets mail sources, and says how each is. Knows no Qt and no keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.domain.mail_source import IMAP_PORTS, Tls
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import mail_source_form as sources
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON
from schoolsafe.services.mail_fetching import ImapPlace
from schoolsafe.services.mail_source_state import LeftThere, SourceState
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import Navigator, TaskRunner
from schoolsafe.words import _, ngettext

LOOK: Final = "check-mail"
_FIELDS: Final[Mapping[type[SchoolSafeError], str]] = {
    sources.NameTheSource: "name",
    sources.NameTaken: "name",
    sources.NameTheServer: "server",
    sources.PlainOnlyHere: "server",
    sources.PortIsOff: "port",
    sources.NameTheUser: "user",
    sources.NameTheMailFolder: "folder",
    sources.EnterTheSecret: "secret",
    sources.NameTheFolder: "path",
}


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One source in words."""

    id: str
    name: str
    where: str
    last: str
    state: str
    ill: bool
    mailbox: bool
    facts: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailShown:
    """The whole part in words."""

    sources: tuple[SourceShown, ...] = ()
    forbidden: bool = False
    yours: bool = True
    today: date | None = None

    @property
    def about(self) -> str:
        """For the list of parts."""
        if self.forbidden:
            return _("Switched off by your IT")
        if not self.yours:
            return _("For the safeguarding leads")
        n = len(self.sources)
        return ngettext("{n} source", "{n} sources", n).format(n=n) if n else _("Off")

    @property
    def state(self) -> str:
        """What needs a person, for the list of parts."""
        ill = next((one for one in self.sources if one.ill), None)
        return ill.state if ill else ""


@dataclass(frozen=True, slots=True)
class MailForm:
    """What was typed to add one."""

    mailbox: bool
    name: str
    server: str = ""
    port: str = ""
    tls: str = "on"
    user: str = ""
    secret: str = ""
    oauth: bool = False
    folder: str = ""
    since: date | None = None
    path: str = ""


class MailView(Protocol):
    """What the presenter tells the view."""

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the part in front; none hides it."""
        ...

    def mail_saved(self) -> None:
        """What was typed is kept: the fields are empty again."""
        ...


def mail_shown(services: Services) -> MailShown:
    """How the sources are. Asked in the worker."""
    found = services.mail_sources
    now = services.desk.now()
    return MailShown(
        tuple(_shown(state, now) for state in found.list()),
        forbidden=found.forbidden,
        yours=found.yours(),
        today=now.date(),
    )


class MailPresenter:
    """One for the part."""

    def __init__(
        self, services: Services, *, tasks: TaskRunner, go: Navigator, view: MailView
    ) -> None:
        self._mail, self._tasks, self._go, self._view = services.mail_sources, tasks, go, view

    def add(self, form: MailForm) -> None:
        """One more; it is looked at right away."""
        if form.mailbox and not form.port.strip().isdigit():
            self._view.show_wrong([Problem(str(sources.PortIsOff()), "port")])
            return
        add = self._mailbox(form) if form.mailbox else self._folder(form)
        self._do(add, _("Added. It is looked at now."))

    def renew(self, source: str, secret: str) -> None:
        """Another password; it is tried right away."""
        renew = self._mail.renew_secret
        self._do(lambda: renew(source, secret), _("Kept. It is tried now."), field="new-secret")

    def remove(self, source: str) -> None:
        """Looks there no more."""
        self._do(
            lambda: self._mail.remove(source),
            _("Removed. What came from it stays."),
            look=False,
        )

    def look_now(self) -> None:
        """Every source."""
        self._go.run(LOOK)

    def _mailbox(self, form: MailForm) -> Callable[[], Changes]:
        place = ImapPlace(
            host=form.server,
            user=form.user,
            port=int(form.port),
            folder=form.folder,
            tls=Tls(form.tls),
            oauth=form.oauth,
            since=form.since,
        )
        return lambda: self._mail.add_mailbox(form.name, place, form.secret)

    def _folder(self, form: MailForm) -> Callable[[], Changes]:
        return lambda: self._mail.add_folder(form.name, form.path)

    def _do(
        self, change: Callable[[], Changes], words: str, *, field: str = "", look: bool = True
    ) -> None:
        def done(_changes: Changes) -> None:
            self._view.show_wrong(())
            self._view.mail_saved()
            self._go.say(words)
            if look:
                self._go.run(LOOK)

        def failed(error: SchoolSafeError) -> None:
            where = field or _FIELDS.get(type(error), "name")
            self._view.show_wrong([Problem(str(error), where)])

        self._tasks.command(change, done, failed)


def usual_port(tls: str) -> str:
    """What mail servers listen on."""
    return str(IMAP_PORTS[tls])


def _shown(state: SourceState, now: datetime) -> SourceShown:
    trouble = state.trouble
    last = (
        say.since_words(state.looked_at.astimezone(LONDON), now)
        if state.looked_at
        else _("Not yet")
    )
    short = _("Reached")
    if trouble is not None:
        short = _("Needs you") if trouble.needs_you else _("Not reached")
        short = short if state.unreached or trouble.needs_you else _("Needs you")
    return SourceShown(
        id=state.id,
        name=state.name,
        where=state.where,
        last=last,
        state=short,
        ill=trouble is not None,
        mailbox=state.imap is not None,
        facts=tuple(_facts(state, last, now)),
        left=tuple(_left_words(left) for left in reversed(state.left)),
    )


def _facts(state: SourceState, last: str, now: datetime) -> list[tuple[str, str]]:
    facts = [(_("Where"), state.where)]
    if state.imap is not None:
        facts.append((_("Login name"), state.imap.user))
        if state.imap.since is not None:
            facts.append((_("Since"), say.date_words(state.imap.since)))
        if state.imap.ca_file:
            facts.append((_("Certificates"), state.imap.ca_file))
    facts.append((_("Last looked at"), last))
    if state.trouble is not None:
        since = say.since_words(state.trouble.since.astimezone(LONDON), now)
        what = _("Not reached since {when}. {reason}") if state.unreached else _("{reason}")
        facts.append((_("Now"), what.format(when=since, reason=state.trouble.reason)))
    came = ngettext("{n} message", "{n} messages", state.taken).format(n=state.taken)
    facts.append((_("Came this way"), came))
    if state.waiting:
        n = state.waiting
        words = ngettext("{n} file that has just come", "{n} files that have just come", n)
        facts.append((_("Waiting"), words.format(n=n)))
    return facts


def _left_words(left: LeftThere) -> str:
    when = say.short_moment(left.at.astimezone(LONDON))
    if left.name:
        return _("{when}, {name}: {reason}").format(
            when=when, name=say.plain_text(left.name), reason=left.reason
        )
    return _("{when}: {reason}").format(when=when, reason=left.reason)
