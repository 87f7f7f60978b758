"""The register of schools: taken in from files, kept beside the vault, searched, refreshed."""

from datetime import date

import pytest

from fakes.list_reader import ListReader
from fakes.shelf import DiskIsFull, FakeShelf
from house import SetClock
from invented_register import links_csv, register_csv
from schoolsafe.intake import list_errors
from schoolsafe.intake.reader import ChildIntake
from schoolsafe.services.establishment import Establishments, NoRegister
from schoolsafe.wire import establishment as file
from schoolsafe.wire.establishment import RegisterUnreadable

NAME = "edubasealldata20261101.csv"


@pytest.fixture
def shelf():
    return FakeShelf()


@pytest.fixture
def register(shelf):
    return Establishments(shelf, ListReader(), SetClock())


def test_a_register_is_taken_in_and_says_how_fresh_it_is(register, shelf):
    assert register.facts() is None
    taken = register.take_in(register_csv(), name=NAME, links=links_csv())
    facts = taken.facts
    assert (facts.schools, facts.open, facts.links) == (10, 7, 3)
    assert (facts.as_of, facts.taken_in) == (date(2026, 11, 1), date(2026, 11, 9))
    assert taken.changed
    again = Establishments(shelf, ListReader(), SetClock())
    assert again.facts() == facts
    (found,) = again.search("brookfield comm")
    assert [after.name for after in found.successors] == ["Brookfield Academy"]


def test_the_same_files_a_second_time_change_nothing(register, shelf):
    register.take_in(register_csv(), name=NAME, links=links_csv())
    before = shelf.data
    assert register.take_in(register_csv(), name=NAME, links=links_csv()).changed is False
    assert shelf.data is before


def test_a_newer_register_without_links_keeps_those_known(register):
    register.take_in(register_csv(), name=NAME, links=links_csv())
    taken = register.take_in(register_csv(12), name="edubasealldata20261201.csv")
    assert (taken.facts.schools, taken.facts.links) == (12, 3)
    assert register.find("999108").successors[0].urn == "999110"


def test_all_missing_headings_are_named_together_and_nothing_is_written(register, shelf):
    with pytest.raises(list_errors.RegisterColumnsMissing) as said:
        register.take_in(register_csv(without=("Postcode", "UKPRN", "Town")), name=NAME)
    for heading in ("Postcode", "UKPRN", "Town"):
        assert heading in str(said.value)
    assert "EstablishmentName" not in str(said.value)
    assert shelf.data is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", list_errors.RegisterColumnsMissing),
        (b"\0\xff\xfe" * 50, list_errors.RegisterColumnsMissing),
        (register_csv(0), list_errors.RegisterEmpty),
    ],
)
def test_what_is_no_register_gets_its_own_sentence_and_the_old_one_stays(
    register, shelf, data, kind
):
    register.take_in(register_csv(), name=NAME)
    before = shelf.data
    with pytest.raises(kind) as said:
        register.take_in(data, name=NAME)
    assert "{" not in str(said.value)
    assert shelf.data is before
    with pytest.raises(list_errors.LinksColumnsMissing):
        register.take_in(register_csv(12), name=NAME, links=b"a,b\n1,2\n")
    assert shelf.data is before


def test_a_full_disk_leaves_the_old_register(shelf):
    register = Establishments(shelf, ListReader(), SetClock())
    register.take_in(register_csv(), name=NAME)
    shelf.full = True
    with pytest.raises(DiskIsFull):
        register.take_in(register_csv(11), name=NAME)
    assert register.search("ashgrove")[0].school.urn == "999101"


def test_without_a_register_a_search_says_so(register):
    with pytest.raises(NoRegister):
        register.search("ashgrove")
    assert register.find("999101") is None
    assert register.own_number("999101") is None


def test_a_damaged_file_is_told_and_may_be_taken_in_again(shelf):
    register = Establishments(shelf, ListReader(), SetClock())
    register.take_in(register_csv(), name=NAME)
    whole = shelf.data
    for damaged in (whole[:40], whole[:-20], b"", b"x" * 200, whole[:9] + b"\x02" + whole[10:]):
        shelf.data = damaged
        fresh = Establishments(shelf, ListReader(), SetClock())
        with pytest.raises(RegisterUnreadable):
            fresh.search("ashgrove")
        assert fresh.find("999101") is None
    assert fresh.take_in(register_csv(), name=NAME).changed
    assert fresh.own_number("999101") == "9992001"


def test_it_is_loaded_when_it_is_searched_and_then_once(register, shelf):
    register.take_in(register_csv(), name=NAME)
    fresh = Establishments(shelf, ListReader(), SetClock())
    before = shelf.reads
    fresh.search("a")
    fresh.search("ash")
    assert shelf.reads == before + 1


def test_the_child_process_reads_both_files(shelf):
    taken = Establishments(shelf, ChildIntake(), SetClock()).take_in(
        register_csv(), name=NAME, links=links_csv()
    )
    assert (taken.facts.schools, taken.facts.links) == (10, 3)
    with pytest.raises(list_errors.RegisterColumnsMissing) as said:
        ChildIntake().read_schools(b"URN,Name\n1,2\n")
    assert "LA (code), LA (name)" in str(said.value)


def test_the_file_begins_with_its_mark_and_version(register, shelf):
    register.take_in(register_csv(), name=NAME)
    assert shelf.data.startswith(file.MAGIC + bytes([file.VERSION]))
    assert file.head(shelf.data) == register.facts()
