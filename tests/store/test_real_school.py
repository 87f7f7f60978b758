"""The vault with the real circles, roster chains and anchors, as bootstrap puts them together."""

import hashlib
import secrets
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.ids import PersonId, RowId
from schoolsafe.domain.person import Role
from schoolsafe.keys.anchor import KeptAnchors
from schoolsafe.services.circle import Circles
from schoolsafe.services.genesis import Founding, found_school
from schoolsafe.store.errors import ReadOnly
from schoolsafe.store.rosters import LinkOutOfPlace
from schoolsafe.store.vault import FILE, Vault
from schoolsafe.wire import row
from schoolsafe.wire.row import Suite
from store.seats import KEY, StepClock, child, concern

SEAT = "5ea7"


class Drawer:
    """The keyring's place for the anchor's copy, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, seat: str, name: str) -> bytes | None:
        return self.kept.get((seat, name))

    def put(self, seat: str, name: str, value: bytes) -> None:
        self.kept[seat, name] = value

    def drop(self, seat: str, name: str) -> None:
        self.kept.pop((seat, name), None)


@dataclass
class Home:
    """A founded school and where its one vault lies."""

    folder: Path
    founded: Founding
    drawer: Drawer
    anchor_key: bytes

    def anchors(self) -> KeptAnchors:
        return KeptAnchors(
            self.folder / "anchor", seat=SEAT, store=self.drawer, key=self.anchor_key
        )

    def circles(self, vault: Vault) -> Circles:
        chains = [vault.rosters.links(circle) for circle in vault.rosters.circles()]
        return Circles(self.founded.secrets, chains, app="test")

    def open(self) -> Vault:
        vault = Vault.open(self.folder, KEY, anchors=self.anchors(), clock=StepClock())
        return vault.use(self.circles(vault))


@pytest.fixture
def school(tmp_path: Path) -> Home:
    founded = found_school(
        urn="999101",
        person=PersonId("person:00000000000000aa"),
        person_name="Priya Nair",
        role=Role.DSL,
        seat=SEAT,
        label="test computer",
        at_ms=0,
    )
    made = Home(tmp_path / "seat", founded, Drawer(), secrets.token_bytes(32))
    vault = Vault.create(made.folder, KEY, anchors=made.anchors(), clock=StepClock())
    for circle, chain in founded.rosters:
        for n, raw in enumerate(chain, 1):
            vault.rosters.add_link(circle, n, raw)
    vault.use(made.circles(vault))
    vault.close()
    return made


def test_rosters_come_back_in_order_and_are_in_the_anchor(school):
    vault = school.open()
    for circle, chain in school.founded.rosters:
        assert vault.rosters.links(circle) == tuple(chain)
    assert {c for c, _raws in school.founded.rosters} == set(vault.rosters.circles())
    assert school.anchors().read()[0].rosters == vault.rosters.heads()
    vault.close()


def test_a_link_out_of_place_is_refused(school):
    vault = school.open()
    circle, chain = school.founded.rosters[0]
    for n in (len(chain), len(chain) + 1, 99):
        with pytest.raises(LinkOutOfPlace):
            vault.rosters.add_link(circle, n, chain[-1])
    other = school.founded.rosters[1][0]
    with pytest.raises(LinkOutOfPlace):
        vault.rosters.add_link(other, 1, chain[0])
    vault.close()


def test_an_older_list_of_members_put_back_is_seen_at_open(school):
    anchors = school.anchors()
    (now,) = set(anchors.read())
    circle, _head = now.rosters[0]
    anchors.write(replace(now, rosters=((circle, RowId(bytes(32))), *now.rosters[1:])))
    vault = school.open()
    assert "who may read" in vault.problem
    with pytest.raises(ReadOnly):
        vault.rosters.add_link(circle, 2, school.founded.rosters[0][1][0])
    with pytest.raises(ReadOnly):
        vault.journal.append([concern(1)])
    vault.close()


def test_a_day_of_rows_in_all_circles_verifies_rebuilds_and_opens_again(school):
    vault = school.open()
    vault.journal.append([child(n) for n in range(10)])
    for n in range(5):
        vault.journal.append([concern(n)])
        line = Add(f"audit_line:{n:016x}", {"act": "printed", "what": "chronology"})
        vault.journal.append([NewEntry("audit", "audit.printed", (line,))])
    state, rows = vault.reader.state_hash(), list(vault.raws())
    assert vault.verify(deep=True).ok
    assert vault.rebuild() == (20, state)
    assert {row.parse(raw).suite for raw in rows} == {Suite.MEMBER, Suite.FEED}
    assert vault.reader.rows_of_kind("audit") == (), "a lead writes audit rows and cannot read them"
    assert vault.reader.totals().rows == 20
    vault.close()
    vault = school.open()
    assert (vault.problem, vault.finding.word) == (None, "ok")
    assert vault.reader.state_hash() == state
    vault.journal.append(
        [NewEntry("audit", "audit.printed", (Add("audit_line:9", {"act": "sent"}),))]
    )
    assert vault.verify(deep=True).ok
    vault.close()


def test_an_old_vault_put_back_is_seen_by_the_real_anchors(school):
    vault = school.open()
    vault.journal.append([concern(1)])
    vault.close()
    old = (school.folder / FILE).read_bytes()
    vault = school.open()
    vault.journal.append([concern(2)])
    vault.close()
    (school.folder / FILE).write_bytes(old)
    for lost in ((), ("file",), ("copy",)):
        anchor = (school.folder / "anchor").read_bytes()
        copies = dict(school.drawer.kept)
        if "file" in lost:
            (school.folder / "anchor").unlink()
        if "copy" in lost:
            school.drawer.kept.clear()
        vault = school.open()
        assert vault.problem is not None, lost
        vault.close()
        (school.folder / "anchor").write_bytes(anchor)
        school.drawer.kept = copies


def test_a_pupil_list_of_1500_is_saved_in_one_action_in_seconds(school):
    vault = school.open()
    more = {"dob": "2012-05-14", "upn": "A999101200001", "class": "7B", "year": "7", "sex": "F"}
    before = time.perf_counter()
    vault.journal.append([child(n, **more) for n in range(1500)])
    taken = time.perf_counter() - before
    assert vault.reader.count("child") == 1500
    assert taken < 20, "about 1 s on a quiet machine; this only catches a square law"
    vault.close()


def test_an_original_is_kept_in_sealed_pieces_beside_its_row(school):
    vault = school.open()
    piece = secrets.token_bytes(1024 * 1024)
    name = hashlib.sha256(piece).hexdigest()
    vault.journal.append([concern(1)], chunks={name: piece})
    vault.close()
    vault = school.open()
    assert vault.reader.chunk(name) == piece
    assert vault.verify(deep=True).ok
    vault.close()
