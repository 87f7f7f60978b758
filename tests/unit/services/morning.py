"""What arrives on a Monday morning: mails laid ready, children named, values seen by two people."""

from dataclasses import replace
from datetime import date, datetime, time

from house import ReadyDrafts, School
from schoolsafe.domain.entry import NewEntry, Set, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import RowId
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    Incident,
    MailDraft,
    Notice,
    NoticeKind,
    Precision,
    Sender,
)
from schoolsafe.errors import Unavailable
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Received
from schoolsafe.services.notification_view import LineView
from schoolsafe.services.ports import Place
from schoolsafe.wire import stub

MAYA_BORN = date(2017, 3, 14)
SATURDAY_NIGHT = Incident(date=date(2026, 11, 7), time=time(22, 40), precision=Precision.EXACT)
MAYA = ChildLine("Maya THORNTON", surname="THORNTON", forename="Maya", dob=MAYA_BORN)
LEO = ChildLine("Leo THORNTON", surname="THORNTON", forename="Leo", dob=date(2019, 6, 2))
NOTICE = Notice(
    kind=NoticeKind.DOMESTIC_ABUSE,
    police_reference="NM/2026/0113342",
    incident=SATURDAY_NIGHT,
    circumstances="Argument at home; officers attended.",
    children=(MAYA,),
)
MAIL = MailDraft(
    outcome="received",
    kind=NoticeKind.DOMESTIC_ABUSE,
    channel=Channel.POLICE_EMAIL,
    sender=Sender(name="Northmere Police", organisation="Northmere Police"),
    mail_from=Sender(address="encompass@northmere.police.example"),
    mail_server_check="pass",
    forwarded_by=None,
    received_at=datetime(2026, 11, 9, 7, 12, tzinfo=LONDON),
    message_id="<1@northmere.police.example>",
    notices=(NOTICE,),
    texts=("Maya THORNTON, born 14/03/2017",),
)


def arrives(
    school: School,
    mail: MailDraft | Exception = MAIL,
    *,
    data: bytes = b"From: police\r\n\r\nhello",
) -> Received:
    """A message is dropped on the window."""
    intake = school.services.intake
    assert isinstance(intake, ReadyDrafts)
    intake.mails[data] = mail
    return school.services.notifications.receive_file("notice.eml", data)


def arrived(school: School, *children: ChildLine, number: int = 1, **facts: object) -> str:
    """The id of one notice about these children, from its own mail."""
    notice = replace(NOTICE, children=children or (MAYA,), **facts)
    mail = replace(MAIL, message_id=f"<{number}@northmere.police.example>", notices=(notice,))
    return arrives(school, mail, data=b"mail %d" % number).notifications[0]


def line_of(school: School, notification: str, number: int = 1) -> LineView:
    return next(
        line
        for line in school.services.notifications.show(notification).lines
        if line.number == number
    )


def matched(school: School, *, number: int = 1) -> tuple[str, str]:
    """A notice about Maya, confirmed by a person: the notice and the pupil."""
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, number=number)
    school.services.notifications.match(notification, 1, maya)
    return notification, maya


def rows(school: School) -> int:
    """How many rows the journal holds, readable or not."""
    return sum(1 for _raw in school.vault.raws())


def from_another_computer(school: School, entity: str, field: str, value: Value) -> None:
    """A row written where nobody had seen this seat's value: it comes in by sync, and both stand.

    It forks this seat's own feed, as a restored laptop does: legal, and the only other writer there is.
    """
    circles = school.circles
    team = circles.circle_id(TEAM)
    mine = [o for raw in school.vault.raws() if (o := stub.parse_any(raw)).circle == team]
    last = max(mine, key=lambda outer: outer.n)
    t = max(f.t for f in school.services.desk.reader.rows_of_kind(TEAM))
    sealed = circles.seal(
        NewEntry(TEAM, "notification.decide", (Set(entity, field, value, ()),)),
        Place(
            n=last.n + 1,
            prev=(RowId(last.id),),
            subject_heads=(),
            seen=(),
            t=t + 1,
            wall_ms=round(school.clock.now().timestamp() * 1000),
            tx="elsewhere",
        ),
    )
    received = school.vault.journal.receive([sealed.outer.raw])
    assert len(received.new) == 1


class Jam(Unavailable):
    """The printer is jammed."""


class JammedPrinter:
    """Draws nothing; remembers how many audit rows stood when it was asked."""

    def __init__(self, school: School) -> None:
        self._school = school
        self.audit_lines_before: list[int] = []

    def told_slip(self, _page: object) -> bytes:
        self.audit_lines_before.append(self._school.audit_lines())
        raise Jam

    recovery_sheet = chronology = gate_list = pictures = told_slip
