"""Ordinary entries: what happened, the child's words, what was done; kept, checked, taken back."""

from datetime import date, datetime, time, timedelta

import pytest

from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.services.desk import LONDON
from schoolsafe.ui.screens.entry.form import Typed, as_draft, form_of, from_draft, wrong_with
from ui.day_window import make_day, morning, open_day
from ui.morning import focus_name

__all__ = ["make_day", "morning", "open_day"]

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=LONDON)


@pytest.fixture
def quiet(make_day):
    return make_day(mails=False, history=False)


@pytest.fixture
def entry(open_day, quiet):
    day = open_day(quiet)
    day.window.open("entry", child=quiet.child("Maya"), kind="contact_parent")
    return day


def entries(morning):
    return morning.services.chronologies.show(morning.child("Maya")).entries


def test_a_contact_with_a_parent_goes_on_the_chronology(entry, quiet):
    assert focus_name() == "chip-contact_parent", (
        "the child is named: the first question that is left"
    )
    entry.write("entry-text", "Staying with Aunt Rae until the 20th.")
    entry.write("entry-title", "Call with Mum")
    entry.write("entry-child-words", "I like Aunt Rae")
    entry.write("entry-action", "Collection password changed")
    entry.write("entry-time-text", "8:10am")
    entry.choose("chip-significant")
    entry.press("Ctrl+Return")
    (one,) = entries(quiet)
    assert (one.kind, one.title, one.summary) == (
        "contact_parent",
        "Call with Mum",
        "Staying with Aunt Rae until the 20th.",
    )
    assert one.child_words == "I like Aunt Rae"
    assert one.significance == "significant"
    assert one.happened == datetime(2026, 11, 9, 8, 10, tzinfo=LONDON)
    assert one.happened_exact


def test_undo_takes_an_entry_back(entry, quiet):
    entry.write("entry-text", "Quiet in class")
    entry.press("Ctrl+Return")
    assert entry.toast() == "Saved."
    entry.press("Ctrl+Z")
    assert entries(quiet) == ()


def test_an_empty_entry_says_what_to_write(entry, quiet):
    entry.press("Ctrl+Return")
    assert entry.reads("errors").split("\n") == ["There is a problem", "Write what happened"]
    assert entries(quiet) == ()


def test_the_child_is_asked_for_where_nobody_was_named(open_day, quiet):
    day = open_day(quiet)
    day.window.open("entry")
    assert focus_name() == "entry-child"
    day.keyboard.letters("noor")
    day.press("Return")
    assert day.words("entry-heading") == "Noor Rahman"
    day.write("entry-text", "Played alone at break")
    day.press("Ctrl+Return")
    view = quiet.services.chronologies.show(quiet.child("Noor"))
    assert [e.summary for e in view.entries] == ["Played alone at break"]


def test_a_draft_of_an_entry_is_on_today_and_comes_back(entry, quiet):
    entry.write("entry-text", "Half a sentence")
    entry.window.open("today")
    row = next(r for r in entry.rows() if "Draft" in r)
    assert row.startswith("Maya Thornton")
    entry.press("End")
    entry.press("Return")
    assert entry.window.windowTitle() == "Add an entry - SchoolSafe"
    assert entry.words("entry-text") == "Half a sentence"
    entry.press("Ctrl+Return")
    assert quiet.services.drafts.list() == ()
    assert [e.summary for e in entries(quiet)] == ["Half a sentence"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (Typed(), ["child", "text"]),
        (Typed(child="c", text="x", day=NOW.date() + timedelta(days=1)), ["date"]),
        (Typed(child="c", text="x", day_problem="?"), ["date"]),
        (Typed(child="c", text="x", clock_problem="?"), ["time"]),
        (Typed(child="c", text="x", day=NOW.date(), clock=time(9)), ["time"]),
        (Typed(child="c", text="x", day=NOW.date(), clock=time(8)), []),
    ],
)
def test_what_save_asks_for(typed, fields):
    assert [w.field for w in wrong_with(typed, now=NOW)] == fields


def test_a_day_without_a_time_is_a_day():
    form = form_of(Typed(child="c", text="x", day=date(2026, 11, 8)), zone=LONDON)
    assert form.day_only
    assert form.happened == datetime(2026, 11, 8, tzinfo=LONDON)


def test_a_draft_gives_the_form_back_as_it_was():
    typed = Typed(
        child="child:1",
        child_name="Maya Thornton",
        kind=EntryKind.MEETING,
        day=date(2026, 11, 8),
        clock=time(9, 30),
        title="Review",
        text="words",
        child_words="mine",
        voice_why_not="asleep",
        present="Mrs Bello",
        place="Room 4",
        action="called",
        outcome="settled",
        significance=Significance.SIGNIFICANT,
    )
    assert from_draft(as_draft(typed)) == typed
    assert as_draft(Typed(child="child:1")) == {}
