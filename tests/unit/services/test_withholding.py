"""What must not leave leaves no print: every page there is, and every print a person can make."""

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest

from house import MONDAY, School
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.services import pages
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.pages import ChronologyPage, PrintMark
from schoolsafe.services.ports_outside import Printer
from schoolsafe.services.told_slip import SlipForm
from schoolsafe.services.withholding import withholding

ADDRESS = "Flat 2, 9 Quiet Lane\nNorthmere\nNM4 7QL"
SAID = "They went to flat 2, 9 QUIET LANE (Northmere, nm47ql) on Friday"
TRACES = ("quiet lane", "nm4 7ql", "nm47ql")
PAGES = typing.get_args(pages.Page)
PRINTS = sorted(
    name
    for name, print_it in vars(Printer).items()
    if not name.startswith("_") and set(typing.get_type_hints(print_it).values()) & set(PAGES)
)
"""Every print there is: one that somebody adds is swept from its first day."""


@pytest.fixture
def maya(school: School) -> str:
    child = school.pupil("Maya", "Thornton")
    values = {"kind": "refuge", "address": ADDRESS, "confidential": "yes"}
    school.services.families.add("home", child, values)
    return child


def texts(page: object) -> Iterator[str]:
    """Every text of a page."""
    if isinstance(page, str):
        yield page
    elif isinstance(page, tuple | list):
        for one in page:
            yield from texts(one)
    elif dataclasses.is_dataclass(page):
        for field in dataclasses.fields(page):
            yield from texts(getattr(page, field.name))


def traces(page: object) -> list[str]:
    return [text for text in texts(page) if any(trace in text.casefold() for trace in TRACES)]


def planted(kind: Any) -> Any:  # one line for each sort of fact
    """A value of that type, with the address in every text there is."""
    origin = typing.get_origin(kind)
    if kind is PrintMark:
        return PrintMark("Ashgrove", "Priya Nair", MONDAY)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(
            **{field.name: planted(hints[field.name]) for field in dataclasses.fields(kind)}
        )
    if origin is tuple:
        inside = [one for one in typing.get_args(kind) if one is not Ellipsis]
        return tuple(planted(one) for one in inside)
    if origin in {typing.Union, types.UnionType}:
        return planted(next(one for one in typing.get_args(kind) if one is not type(None)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    plain = {str: SAID, int: 1, bool: False, date: MONDAY.date(), datetime: MONDAY, bytes: b""}
    return plain[kind]


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_no_page_keeps_a_confidential_address(school, maya, kind):
    page = planted(kind)
    assert traces(page)
    printer = withholding(school.services.desk, school.services.children, school.printer)
    assert len(PRINTS) == len(PAGES)
    for name in PRINTS:
        getattr(printer, name)(page)
        assert traces(school.printer.printed[-1]) == []
        assert any("[address withheld]" in text for text in texts(school.printer.printed[-1]))


def test_every_print_a_person_can_make_leaves_the_address_out(school, maya):
    services = school.services
    entry = EntryForm(
        child=maya, kind=EntryKind.CONCERN, text=SAID, child_words=SAID, place="9 Quiet Lane"
    )
    made = services.chronologies.add(entry).entities[0]
    services.chronologies.fix(made, new_text=SAID + ".", reason="NM4 7QL was missing")
    services.printing.chronology(maya)
    slip = SlipForm(
        child=maya, level="A", told_to="Mrs Bello", text=f"A quiet start. {ADDRESS}",
        until=MONDAY.date(),
    )  # fmt: skip
    services.told_slips.page(slip)
    rows = (pages.GateRow("Maya Thornton", "Kingfisher", "Main door", "Sam Doyle", SAID),)
    services.printing.gate_list(rows)
    assert len(school.printer.printed) == 3
    for page in school.printer.printed:
        assert traces(page) == [], type(page).__name__


def test_an_address_that_is_not_confidential_prints(school):
    child = school.pupil("Leo", "Thornton")
    values = {"kind": "family", "address": "3 Larch Road", "confidential": "no"}
    school.services.families.add("home", child, values)
    form = EntryForm(child=child, kind=EntryKind.CONCERN, text="Walked home to 3 Larch Road")
    school.services.chronologies.add(form)
    school.services.printing.chronology(child)
    (page,) = school.printer.printed
    assert page.entries[0].text == "Walked home to 3 Larch Road"


def test_a_home_left_long_ago_stays_confidential(school, maya):
    (home,) = school.services.families.show(maya).homes
    school.services.families.change(maya, home.id, {"until": "2026-10-01"})
    school.services.chronologies.add(EntryForm(child=maya, kind=EntryKind.CONCERN, text=SAID))
    school.services.printing.chronology(maya)
    assert traces(school.printer.printed[-1]) == []


@pytest.fixture
def protected(school: School, maya: str) -> str:
    leo = school.pupil("Leo", "Thornton")
    school.services.families.link_sibling(maya, leo)
    values = {"name": "Jo Price", "relationship": "half_sibling", "school": "Brookfield Academy"}
    school.services.families.add("person", maya, values)
    home = {"kind": "family", "address": "3 Larch Road", "confidential": "no"}
    school.services.families.add("home", maya, home)
    why = {"why": "Moved to safety", "head": "Ruth Okafor"}
    school.services.families.add("protect", maya, why)
    for child, said in (
        (maya, "Came in with Leo Thornton. Asked after Jo Price at 3 Larch Road."),
        (leo, "Asked where Maya Thornton is"),
    ):
        school.services.chronologies.add(EntryForm(child=child, kind=EntryKind.CONCERN, text=said))
    return leo


def printed(school: School, child: str) -> ChronologyPage:
    school.services.printing.chronology(child)
    page = school.printer.printed[-1]
    assert isinstance(page, ChronologyPage)
    return page


def test_a_protected_childs_print_names_no_brother_or_sister_and_no_home(school, maya, protected):
    page = printed(school, maya)
    assert page.child == "Maya Thornton"
    assert page.entries[0].text == (
        "Came in with [name withheld]. Asked after [name withheld] at [address withheld]."
    )


def test_a_brothers_print_does_not_name_the_protected_child(school, maya, protected):
    assert printed(school, protected).entries[0].text == "Asked where [name withheld] is"


def test_earlier_schools_leave_a_protected_childs_print(school, maya, protected):
    printer = withholding(school.services.desk, school.services.children, school.printer)
    entry = dataclasses.replace(planted(pages.PrintedEntry), origin="Little Acorns Nursery")
    page = ChronologyPage(PrintMark("A", "B", MONDAY), "Maya Thornton", "", (entry,))
    printer.chronology(page)
    assert school.printer.printed[-1].entries[0].origin is None


def test_the_end_of_a_protection_lets_names_print_again(school, maya, protected):
    school.services.protected_identities.end(maya, why="Left the area")
    assert "Leo Thornton" in printed(school, maya).entries[0].text
