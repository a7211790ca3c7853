-- PINs, by which the staff change hands at one tablet. A PIN is here as a slow hash under the
-- server's key, and is good only at a device that is signed in.

CREATE TABLE pin (
    staff BLOB NOT NULL PRIMARY KEY,        -- UUID
    salt  BLOB NOT NULL,
    hash  BLOB NOT NULL                     -- Argon2id, keyed; see identity/pin/hash.rs
) STRICT, WITHOUT ROWID;

-- Tries that have not been right (yet): each is counted before it is compared.
CREATE TABLE pin_tries (
    staff  BLOB    NOT NULL,
    tablet BLOB    NOT NULL,
    tries  INTEGER NOT NULL,
    PRIMARY KEY (staff, tablet)
) STRICT, WITHOUT ROWID;

-- What was begun by PIN at a device ends with the device's own session.
ALTER TABLE family ADD COLUMN tablet TEXT GENERATED ALWAYS AS (who ->> '$.tablet') VIRTUAL;
CREATE INDEX family_tablet ON family (tablet) WHERE tablet IS NOT NULL;
