"""The file a force writes is read whole, or refused with the name of what is wrong; nothing is lost to a slip."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.notification import Answer, NoticeKind, Presence
from schoolsafe.errors import Refused
from schoolsafe.services import notice_file

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "notifications").glob("*.expected.json"))
PLAIN = {
    "kind": "domestic_abuse",
    "police_reference": "NM/1",
    "children": [{"name_as_sent": "R Z"}],
}


def read(value) -> tuple[notice_file.DraftNotice, ...]:
    return notice_file.read(json.dumps(value).encode())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name.split(".")[0])
def test_the_sample_files_can_be_sent_where_they_hold_what_a_force_would_say(sample):
    found = json.loads(sample.read_text())
    for number, each in enumerate(found.get("notices") or ()):
        each["police_reference"] = each.get("police_reference") or f"NM/{number}"
    if not found.get("notices"):
        with pytest.raises(notice_file.NothingInside):
            read(found)
        return
    drafts = read(found)
    assert len(drafts) == len(found["notices"])
    for draft, expected in zip(drafts, found["notices"], strict=True):
        assert draft.notice.circumstances == expected["circumstances"]
        assert [child.name_as_sent for child in draft.notice.children] == [
            unicodedata.normalize("NFC", child["name_as_sent"]) for child in expected["children"]
        ]


def test_codes_and_times_are_read_as_they_are_written():
    (draft,) = read(
        PLAIN
        | {
            "version": 2,
            "incident": {"date": "2026-11-08", "time": "22:40", "time_to": "23:10:30"},
            "social_care_referral": "yes",
            "children": [
                {"forename": "Robin", "surname": "Zzyzx", "presence": "present_saw", "voice": None}
            ],
            "other": {"marac": True, "previous": 3, "note": None, "dates": ["May", 1]},
        }
    )
    child = draft.notice.children[0]
    assert (draft.version, draft.notice.kind) == (2, NoticeKind.DOMESTIC_ABUSE)
    assert (str(draft.notice.incident.time), str(draft.notice.incident.time_to)) == (
        "22:40:00",
        "23:10:30",
    )
    assert (child.name_as_sent, child.presence) == ("Robin Zzyzx", Presence.SAW)
    assert draft.notice.social_care_referral is Answer.YES
    assert draft.notice.other == {"marac": "true", "previous": "3", "dates": "May; 1"}


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"cirumstances": "x"}, notice_file.UnknownMember, "cirumstances"),
        ({"incident": {"day": "x"}}, notice_file.UnknownMember, "day"),
        ({"risk": {"grade": "High"}}, notice_file.UnknownMember, "grade"),
        ({"children": [{"name_as_sent": "R", "vioce": "x"}]}, notice_file.UnknownMember, "vioce"),
        ({"sender": {"telephone": "x"}}, notice_file.UnknownMember, "telephone"),
        ({"police_reference": " "}, notice_file.ReferenceNeeded, "police_reference"),
        ({"police_reference": "x" * 201}, notice_file.MemberUnreadable, "police_reference"),
        ({"version": 0}, notice_file.MemberUnreadable, "version"),
        ({"version": True}, notice_file.MemberUnreadable, "version"),
        ({"kind": None}, notice_file.MemberUnreadable, "kind"),
        ({"kind": "burglary"}, notice_file.MemberUnreadable, "kind"),
        ({"children": "Robin"}, notice_file.MemberUnreadable, "children"),
        ({"children": [{"dob": "2017-03-14"}]}, notice_file.MemberUnreadable, "name_as_sent"),
        (
            {"children": [{"name_as_sent": "R", "dob": "14/03/2017"}]},
            notice_file.MemberUnreadable,
            "children[0].dob",
        ),
        ({"notices": []}, notice_file.NothingInside, ""),
        ({"notices": ["x"]}, notice_file.NotANoticeFile, ""),
    ],
)
def test_what_is_wrong_is_named_and_no_value_is_repeated(change, error, said):
    with pytest.raises(error, match=said.replace("[", r"\[") or None) as refused:
        read(PLAIN | change)
    assert "14/03/2017" not in str(refused.value)


@pytest.mark.parametrize("raw", [b"", b"hello", b"[]", b'{"a":1,"a":2}', b"\xff\xfe", b"{" * 5000])
def test_what_is_no_notice_file_is_refused(raw):
    with pytest.raises(notice_file.NotANoticeFile):
        notice_file.read(raw)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [*PLAIN, "incident", "risk", "adults", "other", "sender", "notices", "version"]
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ),
)
def test_any_value_in_any_place_is_read_or_refused(name, value):
    try:
        drafts = read(PLAIN | {name: value})
    except (Refused, UnicodeEncodeError):
        return
    assert all(draft.reference for draft in drafts)
