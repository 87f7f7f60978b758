"""Why a file could not be read: the sentences a person sees, and the code each has in the child's reply.

The child process sends only a code and numbers; the words are here. Left to the caller: keeping the original.
"""

from typing import Final

from schoolsafe.errors import Refused


class UnreadableFile(Refused):
    """This file could not be read. It is kept as it came, so that a person can open it."""


class NoMessage(UnreadableFile):
    """This file is empty. Save the message again from the mail program."""


class MailTooLarge(UnreadableFile):
    """This message is larger than {limit} MB. It is kept as it came; open it in the mail program."""


class HeadersTooLong(UnreadableFile):
    """The heading lines of this message (subject, addresses) are longer than {limit} KB.

    No honest mail program writes that. It is kept as it came; ask the sender by phone.
    """


class TooManyAddresses(UnreadableFile):
    """This message lists more than {limit} addresses in one line. It is kept as it came."""


class TooManyParts(UnreadableFile):
    """This message has more than {limit} parts. It is kept as it came; open it in the mail program."""


class TooDeeplyNested(UnreadableFile):
    """This message holds messages inside messages more than {limit} deep. It is kept as it came."""


class ReaderTookTooLong(UnreadableFile):
    """Reading this file took too long and was stopped. It is kept as it came."""


class ReaderStopped(UnreadableFile):
    """The reader stopped while reading this file. It is kept as it came, so that a person can open it."""


class DamagedOutlook(UnreadableFile):
    """This Outlook message is damaged. It is kept as it came.

    Open it in Outlook and save it again, or paste its words.
    """


class PasswordNeeded(UnreadableFile):
    """This file is locked with a password.

    Open it, print it to a new PDF and drop that here, or paste its words.
    """


class DamagedPdf(UnreadableFile):
    """This PDF is damaged or empty. It is kept as it came. Open it and paste its words."""


class DamagedWord(UnreadableFile):
    """This Word document is damaged. It is kept as it came. Open it and save it again, or paste its words."""


class WordTooLarge(UnreadableFile):
    """This Word document unpacks to more than any letter holds. It is kept as it came."""


class DamagedPicture(UnreadableFile):
    """This picture cannot be shown. It is kept as it came, so that a person can open it."""


class PictureTooLarge(UnreadableFile):
    """This picture has more than {limit} million pixels. Scan the letter again with fewer."""


class OtherPicture(UnreadableFile):
    """This kind of picture is not shown here. Save it as JPEG, PNG or PDF and drop that."""


class Archive(UnreadableFile):
    """This is a folder packed into one file (zip). Unpack it and drop the files in it."""


class Workbook(UnreadableFile):
    """This is an Excel workbook. Copy the lines about the child and paste them."""


class Slides(UnreadableFile):
    """This is a PowerPoint file. Copy the words about the child and paste them."""


class OpenDocument(UnreadableFile):
    """This is an OpenDocument file. Save it as PDF or Word and drop that."""


class Program(UnreadableFile):
    """This is a program, not a message. It was not opened. Ask whoever sent it by phone."""


class PackedMail(UnreadableFile):
    """This is a winmail.dat file. Ask the sender to send the message as plain text or HTML."""


class NotAMessage(UnreadableFile):
    """This file holds nothing that can be read as a message. It is kept as it came."""


class ReaderNotLoaded(UnreadableFile):
    """This file needs a reader that was not ready. It is kept as it came."""


class OtherOfficeFile(UnreadableFile):
    """This is an old Office file (.doc, .xls or .ppt). It is kept as it came.

    Open it, save it as PDF, and drop the PDF here.
    """


class OldExcelWorkbook(UnreadableFile):
    """This is an old Excel workbook (.xls), or one with a password.

    Open it in Excel and save it as .xlsx or CSV, without a password.
    """


class PdfNotAList(UnreadableFile):
    """This is a PDF. Export the pupil list from the school's system as .xlsx or CSV."""


class PictureNotAList(UnreadableFile):
    """This is a picture. Export the pupil list from the school's system as .xlsx or CSV."""


class MailNotAList(UnreadableFile):
    """This is an email message, not a pupil list. Save the list that is attached to it and choose that."""


class BinaryNotAList(UnreadableFile):
    """This file does not hold text, so it is not a pupil list. Export the list as CSV."""


class EmptyList(UnreadableFile):
    """This file is empty. Export the pupil list again."""


class ListTooLarge(UnreadableFile):
    """This list is larger than {limit} MB, which no school's list is. Choose another file."""


class TooManyRows(UnreadableFile):
    """This list has more than {limit} rows, which no school's list has. Choose another file."""


class NoHeadingRow(UnreadableFile):
    """No line in the first {limit} has headings for a pupil's name and date of birth or pupil number.

    The list needs a line such as Surname, Forename, Date of Birth, UPN.
    """


class UnknownColumn(UnreadableFile):
    """The column chosen for {field} is not in this list."""


_ALL: Final = (
    UnreadableFile,
    NoMessage,
    MailTooLarge,
    HeadersTooLong,
    TooManyAddresses,
    TooManyParts,
    TooDeeplyNested,
    ReaderTookTooLong,
    ReaderStopped,
    DamagedOutlook,
    PasswordNeeded,
    DamagedPdf,
    DamagedWord,
    WordTooLarge,
    DamagedPicture,
    PictureTooLarge,
    OtherPicture,
    Archive,
    Workbook,
    Slides,
    OpenDocument,
    Program,
    PackedMail,
    NotAMessage,
    ReaderNotLoaded,
    OtherOfficeFile,
    OldExcelWorkbook,
    PdfNotAList,
    PictureNotAList,
    MailNotAList,
    BinaryNotAList,
    EmptyList,
    ListTooLarge,
    TooManyRows,
    NoHeadingRow,
    UnknownColumn,
)
_BY_NAME: Final = {each.__name__: each for each in _ALL}


def from_child(name: str, facts: dict[str, int | str]) -> UnreadableFile:
    """The sentence for what the child reported; the general one where the report makes no sense."""
    kinds = _BY_NAME | {each.__name__: each for each in UnreadableFile.__subclasses__()}
    kind = kinds.get(name, UnreadableFile)
    try:
        error = kind(**facts)
        str(error)
    except (KeyError, IndexError, ValueError, TypeError):
        return UnreadableFile()
    return error
