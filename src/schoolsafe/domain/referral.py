"""A referral to another agency: sent, acknowledged, decided. "Not referred" is a decision with reasons too.

Source: domain.md 3.2 (MASH, thresholds), 4.2 (record of a decision).
"""

from typing import Final

from schoolsafe.domain.file_form import (
    YES_NO,
    Ask,
    FileForm,
    Group,
    Question,
    When,
    file_noun,
)
from schoolsafe.words import N_

LEVELS: Final = (
    ("1", N_("Level 1, universal")),
    ("2", N_("Level 2, early help")),
    ("3", N_("Level 3, child in need")),
    ("4", N_("Level 4, child protection")),
)
"""Four levels as most threshold documents have them; a school rewords them in Settings."""

_QUESTIONS: Final = (
    Question(
        "to",
        N_("Referred to"),
        Ask.CHOICE,
        choices=(
            ("mash", N_("MASH or front door")),
            ("early_help", N_("Early Help")),
            ("police", N_("Police")),
            ("idva", N_("IDVA, adviser for the adult harmed")),
            ("advocate", N_("Advocate for the child")),
            ("marac", N_("MARAC")),
            ("health", N_("Health")),
            ("programme", N_("Recovery programme")),
            ("other", N_("Another agency")),
            ("not_referred", N_("Not referred")),
        ),
        needed=N_("Choose whom it was referred to, or that it was not"),
    ),
    Question(
        "sent_at",
        N_("When was it sent, or decided?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when it was sent or decided"),
    ),
    Question("method", N_("How?"), hint=N_("By phone, online form, secure email")),
    Question("contact", N_("Who took it?"), hint=N_("Name and role"), contacts=True),
    Question("why", N_("Why?"), Ask.LONG, needed=N_("Write why")),
    Question("level", N_("Level you believe is met"), Ask.CHOICE, choices=LEVELS, own="levels"),
    Question(
        "consent",
        N_("Was consent asked for?"),
        Ask.CHOICE,
        choices=YES_NO,
        part=N_("Consent"),
    ),
    Question("consent_why_not", N_("If not, why not?")),
    Question("reference", N_("Their reference"), later=True, part=N_("Their answer")),
    Question("acknowledged_at", N_("When did they answer?"), Ask.MOMENT, later=True),
    Question("decision", N_("What did they decide?"), Ask.LONG, later=True),
    Question("decided_at", N_("When did they decide?"), Ask.MOMENT, later=True),
    Question("feedback_due", N_("Feedback due"), Ask.DAY, later=True),
    Question("our_view", N_("What do you think of their decision?"), Ask.LONG, later=True),
)

REFERRAL: Final = FileForm(
    noun=file_noun("referral", _QUESTIONS),
    words=N_("Referral"),
    record=N_("Record a referral, or why not"),
    questions=_QUESTIONS,
    when="sent_at",
    says="why",
    titled=("to",),
    group=Group.AGENCY,
)
