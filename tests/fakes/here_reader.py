"""The real reader of messages in this process: what a child process does, without starting one."""

from collections.abc import Mapping, Sequence

from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.errors import Refused
from schoolsafe.intake.mail import read_mail
from schoolsafe.services.ports_outside import PupilList


class HereReader:
    """Reads messages; lists are another reader's."""

    def read_mail(self, data: bytes, *, templates: Sequence[Template] = ()) -> MailDraft:
        return read_mail(data, templates)

    def read_mails(
        self, files: Sequence[bytes], *, templates: Sequence[Template] = ()
    ) -> tuple[MailDraft | Refused, ...]:
        return tuple(self._one(data, templates) for data in files)

    @staticmethod
    def _one(data: bytes, templates: Sequence[Template]) -> MailDraft | Refused:
        try:
            return read_mail(data, templates)
        except Refused as refused:
            return refused

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        raise NotImplementedError
