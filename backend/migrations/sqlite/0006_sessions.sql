-- Sessions are found by who they are, to list them and to end them all, and by their shop.

ALTER TABLE family ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0; -- unix ms; 0: not noted yet
ALTER TABLE family ADD COLUMN account TEXT
    GENERATED ALWAYS AS (coalesce(who ->> '$.account', who ->> '$.staff')) VIRTUAL;
ALTER TABLE family ADD COLUMN shop TEXT
    GENERATED ALWAYS AS (who ->> '$.shop') VIRTUAL; -- of staff and displays

CREATE INDEX family_account ON family (account) WHERE account IS NOT NULL;
CREATE INDEX family_shop ON family (shop) WHERE shop IS NOT NULL;
