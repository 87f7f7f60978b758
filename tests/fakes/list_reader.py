"""The real readers of lists, registers and calendars in this process: the child process has its own tests."""

from collections.abc import Mapping

from house import ReadyDrafts
from schoolsafe.domain.establishment import RegisterRows, SchoolLinks
from schoolsafe.domain.term_dates import CalendarFile
from schoolsafe.intake import ctf, gias, ics, pupil_list
from schoolsafe.intake.transfer_list import transfer_list
from schoolsafe.services.ports_outside import PupilList, PupilRow


class ListReader(ReadyDrafts):
    """Reads files as the product does; keeps the columns it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Mapping[str, str] | None] = []

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        self.asked.append(columns)
        if ctf.is_xml(data):
            return transfer_list(ctf.read(data))
        listed = pupil_list.read(data, columns)
        return PupilList(
            rows=tuple(PupilRow(row, values) for row, values in listed.rows),
            problems=(),
            columns=listed.columns,
            ignored=listed.ignored,
            encoding=listed.encoding,
            delimiter=listed.delimiter,
            heading_row=listed.heading_row,
            not_used=listed.not_used,
        )

    def read_schools(self, data: bytes) -> RegisterRows:
        return gias.read_register(data)

    def read_school_links(self, data: bytes) -> SchoolLinks:
        return gias.read_links(data)

    def read_calendar(self, data: bytes) -> CalendarFile:
        return ics.read(data)
