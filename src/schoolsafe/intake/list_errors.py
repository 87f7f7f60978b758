"""Why a pupil list, a transfer file, a register or a calendar could not be read: a sentence each.

As in ``errors``, of which they are kinds: the child process sends the name and numbers, the words are here.
"""

from schoolsafe.intake.errors import UnreadableFile


class BinaryWorkbook(UnreadableFile):
    """This is a binary Excel workbook (.xlsb). Open it in Excel and save it as .xlsx or CSV."""


class OpenDocumentSheet(UnreadableFile):
    """This is an OpenDocument file (.ods). Open it and save it as .xlsx or CSV."""


class WordDocumentNotAList(UnreadableFile):
    """This is a Word document. Export the pupil list from the school's system as .xlsx or CSV."""


class ArchiveNotAList(UnreadableFile):
    """This is a zip archive, not a pupil list. Unpack it and choose the list inside."""


class WorkbookTooLarge(UnreadableFile):
    """This workbook unpacks to far more than a school's list. Save only the list as .xlsx or CSV."""


class DamagedWorkbook(UnreadableFile):
    """This Excel workbook is damaged and cannot be read. Export it again, or save it as CSV."""


class NoTransferFile(UnreadableFile):
    """This is an XML or web page file, and no Common Transfer File (CTF).

    Export the pupil list from the school's system as .xlsx or CSV, or choose the CTF itself.
    """


class TransferFileHasDoctype(UnreadableFile):
    """This file holds a document type declaration, which no Common Transfer File has. It is not opened."""


class TransferFileDamaged(UnreadableFile):
    """This Common Transfer File breaks off or is damaged. Ask the sending school for it again."""


class TransferFileTooLarge(UnreadableFile):
    """This file is larger than {limit} MB, which no Common Transfer File is. Choose another file."""


class TransferFileTooDeep(UnreadableFile):
    """This file holds more inside itself than a Common Transfer File does. It is not opened."""


class TransferFileEmpty(UnreadableFile):
    """This Common Transfer File holds no pupil."""


class RegisterTooLarge(UnreadableFile):
    """This file is larger than {limit} MB, which the register of schools is not. Choose another file."""


class RegisterColumnsMissing(UnreadableFile):
    """This is not the register of schools as GIAS gives it out. These headings are missing: {headings}."""


class RegisterEmpty(UnreadableFile):
    """This register holds no school."""


class LinksColumnsMissing(UnreadableFile):
    """This is not the links file of GIAS. These headings are missing: {headings}."""


class NoCalendar(UnreadableFile):
    """This is no calendar file (.ics). Ask the council for its term dates as .ics, or type them."""


class CalendarTooLarge(UnreadableFile):
    """This calendar is larger than {limit} MB, which no calendar of term dates is. Choose another file."""


class CalendarDamaged(UnreadableFile):
    """This calendar is damaged and cannot be read. Fetch it again, or type the dates."""


class CalendarHasNoDays(UnreadableFile):
    """This calendar holds no dates."""
