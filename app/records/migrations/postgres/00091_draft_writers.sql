-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- A draft belongs to the edit that wrote it: one nurse who types at two stations has two,
-- and neither writes over the other. An edit that goes on with a draft takes it over, so
-- that the one before finds its own gone, and writes another. Drafts of before have no
-- writer until somebody goes on with them.
ALTER TABLE drafts ADD COLUMN writer TEXT COLLATE "C" NOT NULL DEFAULT ''; -- ID of the edit
ALTER TABLE drafts ADD COLUMN station TEXT COLLATE "C" NOT NULL DEFAULT ''; -- where it was written last
ALTER TABLE drafts DROP CONSTRAINT drafts_pkey;
ALTER TABLE drafts ADD PRIMARY KEY (staff, patient, section, writer);

UPDATE gate SET schema = 91;
