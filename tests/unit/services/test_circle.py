"""A seat seals its rows, reads what it was given, and takes nothing else for true."""

from dataclasses import replace

import pytest

from schoolsafe.crypto import hpke
from schoolsafe.crypto.commit import KeyDoesNotMatch
from schoolsafe.crypto.hpke import BoxBroken
from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.domain.access import CIRCLES, Access, access
from schoolsafe.domain.entry import Add
from schoolsafe.domain.field import AUDIT, LEADERSHIP, SCHOOL, TEAM
from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.domain.person import Role
from schoolsafe.errors import Tampered
from schoolsafe.services.circle import (
    AuthorNotSeat,
    Circles,
    CirclesDoNotFit,
    NoKey,
    NotACircleOfOurs,
)
from schoolsafe.services.circle_held import (
    FeedNotAdmitted,
    FirstPredecessorWrong,
    KeyVersionUnknown,
    SuiteNotAllowed,
)
from schoolsafe.wire import circlekey, inside, link, roster, row, rowkey
from schoolsafe.wire.row import Suite
from unit.services.schools import (
    a_new_entry,
    a_place,
    a_school,
    a_seat,
    feed_of,
    joining,
    written,
)

DSL = a_school(Role.DSL)
ME = DSL.circles()
HEAD_JOINED, HEAD = DSL.joined_by(Role.HEAD, 2)
TEACHER_JOINED, TEACHER = HEAD_JOINED.joined_by(Role.TEACHER, 3)
BOTH = TEACHER_JOINED
LEAD, HEADS, TEACHERS = BOTH.circles(), BOTH.circles(HEAD), BOTH.circles(TEACHER)


def test_a_member_reads_back_what_was_sealed():
    for sealed in written(ME, TEAM, 3):
        ME.check(sealed.outer)
        assert sealed.outer.suite is Suite.MEMBER
        assert ME.open(sealed.outer) == sealed.entry
    assert sealed.entry.author == DSL.secrets.person
    assert sealed.entry.app == "0.1.0"
    assert sealed.entry.subject_heads == (RowId(b"h" * 32),)


def test_what_is_reduced_now_is_what_a_rebuild_reads():
    ops = (Add("child:1", {"forename": "Zoe\u0301"}),)
    new = replace(a_new_entry(SCHOOL), ops=ops)
    sealed = ME.seal(new, a_place(ME, SCHOOL))
    assert sealed.entry.ops == (Add("child:1", {"forename": "Zo\u00e9"}),)
    assert ME.open(sealed.outer) == sealed.entry


def test_another_member_reads_it_too_and_so_does_recovery():
    sealed = written(LEAD, LEADERSHIP)[0]
    HEADS.check(sealed.outer)
    assert HEADS.open(sealed.outer) == sealed.entry
    key = rowkey.open_member(sealed.outer, BOTH.key(LEADERSHIP).key)
    assert inside.decode(row.open_inside(sealed.outer, key)) == sealed.entry


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("circle", CIRCLES)
def test_a_colleague_of_any_role_reads_and_writes_only_what_the_matrix_gives(role, circle):
    school, seat = DSL.joined_by(role, 9)
    theirs, may = school.circles(seat), access(role, circle)
    assert theirs.reads(circle) == (may is Access.READ)
    if may in {Access.READ, Access.BOX}:
        sealed = written(theirs, circle)[0]
        school.circles().check(sealed.outer)
        key_holder = Circles(school.secrets, school.chains.values())
        assert (key_holder.open(sealed.outer) is not None) == key_holder.reads(circle)
        assert (theirs.open(sealed.outer) is not None) == (may is Access.READ)
    else:
        with pytest.raises(NoKey):
            written(theirs, circle)
    mine = written(school.circles(), circle)[0] if circle != AUDIT else None
    if mine:
        assert (theirs.open(mine.outer) is not None) == (may is Access.READ)


def test_who_only_writes_to_the_team_cannot_read_it_back():
    sealed = written(TEACHERS, TEAM)[0]
    assert sealed.outer.suite is Suite.BOX
    assert TEACHERS.open(sealed.outer) is None
    assert TEACHERS.row_key(sealed.outer) is None
    with pytest.raises(BoxBroken):
        rowkey.open_box(sealed.outer, TEACHER.box_private)
    assert LEAD.open(sealed.outer) == sealed.entry
    assert sealed.entry.author == TEACHER.person


def test_a_box_row_names_no_heads_because_its_writer_sees_none():
    sealed = written(TEACHERS, TEAM)[0]
    assert sealed.entry.subject_heads == sealed.entry.seen == ()


def test_audit_rows_of_the_lead_are_small_read_by_the_head_and_not_by_the_lead():
    rows = written(LEAD, AUDIT, 3)
    assert [r.outer.suite for r in rows] == [Suite.FEED] * 3
    assert [len(r.outer.raw) > 1400 for r in rows] == [True, False, False]
    for sealed in rows:
        HEADS.check(sealed.outer)
        assert HEADS.open(sealed.outer) == sealed.entry
        assert LEAD.open(sealed.outer) is None


def test_after_a_restart_the_feed_key_is_the_same_and_the_reader_learns_it_again():
    first = written(LEAD, AUDIT)[0]
    after_restart = BOTH.circles()
    place = a_place(after_restart, AUDIT, first.outer.id, 2)
    later = after_restart.seal(a_new_entry(AUDIT), place)
    fresh_head = BOTH.circles(HEAD)
    assert fresh_head.open(later.outer) is None
    fresh_head.learn([first.outer])
    assert fresh_head.open(later.outer) == later.entry


def test_after_a_rotation_the_feed_key_is_boxed_once_more():
    first = written(LEAD, AUDIT)[0]
    school = BOTH.rotated(AUDIT)
    lead, head = school.circles(), school.circles(HEAD)
    second = lead.seal(a_new_entry(AUDIT), a_place(lead, AUDIT, first.outer.id, 2))
    third = lead.seal(a_new_entry(AUDIT), a_place(lead, AUDIT, second.outer.id, 3))
    assert [rowkey.boxes_feed_key(r.outer) for r in (first, second, third)] == [True, True, False]
    for sealed in (first, second, third):
        head.check(sealed.outer)
        assert head.open(sealed.outer) == sealed.entry


def test_a_head_writes_audit_as_a_member():
    sealed = written(HEADS, AUDIT)[0]
    assert sealed.outer.suite is Suite.MEMBER
    assert HEADS.open(sealed.outer) == sealed.entry


def test_the_newest_key_opens_everything_before_it():
    old = written(LEAD, TEAM)[0]
    school = BOTH.rotated(TEAM).rotated(TEAM)
    lead = school.circles()
    new = written(lead, TEAM)[0]
    assert (old.outer.key_version, new.outer.key_version) == (1, 3)
    assert lead.open(old.outer) == old.entry
    assert lead.open(new.outer) == new.entry
    assert LEAD.open(new.outer) is None


def test_a_removed_colleague_reads_the_past_and_nothing_new():
    gone_key = link.Revoke(seat=HEAD.seat, reason="left", trusted={})
    state = BOTH.state(LEADERSHIP)
    stay = {name: key for name, key in state.readers().items() if name != HEAD.seat}
    _key, op = circlekey.rotate(
        circle=state.circle, version=2, readers=stay, previous=BOTH.key(LEADERSHIP)
    )
    school = BOTH.plus(LEADERSHIP, gone_key, op)
    old, new = written(LEAD, LEADERSHIP)[0], written(school.circles(), LEADERSHIP)[0]
    assert school.circles(HEAD).open(old.outer) == old.entry
    assert school.circles(HEAD).open(new.outer) is None
    assert HEADS.open(new.outer) is None
    assert not school.circles(HEAD).reads(LEADERSHIP)


def test_somebody_whose_reading_ended_still_writes_to_the_box():
    state = BOTH.state(LEADERSHIP)
    stay = {name: key for name, key in state.readers().items() if name != HEAD.seat}
    _key, op = circlekey.rotate(
        circle=state.circle, version=2, readers=stay, previous=BOTH.key(LEADERSHIP)
    )
    school = BOTH.plus(LEADERSHIP, link.Ungrant(seat=HEAD.seat), op)
    head, lead = school.circles(HEAD), school.circles()
    sealed = written(head, LEADERSHIP)[0]
    assert sealed.outer.suite is Suite.BOX
    lead.check(sealed.outer)
    assert lead.open(sealed.outer) == sealed.entry
    assert head.open(written(lead, LEADERSHIP)[0].outer) is None


def test_a_seat_shut_by_the_school_writes_nowhere():
    state = BOTH.state(SCHOOL)
    stay = {name: key for name, key in state.readers().items() if name != HEAD.seat}
    _key, op = circlekey.rotate(circle=state.circle, version=2, readers=stay)
    school = BOTH.plus(SCHOOL, link.Revoke(seat=HEAD.seat, reason="left", trusted={}), op)
    for name in CIRCLES:
        with pytest.raises(NoKey):
            written(school.circles(HEAD), name)


def test_a_disclosed_row_key_is_the_committed_one():
    sealed = written(ME, TEAM)[0]
    key = ME.row_key(sealed.outer)
    assert inside.decode(row.open_inside(sealed.outer, key)) == sealed.entry


# --- what must not be taken for true ---


def sealed_by(
    secrets=DSL.secrets,
    *,
    school=DSL,
    name=TEAM,
    suite=Suite.MEMBER,
    feed=None,
    circle=None,
    prev=None,
    n=1,
    version=1,
    author=None,
    commit_to=None,
    feed_opening=True,
):
    """A row made by hand, with whatever its author chose to put there."""
    circles, state = school.circles(), school.state(name)
    circle, feed = circle or state.circle, feed or circles.feed(name)
    new = circles.seal(a_new_entry(name), a_place(circles, name)).entry
    entry = replace(new, author=author or secrets.person)
    row_key, key = bytes(range(32)), school.key(name)
    wraps = {
        Suite.MEMBER: rowkey.for_member(key.key, commit_to or row_key),
        Suite.BOX: rowkey.for_box(hpke.public_of(key.box_private), row_key),
        Suite.FEED: rowkey.for_feed_start(
            hpke.public_of(key.box_private),
            row_key,
            feed_key=bytes(32),
            circle=circle,
            feed=feed,
            key_version=version,
        )
        if feed_opening
        else rowkey.for_feed(bytes(32), row_key),
    }
    return row.seal(
        suite=suite,
        circle=circle,
        feed=feed,
        n=n,
        prev=prev or [circles.admitted_by(name)],
        key_version=version,
        text=inside.encode(entry),
        row_key=row_key,
        wrap_key=wraps[suite],
        signing_seed=secrets.sign_seed,
    )


ELSEWHERE = RowId(bytes(32))
STRANGER = a_seat(77, DSL.secrets.root_public)
REFUSED = {
    "another circle": (sealed_by(circle=CircleId(bytes(16))), NotACircleOfOurs),
    "another feed": (sealed_by(feed=FeedId(bytes(16))), FeedNotAdmitted),
    "a feed of another circle": (sealed_by(feed=ME.feed(LEADERSHIP)), FeedNotAdmitted),
    "the school's feed": (sealed_by(feed=ME.feed(SCHOOL)), FeedNotAdmitted),
    "the audit feed": (sealed_by(feed=ME.feed(AUDIT)), FeedNotAdmitted),
    "a stranger's signature": (sealed_by(STRANGER), SignatureBroken),
    "a key never given out": (sealed_by(version=2), KeyVersionUnknown),
    "a first row from nowhere": (sealed_by(prev=[ELSEWHERE]), FirstPredecessorWrong),
    "a first row with more behind it": (
        sealed_by(prev=[ELSEWHERE, ME.admitted_by(TEAM)]),
        FirstPredecessorWrong,
    ),
    "a first row with a number": (sealed_by(n=2), FirstPredecessorWrong),
    "a later row at the beginning": (
        sealed_by(n=2, prev=[ELSEWHERE, ME.admitted_by(TEAM)]),
        FirstPredecessorWrong,
    ),
    "a feed key outside audit": (sealed_by(suite=Suite.FEED), SuiteNotAllowed),
    "a member's row of a non-member": (sealed_by(name=AUDIT), SuiteNotAllowed),
    "a feed that begins without its key": (
        sealed_by(name=AUDIT, suite=Suite.FEED, feed_opening=False),
        SuiteNotAllowed,
    ),
}


@pytest.mark.parametrize(("outer", "error"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_does_not_fit_the_roster_is_refused(outer, error):
    with pytest.raises(error):
        ME.check(outer)


def test_the_same_row_made_honestly_passes():
    ME.check(sealed_by())
    ME.check(sealed_by(suite=Suite.BOX))
    ME.check(sealed_by(n=2, prev=[ELSEWHERE]))
    assert ME.open(sealed_by()) is not None


def test_a_row_that_claims_another_author_is_refused():
    forged = sealed_by(author=PersonId("person:somebody else"))
    ME.check(forged)
    with pytest.raises(AuthorNotSeat):
        ME.open(forged)


def test_a_wrapped_key_that_is_not_the_committed_one_is_refused():
    crafted = sealed_by(commit_to=bytes(32))
    for read in (ME.open, ME.row_key):
        with pytest.raises(KeyDoesNotMatch):
            read(crafted)


def test_a_row_of_a_circle_nobody_knows_stays_closed():
    assert ME.open(sealed_by(circle=CircleId(bytes(16)))) is None


def test_a_row_moved_into_another_circle_is_refused():
    sealed = written(ME, TEAM)[0].outer
    moved = sealed.raw.replace(sealed.circle, ME.circle_id(LEADERSHIP))
    with pytest.raises(Tampered):
        ME.check(row.parse(moved))


@pytest.mark.parametrize("bit", range(0, 1261 * 8, 97))
def test_a_flipped_bit_is_refused_by_the_check(bit):
    raw = bytearray(sealed_by().raw)
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        ME.check(row.parse(bytes(raw)))


# --- rosters ---


def test_the_rosters_of_another_school_are_refused():
    other = a_school()
    with pytest.raises(roster.OtherRoot):
        Circles(DSL.secrets, other.chains.values())


def test_school_must_be_among_the_rosters_and_each_circle_once():
    chains = list(DSL.chains.values())
    with pytest.raises(CirclesDoNotFit):
        Circles(DSL.secrets, chains[1:])
    with pytest.raises(CirclesDoNotFit):
        Circles(DSL.secrets, [*chains, chains[0]])


def test_a_box_swapped_between_seats_is_noticed_at_unlock():
    with pytest.raises(Tampered):
        Circles(replace(DSL.secrets, box_private=hpke.generate()), DSL.chains.values())


def test_names_and_ids_lead_to_each_other():
    assert set(ME.names) == set(CIRCLES)
    for name in CIRCLES:
        assert ME.circle_name(ME.circle_id(name)) == name
        assert ME.roster_head(name) == ME.roster(name).head
    assert ME.circle_name(CircleId(bytes(16))) is None
    with pytest.raises(NoKey):
        ME.circle_id("case")
    assert not ME.writes("case")


def test_the_newest_feed_of_a_seat_is_the_one_it_writes_to():
    yearly = feed_of(DSL.secrets, "2027")
    school = DSL.plus(TEAM, yearly)
    mine = school.circles()
    assert mine.feed(TEAM).hex() == yearly.feed
    assert mine.admitted_by(TEAM) == school.state(TEAM).head
    mine.check(written(ME, TEAM)[0].outer)


def test_a_seat_that_joins_without_reading_holds_no_key():
    school = DSL.plus(TEAM, *joining(STRANGER, reads=False)).plus(
        SCHOOL, *joining(STRANGER, reads=False)
    )
    assert not school.circles(STRANGER).reads(TEAM)
