-- The journal and what is written in the same transaction. Never edit: add the next number.

-- Tables of long rows have a rowid: without one SQLite puts whatever is beyond 1,000 bytes of a row
-- into a page of its own, and every command would write three such pages more.

-- The truth. `body` is the whole event; the other columns are there to find it.
CREATE TABLE events (
    shop     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    at       INTEGER NOT NULL, -- ms since 1970
    type     TEXT    NOT NULL,
    order_id BLOB,
    body     TEXT    NOT NULL,
    PRIMARY KEY (shop, version)
) STRICT;

-- One row a shop; guards the version, and tells at start-up whom time acts on next.
CREATE TABLE shops (
    shop          TEXT    NOT NULL PRIMARY KEY,
    version       INTEGER NOT NULL,
    next_deadline INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX shops_by_deadline ON shops (next_deadline) WHERE next_deadline IS NOT NULL;

-- What codes and pseudonyms are made from. Apart from the journal, since that may be shown.
CREATE TABLE secrets (
    shop   TEXT NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Disposable: without it, or in another format, the events are folded from the first on.
CREATE TABLE snapshots (
    shop    TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    format  INTEGER NOT NULL,
    body    BLOB    NOT NULL
) STRICT;

-- How orders are read and listed. Identifiers are UUIDv7: they sort by time.
CREATE TABLE orders (
    order_id      BLOB    NOT NULL PRIMARY KEY,
    shop          TEXT    NOT NULL,
    customer      BLOB    NOT NULL,
    state         TEXT    NOT NULL,
    first_version INTEGER NOT NULL, -- of its events in the shop's stream
    version       INTEGER NOT NULL,
    view          TEXT    NOT NULL  -- as staff see it, without names
) STRICT;
-- Also how a customer's own are found: reading this from its end costs less than an index over
-- random pseudonyms, of which each order would dirty a page.
CREATE INDEX orders_by_shop ON orders (shop, order_id, customer);
CREATE INDEX orders_by_state ON orders (shop, state, order_id);

-- Names: erasable.
CREATE TABLE names (
    order_id BLOB NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_names (
    staff BLOB NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Accepted answers, kept for 24 hours, and which key each is for. Both only grow at their end: the
-- server keeps in memory where a key lies.
CREATE TABLE idempotency (
    id     INTEGER NOT NULL PRIMARY KEY,
    digest BLOB    NOT NULL,
    answer BLOB    NOT NULL
) STRICT;
CREATE TABLE idempotency_keys (
    id    INTEGER NOT NULL PRIMARY KEY,
    scope BLOB    NOT NULL, -- hash of principal, key and route
    at    INTEGER NOT NULL
) STRICT;
