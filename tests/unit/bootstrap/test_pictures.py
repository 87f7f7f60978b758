"""The pictures: each has a name of its own, and what is played before them is what it says it is."""

import os
import subprocess
import sys
from email import message_from_bytes, policy

from schoolsafe.bootstrap import picture_doors, picture_scenes
from schoolsafe.cli import demo_school
from schoolsafe.domain.upn import UpnKind, check
from schoolsafe.ui.album import LOOKS, SIZES

ONE = """
import sys
from pathlib import Path
from schoolsafe.bootstrap.pictures import run
taken = run(Path(sys.argv[1]), wanted=lambda name: name == "unlock-nobody-1024x640-dark")
print(taken["pictures"])
"""


def test_no_two_pictures_have_one_name():
    names = [*picture_scenes.names("small"), *picture_scenes.names("large"), *picture_doors.NAMES]
    assert len(names) == len(set(names))
    assert len(SIZES) * len(LOOKS) == 12


def test_the_list_brings_two_children_lets_two_go_moves_one_and_has_one_date_that_cannot_be():
    before = demo_school.load().pupils.decode().splitlines()
    after = picture_scenes.changed_list(demo_school.load().pupils).decode().splitlines()
    assert after[0] == before[0]
    gone, new = set(before) - set(after), set(after) - set(before)
    numbers = {line.split(",")[0] for line in gone}
    came = [line for line in new if line.split(",")[0] not in numbers]
    assert len(gone) == 3, "two left, and the old line of the one who moved"
    assert len(came) == 3
    assert sum("31/02" in line for line in came) == 1
    upns = [line.split(",")[1] for line in after[1:] if line.split(",")[1]]
    assert all(check(upn).kind is UpnKind.PERMANENT for upn in upns)


def test_the_locked_message_holds_its_words_in_a_part_that_stays_locked():
    mail = message_from_bytes(picture_scenes.locked_mail(), policy=policy.default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["message.rpmsg"]


def test_one_wanted_picture_is_taken_without_making_a_school(tmp_path):
    out = tmp_path / "shots"
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ONE, str(out)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert "unlock-nobody-1024x640-dark.png" in done.stdout
    assert [path.name for path in out.iterdir()] == ["unlock-nobody-1024x640-dark.png"]
