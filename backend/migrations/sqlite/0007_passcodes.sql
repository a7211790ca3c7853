-- Signing in by one-time code. Apart from the journal, and without a number or an address: what is
-- here is a hash of it under the server's key, so that it can be recognised and not read.

-- Whose number or address is which customer at a shop. Erasable: they are another customer then.
CREATE TABLE contact (
    shop    TEXT    NOT NULL,
    mark    BLOB    NOT NULL,               -- keyed hash of shop and number or address
    account BLOB    NOT NULL,               -- UUID; its pseudonym is what the journal knows
    at      INTEGER NOT NULL,               -- unix ms, when last signed in
    PRIMARY KEY (shop, mark)
) STRICT, WITHOUT ROWID;

-- A code that a session asked for. Goes with the session, and an hour after it has expired.
CREATE TABLE passcode (
    family     BLOB    NOT NULL REFERENCES family (id) ON DELETE CASCADE,
    shop       TEXT    NOT NULL,
    mark       BLOB    NOT NULL,
    hash       BLOB    NOT NULL,            -- keyed hash of the digits, for this session, shop and contact
    sent_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    used_at    INTEGER,
    PRIMARY KEY (family, shop, mark)
) STRICT, WITHOUT ROWID;

-- What counts against the limits: each message for a day, each guess for ten minutes. `owner` is a
-- keyed hash of the number or address alone: limits hold over all shops and sessions.
CREATE TABLE passcode_sent (
    id    INTEGER NOT NULL PRIMARY KEY,
    at    INTEGER NOT NULL,
    shop  TEXT    NOT NULL,
    owner BLOB    NOT NULL
) STRICT;
CREATE INDEX passcode_sent_owner ON passcode_sent (owner, at);
CREATE TABLE passcode_guess (
    id    INTEGER NOT NULL PRIMARY KEY,
    at    INTEGER NOT NULL,
    owner BLOB    NOT NULL
) STRICT;
CREATE INDEX passcode_guess_owner ON passcode_guess (owner, at);
