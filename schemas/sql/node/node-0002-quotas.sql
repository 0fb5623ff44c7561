-- What each member has asked in a day, by purpose: counted in the transaction that answers, so that a restart forgives
-- nothing. Member, purpose and counts are sealed; a reader of the file sees how many pairs asked on a day, no more.
-- `line` numbers the pairs of one day in the order in which they first asked.
CREATE TABLE quota (
    day INTEGER NOT NULL CHECK (day >= 0),
    line INTEGER NOT NULL CHECK (line >= 0),
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (day, line)
) STRICT, WITHOUT ROWID;
