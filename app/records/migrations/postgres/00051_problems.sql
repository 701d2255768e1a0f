-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Who resolved a problem.
ALTER TABLE problems ADD COLUMN resolved_by TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE gate SET schema = 51;
