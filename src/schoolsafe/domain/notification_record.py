"""How a notification stands on record: the nouns with their fields and conflict rules.

What was sent never changes; what the school decides stands in registers beside it.
"""

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.domain.notification import Choice

NOTIFICATION = Noun(
    "notification",
    TEAM,
    (
        Field("kind", Kind.CODE, Rule.IMMUTABLE),
        Field("channel", Kind.CODE, Rule.IMMUTABLE),
        Field("received_at", Kind.INSTANT, Rule.IMMUTABLE, indexed=True),
        Field("sender", Kind.DATA, Rule.IMMUTABLE),
        Field("mail_from", Kind.DATA, Rule.IMMUTABLE),
        Field("mail_server_check", Kind.CODE, Rule.IMMUTABLE),
        Field("forwarded_by", Kind.DATA, Rule.IMMUTABLE),
        Field("message_id", Kind.TEXT, Rule.IMMUTABLE),
        Field("police_reference", Kind.TEXT, Rule.IMMUTABLE, searchable=True, indexed=True),
        Field("incident", Kind.DATA, Rule.IMMUTABLE),
        Field("circumstances", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("risk", Kind.DATA, Rule.IMMUTABLE),
        Field("police_action", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("social_care_referral", Kind.CODE, Rule.IMMUTABLE),
        Field("unborn", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("adults", Kind.DATA, Rule.IMMUTABLE),
        Field("other", Kind.DATA, Rule.IMMUTABLE),
        Field("source", Kind.TEXT, Rule.IMMUTABLE),
        Field("spans", Kind.DATA, Rule.IMMUTABLE),
        Field("quoted_older", Kind.DATA, Rule.IMMUTABLE),
        Field("warnings", Kind.DATA, Rule.IMMUTABLE),
        Field("original_sha256", Kind.TEXT, Rule.IMMUTABLE, indexed=True),
        Field("outcome", Kind.CODE, Rule.IMMUTABLE),
        Field("signer", Kind.TEXT, Rule.IMMUTABLE, indexed=True),
        Field("signer_name", Kind.TEXT, Rule.IMMUTABLE),
        Field("signer_test", Kind.FLAG, Rule.IMMUTABLE),
        Field("signature", Kind.CODE, Rule.IMMUTABLE),
        Field("sent_version", Kind.NUMBER, Rule.IMMUTABLE),
        Field("sent_at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("notice_id", Kind.TEXT, Rule.IMMUTABLE, indexed=True),
        Field("school_key", Kind.TEXT, Rule.IMMUTABLE),
        Field("words_sha256", Kind.TEXT, Rule.IMMUTABLE),
        Field("slot", Kind.TEXT, Rule.IMMUTABLE),
        Field("opened_at", Kind.INSTANT, Rule.EARLIEST),
        Field("opened_by", Kind.ENTITY),
        Field("acknowledged_at", Kind.INSTANT, Rule.EARLIEST),
        Field("acknowledged_by", Kind.ENTITY),
        Field("nobody_named", Kind.FLAG, indexed=True),
        Field("words_at", Kind.INSTANT, Rule.EARLIEST),
        Field("words_by", Kind.ENTITY),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""The incident side of a notice: as received, never changed; plus who opened and acknowledged it.

``nobody_named`` is true until a person names the first child of a message in which the reader found none.
``signer`` and the fields up to ``slot`` are of sealed notices only (docs/spec/notice.md): whose key signed it,
whether that holds (``holds``, ``broken``), and under which id, version and name it came.
"""

NOTIFIED_CHILD = Noun(
    "line",
    TEAM,
    (
        Field("notification", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("number", Kind.NUMBER, Rule.IMMUTABLE),
        Field("name_as_sent", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("surname", Kind.TEXT, Rule.IMMUTABLE),
        Field("forename", Kind.TEXT, Rule.IMMUTABLE),
        Field("other_forenames", Kind.TEXT, Rule.IMMUTABLE),
        Field("dob", Kind.DATE, Rule.IMMUTABLE, indexed=True),
        Field("dob_as_sent", Kind.TEXT, Rule.IMMUTABLE),
        Field("age_as_sent", Kind.TEXT, Rule.IMMUTABLE),
        Field("role", Kind.CODE, Rule.IMMUTABLE),
        Field("school_named", Kind.TEXT, Rule.IMMUTABLE),
        Field("relationship", Kind.TEXT, Rule.IMMUTABLE),
        Field("presence", Kind.CODE, Rule.IMMUTABLE),
        Field("presence_as_sent", Kind.TEXT, Rule.IMMUTABLE),
        Field("welfare_check", Kind.CODE, Rule.IMMUTABLE),
        Field("spoken_to_by_police", Kind.CODE, Rule.IMMUTABLE),
        Field("voice", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_with", Kind.CODE, Rule.IMMUTABLE),
        Field("voice_remark", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("involved_or_injured", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("spans", Kind.DATA, Rule.IMMUTABLE),
        Field("sibling_of", Kind.ENTITY, Rule.IMMUTABLE),
        Field("child", Kind.ENTITY, indexed=True),
        Field("match_why", Kind.TEXT),
        Field("no_match", Kind.TEXT),
        Field("outcome", Kind.DATA),
        Field(
            "choice",
            Kind.CODE,
            Rule.PROTECTIVE,
            order=(Choice.TELL_AND_CHECK_IN, Choice.ASK_FIRST, Choice.QUIET, Choice.NOT_OURS),
        ),
        Field("reason", searchable=True),
        Field("key_adult", Kind.TEXT),
        Field("first_adult", Kind.TEXT),
        Field("review", Kind.DATE, Rule.EARLIEST),
        Field("left_for_later", Kind.FLAG),
        Field("closed", Kind.DATA, Rule.REGISTER),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""One child of a notice: the facts as sent, and the registers of the school's own decisions.

``closed`` is ``{"outcome": …, "reason": …, "at": …}`` or None once reopened.
"""

FOLLOW_UP = Noun(
    "follow_up",
    TEAM,
    (
        Field("line", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("step", Kind.CODE, Rule.IMMUTABLE),
        Field("happened_at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("text", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("child_words", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_why_not", Kind.TEXT, Rule.IMMUTABLE),
        Field("voice_asked", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("told_to", Kind.TEXT, Rule.IMMUTABLE),
        Field("how", Kind.CODE, Rule.IMMUTABLE),
        Field("basis", Kind.TEXT, Rule.IMMUTABLE),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""One step after the decision. ``step``: seen_on_arrival, attendance, history_read, referral_decision,
parent_contact, sibling_schools, checked_in, review. Source: domain.md 2.6."""

TOLD_SLIP = Noun(
    "told_slip",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("line", Kind.ENTITY, Rule.IMMUTABLE),
        Field("level", Kind.CODE, Rule.IMMUTABLE),
        Field("told_to", Kind.TEXT, Rule.IMMUTABLE),
        Field("how", Kind.CODE, Rule.IMMUTABLE),
        Field("text", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("until", Kind.DATE, Rule.IMMUTABLE),
        Field("basis", Kind.TEXT, Rule.IMMUTABLE),
        Field("ended", Kind.FLAG),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""Who was told what, and until when. Level A "be aware", B "what helps"; C is the lead's own and never a slip."""
