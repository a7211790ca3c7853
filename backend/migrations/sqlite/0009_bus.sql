-- The event bus: rules, how far each has read, what is on its way to its target, what was given up.

CREATE TABLE rules (
    id       BLOB    NOT NULL PRIMARY KEY,  -- UUID
    shop     TEXT    NOT NULL,              -- '-': every shop's, the operator's
    name     TEXT    NOT NULL,
    body     TEXT    NOT NULL,              -- JSON of core's api::RuleBody
    secret   BLOB    NOT NULL,              -- signs webhooks, so it must be known as it is
    enabled  INTEGER NOT NULL,
    UNIQUE (shop, name)
) STRICT;

-- How far a rule has read: 0, a shop's stream, by its versions; 1, what others put on its bus, by
-- their sequence. A shop without a row is read from its beginning.
CREATE TABLE rule_cursors (
    rule     BLOB    NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    shop     TEXT    NOT NULL,
    stream   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (rule, shop, stream)
) STRICT, WITHOUT ROWID;

-- Deliveries still to be made, in order within their lane: an order, or what else keeps its order.
-- Of a lane only the first has a time; when it is done, the next one gets its own.
CREATE TABLE rule_dues (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule     BLOB    NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    lane     BLOB    NOT NULL,
    envelope TEXT    NOT NULL,
    replay   TEXT,                          -- the name of the replay that it belongs to
    since    INTEGER,                       -- unix ms, when it became the first of its lane
    next_at  INTEGER,                       -- unix ms, when to try (again)
    tries    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rule_dues_by_lane ON rule_dues (rule, lane, id);
CREATE INDEX rule_dues_by_time ON rule_dues (rule, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE dead_letters (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule     BLOB    NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    lane     BLOB    NOT NULL,
    envelope TEXT    NOT NULL,
    replay   TEXT,
    at       INTEGER NOT NULL,              -- unix ms
    tries    INTEGER NOT NULL,
    why      TEXT    NOT NULL
) STRICT;
CREATE INDEX dead_letters_by_rule ON dead_letters (rule, id);

-- Who else may put events on a shop's bus. Keys are here as hashes only.
CREATE TABLE sources (
    id       BLOB    NOT NULL PRIMARY KEY,  -- UUID
    shop     TEXT    NOT NULL,
    name     TEXT    NOT NULL,              -- the `source` of its events
    key_hash BLOB    NOT NULL UNIQUE,
    at       INTEGER NOT NULL,              -- unix ms
    UNIQUE (shop, name)
) STRICT;

-- What they put there: in no shop's stream, so that nothing can fold it into an order. It may hold
-- whatever they say, also about people: it goes after 30 days.
CREATE TABLE put_events (
    seq         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id          BLOB    NOT NULL UNIQUE,    -- UUID: of the source's id and the idempotency key
    shop        TEXT    NOT NULL,
    at          INTEGER NOT NULL,           -- unix ms
    digest      BLOB    NOT NULL,           -- SHA-256 of the body it came with
    source      TEXT    NOT NULL,
    detail_type TEXT    NOT NULL,
    detail      TEXT    NOT NULL            -- JSON
) STRICT;
CREATE INDEX put_events_by_shop ON put_events (shop, seq);

-- What is played again for a rule: a row for each stream, gone when it is read to its end.
CREATE TABLE replays (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule       BLOB    NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL,            -- the mark on its envelopes
    shop       TEXT    NOT NULL,
    stream     INTEGER NOT NULL,            -- as in rule_cursors
    position   INTEGER NOT NULL,            -- read up to
    last       INTEGER NOT NULL,            -- where its span ends
    from_at    INTEGER NOT NULL,            -- unix ms, when the first event of its span happened
    started_at INTEGER NOT NULL,            -- unix ms
    speed      INTEGER NOT NULL,            -- how many times as fast; 0: as fast as it goes
    pattern    TEXT
) STRICT;
CREATE INDEX replays_by_rule ON replays (rule);

-- What a shop is like as of a version is folded from these alone; there are few.
CREATE INDEX events_of_shops ON events (shop, version) WHERE order_id IS NULL;
