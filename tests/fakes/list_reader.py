"""The real reader of pupil lists in this process: the child process has its own tests."""

from collections.abc import Mapping

from house import ReadyDrafts
from schoolsafe.intake import ctf, pupil_list
from schoolsafe.intake.transfer_list import transfer_list
from schoolsafe.services.ports import PupilList, PupilRow


class ListReader(ReadyDrafts):
    """Reads lists and transfer files as the product does; keeps the columns it was asked for."""

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
