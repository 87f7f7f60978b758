"""Founding a school gives each role its circles, and nobody more."""

import pytest

from schoolsafe.domain.access import CIRCLES, Access, NotTheSchoolsChoice, access
from schoolsafe.domain.field import AUDIT, SCHOOL, TEAM
from schoolsafe.domain.person import Role
from schoolsafe.services.circle import NoKey
from schoolsafe.wire import link, roster, schoolkeys, sealedpart
from unit.services.schools import a_new_entry, a_place, a_school

ROLES = {role: a_school(role) for role in Role}


@pytest.mark.parametrize("circle", CIRCLES)
@pytest.mark.parametrize("role", Role)
def test_the_first_person_reads_and_writes_what_their_role_allows(role, circle):
    circles, may = ROLES[role].circles(), access(role, circle)
    assert circles.reads(circle) == (may is Access.READ)
    assert circles.writes(circle) == (may in {Access.READ, Access.BOX})
    if not circles.writes(circle):
        with pytest.raises(NoKey, match=circle):
            circles.feed(circle)
        with pytest.raises(NoKey):
            circles.admitted_by(circle)
    else:
        sealed = circles.seal(a_new_entry(circle), a_place(circles, circle))
        circles.check(sealed.outer)
        assert (circles.open(sealed.outer) is not None) == circles.reads(circle)


def test_a_head_reads_the_team_where_the_school_says_so():
    choices = {(Role.HEAD, TEAM): Access.READ}
    assert a_school(Role.HEAD, choices).circles().reads(TEAM)
    assert not ROLES[Role.HEAD].circles().reads(TEAM)


def test_a_school_cannot_choose_otherwise():
    with pytest.raises(NotTheSchoolsChoice):
        a_school(Role.TEACHER, {(Role.TEACHER, TEAM): Access.READ})


@pytest.mark.parametrize("role", Role)
def test_recovery_is_a_member_of_every_circle(role):
    for name in CIRCLES:
        assert ROLES[role].key(name).version == 1


@pytest.mark.parametrize("name", CIRCLES)
def test_each_circle_is_one_link_signed_by_the_schools_root(name):
    school = ROLES[Role.DSL]
    (raw,) = school.chains[school.state(name).circle]
    first = link.parse(raw)
    assert first.by == (link.ROOT,)
    assert roster.replay([raw], root=school.secrets.root_public).name == name


def test_circles_have_random_ids_keys_and_feeds():
    one, two = a_school(), a_school()
    assert not one.chains.keys() & two.chains.keys()
    assert one.key(TEAM).key != two.key(TEAM).key
    feeds = [school.circles().feed(name) for school in (one, two) for name in CIRCLES]
    assert len(set(feeds)) == 8


def test_a_feed_of_somebody_who_is_not_a_member_is_admitted_by_the_school():
    school = ROLES[Role.DSL]
    circles = school.circles()
    assert circles.admitted_by(AUDIT) == school.state(SCHOOL).head
    assert circles.admitted_by(TEAM) == school.state(TEAM).head


def test_names_and_labels_are_sealed_in_the_links():
    school = ROLES[Role.DSL]
    assert b"Zzyzx" not in b"".join(raw for chain in school.chains.values() for raw in chain)
    assert b"laptop" not in b"".join(raw for chain in school.chains.values() for raw in chain)
    state = school.state(SCHOOL)
    part = state.persons[school.secrets.person]
    key = sealedpart.part_key(part, school.key(SCHOOL).key)
    about = school.secrets.person
    assert sealedpart.open_part(part, key, about=about, circle=state.circle) == {
        "name": "Jo Zzyzx",
        "role": "dsl",
    }


def test_the_team_holds_the_schools_own_keys():
    secrets = ROLES[Role.DSL].circles().school_secrets()
    (public,) = ROLES[Role.DSL].state(TEAM).school_keys
    assert isinstance(secrets, schoolkeys.SchoolSecrets)
    assert secrets.version == public.version == 1
    assert ROLES[Role.HEAD].circles().school_secrets() is None


def test_secrets_do_not_print_themselves():
    secrets = ROLES[Role.DSL].secrets
    shown = repr(secrets) + str(ROLES[Role.DSL].circles().roster(TEAM).seats)
    for value in (secrets.sign_seed, secrets.box_private, secrets.root_seed):
        assert repr(value)[2:-1] not in shown
        assert value.hex() not in shown
    assert repr(secrets) == "SeatSecrets(seat:0000000000000001)"
