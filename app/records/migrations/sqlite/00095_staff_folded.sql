-- +goose Up

-- Surnames are compared as they are read, whatever their case, their accents and the bytes of a letter: the
-- database's own UPPER knows no letters beyond ASCII on one engine, and compares Müller in two spellings of ü as
-- two names on both. The program writes the column, also for those who are there.
DROP INDEX staff_by_surname;
ALTER TABLE staff ADD COLUMN folded TEXT NOT NULL DEFAULT '';
CREATE INDEX staff_by_folded ON staff (folded);

UPDATE gate SET schema = 95;
