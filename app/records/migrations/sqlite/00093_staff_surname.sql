-- +goose Up

-- Colleagues of one surname are looked for whenever a list of the record names people, also
-- while a task is closed: without an index that reads all of the staff each time.
CREATE INDEX staff_by_surname ON staff (UPPER(surname));

UPDATE gate SET schema = 93;
