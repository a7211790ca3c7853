-- Staff who lead, and customers who are signed in on several phones.

-- Has this member of staff ever led a shop, or the event? Whoever has is not given another link by
-- their equals: who opens it is them.
ALTER TABLE staff ADD COLUMN led INTEGER NOT NULL DEFAULT 0;
UPDATE staff SET led = 1 WHERE role <> '"barista"';

-- Those who have signed in as somebody: their other phones are found among few.
CREATE INDEX family_signed_in ON family (id) WHERE who ->> '$.verified[0]' IS NOT NULL;
