-- Staff as who runs the shop sees them: invited, come in, removed. Their names are in staff_names.
-- An organiser's shop is '': every shop.

ALTER TABLE staff ADD COLUMN joined_at INTEGER;   -- when they first came in; none: invited
ALTER TABLE staff ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0; -- role changed, or removed
ALTER TABLE staff ADD COLUMN removed_at INTEGER;  -- the row stays, so that erasing finds the name
UPDATE staff SET joined_at = 0; -- up to now they were made when they came in
CREATE INDEX staff_shop ON staff (shop);

ALTER TABLE link ADD COLUMN staff BLOB; -- whom it lets in; none: a display, or of an older server
CREATE INDEX link_staff ON link (staff) WHERE staff IS NOT NULL;
