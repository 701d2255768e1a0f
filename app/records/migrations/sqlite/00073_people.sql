-- +goose Up

-- A number belongs to one patient if it is their own; others may be shared. given_to
-- is the patient who had it first; patient is the survivor after a merge. former: it
-- was the patient's before, or of a record that was merged; it still finds them.
CREATE TABLE identifiers_of_patients (
    authority TEXT NOT NULL,
    type      TEXT NOT NULL,
    value     TEXT NOT NULL,
    patient   TEXT NOT NULL REFERENCES patients (id),
    given_to  TEXT NOT NULL REFERENCES patients (id),
    former    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (authority, type, value, patient)
);
INSERT INTO identifiers_of_patients (authority, type, value, patient, given_to, former)
    SELECT i.authority, i.type, i.value, i.patient,
        COALESCE((SELECT MIN(p.id) FROM patients p WHERE p.merged_into = i.patient AND p.mrn = i.value AND i.type = 'MRN'), i.patient),
        EXISTS (SELECT 1 FROM patients p WHERE p.merged_into = i.patient AND p.mrn = i.value AND i.type = 'MRN')
    FROM identifiers i;
DROP TABLE identifiers;
ALTER TABLE identifiers_of_patients RENAME TO identifiers;
CREATE INDEX identifiers_patient ON identifiers (patient);
CREATE INDEX identifiers_number ON identifiers (value, type);
CREATE UNIQUE INDEX identifiers_own ON identifiers (authority, type, value) WHERE type IN ('MRN', 'MRT', 'PI');

-- since is a day; NULL: nobody said.
ALTER TABLE allergies ADD COLUMN type   TEXT NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN code   TEXT NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN system TEXT NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN since  BIGINT;

-- born_in: '' the whole date, 'month', 'year'. cleaned: the name held what steers a
-- screen. told (JSON): since when each thing was said by another system.
ALTER TABLE patients ADD COLUMN born_in TEXT NOT NULL DEFAULT '';
ALTER TABLE patients ADD COLUMN cleaned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE patients ADD COLUMN died    BIGINT;
ALTER TABLE patients ADD COLUMN told    TEXT NOT NULL DEFAULT '';

-- Records that another system holds for one person's. They stay apart.
CREATE TABLE patient_links (
    patient TEXT NOT NULL REFERENCES patients (id),
    other   TEXT NOT NULL REFERENCES patients (id),
    at      BIGINT NOT NULL,
    PRIMARY KEY (patient, other)
);

-- Every merge, so that a wrong one can be undone. kept (JSON) is what charted_for
-- and given_to do not tell of how the two were.
CREATE TABLE merges (
    id        TEXT NOT NULL PRIMARY KEY,
    survivor  TEXT NOT NULL REFERENCES patients (id),
    merged    TEXT NOT NULL REFERENCES patients (id),
    at        BIGINT NOT NULL,
    by_staff  TEXT NOT NULL, -- '': another system
    kept      TEXT NOT NULL,
    undone    BIGINT,
    undone_by TEXT NOT NULL DEFAULT '',
    reason    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX merges_merged ON merges (merged, at);
-- +goose StatementBegin
CREATE TRIGGER merges_no_delete BEFORE DELETE ON merges
BEGIN
    SELECT RAISE(ABORT, 'a merge is never forgotten');
END;
-- +goose StatementEnd

UPDATE gate SET schema = 73;
