"""Row 3: DASH and its kin. The grade and its tool as sent: never computed, never translated."""

from dataclasses import replace

from house import make_school
from schoolsafe.domain.notification import Risk
from schoolsafe.reports.printer import PdfPrinter
from unit.services.morning import arrived


def test_amber_of_a_ppn_round_trips_unchanged_through_save_and_print(tmp_path):
    school = make_school(tmp_path)
    try:
        maya = school.pupil("Maya", "Thornton")
        risk = Risk(tool="PPN_RAG", tool_as_sent="PPN", grade_as_sent="amber")
        notice = arrived(school, risk=risk)
        school.services.notifications.match(notice, 1, maya)
        school.open_again()
        (entry,) = school.services.chronologies.show(maya).entries
        assert entry.risk == "amber / PPN"
        school.services.printing.chronology(maya)
        page = school.printer.printed[-1]
        pdf = PdfPrinter().chronology(replace(page))
        assert "amber / PPN" in _words(pdf)
    finally:
        school.close()


def _words(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)
