"""Settings in words: the parts, what stands in each, what a check of the record found. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.services.calendar import SiteView
from schoolsafe.services.child import ClassFacts
from schoolsafe.services.policy import Policy
from schoolsafe.services.ports import Totals
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.services.school import ChoiceWords
from schoolsafe.ui.appearance import Appearance
from schoolsafe.ui.keys_seam import SecurityFacts
from schoolsafe.ui.screens.settings.mail_presenter import MailShown
from schoolsafe.ui.screens.settings.senders_presenter import SendersShown
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import N_, _, ngettext


class Part(StrEnum):
    """One part of Settings, in order."""

    DAYS = "days"
    CLASSES = "classes"
    LOOKS = "looks"
    CHOICES = "choices"
    MAIL = "mail"
    SENDERS = "senders"
    SECURITY = "security"
    LAYOUTS = "layouts"
    CARDS = "cards"
    COVER = "cover"
    AGENCIES = "agencies"
    RECORD = "record"


TITLES: Final[Mapping[Part, str]] = {
    Part.DAYS: N_("School day and terms"),
    Part.CLASSES: N_("Classes and teachers"),
    Part.LOOKS: N_("Appearance"),
    Part.CHOICES: N_("The four choices"),
    Part.MAIL: N_("Mail sources"),
    Part.SENDERS: N_("Sealed notices"),
    Part.SECURITY: N_("Your way in"),
    Part.LAYOUTS: N_("How areas write"),
    Part.CARDS: N_("Protocol cards"),
    Part.COVER: N_("Cover and contact card"),
    Part.AGENCIES: N_("Agencies and sharing"),
    Part.RECORD: N_("The record"),
}
_ICONS: Final[Mapping[Part, str]] = {
    Part.DAYS: "calendar-days",
    Part.CLASSES: "graduation-cap",
    Part.LOOKS: "sun-moon",
    Part.CHOICES: "list-checks",
    Part.MAIL: "mail",
    Part.SENDERS: "stamp",
    Part.SECURITY: "key-round",
    Part.LAYOUTS: "mail-open",
    Part.CARDS: "scale",
    Part.COVER: "calendar-check",
    Part.AGENCIES: "users-round",
    Part.RECORD: "shield-check",
}
LOOKS: Final[tuple[tuple[str, str], ...]] = (
    ("system", N_("Same as this computer")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)
DIVISIONS: Final[tuple[tuple[str, str], ...]] = (
    ("england-and-wales", N_("England and Wales")),
    ("scotland", N_("Scotland")),
    ("northern-ireland", N_("Northern Ireland")),
)
MINUTES: Final = (1, 2, 3, 5, 10, 15)


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """Everything Settings shows, as one question to the worker answered it."""

    site: SiteView
    classes: tuple[ClassFacts, ...]
    choices: tuple[ChoiceWords, ...]
    security: SecurityFacts
    totals: Totals
    problem: str | None
    """Why the record is open for reading only."""
    school: str
    now: datetime
    mail: MailShown = field(default_factory=MailShown)
    senders: SendersShown = field(default_factory=SendersShown)
    cards: tuple[str, ...] = ()
    """Areas whose protocol cards the school goes by."""
    nobody_covers: bool = False
    """Some date of the next four weeks."""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """What a check of the record found."""

    ok: bool
    answer: str
    compared: tuple[str, ...]
    """What it was compared with, a sentence each."""


def rows(facts: SettingsFacts, look: Appearance) -> tuple[Row, ...]:
    """The list of parts, each with what stands in it now."""
    about = {
        Part.DAYS: days_words(facts.site),
        Part.CLASSES: ngettext("{n} class", "{n} classes", len(facts.classes)).format(
            n=len(facts.classes)
        ),
        Part.LOOKS: _("{look}, {n} %").format(look=_(dict(LOOKS)[look.look]), n=look.percent),
        Part.CHOICES: _("What happens this morning"),
        Part.MAIL: facts.mail.about,
        Part.SENDERS: facts.senders.about,
        Part.SECURITY: minutes_words(look.idle_minutes),
        Part.LAYOUTS: _("Forms and letters of your police and council"),
        Part.CARDS: say.joined(facts.cards) or _("What your police asks of schools"),
        Part.COVER: _("Who looks, on which dates"),
        Part.AGENCIES: _("Contacts, helplines, levels, stages"),
        Part.RECORD: ngettext("{n} entry kept", "{n} entries kept", facts.totals.rows).format(
            n=facts.totals.rows
        ),
    }
    state = {
        Part.DAYS: "" if facts.site.is_set else _("Not set yet"),
        Part.MAIL: facts.mail.state,
        Part.SENDERS: facts.senders.state,
        Part.CARDS: "" if facts.cards else _("None chosen yet"),
        Part.COVER: _("Nobody covering") if facts.nobody_covers else "",
        Part.SECURITY: "" if facts.security.sheet_tried else _("Try your recovery sheet"),
        Part.RECORD: _("Read only") if facts.problem else "",
    }
    return tuple(
        Row(
            key=part.value,
            title=_(TITLES[part]),
            about=about[part],
            state=state.get(part, ""),
            tone="danger" if part in {Part.RECORD, Part.COVER} else "warn",
            icon=_ICONS[part],
        )
        for part in Part
    )


def days_words(site: SiteView) -> str:
    """Says "8:45am to 3:15pm, 6 terms"."""
    terms = ngettext("{n} term", "{n} terms", len(site.terms)).format(n=len(site.terms))
    start, end = say.time_words(site.start), say.time_words(site.end)
    return _("{start} to {end}, {terms}").format(start=start, end=end, terms=terms)


def minutes_words(n: int) -> str:
    """Says "Locks after 5 minutes"."""
    words = ngettext("Locks after {n} minute", "Locks after {n} minutes", n)
    return words.format(n=n)


def minutes_offered(policy: Policy) -> tuple[int, ...]:
    """The lock times a person may choose from; never off."""
    most = policy.most_minutes
    return tuple(n for n in MINUTES if n <= most) or (most,)


def fixed_words(policy: Policy) -> tuple[tuple[str, str], ...]:
    """What IT has fixed, as facts."""
    found = []
    if policy.lock_minutes is not None:
        n = policy.lock_minutes
        words = ngettext("{n} minute at most", "{n} minutes at most", n)
        found.append((_("Locks after"), words.format(n=n)))
    if policy.allow_print is not None:
        found.append((_("Printing"), _("Allowed") if policy.allow_print else _("Switched off")))
    if policy.allow_mail_sources is not None:
        allowed = policy.allow_mail_sources
        found.append((_("Mail sources"), _("Allowed") if allowed else _("Switched off")))
    if policy.update_channel is not None:
        found.append((_("Updates"), policy.update_channel))
    return tuple(found)


def sheet_words(security: SecurityFacts) -> tuple[str, bool]:
    """How the recovery sheet stands, and whether that is well."""
    if security.sheet_tried is None:
        words = _("Not tried yet. If you forget your passphrase, nothing else opens this record.")
        return words, False
    day = say.date_words(security.sheet_tried.date())
    return _("Tried on {day}, and it works. Keep it in a safe.").format(day=day), True


_ANCHORS: Final[Mapping[str, str]] = {
    "ok": N_("It agrees with the mark this computer keeps outside the record."),
    "behind": N_(
        "The mark this computer keeps outside the record is a little older, as it may be."
    ),
    "ahead": N_("The mark outside the record knows entries that are not in it any more."),
    "missing": N_("There is no mark outside the record to compare it with."),
    "changed": N_("The mark outside the record was changed by something else."),
}


def check_shown(found: Verified, *, at: datetime, deep: bool) -> CheckShown:
    """The answer in one sentence, then what it was compared with."""
    if found.ok:
        answer = _("Nothing has been changed or taken out.")
    elif found.first_bad:
        answer = _("Something was changed or taken out. The first wrong place: {place}.").format(
            place=found.first_bad
        )
    else:
        answer = _("Something was changed or taken out.")
    looked = ngettext(
        "{n} entry was looked at, {when}.", "{n} entries were looked at, {when}.", found.rows
    ).format(n=found.rows, when=say.short_moment(at))
    depth = (
        _("Every signature, every attachment and every page of the file.")
        if deep
        else _("Every signature and how the entries follow each other.")
    )
    anchor = _(_ANCHORS[found.anchor]) if found.anchor in _ANCHORS else ""
    lists = (
        _("The lists on screen agree with the entries.")
        if found.projections_match
        else _("The lists on screen do not agree with the entries. They are made anew on request.")
    )
    return CheckShown(
        ok=found.ok,
        answer=answer,
        compared=tuple(words for words in (looked, depth, anchor, lists) if words),
    )


def progress_words(done: int, of: int) -> str:
    """How far a check of the record has come. After the entries come the lists and the file they lie in."""
    if done >= of:
        return _("Every entry is checked. Now the lists on screen, and the file itself.")
    return _("Checking every entry: {done} of {all}").format(done=f"{done:,}", all=f"{of:,}")


CANNOT_TELL: Final = (
    N_("Whether what was written was true."),
    N_("Whether somebody put an old copy of the whole computer back, marks and all."),
    N_("Who read it on this screen, or what was printed and copied by hand."),
)
