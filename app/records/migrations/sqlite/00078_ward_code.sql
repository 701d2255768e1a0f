-- +goose Up

-- A feed asks for each ward that it names, by its code.
CREATE INDEX wards_of_code ON wards (code);

UPDATE gate SET schema = 78;
