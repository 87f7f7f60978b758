"""As it stood on a day: the same as a person saw that evening, and as a replay of every row written by then."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from fakes.anchors import FakeAnchors
from house import School, make_school
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.notification import Choice, CloseOutcome, Incident, Step
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.attachment import FileToAdd
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.chronology_reading import Reading
from schoolsafe.services.chronology_view import ChronologyView, EntryView
from schoolsafe.services.notification import Decision
from schoolsafe.services.pattern import RuleForm
from schoolsafe.store.past import Past
from schoolsafe.store.vault import Vault
from unit.services.morning import MAYA_BORN, arrived

_DAYS: Final = 4
_FEW: Final = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
"""A seed is not worth shrinking: it is printed as it is."""


class Whole(Past):
    """The same replay of everything there is, whoever it is about."""

    def _about(self, subject: str) -> set[str]:
        found = {entity for (entity,) in self._line.ask("SELECT DISTINCT entity FROM touched")}
        return found | {subject}


class Week:
    """A few days of a lead's work, by chance."""

    def __init__(self, school: School, chance: Random) -> None:
        self.school, self.chance = school, chance
        self.maya = school.pupil("Maya", "Thornton", MAYA_BORN)
        self.leo = school.pupil("Leo", "Thornton", date(2019, 6, 2))
        self.entries: list[str] = []
        self.notices: list[str] = []
        self.referrals: list[str] = []
        self.undos: list[object] = []

    def act(self) -> None:
        self.school.clock.move(minutes=7)
        did = self.chance.choice(self._acts())
        try:
            did()
        except SchoolSafeError:
            return

    def _acts(self) -> tuple[Callable[[], None], ...]:
        acts: tuple[Callable[[], None], ...] = (self._write, self._arrive, self._refer)
        acts += (self._fix, self._attach) if self.entries else ()
        acts += (self._match, self._decide, self._close, self._step) if self.notices else ()
        acts += (self._tie,) if len(self.notices) > 1 else ()
        acts += (self._answer, self._withdraw) if self.referrals else ()
        return (*acts, self._undo, self._rule, self._settle)

    def _keep(self, changes) -> None:
        if changes.undo:
            self.undos.append(changes.undo)

    def _write(self) -> None:
        now = self.school.clock.now()
        form = EntryForm(
            self.chance.choice((self.maya, self.maya, self.leo)),
            self.chance.choice(tuple(EntryKind)),
            f"Words {self.chance.random()}",
            happened=now - timedelta(days=self.chance.randrange(9), minutes=3),
            child_words=self.chance.choice(("", "“I’m fine”")),
        )
        changes = self.school.services.chronologies.add(form)
        self.entries += changes.entities
        self._keep(changes)

    def _fix(self) -> None:
        entry = self.chance.choice(self.entries)
        field = self.chance.choice(("text", "child_words", "title"))
        chronologies = self.school.services.chronologies
        self._keep(chronologies.fix(entry, new_text="Better", reason="wrong", field=field))

    def _attach(self) -> None:
        file = FileToAdd("drawing.png", self.chance.randbytes(20))
        self.school.services.attachments.add(self.chance.choice(self.entries), [file])

    def _arrive(self) -> None:
        day = self.school.clock.at.date() - timedelta(days=self.chance.randrange(20))
        number = len(self.notices) + 1
        self.notices.append(arrived(self.school, number=number, incident=Incident(date=day)))
        self._match()

    def _match(self) -> None:
        child = self.chance.choice((self.maya, self.maya, self.leo))
        notice = self.chance.choice(self.notices)
        self._keep(self.school.services.notifications.match(notice, 1, child))

    def _decide(self) -> None:
        choice = self.chance.choice((Choice.QUIET, Choice.ASK_FIRST, Choice.TELL_AND_CHECK_IN))
        decision = Decision(choice, self.chance.choice(("", "Known")))
        notice = self.chance.choice(self.notices)
        self._keep(self.school.services.notifications.decide(notice, 1, decision))

    def _close(self) -> None:
        work, notice = self.school.services.notifications, self.chance.choice(self.notices)
        if self.chance.random() < 0.5:
            self._keep(work.close(notice, 1, outcome=CloseOutcome.REFERRED, reason="Done"))
        else:
            self._keep(work.reopen(notice, 1, reason="Again"))

    def _step(self) -> None:
        notice = self.chance.choice(self.notices)
        step = self.chance.choice((Step.ATTENDANCE, Step.CHECKED_IN))
        work = self.school.services.notifications
        self._keep(work.follow_up(notice, 1, step, words="Absent today"))

    def _tie(self) -> None:
        one, other = self.chance.sample(self.notices, 2)
        work = self.school.services.notifications
        self._keep(
            work.tie(one, other, Tie.SAME_EVENT)
            if self.chance.random() < 0.7
            else work.tell_apart(one, other)
        )

    def _refer(self) -> None:
        now = self.school.clock.now().isoformat()
        values = {"to": "mash", "sent_at": now, "why": "Third this term"}
        changes = self.school.services.file_records.add("referral", self.maya, values)
        self.referrals += changes.entities
        self._keep(changes)

    def _answer(self) -> None:
        records = self.school.services.file_records
        said = self.chance.choice(("Early Help", "Strategy meeting"))
        self._keep(records.update(self.chance.choice(self.referrals), {"decision": said}))

    def _withdraw(self) -> None:
        records = self.school.services.file_records
        self._keep(records.withdraw(self.chance.choice(self.referrals), why="sent twice"))

    def _undo(self) -> None:
        if self.undos:
            self.school.services.undo(self.undos.pop())

    def _rule(self) -> None:
        rule = self.chance.choice(("absent_after", "after_closing", "two_in_30"))
        self.school.services.patterns.set(rule, RuleForm(on=self.chance.random() < 0.7))

    def _settle(self) -> None:
        chronologies = self.school.services.chronologies
        for prompt in chronologies.show(self.maya).prompts[:1]:
            self._keep(chronologies.decide(self.maya, prompt, decision="refer", reason="Enough"))


def _told(view: ChronologyView) -> ChronologyView:
    """All but where a row lies, which is no part of what it said."""
    return replace(view, entries=tuple(replace(entry, state="") for entry in view.entries),
                   evidence={})  # fmt: skip


def _evening(school: School) -> date:
    return school.services.desk.now().date()


@example(seed=1000)  # a notice tied to one that is about nobody yet
@settings(_FEW, max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_a_past_day_is_what_was_seen_that_evening_and_what_a_replay_gives(
    tmp_path_factory, seed: int
):
    school = make_school(tmp_path_factory.mktemp("past") / "school", calendar=False)
    week = Week(school, Random(seed))  # noqa: S311  # chance for a test, not a secret
    seen: dict[date, ChronologyView] = {}
    try:
        for _day in range(_DAYS):
            for _act in range(week.chance.randrange(1, 7)):
                week.act()
            seen[_evening(school)] = _told(school.services.chronologies.show(week.maya))
            school.clock.move(days=1)
        for day, view in seen.items():
            then = school.services.chronologies.show(week.maya, as_of=day)
            assert _told(then) == view
            _same_as_a_whole_replay(school, week.maya, day)
    finally:
        school.close()


def _same_as_a_whole_replay(school: School, child: str, day: date) -> None:
    end = school.services.desk.now().replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=23,
        minute=59,
        second=59,
        microsecond=999999,
    )
    until = int(end.timestamp() * 1000)
    past = Past(school.vault._reader, school.vault._key_hex, school.circles)
    whole = Whole(school.vault._reader, school.vault._key_hex, school.circles)
    with past.at(child, until) as some, whole.at(child, until) as every:
        assert Reading(some).entries(child) == Reading(every).entries(child)


def _entries(school: School, child: str) -> Iterable[str]:
    return [entry.summary for entry in school.services.chronologies.show(child).entries]


@pytest.mark.parametrize("moved", [0, 1])
def test_a_later_answer_a_withdrawal_and_an_untied_notice_are_not_seen_before_they_came(
    school: School, moved: int
):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    records, chronologies = school.services.file_records, school.services.chronologies
    sent = school.clock.now().isoformat()
    referral = records.add(
        "referral", maya, {"to": "mash", "sent_at": sent, "why": "Second this month"}
    ).entities[0]
    monday = _evening(school)
    school.clock.move(days=1)
    records.update(referral, {"decision": "Strategy meeting"})
    (then,) = chronologies.show(maya, as_of=monday).entries
    assert then.open
    assert then.high_risk
    assert all("Strategy" not in answer for _question, answer in then.facts)
    (now,) = chronologies.show(maya).entries
    assert not now.open
    school.clock.move(days=moved)
    records.withdraw(referral, why="wrong child")
    assert chronologies.show(maya).entries == ()
    assert [e.id for e in chronologies.show(maya, as_of=monday).entries] == [referral]


def test_a_notice_that_moved_to_another_child_stands_where_it_stood(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    leo = school.pupil("Leo", "Thornton", date(2019, 6, 2))
    notice = arrived(school)
    school.services.notifications.match(notice, 1, maya)
    monday = _evening(school)
    school.clock.move(days=1)
    school.services.notifications.match(notice, 1, leo)
    chronologies = school.services.chronologies
    assert chronologies.show(maya).entries == ()
    assert [e.id for e in chronologies.show(maya, as_of=monday).entries] == [notice]
    assert chronologies.show(leo, as_of=monday).entries == ()
    assert chronologies.show(leo).counts.d30 == 1


def test_nothing_of_a_replay_is_left_on_disk(school: School, tmp_path: Path):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    before = {path.name for path in school.folder.iterdir()}
    school.services.chronologies.show(maya, as_of=date(2026, 11, 1))
    assert {path.name for path in school.folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [] or school.folder.is_relative_to(tmp_path)


@settings(_FEW, max_examples=4)
@given(seed=st.integers(0, 2**32))
def test_any_order_and_repetition_of_the_same_rows_gives_the_same_file(tmp_path_factory, seed: int):
    folder = tmp_path_factory.mktemp("order")
    school = make_school(folder / "one", calendar=False)
    week = Week(school, Random(seed))  # noqa: S311  # chance for a test, not a secret
    for _act in range(14):
        week.act()
    raws = [*school.vault.raws()]
    raws += week.chance.choices(raws, k=9)
    week.chance.shuffle(raws)
    other = Vault.create(folder / "two", school.key, anchors=FakeAnchors(), clock=school.clock)
    try:
        for link in _links(school):
            other.rosters.add_link(*link)
        other.use(school.circles)
        for at in range(0, len(raws), 5):
            other.journal.receive(raws[at : at + 5])
        one = Reading(school.vault.reader).entries(week.maya)
        two = Reading(other.reader).entries(week.maya)
        assert [_plainly(entry) for entry in two] == [_plainly(entry) for entry in one]
        assert other.reader.state_hash() == school.vault.reader.state_hash()
    finally:
        other.close()
        school.close()


def _plainly(entry: EntryView) -> EntryView:
    """All but where a row and the parts of a file lie."""
    return replace(entry, state="", attached=tuple((a.name, a.sha256) for a in entry.attached))


def _links(school: School) -> list[tuple]:
    return [
        (circle, n, raw)
        for circle, n, raw in school.vault._reader.ask("SELECT circle, n, raw FROM roster")
    ]
