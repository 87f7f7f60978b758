# ruff: noqa: E501  # rows of pretend data read better one a line
"""Two pretend screens: Today with three panes and a pinned bar, Pupils with one list."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QProgressBar, QWidget

from schoolsafe.services.changes import Topic
from schoolsafe.ui.screen import Frame, Panes, Screen, ScreenFactory
from schoolsafe.ui.seams import FrameFacts
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.chronology_list import ChronologyList, ChronologyRow
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import box, col, line, row
from schoolsafe.ui.widgets.pinned_bar import DecisionBar, WorkPane
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.ui.widgets.row_list import Heading, Row, RowList
from schoolsafe.ui.widgets.strip import Strip, StripFacts

TODAY = date(2026, 11, 9)
ROWS = (
    Heading("Before registration", "4"),
    Row("maya", "Maya Thornton", "Police, Sat 10:40pm", "Confirm match", "text", "mail", "Police notification", unread=True),
    Row("kai", "K. Mensah, born 2 November 2015", "Police, Sun 4:05pm", "Initial only", "warn", "mail", "Police notification", unread=True),
    Row("effie", "Effie Llŷr-Jones", "Council hub called, 8:06am", "Draft", "warn", "phone", "Phone call"),
    Row("tomasz", "Tomasz Wiśniewski", "Gate 8:30am, Miss Adeyemi", icon="message-circle", kind="Check-in"),
    Heading("Later today", "2"),
    Row("plan", "Maya Thornton", "Plan review, 1:15pm", "2 actions overdue", "danger", "clipboard-check", "Review"),
    Row("end", "Kai Mensah", "End of day, 3:00pm, Mr Okafor", icon="message-circle", kind="Check-in"),
    Heading("Waiting for others", "1"),
    Row("ivy", "Ivy Castellan", "Sent Thu, no receipt yet", "Day 4 of 5", "warn", "arrow-right-left", "Transfer"),
    Heading("Done today", "2  Show", key="done"),
)  # fmt: skip
ENTRIES = (
    ChronologyRow("1", "Sat 7", "November 2026", "10:40pm", "Police notification", "Police attended at home. Maya and Leo present. Officers spoke to Maya on her own.", icon="shield-check", kind="Police notification", who="Northmere Police", second_date="Received Mon 9 Nov, 7:12am", hot=True),
    ChronologyRow("2", "Thu 5", "November 2026", "3:05pm", "Check-in: quiet", "Drew the new flat. “Does Dad know where school is?”", icon="heart-handshake", kind="Support", who="Miss Adeyemi"),
    ChronologyRow("3", "Wed 4", "November 2026", "10:20am", "Call with Mum", "Staying with Aunt Rae until the 20th. Collection password changed.", icon="phone", kind="Contact", who="Priya Nair, lead", struck="until the 12th", second_date="Corrected Thu 5 Nov: wrong date"),
    ChronologyRow("4", "Mon 12", "October 2026", "8:50am", "Quiet start", "Breakfast with Miss Adeyemi. Late mark waived.", icon="heart-handshake", kind="Support", who="Priya Nair, lead", source="From Little Acorns Nursery, signature checked"),
)  # fmt: skip
STRIP = StripFacts(
    TODAY,
    ((30, 2), (90, 2), (365, 3)),
    "151, then 27 days apart. Getting closer.",
    (date(2026, 5, 13), date(2026, 10, 11), date(2026, 11, 7)),
    (date(2026, 5, 15), date(2026, 6, 5), date(2026, 10, 2), date(2026, 11, 5)),
    (
        (date(2025, 12, 20), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 4, 3), date(2026, 4, 19)),
        (date(2026, 7, 22), date(2026, 9, 1)),
        (date(2026, 10, 24), date(2026, 11, 1)),
    ),
)
CHOICES = (
    Option("tell-and-check-in", "Tell the teacher, check in first", "A known adult sees them"),
    Option("quiet", "Quiet support", "Nobody raises it first"),
    Option("ask-first", "Ask for more detail first", "Call police or social care"),
    Option("not-ours", "Not our pupil", "Tell the sender, no file"),
)


def pretend_facts() -> FrameFacts:
    return FrameFacts(
        school="Ashgrove Primary",
        who="Priya Nair, lead",
        duty="On duty until 4:00pm",
        demo=True,
        counts=(("today", 4),),
        countdown="27 min to registration",
        countdown_spoken="27 minutes to registration at 8:45am, 4 things to do first",
        sync=("Offline. 3 changes safe on this computer", "Offline, 3 saved", "Offline"),
    )


class PretendToday(Screen):
    title = "Today"
    place = "today"
    topics = frozenset({Topic.TODAY})
    own_countdown = True

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.heard: list[frozenset[Topic]] = []
        self.args: list[dict[str, object]] = []
        self.files: list[object] = []
        self.ran: list[str] = []
        self.times_left = 0
        self.list = RowList(spoken="Things to do today", object_name="today-list")
        self.list.show_rows(ROWS)
        self._panes = Panes(work=self._work(), list=self._list(), context=self._context())

    def panes(self) -> Panes:
        return self._panes

    def first_focus(self) -> QWidget:
        return self.list

    def opened(self, **args: object) -> None:
        self.args.append(args)
        if not self.list.current_key():
            self.list.select_first()

    def changed(self, topics: frozenset[Topic]) -> None:
        self.heard.append(topics)

    def left(self) -> None:
        self.times_left += 1

    def dropped(self, paths) -> bool:
        self.files.append(paths)
        return True

    def commands(self) -> Mapping:
        return {
            "save": lambda: self.ran.append("save"),
            "log-call": lambda: self.ran.append("call"),
        }

    def _list(self) -> QWidget:
        bar = QProgressBar()
        bar.setRange(0, 6)
        bar.setValue(2)
        bar.setTextVisible(False)
        bar.setAccessibleName("2 of 6 done before registration at 8:45am")
        call = button(
            "Log a call", kind="primary", icon="phone", key="Ctrl+N", object_name="log-call"
        )
        head = col(
            row(
                (
                    col(
                        PlainLabel("Today", "h1"),
                        PlainLabel("Monday 9 November", "muted"),
                        spacing=0,
                    ),
                    1,
                ),
                call,
            ),
            6,
            flow(
                PlainLabel("2 of 6 done", "strong"),
                PlainLabel("27 min to registration", "strong"),
                spacing=12,
            ),
            bar,
            PlainLabel(
                "Since Friday 3:15pm: 3 notifications, 4 children. 1 not matched yet.",
                "small",
                wrap=True,
            ),
            margins=(16, 14, 12, 8),
            spacing=6,
        )
        drop = button(
            "Drop mail or files here, or Ctrl+O", kind="quiet", icon="inbox", object_name="drop"
        )
        return box(
            col(head, (self.list, 1), line(), row(drop, None, margins=(6, 4, 6, 4)), spacing=0),
            object_name="side",
        )

    def _work(self) -> QWidget:
        self.confirm = button("This is Maya", kind="primary", object_name="confirm")
        self.why = TextField(
            spoken="Why, one line, now or later today", hint="Why? One line", object_name="why"
        )
        self.choices = ChoiceGroup(CHOICES, columns=2, spoken="What happens this morning?")
        who = row(
            (col(PlainLabel("Maya Thornton, Year 4 Kingfisher, Mrs Bello’s class", "strong", wrap=True), PlainLabel("Same name, date of birth and address", "muted", wrap=True), spacing=1), 1),
            self.confirm,
        )  # fmt: skip
        facts = Facts(
            (
                ("When", "Saturday 7 November 2026, about 10:40pm"),
                ("Where", "At home"),
                ("Child present", "In the home. Whether she saw or heard it: not told"),
                ("Child’s words", PlainLabel("“I took Leo upstairs and put the telly on.” To an officer, on her own.", "quote", wrap=True)),
                ("What happened", "Two adults arguing, one arrested and bailed not to come to the home or the school."),
                ("Police reference", None),
            ),
            label_width=118,
        )  # fmt: skip
        page = col(
            row((PlainLabel("Police notification. Northmere Police, secure email, 7:12am", "muted", wrap=True), 1), Glyph("circle-check", "ok", 16), PlainLabel("On time", "ok"), spacing=6),
            flow(PlainLabel("Maya Thornton", "h1"), PlainLabel("born 14 March 2018, as the police wrote it", "muted")),
            line(),
            row((PlainLabel("Who is this about?", "h2", wrap=True), 1), button("Someone else", kind="link")),
            who,
            line(),
            row((PlainLabel("What the police told us", "h2", wrap=True), 1), button("Original email", kind="link")),
            facts,
            None,
            margins=(24, 16, 24, 12),
            spacing=12,
        )  # fmt: skip
        later = button("Leave for later", object_name="later")
        self.finish = button("Finish, open next", key="Ctrl+Enter", object_name="finish")
        bar = DecisionBar(
            "What happens this morning?",
            self.choices,
            line=self.why,
            buttons=(later, self.finish),
            note="Saved as you type",
        )
        return WorkPane(page, bar)

    def _context(self) -> QWidget:
        strip = Strip(narrow=True)
        strip.show_facts(STRIP)
        entries = ChronologyList(spoken="Chronology for this child, newest first", compact=True)
        entries.show_entries(ENTRIES)
        head = col(
            row(
                (PlainLabel("Maya Thornton", "h2", wrap=True), 1), button("Open file", kind="link")
            ),
            PlainLabel("Age 8. Year 4 Kingfisher. Brother Leo in Reception", "muted", wrap=True),
            Banner(
                "danger",
                "Only Mum or Aunt Rae may collect",
                "Court order, seen 2 Nov, until 20 Nov",
            ),
            Facts(
                (
                    ("First adult", "Mr Okafor, breakfast club, in since 8:00am"),
                    ("Told so far", "Nobody yet today"),
                )
            ),
            flow(button("Told slip", icon="file-text"), button("Check-in", icon="message-circle")),
            margins=(18, 14, 16, 8),
            spacing=6,
        )
        counts = col(
            PlainLabel("Police notifications", "h3"), strip, margins=(18, 6, 16, 4), spacing=4
        )
        return box(
            col(head, line(), counts, line(), (entries, 1), spacing=0), object_name="context"
        )


class PretendPupils(Screen):
    title = "Pupils"
    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.name = TextField(spoken="Find a pupil", hint="Name or class", object_name="find")
        page = col(PlainLabel("Pupils", "h1"), self.name, None, margins=(24, 16, 24, 12))
        self._panes = Panes(work=WorkPane(page))

    def panes(self) -> Panes:
        return self._panes


def pretend_screens() -> dict[str, ScreenFactory]:
    return {"today": PretendToday, "pupils": PretendPupils}
