"""Meetings with other agencies: strategy meeting, conference or network meeting, MARAC, the area's daily meeting.

Names of meetings differ from area to area and are the school's own words. Source: domain.md 3.3, 3.4.
"""

from typing import Final

from schoolsafe.domain.file_form import Ask, FileForm, Group, Question, When, file_noun
from schoolsafe.words import N_

MODES: Final = (
    ("in_person", N_("In person")),
    ("phone", N_("By phone")),
    ("video", N_("By video")),
    ("absent", N_("The school was not there")),
)
"""A call counts as attending. Source: domain.md 3.3."""

_STRATEGY: Final = (
    Question(
        "triggered_at",
        N_("When did the concern reach the school?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when the concern reached the school"),
    ),
    Question("why", N_("Why is a strategy meeting asked for?"), Ask.LONG, needed=N_("Write why")),
    Question(
        "invited_at",
        N_("When was the school invited?"),
        Ask.MOMENT,
        when=When.PAST,
        later=True,
        part=N_("Invitation"),
    ),
    Question("invited_how", N_("How was it invited?"), later=True),
    Question("asked_for_at", N_("For when was it called?"), Ask.MOMENT, later=True),
    Question(
        "held_at",
        N_("When was it held?"),
        Ask.MOMENT,
        when=When.PAST,
        later=True,
        part=N_("The meeting"),
    ),
    Question("mode", N_("How did the school take part?"), Ask.CHOICE, choices=MODES, later=True),
    Question("attended", N_("Who was there for the school?"), hint=N_("Name and role"), later=True),
    Question("told", N_("What did the school tell?"), Ask.LONG, later=True),
    Question("decision", N_("What was decided?"), Ask.LONG, later=True),
    Question(
        "actions",
        N_("What is the school to do?"),
        Ask.LONG,
        hint=N_("With owner and date"),
        later=True,
    ),
    Question("dissent", N_("Where did the school see it otherwise?"), later=True),
    Question(
        "minutes_at",
        N_("When did the minutes come?"),
        Ask.DAY,
        when=When.PAST,
        later=True,
        part=N_("Minutes"),
    ),
)

STRATEGY_MEETING: Final = FileForm(
    noun=file_noun("strategy_meeting", _STRATEGY),
    words=N_("Strategy meeting"),
    record=N_("Record a strategy meeting"),
    questions=_STRATEGY,
    when="triggered_at",
    says="why",
    group=Group.MEETING,
)

_NETWORK: Final = (
    Question(
        "kind",
        N_("Which meeting?"),
        Ask.CHOICE,
        choices=(
            ("conference", N_("Child protection conference")),
            ("core_group", N_("Core group")),
            ("child_in_need", N_("Child in need meeting")),
            ("early_help", N_("Team around the child")),
            ("other", N_("Another meeting")),
        ),
        needed=N_("Choose which meeting it was"),
    ),
    Question(
        "held_at",
        N_("When was it held?"),
        Ask.MOMENT,
        needed=N_("Enter when it was, or will be, held"),
    ),
    Question(
        "told",
        N_("What did the school tell, or will it tell?"),
        Ask.LONG,
        needed=N_("Write what the school told"),
    ),
    Question("mode", N_("How did the school take part?"), Ask.CHOICE, choices=MODES, later=True),
    Question("attended", N_("Who was there?"), hint=N_("Names and roles"), later=True),
    Question("decision", N_("What was decided?"), Ask.LONG, later=True),
    Question(
        "actions",
        N_("What is the school to do?"),
        Ask.LONG,
        hint=N_("With owner and date"),
        later=True,
    ),
    Question("dissent", N_("Where did the school see it otherwise?"), later=True),
    Question("minutes_at", N_("When did the minutes come?"), Ask.DAY, when=When.PAST, later=True),
    Question("next_at", N_("When is the next one?"), Ask.DAY, later=True),
)

NETWORK_MEETING: Final = FileForm(
    noun=file_noun("network_meeting", _NETWORK),
    words=N_("Conference or network meeting"),
    record=N_("Record a conference or a network meeting"),
    questions=_NETWORK,
    when="held_at",
    says="told",
    titled=("kind",),
    group=Group.MEETING,
)

_MARAC: Final = (
    Question("heard_on", N_("Heard on"), Ask.DAY, needed=N_("Enter the day of the conference")),
    Question("reference", N_("Reference")),
    Question(
        "told", N_("What did the school tell?"), Ask.LONG, needed=N_("Write what the school told")
    ),
    Question("asked_by", N_("Who asked the school?"), hint=N_("Name and role"), contacts=True),
    Question("actions", N_("Actions for the school"), Ask.LONG, later=True),
)
"""The school gets actions, not minutes. Source: domain.md 3.4."""

MARAC: Final = FileForm(
    noun=file_noun("marac", _MARAC),
    words=N_("MARAC"),
    record=N_("Record what MARAC asked of the school"),
    questions=_MARAC,
    when="heard_on",
    says="told",
    titled=("reference",),
    group=Group.MEETING,
    restricted=True,
)

_DAILY: Final = (
    Question("name", N_("What is the meeting called here?"), hint=N_("MADA, for example")),
    Question("heard_on", N_("Heard on"), Ask.DAY, needed=N_("Enter the day of the meeting")),
    Question(
        "told", N_("What did the school tell?"), Ask.LONG, needed=N_("Write what the school told")
    ),
    Question("safety_plan", N_("Safety plan"), later=True),
    Question("safeguarding", N_("Safeguarding"), later=True),
    Question("to_marac", N_("Sent on to MARAC"), later=True),
    Question("actions", N_("Actions for the school"), Ask.LONG, later=True),
)

DAILY_MEETING: Final = FileForm(
    noun=file_noun("daily_meeting", _DAILY),
    words=N_("The area’s daily meeting"),
    record=N_("Record the area’s daily meeting"),
    questions=_DAILY,
    when="heard_on",
    says="told",
    titled=("name",),
    group=Group.MEETING,
)
