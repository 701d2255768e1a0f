-- +goose Up

-- What was said of where a patient is, each thing once. Where they are, and their
-- encounters, follow from all of it: see package place. charted_for is whom it was
-- said of; patient is the survivor after a merge. flags (JSON) are those that the
-- patient had when the visit that began with this event was left; '' is not left.
CREATE TABLE place_events (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    n           BIGINT NOT NULL, -- in which order it came
    at          BIGINT NOT NULL, -- when it happened
    payload     TEXT NOT NULL,
    flags       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX place_events_patient ON place_events (patient, n);

-- patients.bed is NULL from here on, for ever: its rule "one bed, one patient"
-- cannot be dropped, and the ward knows who lies where before the feed does.
-- bed_name takes its place; two may have the same, and are shown so.
ALTER TABLE patients ADD COLUMN bed_name TEXT;
ALTER TABLE patients ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE patients ADD COLUMN leave_since BIGINT;
ALTER TABLE patients ADD COLUMN planned TEXT NOT NULL DEFAULT ''; -- JSON; '': nothing
ALTER TABLE patients ADD COLUMN visit TEXT NOT NULL DEFAULT ''; -- the event with which it began
UPDATE patients SET bed_name = bed, bed = NULL;
CREATE INDEX patients_place ON patients (ward, bed_name);

-- folded: it follows from place_events. ended: how ('': discharged, or not).
ALTER TABLE encounters ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE encounters ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN class TEXT NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN ended TEXT NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN pregnant INTEGER NOT NULL DEFAULT 0;
ALTER TABLE encounters ADD COLUMN flags TEXT NOT NULL DEFAULT '';
ALTER TABLE stays ADD COLUMN room TEXT NOT NULL DEFAULT '';

-- A ward is its site and the code that the site gives it. The code of a ward that
-- is there is its name if its ID was made of that, else its ID.
ALTER TABLE wards ADD COLUMN code TEXT NOT NULL DEFAULT '';
UPDATE wards SET code = id;
UPDATE wards SET code = name WHERE id <> name AND name LIKE REPLACE(id, '-', '_') || CASE WHEN LENGTH(id) = 32 THEN '%' ELSE '' END
    AND NOT EXISTS (SELECT 1 FROM wards o WHERE o.site = wards.site AND o.id <> wards.id AND (o.name = wards.name OR o.id = wards.name));
CREATE UNIQUE INDEX wards_code ON wards (site, code);

-- A bed is its room and the code it has there; '' where nobody said.
ALTER TABLE beds ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE beds ADD COLUMN code TEXT NOT NULL DEFAULT '';

UPDATE gate SET schema = 72;
