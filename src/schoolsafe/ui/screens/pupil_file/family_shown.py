"""A family in words: rows of the list, warnings over it, what a row offers. Qt-free."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from schoolsafe.domain import family, say
from schoolsafe.domain.family import Expected
from schoolsafe.services.family_view import BarView, FamilyView, HomeView, PersonView
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.pupil_file.shown import Alert
from schoolsafe.words import N_, _

_YES_NO: Final = {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not known")}
_BABY: Final[Mapping[Expected, str]] = {
    Expected.TO_DECIDE: N_("Expected {day}. No referral decision yet"),
    Expected.DECIDED: N_("Expected {day}"),
    Expected.DUE: N_("Was expected {day}. Say what became of it"),
    Expected.LAPSED: N_("Closed 28 days after {day}, the due date"),
    Expected.CLOSED: N_("No longer expected"),
    Expected.BORN: N_("Born; was expected {day}"),
}


def coded(known: Sequence[tuple[str, str]], code: str | None) -> str:
    """A code in words; one that only a newer release knows stands as it is."""
    return _(dict(known).get(code or "", code or ""))


def person_cells(one: PersonView) -> tuple[str, ...]:
    """Name, what they are to the child, call, parental responsibility, home."""
    return (
        say.plain_text(one.name),
        _what(one),
        _call(one),
        _(_YES_NO.get(str(one.values.get("parental_responsibility") or ""), N_("Not asked")))
        if one.pupil is None and one.baby is None
        else "",
        ", ".join(coded(family.HOMES, kind) for kind in one.homes),
    )


def _what(one: PersonView) -> str:
    parts = [coded(family.RELATIONSHIPS, one.relationship)]
    said = str(one.values.get("own_words") or "")
    if said:
        parts.append(_("“{words}”").format(words=say.plain_text(said).strip()))
    if one.pupil is not None:
        parts.append(_("pupil here"))
        parts.append(phrases.class_words(one.pupil))
    elif one.values.get("school"):
        parts.append(say.plain_text(str(one.values["school"])))
        parts.append(say.plain_text(str(one.values.get("school_contact") or "")))
    if one.baby is not None and one.due is not None:
        parts.append(_(_BABY[one.baby]).format(day=say.date_words(one.due)))
    return ", ".join(part for part in parts if part)


def _call(one: PersonView) -> str:
    if one.pupil is not None or one.baby is not None:
        return ""
    safe = str(one.values.get("safe_to_call") or "")
    words = {
        "yes": _("Safe to call"),
        "no": _("Not safe to call"),
        "unknown": _("Not known if safe"),
    }.get(safe, _("Not asked if safe"))
    phone = say.plain_text(str(one.values.get("phone") or ""))
    return ", ".join(part for part in (words, phone) if part)


def home_cells(one: HomeView) -> tuple[str, ...]:
    """What home, who lives there, the address or that it is confidential, from when to when."""
    people = ", ".join(
        _("{name} ({days})").format(name=say.plain_text(p.name), days=say.plain_text(p.pattern))
        if p.pattern
        else say.plain_text(p.name)
        for p in one.people
        if p.now
    )
    before = [say.plain_text(p.name) for p in one.people if not p.now]
    if before:
        lived = _("before: {names}").format(names=say.joined(tuple(before)))
        people = f"{people}; {lived}" if people else lived
    address = say.plain_text(one.address).replace("\n", ", ") or _("Not known")
    return (
        coded(family.HOMES, one.kind),
        people or _("Nobody now"),
        _("Confidential. On no print") if one.confidential else address,
        _span(one.since, one.until),
    )


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return _("{since} to {until}").format(
            since=say.date_words(since), until=say.date_words(until)
        )
    if until:
        return _("until {until}").format(until=say.date_words(until))
    return _("since {since}").format(since=say.date_words(since)) if since else ""


def bar_cells(one: BarView) -> tuple[str, ...]:
    """Who, what not, on what evidence, until when."""
    evidence = coded(family.EVIDENCE, one.evidence)
    rests = ", ".join(part for part in (evidence, say.plain_text(one.reference)) if part)
    until = say.date_words(one.until) if one.until else _("no end")
    ended = _("Ended {day}").format(day=until)
    return (
        say.plain_text(one.name),
        coded(family.FORBIDDEN, one.forbidden),
        rests,
        until if one.holds else ended,
        say.plain_text(one.reason),
    )


def named_words(view: FamilyView) -> str:
    """The warning for a person at the screen whose name stands in the file; nothing where it does not."""
    if not view.named:
        return ""
    roles = say.joined(tuple(dict.fromkeys(f"{one.name}, {one.role}" for one in view.named)))
    words = _("Your name, or one like it, stands in this file: {roles}. Let a colleague lead here.")
    return words.format(roles=say.plain_text(roles))


def asked_words(name: str, view: FamilyView, found: Sequence[tuple[str, str]]) -> str:
    """What is said about somebody who asks for the file."""
    if not found:
        words = _("Nobody called {name} stands in this file. Check who they are all the same.")
        return words.format(name=say.plain_text(name))
    roles = say.joined(tuple(dict.fromkeys(f"{who}, {role}" for who, role in found)))
    words = _("{roles}: named in this file. Ask before you give them anything.").format(
        roles=say.plain_text(roles)
    )
    hidden = any(home.confidential for home in view.homes)
    return f"{words} {_('A home in it is confidential.')}" if hidden else words


def baby_words(one: PersonView) -> str:
    """What an expected baby asks for; nothing where it asks for nothing."""
    if one.due is None or one.baby not in {Expected.TO_DECIDE, Expected.DUE}:
        return ""
    day = say.date_words(one.due)
    if one.baby is Expected.DUE:
        return _("A baby was expected {day}. Say what became of it.").format(day=day)
    return _("A baby is expected {day}. Record whether you refer.").format(day=day)


def alerts(view: FamilyView) -> list[Alert]:
    """What the banner of the file says besides."""
    found = []
    if named_words(view):
        found.append(Alert(named_words(view), "warn"))
    if view.protection is not None:
        found.append(Alert(_("Protected identity"), "danger"))
    if any(home.confidential for home in view.homes):
        found.append(Alert(_("Confidential address"), "warn"))
    found += [Alert(_("Baby expected"), "info") for _one in view.babies[:1]]
    return found


def protection_words(view: FamilyView) -> str:
    """Who protects this child's identity, and what that does; nothing where nobody does."""
    if view.protection is None:
        return ""
    words = _(
        "Protected identity, decided by {lead} and {head}. "
        "Homes, brothers and sisters and earlier schools leave no print."
    )
    return words.format(lead=view.protection.lead, head=view.protection.head)


def gate_words(view: FamilyView) -> str:
    """What to do where the gate does not know of a bar; nothing where it does."""
    if view.gate_knows:
        return ""
    return _("Somebody must not collect, and the gate has no names. Say who may collect.")
