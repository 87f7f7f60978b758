"""Mail templates from a script: one taken in reads the next message, one goes to another school."""

from pathlib import Path

import pytest

from schoolsafe.domain.template import Template
from schoolsafe.domain.template_derive import derive
from schoolsafe.intake.mail import read_mail
from schoolsafe.wire.template import to_toml
from taught_style import BULLETINS, DOMAIN, MEANINGS, marked
from terminal import Terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    text = read_mail(BULLETINS[0].mail()).texts[0]
    frame = Template("Southmere bulletin", senders=(DOMAIN,), meanings=MEANINGS)
    path = tmp_path / "southmere.toml"
    path.write_bytes(to_toml(derive(text, marked(text), frame).template))
    return path


def test_a_template_taken_in_reads_the_next_message(school: Terminal, file: Path, tmp_path: Path):
    taken = school.ok("template", "import", str(file))
    assert taken["name"] == "Southmere bulletin"
    assert taken["senders"] == [DOMAIN]
    mail = tmp_path / "2.eml"
    mail.write_bytes(BULLETINS[2].mail())
    (came,) = school.ok("import", "mail", str(mail))["results"]
    notice = school.ok("notification", "show", came["notifications"][0])
    assert notice["police_reference"] == "SC/89-0002"
    assert notice["children"][0]["surname"] == "Mockton"
    assert notice["children"][0]["presence"] == "not_present"
    assert notice["children"][0]["child_id"] is None


def test_listed_shown_given_away_and_taken_out_of_use(school: Terminal, file: Path, tmp_path: Path):
    made = school.ok("template", "import", str(file))["id"]
    listed = school.ok("template", "list")["templates"]
    assert [each["came_with_program"] for each in listed] == [False] + [True] * 8
    shown = school.ok("template", "show", "Southmere bulletin")
    assert shown["id"] == made
    assert shown["may_be_names"] == []
    out = tmp_path / "out.toml"
    school.ok("template", "export", made, str(out))
    assert out.read_bytes().startswith(b"format = 1\n")
    assert school.ok("template", "withdraw", made)["withdrawn"]
    assert all(each["came_with_program"] for each in school.ok("template", "list")["templates"])
    gone = school("template", "show", made)
    assert (gone.code, gone.json["error"]["code"]) == (1, "no_such_template")


def test_a_file_that_is_none_and_a_word_that_may_be_a_name_are_refused(
    school: Terminal, tmp_path: Path
):
    bad = tmp_path / "bad.toml"
    bad.write_text('format = 1\nname = "t"\npattern = "(a+)+"\n')
    refused = school("template", "import", str(bad))
    assert (refused.code, refused.json["error"]["code"]) == (1, "template_unusable")
    bad.write_text(
        'format = 1\nname = "t"\n[[mark]]\nfield = "child_name"\nhow = "label"\nbefore = "For Jordan"\n'
    )
    school.ok("template", "import", str(bad))
    out = tmp_path / "out.toml"
    asked = school("template", "export", "t", str(out))
    assert (asked.code, asked.json["error"]["code"]) == (1, "may_name_a_child")
    assert not out.exists()
    school.ok("template", "export", "t", str(out), "--looked-at")
    assert out.exists()


def test_at_a_terminal_they_are_a_line_each(school: Terminal):
    said = school("template", "list", as_json=False)
    assert "name=Fixed sentence" in said.out
