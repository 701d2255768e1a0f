-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- A number is one and the same whatever its case and its blanks: "700 4821", "7004821".
-- It is kept as it was sent. Records of before may hold two patients whose numbers
-- differ by that alone: so the index is not unique.
CREATE INDEX identifiers_folded ON identifiers (LOWER(REPLACE(value, ' ', '')), type);

UPDATE gate SET schema = 80;
