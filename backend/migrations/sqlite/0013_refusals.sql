-- Refusals by the workflow, kept under their keys for an hour: a copy of what was refused is refused
-- alike, however late it comes. It only grows at its end, as the answers do; what came with the key
-- is not in it.
CREATE TABLE refusals (
    id        INTEGER NOT NULL PRIMARY KEY,
    scope     BLOB    NOT NULL, -- hash of principal, key and route
    at        INTEGER NOT NULL,
    rejection TEXT    NOT NULL
) STRICT;
