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

-- How far a rule has read each shop's stream. A shop without a row is read from its beginning.
CREATE TABLE rule_cursors (
    rule    BLOB    NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    shop    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (rule, shop)
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

-- What a shop is like as of a version is folded from these alone; there are few.
CREATE INDEX events_of_shops ON events (shop, version) WHERE order_id IS NULL;
