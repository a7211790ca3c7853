-- Who may come in: single-use links, staff and their names, sessions. Secrets are here as hashes only.

CREATE TABLE link (
    secret_hash BLOB PRIMARY KEY,
    shop        TEXT NOT NULL,
    link_for    TEXT NOT NULL,              -- barista, manager, display
    name        TEXT,                       -- of a member of staff; gone once redeemed
    expires_at  INTEGER NOT NULL,           -- unix ms, as every time here
    redeemed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id   BLOB PRIMARY KEY,                  -- UUID
    shop TEXT NOT NULL,
    role TEXT NOT NULL                      -- barista, manager; names are in staff_names
) STRICT, WITHOUT ROWID;

-- A session from sign-in to sign-out: the family of its refresh tokens, of which one is good.
CREATE TABLE family (
    id            BLOB PRIMARY KEY,         -- UUID
    who           TEXT NOT NULL,            -- JSON of core's api::Who
    current_hash  BLOB NOT NULL,            -- the refresh token that is good
    previous_hash BLOB,                     -- the one before it, good for a moment after rotated_at
    rotated_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    ended_at      INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX family_ended ON family (ended_at) WHERE ended_at IS NOT NULL;
