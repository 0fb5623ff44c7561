-- Large files of records or checks, taken in chunks and worked off row by row, and the tokens of known borrowers.
-- "sealed" as in gateway-0001: under the gateway's data key, bound to table and place.

-- One row a job. 1 open (takes chunks), 2 running, 3 done, 4 cancelled, 5 failed as a whole.
CREATE TABLE job (
    position INTEGER PRIMARY KEY,
    job_id BLOB NOT NULL UNIQUE CHECK (length(job_id) = 16),
    made_at INTEGER NOT NULL,
    -- Keyed hash of the description: the same id with another description is a conflict.
    content BLOB NOT NULL CHECK (length(content) = 32),
    description BLOB NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3, 4, 5)),
    chunks INTEGER,
    bytes INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER,
    ended_at INTEGER,
    -- How far it was read: the place of the next row, and the number of the last one.
    next_chunk INTEGER NOT NULL DEFAULT 0,
    next_byte INTEGER NOT NULL DEFAULT 0,
    bytes_read INTEGER NOT NULL DEFAULT 0,
    last_row INTEGER NOT NULL DEFAULT 0,
    -- Sealed names of the columns, once the header row was read.
    header BLOB,
    rows_done INTEGER NOT NULL DEFAULT 0,
    rows_failed INTEGER NOT NULL DEFAULT 0,
    tokens_reused INTEGER NOT NULL DEFAULT 0,
    tokens_bought INTEGER NOT NULL DEFAULT 0,
    -- Sealed problem that ended the job.
    problem BLOB,
    CHECK ((state = 5) = (problem IS NOT NULL)),
    CHECK ((state IN (3, 4, 5)) = (ended_at IS NOT NULL)),
    CHECK (state <> 2 OR chunks IS NOT NULL)
) STRICT;

-- The file as it came, cut anywhere, sealed; a chunk goes once every row in it was read.
CREATE TABLE job_chunk (
    job_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    bytes INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (job_id, number)
) STRICT;

-- Rows read and not yet settled, some hundreds together. 1 read, 2 signed: the same bytes are sent until answered.
-- `generation` counts how often the group was cut anew, so that another content has another batch id.
CREATE TABLE job_group (
    job_id BLOB NOT NULL,
    first_row INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (1, 2)),
    generation INTEGER NOT NULL,
    -- Sealed documents with their row numbers.
    rows BLOB NOT NULL,
    -- Sealed signed batch.
    request BLOB,
    PRIMARY KEY (job_id, first_row),
    CHECK ((state = 2) = (request IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What the node signed for a group, with the question: sealed, kept as long as the job's results.
CREATE TABLE job_batch (
    batch_id BLOB PRIMARY KEY CHECK (length(batch_id) = 16),
    job_id BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX job_batch_job ON job_batch (job_id);

-- One row a settled row of the file: 1 a result, 2 an error. Sealed: what the gateway has to say of it; an answer
-- itself stands in its batch.
CREATE TABLE job_row (
    job_id BLOB NOT NULL,
    row INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    batch_id BLOB,
    -- The check that was answered: what the node's notices name.
    check_id BLOB CHECK (length(check_id) = 16),
    sealed BLOB NOT NULL,
    PRIMARY KEY (job_id, row)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_row_error ON job_row (job_id, row) WHERE kind = 2;
CREATE INDEX job_row_check ON job_row (check_id) WHERE check_id IS NOT NULL;

-- Tokens of known borrowers: named by a keyed hash of class, epoch and input, sealed. The oldest go first.
CREATE TABLE token (
    position INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE CHECK (length(name) = 32),
    epoch INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
