-- Tokens evaluated under budget grants of the registry, counted before the evaluation and apart from the days' budgets.
-- A grant that is renewed under its name goes on from what was used of it; one of the same name for another member or
-- purpose starts anew. Rows are kept, as those of `spent` are. Who can write here can give a member back a grant.
CREATE TABLE granted (
    name TEXT NOT NULL,
    member TEXT NOT NULL,
    purpose TEXT NOT NULL,
    key_class TEXT NOT NULL,
    tokens INTEGER NOT NULL CHECK (tokens >= 0),
    PRIMARY KEY (name, member, purpose, key_class)
) STRICT, WITHOUT ROWID;
