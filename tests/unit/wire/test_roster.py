"""A chain adds up to seats, feeds and keys; whatever would fork or forge membership is refused."""

import msgspec
import pytest

from schoolsafe.crypto.aead import SealBroken
from schoolsafe.crypto.commit import KeyDoesNotMatch
from schoolsafe.crypto.hpke import BoxBroken
from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import circlekey, link, roster, schoolkeys
from unit.wire.chains import (
    JO,
    LEE,
    PAT,
    RECOVERY_PRIVATE,
    ROOT,
    ROOT_SEED,
    SAM,
    a_chain,
    a_first_link,
    feed,
    genesis_op,
    joins,
    person_of,
    rotates,
)
from unit.wire.pieces import CIRCLE, a_seat

CHAIN = a_chain()
NEW = a_seat(7)
OTHER = CircleId(b"another circle..")


def test_genesis_gives_seats_feeds_key_and_recovery():
    state = CHAIN.state
    assert (state.name, state.urn, state.n, state.key_version) == ("school", "999101", 1, 1)
    assert state.head == CHAIN.links[0].id
    assert {s.id for s in state.seats.values() if s.admin} == {JO.name, SAM.name}
    assert {s.id for s in state.seats.values() if s.reads} == {JO.name, SAM.name, LEE.name}
    assert state.seats[PAT.name].person == person_of(PAT)
    own = state.feeds[FeedId(bytes.fromhex(feed(JO).feed))]
    assert (own.seat, own.circle, own.admitted_by) == (JO.name, CIRCLE, CHAIN.links[0].id)
    assert state.readers().keys() == {JO.name, SAM.name, LEE.name, link.RECOVERY}


def test_every_reader_and_recovery_opens_the_same_key():
    privates = {seat.name: seat.box_private for seat in (JO, SAM, LEE)}
    privates[link.RECOVERY] = RECOVERY_PRIVATE
    for name, private in privates.items():
        ((op, box),) = CHAIN.state.boxes_for(name)
        key = circlekey.open_box(box, private, name=name, circle=CIRCLE, op=op)
        assert key == CHAIN.key
    assert CHAIN.state.boxes_for(PAT.name) == ()


def test_somebody_elses_box_does_not_open():
    ((op, box),) = CHAIN.state.boxes_for(JO.name)
    for private, name, circle in (
        (PAT.box_private, JO.name, CIRCLE),
        (JO.box_private, SAM.name, CIRCLE),
        (JO.box_private, JO.name, OTHER),
    ):
        with pytest.raises(BoxBroken):
            circlekey.open_box(box, private, name=name, circle=circle, op=op)


def test_a_key_that_is_not_the_announced_one_is_refused():
    _key, other = rotates(1, JO)
    with pytest.raises(KeyDoesNotMatch):
        circlekey.prove(CHAIN.key.key, CIRCLE, other)


def test_a_canary_or_a_box_key_that_does_not_fit_is_noticed_before_the_key_is_used():
    (op,) = CHAIN.state.keys
    other = rotates(1, JO)[1]
    with pytest.raises(SealBroken):
        circlekey.prove(CHAIN.key.key, CIRCLE, msgspec.structs.replace(op, canary=other.canary))
    swapped = msgspec.structs.replace(op, box_public=other.box_public)
    with pytest.raises(KeyDoesNotMatch):
        circlekey.prove(CHAIN.key.key, CIRCLE, swapped)


def test_the_newest_box_opens_the_keys_before_it():
    key, op = rotates(2, JO, SAM, LEE, previous=CHAIN.key)
    state = CHAIN.plus(op).state
    ((newest, box), _older) = state.boxes_for(JO.name)
    now = circlekey.open_box(box, JO.box_private, name=JO.name, circle=CIRCLE, op=newest)
    assert now == key
    assert circlekey.open_previous(now, state.keys[1], state.keys[0], CIRCLE) == CHAIN.key


def test_a_seat_that_joins_is_granted_the_newest_key():
    box = circlekey.box_to(NEW.name, NEW.box_public, circle=CIRCLE, version=1, key=CHAIN.key.key)
    state = CHAIN.plus(
        *joins(NEW, reads=False), link.Grant(seat=NEW.name, version=1, box=box), feed(NEW)
    ).state
    assert state.seats[NEW.name].reads
    ((op, found),) = state.boxes_for(NEW.name)
    key = circlekey.open_box(found, NEW.box_private, name=NEW.name, circle=CIRCLE, op=op)
    assert key == CHAIN.key


def test_a_leaver_is_revoked_and_the_key_changed_in_one_link():
    _key, op = rotates(2, JO, SAM, previous=CHAIN.key)
    head = RowId(bytes(32))
    own = feed(LEE).feed
    state = CHAIN.plus(
        link.Revoke(seat=LEE.name, reason="left", trusted={own: [head.hex()]}), op
    ).state
    assert state.seats[LEE.name].revoked
    assert LEE.name not in state.readers()
    assert state.trusted == {FeedId(bytes.fromhex(own)): (head,)}
    assert [box.version for box, _ in state.boxes_for(LEE.name)] == [1]


def test_policy_and_recovery_change_with_two_signatures():
    state = CHAIN.plus(
        link.Policy(policy={"idle_minutes": 3}),
        link.Recovery(recovery=NEW.box_public),
        by=(JO, SAM),
    ).state
    assert state.policy == {"least_reader": 1, "idle_minutes": 3}
    assert state.readers()[link.RECOVERY] == NEW.box_public


def test_a_seat_may_open_its_own_yearly_feed():
    assert (
        FeedId(bytes.fromhex(feed(LEE, 1).feed)) in CHAIN.plus(feed(LEE, 1), by=(LEE,)).state.feeds
    )


def test_school_admits_a_feed_for_another_circle():
    state = CHAIN.plus(feed(PAT, 2, OTHER)).state
    assert state.feeds[FeedId(bytes.fromhex(feed(PAT, 2).feed))].circle == OTHER


def test_the_root_alone_may_bring_in_a_new_admin():
    assert (
        CHAIN.plus(*joins(NEW, reads=False, admin=True), by=("root",)).state.seats[NEW.name].admin
    )


def test_a_lone_admin_may_bring_in_the_second():
    _key, op = rotates(1, JO)
    made = a_first_link(genesis_op(), *joins(JO, admin=True), op)
    state = roster.begin(made)
    second = link.build(
        circle=CIRCLE,
        n=2,
        prev=made.id,
        at_ms=1,
        ops=joins(SAM, reads=False, admin=True),
        signers=[(JO.name, JO.sign_seed)],
    )
    assert state.after(second).seats[SAM.name].admin


def test_a_fork_is_refused():
    one = CHAIN.plus(feed(LEE, 1), by=(LEE,))
    rival = CHAIN.next(feed(JO, 1))
    with pytest.raises(roster.NotFromHead):
        one.state.after(rival)
    with pytest.raises(roster.NotFromHead):
        roster.replay((*one.raw, rival.raw))


def test_a_gap_or_a_repeat_is_refused():
    grown = CHAIN.plus(feed(LEE, 1), by=(LEE,)).plus(feed(LEE, 2), by=(LEE,))
    with pytest.raises(roster.NotFromHead):
        roster.replay((grown.raw[0], grown.raw[2]))
    with pytest.raises(roster.NotFromHead):
        roster.replay((*grown.raw, grown.raw[2]))


def first(*ops, **changes):
    return a_first_link(*ops, **changes)


def full(*extra):
    return (genesis_op(), *joins(JO, admin=True), *extra, rotates(1, JO)[1])


BAD_BEGINNINGS = {
    "empty": ((), roster.NoGenesis),
    "not at its beginning": ((CHAIN.next(feed(JO, 1)).raw,), roster.NoGenesis),
    "with a number": ((first(*full(), n=2).raw,), roster.NoGenesis),
    "with a predecessor": ((first(*full(), prev=RowId(bytes(32))).raw,), roster.NoGenesis),
    "signed by another key": ((first(*full(), seed=bytes(32)).raw,), SignatureBroken),
    "signed by another name": ((first(*full(), by=JO.name).raw,), roster.SignerUnknown),
    "beginning twice": ((first(*full(genesis_op())).raw,), roster.GenesisAgain),
    "without a key": ((first(genesis_op()).raw,), roster.RotationOutOfOrder),
}


@pytest.mark.parametrize(("chain", "error"), BAD_BEGINNINGS.values(), ids=BAD_BEGINNINGS)
def test_a_chain_begins_at_genesis_or_not_at_all(chain, error):
    with pytest.raises(error):
        roster.replay(chain)


def test_a_roster_of_another_school_is_refused():
    with pytest.raises(roster.OtherRoot):
        roster.replay(CHAIN.raw, root=JO.sign_public)


def grown(*ops, by=(JO,), **changes):
    return CHAIN.next(*ops, by=by, **changes)


def refused_links():
    yield "of another circle", grown(feed(JO, 1), circle=OTHER), roster.OtherCircle
    yield "a later number", grown(feed(JO, 1), n=3), roster.NotFromHead
    yield "another predecessor", grown(feed(JO, 1), prev=RowId(bytes(32))), roster.NotFromHead
    yield "no predecessor", grown(feed(JO, 1), prev=None), roster.NotFromHead
    yield "genesis again", grown(genesis_op()), roster.GenesisAgain
    forged = [(JO.name, LEE.sign_seed)]
    yield "forged", grown(feed(JO, 1), signers=forged), SignatureBroken
    forged_root = [("root", JO.sign_seed)]
    yield "forged root", grown(feed(JO, 1), signers=forged_root), SignatureBroken
    yield "signed by a reader", grown(*joins(NEW), by=(LEE,)), roster.SignerUnknown
    yield "signed by nobody known", grown(*joins(NEW), by=(NEW,)), roster.SignerUnknown
    yield "joining by own signature", grown(*joins(PAT), by=(PAT,)), roster.SignerUnknown
    yield "a feed for somebody else", grown(feed(SAM, 1), by=(LEE,)), roster.SignerUnknown
    mixed = (feed(LEE, 1), link.Policy(policy={}))
    yield "a feed and more", grown(*mixed, by=(LEE,)), roster.SignerUnknown
    alone = roster.SecondSignatureMissing
    yield "an admin by one admin", grown(*joins(NEW, reads=False, admin=True)), alone
    yield "the same admin twice", grown(link.Policy(policy={}), by=(JO, JO)), roster.SignerUnknown
    yield "a policy by one admin", grown(link.Policy(policy={})), alone
    yield "recovery by one admin", grown(link.Recovery(recovery=bytes(1216))), alone
    gone = link.Revoke(seat=SAM.name, reason="left", trusted={})
    yield "an admin removed by one", grown(gone, rotates(2, JO, LEE)[1]), alone
    yield "a seat twice", grown(*joins(LEE)), roster.SeatTwice
    yield "a seat called root", grown(*joins(a_named("root"))), roster.SeatTwice
    yield "a seat of nobody", grown(joins(NEW)[1]), roster.PersonUnknown
    yield "a feed of nobody", grown(feed(NEW)), roster.SeatUnknown
    yield "a feed twice", grown(feed(JO)), roster.FeedTwice
    yield "a version skipped", grown(rotates(3, JO, SAM, LEE)[1]), roster.RotationOutOfOrder
    yield "a version again", grown(rotates(1, JO, SAM, LEE)[1]), roster.RotationOutOfOrder
    yield "a reader left out", grown(rotates(2, JO, SAM)[1]), roster.RotationLeavesOut
    yield "a stranger let in", grown(rotates(2, JO, SAM, LEE, PAT)[1]), roster.RotationLeavesOut
    leaves = link.Revoke(seat=LEE.name, reason="left", trusted={})
    yield "revoked, key kept", grown(leaves), roster.RevokedWithoutRotation
    yield "ungranted, key kept", grown(link.Ungrant(seat=LEE.name)), roster.RevokedWithoutRotation
    yield "granted to nobody", grown(link.Grant(seat="x", version=1, box=b"")), roster.SeatUnknown
    old = link.Grant(seat=PAT.name, version=2, box=b"")
    yield "granted another version", grown(old), roster.RotationOutOfOrder


def a_named(name: str):
    return type(JO)(name, JO.sign_seed, JO.box_private)


REFUSED = list(refused_links())


@pytest.mark.parametrize(("made", "error"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_link_that_would_bend_membership_is_refused(made, error):
    with pytest.raises(error) as refused:
        CHAIN.state.after(made)
    assert isinstance(refused.value, Tampered)


def test_a_removed_seat_signs_nothing_more():
    _key, op = rotates(2, JO, LEE)
    gone = CHAIN.plus(link.Revoke(seat=SAM.name, reason="lost", trusted={}), op, by=(JO, SAM))
    for made in (gone.next(feed(SAM, 1), by=(SAM,)), gone.next(*joins(NEW), by=(SAM,))):
        with pytest.raises(roster.SignerUnknown):
            gone.state.after(made)
    again = link.Revoke(seat=SAM.name, reason="again", trusted={})
    with pytest.raises(roster.SeatUnknown):
        gone.state.after(gone.next(again))


def test_only_school_admits_feeds_for_other_circles():
    team = a_chain("team")
    with pytest.raises(roster.FeedOutOfPlace):
        team.state.after(team.next(feed(JO, 1, OTHER)))


def key_set(urn="999101", version=1, seed=ROOT_SEED):
    return schoolkeys.make(
        version=version,
        urn=urn,
        root_seed=seed,
        circle=CIRCLE,
        key_version=1,
        circle_key=TEAM.key.key,
    )


TEAM = a_chain("team")


def test_the_school_key_set_opens_for_the_team_and_fits_its_public_halves():
    op = key_set()
    state = TEAM.plus(op, by=(JO, SAM)).state
    assert state.school_keys == (op,)
    secrets = schoolkeys.open_secrets(op, circle=CIRCLE, circle_key=TEAM.key.key)
    assert secrets.version == 1
    assert secrets.box_private.hex() not in repr(secrets)


@pytest.mark.parametrize(
    ("op", "error"),
    [
        (key_set(urn="999102"), SignatureBroken),
        (key_set(seed=JO.sign_seed), SignatureBroken),
        (key_set(version=2), roster.SchoolKeysOutOfPlace),
    ],
    ids=["another school's", "another root's", "a version skipped"],
)
def test_a_key_set_the_root_did_not_sign_for_this_school_is_refused(op, error):
    with pytest.raises(error):
        TEAM.state.after(TEAM.next(op, by=(JO, SAM)))


def test_the_school_key_set_stands_in_team_only():
    with pytest.raises(roster.SchoolKeysOutOfPlace):
        CHAIN.state.after(CHAIN.next(key_set(), by=(JO, SAM)))


def test_private_halves_that_do_not_fit_are_refused():
    one, two = key_set(), key_set()
    mixed = link.SchoolKeys(
        version=1,
        box_public=one.box_public,
        sign_public=one.sign_public,
        mldsa_public=two.mldsa_public,
        root_signature=one.root_signature,
        sealed=one.sealed,
    )
    with pytest.raises(schoolkeys.SchoolKeysBroken):
        schoolkeys.open_secrets(mixed, circle=CIRCLE, circle_key=TEAM.key.key)
    with pytest.raises(Tampered):
        schoolkeys.open_secrets(one, circle=OTHER, circle_key=TEAM.key.key)


def test_the_pinned_root_is_the_one_that_signed():
    assert roster.replay(CHAIN.raw, root=ROOT) == CHAIN.state
