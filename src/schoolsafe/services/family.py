"""A child's family: people, homes, couples, who must not collect, a baby who is expected, brothers and sisters.

What is asked is declared in domain.family_forms; all of it lives in *team*. Left to others: two records of one pupil
(duplicate), protected identity (protected_identity), what prints leave out (withholding).
"""

from collections.abc import Callable, Mapping
from datetime import date

from schoolsafe.domain import family, family_forms, file_form
from schoolsafe.domain.entry import Add, NewEntry, Op, Value
from schoolsafe.domain.family_forms import FORMS
from schoolsafe.domain.field import SCHOOL, TEAM
from schoolsafe.domain.file_form import FileForm, Question
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.named import Mentioned, mentions
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk
from schoolsafe.services.family_reading import FamilyReading, expected_of
from schoolsafe.services.family_view import Bases, FamilyView
from schoolsafe.services.file_record import NotAnswered
from schoolsafe.services.notification_entry import text
from schoolsafe.services.notification_reading import Reading
from schoolsafe.services.ports import Record
from schoolsafe.services.protected_identity import protected_entry
from schoolsafe.words import _

TOPICS = frozenset({Topic.FAMILY, Topic.CHILD, Topic.CHRONOLOGY, Topic.TODAY})
_RELATION = frozenset({"relationship", "own_words", "parental_responsibility"})
_AS_TYPED = frozenset({"own_words"})


class NoSuchQuestion(Refused):
    """There is no such form about a family."""


class NotInThisFamily(Refused):
    """There is nothing like that in this family."""


class SameChildTwice(Refused):
    """A child cannot be their own brother or sister."""


class LinkedAlready(Refused):
    """They stand in each other’s families already."""


class WhyNeededHere(Refused):
    """Write why."""


class Families:
    """What a person can do with a family."""

    def __init__(self, desk: Desk, children: Children, notices: Reading, audit: Audit) -> None:
        self._desk, self._children = desk, children
        self._notices, self._audit = notices, audit
        self._adders: Mapping[str, Callable[[str, dict[str, Value]], list[NewEntry]]] = {
            "person": self._person,
            "home": self._home,
            "lives": self._lives,
            "couple": self._couple,
            "bar": self._bar,
            "baby": self._baby,
            "protect": self._protect,
        }

    # reading --------------------------------------------------------------------------------------

    def show(self, child: str) -> FamilyView:
        """The family of a child, confidential addresses left out.

        Raises:
            NoSuchChild: not on record. NotYoursToRead: the key is with others.
        """
        return self._reading(child).view()

    def form(self, name: str, child: str) -> FileForm:
        """What is asked, with this family's own people and homes to choose from.

        Raises:
            NoSuchQuestion: there is no such form.
        """
        form = FORMS.get(name)
        if form is None:
            raise NoSuchQuestion
        view = self.show(child)
        grown = tuple((p.id, p.name) for p in view.people if p.baby is None)
        everyone = ((view.child.id, view.child.name), *((p.id, p.name) for p in view.people))
        kinds = dict(family.HOMES)
        homes = tuple((h.id, _home_words(kinds.get(h.kind, h.kind), h.address)) for h in view.homes)
        offered = {"who": everyone, "relative": grown, "other": grown, "home": homes}
        form = family_forms.offering(form, offered)
        if name == "person" and view.known:
            known = family_forms.offering(_only(form, family_forms.KNOWN), {"relative": view.known})
            return _with(form, *known.questions)
        return form

    def address(self, child: str, home: str) -> str:
        """The address of a home, confidential or not. That it was looked at is on record first.

        Raises:
            NotInThisFamily: no such home of this child.
        """
        reading = self._reading(child)
        if home not in {one.id for one in reading.view().homes}:
            raise NotInThisFamily
        self._audit.write(Act.OPENED, what="address", about=reading.child.id)
        found = self._desk.reader.get(home)
        return (text(found.values, "address") if found else None) or ""

    def named(self, child: str, name: str) -> tuple[Mentioned, ...]:
        """Where a name, or one like it, stands in a child's file: asked before anything is given to that person."""
        return mentions(name, self._reading(child).mentioned())

    def expected_babies(self) -> tuple[tuple[Record, str, family.Expected], ...]:
        """Babies who are expected or due in any family, each with one child of it: for Today."""
        if TEAM in self._desk.closed:
            return ()
        today, found = self._desk.now().date(), []
        for baby in self._desk.reader.find("relative", {"unborn": True, "withdrawn": None}):
            relations = self._desk.reader.find("relation", {"relative": baby.id, "withdrawn": None})
            if relations:
                child = text(relations[0].values, "child") or ""
                found.append((baby, child, expected_of(baby, today)))
        return tuple(found)

    # writing --------------------------------------------------------------------------------------

    def add(self, name: str, child: str, values: Mapping[str, Value]) -> Changes:
        """Puts one thing about a family on record.

        Args:
            name: a form that adds: person, home, lives, couple, bar, baby, protect.
            child: whose file.
            values: answers by field; empty ones are left out.

        Raises:
            NoSuchQuestion, NoSuchChild: as they say.
            NotAnswered: something needed is missing or cannot be; nothing is written.
        """
        if name not in self._adders:
            raise NoSuchQuestion
        form = self.form(name, child)
        said = _said(form, values)
        if name == "person" and said.get("relative"):
            known = next(q for q in form.questions if q.field == "relative")
            self._refuse(
                _only(form, known, *(q for q in form.questions if q.field in _RELATION)), said
            )
        else:
            self._refuse(form, said)
        subject = self._reading(child).child.id
        return self._desk.put(self._adders[name](subject, said), TOPICS)

    def about_baby(self, name: str, child: str, baby: str, values: Mapping[str, Value]) -> Changes:
        """What is said of a baby who is expected: the referral decision, the birth, or why it is closed.

        Raises:
            NotInThisFamily: no such baby here. NotAnswered: as ``add``.
        """
        if name not in family_forms.ABOUT_BABY:
            raise NoSuchQuestion
        person = next((p for p in self.show(child).people if p.id == baby and p.baby), None)
        if person is None:
            raise NotInThisFamily
        form = FORMS[name]
        said = _said(form, values)
        self._refuse(form, said)
        if name == "born":
            said |= {"unborn": False}
        return self._set(f"baby.{name}", child, baby, said)

    def change(
        self, child: str, entity: str, values: Mapping[str, Value], *, bases: Bases | None = None
    ) -> Changes:
        """Changes what is on record of a person, a home, a stay, a couple or a bar.

        Args:
            child: whose file.
            entity: the person, or the home, residence, relation or bar.
            values: new answers by field; an empty one takes the old away.
            bases: what the form had seen when it opened.

        Raises:
            NotInThisFamily: not in this child's family. NotAnswered: an answer cannot be.
        """
        self._must_belong(child, entity)
        noun = noun_of(entity)
        form = next((f for f in FORMS.values() if f.noun.name == noun), None)
        if form is None:
            raise NoSuchQuestion
        known = {q.field: q for q in form.questions}
        said = {k: (v if v != "" else None) for k, v in values.items() if k in known}
        self._refuse(form, said, new=False)
        if noun == "relative":
            return self._change_person(child, entity, said, bases)
        return self._set(f"{noun}.change", child, entity, said, bases=bases)

    def withdraw(self, child: str, entity: str, *, why: str) -> Changes:
        """Takes something out of a family: it stays on record, with the reason.

        Raises:
            WhyNeededHere: without a reason. NotInThisFamily: as it says.
        """
        if not why.strip():
            raise WhyNeededHere
        self._must_belong(child, entity)
        target = entity
        if noun_of(entity) in {"relative", "child"}:  # the person stays where others know them
            target = next(p.relation for p in self.show(child).people if p.id == entity)
        return self._set(
            f"{noun_of(target)}.withdraw", child, target, {"withdrawn": why.strip()}, why=why
        )

    def link_sibling(self, child: str, other: str, relationship: str = "sibling") -> Changes:
        """Two pupils of one family, as a person says. It stands in both files.

        Raises:
            SameChildTwice, LinkedAlready: as they say.
        """
        reading = self._reading(child)
        sibling = self._children.show(self._children.together(other)[0]).id
        if sibling in reading.files:
            raise SameChildTwice
        if sibling in {one.id for one in reading.people()}:
            raise LinkedAlready
        if relationship not in family.SIBLINGS:
            raise NoSuchQuestion
        values: dict[str, Value] = {"relative": sibling, "relationship": relationship}
        return self._desk.put([self._relation(reading.child.id, values)], TOPICS)

    # adding, by form ------------------------------------------------------------------------------

    def _person(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        who, entries = said.pop("relative", None), []
        tie = {name: said.pop(name) for name in tuple(said) if name in _RELATION}
        if who is None:
            who = self._desk.ids.new("relative")
            entries = [NewEntry(TEAM, "relative.add", (Add(str(who), said),), subject=child)]
        return [*entries, self._relation(child, {"relative": who, **tie})]

    def _relation(self, child: str, values: dict[str, Value]) -> NewEntry:
        add = Add(self._desk.ids.new("relation"), {"child": child, **values})
        return NewEntry(TEAM, "relation.add", (add,), subject=child)

    def _home(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        home = self._desk.ids.new("home")
        if said["kind"] in family.ALWAYS_CONFIDENTIAL:
            said["confidential"] = "yes"
        dates: dict[str, Value] = {name: said[name] for name in ("since", "until") if name in said}
        stay = Add(self._desk.ids.new("residence"), {"home": home, "who": child, **dates})
        return [
            NewEntry(TEAM, "home.add", (Add(home, said),), subject=child),
            NewEntry(TEAM, "residence.add", (stay,), subject=child),
        ]

    def _lives(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        add = Add(self._desk.ids.new("residence"), said)
        return [NewEntry(TEAM, "residence.add", (add,), subject=child)]

    def _couple(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        if said["relative"] == said["other"]:
            words = _("Choose two different people")
            raise NotAnswered((file_form.Wrong("other", words),))
        add = Add(self._desk.ids.new("relation"), said)
        return [NewEntry(TEAM, "relation.add", (add,), subject=child)]

    def _bar(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        """The order stands in *team*; the gate's allowed names, without a reason, in *school*."""
        gate = said.pop("may_collect", None)
        add = Add(self._desk.ids.new("collection_bar"), {"child": child, **said})
        entries = [NewEntry(TEAM, "collection_bar.add", (add,), subject=child)]
        if gate:
            allowed: dict[str, Value] = {
                "may_collect": gate,
                "may_collect_until": said.get("until"),
            }
            ops = self._desk.setting(child, allowed)
            entries += [NewEntry(SCHOOL, "child.set", ops, subject=child)] if ops else []
        return entries

    def _baby(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        baby, home = self._desk.ids.new("relative"), said.pop("home", None)
        relationship = said.pop("relationship")
        add = Add(baby, said | {"unborn": True})
        entries = [
            NewEntry(TEAM, "relative.add", (add,), subject=child),
            self._relation(child, {"relative": baby, "relationship": relationship}),
        ]
        return entries + (self._lives(child, {"home": home, "who": baby}) if home else [])

    def _protect(self, child: str, said: dict[str, Value]) -> list[NewEntry]:
        return [protected_entry(self._desk, child, said)]

    # ----------------------------------------------------------------------------------------------

    def _reading(self, child: str) -> FamilyReading:
        self._desk.must_read(TEAM)
        return FamilyReading(self._desk, self._children, self._notices, child)

    def _must_belong(self, child: str, entity: str) -> None:
        view = self.show(child)
        ids = {
            one.id for group in (view.people, view.homes, view.couples, view.bars) for one in group
        }
        ids |= {stay.id for home in view.homes for stay in home.people}
        if entity not in ids:
            raise NotInThisFamily

    def _change_person(
        self, child: str, who: str, said: dict[str, Value], bases: Bases | None
    ) -> Changes:
        relation = next(p.relation for p in self.show(child).people if p.id == who)
        ops: tuple[Op, ...] = self._desk.setting(
            who, {k: v for k, v in said.items() if k not in _RELATION}, bases
        )
        ops += self._desk.setting(
            relation, {k: v for k, v in said.items() if k in _RELATION}, bases
        )
        return self._put("relative.change", child, ops)

    def _set(
        self,
        kind: str,
        child: str,
        entity: str,
        values: Mapping[str, Value],
        *,
        bases: Bases | None = None,
        why: str = "",
    ) -> Changes:
        return self._put(kind, child, self._desk.setting(entity, values, bases), why)

    def _put(self, kind: str, child: str, ops: tuple[Op, ...], why: str = "") -> Changes:
        if not ops:
            return Changes.none()
        subject = self._reading(child).child.id
        return self._desk.put(
            [NewEntry(TEAM, kind, ops, subject=subject, why=why.strip() or None)], TOPICS
        )

    def _refuse(self, form: FileForm, values: Mapping[str, Value], *, new: bool = True) -> None:
        wrong = file_form.wrong_with(form, values, now=self._desk.now(), new=new)
        if wrong:
            raise NotAnswered(wrong)


def due_day(baby: Record) -> date | None:
    """When a baby is due."""
    said = text(baby.values, "due")
    return date.fromisoformat(said) if said else None


def _home_words(kind: str, address: str) -> str:
    first = address.splitlines()[0] if address else ""
    return f"{_(kind)}, {first}" if first else _(kind)


def _only(form: FileForm, *questions: Question) -> FileForm:
    return _replaced(form, tuple(questions))


def _with(form: FileForm, *questions: Question) -> FileForm:
    return _replaced(form, (*questions, *form.questions))


def _replaced(form: FileForm, questions: tuple[Question, ...]) -> FileForm:
    return FileForm(
        form.noun,
        form.words,
        form.record,
        questions,
        when="",
        says="",
        group=form.group,
        voice=False,
    )


def _said(form: FileForm, values: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that were given, without the spaces round them. A child's own words stay as typed."""
    known = {question.field for question in form.questions}
    said: dict[str, Value] = {}
    for name, value in values.items():
        if name not in known:
            continue
        kept = value.strip() if isinstance(value, str) and name not in _AS_TYPED else value
        if kept not in (None, "") and str(kept).strip():
            said[name] = kept
    return said
