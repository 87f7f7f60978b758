"""The whole record checked in the background: once a day, in slices, with what it found kept."""

from datetime import timedelta

import pytest

from house import School
from schoolsafe.errors import Tampered, Unavailable
from schoolsafe.services.ports_upkeep import Checked
from schoolsafe.services.record import Records, WholeCheck
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.vault import FILE
from unit.services.morning import matched, rows


def through(check: WholeCheck) -> int:
    """Slices until the verdict."""
    slices = 1
    while check.step() is None:
        slices += 1
    return slices


def harm(school: School, statement: str) -> None:
    """Somebody with the key changes the file at night."""
    school.vault.close()
    thief = open_keyed(str(school.folder / FILE), school.key.hex())
    thief.execute(statement)
    thief.close()
    school.open_again()


def test_a_whole_check_in_slices_says_what_verify_says_and_is_kept(school: School):
    matched(school)
    records = school.services.records
    assert records.last_check() is None
    check = records.checking()
    assert check.step() is None
    assert check.progress == (4, rows(school))
    assert through(check) > 2
    found = check.step()
    assert found == records.verify(deep=True)
    assert check.wrong is None
    kept = Checked(school.clock.now(), rows(school), ok=True, anchor="ok")
    assert records.last_check() == kept
    school.open_again()
    assert school.services.records.last_check() == kept


def test_it_is_due_once_a_day_by_the_schools_calendar(school: School):
    records = school.services.records
    assert records.check_due()
    through(records.checking())
    assert not records.check_due()
    school.clock.move(hours=15)
    assert not records.check_due(), "still Monday"
    school.clock.move(hours=1)
    assert records.check_due(), "Tuesday"
    through(records.checking())
    school.clock.move(hours=-48)
    assert records.check_due(), "a clock that was put back is no reason to wait"


def test_a_quick_look_is_no_whole_check(school: School):
    records = school.services.records
    assert records.verify().ok
    assert records.check_due()
    records.verify(deep=True)
    assert not records.check_due()


def test_saving_goes_on_between_slices(school: School):
    check = school.services.records.checking()
    for n in range(5):
        check.step()
        school.pupil("Ada", f"Archer{n}")
    through(check)
    assert check.step().ok
    assert check.step().rows == rows(school)


def test_what_is_wrong_is_kept_with_its_number_and_time_and_nothing_can_be_saved(school: School):
    written = school.clock.now()
    school.clock.move(days=1)
    school.pupil("Ada", "Archer")
    harm(school, "DELETE FROM row WHERE id=3")
    records = school.services.records
    assert records.problem is None
    check = records.checking()
    through(check)
    assert check.step().first_bad == "row 3"
    last = records.last_check()
    assert (last.ok, last.first_bad, last.wrong.number) == (False, "row 3", 3)
    assert (
        abs(last.wrong.wall_ms - written.timestamp() * 1000)
        < timedelta(hours=1).total_seconds() * 1000
    )
    assert "number 3" in records.problem
    with pytest.raises(Tampered):
        school.pupil("Ben", "Archer")
    assert records.check_due(), "until it is settled, at every unlock"
    school.open_again()
    assert "number 3" in school.services.records.problem


def test_lists_that_were_repaired_and_checked_again_open_it_for_saving(school: School):
    school.pupil("Ada", "Archer")
    harm(school, "UPDATE noun_child SET surname='Other'")
    records = school.services.records
    assert not records.verify(deep=True).ok
    records.rebuild()
    assert records.verify(deep=True).ok
    assert records.problem is None
    school.pupil("Ben", "Archer")
    assert records.last_check().ok


def test_a_check_that_is_given_up_keeps_nothing(school: School):
    records = school.services.records
    check = records.checking()
    check.step()
    check.close()
    assert check.step() is None
    assert records.last_check() is None


def test_a_full_disk_does_not_hide_the_verdict(school: School):
    class Full:
        """The vault's upkeep, on a disk that is full."""

        def checking(self):
            return school.vault.checking()

        def keep_check(self, _checked: Checked) -> None:
            raise Unavailable

    records = Records(school.services.desk, Full(), school.services.audit)
    assert records.verify(deep=True).ok
