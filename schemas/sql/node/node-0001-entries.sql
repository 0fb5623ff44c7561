-- The node's store: append-only, rows in order of their small integer ids. No row is found by a random key: what is
-- looked up by one lives in memory and is rebuilt from `facts` at start. Blobs called "sealed" are XChaCha20-Poly1305
-- under the data key of their period, bound to table and id; the keys live outside this file.

-- What the store belongs to. `proof` is a keyed hash under the pepper, so that wrong keys are found before any write.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    consortium TEXT NOT NULL,
    proof BLOB NOT NULL CHECK (length(proof) = 32)
) STRICT;

-- One row a log entry: RFC 6962 leaf hash of the blinded leaf.
CREATE TABLE leaf (
    log_index INTEGER PRIMARY KEY CHECK (log_index >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Full tiles of the tree (C2SP tlog-tiles, 256 hashes), written once when complete.
CREATE TABLE tile (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 63),
    tile_index INTEGER NOT NULL CHECK (tile_index >= 0),
    hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
    PRIMARY KEY (level, tile_index)
) STRICT, WITHOUT ROWID;

-- What the core needs of an entry, compact and sealed: a start reads this table alone.
CREATE TABLE facts (
    log_index INTEGER PRIMARY KEY REFERENCES leaf (log_index),
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- The signed envelope and the leaf's opening, sealed.
CREATE TABLE evidence (
    log_index INTEGER PRIMARY KEY REFERENCES leaf (log_index),
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- The salts of the entry's commitments, sealed. Apart, so that an opening can be erased while its evidence stays.
CREATE TABLE opening (
    log_index INTEGER PRIMARY KEY REFERENCES leaf (log_index),
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- Tokens of the identifiers first met in one entry, sealed under the token key: a key rotation rewrites this table.
CREATE TABLE token (
    first_identifier INTEGER PRIMARY KEY CHECK (first_identifier >= 0),
    log_index INTEGER NOT NULL REFERENCES leaf (log_index),
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- Nonces redeemed in one transaction (16-byte digests), kept until the last of them has expired.
CREATE TABLE nonce (
    batch INTEGER PRIMARY KEY,
    last_expiry INTEGER NOT NULL,
    digests BLOB NOT NULL CHECK (length(digests) % 24 = 0)
) STRICT;

-- Every checkpoint that was signed, before anybody saw it.
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY CHECK (size >= 0),
    note TEXT NOT NULL
) STRICT;
