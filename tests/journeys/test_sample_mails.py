"""The sample e-mails, dropped in through the command line, say on record what their senders said; nothing else."""

import json
from pathlib import Path

import pytest

from journeys import notification_scores as scoring
from schoolsafe.bootstrap.entrance import HomeEntrance
from terminal import PASSPHRASE


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_every_field_of_every_sample_is_exact_unless_it_may_be_blank(tmp_path: Path):
    found = scoring.scores(tmp_path)
    assert len(found) == 24
    assert scoring.bad(found) == []
    _older_notices_are_not_recorded(tmp_path)
    _originals_are_kept_byte_for_byte(tmp_path)


def _older_notices_are_not_recorded(folder: Path) -> None:
    school = scoring.Terminal(folder / "pupils_sims" / "home")
    listed = school.ok("notification", "list", now=scoring.MONDAY)["notifications"]
    assert "NM-26-0097710" not in json.dumps(listed)
    assert school.ok("verify", "--deep")["ok"]


def _originals_are_kept_byte_for_byte(folder: Path) -> None:
    mails = {mail.read_bytes() for mail in scoring.MAILS.glob("*.eml")}
    kept = set()
    for home in folder.glob("*/home"):
        with HomeEntrance(home).open(PASSPHRASE) as opened:
            notices = opened.services.notifications
            kept |= {notices.originals.read(row.id, "original.eml") for row in notices.list()}
    assert kept == mails
