"""Every noun the record knows. The reducer, the read tables and search follow from this list."""

from schoolsafe.domain.calendar import SITE
from schoolsafe.domain.child import CHILD, CLASS, PUPIL_IMPORT
from schoolsafe.domain.chronology import CHRONOLOGY_ENTRY, RULE_DECISION
from schoolsafe.domain.contact import CONTACT
from schoolsafe.domain.cover import CONTACT_CARD, COVER
from schoolsafe.domain.expected_notice import EXPECTED_NOTICE
from schoolsafe.domain.family import NOUNS as FAMILY
from schoolsafe.domain.field import AUDIT, Field, Kind, Noun, Rule
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.domain.lateness import TIMING_CHANGE
from schoolsafe.domain.not_ours import NOT_OURS
from schoolsafe.domain.notification_record import FOLLOW_UP, NOTIFICATION, NOTIFIED_CHILD, TOLD_SLIP
from schoolsafe.domain.person import PERSON, SCHOOL_FACTS, SETTING
from schoolsafe.domain.protocol_card import CARD_BREAK, PROTOCOL_CARD
from schoolsafe.domain.template import MAIL_TEMPLATE
from schoolsafe.domain.trusted_sender import TRUSTED_SENDER

AUDIT_LINE = Noun(
    "audit_line",
    AUDIT,
    (
        Field("act", Kind.CODE, Rule.IMMUTABLE),
        Field("about", Kind.ENTITY, Rule.IMMUTABLE),
        Field("what", Kind.TEXT, Rule.IMMUTABLE),
        Field("at", Kind.INSTANT, Rule.IMMUTABLE),
    ),
)
"""Who opened, printed or exported what. ``act``: opened, printed, exported, sent, unlock_failed, setting."""

NOUNS: tuple[Noun, ...] = (
    SCHOOL_FACTS,
    PERSON,
    SETTING,
    SITE,
    CHILD,
    CLASS,
    PUPIL_IMPORT,
    NOTIFICATION,
    NOTIFIED_CHILD,
    TRUSTED_SENDER,
    FOLLOW_UP,
    TOLD_SLIP,
    NOT_OURS,
    CHRONOLOGY_ENTRY,
    RULE_DECISION,
    PROTOCOL_CARD,
    CARD_BREAK,
    TIMING_CHANGE,
    EXPECTED_NOTICE,
    COVER,
    CONTACT_CARD,
    CONTACT,
    MAIL_TEMPLATE,
    AUDIT_LINE,
    *FAMILY,
    *(form.noun for form in FORMS),
)

BY_NAME: dict[str, Noun] = {noun.name: noun for noun in NOUNS}

PROJECTION = 1
"""Bump when the read tables change shape: they are rebuilt at the next unlock."""
