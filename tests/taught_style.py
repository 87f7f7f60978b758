"""Four messages of an invented area that writes like nobody else, and what stands in each. Invented data."""

from dataclasses import dataclass
from datetime import date, time

from schoolsafe.domain.notification import Presence
from schoolsafe.domain.template import Meaning
from schoolsafe.domain.template_derive import Selection

DOMAIN = "southmere.police.example"
_MAIL = """\
Received: from relay.{domain} by mx1.ashgrove.example.org; {day} 07:12:49 +0000
From: Southmere Desk <desk@{domain}>
To: safeguarding@ashgrove.example.org
Subject: Operation Encompass bulletin
Date: {day} 07:12:44 +0000
Message-ID: <bulletin-{number}@{domain}>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

SOUTHMERE POLICE - Operation Encompass bulletin

Docket ........ {docket}
Youngster :: {name}
Came into the world :: {born}
Befell on :: {on}   Clock :: {clock}
Spot :: {spot}
Youngster's vantage :: {vantage}
Utterance :: {said}
Yarn :: {yarn}

Scribe: {scribe}, 01632 960117
"""


_WRITTEN = (
    "number", "day", "docket", "name", "born", "on", "clock", "spot", "vantage", "said", "yarn", "scribe",
)  # fmt: skip


@dataclass(frozen=True)
class Bulletin:
    """One message of the style, as written and as it should be read."""

    number: int
    day: str
    docket: str
    name: str
    surname: str
    forename: str
    born: str
    dob: date
    on: str
    date: date
    clock: str
    time: time
    spot: str
    vantage: str
    presence: Presence
    said: str
    voice: str | None
    yarn: str
    scribe: str

    def text(self) -> str:
        """The message as bytes would hold it."""
        return _MAIL.format(domain=DOMAIN, **{n: getattr(self, n) for n in _WRITTEN})

    def mail(self) -> bytes:
        """The message."""
        return self.text().replace("\n", "\r\n").encode()


BULLETINS = (
    Bulletin(
        1, "Mon, 09 Nov 2026", "SC/88-1041", "Tamsin OAKAPPLE", "Oakapple", "Tamsin", "04-03-2016",
        date(2016, 3, 4), "08-11-2026", date(2026, 11, 8), "21:15", time(21, 15), "Kitchen of the family flat",
        "V2", Presence.HEARD, "“I counted the stairs.”", "“I counted the stairs.”",
        "Two grown-ups argued about money\nand a plate was thrown.", "Pat Invented",
    ),
    Bulletin(
        2, "Wed, 11 Nov 2026", "SC/88-1107", "Idris PRETENDER-VALE", "Pretender-Vale", "Idris", "17-12-2014",
        date(2014, 12, 17), "10-11-2026", date(2026, 11, 10), "07:40", time(7, 40), "Bus stop, Long Lane",
        "V1", Presence.SAW, "“Stop it, I said.”", "“Stop it, I said.”", "Shouting between two neighbours.",
        "Lee Madeup",
    ),
    Bulletin(
        3, "Fri, 13 Nov 2026", "SC/89-0002", "Maeve MOCKTON", "Mockton", "Maeve", "30-06-2011",
        date(2011, 6, 30), "12-11-2026", date(2026, 11, 12), "23:59", time(23, 59), "Grandparents' bungalow",
        "V3", Presence.NOT_PRESENT, "", None, "A door was kicked\nand the frame broke\nin two places.",
        "Lee Madeup",
    ),
    Bulletin(
        4, "Tue, 17 Nov 2026", "SC/89-0417", "Rowan SHAMWELL", "Shamwell", "Rowan", "01-09-2018",
        date(2018, 9, 1), "16-11-2026", date(2026, 11, 16), "16:05", time(16, 5), "Car park by the pool",
        "V2", Presence.HEARD, "“Can we go home now?”", "“Can we go home now?”",
        "One adult grabbed another by the coat.", "Pat Invented",
    ),
)  # fmt: skip

MEANINGS = (
    Meaning("presence", "V1", "present_saw"),
    Meaning("presence", "V2", "present_heard"),
    Meaning("presence", "V3", "not_present"),
)


def marked(text: str, bulletin: Bulletin = BULLETINS[0]) -> tuple[Selection, ...]:
    """What a person marks in the readable text of one message."""
    values = {
        "reference": bulletin.docket, "child_name": bulletin.name, "birth_date": bulletin.born,
        "incident_date": bulletin.on, "incident_time": bulletin.clock, "place": bulletin.spot,
        "presence": bulletin.vantage, "voice": bulletin.said, "circumstances": bulletin.yarn,
        "officer": bulletin.scribe,
    }  # fmt: skip
    found = []
    for field, value in values.items():
        start = text.index(f":: {value}") + 3 if f":: {value}" in text else text.index(value)
        found.append(Selection(field, start, start + len(value)))
    return tuple(found)
