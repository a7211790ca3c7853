-- What is over is found by its end, to be removed: see identity/prune.rs.
CREATE INDEX family_expires ON family (expires_at);
CREATE INDEX link_expires ON link (expires_at);
