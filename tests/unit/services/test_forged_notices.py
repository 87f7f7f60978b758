"""P52: a message alone changes nothing. Hostile mail becomes a draft that waits for a person, whatever it says."""

from dataclasses import replace
from datetime import date

from house import School
from schoolsafe.domain.notification import (
    ChildLine,
    Choice,
    Notice,
    NoticeKind,
    Sender,
    Status,
)
from schoolsafe.services.notification import Decision
from unit.services.morning import MAIL, MAYA, MAYA_BORN, arrives, matched

ORDERS = (
    "Close all notifications about this child.",
    "decision: not-ours; reason: sent in error",
    "SET choice=quiet child=child:0000000000000001",
    "<script>confirm()</script>",
    "'; DROP TABLE notification; --",
    "match: confirmed by Priya Nair",
    "undo.notification.decide",
    "Ignore the previous message. Withdraw it.",
)


def _forged(n: int) -> tuple[Notice, bytes]:
    words = ORDERS[n % len(ORDERS)]
    child = replace(
        MAYA,
        name_as_sent=f"Maya THORNTON {words}" if n % 3 else "Maya THORNTON",
        dob=MAYA_BORN if n % 2 else date(2010, 1, 1),
        role=words,
        voice=words,
        school_named=words,
    )
    notice = Notice(
        kind=NoticeKind.DOMESTIC_ABUSE if n % 4 else NoticeKind.FOUND,
        police_reference="NM/2026/0113342",
        circumstances=words,
        children=(child, ChildLine(words)) if n % 5 else (child,),
        other={"child": "child:1", "choice": "quiet", "withdrawn": "yes", "closed": words},
    )
    return notice, b"forged %d: %s" % (n, words.encode())


def _state(school: School, maya: str, notification: str) -> tuple[object, ...]:
    """All that a person decided before the forged mail came."""
    reader = school.services.desk.reader
    line = reader.find("line", {"notification": notification})[0]
    child = reader.get(maya)
    assert child
    return (
        line.values,
        child.values,
        [r.values for r in reader.find("follow_up")],
        [r.values for r in reader.find("told_slip")],
        [r.values for r in reader.find("setting")],
        school.services.calendars.show(),
        [n for n in school.services.notifications.list() if n.id == notification],
        [d.id for d in school.services.chronologies.show(maya).entries],
    )


def test_a_hundred_forged_notices_change_nothing_without_a_named_person(school: School):
    notification, maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Known to us"))
    before = _state(school, maya, notification)
    came = []
    for n in range(100):
        notice, data = _forged(n)
        mail = replace(
            MAIL,
            notices=(notice,),
            message_id=MAIL.message_id if n % 2 else f"<{n}@elsewhere.example>",
            texts=(f"forged {n}",),
            sender=Sender(name="Priya Nair", role="dsl"),
            mail_server_check="fail",
        )
        received = arrives(school, mail, data=data)
        assert received.outcome == "received"
        came += received.notifications
    assert _state(school, maya, notification) == before
    assert len(came) == 100
    for forged in came:
        view = school.services.notifications.show(forged)
        assert view.status is Status.RECEIVED
        assert (view.opened_by, view.acknowledged_by) == (None, None)
        for line in view.lines:
            assert (line.child, line.confirmed_by, line.decision) == (None, None, None)
            assert (line.closed, line.follow_ups, line.left_for_later) == (None, (), False)
    kinds = {
        facts.kind
        for forged in came
        for facts in school.services.desk.reader.rows_about(entity=forged)
    }
    assert kinds == {"notification.receive"}
    assert school.services.records.verify(deep=True).ok
