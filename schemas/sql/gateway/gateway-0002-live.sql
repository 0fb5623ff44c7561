-- What comes unasked, and what the lender decided: notices of the node's feed, reservations, watches, shadow decisions.
-- "Sealed" as in gateway-0001. Numbers, times and ids stand open, references and contents never.

-- The last answers first: what a dry run of a decision policy goes through.
CREATE INDEX answer_time ON answer (answered_at, check_id);

-- What the shadow policy would have decided on an answer. The digests name both policies' files.
CREATE TABLE shadow (
    check_id BLOB PRIMARY KEY REFERENCES answer (check_id),
    decided_at INTEGER NOT NULL,
    active BLOB NOT NULL CHECK (length(active) = 32),
    candidate BLOB NOT NULL CHECK (length(candidate) = 32),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX shadow_pair ON shadow (active, candidate, decided_at, check_id);

-- What was asked under a reservation's id, from before it was first sent. 1 reserve, 2 confirm, 3 release.
CREATE TABLE reservation (
    reservation_id BLOB NOT NULL CHECK (length(reservation_id) = 16),
    action INTEGER NOT NULL CHECK (action IN (1, 2, 3)),
    asked_at INTEGER NOT NULL,
    -- Keyed hash of what was asked: tells a repetition from a conflict.
    content BLOB NOT NULL CHECK (length(content) = 32),
    -- Sealed: the lender's reference of the application.
    sealed BLOB NOT NULL,
    PRIMARY KEY (reservation_id, action)
) STRICT, WITHOUT ROWID;

-- Every word of the node on a reservation, with the request: what others had done is part of the first one alone.
CREATE TABLE reservation_answer (
    position INTEGER PRIMARY KEY,
    reservation_id BLOB NOT NULL,
    answered_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX reservation_answer_of ON reservation_answer (reservation_id, position);

-- How far the feed was read and acknowledged; `missing` counts sequence numbers that the node left out.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    cursor INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL CHECK (acknowledged <= cursor),
    missing INTEGER NOT NULL
) STRICT;

INSERT INTO feed (id, cursor, acknowledged, missing) VALUES (1, 0, 0, 0);

-- The node's signed lists, by the cursor that each ends at: the proof of the notices in it. Sealed.
CREATE TABLE notice_page (
    cursor INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- One row a notice. 1 waiting, 2 taken by the lender's system, 3 given up.
CREATE TABLE notice (
    sequence INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES notice_page (cursor),
    received_at INTEGER NOT NULL,
    is_correction INTEGER NOT NULL CHECK (is_correction IN (0, 1)),
    -- Keyed hash of what it is about: notices about one matter go out one after the other.
    about BLOB NOT NULL CHECK (length(about) = 32),
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    attempts INTEGER NOT NULL,
    -- Not sent before.
    next_at INTEGER NOT NULL,
    taken_at INTEGER,
    -- Sealed: the document for the lender's system.
    sealed BLOB NOT NULL,
    CHECK ((state = 2) = (taken_at IS NOT NULL))
) STRICT;

CREATE INDEX notice_waiting ON notice (about, sequence) WHERE state = 1;
CREATE INDEX notice_correction ON notice (sequence) WHERE is_correction = 1 AND state <> 2;

-- Loans that the lender wants to hear changes of. 1 to begin, 2 watched, 3 to end, 4 refused, 5 over.
CREATE TABLE watch (
    position INTEGER PRIMARY KEY,
    watch_id BLOB NOT NULL UNIQUE CHECK (length(watch_id) = 16),
    -- Keyed hash of the loan's reference.
    loan BLOB NOT NULL CHECK (length(loan) = 32),
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3, 4, 5)),
    changed_at INTEGER NOT NULL,
    -- Sealed: the loan's reference.
    sealed BLOB NOT NULL,
    -- The code of a refusal.
    refusal TEXT,
    CHECK ((state = 4) = (refusal IS NOT NULL) OR state = 5)
) STRICT;

CREATE UNIQUE INDEX watch_live ON watch (loan) WHERE state IN (1, 2, 4);
CREATE INDEX watch_unsent ON watch (changed_at, position) WHERE state IN (1, 3);
