"""Whatever breaks inside, in any command: no word of a record is printed, no traceback (P03)."""

import pytest

from schoolsafe.intake.reader import ChildIntake
from schoolsafe.store.journal import Journal
from schoolsafe.store.queries import VaultReader
from schoolsafe.store.vault import Vault
from terminal import Terminal
from unit.cli.conftest import DATA

WORD = "Zzyzxcanary"
COMMANDS = (
    ("status",),
    ("today",),
    ("notification", "log", "--child", WORD, "--said", WORD),
    ("notification", "list"),
    ("notification", "show", "{notice}"),
    ("notification", "match", "{notice}", "--line", "1", "--none", WORD),
    ("notification", "decide", "{notice}", "--all", "--choice", "not-ours", "--reason", WORD),
    ("notification", "close", "{notice}", "--line", "1", "--reason", WORD),
    ("notification", "reopen", "{notice}", "--line", "1", "--reason", WORD),
    ("child", "list", WORD),
    ("child", "show", "{child}"),
    ("child", "chronology", "{child}"),
    ("fix", "{notice}", "--text", WORD, "--reason", WORD),
    ("import", "mail", "{folder}/{port}.eml"),
    ("import", "pupils", str(DATA / "pupils_sims.csv"), "--apply"),
    ("calendar", "show"),
    ("calendar", "set", "--start", "08:45"),
    ("verify", "--deep"),
    ("rebuild",),
    ("export", "journal", "{folder}/journal.ssj"),
)
BREAKS = (
    (VaultReader, "find", ValueError(f"invalid literal: {WORD!r}")),
    (VaultReader, "get", KeyError(WORD)),
    (VaultReader, "live", RuntimeError(f"{WORD} " * 50)),
    (VaultReader, "totals", OSError(5, "Input/output error", f"/home/{WORD}")),
    (Journal, "append", UnicodeEncodeError("ascii", WORD, 0, 1, WORD)),
    (Journal, "append", MemoryError(WORD)),
    (ChildIntake, "read_mails", AssertionError({"child": WORD})),
    (ChildIntake, "read_pupil_list", IndexError(WORD)),
    (Vault, "verify", RecursionError(WORD)),
    (Vault, "rebuild", ZeroDivisionError(WORD)),
    (Vault, "raws", TypeError(f"{WORD} is not bytes")),
)


@pytest.fixture(scope="module")
def morning(
    with_pupils: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Terminal, dict]:
    school = with_pupils.copied_to(tmp_path_factory.mktemp("faults"))
    notice = school.ok("notification", "log", "--child", "Robin Exampleton")["id"]
    child = school.ok("child", "list", "exampleton")["children"][0]["id"]
    return school, {"notice": notice, "child": child, "folder": str(school.home.parent)}


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("owner", "port", "failure"), BREAKS, ids=lambda each: str(each)[:24])
def test_no_fault_prints_a_word_of_a_record(
    morning: tuple[Terminal, dict],
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    port: str,
    failure: Exception,
):
    school, facts = morning
    (school.home.parent / f"{port}.eml").write_bytes(f"From: a@b.example\r\n\r\n{failure}".encode())

    def broken(*_args: object, **_kwargs: object) -> None:
        raise failure

    monkeypatch.setattr(owner, port, broken)
    faults = 0
    for command in COMMANDS:
        said = school(*(word.format(**facts, port=port) for word in command))
        assert said.code in {0, 1, 4, 5}, command
        assert WORD.casefold() not in said.err.casefold(), command
        assert "Traceback" not in said.out + said.err
        if said.code == 4 and said.refused == "fault":
            faults += 1
            assert WORD.casefold() not in said.out.casefold()
            assert said.err == f"{said.json['error']['message']}\n"
    assert faults, "nothing broke: the port was never asked"
    monkeypatch.undo()
    assert school.ok("verify", "--deep")["ok"]
