-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- future: dated after the record's clock when the record took it. remarks (JSON):
-- what was corrected, withdrawn, read twice; '' is none.
ALTER TABLE observations ADD COLUMN future  BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE observations ADD COLUMN remarks TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE gate SET schema = 69;
