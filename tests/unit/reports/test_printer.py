import struct
import subprocess
import sys

from schoolsafe.reports.printer import PdfPrinter
from schoolsafe.services.ports_outside import Printer
from unit.reports.pages_to_print import a_chronology, a_gate_list, a_sheet, a_slip, an_entry


def test_every_page_can_be_had_as_a_pdf_and_as_pictures():
    printer: Printer = PdfPrinter()
    for pdf in (
        printer.told_slip(a_slip()),
        printer.recovery_sheet(a_sheet()),
        printer.chronology(a_chronology(an_entry())),
        printer.gate_list(a_gate_list()),
    ):
        assert pdf.startswith(b"%PDF-")
        (picture,) = printer.pictures(pdf, dpi=40)
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == (331, 468)


def test_the_pdf_maker_is_loaded_at_the_first_print_only():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, schoolsafe.reports.printer; print('reportlab' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"
