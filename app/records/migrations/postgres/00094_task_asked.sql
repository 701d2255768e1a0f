-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- What whoever closed a task was asked before, as the audit trail has it ("unasked,early"): a person is not
-- told a second time in a shift that nobody recorded a patient's allergies. Of what was closed before it is
-- not known, and they are told.
ALTER TABLE tasks ADD COLUMN asked TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE gate SET schema = 94;
