"""Set-up and coming back over a real data folder: real keys at the floor of their cost, the secret in a file."""

import json
import stat

import pytest

from schoolsafe.bootstrap.first_run import ANSWERS, Care, FirstRun, Recovery
from schoolsafe.bootstrap.security import SeatSecurity
from schoolsafe.bootstrap.window import WindowEntrance
from schoolsafe.errors import Refused, Tampered
from schoolsafe.keys import files, keyfile
from schoolsafe.keys.device import NoKeyring
from schoolsafe.keys.paper import (
    DrillFailed,
    PaperKeyCharacter,
    PaperKeyLength,
    PaperKeyMistyped,
    groups,
)
from schoolsafe.keys.strength import NeedsFiveWords, PassphraseOfNames, PassphraseTooShort
from schoolsafe.services.entrance import AlreadySetUp, SetUp

PHRASE = "copper lantern otter seven ridge"
NEXT = "maple harbour candle sixteen finch"
FORM = SetUp("Ashgrove Primary School", "999101", "Priya Nair", "dsl", device_secret="file")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "records"


@pytest.fixture
def entrance(home):
    return WindowEntrance(home)


@pytest.fixture
def first_run(home, entrance):
    return FirstRun(home, entrance.unlock, test=True)


@pytest.fixture
def recovery(home, entrance):
    return Recovery(home, entrance.unlock, test=True)


@pytest.fixture
def founded(first_run):
    return first_run.set_up(FORM, PHRASE)


def test_answers_are_kept_for_this_account_and_forgotten(home, first_run):
    assert first_run.kept() == {}
    first_run.keep({"school": "Ashgrove", "role": "dsl"})
    assert first_run.kept() == {"school": "Ashgrove", "role": "dsl"}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / ANSWERS).stat().st_mode) == 0o600
    first_run.keep({})
    first_run.keep({})
    assert not (home / ANSWERS).exists()


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"school": 3}', "\xff"])
def test_answers_somebody_broke_are_asked_again(home, first_run, text):
    home.mkdir(mode=0o700)
    (home / ANSWERS).write_bytes(text.encode("latin-1"))
    assert first_run.kept() == {}


def test_an_empty_folder_others_can_list_is_shut_before_anything_is_put_into_it(home, first_run):
    home.mkdir(mode=0o755)
    first_run.keep({"school": "Ashgrove"})
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert first_run.set_up(FORM, PHRASE).recovery_key


def test_a_folder_that_will_not_do_keeps_no_answers_and_is_refused_at_set_up(tmp_path):
    synced = tmp_path / "OneDrive - Ashgrove" / "records"
    seam = FirstRun(synced, WindowEntrance(synced).unlock, test=True)
    seam.keep({"school": "Ashgrove"})
    assert not synced.exists()
    with pytest.raises(Refused, match="OneDrive"):
        seam.set_up(FORM, PHRASE)


def test_a_school_is_set_up_tried_filled_and_opened(home, first_run, founded, tmp_path):
    with pytest.raises(AlreadySetUp):
        first_run.set_up(FORM, PHRASE)
    assert first_run.recovery_sheet(founded.seat_id, founded.recovery_key).startswith(b"%PDF")
    asked = first_run.drill_groups()
    sheet = groups(founded.recovery_key)
    right = [sheet[n - 1].lower() for n in asked]
    with pytest.raises(DrillFailed):
        first_run.drill(founded, PHRASE, asked=asked, answers=["AAAAA", right[1]])
    first_run.drill(founded, PHRASE, asked=asked, answers=right)
    listed = tmp_path / "pupils.csv"
    listed.write_text("surname,forename\n")
    assert first_run.read_file(listed) == b"surname,forename\n"
    with first_run.services(founded.seat_id, PHRASE) as services:
        assert "recovery_drill" not in services.schools.setup_missing()
        assert services.schools.facts().test
    inside = first_run.unlock(founded.seat_id, PHRASE)
    assert inside.opened.label.person == "Priya Nair"
    inside.lock()


def test_a_sheet_brings_somebody_back_and_its_successor_is_tried(home, recovery, founded):
    seat, old = founded.seat_id, founded.recovery_key
    typed = " ".join(groups(old)).lower().replace("0", "o")
    recovery.check_key(seat, typed)
    assert recovery.keyring_problem(seat) == ""
    new_key = recovery.recover(seat, typed, NEXT, secret_in_file=False)
    with pytest.raises(Refused):
        recovery.check_key(seat, old)
    with pytest.raises(Refused):
        recovery.unlock(seat, PHRASE)
    assert recovery.recovery_sheet(seat, new_key).startswith(b"%PDF")
    asked = recovery.drill_groups()
    right = [groups(new_key)[n - 1] for n in asked]
    with pytest.raises(DrillFailed):
        recovery.drill(seat, NEXT, new_key, asked=asked, answers=["", ""])
    recovery.drill(seat, NEXT, new_key, asked=asked, answers=right)
    inside = recovery.unlock(seat, NEXT)
    assert inside.opened.drilled
    inside.lock()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda key: key[:-1], PaperKeyLength),
        (lambda key: "U" + key[1:], PaperKeyCharacter),
        (
            lambda key: key[1] + key[0] + key[2:] if key[0] != key[1] else "9" + key[1:],
            PaperKeyMistyped,
        ),
    ],
)
def test_what_is_wrong_with_a_typed_key_is_said(recovery, founded, spoil, error):
    with pytest.raises(error):
        recovery.check_key(founded.seat_id, spoil(founded.recovery_key))


def test_a_key_file_that_is_gone_or_spoilt_says_so(home, recovery, founded):
    key_file = home / "seats" / founded.seat_id / "seat.key"
    whole = key_file.read_bytes()
    key_file.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    assert recovery.keyring_problem(founded.seat_id) == ""
    with pytest.raises(Tampered):
        recovery.check_key(founded.seat_id, founded.recovery_key)
    key_file.unlink()
    with pytest.raises(Tampered):
        recovery.check_key(founded.seat_id, founded.recovery_key)


def test_a_keyring_that_is_gone_for_good_is_replaced_by_a_file(home, recovery, founded):
    secret = home.with_name(home.name + ".secret")
    for file in secret.iterdir():
        file.unlink()
    key = recovery.recover(founded.seat_id, founded.recovery_key, NEXT, secret_in_file=True)
    inside = recovery.unlock(founded.seat_id, NEXT)
    assert inside.opened.device_secret == "file"
    inside.lock()
    assert len(key) == 30


def test_a_login_that_needs_the_keyring_hears_why_it_does_not_answer(
    home, recovery, founded, monkeypatch
):
    key_file = home / "seats" / founded.seat_id / "seat.key"
    parsed = recovery_file(home, founded.seat_id)
    assert parsed.header.device == "file"
    monkeypatch.setattr("schoolsafe.keys.device.named_backend", no_backend)
    assert recovery.keyring_problem(founded.seat_id) == ""
    assert (
        FirstRun(home, recovery.unlock).keyring_problem().startswith("This computer has no keyring")
    )
    assert key_file.exists()


def recovery_file(home, seat):
    from schoolsafe.keys.home import SeatFolder

    return SeatFolder(home=home, seat=seat).read_key_file()


def no_backend():
    raise NoKeyring(reason="nothing there")


def test_help_with_a_passphrase_knows_the_school():
    care, names = Care(), ("Ashgrove Primary School", "Priya Nair")
    assert len(care.made_passphrase().split()) == 5
    assert care.strength("ashgrove primary school", names).level == 0
    assert care.strength(NEXT, names).level == 3
    care.check_passphrase(NEXT, names, secret_in_file=True)
    with pytest.raises(PassphraseTooShort):
        care.check_passphrase("too short", names, secret_in_file=False)
    with pytest.raises(PassphraseOfNames):
        care.check_passphrase("Ashgrove Primary School", names, secret_in_file=False)
    with pytest.raises(NeedsFiveWords):
        care.check_passphrase("seventeen letters no spaces", names, secret_in_file=True)
    Care(test=True).check_passphrase("seventeen letters no spaces", names, secret_in_file=True)


def test_settings_change_the_way_in_of_whoever_is_signed_in(home, entrance, founded):
    inside = entrance.unlock(founded.seat_id, PHRASE)
    security = SeatSecurity(home, inside.opened.label)
    assert security.facts().sheet_tried is None
    assert security.facts().secret_in_file
    security.try_sheet(founded.recovery_key)
    tried = security.facts().sheet_tried
    assert tried is not None
    assert tried.utcoffset() is not None
    security.change_passphrase(PHRASE, NEXT)
    key = security.new_recovery_key(NEXT)
    assert security.facts().sheet_tried is None
    with pytest.raises(Refused):
        security.try_sheet(founded.recovery_key)
    security.try_sheet(key)
    assert security.recovery_sheet(key).startswith(b"%PDF")
    inside.lock()
    entrance.unlock(founded.seat_id, NEXT).lock()


def test_the_costs_of_a_test_school_are_at_the_floor(home, founded):
    assert recovery_file(home, founded.seat_id).cost.settings == keyfile.TEST_COST


def test_answers_hold_nothing_but_what_was_asked(home, first_run):
    first_run.keep({"school": "Ashgrove"})
    found = files.read_whole(home / ANSWERS, limit_bytes=1000)
    assert json.loads(found) == {"school": "Ashgrove"}
