-- The gateway's outbox and file: what the lender handed over, what was sent for it, what came back. Blobs called
-- "sealed" are XChaCha20-Poly1305 under the gateway's data key, bound to table and id; the key lives outside this file.

-- Whose file this is. `proof` is a keyed hash under the data key, so that a wrong key is found before any write.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    consortium TEXT NOT NULL,
    member TEXT NOT NULL,
    proof BLOB NOT NULL CHECK (length(proof) = 32)
) STRICT;

-- What was signed for sending. It is kept from before the first attempt on, so that whatever happens the same bytes
-- are sent again under the same id. 1 open, 2 delivered, 3 superseded (its records were refused or grouped anew).
-- Of a superseded one stays what tells its envelope again, in case the node had taken it all the same.
CREATE TABLE submission (
    submission_id BLOB PRIMARY KEY CHECK (length(submission_id) = 16),
    made_at INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    envelope_hash BLOB NOT NULL UNIQUE CHECK (length(envelope_hash) = 32),
    key_id BLOB NOT NULL CHECK (length(key_id) = 16),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- Sealed: envelope, epoch and openings; gone once superseded.
    request BLOB,
    -- The records in it, 16 bytes each, in their order.
    records BLOB NOT NULL CHECK (length(records) % 16 = 0),
    CHECK ((state = 3) = (request IS NULL))
) STRICT, WITHOUT ROWID;

-- One at a time, so that records arrive in the order in which they were accepted.
CREATE UNIQUE INDEX submission_open ON submission (state) WHERE state = 1;

-- The receipts of a submission (C2SP tlog-proof files), sealed.
CREATE TABLE receipt (
    receipt_id INTEGER PRIMARY KEY,
    submission_id BLOB NOT NULL REFERENCES submission (submission_id),
    sealed BLOB NOT NULL
) STRICT;

-- One row a record, in the order of acceptance. 1 queued, 2 delivered, 3 refused.
CREATE TABLE record (
    position INTEGER PRIMARY KEY,
    record_id BLOB NOT NULL UNIQUE CHECK (length(record_id) = 16),
    accepted_at INTEGER NOT NULL,
    -- Keyed hash of the record's content: tells a repetition from a conflict after the clear text is gone.
    content BLOB NOT NULL CHECK (length(content) = 32),
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    -- Sealed clear text; gone once delivered.
    clear BLOB,
    submission_id BLOB REFERENCES submission (submission_id),
    receipt_id INTEGER REFERENCES receipt (receipt_id),
    -- Sealed problem details of a refusal.
    problem BLOB,
    CHECK ((state = 2) = (clear IS NULL)),
    CHECK ((state = 2) = (receipt_id IS NOT NULL)),
    CHECK ((state = 3) = (problem IS NOT NULL))
) STRICT;

CREATE INDEX record_queued ON record (position) WHERE state = 1;

-- Checks that were answered: request, signed answer and dropped fields, sealed, for the lender's files.
CREATE TABLE answer (
    check_id BLOB PRIMARY KEY CHECK (length(check_id) = 16),
    answered_at INTEGER NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
