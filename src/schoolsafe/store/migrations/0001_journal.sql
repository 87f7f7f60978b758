-- The journal: what is kept for ever. Read tables are not here: they are made anew from the rows.

-- One sealed row, as it was signed. A rowid table: blobs of about 1 kB spill in a WITHOUT ROWID one (36 MB to 13 MB).
CREATE TABLE row (
    id INTEGER PRIMARY KEY,
    rid BLOB NOT NULL,
    circle BLOB NOT NULL,
    feed BLOB NOT NULL,
    n INTEGER NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('here', 'relay', 'twice')),
    raw BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX row_rid ON row (rid);
CREATE INDEX row_elsewhere ON row (state) WHERE state <> 'here';

-- Rows no other row of their feed names as its predecessor.
CREATE TABLE head (
    circle BLOB NOT NULL,
    feed BLOB NOT NULL,
    rid BLOB NOT NULL,
    PRIMARY KEY (circle, feed, rid)
) STRICT, WITHOUT ROWID;

-- Rows that others name and that have not come. superseded: a row of the same feed stands behind it.
CREATE TABLE hole (
    rid BLOB NOT NULL PRIMARY KEY,
    first_seen_ms INTEGER NOT NULL,
    via BLOB NOT NULL,
    superseded INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Links of each circle's roster, as they were signed.
CREATE TABLE roster (
    circle BLOB NOT NULL,
    n INTEGER NOT NULL,
    link BLOB NOT NULL,
    raw BLOB NOT NULL,
    PRIMARY KEY (circle, n)
) STRICT;

-- Sealed pieces of attachments, by the SHA-256 of the sealed bytes.
CREATE TABLE chunk (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- Small values of this seat that are no part of the record.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Unsent text.
CREATE TABLE draft (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
