"""Two people changed one field without having seen each other's value: what a person is shown of it.

Both values stand until a person decides; on top is what the field's own rule puts there (the stricter, the earlier, the
later). Words written once are never merged and never chosen between: they are corrected. Source: sync.md 7, ux.md 8.
"""

from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import Field, Kind, Rule
from schoolsafe.domain.file_form import Question, answer_words, moment
from schoolsafe.domain.file_forms import BY_NAME as FORMS
from schoolsafe.words import N_, _, ngettext

QUIET: Final = frozenset(
    {
        ("notification", name)
        for name in (
            *("opened_at", "opened_by", "acknowledged_at", "acknowledged_by"),
            *("nobody_named", "words_at", "words_by"),
        )
    }
)
"""Facts that only grow: two leads who each opened a notice disagree about nothing."""

_NOUNS: Final = {
    "school": N_("The school"),
    "person": N_("Colleague"),
    "setting": N_("Setting"),
    "site": N_("School days"),
    "child": N_("Pupil"),
    "class": N_("Class"),
    "line": N_("Notification"),
    "notification": N_("Notification"),
    "entry": N_("Entry"),
    "told_slip": N_("Told slip"),
    "contact": N_("Contact"),
    "contact_card": N_("Contact card"),
    "cover": N_("Cover rota"),
    "expected_notice": N_("Notification that never came"),
    "protocol_card": N_("Protocol card"),
    "follow_up": N_("Step after the decision"),
    "rule_decision": N_("Decision"),
    "card_break": N_("Otherwise than the card"),
}
_FIELDS: Final = {
    "name": N_("Name"),
    "surname": N_("Surname"),
    "forename": N_("First name"),
    "preferred_surname": N_("Surname used every day"),
    "preferred_forename": N_("First name used every day"),
    "dob": N_("Date of birth"),
    "year": N_("Year"),
    "class": N_("Class"),
    "status": N_("On roll"),
    "postcode": N_("Postcode"),
    "admission": N_("Admission number"),
    "may_collect": N_("Who may collect"),
    "may_collect_until": N_("Who may collect: until"),
    "child": N_("Who this is about"),
    "choice": N_("What happens this morning"),
    "reason": N_("Why"),
    "key_adult": N_("Key adult"),
    "first_adult": N_("First adult"),
    "review": N_("Review"),
    "left_for_later": N_("Left for later"),
    "closed": N_("Closed"),
    "no_match": N_("Nobody fits"),
    "outcome": N_("What came of it"),
    "significance": N_("In the short chronology"),
    "voice_changed": N_("What changed because of the child’s words"),
    "ended": N_("Ended"),
    "withdrawn": N_("Withdrawn"),
    "teacher": N_("Teacher"),
    "room": N_("Room"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "role": N_("Role"),
    "start": N_("School starts"),
    "end": N_("School ends"),
    "first": N_("First date"),
    "last": N_("Last date"),
    "value": N_("What is set"),
}
_CODES: Final = {
    "significant": N_("Yes"),
    "routine": N_("No"),
    "on_roll": N_("On roll"),
    "possibly_left": N_("Possibly left"),
    "left": N_("Left"),
    "tell-and-check-in": N_("Tell the teacher, check in first"),
    "quiet": N_("Quiet support"),
    "ask-first": N_("Ask for more detail first"),
    "not-ours": N_("Not our pupil"),
}


def noun_words(noun: str) -> str:
    """What sort of record it is."""
    form = FORMS.get(noun)
    return _(form.words) if form else _(_NOUNS.get(noun, N_("Record")))


def field_words(noun: str, name: str) -> str:
    """Which fact of it: the question of its form, where it has one."""
    asked = _question(noun, name)
    if asked is not None:
        return _(asked.words)
    known = _FIELDS.get(name)
    return _(known) if known else name.replace("_", " ").capitalize()


def value_words(noun: str, field: Field | None, value: Value) -> str:
    """A value as people read it. Missing is said, never blank."""
    if value is None or value == "":
        return _("Nothing")
    asked = _question(noun, field.name) if field else None
    if asked is not None:
        return answer_words(asked, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | dict):
        words = ngettext("{n} line", "{n} lines", len(value))
        return words.format(n=len(value))
    return _moment_words(field, value) or _code_words(str(value)) or say.plain_text(str(value))


def _code_words(code: str) -> str:
    known = _CODES.get(code)
    return _(known) if known else ""


def _moment_words(field: Field | None, value: Value) -> str:
    """A day or an instant in words; nothing where it is neither."""
    found = moment(value) if field and field.kind in {Kind.DATE, Kind.INSTANT} else None
    if field is None or found is None:
        return ""
    day = say.date_words(found.date())
    if field.kind is Kind.DATE:
        return day
    return _("{day}, {time}").format(day=day, time=say.time_words(found))


def counts_words(field: Field | None) -> str:
    """Which of the values counts until a person decides, and why."""
    rule = field.rule if field else Rule.REGISTER
    return {
        Rule.PROTECTIVE: _("Until you decide, the one that protects more counts."),
        Rule.EARLIEST: _("Until you decide, the earlier date counts."),
        Rule.REGISTER: _("Until you decide, the one written last counts."),
        Rule.IMMUTABLE: _("Both stay. Correct the one that is wrong; nothing is chosen here."),
    }[rule]


def decidable(field: Field | None) -> bool:
    """Whether a person can choose: what is written once is corrected instead."""
    return field is None or field.rule is not Rule.IMMUTABLE


def _question(noun: str, name: str) -> Question | None:
    form = FORMS.get(noun)
    if form is None:
        return None
    return next((q for q in form.all_questions if q.field == name), None)
