-- The custodian's book: what each member had evaluated, and which requests were answered. Nothing here is derived from
-- an identifier. Who can write to this file can give a member back its budget, let a request be replayed until its
-- signature has expired, or let an older registry be served by again; key shares are elsewhere.

-- Whose book this is: another custodian's or consortium's is refused.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    consortium TEXT NOT NULL,
    custodian TEXT NOT NULL
) STRICT;

-- The newest registry version ever served by: after a restart an older file, in which a member suspended since then
-- is not yet suspended, is refused.
CREATE TABLE registry (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

-- Tokens evaluated, counted before the evaluation. `day` counts from 1970-01-01 in the policy's time zone. Rows are
-- kept, to be reconciled with the tokens that the node was presented.
CREATE TABLE spent (
    day INTEGER NOT NULL,
    member TEXT NOT NULL,
    key_class TEXT NOT NULL,
    purpose TEXT NOT NULL,
    tokens INTEGER NOT NULL CHECK (tokens >= 0),
    PRIMARY KEY (day, member, key_class, purpose)
) STRICT, WITHOUT ROWID;

-- Nonces redeemed in one transaction (16-byte digest and 8-byte expiry each), kept until the last has expired
-- (milliseconds since 1970-01-01T00:00:00Z).
CREATE TABLE nonce (
    batch INTEGER PRIMARY KEY,
    last_expiry INTEGER NOT NULL,
    digests BLOB NOT NULL CHECK (length(digests) % 24 = 0)
) STRICT;
