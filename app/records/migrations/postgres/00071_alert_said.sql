-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- sent is the patient's number as the source sent it, holders how many have it.
-- again is how many further alerts its ID raised after this one: 2 is "again:2:ID".
ALTER TABLE alerts ADD COLUMN sent    TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN holders TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN again   BIGINT NOT NULL DEFAULT 0;

-- change (JSON) is what an update of an alert changed; '' is none.
ALTER TABLE moves ADD COLUMN change TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE gate SET schema = 71;
