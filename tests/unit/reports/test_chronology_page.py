from datetime import UTC, datetime

from schoolsafe.reports import chronology_page
from schoolsafe.reports.chronology_page import corrected
from schoolsafe.services.pages import PrintedCorrection
from unit.reports.pages_to_print import a_chronology, an_entry, pages_of, tags_of, text_of


def fixed(text, why="wrong date"):
    at = datetime(2026, 11, 5, 9, 1, tzinfo=UTC)
    return PrintedCorrection(text, by="Priya Nair", at=at, why=why)


def test_an_entry_prints_when_it_happened_and_when_it_was_written():
    words = text_of(chronology_page.render(a_chronology(an_entry())))
    assert "Wed 4 Nov 2026 10:20am" in words
    assert "written Wed 4 Nov 2026, 10:45am." in words
    assert "Contact with a parent: Call with Mum" in words


def test_a_notice_prints_when_it_was_received_as_well():
    late = datetime(2026, 11, 9, 7, 12, tzinfo=UTC)
    words = text_of(chronology_page.render(a_chronology(an_entry(received=late, written=late))))
    assert "received Mon 9 Nov 2026, 7:12am" in words


def test_a_corrected_word_is_struck_through_beside_the_new_one():
    shown = corrected(
        "Aunt Rae until the 12th. Password changed.",
        (fixed("Aunt Rae until the 20th. Password changed."),),
    )
    assert shown == "Aunt Rae until the <strike>12th. </strike> 20th. Password changed."


def test_a_rewritten_text_is_struck_through_whole():
    shown = corrected("Quite other words.", (fixed("Nothing alike at all & more."),))
    assert shown == "<strike>Quite other words.</strike><br/>Nothing alike at all &amp; more."


def test_every_earlier_wording_of_a_text_corrected_twice_can_be_read():
    shown = corrected("One.", (fixed("Two."), fixed("Three.")))
    assert shown == "<strike>One.</strike><br/><strike>Two.</strike><br/>Three."


def test_old_and_new_words_with_who_and_why_stand_on_the_page():
    entry = an_entry(corrections=(fixed("Staying with Aunt Rae until the 20th."),))
    words = text_of(chronology_page.render(a_chronology(entry)))
    assert "12th." in words
    assert "20th." in words
    assert "Corrected Thu 5 Nov 2026, 9:01am by Priya Nair: wrong date" in words


def test_an_entry_struck_out_is_still_printed_with_the_reason():
    words = text_of(chronology_page.render(a_chronology(an_entry(withdrawn="Wrong file."))))
    assert "Struck out: Wrong file." in words
    assert "Staying with Aunt Rae" in words


def test_what_a_filter_left_out_is_said():
    words = text_of(chronology_page.render(a_chronology(an_entry(), hidden=2)))
    assert "1 entry" in words
    assert "2 more entries are not shown here" in words


def test_a_time_is_never_printed_more_exactly_than_it_is_known():
    for precision, said in (
        ("approx", "About 10:20am"),
        ("overnight", "Overnight"),
        ("unknown", "No time given"),
        ("day", "No time given"),
    ):
        words = text_of(chronology_page.render(a_chronology(an_entry(precision=precision))))
        assert f"Wed 4 Nov 2026 {said}" in words


def test_the_child_s_words_the_action_and_the_outcome_print_where_they_were_recorded():
    entry = an_entry(
        child_words="“I want Aunt Rae.”", action="Office told.", outcome="Collected safely."
    )
    words = text_of(chronology_page.render(a_chronology(entry)))
    for said in (
        "In the child's words: “I want Aunt Rae.”",
        "Done: Office told.",
        "Outcome: Collected safely.",
    ):
        assert said in words


def test_a_chronology_of_many_entries_numbers_every_page():
    page = a_chronology(*[an_entry(text=f"Entry {n}. " + "Words of it. " * 40) for n in range(40)])
    pdf = chronology_page.render(page)
    pages = pages_of(pdf)
    assert pages > 5
    for number in range(pages):
        said = text_of(pdf, number)
        assert f"Page {number + 1} of {pages}" in said
        assert "Confidential: child protection." in said
    assert all(f"Entry {n}." in text_of(pdf) for n in range(40))


def test_a_narrative_longer_than_a_page_runs_on():
    pdf = chronology_page.render(
        a_chronology(an_entry(text="A long narrative with an end. " * 1500))
    )
    assert pages_of(pdf) > 5


def test_an_empty_chronology_says_so():
    assert "Nothing has been recorded yet." in text_of(chronology_page.render(a_chronology()))


def test_an_entry_from_another_school_says_which():
    entry = an_entry(origin="Little Acorns Nursery")
    assert "from Little Acorns Nursery" in text_of(chronology_page.render(a_chronology(entry)))


def test_each_month_and_each_entry_is_a_heading():
    october = datetime(2026, 10, 12, 8, 50, tzinfo=UTC)
    tags = tags_of(chronology_page.render(a_chronology(an_entry(), an_entry(happened=october))))
    assert tags.count("H1") == 1
    assert tags.count("H2") == 2
    assert tags.count("H3") == 2
