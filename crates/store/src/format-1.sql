-- The log: every change of the document, in the order this file learnt of it.
CREATE TABLE actor (
    n  INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE
);
CREATE TABLE change (
    n        INTEGER PRIMARY KEY,
    hash     BLOB NOT NULL UNIQUE,
    actor    INTEGER NOT NULL REFERENCES actor (n),
    sequence INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    action   TEXT NOT NULL,
    by       TEXT NOT NULL,
    device   TEXT NOT NULL,
    via      TEXT NOT NULL,
    reason   TEXT,
    undoes   BLOB,
    grouped  TEXT,
    part     INTEGER NOT NULL DEFAULT 0,
    records  INTEGER NOT NULL DEFAULT 0,
    first    TEXT,
    bytes    BLOB NOT NULL,
    -- 1: written on this device, so this device carries it to the relay
    own      INTEGER NOT NULL,
    -- number of the sealed record that carries it
    sealed   INTEGER,
    -- 0 while a change it builds on is missing
    applied  INTEGER NOT NULL
);
CREATE INDEX change_by_time ON change (at_ms, hash) WHERE part <= 1;
CREATE INDEX change_undoing ON change (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX change_grouped ON change (grouped) WHERE grouped IS NOT NULL;
CREATE INDEX change_to_seal ON change (n) WHERE own = 1 AND sealed IS NULL;
CREATE INDEX change_sealed ON change (sealed) WHERE sealed IS NOT NULL;
CREATE INDEX change_waiting ON change (n) WHERE applied = 0;
CREATE INDEX change_by_member ON change (by, at_ms);

-- The document as a whole, so that opening need not replay the log.
CREATE TABLE checkpoint (
    n     INTEGER PRIMARY KEY CHECK (n = 1),
    upto  INTEGER NOT NULL,
    bytes BLOB NOT NULL
);

-- This device's sealed records. They stay: a relay that lost its disk is refilled from them.
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY,
    bytes    BLOB NOT NULL
);

-- The read model: what is common to all kinds; the kinds' own tables follow from the schema.
CREATE TABLE record (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL COLLATE NOCASE,
    folded     TEXT NOT NULL,
    archived   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX record_by_title ON record (kind, archived, title);
CREATE INDEX record_by_folded ON record (folded);

CREATE TABLE history (
    n        INTEGER PRIMARY KEY,
    record   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    -- empty: the record was made, value holds its first values by key
    key      TEXT NOT NULL,
    counter  INTEGER NOT NULL,
    change   INTEGER NOT NULL REFERENCES change (n),
    -- JSON; null: cleared, removed
    value    TEXT,
    -- operations replaced: counter@actor, separated by spaces
    replaced TEXT NOT NULL
);
CREATE INDEX history_by_record ON history (record, key);
CREATE INDEX history_by_change ON history (change);

CREATE TABLE conflict (
    record   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    key      TEXT NOT NULL,
    -- JSON list of {value, change}, the shown one first
    stated   TEXT NOT NULL,
    PRIMARY KEY (record, key)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE record_text USING fts5 (
    title, body,
    content = '', contentless_delete = 1,
    prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);

-- What is of this file alone and never leaves it: cursor, device, peers.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
