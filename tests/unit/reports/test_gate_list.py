from schoolsafe.reports import gate_list
from unit.reports.pages_to_print import a_gate_list, a_gate_row, pages_of, tags_of, text_of


def test_a_gate_list_gives_names_doors_and_first_adults_and_no_cause():
    words = text_of(gate_list.render(a_gate_list(a_gate_row(), a_gate_row("Kai Mensah"))))
    for said in (
        "Maya Thornton",
        "Kai Mensah",
        "Blue door, 8:35am",
        "Miss Adeyemi",
        "Monday 9 November 2026",
    ):
        assert said in words
    for cause in ("police", "notification", "domestic", "abuse", "safeguarding concern"):
        assert cause not in words.lower()


def test_an_empty_gate_list_says_so():
    assert "Nobody to meet this morning." in text_of(gate_list.render(a_gate_list()))


def test_column_headings_stand_on_every_page_and_are_read_out_once():
    pdf = gate_list.render(a_gate_list(*[a_gate_row(f"Child Number {n}") for n in range(40)]))
    pages = pages_of(pdf)
    assert pages > 1
    for number in range(pages):
        assert "First adult" in text_of(pdf, number)
    tags = tags_of(pdf)
    assert tags.count("TH") == 5
    assert tags.count("TR") == 41
    assert tags.count("TD") == 200
