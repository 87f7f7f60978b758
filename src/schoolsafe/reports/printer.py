"""The printer the services ask for: frozen pages in, PDF out. Loads the PDF maker on first use."""

from schoolsafe.services.pages import (
    ChronologyPage,
    ContactCardPage,
    ForceLetterPage,
    GateListPage,
    RecoverySheet,
    ToldSlipPage,
)


class PdfPrinter:
    """Implements `services.ports_outside.Printer`. Holds nothing, so one serves the whole program."""

    def told_slip(self, slip: ToldSlipPage) -> bytes:
        """A half page."""
        from schoolsafe.reports import told_slip  # noqa: PLC0415  # reportlab: 110 ms at start

        return told_slip.render(slip)

    def recovery_sheet(self, sheet: RecoverySheet) -> bytes:
        """One page with the key as text and QR."""
        from schoolsafe.reports import recovery_sheet  # noqa: PLC0415  # reportlab: 110 ms at start

        return recovery_sheet.render(sheet)

    def chronology(self, page: ChronologyPage) -> bytes:
        """A child's chronology for the paper file."""
        from schoolsafe.reports import chronology_page  # noqa: PLC0415  # reportlab: 110 ms at start

        return chronology_page.render(page)

    def gate_list(self, page: GateListPage) -> bytes:
        """Who meets whom at which door; no cause."""
        from schoolsafe.reports import gate_list  # noqa: PLC0415  # reportlab: 110 ms at start

        return gate_list.render(page)

    def force_letter(self, page: ForceLetterPage) -> bytes:
        """One month of notices told to the force, in counts."""
        from schoolsafe.reports import force_letter  # noqa: PLC0415  # reportlab: 110 ms at start

        return force_letter.render(page)

    def contact_card(self, page: ContactCardPage) -> bytes:
        """How the police reach the school."""
        from schoolsafe.reports import contact_card  # noqa: PLC0415  # reportlab: 110 ms at start

        return contact_card.render(page)

    def pictures(self, pdf: bytes, *, dpi: int = 110) -> tuple[bytes, ...]:
        """Each page as a PNG."""
        from schoolsafe.reports import picture  # noqa: PLC0415  # pypdfium2: 40 ms at start

        return picture.pictures(pdf, dpi=dpi)
