-- +goose Up

-- Where the station was: its network address as the server saw it, or the
-- machine's name. Lines with an address are linked in their third form.
ALTER TABLE audit ADD COLUMN address TEXT NOT NULL DEFAULT '';

UPDATE gate SET schema = 11;
