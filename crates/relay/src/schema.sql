-- One life of a workspace's log. Numbers of records mean something only within it.
CREATE TABLE workspace (
    key        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    log        BLOB NOT NULL,
    founder    BLOB NOT NULL,
    created_s  INTEGER NOT NULL,
    head       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Devices that were let in, each with the end of its chain.
CREATE TABLE member (
    key        INTEGER PRIMARY KEY,
    workspace  INTEGER NOT NULL REFERENCES workspace (key),
    device     BLOB NOT NULL,
    admitted_s INTEGER NOT NULL,
    token      BLOB,          -- the invite's one-time public key; none for the founder and those vouched for
    invited_by BLOB,
    last_seq   INTEGER NOT NULL DEFAULT 0,
    last_hash  BLOB NOT NULL,
    UNIQUE (workspace, device),
    UNIQUE (workspace, token)
) STRICT;

CREATE TABLE record (
    workspace  INTEGER NOT NULL REFERENCES workspace (key),
    seq        INTEGER NOT NULL,
    member     INTEGER NOT NULL REFERENCES member (key),
    device_seq INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    bytes      BLOB NOT NULL,
    UNIQUE (workspace, seq),
    UNIQUE (member, device_seq)
) STRICT;
