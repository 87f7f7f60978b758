"""Confirms and stops the keys of forces, chooses the relay folder, hands out the school's card. Knows no Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeVar

from schoolsafe.domain import say
from schoolsafe.domain.trusted_sender import Confirmation
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services import trusted_sender as senders
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON, NotYoursToRead
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.relay import RelayState
from schoolsafe.services.school_card import NoKeySet
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import Dialogs, FileKind, Navigator, TaskRunner
from schoolsafe.wire.keycard import LIMIT_BYTES
from schoolsafe.wire.sendercard import SenderCard
from schoolsafe.wire.spoken import WordsDiffer
from schoolsafe.words import N_, _, ngettext

T = TypeVar("T")
LOOK: Final = "check-mail"
CARD_NAME: Final = "school-card.json"
_CARDS: Final = N_("Cards with public keys")
_FIELDS: Final[Mapping[type[SchoolSafeError], str]] = {
    WordsDiffer: "words",
    senders.NameOfForce: "force-name",
    senders.WhyStopped: "stop-reason",
    senders.NoSuchSender: "stop-reason",
}


@dataclass(frozen=True, slots=True)
class ForceShown:
    """One force on the list, in words."""

    id: str
    name: str
    by: str
    when: str
    state: str
    stopped: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SendersShown:
    """The whole part in words."""

    yours: bool = True
    folder: str = ""
    looked: str = ""
    trouble: str = ""
    words: str = ""
    """Of the school's root key, to be read out."""
    forces: tuple[ForceShown, ...] = ()

    @property
    def about(self) -> str:
        """For the list of parts."""
        if not self.yours:
            return _("For the safeguarding leads")
        n = sum(not force.stopped for force in self.forces)
        return ngettext("{n} force", "{n} forces", n).format(n=n) if n else _("None yet")

    @property
    def state(self) -> str:
        """What needs a person, for the list of parts."""
        return _("Folder not reached") if self.trouble else ""


@dataclass(frozen=True, slots=True)
class CardShown:
    """A force's card that was chosen and is not confirmed yet. Its words are not shown: they are to be heard."""

    name: str
    facts: tuple[tuple[str, str], ...]


class SendersView(Protocol):
    """What the presenter tells the view."""

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the part in front; none hides it."""
        ...

    def show_card(self, card: CardShown | None) -> None:
        """The card that was chosen; None once it is confirmed."""
        ...

    def senders_saved(self) -> None:
        """What was typed is kept: the fields are empty again."""
        ...


def senders_shown(services: Services) -> SendersShown:
    """How it all stands. Asked in the worker."""
    try:
        forces, words = services.trusted_senders.list(), services.school_cards.card().words
    except (NotYoursToRead, NoKeySet):
        return SendersShown(yours=False)
    now = services.desk.now()
    relay = services.relay.state()
    return SendersShown(
        folder=str(relay.folder) if relay.folder else "",
        looked=_looked(relay, now),
        trouble=relay.said,
        words=" ".join(words),
        forces=tuple(_force(one) for one in forces),
    )


class SendersPresenter:
    """One for the part."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: SendersView,
        dialogs: Dialogs,
        files: Files | None,
    ) -> None:
        """The part's work.

        Args:
            services: what it changes.
            tasks: runs it in the worker.
            go: says that it is done.
            view: shows what it is told.
            dialogs: choose a file or a folder.
            files: read a card, write one; None where this window has none.
        """
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dialogs, self._files = dialogs, files
        self._card: bytes | None = None

    # the relay ------------------------------------------------------------------------------------

    def choose_folder(self) -> Path | None:
        """A folder a person chose, or None."""
        return self._dialogs.open_folder(_("Folder for sealed notices"))

    def set_relay(self, folder: str) -> None:
        """From now on this one; an empty field means none."""
        relay = self._services.relay
        if not folder.strip():
            self._do(relay.unset, _("No folder is looked at any more."), field="relay")
            return

        def looked_at() -> None:
            self._go.run(LOOK)

        place = Path(folder.strip())
        words = _("Kept. It is looked at now.")
        self._do(lambda: relay.set(place), words, field="relay", then=looked_at)

    def look_now(self) -> None:
        """At the relay, and at every other source."""
        self._go.run(LOOK)

    # our card -------------------------------------------------------------------------------------

    def save_card(self) -> None:
        """Writes the school's card to a file a person names."""
        files = self._files
        path = self._dialogs.save_file(
            _("Save our card"), CARD_NAME, [FileKind(_(_CARDS), ("*.json",))]
        )
        if path is None or files is None:
            return
        cards = self._services.school_cards
        self._ask(
            lambda: files.write_new(path, cards.handed_out()),
            lambda _done: self._go.say(_("Saved. Send it to the force, and read them the words.")),
            field="our-card",
        )

    # forces ---------------------------------------------------------------------------------------

    def choose_card(self) -> None:
        """A force's card from a file; nothing is believed yet."""
        files = self._files
        chosen = self._dialogs.open_files(_("A force’s card"), [FileKind(_(_CARDS), ("*.json",))])
        if not chosen or files is None:
            return
        known = self._services.trusted_senders

        def read() -> tuple[bytes, SenderCard]:
            raw = files.read(chosen[0], limit_bytes=LIMIT_BYTES)
            return raw, known.read_card(raw)

        def show(found: tuple[bytes, SenderCard]) -> None:
            self._card, card = found
            self._view.show_wrong(())
            self._view.show_card(_card_shown(card))

        self._ask(read, show, field="force-card")

    def confirm(self, *, words: str, name: str, rung: str) -> None:
        """The words were read out over the phone."""
        card, known = self._card, self._services.trusted_senders
        if card is None:
            problem = Problem(_("Choose the force’s card first"), "force-card")
            self._view.show_wrong([problem])
            return
        if not words.strip():
            problem = Problem(_("Type the eight words as they are read out"), "words")
            self._view.show_wrong([problem])
            return

        def done() -> None:
            self._card = None
            self._view.show_card(None)

        self._do(
            lambda: known.add(card, words, name=name, rung=rung),
            _("Key confirmed."),
            field="force-card",
            then=done,
        )

    def stop(self, sender: str, reason: str) -> None:
        """Believes a key no more."""
        known = self._services.trusted_senders
        self._do(
            lambda: known.stop(sender, reason=reason),
            _("Key stopped."),
            field="stop-reason",
        )

    # inside ---------------------------------------------------------------------------------------

    def _do(
        self,
        change: Callable[[], Changes],
        words: str,
        *,
        field: str,
        then: Callable[[], None] | None = None,
    ) -> None:
        def done(changes: Changes) -> None:
            self._view.show_wrong(())
            self._view.senders_saved()
            undo = changes.undo
            if undo is None:
                self._go.say(words)
            else:
                services, tasks = self._services, self._tasks
                self._go.saved(words, lambda: tasks.command(lambda: services.undo(undo)))
            if then is not None:
                then()

        self._tasks.command(change, done, lambda error: self._wrong(error, field))

    def _ask(self, work: Callable[[], T], then: Callable[[T], None], *, field: str) -> None:
        self._tasks.query(work, then, lambda error: self._wrong(error, field))

    def _wrong(self, error: SchoolSafeError, field: str) -> None:
        self._view.show_wrong([Problem(str(error), _FIELDS.get(type(error), field))])


def _looked(relay: RelayState, now: datetime) -> str:
    if relay.folder is None:
        return _("No folder is set. Sealed notices cannot come.")
    if relay.looked_at is None:
        return _("Not looked at yet.")
    when = say.since_words(relay.looked_at.astimezone(LONDON), now)
    if relay.said:
        return _("Not reached, {when}. {reason}").format(when=when, reason=relay.said)
    return _("Looked at {when}.").format(when=when)


def _force(one: Confirmation) -> ForceShown:
    day = say.date_words(one.at.astimezone(LONDON).date())
    facts = [(_("Key checked"), _("by {who} on {day}").format(who=one.by, day=day))]
    if one.rung:
        facts.append((_("Number called"), one.rung))
    if one.made:
        facts.append((_("Key made"), say.date_words(one.made.astimezone(LONDON).date())))
    facts.append((_("Key"), one.key_id[:16]))
    if one.stopped is not None:
        at = one.stopped_at
        when = say.date_words(at.astimezone(LONDON).date()) if at else ""
        facts.append((_("Stopped"), _("{when}. {reason}").format(when=when, reason=one.stopped)))
    state = _("Trial key") if one.test else _("Checked")
    return ForceShown(
        one.id,
        say.plain_text(one.name),
        one.by,
        day,
        _("Stopped") if one.stopped is not None else state,
        one.stopped is not None,
        tuple((label, say.plain_text(words)) for label, words in facts),
    )


def _card_shown(card: SenderCard) -> CardShown:
    name = say.plain_text(card.name).strip()
    made = datetime.fromtimestamp(card.made / 1000, tz=LONDON)
    facts = [
        (_("It calls itself"), name or _("nothing")),
        (_("Key made"), say.date_words(made.date())),
    ]
    if card.test:
        facts.append((_("Sort"), _("A trial key. Only a test school takes one.")))
    return CardShown(name, tuple(facts))
