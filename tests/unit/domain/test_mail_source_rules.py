from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.mail_source import (
    LONGEST_WAIT,
    STILL,
    FileMark,
    Stamp,
    Uids,
    marked,
    next_look,
    on_this_computer,
    ready,
    settled,
)

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
HALF, WHOLE = Stamp(100, 1), Stamp(200, 2)


def test_a_file_is_ready_once_it_stood_still_between_two_looks():
    marks = marked({}, {"a.eml": WHOLE}, NOW)
    assert ready(marks, NOW) == {}
    again = marked(marks, {"a.eml": WHOLE}, NOW + STILL)
    assert ready(again, NOW + STILL) == {"a.eml": WHOLE}


def test_a_file_that_grew_waits_anew():
    marks = marked({}, {"a.eml": HALF}, NOW)
    grown = marked(marks, {"a.eml": WHOLE}, NOW + STILL)
    assert ready(grown, NOW + STILL) == {}
    assert ready(grown, NOW + 2 * STILL) == {"a.eml": WHOLE}


def test_two_looks_in_one_breath_prove_nothing():
    marks = marked({}, {"a.eml": WHOLE}, NOW)
    again = marked(marks, {"a.eml": WHOLE}, NOW + timedelta(milliseconds=20))
    assert ready(again, NOW + timedelta(milliseconds=20)) == {}


def test_what_was_taken_is_settled_until_it_changes():
    taken = {"a.eml": FileMark(WHOLE, NOW, "ab")}
    assert settled(taken) == {"a.eml": WHOLE}
    assert ready(taken, NOW + timedelta(days=1)) == {}
    changed = marked(taken, {"a.eml": HALF}, NOW)
    assert settled(changed) == {}


def test_a_file_that_went_is_forgotten():
    assert marked({"a.eml": FileMark(WHOLE, NOW, "ab")}, {}, NOW) == {}


def test_another_uidvalidity_counts_anew():
    read = Uids().after(7, 3).after(7, 5)
    assert read == Uids(7, 5)
    assert read.after(8, 1) == Uids(8, 1)


@given(st.lists(st.integers(1, 2**32), min_size=1))
def test_the_last_number_never_goes_back_within_one_validity(numbers):
    read = Uids()
    for number in numbers:
        read = read.after(7, number)
    assert read == Uids(7, max(numbers))


@given(st.integers(0, 1000))
def test_the_wait_doubles_and_has_an_end(failures):
    at = next_look(NOW, timedelta(minutes=3), failures)
    assert at is not None
    assert NOW + timedelta(minutes=3) <= at <= NOW + LONGEST_WAIT
    assert next_look(NOW, timedelta(hours=1), failures) == NOW + timedelta(hours=1)
    assert next_look(None, timedelta(minutes=3), failures) is None


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.53", "::1"])
def test_names_that_mean_this_computer(host):
    assert on_this_computer(host)


@pytest.mark.parametrize(
    "host", ["mail.example.org", "localhost.example.org", "10.0.0.1", "", "127.1"]
)
def test_names_that_may_mean_another(host):
    assert not on_this_computer(host)
