"""After a day, a slice of what `make prove` lives, no word that was typed, sent or searched for lies in clear (P01)."""

import gzip
import zlib
from pathlib import Path

import pytest
import zstandard

from journeys import sentinel_sweep, sentinels
from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.domain.field import AUDIT, LEADERSHIP, SCHOOL, TEAM
from schoolsafe.domain.schema import NOUNS
from schoolsafe.services.unlocked import Services

NEVER_KEPT = {
    *(
        "list search",
        "filter words",
        "search words",
        "window search",
        "wrong passphrase",
        "gate name",
    ),
    *("passphrase", "recovery key", "new passphrase", "new recovery key"),
}
"""Typed and gone: looked for all the same."""
SUPERSEDED = {"nobody fits"}
"""On record in a row; what stands now is another value."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_day_leaves_no_word_in_a_file_an_argument_or_the_environment(tmp_path: Path):
    day = sentinel_sweep.sweep(tmp_path, whole=False)
    assert day.found == []
    assert len(day.words) >= 40
    assert day.steps >= 15
    assert len(sentinels.encodings("x")) >= 10
    assert len(day.seen) >= day.steps
    assert day.swept_files >= 8
    home, passphrase = tmp_path / "work" / "home", day.words["new passphrase"]
    with HomeEntrance(home).open(passphrase) as opened:
        kept = _everything(opened.services)
    missing = {place for place, word in day.words.items() if word.casefold() not in kept.casefold()}
    assert missing <= NEVER_KEPT | SUPERSEDED, "a word that was never planted proves nothing"


def _everything(services: Services) -> str:
    """All that the record, its corrections, its originals and its drafts say."""
    reader, notices = services.desk.reader, services.notifications
    records = [record for noun in NOUNS for record in reader.find(noun.name)]
    said = [str(record.values) for record in records]
    said += [str(reader.corrections([record.id for record in records]))]
    said += [
        str(facts.why)
        for name in (SCHOOL, TEAM, LEADERSHIP, AUDIT)
        for facts in reader.rows_of_kind(name)
    ]
    said += [str(draft.values) for draft in services.drafts.list()]
    for row in notices.list():
        if notices.show(row.id).has_original:
            said.append(notices.originals.read(row.id, "original.eml").decode("utf-8", "replace"))
    return "\n".join(said)


def test_the_sweep_sees_every_encoding_also_inside_compressed_streams():
    words = {f"place {n}": sentinels.word(n) for n in range(4)}
    wanted = sentinels.patterns(words)
    for place, said in words.items():
        for name, data in sentinels.encodings(said).items():
            around = b"\x00before " + data + b" after"
            plain = {hit for hit, _how in sentinels.hits(around, wanted)}
            assert plain == {place}, name
            for packed in (
                b"x" + zlib.compress(around * 20),
                b"xy" + gzip.compress(around),
                b"xyz" + zstandard.compress(around * 9),
                zlib.compress(zlib.compress(around)),
            ):
                assert place in {hit for hit, _how in sentinels.hits(packed, wanted)}, name
    assert sentinels.hits(b"nothing of the kind", wanted) == set()


def test_the_sweep_sees_a_word_in_base64_wherever_it_begins():
    import base64

    word = sentinels.word(1)
    wanted = sentinels.patterns({"place": word})
    for front in range(6):
        data = base64.b64encode(b"q" * front + word.encode() + b"qqqq")
        assert sentinels.hits(data, wanted), front


def test_the_sweep_sees_other_letters_of_the_same_word():
    word = sentinels.word(0)
    wanted = sentinels.patterns({"place": word})
    for variant in (word.upper(), word.lower(), word.replace("ł", "l").replace("é", "e").lower()):
        assert sentinels.hits(variant.encode(), wanted), variant
