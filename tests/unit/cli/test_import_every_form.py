"""`import mail` with every form of file and with folders; nothing hidden is taken in, no link is followed."""

from pathlib import Path

from renderings.outlook_file import OutlookMail, outlook_file
from renderings.pdf_file import pdf_file, scan_pdf, scan_picture
from renderings.rtf_file import plain_rtf
from renderings.word_file import word_file
from terminal import set_up


def words(number: int) -> str:
    return (
        f"Operation Encompass\nChild: Robin EXAMPLETON\nDOB: 14/03/2017\nIncident: {number}/11/2026 at 21:35\n"
        f"Reference: NM-26-00{number}\n"
    )


def test_a_folder_brings_every_form_and_leaves_what_is_hidden(tmp_path: Path):
    terminal = set_up(tmp_path / "school")
    folder = tmp_path / "stick"
    (folder / "inner" / "deeper").mkdir(parents=True)
    forms = {
        "a.msg": outlook_file(OutlookMail(subject="Encompass", body=words(2))),
        "b.pdf": pdf_file(words(3)),
        "c.docx": word_file(words(4)),
        "d.rtf": plain_rtf(words(5)),
        "e.txt": words(6).encode(),
        "inner/f.pdf": scan_pdf(scan_picture("x", (300, 424))),
        "inner/deeper/g.txt": words(7).encode(),
        ".hidden.txt": words(8).encode(),
        "Thumbs.db": b"\xd0\xcf\x11\xe0",
    }
    for name, data in forms.items():
        (folder / name).write_bytes(data)
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "elsewhere.txt").write_text(words(9))
    answer = terminal.ok("import", "mail", str(folder))
    names = [Path(one["file"]).name for one in answer["results"]]
    assert names == ["a.msg", "b.pdf", "c.docx", "d.rtf", "e.txt", "f.pdf"]
    assert {one["outcome"] for one in answer["results"]} == {"received"}
    shown = [
        terminal.ok("notification", "show", one["notifications"][0]) for one in answer["results"]
    ]
    assert [len(one["children"]) for one in shown] == [1, 1, 1, 1, 1, 0]
    assert {one["children"][0]["surname"] for one in shown[:5]} == {"Exampleton"}


def test_an_empty_folder_and_a_program_are_refused_in_words(tmp_path: Path):
    terminal = set_up(tmp_path / "school")
    (tmp_path / "empty").mkdir()
    program = tmp_path / "notice.pdf"
    program.write_bytes(b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 4)
    done = terminal("import", "mail", str(tmp_path / "empty"), str(program))
    reasons = [one["reason"] for one in done.json["results"]]
    assert reasons[0] == "This folder holds no file that could be taken in."
    assert reasons[1].startswith("This is a program, not a message.")
