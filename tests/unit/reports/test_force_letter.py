"""The letter and the contact card on paper: tagged, plain, with nobody in them."""

from schoolsafe.reports import contact_card, force_letter
from schoolsafe.services.pages import CardLine, ContactCardPage, ForceLetterPage, LetterTable
from unit.reports.pages_to_print import a_mark, pages_of, tags_of, text_of


def a_letter(*rows: tuple[str, ...], to: str = "Northmere Police") -> ForceLetterPage:
    return ForceLetterPage(
        mark=a_mark(destroy_after=None),
        urn="999101",
        to=to,
        month="October 2026",
        sentences=("In October 2026 the school received 12 notifications.",),
        tables=(
            LetterTable("Week by week", ("Week", "Notifications", "Late"), rows),
            LetterTable("What they did not say", ("Not told", "Notifications"), (("Place", "5"),)),
        ),
        closing="No child is named.",
    )


WEEK = ("Mon 5 Oct to Sun 11 Oct", "7", "fewer than 5")


def test_the_letter_says_whom_it_is_to_the_month_and_every_count():
    words = text_of(force_letter.render(a_letter(WEEK, ("The month", "12", "5"))))
    for said in (
        "To Northmere Police, single point of contact for Operation Encompass",
        "Notifications in October 2026",
        "Ashgrove Primary School, URN 999101",
        "received 12 notifications",
        "fewer than 5",
        "No child is named.",
        "Between the school and the force named here.",
    ):
        assert said in words


def test_its_tables_are_tables_to_a_screen_reader():
    tags = tags_of(force_letter.render(a_letter(WEEK, ("The month", "12", "5"))))
    assert (tags.count("Table"), tags.count("H1"), tags.count("H2")) == (2, 1, 2)
    assert (tags.count("TH"), tags.count("TD"), tags.count("TR")) == (5, 8, 5)


def test_a_letter_without_a_card_in_use_is_to_the_police_force():
    assert "To The police force," in text_of(force_letter.render(a_letter(WEEK, to="")))


def test_the_same_facts_give_the_same_bytes():
    assert force_letter.render(a_letter(WEEK)) == force_letter.render(a_letter(WEEK))


def a_card(people: int = 2) -> ContactCardPage:
    lines = tuple(CardLine(f"Key Adult {n}", "Lead", "01632 960100") for n in range(people))
    return ContactCardPage(
        mark=a_mark(destroy_after=None),
        urn="999101",
        inbox="encompass@ashgrove.example.org",
        phone="",
        hours="School day: 8:45am to 3:15pm",
        key_adults=lines,
        cover=(CardLine("Sam Okafor", "19 December 2026 to 3 January 2027", ""),),
        confirmed="Not gone through with the police yet",
    )


def test_the_contact_card_says_where_to_send_and_whom_to_ask():
    words = text_of(contact_card.render(a_card()))
    for said in (
        "encompass@ashgrove.example.org",
        "Key Adult 1",
        "19 December 2026 to 3 January 2027",
        "School day: 8:45am to 3:15pm",
        "For the police force only.",
    ):
        assert said in words
    tags = tags_of(contact_card.render(a_card()))
    assert (tags.count("Table"), tags.count("TH"), tags.count("TR")) == (2, 6, 5)


def test_a_long_rota_runs_over_pages():
    assert pages_of(contact_card.render(a_card(60))) > 1
