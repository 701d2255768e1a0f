-- +goose Up

-- Who sent a result is no part of what it is a result of: a correction may come from
-- an application that got another name.
UPDATE results SET item = SUBSTR(item, 1, LENGTH(item) - LENGTH(source) - 1) WHERE item <> '';

UPDATE gate SET schema = 77;
