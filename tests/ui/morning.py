"""Monday 9 November 2026, 8:18am in a pretend school: mails of the weekend, pupils, and a window over them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from house import MONDAY, ReadyDrafts, School, make_school
from schoolsafe.domain.notification import (
    Answer,
    Channel,
    ChildLine,
    Incident,
    MailDraft,
    Notice,
    NoticeKind,
    Precision,
    Presence,
    Risk,
    Sender,
    Span,
)
from schoolsafe.services.child import ClassFacts
from schoolsafe.services.desk import LONDON
from schoolsafe.ui.day import Outside

POLICE = Sender(
    name="Safeguarding hub",
    address="encompass@northmere.police.example",
    organisation="Northmere Police",
)
STORY = "Two adults arguing, one arrested and bailed not to come to the home or the school."
VOICE = "I took Leo upstairs and put the telly on."
PUPILS = (
    ("Maya", "Thornton", date(2018, 3, 14), "Kingfisher", "4", "ZZ9 9ZA"),
    ("Leo", "Thornton", date(2022, 1, 30), "Otter", "R", "ZZ9 9ZA"),
    ("Kai", "Mensah", date(2015, 11, 2), "Heron", "6", "ZZ9 9ZB"),
    ("Effie", "Llŷr-Jones", date(2020, 6, 19), "Robin", "2", "ZZ9 9ZC"),
    ("Tomasz", "Wiśniewski", date(2016, 9, 5), "Swift", "5", "ZZ9 9ZD"),
    ("Ivy", "Castellan", date(2015, 2, 3), "Heron", "6", "ZZ9 9ZE"),
    ("Noor", "Rahman", date(2020, 12, 1), "Wren", "1", "ZZ9 9ZF"),
    ("Bea", "Alcott", date(2016, 10, 9), "Swift", "5", "ZZ9 9ZG"),
)
CLASSES = (
    ClassFacts("Kingfisher", "Mrs Bello", "Room 4", "Mr Okafor, breakfast club, in since 8:00am"),
    ClassFacts("Otter", "Mr Finch", "Room 1", "Mr Finch, Reception door, 8:40am"),
    ClassFacts("Heron", "Mrs Adeyemi", "Room 6", "Miss Adeyemi, gate, 8:30am"),
    ClassFacts("Robin", "Miss Parry", "Room 2"),
)


@dataclass
class FakePaper:
    """Prints everything it is handed, unless the person turns back."""

    turns_back: bool = False
    printed: list[tuple[str, bytes]] = field(default_factory=list)
    read_before: list[bool] = field(default_factory=list)

    def hand_over(self, title: str, pdf: bytes, *, seen: bool = False) -> bool:
        if self.turns_back:
            return False
        self.printed.append((title, pdf))
        self.read_before.append(seen)
        return True


@dataclass
class Morning:
    """The school, its paper, and files as if they lay on a disk."""

    school: School
    intake: ReadyDrafts
    paper: FakePaper
    files: dict[Path, bytes]
    children: dict[str, str]
    folders: dict[Path, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def services(self):
        return self.school.services

    def outside(self) -> Outside:
        return Outside(
            read_file=lambda path: self.files[path],
            paper=self.paper,
            inside=lambda path: self.folders.get(path, (path,)),
        )

    def child(self, forename: str) -> str:
        return self.children[forename]

    def mail(self, name: str, draft: MailDraft) -> Path:
        """A file that, dropped, is read as this draft."""
        data = f"From: encompass@northmere.police.example\r\nSubject: {name}\r\n\r\n{name}".encode()
        self.intake.mails[data] = draft
        path = Path(f"{name}.eml")
        self.files[path] = data
        return path

    def receive(self, name: str, draft: MailDraft) -> str:
        """A notice that is already here; its id."""
        path = self.mail(name, draft)
        got = self.services.notifications.receive_file(path.name, self.files[path])
        assert got.notifications, got
        return got.notifications[0]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in London."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def line(forename: str, surname: str, dob: date | None = None, **more) -> ChildLine:
    """One child as the police wrote it."""
    return ChildLine(
        name_as_sent=f"{forename} {surname}", forename=forename, surname=surname, dob=dob, **more
    )


def notice(*lines: ChildLine, **more) -> Notice:
    """A notice of Saturday night."""
    given = {
        "kind": NoticeKind.DOMESTIC_ABUSE,
        "police_reference": "NMP-OE-26-11-0417",
        "incident": Incident(
            date=date(2026, 11, 7), time=time(22, 40), precision=Precision.APPROX, place="At home"
        ),
        "circumstances": STORY,
        "risk": Risk(tool_as_sent="police view on 8 November", grade_as_sent="Medium"),
        "social_care_referral": Answer.YES,
        "children": lines,
    } | more
    return Notice(**given)


def draft(*notices: Notice, received: datetime | None = None, **more) -> MailDraft:
    """A message that holds these notices."""
    text = f"Notification. {STORY} Child said: {VOICE} Ref NMP-OE-26-11-0417."
    given = {
        "outcome": "received",
        "kind": NoticeKind.DOMESTIC_ABUSE,
        "channel": Channel.SECURE_EMAIL,
        "sender": POLICE,
        "mail_from": POLICE,
        "mail_server_check": "pass",
        "forwarded_by": None,
        "received_at": received or at(9, 7, 12),
        "message_id": None,
        "notices": notices,
        "texts": (text,),
    } | more
    return MailDraft(**given)


def story_spans() -> dict[str, Span]:
    """Where the story stands in the readable text of `draft`."""
    start = len("Notification. ")
    return {"circumstances": Span(0, start, start + len(STORY))}


def maya_notice() -> Notice:
    """The good match."""
    maya = line(
        "Maya",
        "Thornton",
        date(2018, 3, 14),
        presence=Presence.UNCLEAR,
        voice=VOICE,
        voice_with="officer_only",
    )
    return notice(maya, spans=story_spans())


def kai_notice() -> Notice:
    """An initial only."""
    kai = ChildLine("K. Mensah", surname="Mensah", forename="K.", dob=date(2015, 11, 2))
    return notice(
        kai,
        police_reference="NMP-OE-26-11-0418",
        incident=Incident(date=date(2026, 11, 8), time=time(16, 5), precision=Precision.EXACT),
        circumstances=None,
        risk=Risk(),
        social_care_referral=Answer.UNKNOWN,
    )


def make_morning(folder: Path, *, mails: bool = True, history: bool = True) -> Morning:
    """The school of the pictures."""
    intake = ReadyDrafts()
    school = make_school(folder, intake=intake)
    services, children = school.services, {}
    for facts in CLASSES:
        services.children.set_class(facts)
    for forename, surname, dob, class_name, year, postcode in PUPILS:
        made = services.children.add(
            surname=surname, forename=forename, dob=dob, class_name=class_name, year=year
        )
        children[forename] = made.entities[0]
        del postcode
    services.children.set_may_collect(children["Maya"], "Mum or Aunt Rae", until=date(2026, 11, 20))
    morning = Morning(school, intake, FakePaper(), {}, children)
    if history:
        _history(morning)
    if mails:
        morning.receive("maya", draft(maya_notice()))
        morning.receive("kai", draft(kai_notice(), received=at(9, 7, 30)))
    return morning


def _history(morning: Morning) -> None:
    """Two earlier notices about Maya, long since decided and closed."""
    from schoolsafe.domain.notification import Choice, CloseOutcome
    from schoolsafe.services.notification import Decision

    work = morning.services.notifications
    for n, day in enumerate((date(2026, 5, 13), date(2026, 10, 11))):
        morning.school.clock.at = datetime.combine(day + timedelta(days=1), time(8, 2), LONDON)
        maya = line("Maya", "Thornton", date(2018, 3, 14))
        told = notice(
            maya,
            police_reference=f"NMP-OE-26-0{n}",
            incident=Incident(date=day, time=time(21, 30), precision=Precision.EXACT),
            circumstances="Children asleep upstairs.",
        )
        came = morning.school.clock.at.astimezone(LONDON)
        made = morning.receive(f"earlier-{n}", draft(told, received=came))
        work.match(made, 1, morning.child("Maya"))
        work.decide(made, 1, Decision(Choice.QUIET, "Settled in class"))
        work.close(made, 1, outcome=CloseOutcome.SUPPORT_CONTINUES, reason="Worry box continues")
    morning.school.clock.at = MONDAY


def only_line(morning: Morning, name: str):
    """The newest notice about that name, and the line of it."""
    for row in morning.services.notifications.list():
        view = morning.services.notifications.show(row.id)
        for one in view.lines:
            if name in one.facts.name_as_sent:
                return view, one
    raise AssertionError(name)


def find(window: QWidget, name: str) -> QWidget:
    """The visible widget of that object name."""
    QApplication.sendPostedEvents()  # what a layout shows, it shows a moment later
    found = [w for w in window.findChildren(QWidget, name) if w.isVisibleTo(window)]
    assert found, f"nothing visible is called {name}"
    return found[0]


def focus_name() -> str:
    """The object name of what has the focus."""
    now = QApplication.focusWidget()
    return now.objectName() if now is not None else ""


def texts(widget: QWidget) -> str:
    """Every visible word under a widget, for a look at what a person reads."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    QApplication.sendPostedEvents()
    words = (QLabel, QAbstractButton)
    shown = (one for one in widget.findChildren(QWidget) if one.isVisibleTo(widget))
    return "\n".join(one.text() for one in shown if isinstance(one, words))
