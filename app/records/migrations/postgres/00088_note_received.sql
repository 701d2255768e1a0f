-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- A note that was typed earlier is dated when it was written; when the record took it
-- stands beside that. NULL is: at the same time.
ALTER TABLE notes ADD COLUMN received BIGINT;

UPDATE gate SET schema = 88;
