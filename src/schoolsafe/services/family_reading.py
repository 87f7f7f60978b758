"""Reads a child's family from the record: one look, made anew for each view."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from schoolsafe.domain import family, genogram, sibling
from schoolsafe.domain.entry import Value
from schoolsafe.domain.family_forms import BAR, PERSON, PLACE
from schoolsafe.domain.genogram import Member, Pair
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.named import Mentioned, mentions
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk
from schoolsafe.services.family_view import (
    BarView,
    CoupleView,
    FamilyView,
    HomeView,
    OfferedSibling,
    PersonView,
    ProtectionView,
    ResidentView,
)
from schoolsafe.services.notification_entry import text
from schoolsafe.services.notification_reading import Reading
from schoolsafe.services.ports import Record
from schoolsafe.words import _

_RELATION_FIELDS = ("relationship", "own_words", "parental_responsibility")
_RELATIVE_FIELDS = tuple(q.field for q in PERSON.questions if q.field not in _RELATION_FIELDS)
_BABY_FIELDS = ("due", "referral", "referral_why", "closed_why", "unborn")


def day(values: Mapping[str, Value], name: str) -> date | None:
    """A day on record; None where there is none."""
    said = text(values, name)
    return date.fromisoformat(said) if said else None


class FamilyReading:
    """One look at one family."""

    def __init__(self, desk: Desk, children: Children, notices: Reading, child: str) -> None:
        self._desk, self._children, self._notices = desk, children, notices
        self.today = desk.now().date()
        self.files = children.together(child)
        self.child = children.show(self.files[0])
        self._relatives: dict[str, Record | None] = {}
        self._homes = self._all_homes()

    def view(self) -> FamilyView:
        """Everything."""
        people = self.people()
        couples = self._couples({one.id for one in people})
        linked = [one.pupil.id for one in people if one.pupil]
        return FamilyView(
            child=self.child,
            together=tuple(self._children.own(one) for one in self.files[1:]),
            people=people,
            homes=tuple(self._home(home) for home in self._homes),
            couples=couples,
            bars=self._bars(people),
            offers=self._offers(linked),
            known=self._known({one.id for one in people}, linked),
            protection=self.protection(),
            named=mentions(self._desk.actor.name, self.mentioned()),
            drawing=self._drawing(people, couples),
        )

    # people ---------------------------------------------------------------------------------------

    def people(self) -> tuple[PersonView, ...]:
        """Everybody on the list, in the order of what they are to the child; each once."""
        find = self._desk.reader.find
        mine = find("relation", {"child": self.files, "withdrawn": None})
        back = find("relation", {"relative": self.files, "withdrawn": None})
        found = [self._person(r, text(r.values, "relative") or "") for r in mine]
        found += [
            self._person(r, text(r.values, "child") or "") for r in back if r.values.get("child")
        ]
        once: dict[str, PersonView] = {}
        for one in found:
            if one is not None and one.id not in self.files:
                once.setdefault(one.id, one)
        rank = {code: n for n, (code, _words) in enumerate(family.RELATIONSHIPS)}
        return tuple(
            sorted(
                once.values(),
                key=lambda p: (p.baby is not None, rank.get(p.relationship, 99), p.name, p.id),
            )
        )

    def _person(self, relation: Record, who: str) -> PersonView | None:
        relationship = text(relation.values, "relationship") or "other"
        if noun_of(who) == "child":
            pupil = self._children.show(self._children.together(who)[0])
            born: dict[str, Value] = {"sex": self._sex(pupil.id)}
            born |= {"born": pupil.dob.isoformat()} if pupil.dob else {}
            return PersonView(
                pupil.id,
                relation.id,
                pupil.name,
                relationship,
                born,
                homes=self._homes_of(pupil.id),
                pupil=pupil,
            )
        record = self._relative(who)
        if record is None:
            return None
        values = {name: record.values.get(name) for name in (*_RELATIVE_FIELDS, *_BABY_FIELDS)}
        values |= {name: relation.values.get(name) for name in _RELATION_FIELDS}
        reader = self._desk.reader
        bases = reader.bases(relation.id, _RELATION_FIELDS) | reader.bases(
            record.id, (*_RELATIVE_FIELDS, *_BABY_FIELDS)
        )
        due = day(record.values, "due")
        return PersonView(
            who,
            relation.id,
            text(record.values, "name") or baby_words(due),
            relationship,
            {name: value for name, value in values.items() if value is not None},
            homes=self._homes_of(who),
            baby=self.state_of(record) if due is not None else None,
            due=due,
            conflicts=(*relation.conflicts, *record.conflicts),
            bases=bases,
        )

    def _sex(self, child: str) -> str:
        """As the school's list gives it, for the drawing."""
        record = self._desk.reader.get(child)
        said = (text(record.values, "sex") or "").casefold()[:1] if record else ""
        return {"f": "female", "m": "male"}.get(said, "unknown")

    def state_of(self, record: Record) -> family.Expected:
        """Where an expected baby stands today."""
        return expected_of(record, self.today)

    def _relative(self, who: str) -> Record | None:
        if who not in self._relatives:
            found = self._desk.reader.get(who)
            self._relatives[who] = None if found and found.values.get("withdrawn") else found
        return self._relatives[who]

    def name(self, who: str) -> str:
        """How a pupil or a relative is known."""
        if noun_of(who) == "child":
            return self._children.show(who).name
        record = self._relative(who)
        return (
            (text(record.values, "name") or baby_words(day(record.values, "due"))) if record else ""
        )

    def _known(self, here: set[str], linked: Sequence[str]) -> tuple[tuple[str, str], ...]:
        if not linked:
            return ()
        find = self._desk.reader.find
        theirs = find("relation", {"child": tuple(linked), "withdrawn": None})
        ids = dict.fromkeys(text(r.values, "relative") or "" for r in theirs)
        return tuple(
            (who, name)
            for who in ids
            if noun_of(who) == "relative" and who not in here and (name := self.name(who))
        )

    def _offers(self, linked: Sequence[str]) -> tuple[OfferedSibling, ...]:
        roll = self._notices.roll()
        if self.child.id not in roll:
            return ()
        beside = self._named_together()
        offered = sibling.siblings(
            self.child.id, roll, linked=beside, exclude=(*linked, *self.files)
        )
        return tuple(OfferedSibling(self._children.show(s.child), s.reason) for s in offered)

    def _named_together(self) -> frozenset[str]:
        """Pupils a person confirmed on the same notices."""
        find = self._desk.reader.find
        mine = find("line", {"child": self.files, "withdrawn": None})
        notices = tuple(dict.fromkeys(text(line.values, "notification") or "" for line in mine))
        lines = find("line", {"notification": notices, "withdrawn": None}) if notices else ()
        return frozenset(text(line.values, "child") or "" for line in lines) - {""}

    # homes ----------------------------------------------------------------------------------------

    def _all_homes(self) -> tuple[Record, ...]:
        """Homes where the child lives or lived, the present ones first."""
        reader = self._desk.reader
        found = reader.find("residence", {"who": self.files, "withdrawn": None})
        ids = dict.fromkeys(text(r.values, "home") or "" for r in found)
        homes = [
            home for one in ids if (home := reader.get(one)) and not home.values.get("withdrawn")
        ]
        return tuple(
            sorted(
                homes,
                key=lambda h: (not family.holds(day(h.values, "until"), self.today), h.wall_ms),
            )
        )

    def _residents(self, home: str) -> tuple[Record, ...]:
        return self._desk.reader.find("residence", {"home": home, "withdrawn": None})

    def _home(self, home: Record) -> HomeView:
        values = home.values
        kind = text(values, "kind") or "other"
        confidential = family.is_confidential(kind, text(values, "confidential"))
        fields = tuple(
            q.field for q in PLACE.questions if not (confidential and q.field == "address")
        )
        people = [self._resident(r, home) for r in self._residents(home.id)]
        return HomeView(
            home.id,
            kind,
            "" if confidential else text(values, "address") or "",
            confidential,
            day(values, "since"),
            day(values, "until"),
            text(values, "notes") or "",
            tuple(sorted(people, key=lambda r: (not r.now, r.name))),
            {name: values[name] for name in fields if values.get(name) is not None},
            conflicts=home.conflicts,
            bases=self._desk.reader.bases(home.id, fields),
        )

    def _resident(self, residence: Record, home: Record) -> ResidentView:
        values = residence.values
        who, until = text(values, "who") or "", day(values, "until")
        now = family.holds(until, self.today) and family.holds(
            day(home.values, "until"), self.today
        )
        return ResidentView(
            residence.id,
            who,
            self.name(who),
            text(values, "pattern") or "",
            day(values, "since"),
            until,
            now,
        )

    def _homes_of(self, who: str) -> tuple[str, ...]:
        """Kinds of the child's homes in which that person lives now."""
        return tuple(
            text(home.values, "kind") or "other" for home in self._homes if self._lives(who, home)
        )

    def _lives(self, who: str, home: Record) -> bool:
        return any(
            text(r.values, "who") == who and self._resident(r, home).now
            for r in self._residents(home.id)
        )

    # the rest -------------------------------------------------------------------------------------

    def _couples(self, here: set[str]) -> tuple[CoupleView, ...]:
        if not here:
            return ()
        found = self._desk.reader.find("relation", {"relative": tuple(here), "withdrawn": None})
        return tuple(
            CoupleView(
                r.id,
                text(r.values, "relative") or "",
                other,
                text(r.values, "relationship") or "together",
            )
            for r in found
            if (other := text(r.values, "other")) in here
        )

    def _bars(self, people: Iterable[PersonView]) -> tuple[BarView, ...]:
        found = self._desk.reader.find("collection_bar", {"child": self.files, "withdrawn": None})
        parents = [
            Mentioned(one.name, "")
            for one in people
            if one.values.get("parental_responsibility") == "yes"
        ]
        views = [self._bar(r, parents) for r in found]
        return tuple(sorted(views, key=lambda bar: (not bar.holds, bar.name)))

    def _bar(self, record: Record, parents: Sequence[Mentioned]) -> BarView:
        said = {q.field: text(record.values, q.field) or "" for q in BAR.questions}
        until = day(record.values, "until")
        return BarView(
            record.id,
            said["name"],
            said["forbidden"],
            said["evidence"],
            said["reference"],
            until,
            said["reason"],
            family.holds(until, self.today),
            bool(mentions(said["name"], parents)),
            record.conflicts,
        )

    def protection(self) -> ProtectionView | None:
        """A protected identity that stands."""
        found = self._desk.reader.find(
            "protected_identity", {"child": self.files, "ended": None, "withdrawn": None}
        )
        if not found:
            return None
        values = found[0].values
        said = (text(values, name) or "" for name in ("why", "lead", "head"))
        return ProtectionView(found[0].id, *said)

    def mentioned(self) -> tuple[Mentioned, ...]:
        """Every grown-up's name in this file, with as what it stands there."""
        words = dict(family.RELATIONSHIPS)
        found = [
            Mentioned(one.name, _(words.get(one.relationship, one.relationship)))
            for one in self.people()
            if one.pupil is None and one.baby is None
        ]
        found += [
            Mentioned(text(r.values, "name") or "", _("must not collect or contact"))
            for r in self._desk.reader.find(
                "collection_bar", {"child": self.files, "withdrawn": None}
            )
        ]
        lines = self._desk.reader.find("line", {"child": self.files, "withdrawn": None})
        for line in lines:
            notice = self._desk.reader.get(text(line.values, "notification") or "")
            if notice is None or notice.values.get("withdrawn"):
                continue
            found += [
                Mentioned(name, _("adult in a police notification"))
                for name in _adults(notice.values.get("adults"))
            ]
        return tuple(dict.fromkeys(found))

    def _drawing(
        self, people: Sequence[PersonView], couples: Sequence[CoupleView]
    ) -> genogram.Genogram:
        closed = {family.Expected.CLOSED, family.Expected.LAPSED}
        at_home = bool(self._homes_of(self.child.id)) or any(self._homes_of(f) for f in self.files)
        me = Member(
            self.child.id,
            self.child.name,
            genogram.SELF,
            sex=self._sex(self.child.id),
            born=self.child.dob,
            at_home=at_home,
        )
        others = [
            Member(
                one.id,
                one.name,
                one.relationship,
                sex=str(one.values.get("sex") or "unknown"),
                born=day(one.values, "born"),
                unborn=one.baby is not None and one.baby != family.Expected.BORN,
                at_home=bool(one.homes),
            )
            for one in people
            if one.baby not in closed
        ]
        return genogram.drawn((me, *others), [Pair(c.one, c.two, c.how) for c in couples])


def baby_words(due: date | None) -> str:
    """What a baby without a name is called."""
    return _("Expected baby") if due else _("Nobody named")


def expected_of(record: Record, on: date) -> family.Expected:
    """Where an expected baby stands on a day."""
    values = record.values
    return family.expected(
        unborn=bool(values.get("unborn")),
        due=day(values, "due"),
        decided=bool(values.get("referral")),
        closed=bool(values.get("closed_why")),
        on=on,
    )


def _adults(sent: Value) -> tuple[str, ...]:
    """Names of the adults of a notice, as sent."""
    found = (
        one.get("name_as_sent")
        for one in (sent if isinstance(sent, list) else ())
        if isinstance(one, dict)
    )
    return tuple(name for name in found if isinstance(name, str) and name)
