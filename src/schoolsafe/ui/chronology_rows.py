"""An entry of a chronology as the list shows it: both dates, words, who, what was struck through.

For every screen that shows a chronology. Left to others: asking for it (services.chronology),
drawing it (widgets.chronology_list).
"""

from collections.abc import Mapping
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.file_forms import BY_NAME as FORMS
from schoolsafe.domain.notification import NoticeKind, Step
from schoolsafe.services import chronology_words
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.ui import phrases
from schoolsafe.ui.widgets.chronology_list import ChronologyRow
from schoolsafe.words import N_, _, ngettext

_ICONS: Final[Mapping[str, str]] = {
    "notification": "shield-check",
    EntryKind.CONCERN: "triangle-alert",
    EntryKind.CONTACT_PARENT: "phone",
    EntryKind.CONTACT_AGENCY: "phone",
    EntryKind.OBSERVATION: "eye",
    EntryKind.MEETING: "users-round",
    "told_slip": "file-text",
    "follow_up": "heart-handshake",
    "rule_decision": "scale",
    "card_break": "scale",
    "expected_notice": "inbox",
}

_DECISIONS: Final[Mapping[str, str]] = {
    "refer": N_("Pattern looked at: refer"),
    "escalate": N_("Pattern looked at: escalate"),
    "continue": N_("Pattern looked at: continue"),
}

_CHOICES: Final[Mapping[str, str]] = {
    "tell-and-check-in": N_("Decided: tell the teacher, check in first"),
    "quiet": N_("Decided: quiet support"),
    "ask-first": N_("Decided: ask for more detail first"),
    "not-ours": N_("Decided: not our pupil"),
}


def decision_words() -> str:
    """What the answer to a rule about repeated notifications is called."""
    return _("Pattern looked at")


def kind_words(entry: EntryView) -> str:
    """What sort of entry, in words."""
    if entry.kind == "notification":
        known = entry.title in set(NoticeKind)
        return phrases.kind_words(NoticeKind(entry.title) if known else None)
    if entry.kind == "told_slip":
        return _("Told slip")
    if entry.kind == "follow_up":
        return phrases.step_words(Step(entry.step)) if entry.step in set(Step) else _("Follow-up")
    if entry.kind in {"card_break", "expected_notice", "expected_baby"} or entry.kind in FORMS:
        return chronology_words.kind_words(entry)
    if entry.kind == "rule_decision":
        return _(_DECISIONS[entry.title]) if entry.title in _DECISIONS else decision_words()
    known_kind = entry.kind in set(EntryKind)
    return phrases.entry_kind_words(EntryKind(entry.kind)) if known_kind else entry.kind


def title_of(entry: EntryView) -> str:
    """The line in bold: the kind, and what sets this one apart."""
    kind = kind_words(entry)
    if entry.kind == "told_slip":
        return _("{kind}: {who}").format(kind=kind, who=entry.title) if entry.title else kind
    if entry.kind in {"notification", "follow_up", "rule_decision"} or not entry.title:
        return kind
    return _("{kind}: {title}").format(kind=kind, title=entry.title)


def row_of(entry: EntryView) -> ChronologyRow:
    """One entry in words ready to be shown."""
    happened = entry.happened or entry.written
    words = [say.plain_text(entry.summary)]
    if entry.child_words:
        words.append(_("“{words}”").format(words=say.plain_text(entry.child_words).strip('“”"')))
    if entry.choice is not None and entry.choice in _CHOICES:
        words.append(_(_CHOICES[entry.choice]))
    facts = [_fact_words(question, answer) for question, answer in entry.facts]
    said = " ".join(part for part in words if part)
    if entry.risk:
        grade = say.plain_text(entry.risk)
        facts.insert(0, _("Risk to the adult, as sent: {grade}.").format(grade=grade))
    if entry.open:
        facts.append(_("Nobody has answered it yet."))
    if entry.attached and entry.kind != "notification":  # its original opens with it
        facts.append(_files(entry))
    return ChronologyRow(
        key=entry.id,
        day=say.short_day(happened.date()).rsplit(" ", 1)[0],
        month=say.month_words(happened.date()),
        time=say.time_words(happened) if entry.happened and entry.happened_exact else "",
        title=title_of(entry),
        words="\n".join(part for part in (said, *facts) if part) or _("No words were told."),
        icon=_ICONS.get(entry.kind, "file-text"),
        kind=kind_words(entry),
        who=entry.author,
        second_date=_second_date(entry),
        struck=_struck(entry),
        hot=entry.kind == "notification",
    )


def _fact_words(question: str, answer: str) -> str:
    asked, said = question.rstrip("?"), say.plain_text(answer)
    return _("{question}: {answer}.").format(question=asked, answer=said)


def _second_date(entry: EntryView) -> str:
    """When it was written or came, where that is not when it happened; and the last correction."""
    parts = [_("Restricted: prints only with a tick")] if entry.restricted else []
    if entry.kind == "notification":
        parts.append(_("Received {when}").format(when=say.short_moment(entry.written)))
    elif entry.happened is None or entry.happened.date() != entry.written.date():
        parts.append(_recorded(entry))
    fixes = sorted((*entry.fixed_by, *entry.other_fixes), key=lambda fix: fix.at)
    if fixes:
        last = fixes[-1]
        words = _("Corrected {when} by {who}: {why}")
        parts.append(words.format(when=say.short_day(last.at.date()), who=last.by, why=last.why))
    return ". ".join(parts)


def _recorded(entry: EntryView) -> str:
    """When it was written; late writing is said in days."""
    said = _("Recorded {when}").format(when=say.short_moment(entry.written))
    if not entry.late_days:
        return said
    late = ngettext("{n} day later", "{n} days later", entry.late_days).format(n=entry.late_days)
    return _("{recorded}, {late}").format(recorded=said, late=late)


_FIELDS: Final[Mapping[str, str]] = {
    "child_words": N_("In the child’s words"),
    "title": N_("Title"),
    "action": N_("Done"),
    "outcome": N_("Outcome"),
    "present": N_("Who was there"),
    "place": N_("Place"),
    "voice_why_not": N_("Why the child was not asked"),
}


def field_words(field: str) -> str:
    """Which of an entry's words, beside those that stand first."""
    return _(_FIELDS[field]) if field in _FIELDS else ""


def _struck(entry: EntryView) -> str:
    """Every wording that was replaced, oldest first."""
    own = [say.plain_text(fix.words) for fix in entry.fixed_by]
    others = [
        _("{question}: {answer}.").format(
            question=field_words(fix.field) or _("Other words"), answer=say.plain_text(fix.words)
        )
        for fix in entry.other_fixes
        if fix.words
    ]
    return "\n".join([*own, *others])


def _files(entry: EntryView) -> str:
    """The files of an entry; one that is not whole here says so."""
    names = [
        say.plain_text(one.name)
        if one.whole
        else _("{name} (not all of it is here yet)").format(name=say.plain_text(one.name))
        for one in entry.attached
    ]
    words = ngettext("File: {names}.", "Files: {names}.", len(names))
    return words.format(names=", ".join(names))
