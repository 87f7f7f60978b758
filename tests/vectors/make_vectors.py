"""Writes the vectors: run by hand when a format gains something, never by a test.

    python tests/vectors/make_vectors.py            # from the repository's root

Keys are fixed and worthless. Boxes and sealed parts hold fresh randomness, so a second run gives other
bytes: old files under corpus/ are therefore never overwritten (a release's rows are frozen), and the
others are replaced as a whole. What each failure is called is part of the format (docs/spec).
"""

import json
import struct
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from schoolsafe.crypto import aead, sign  # noqa: E402
from schoolsafe.domain.ids import RowId  # noqa: E402
from schoolsafe.wire import inside, link, padding, row, rowkey, stub  # noqa: E402
from schoolsafe.wire.row import Suite  # noqa: E402
from unit.services import schools  # noqa: E402
from unit.wire import chains, pieces, test_inside, test_link, test_padding, test_roster  # noqa: E402
from unit.wire.pieces import a_row, an_entry, resigned  # noqa: E402
from vectors.corpus_entries import ENTRIES  # noqa: E402

Vector = dict[str, Any]


def write(name: str, about: str, **members: Any) -> None:
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": about, **members}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def row_vector(name: str, raw: bytes, expect: str = "ok") -> Vector:
    return {"name": name, "expect": expect, "raw": raw.hex()}


def with_inside(clear: bytes) -> bytes:
    """A well signed member row around any bytes."""
    front = a_row().aad[:-4]
    aad = front + struct.pack(">I", len(clear) + aead.TAG_BYTES)
    outer = aad + aead.seal_once(pieces.ROW_KEY, clear, aad)
    return outer + sign.sign(pieces.SEED, row.SIGNATURE_TAG + row._id(outer))


def rows() -> None:
    made, other = a_row(), a_row(row_key=bytes(32))
    feed = a_row(Suite.FEED, floor=256)
    later = a_row(Suite.FEED, n=2, prev=[feed.id], opening=False, floor=256)
    eight = a_row(prev=[RowId(bytes([i]) * 32) for i in range(1, 9)], n=9)
    box, other_box = a_row(Suite.BOX), a_row(Suite.BOX, n=2)

    def patch(at: int, new: bytes, base: bytes = made.raw) -> bytes:
        return base[:at] + new + base[at + len(new) :]

    two = patch(44, b"\2")[:45] + pieces.LINK * 2 + made.raw[77:]
    moved_key = resigned(made.raw.replace(made.wrapped, other.wrapped))
    moved_body = resigned(made.raw.replace(made.ciphertext, other.ciphertext))
    moved_box = resigned(box.raw.replace(box.wrapped, other_box.wrapped))
    vectors = [
        row_vector("member row", made.raw),
        row_vector("box row", box.raw),
        row_vector("audit row that boxes the feed key", feed.raw),
        row_vector("audit row behind it", later.raw),
        row_vector("eight predecessors", eight.raw),
        row_vector("another magic", patch(0, b"XX"), "not_a_row"),
        row_vector("version 2", patch(2, b"\2"), "unknown_row_version"),
        row_vector("suite 0", patch(3, b"\0"), "unknown_suite"),
        row_vector("suite 4", patch(3, b"\4"), "unknown_suite"),
        row_vector("n is 0", patch(36, bytes(8)), "number_out_of_range"),
        row_vector("n is 2^63", patch(36, b"\x80" + bytes(7)), "number_out_of_range"),
        row_vector("k is 0", patch(44, b"\0"), "predecessors_out_of_range"),
        row_vector("k is 9", patch(44, b"\x09"), "predecessors_out_of_range"),
        row_vector("one predecessor twice", two, "predecessors_not_in_order"),
        row_vector("key version 0", patch(77, bytes(4)), "key_version_out_of_range"),
        row_vector("feed wrapping 2", patch(113, b"\2", feed.raw), "unknown_feed_wrapping"),
        row_vector("one byte short", made.raw[:-1], "row_cut_short"),
        row_vector("nothing", b"", "row_cut_short"),
        row_vector("one byte more", made.raw + b"\0", "trailing_bytes"),
        row_vector("over 64 KiB", made.raw + bytes(64 * 1024), "row_too_long"),
        row_vector("unpadded size", patch(153, struct.pack(">I", 1039)), "size_not_padded"),
        row_vector("flipped signature", pieces.flipped(made.raw, 1200 * 8), "signature_broken"),
        row_vector("flipped body", pieces.flipped(made.raw, 400 * 8), "signature_broken"),
        row_vector("flipped body, signed", resigned(pieces.flipped(made.raw, 3200)), "seal_broken"),
        row_vector("flipped feed, signed", resigned(pieces.flipped(made.raw, 200)), "seal_broken"),
        row_vector("key of another row, signed", moved_key, "key_does_not_match"),
        row_vector(
            "flipped wrapped key, signed", resigned(pieces.flipped(made.raw, 960)), "wrap_broken"
        ),
        row_vector("body of another row, signed", moved_body, "seal_broken"),
        row_vector("box of another row, signed", moved_box, "box_broken"),
        row_vector(
            "padding not zero",
            with_inside(padding.pad(pieces.TEXT)[:-1] + b"!"),
            "padding_not_zero",
        ),
        row_vector(
            "padding too long",
            with_inside(padding.pad(pieces.TEXT) + bytes(64)),
            "padding_wrong_size",
        ),
        row_vector("not compressed", with_inside(test_padding.framed(b"{}")), "not_compressed"),
        row_vector("a bomb", with_inside(test_padding.framed(test_padding.BOMB)), "text_too_long"),
        row_vector("not JSON", a_row(text=b"hello").raw, "not_json"),
        row_vector("not an entry", a_row(text=b"{}").raw, "member_missing"),
    ]
    for vector in vectors:
        if vector["expect"] == "ok":
            outer = row.parse(bytes.fromhex(vector["raw"]))
            vector |= {"id": outer.id.hex(), "n": outer.n, "suite": int(outer.suite)}
    write(
        "row.json",
        "Row v1 (docs/spec/row.md): parse, verify, unwrap, open, decode; the first step that fails gives the name.",
        signer=pieces.SIGNER.hex(),
        circle_key=pieces.CIRCLE_KEY.hex(),
        box_private=pieces.BOX_PRIVATE.hex(),
        feed_key=pieces.FEED_KEY.hex(),
        row_key=pieces.ROW_KEY.hex(),
        entry=json.loads(pieces.TEXT),
        vectors=vectors,
    )


def stubs() -> None:
    order = RowId(b"the id of the row that disposes.")
    made, box = stub.of(a_row(), order), stub.of(a_row(Suite.BOX, n=2), order)

    def patch(at: int, new: bytes) -> bytes:
        return made.raw[:at] + new + made.raw[at + len(new) :]

    vectors = [
        row_vector("stub of a member row", made.raw),
        row_vector("stub of a box row", box.raw),
        row_vector("another magic", patch(0, b"SR"), "not_a_row"),
        row_vector("version 2", patch(2, b"\2"), "unknown_row_version"),
        row_vector("suite 4", patch(3, b"\4"), "unknown_suite"),
        row_vector("n is 0", patch(36, bytes(8)), "number_out_of_range"),
        row_vector("k is 0", patch(44, b"\0"), "predecessors_out_of_range"),
        row_vector("key version 0", patch(77, bytes(4)), "key_version_out_of_range"),
        row_vector("one byte short", made.raw[:-1], "row_cut_short"),
        row_vector("one byte more", made.raw + b"\0", "trailing_bytes"),
        row_vector("nothing", b"", "row_cut_short"),
        row_vector("flipped id", pieces.flipped(made.raw, 115 * 8), "signature_broken"),
        row_vector("flipped signature", pieces.flipped(made.raw, 150 * 8), "signature_broken"),
    ]
    for vector in vectors:
        if vector["expect"] == "ok":
            left = stub.parse(bytes.fromhex(vector["raw"]))
            vector |= {
                "id": left.id.hex(),
                "n": left.n,
                "suite": int(left.suite),
                "shell": left.shell.hex(),
                "disposed_by": left.disposed_by.hex(),
            }
    write(
        "stub.json",
        "What is left of a disposed row (docs/spec/row.md 6): parse, verify; the first step that fails gives the name.",
        signer=pieces.SIGNER.hex(),
        vectors=vectors,
    )


def insides() -> None:
    good = [
        {
            "name": "every op",
            "entry": an_entry(*test_inside.EVERY_OP, must=True, min_reader=3, kv=2),
        },
        {
            "name": "nothing that may be missing",
            "entry": an_entry(subject=None, why=None, tx="", app=""),
        },
        {"name": "a member of a newer release", "entry": an_entry(extra={"mood": ["calm"]})},
    ]
    vectors = [
        {"name": v["name"], "expect": "ok", "text": inside.encode(v["entry"]).decode()}
        for v in good
    ]
    for name, (text, error) in test_inside.BAD_TEXT.items():
        if error is not None and len(text) < 10_000:
            vectors.append({"name": name, "expect": error().code, "hex": text.hex()})
    write(
        "inside.json",
        "JSON inside a row (docs/spec/row.md 4). ok: decoding and encoding gives the same bytes.",
        vectors=vectors,
    )


def paddings() -> None:
    sizes = [0, 1, 255, 256, 257, 300, 1023, 1024, 1025, 1088, 1089, 2048, 2049, 9999, 65535, 65536]
    write(
        "padding.json",
        "Padmé buckets and what is inside (docs/spec/row.md 3).",
        sizes=[
            {"size": size, "floor": floor, "padded": padding.padme(size, floor)}
            for floor in padding.FLOORS
            for size in sizes
        ],
        vectors=[
            {"name": "empty object", "expect": "ok", "hex": padding.pad(b"{}").hex(), "text": "{}"},
            {
                "name": "empty object in audit",
                "expect": "ok",
                "hex": padding.pad(b"{}", 256).hex(),
                "text": "{}",
            },
            *(
                {"name": name, "expect": error().code, "hex": clear.hex()}
                for name, (clear, error) in test_padding.NAMED.items()
            ),
        ],
    )


def rosters() -> None:
    chain = chains.a_chain()
    grown = chain.plus(chains.feed(chains.LEE, 1), by=(chains.LEE,))
    key, rotate = chains.rotates(2, chains.JO, chains.SAM, previous=chain.key)
    left = link.Revoke(seat=chains.LEE.name, reason="left", trusted={})
    grown = grown.plus(left, rotate)
    vectors: list[Vector] = [
        {"name": "genesis", "expect": "ok", "extra": []},
        {
            "name": "a yearly feed, then a removal with rotation",
            "expect": "ok",
            "extra": [each.raw.hex() for each in grown.links[1:]],
            "head": grown.state.head.hex(),
            "key_version": 2,
            "readers": sorted(grown.state.readers()),
            "newest_key": key.key.hex(),
        },
        {"name": "a link left out", "expect": "not_from_head", "extra": [grown.raw[2].hex()]},
        {"name": "a link twice", "expect": "not_from_head", "extra": [grown.raw[1].hex()] * 2},
    ]
    test_roster.CHAIN = chain
    for name, made, error in test_roster.refused_links():
        vectors.append({"name": name, "expect": error().code, "extra": [made.raw.hex()]})
    for name, (raw, error) in test_link.NAMED.items():
        if len(raw) < 100_000:
            vectors.append({"name": f"link: {name}", "expect": error().code, "extra": [raw.hex()]})
    write(
        "roster.json",
        "Roster v1 (docs/spec/roster.md): the genesis link, then each vector's links behind it.",
        root=chains.ROOT.hex(),
        seat=chains.JO.name,
        seat_box_private=chains.JO.box_private.hex(),
        genesis=chain.raw[0].hex(),
        vectors=vectors,
    )


def exports() -> None:
    school, _head = schools.a_school().joined_by(schools.Role.HEAD, 2)
    circles = school.circles()
    sealed = [
        made.outer for name in ("team", "audit") for made in schools.written(circles, name, 2)
    ]
    lines = b"".join(circles.export(sealed, made_ms=schools.AT_MS)).splitlines(keepends=True)
    index = {name: i for i, name in enumerate(_names(lines))}
    rows_at = [i for i, text in enumerate(lines) if b'"line":"row"' in text]
    first, second = rows_at[0], rows_at[1]

    def without(*numbers: int) -> list[bytes]:
        return [text for i, text in enumerate(lines) if i not in numbers]

    def changed(at: int, **members: Any) -> list[bytes]:
        new = json.loads(lines[at]) | members
        text = json.dumps(new, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return [text.encode() + b"\n" if i == at else old for i, old in enumerate(lines)]

    def raw(at: int) -> bytes:
        return b64decode(json.loads(lines[at])["raw"])

    flipped = b64encode(pieces.flipped(raw(first), 3200)).decode()
    cases = [
        ("as it was made", lines, "ok"),
        ("one row left out", without(first), "rows_missing"),
        ("one row twice", [*lines[: first + 1], lines[first], *lines[first + 1 :]], "row_twice"),
        ("a row with a flipped bit", changed(first, raw=flipped), "signature_broken"),
        (
            "a row with another row's key",
            changed(first, key=json.loads(lines[second])["key"]),
            "key_does_not_match",
        ),
        ("a row key that is none", changed(first, key="zz"), "not_hex"),
        ("a row key taken away", changed(first, key=None), "signature_broken"),
        ("the end says more rows", changed(index["end"], rows=9), "rows_missing"),
        ("the end says other heads", changed(index["end"], heads=[]), "heads_differ"),
        ("cut before the signature", lines[:-1], "cut_short"),
        ("cut in the middle", lines[:second], "cut_short"),
        ("nothing", [], "cut_short"),
        ("a line behind the signature", [*lines, lines[first]], "line_out_of_place"),
        ("no head", lines[1:], "line_out_of_place"),
        ("another format", changed(0, format="diary"), "not_a_journal"),
        ("a later date", changed(0, made=1), "signature_broken"),
        ("another school's number", changed(0, urn="999102"), "maker_unknown"),
        ("a maker nobody knows", changed(0, by="seat:ffffffffffffffff"), "maker_unknown"),
        ("the school's list left out", without(1), "no_genesis"),
        ("a name's key changed", changed(index["part"], key="00" * 32), "key_does_not_match"),
        ("a line nobody knows", changed(first, line="poem"), "line_unknown"),
        ("not JSON", [b"hello\n"], "not_json"),
    ]
    base = [text.decode() for text in lines]
    write(
        "export.json",
        "Journal export v1 (docs/spec/journal-export.md), for the stand-alone verifier. Numbers point into lines.",
        lines=base,
        vectors=[
            {
                "name": name,
                "expect": expect,
                "lines": [base.index(t) if (t := text.decode()) in base else t for text in made],
            }
            for name, made, expect in cases
        ],
    )


def _names(lines: list[bytes]) -> list[str]:
    return [json.loads(text)["line"] for text in lines]


def corpus() -> None:
    """Rows as release 0.1 writes them. Frozen: never overwritten."""
    if (HERE / "corpus" / "0.1" / "rows.json").exists():
        return
    frozen = []
    for number, (name, entry) in enumerate(ENTRIES.items()):
        outer = row.seal(
            suite=Suite.MEMBER,
            circle=pieces.CIRCLE,
            feed=pieces.FEED,
            n=number + 1,
            prev=[RowId(bytes([number]) * 32)],
            key_version=1,
            text=inside.encode(entry),
            row_key=bytes([number]) * 32,
            wrap_key=rowkey.for_member(pieces.CIRCLE_KEY, bytes([number]) * 32),
            signing_seed=pieces.SEED,
        )
        frozen.append(
            {
                "name": name,
                "id": outer.id.hex(),
                "signer": pieces.SIGNER.hex(),
                "row_key": (bytes([number]) * 32).hex(),
                "raw": outer.raw.hex(),
                "entry": json.loads(inside.encode(entry)),
            }
        )
    write(
        "corpus/0.1/rows.json",
        "Rows as release 0.1 wrote them: read by every later one.",
        rows=frozen,
    )


if __name__ == "__main__":
    rows()
    stubs()
    insides()
    paddings()
    rosters()
    exports()
    corpus()
