-- Journeys that their customers let others look at, by a link. Erasable, and gone with age.
CREATE TABLE shared_journeys (
    order_id BLOB    NOT NULL PRIMARY KEY,
    shop     TEXT    NOT NULL,
    hash     BLOB    NOT NULL UNIQUE, -- of the link's secret
    at       INTEGER NOT NULL         -- unix ms, when it was shared
) STRICT, WITHOUT ROWID;
