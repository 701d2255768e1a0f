-- +goose Up

-- A number is looked for without knowing who gave it.
CREATE INDEX identifiers_number ON identifiers (value, type);

UPDATE gate SET schema = 12;
