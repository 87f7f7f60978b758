"""What is asked about a family: one declaration feeds the form on screen, the check on Save and the command line.

A form's choices of people and homes are filled in where it is asked: they are this family's own.
"""

from dataclasses import replace
from typing import Final

from schoolsafe.domain.family import (
    COLLECTION_BAR,
    COUPLE,
    EVIDENCE,
    FORBIDDEN,
    HOME,
    HOMES,
    PROTECTED_IDENTITY,
    REFERRAL,
    RELATION,
    RELATIONSHIPS,
    RELATIVE,
    RESIDENCE,
    SEXES,
)
from schoolsafe.domain.field import Noun
from schoolsafe.domain.file_form import YES_NO, Ask, FileForm, Group, Question, When
from schoolsafe.words import N_


def _form(noun: Noun, words: str, record: str, *questions: Question) -> FileForm:
    return FileForm(
        noun, words, record, questions, when="", says="", group=Group.FAMILY, voice=False
    )


PERSON: Final = _form(
    RELATIVE,
    N_("Person"),
    N_("Add a person"),
    Question("name", N_("Name"), hint=N_("As they are known"), needed=N_("Enter their name")),
    Question(
        "relationship",
        N_("What are they to the child?"),
        Ask.CHOICE,
        choices=RELATIONSHIPS,
        needed=N_("Choose what they are to the child"),
    ),
    Question(
        "own_words", N_("What does the child call them?"), hint=N_("In the child’s own words")
    ),
    Question("parental_responsibility", N_("Parental responsibility?"), Ask.CHOICE, choices=YES_NO),
    Question("safe_to_call", N_("Safe to call?"), Ask.CHOICE, choices=YES_NO),
    Question("phone", N_("Phone")),
    Question("sex", N_("Sex, for the drawing"), Ask.CHOICE, choices=SEXES),
    Question("born", N_("Date of birth"), Ask.DAY, when=When.PAST),
    Question("school", N_("School"), hint=N_("Of a brother or sister at another school")),
    Question("school_contact", N_("The lead there"), hint=N_("Name and phone")),
    Question("notes", N_("Notes"), Ask.LONG),
)
KNOWN: Final = Question(
    "relative",
    N_("Already on record with a brother or sister?"),
    Ask.CHOICE,
    hint=N_("Choose the person, and say what they are to this child"),
)
"""Asked too where a brother or sister here has people this child has not."""
PLACE: Final = _form(
    HOME,
    N_("Home"),
    N_("Add a home"),
    Question(
        "kind",
        N_("What sort of home?"),
        Ask.CHOICE,
        choices=HOMES,
        needed=N_("Choose what sort of home it is"),
    ),
    Question("address", N_("Address"), Ask.LONG, searchable=False),
    Question(
        "confidential",
        N_("Is the address confidential?"),
        Ask.CHOICE,
        choices=YES_NO[:2],
        hint=N_("It is kept off every print. A refuge always is."),
        needed=N_("Choose whether the address is confidential"),
    ),
    Question("since", N_("Since"), Ask.DAY),
    Question("until", N_("Until"), Ask.DAY, hint=N_("Leave empty while the child lives there")),
    Question("notes", N_("Notes")),
)
LIVES: Final = _form(
    RESIDENCE,
    N_("Who lives there"),
    N_("Say who lives where"),
    Question("who", N_("Who?"), Ask.CHOICE, needed=N_("Choose who")),
    Question("home", N_("Where?"), Ask.CHOICE, needed=N_("Choose the home")),
    Question("pattern", N_("Which days?"), hint=N_("For example, every other weekend")),
    Question("since", N_("Since"), Ask.DAY),
    Question("until", N_("Until"), Ask.DAY),
)
PAIR: Final = _form(
    RELATION,
    N_("Couple"),
    N_("Say who is a couple, or was"),
    Question("relative", N_("One of them"), Ask.CHOICE, needed=N_("Choose the one")),
    Question("other", N_("The other"), Ask.CHOICE, needed=N_("Choose the other")),
    Question(
        "relationship",
        N_("How is it now?"),
        Ask.CHOICE,
        choices=COUPLE,
        needed=N_("Choose how it is now"),
    ),
)
BAR: Final = _form(
    COLLECTION_BAR,
    N_("Must not collect or contact"),
    N_("Say who must not collect"),
    Question("name", N_("Who?"), needed=N_("Enter the name")),
    Question(
        "forbidden",
        N_("What must they not do?"),
        Ask.CHOICE,
        choices=FORBIDDEN,
        needed=N_("Choose what they must not do"),
    ),
    Question(
        "evidence",
        N_("What does it rest on?"),
        Ask.CHOICE,
        choices=EVIDENCE,
        needed=N_("Choose what it rests on"),
    ),
    Question("reference", N_("Reference"), hint=N_("Court and case number, or log number")),
    Question("until", N_("Last day it holds"), Ask.DAY, hint=N_("Leave empty if it has no end")),
    Question("reason", N_("Why?"), Ask.LONG, hint=N_("Only safeguarding leads read this")),
    Question(
        "may_collect",
        N_("Only these people may collect"),
        hint=N_("Names for the gate, no reason. Leave empty to keep what stands."),
    ),
)
BABY: Final = _form(
    RELATIVE,
    N_("Expected baby"),
    N_("Add a baby who is expected"),
    Question(
        "due",
        N_("When is the baby due?"),
        Ask.DAY,
        hint=N_("As near as it is known. No name."),
        needed=N_("Enter when the baby is due"),
    ),
    Question(
        "relationship",
        N_("What will the baby be to the child?"),
        Ask.CHOICE,
        choices=tuple(
            one
            for one in RELATIONSHIPS
            if one[0] in {"sibling", "half_sibling", "step_sibling", "own_child", "other"}
        ),
        needed=N_("Choose what the baby will be to the child"),
    ),
    Question("home", N_("Which home is it expected in?"), Ask.CHOICE),
    Question("notes", N_("Notes"), Ask.LONG),
)
REFERRED: Final = _form(
    RELATIVE,
    N_("Referral decision"),
    N_("Record the referral decision"),
    Question(
        "referral",
        N_("Was it referred?"),
        Ask.CHOICE,
        choices=REFERRAL,
        hint=N_("To social care, or the team for unborn babies where there is one"),
        needed=N_("Choose whether it was referred"),
    ),
    Question("referral_why", N_("Why?"), Ask.LONG, needed=N_("Write why")),
)
BORN: Final = _form(
    RELATIVE,
    N_("The baby was born"),
    N_("Say that the baby was born"),
    Question("name", N_("Name"), needed=N_("Enter the name")),
    Question(
        "born", N_("Born on"), Ask.DAY, when=When.PAST, needed=N_("Enter when the baby was born")
    ),
    Question("sex", N_("Sex, for the drawing"), Ask.CHOICE, choices=SEXES),
)
NO_BABY: Final = _form(
    RELATIVE,
    N_("No longer expected"),
    N_("Close it with a reason"),
    Question("closed_why", N_("Why?"), Ask.LONG, needed=N_("Write why")),
)
PROTECT: Final = _form(
    PROTECTED_IDENTITY,
    N_("Protected identity"),
    N_("Protect this child’s identity"),
    Question("why", N_("Why?"), Ask.LONG, needed=N_("Write why")),
    Question(
        "head",
        N_("Headteacher who decides it with you"),
        hint=N_("Full name. You are named as the lead."),
        needed=N_("Enter the headteacher’s name"),
    ),
)

FORMS: Final = {
    "person": PERSON,
    "home": PLACE,
    "lives": LIVES,
    "couple": PAIR,
    "bar": BAR,
    "baby": BABY,
    "referral": REFERRED,
    "born": BORN,
    "no-baby": NO_BABY,
    "protect": PROTECT,
}
"""By the word the command line uses."""
ABOUT_BABY: Final = frozenset({"referral", "born", "no-baby"})
"""What is said about a baby already on record."""


def offering(form: FileForm, choices: dict[str, tuple[tuple[str, str], ...]]) -> FileForm:
    """The form with this family's own people and homes to choose from; a question nobody can answer is left out."""
    questions = tuple(
        replace(q, choices=choices[q.field]) if q.field in choices else q for q in form.questions
    )
    kept = tuple(q for q in questions if q.ask is not Ask.CHOICE or q.choices or q.needed)
    return replace(form, questions=kept)
