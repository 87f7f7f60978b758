"""What else passes between the school and other agencies: thresholds, challenge, sharing, helpline, programmes.

Source: domain.md 2.8 (helpline), 3.2 (thresholds), 3.5 (perpetrator programmes), 3.7 (challenge), 6.2 (sharing).
"""

from typing import Final

from schoolsafe.domain.field import Field, Kind, Rule
from schoolsafe.domain.file_form import Ask, FileForm, Group, Question, When, file_noun
from schoolsafe.domain.referral import LEVELS
from schoolsafe.words import N_

_THRESHOLD: Final = (
    Question(
        "level",
        N_("Which level?"),
        Ask.CHOICE,
        choices=LEVELS,
        needed=N_("Choose the level"),
        own="levels",
    ),
    Question("since", N_("Since when?"), Ask.DAY, when=When.PAST, needed=N_("Enter since when")),
    Question("why", N_("Why?"), Ask.LONG, needed=N_("Write why")),
    Question(
        "set_by",
        N_("Who set it?"),
        hint=N_("The school, or the agency and the person"),
        contacts=True,
    ),
    Question("plan", N_("Plan"), hint=N_("Early help, child in need, child protection")),
    Question("social_worker", N_("Social worker"), hint=N_("Name, phone, cover"), contacts=True),
    Question("review_on", N_("When is it looked at again?"), Ask.DAY, later=True),
    Question("ended_on", N_("When did it end?"), Ask.DAY, when=When.PAST, later=True),
)

THRESHOLD: Final = FileForm(
    noun=file_noun("threshold", _THRESHOLD),
    words=N_("Level of need"),
    record=N_("Record the level of need"),
    questions=_THRESHOLD,
    when="since",
    says="why",
    titled=("level",),
    group=Group.AGENCY,
)

_CHALLENGE: Final = (
    Question(
        "raised_at",
        N_("When was it raised?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when it was raised"),
    ),
    Question("disagreed", N_("What is disagreed?"), Ask.LONG, needed=N_("Write what is disagreed")),
    Question(
        "impact",
        N_("What does it mean for the child?"),
        Ask.LONG,
        needed=N_("Write what it means for the child"),
    ),
    Question("wanted", N_("What outcome is wanted?"), needed=N_("Write what outcome is wanted")),
    Question("evidence", N_("On what does it rest?"), Ask.LONG),
    Question("to", N_("With whom was it raised?"), hint=N_("Agency, name and role"), contacts=True),
    Question(
        "contacts",
        N_("Whom did you speak to at each stage?"),
        Ask.LONG,
        hint=N_("Stage, day, name and role"),
        later=True,
    ),
    Question(
        "stage",
        N_("Stage now"),
        Ask.NUMBER,
        hint=N_("As your escalation route counts them"),
        later=True,
    ),
    Question("stage_since", N_("At this stage since"), Ask.DAY, when=When.PAST, later=True),
    Question("reply", N_("What did they answer?"), Ask.LONG, later=True),
    Question("resolved_on", N_("When was it settled?"), Ask.DAY, when=When.PAST, later=True),
    Question("outcome", N_("How was it settled?"), Ask.LONG, later=True),
    Question("learning", N_("What is learned from it?"), later=True),
)

CHALLENGE: Final = FileForm(
    noun=file_noun("challenge", _CHALLENGE),
    words=N_("Professional challenge"),
    record=N_("Challenge a decision"),
    questions=_CHALLENGE,
    when="raised_at",
    says="disagreed",
    titled=("to",),
    group=Group.DECISION,
    together=(("resolved_on", "outcome", N_("Write how it was settled")),),
)

BASES: Final = (
    ("public_task", N_("Public task")),
    ("legal_obligation", N_("Legal obligation")),
    ("safeguarding", N_("Safeguarding of children, without consent")),
    ("consent", N_("With consent")),
    ("vital_interests", N_("To protect somebody’s life")),
)
"""Lawful bases a school shares under. Source: domain.md 6.2."""

_SHARE: Final = (
    Question(
        "shared_at",
        N_("When was it shared?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when it was shared"),
    ),
    Question("what", N_("What was shared?"), Ask.LONG, needed=N_("Write what was shared")),
    Question(
        "with_whom",
        N_("With whom?"),
        hint=N_("Agency, name and role"),
        needed=N_("Write with whom"),
        contacts=True,
    ),
    Question("why", N_("Why?"), needed=N_("Write why")),
    Question(
        "basis", N_("Lawful basis"), Ask.CHOICE, choices=BASES, needed=N_("Choose the lawful basis")
    ),
    Question("how", N_("How?"), hint=N_("By phone, secure email, by hand")),
    Question("consent", N_("Consent, or why not")),
)

SHARE: Final = FileForm(
    noun=file_noun(
        "share",
        _SHARE,
        voice=False,
        more=(
            Field("act", Kind.CODE, Rule.IMMUTABLE),
            Field("paper", Kind.CODE, Rule.IMMUTABLE),
            Field("about", Kind.ENTITY, Rule.IMMUTABLE),
        ),
    ),
    words=N_("Information shared"),
    record=N_("Record what was shared"),
    questions=_SHARE,
    when="shared_at",
    says="what",
    titled=("with_whom",),
    group=Group.AGENCY,
    voice=False,
)
"""What a person shared. A row with an ``act`` (printed, exported) the program wrote itself: ``paper`` is what left,
and it stands in the log of what was shared, not on the chronology."""

_HELPLINE: Final = (
    Question(
        "called_at",
        N_("When was the call?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when the call was"),
    ),
    Question("which", N_("Which helpline?"), needed=N_("Write which helpline")),
    Question(
        "asked",
        N_("What was asked?"),
        Ask.LONG,
        hint=N_("No name is needed"),
        needed=N_("Write what was asked"),
    ),
    Question("advice", N_("What was advised?"), Ask.LONG),
    Question("done", N_("What was done with it?"), later=True),
)

HELPLINE_CALL: Final = FileForm(
    noun=file_noun("helpline_call", _HELPLINE, voice=False),
    words=N_("Helpline call"),
    record=N_("Record a call to a helpline"),
    questions=_HELPLINE,
    when="called_at",
    says="asked",
    titled=("which",),
    group=Group.AGENCY,
    voice=False,
    childless=True,
)

_PERPETRATOR: Final = (
    Question(
        "known_on",
        N_("When did the school learn of it?"),
        Ask.DAY,
        when=When.PAST,
        needed=N_("Enter when the school learned of it"),
    ),
    Question("name", N_("Which programme?"), needed=N_("Write which programme")),
    Question("source", N_("Who said so?"), needed=N_("Write who said so")),
    Question("started_on", N_("Started"), Ask.DAY),
    Question("ended_on", N_("Ended"), Ask.DAY, later=True),
    Question("referred_again", N_("Referred again after a further incident"), later=True),
)
"""Only that it is known: name, dates, source. Source: domain.md 3.5."""

PERPETRATOR_PROGRAMME: Final = FileForm(
    noun=file_noun("perpetrator_programme", _PERPETRATOR, voice=False),
    words=N_("Programme for the person who caused harm"),
    record=N_("Note that a programme is known"),
    questions=_PERPETRATOR,
    when="known_on",
    says="name",
    group=Group.AGENCY,
    restricted=True,
    voice=False,
)
