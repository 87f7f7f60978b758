from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.calendar import LONDON, Timeliness
from schoolsafe.domain.match import MatchState
from schoolsafe.domain.today import (
    Day,
    GroupCode,
    Item,
    State,
    Work,
    countdown,
    day,
    since_sentence,
)


def _at(hour: int, minute: int = 0, *, on: date = date(2026, 11, 9)) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)


NOW, REGISTRATION = _at(8, 18), _at(8, 45)
MAYA = Item("maya", Work.EMAIL, "Maya Thornton", "Police, Sat 10:40pm", received=_at(7, 12))


def _day(*items: Item, registration: datetime | None = REGISTRATION) -> Day:
    return day(items, registration=registration)


def _ids(found: Day, code: GroupCode) -> list[str]:
    return [row.id for row in found.rows(code)]


def _group_of(item: Item, registration: datetime | None = REGISTRATION) -> GroupCode:
    found = _day(item, registration=registration)
    return next(group.code for group in found.groups if group.rows)


def test_the_demo_morning_stands_in_its_four_groups() -> None:
    found = _day(
        replace(MAYA, match=MatchState.CONFIRM, candidates=1, new=True),
        Item("kai", Work.EMAIL, "K. Mensah", match=MatchState.INITIAL, received=_at(7, 30)),
        Item("effie", Work.PHONE, "Effie Llŷr-Jones", draft=True, received=_at(8, 6)),
        Item("tomasz", Work.CHECK_IN, "Tomasz Wiśniewski", due=_at(8, 30)),
        Item("review", Work.REVIEW, "Maya Thornton", due=_at(13, 15), overdue=2),
        Item("kai-end", Work.CHECK_IN, "Kai Mensah", due=_at(15)),
        Item("ivy", Work.TRANSFER, "Ivy Castellan", waiting=True, day_of=(4, 5)),
        replace(MAYA, id="a", decided=True, done_at=_at(8, 1)),
        replace(MAYA, id="b", decided=True, done_at=_at(8, 10)),
        Item("c", Work.REVIEW, "Kai Mensah", due=_at(13), done_at=_at(8, 11)),
    )
    assert [(g.code, g.title, len(g.rows)) for g in found.groups] == [
        ("before_registration", "Before registration", 4),
        ("later", "Later today", 2),
        ("waiting", "Waiting for others", 1),
        ("done", "Done today", 3),
    ]
    assert {row.id: row.state_words for group in found.groups for row in group.rows} == {
        "maya": "Confirm match",
        "kai": "Initial only",
        "effie": "Draft",
        "tomasz": "",
        "review": "2 actions overdue",
        "kai-end": "",
        "ivy": "Day 4 of 5",
        "a": "",
        "b": "",
        "c": "",
    }
    assert _ids(found, GroupCode.DONE) == ["c", "b", "a"]
    assert found.progress.words == "2 of 6 done"
    assert found.rows(GroupCode.BEFORE)[0].id == "tomasz"


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        ({"match": MatchState.SEVERAL, "candidates": 2}, State.SEVERAL, "Two could fit"),
        ({"match": MatchState.SEVERAL, "candidates": 12}, State.SEVERAL, "12 could fit"),
        ({"match": MatchState.NOBODY}, State.NOBODY, "Nobody fits"),
        ({"locked": True}, State.LOCKED, "Still locked"),
        ({"held_by": "Sam"}, State.HELD, "Sam has this"),
        ({"overdue": 1}, State.OVERDUE, "1 action overdue"),
        ({"timeliness": Timeliness.LATE}, State.LATE, "Late"),
        ({"timeliness": Timeliness.LATE_SAME_DAY}, State.LATE, "Late"),
        ({"timeliness": Timeliness.ON_TIME}, State.NONE, ""),
        ({"timeliness": Timeliness.LATE, "decided": True}, State.NONE, ""),
        ({"match": MatchState.CONFIRM, "timeliness": Timeliness.LATE}, State.CONFIRM, None),
        ({"match": MatchState.CONFIRM, "held_by": "Sam"}, State.HELD, None),
        ({"match": MatchState.CONFIRM, "draft": True}, State.DRAFT, None),
        ({"work": Work.DRAFT}, State.DRAFT, "Draft"),
    ],
)
def test_a_row_has_at_most_one_state_and_it_is_what_has_to_be_done_first(
    facts, state: State, words: str | None
) -> None:
    row = _day(replace(MAYA, **facts)).rows(GroupCode.BEFORE)[0]
    assert row.state is state
    if words is not None:
        assert row.state_words == words


def test_a_decision_without_a_reason_asks_for_it_later_today() -> None:
    item = replace(MAYA, decided=True, reason_missing=True, left_for_later=True)
    (row,) = _day(item).rows(GroupCode.LATER)
    assert (row.title, row.state, row.state_words) == (
        "Write why: Maya Thornton",
        State.WRITE_WHY,
        "",
    )


def test_every_item_stands_where_its_facts_put_it() -> None:
    assert _group_of(MAYA) is GroupCode.BEFORE
    assert _group_of(replace(MAYA, left_for_later=True)) is GroupCode.LATER
    assert _group_of(replace(MAYA, waiting=True)) is GroupCode.WAITING
    assert _group_of(replace(MAYA, waiting=True, done_at=NOW)) is GroupCode.DONE
    check_in = Item("x", Work.CHECK_IN, "Kai", due=REGISTRATION)
    assert _group_of(check_in) is GroupCode.BEFORE
    assert _group_of(check_in, registration=None) is GroupCode.LATER
    assert _group_of(replace(check_in, due=_at(8, 46))) is GroupCode.LATER
    assert _group_of(replace(check_in, due=None)) is GroupCode.LATER
    assert _group_of(MAYA, registration=None) is GroupCode.BEFORE
    assert _group_of(Item("y", Work.DRAFT, "No name yet")) is GroupCode.BEFORE


def test_the_afternoon_is_later_today_although_tomorrows_registration_is_next() -> None:
    afternoon = Item("x", Work.CHECK_IN, "Kai", due=_at(15))
    tomorrow = REGISTRATION + timedelta(days=1)
    assert _group_of(afternoon, registration=tomorrow) is GroupCode.LATER


def test_before_registration_a_collection_danger_goes_first_then_children_in_the_building() -> None:
    found = _day(
        replace(MAYA, id="second-received", received=_at(7, 30)),
        replace(MAYA, id="first-received"),
        replace(MAYA, id="met-8:35", first_adult_at=_at(8, 35), received=_at(8)),
        replace(MAYA, id="met-8:30", first_adult_at=_at(8, 30), received=_at(8)),
        replace(MAYA, id="inside", in_building=True, received=_at(8, 10)),
        replace(MAYA, id="danger", collection_danger=True, received=_at(8, 15)),
        replace(MAYA, id="no-time", received=None),
    )
    assert _ids(found, GroupCode.BEFORE) == [
        "danger",
        "inside",
        "met-8:30",
        "met-8:35",
        "first-received",
        "second-received",
        "no-time",
    ]
    assert found.rows(GroupCode.BEFORE)[0].collection_danger


def test_the_repeated_hour_does_not_turn_the_order_round() -> None:
    autumn = date(2026, 10, 25)
    first = replace(MAYA, id="first", received=_at(1, 50, on=autumn))
    second = replace(MAYA, id="second", received=_at(1, 10, on=autumn).replace(fold=1))
    assert _ids(_day(second, first), GroupCode.BEFORE) == ["first", "second"]


def test_later_goes_by_the_time_it_is_due() -> None:
    review = Item("late", Work.REVIEW, "Maya", due=_at(15))
    found = _day(review, replace(review, id="early", due=_at(9)), replace(review, id="x", due=None))
    assert _ids(found, GroupCode.LATER) == ["early", "late", "x"]


def test_the_batch_view_switches_on_above_eight_new() -> None:
    many = [replace(MAYA, id=str(n)) for n in range(9)]
    assert _day(*many).batch
    assert not _day(*many[:8]).batch
    check_ins = [Item(f"c{n}", Work.CHECK_IN, "Kai", due=NOW) for n in range(9)]
    assert not _day(*check_ins).batch


def test_since_school_last_closed_is_one_sentence() -> None:
    friday = _at(15, 15, on=date(2026, 11, 6))

    def said(notifications: int, children: int, unmatched: int, closed=friday) -> str:
        return since_sentence(
            closed, NOW, notifications=notifications, children=children, unmatched=unmatched
        )

    assert said(3, 4, 1) == "Since Friday 3:15pm: 3 notifications, 4 children. 1 not matched yet."
    assert said(1, 1, 0) == "Since Friday 3:15pm: 1 notification, 1 child."
    assert said(0, 0, 0) == "Since Friday 3:15pm: no notifications."
    assert said(1, 2, 2, None) == "Until now: 1 notification, 2 children. 2 not matched yet."


def test_the_countdown_says_what_comes_next() -> None:
    assert countdown(27, REGISTRATION, NOW) == "27 min to registration"
    assert countdown(None, REGISTRATION, NOW) == "Registration 8:45am"
    tuesday = REGISTRATION + timedelta(days=1)
    assert countdown(None, tuesday, NOW) == "Registration Tue 10 Nov, 8:45am"
    assert countdown(None, None, NOW) == "No school day on the calendar yet"


ITEMS = st.builds(
    Item,
    id=st.uuids().map(str),
    work=st.sampled_from(Work),
    name=st.just("Maya"),
    received=st.none() | st.just(NOW),
    due=st.none() | st.sampled_from([_at(8, 30), _at(13)]),
    match=st.none() | st.sampled_from(MatchState),
    draft=st.booleans(),
    locked=st.booleans(),
    reason_missing=st.booleans(),
    left_for_later=st.booleans(),
    waiting=st.booleans(),
    collection_danger=st.booleans(),
    overdue=st.integers(0, 3),
    day_of=st.none() | st.just((4, 5)),
    timeliness=st.none() | st.sampled_from(Timeliness),
    done_at=st.none() | st.just(NOW),
)


@given(st.lists(ITEMS, max_size=30, unique_by=lambda item: item.id), st.booleans())
def test_no_item_is_lost_or_shown_twice(items: list[Item], known: bool) -> None:
    found = _day(*items, registration=REGISTRATION if known else None)
    shown = [row.id for group in found.groups for row in group.rows]
    assert sorted(shown) == sorted(item.id for item in items)
    assert 0 <= found.progress.done <= found.progress.total <= len(items)
    assert all("{" not in row.state_words for group in found.groups for row in group.rows)
