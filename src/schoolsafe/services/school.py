"""The school and its people; what set-up still lacks; choices that hold for the whole school."""

from collections.abc import Mapping
from dataclasses import dataclass

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.notification import Choice
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Actor, Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.school_words import role_words
from schoolsafe.words import N_, _

CONSEQUENCE_LETTERS = 26
"""The most letters a choice's second line may have, or the pinned bar grows (design critique C2)."""

_CHOICES: Mapping[Choice, tuple[str, str]] = {
    Choice.TELL_AND_CHECK_IN: (
        N_("Tell the teacher, check in first"),
        N_("A known adult sees them"),
    ),
    Choice.QUIET: (N_("Quiet support"), N_("Nobody raises it first")),
    Choice.ASK_FIRST: (N_("Ask for more detail first"), N_("Call police or social care")),
    Choice.NOT_OURS: (N_("Not our pupil"), N_("Tell the sender, no file")),
}


class TooLong(Refused):
    """The second line of a choice has room for {letters} letters."""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The school as set up."""

    name: str
    urn: str
    test: bool
    demo: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member of staff."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One of the four choices in this school's words."""

    choice: Choice
    words: str
    consequence: str


def usual_choices() -> tuple[ChoiceWords, ...]:
    """The four choices before a school has put them in its own words."""
    return tuple(
        ChoiceWords(choice, _(first), _(second)) for choice, (first, second) in _CHOICES.items()
    )


class Schools:
    """What a person can ask and set about the school."""

    def __init__(self, desk: Desk, *, recovery_drilled: bool, holders: int) -> None:
        """``holders`` is how many computers hold the team's key."""
        self._desk = desk
        self._recovery_drilled = recovery_drilled
        self._holders = holders

    def facts(self) -> SchoolFacts:
        """The school's name and URN."""
        found = self._desk.reader.find("school", limit=1)
        values: Mapping[str, Value] = found[0].values if found else {}
        return SchoolFacts(
            text(values, "name") or "",
            text(values, "urn") or "",
            bool(values.get("test")),
            bool(values.get("demo")),
        )

    def people(self) -> tuple[PersonFacts, ...]:
        """Staff on record, by name."""
        return tuple(
            PersonFacts(r.id, text(r.values, "name") or "", text(r.values, "role") or "")
            for r in self._desk.reader.find("person", order="name")
        )

    def add_person(self, *, name: str, role: str, job: str = "") -> Changes:
        """Somebody on the staff list. A name here is no key: only a seat reads anything."""
        values: dict[str, Value] = {"name": name, "role": role}
        values |= {"job": job} if job else {}
        add = Add(self._desk.ids.new("person"), values)
        return self._desk.put([NewEntry(SCHOOL, "person.add", (add,))], frozenset({Topic.SCHOOL}))

    def signature(self, actor: Actor) -> str:
        """Name and role in full: initials mean nothing to a stranger in 25 years."""
        return f"{actor.name}, {role_words(actor.role)}"

    def setup_missing(self) -> tuple[str, ...]:
        """What set-up still lacks: recovery_drill, second_holder, calendar, pupils. Codes, in that order."""
        reader = self._desk.reader
        missing = {
            "recovery_drill": not self._recovery_drilled,
            "second_holder": self._holders < 2,  # noqa: PLR2004  # a second person
            "calendar": reader.get("site:main") is None,
            "pupils": reader.count("child", {"withdrawn": None}) == 0,
        }
        return tuple(code for code, is_missing in missing.items() if is_missing)

    def choices(self) -> tuple[ChoiceWords, ...]:
        """The four choices. Schools can reword them, not remove one."""
        record = self._desk.reader.get("setting:choices")
        own = record.values.get("value") if record else None
        said = own if isinstance(own, dict) else {}
        words = []
        for choice, (first, second) in _CHOICES.items():
            mine = said.get(choice.value)
            pair = mine if isinstance(mine, list) and len(mine) == 2 else [_(first), _(second)]  # noqa: PLR2004  # two lines
            one, two = (str(said).strip() for said in pair)
            words.append(ChoiceWords(choice, one or _(first), two or _(second)))
        return tuple(words)

    def reword(self, words: Mapping[Choice, tuple[str, str]]) -> Changes:
        """The school's own words for the choices.

        Raises:
            TooLong: a consequence has no room.
        """
        if any(len(second) > CONSEQUENCE_LETTERS for _first, second in words.values()):
            raise TooLong(letters=CONSEQUENCE_LETTERS)
        value: Value = {choice.value: [first, second] for choice, (first, second) in words.items()}
        return self.set("choices", value)

    def setting(self, name: str) -> Value:
        """A choice that holds for the whole school, or None."""
        record = self._desk.reader.get(f"setting:{name}")
        return record.values.get("value") if record else None

    def set(self, name: str, value: Value) -> Changes:
        """Sets it."""
        entity = f"setting:{name}"
        topics = frozenset({Topic.SETTING})
        if self._desk.reader.get(entity) is None:
            return self._desk.put(
                [NewEntry(SCHOOL, "setting.set", (Add(entity, {"value": value}),))], topics
            )
        ops = self._desk.setting(entity, {"value": value})
        return (
            self._desk.put([NewEntry(SCHOOL, "setting.set", ops)], topics)
            if ops
            else Changes.none()
        )
