"""A Common Transfer File as a pupil list, so that it is compared and taken in like any other.

Left to others: reading it (ctf), what is odd about a pupil (domain.roll), whom it was made for (services).
"""

from typing import Final

from schoolsafe.domain.ctf import CtfFile, listed_values, warnings
from schoolsafe.intake import errors, list_errors
from schoolsafe.intake.ctf import is_xml
from schoolsafe.intake.limits import LIST, MB
from schoolsafe.intake.list_limits import CTF
from schoolsafe.services.ports_outside import ListProblem, PupilList, PupilRow

WHOLE_FILE: Final = 0
"""The row of a problem that is no pupil's."""


def refuse_large(data: bytes) -> None:
    """Returns only for a file small enough to be handed to the child.

    Raises:
        ListTooLarge, TransferFileTooLarge: by what it begins like.
    """
    if is_xml(data):
        if len(data) > CTF.size_bytes:
            raise list_errors.TransferFileTooLarge(limit=CTF.size_bytes // MB)
    elif len(data) > LIST.size_bytes:
        raise errors.ListTooLarge(limit=LIST.size_bytes // MB)


def transfer_list(file: CtfFile) -> PupilList:
    """One row a pupil, counted in the file from 1; what is odd about the file stands before them."""
    return PupilList(
        rows=tuple(PupilRow(pupil.place, listed_values(pupil, file)) for pupil in file.pupils),
        problems=tuple(ListProblem(WHOLE_FILE, kind, words) for kind, words in warnings(file)),
        columns={},
        ignored=(),
        encoding="utf-8",
        delimiter="",
        heading_row=0,
        ctf=file,
    )
