"""One invented entry of each kind release 0.1 writes: what the frozen corpus is made of."""

from schoolsafe.domain.entry import (
    Add,
    Attach,
    Entry,
    Fix,
    Link,
    Note,
    Op,
    Resolve,
    Set,
    Unknown,
    Unlink,
)
from schoolsafe.domain.ids import PersonId, RowId

_SAW = (RowId(b"w" * 32),)
_CHILD = "child:51aa000000000001"
_NOTICE = "notification:0000000000000001"
_LINE = "line:0000000000000001"


def _entry(kind: str, *ops: Op, subject: str | None = _CHILD, why: str | None = None) -> Entry:
    return Entry(
        kind=kind,
        kv=1,
        author=PersonId("person:0000000000000001"),
        t=115344169086353409,
        wall_ms=1760012345678,
        ops=ops,
        tx="0f3c0f3c0f3c0f3c",
        subject=subject,
        subject_heads=(RowId(b"h" * 32),) if subject else (),
        seen=(RowId(b"s" * 32),),
        why=why,
        app="0.1.0",
    )


ENTRIES: dict[str, Entry] = {
    entry.kind: entry
    for entry in (
        _entry(
            "school.found",
            Add("school:999101", {"name": "Ashgrove Primary", "urn": "999101", "test": True}),
            subject=None,
        ),
        _entry(
            "person.add",
            Add("person:0000000000000001", {"name": "Jo Zzyzx", "role": "dsl"}),
            subject=None,
        ),
        _entry(
            "setting.set", Add("setting:words", {"value": {"quiet": "Keep an eye"}}), subject=None
        ),
        _entry(
            "calendar.set",
            Set("site:main", "start_of_day", "08:45", _SAW),
            Set("site:main", "terms", [{"from": "2026-09-02", "to": "2026-12-18"}], _SAW),
            subject=None,
        ),
        _entry("class.add", Add("class:3k", {"name": "3K", "teacher": "Mr Okafor"}), subject=None),
        _entry("class.set", Set("class:3k", "room", "12", _SAW), subject=None),
        _entry(
            "child.add",
            Add(_CHILD, {"surname": "Zzyzx", "forename": "Zoë", "dob": "2017-03-04", "upn": None}),
        ),
        _entry("child.set", Set(_CHILD, "may_collect", "Gran (Ada Zzyzx)", _SAW)),
        _entry("child.import", Set(_CHILD, "class", "4K", _SAW), Set(_CHILD, "year", "4", _SAW)),
        _entry(
            "pupil_import.record",
            Add("pupil_import:1", {"sha256": "ab" * 32, "counts": {"new": 4, "left": 3}}),
            subject=None,
        ),
        _entry(
            "notification.receive",
            Add(
                _NOTICE,
                {
                    "kind": "domestic_abuse",
                    "police_reference": "NM/2026/001234",
                    "incident": {"date": "2026-10-08", "time": "23:40", "precision": "exact"},
                    "spans": {"police_reference": {"part": 0, "start": 10, "end": 24}},
                },
            ),
            Attach(
                entity=_NOTICE,
                name="original.eml",
                mime="message/rfc822",
                size=4096,
                sha256="ab" * 32,
                key="cd" * 32,
                chunks=("ef" * 32,),
            ),
            subject=None,
        ),
        _entry(
            "notification.name_child",
            Add(_LINE, {"notification": _NOTICE, "number": 1, "name_as_sent": "ZZYZX, Zoe"}),
        ),
        _entry("notification.log_call", Add(_NOTICE, {"channel": "phone"}), subject=None),
        _entry("notification.open", Set(_NOTICE, "opened_at", "2026-10-09T08:01:00+01:00", ())),
        _entry("notification.acknowledge", Set(_NOTICE, "acknowledged_by", "person:1", ())),
        _entry(
            "notification.match",
            Set(_LINE, "child", _CHILD, _SAW),
            Set(_LINE, "match_why", "same surname and birth date", _SAW),
        ),
        _entry("notification.no_match", Set(_LINE, "no_match", "not on roll", _SAW), subject=None),
        _entry(
            "notification.decide",
            Set(_LINE, "choice", "tell-and-check-in", _SAW),
            why="slept badly last time",
        ),
        _entry("notification.give_reason", Resolve(_LINE, "reason", "both were true", _SAW)),
        _entry("notification.leave", Set(_LINE, "left_for_later", value=True, bases=_SAW)),
        _entry(
            "notification.follow_up",
            Add(
                "follow_up:1", {"line": _LINE, "step": "seen_on_arrival", "text": "came in smiling"}
            ),
        ),
        _entry("notification.close", Set(_LINE, "closed", {"outcome": "supported"}, _SAW)),
        _entry("notification.reopen", Set(_LINE, "closed", None, _SAW), why="mother rang"),
        _entry(
            "entry.write",
            Add("entry:1", {"kind": "observation", "text": "“I don’t want to go home,” she said."}),
            Note("entry:1", "told Mr Okafor"),
        ),
        _entry("entry.fix", Fix("entry:1", "text", "Tuesday, not Monday"), why="wrong day"),
        _entry(
            "rule.decide", Add("rule_decision:1", {"rule": "three_in_90", "decision": "continue"})
        ),
        _entry("told_slip.give", Add("told_slip:1", {"level": "A", "text": "Be aware today."})),
        _entry("told_slip.end", Set("told_slip:1", "ended", value=True, bases=_SAW)),
        _entry("undo.child.set", Unlink(_CHILD, "siblings", "child:2", _SAW), why="undone"),
        _entry("sibling.link", Link(_CHILD, "siblings", "child:2")),
        _entry(
            "audit.printed",
            Add("audit_line:1", {"act": "printed", "about": _CHILD, "what": "chronology"}),
            subject=None,
        ),
        _entry("kind.of.a.newer.release", Unknown(("same", _CHILD, "child:2")), subject=None),
    )
}
