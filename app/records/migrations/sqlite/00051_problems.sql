-- +goose Up

-- Who resolved a problem.
ALTER TABLE problems ADD COLUMN resolved_by TEXT NOT NULL DEFAULT '';

UPDATE gate SET schema = 51;
