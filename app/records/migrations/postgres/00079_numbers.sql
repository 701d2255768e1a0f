-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- When a number was last given or taken out of use by a change of number, by the time
-- of that event: an older change that comes later undoes nothing. 0: by none.
ALTER TABLE identifiers ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

-- What there was no rule for is taken by a version that has one.
DELETE FROM messages WHERE kept LIKE '%"noRule":%';

UPDATE gate SET schema = 79;
