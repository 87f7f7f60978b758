"""Each line of a chronology in words, on screen and paper the same; a code is never shown to a person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.notification import NoticeKind, Step
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.services.chronology_words import kind_words, title_words

AT = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
LINE = EntryView(
    "entry:1", "concern", "Cold", AT, True, AT, "Priya Nair", "words", None, "routine", (), ()
)


@pytest.mark.parametrize("kind", EntryKind)
def test_every_ordinary_entry_has_words(kind: EntryKind):
    said = kind_words(replace(LINE, kind=kind.value))
    assert said[0].isupper()
    assert "_" not in said


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_notice_has_words_and_no_title_besides(kind: NoticeKind):
    line = replace(LINE, kind="notification", title=kind.value)
    assert kind_words(line).endswith("notification")
    assert title_words(line) == ""


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words(step: Step):
    line = replace(LINE, kind="follow_up", title=step.value, step=step.value)
    assert "_" not in kind_words(line)
    assert title_words(line) == ""


def test_slips_decisions_and_a_step_without_a_code():
    slip = replace(LINE, kind="told_slip", title="Mr Osei")
    assert (kind_words(slip), title_words(slip)) == ("Told slip", "Mr Osei")
    decided = replace(LINE, kind="rule_decision", title="escalate")
    assert (kind_words(decided), title_words(decided)) == ("Pattern looked at", "Escalate")
    assert title_words(replace(decided, title="our own word")) == "our own word"
    assert kind_words(replace(LINE, kind="follow_up", step=None)) == "Step"
    assert kind_words(replace(LINE, kind="notification", title="")) == "Police notification"


def test_what_only_a_newer_release_knows_is_still_readable():
    assert kind_words(replace(LINE, kind="body_map")) == "Entry"
    assert kind_words(replace(LINE, kind="notification", title="honour")) == "Police notification"
    assert kind_words(replace(LINE, kind="follow_up", step="home_visit")) == "Step"
