"""Words for the lines of a chronology: on screens and on paper the same."""

from collections.abc import Iterable, Mapping
from typing import Final

from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.domain.notification import NoticeKind, Step
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.words import N_, _

NOTICE_KINDS: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.DOMESTIC_ABUSE: N_("Police notification"),
    NoticeKind.MISSING: N_("Missing child notification"),
    NoticeKind.FOUND: N_("Found child notification"),
    NoticeKind.OTHER_PPN: N_("Public protection notification"),
}

STEPS: Final[Mapping[Step, str]] = {
    Step.HISTORY_READ: N_("History read"),
    Step.REFERRAL_DECISION: N_("Referral decision"),
    Step.SEEN_ON_ARRIVAL: N_("Seen on arrival"),
    Step.ATTENDANCE: N_("Attendance"),
    Step.PARENT_CONTACT: N_("Contact with a parent"),
    Step.SIBLING_SCHOOLS: N_("Siblings’ schools told"),
    Step.CHECKED_IN: N_("Check-in with the child"),
    Step.SENDER_TOLD: N_("Sender told"),
    Step.PASSED_ON: N_("Passed on"),
    Step.RECEIPT_CONFIRMED: N_("Receipt confirmed"),
    Step.REVIEW: N_("Review"),
}

ENTRY_KINDS: Final[Mapping[EntryKind, str]] = {
    EntryKind.CONCERN: N_("Concern"),
    EntryKind.CONTACT_PARENT: N_("Contact with a parent"),
    EntryKind.CONTACT_AGENCY: N_("Contact with an agency"),
    EntryKind.OBSERVATION: N_("Observation"),
    EntryKind.MEETING: N_("Meeting"),
}


_OTHERS: Final = {
    "told_slip": N_("Told slip"),
    "rule_decision": N_("Pattern looked at"),
    "follow_up": N_("Step"),
    "card_break": N_("Otherwise than the protocol card"),
    "expected_notice": N_("Notification expected, not received"),
    "expected_baby": N_("Baby expected"),
}
_DECISIONS: Final = {
    "refer": N_("Refer"),
    "escalate": N_("Escalate"),
    "continue": N_("Continue"),
}


def kind_words(entry: EntryView) -> str:
    """What sort of line it is: "Police notification", "Contact with a parent", "Seen on arrival".

    A kind that only a newer release knows is an entry like any other: it is read, not refused.
    """
    if entry.kind == "notification":
        return _said(NOTICE_KINDS.items(), entry.title, N_("Police notification"))
    if entry.kind == "follow_up":
        return _said(STEPS.items(), entry.step, _OTHERS["follow_up"])
    forms = ((form.name, form.words) for form in FORMS)
    known = (*ENTRY_KINDS.items(), *_OTHERS.items(), *forms)
    return _said(known, entry.kind, N_("Entry"))


def _said(known: Iterable[tuple[str, str]], code: str | None, usual: str) -> str:
    return _(next((words for name, words in known if name == code), usual))


def title_words(entry: EntryView) -> str:
    """The short title a person gave, or the decision in words; nothing where it would say the kind again."""
    if entry.kind in {"notification", "follow_up"}:
        return ""
    if entry.kind == "rule_decision":
        return _(_DECISIONS.get(entry.title, entry.title))
    return entry.title
