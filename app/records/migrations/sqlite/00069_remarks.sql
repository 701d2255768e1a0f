-- +goose Up

-- future: dated after the record's clock when the record took it. remarks (JSON):
-- what was corrected, withdrawn, read twice; '' is none.
ALTER TABLE observations ADD COLUMN future  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observations ADD COLUMN remarks TEXT NOT NULL DEFAULT '';

UPDATE gate SET schema = 69;
