-- Whom to tell of their orders while their page is closed. Personal data, apart from the journal; it
-- goes with the session, whichever way that ends, so that no statement elsewhere can forget it.

-- One browser, at one shop.
CREATE TABLE push (
    family   BLOB    NOT NULL REFERENCES family (id) ON DELETE CASCADE,
    shop     TEXT    NOT NULL,
    customer BLOB    NOT NULL,              -- their pseudonym at this shop
    endpoint TEXT    NOT NULL,
    p256dh   BLOB    NOT NULL,
    auth     BLOB    NOT NULL,
    since    INTEGER NOT NULL,              -- version of the shop's stream: what happened up to it is not told
    at       INTEGER NOT NULL,              -- unix ms, when last renewed
    PRIMARY KEY (family, shop)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_by_customer ON push (shop, customer);

CREATE TRIGGER push_ends_with_its_session AFTER UPDATE OF ended_at ON family
WHEN NEW.ended_at IS NOT NULL
BEGIN
    DELETE FROM push WHERE family = NEW.id;
END;

-- What is still to be sent: of each order the newest alert only, since it makes older ones untrue.
CREATE TABLE push_due (
    family   BLOB    NOT NULL,
    order_id BLOB    NOT NULL,
    shop     TEXT    NOT NULL,
    version  INTEGER NOT NULL,              -- of the order, when it was decided
    alert    TEXT    NOT NULL,              -- JSON of core's board::Alert
    until    INTEGER NOT NULL,              -- unix ms: later it is not worth telling
    PRIMARY KEY (family, order_id),
    FOREIGN KEY (family, shop) REFERENCES push (family, shop) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How far each shop's stream has been read for alerts.
CREATE TABLE push_cursor (
    shop    TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
