-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- A number belongs to one patient if it is their own; others may be shared. given_to
-- is the patient who had it first; patient is the survivor after a merge. former: it
-- was the patient's before, or of a record that was merged; it still finds them.
ALTER TABLE identifiers DROP CONSTRAINT identifiers_pkey;
ALTER TABLE identifiers ADD PRIMARY KEY (authority, type, value, patient);
ALTER TABLE identifiers ADD COLUMN given_to TEXT COLLATE "C" REFERENCES patients (id);
ALTER TABLE identifiers ADD COLUMN former   BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE identifiers i SET former = TRUE, given_to = m.id
    FROM (SELECT merged_into, mrn, MIN(id) AS id FROM patients WHERE merged_into IS NOT NULL GROUP BY merged_into, mrn) m
    WHERE m.merged_into = i.patient AND m.mrn = i.value AND i.type = 'MRN';
UPDATE identifiers SET given_to = patient WHERE given_to IS NULL;
ALTER TABLE identifiers ALTER COLUMN given_to SET NOT NULL;
CREATE UNIQUE INDEX identifiers_own ON identifiers (authority, type, value) WHERE type IN ('MRN', 'MRT', 'PI');

-- since is a day; NULL: nobody said.
ALTER TABLE allergies ADD COLUMN type   TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN code   TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN system TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE allergies ADD COLUMN since  BIGINT;

-- born_in: '' the whole date, 'month', 'year'. cleaned: the name held what steers a
-- screen. told (JSON): since when each thing was said by another system.
ALTER TABLE patients ADD COLUMN born_in TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE patients ADD COLUMN cleaned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE patients ADD COLUMN died    BIGINT;
ALTER TABLE patients ADD COLUMN told    TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Records that another system holds for one person's. They stay apart.
CREATE TABLE patient_links (
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    other   TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    at      BIGINT NOT NULL,
    PRIMARY KEY (patient, other)
);

-- Every merge, so that a wrong one can be undone. kept (JSON) is what charted_for
-- and given_to do not tell of how the two were.
CREATE TABLE merges (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    survivor  TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    merged    TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    at        BIGINT NOT NULL,
    by_staff  TEXT COLLATE "C" NOT NULL, -- '': another system
    kept      TEXT COLLATE "C" NOT NULL,
    undone    BIGINT,
    undone_by TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason    TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX merges_merged ON merges (merged, at);
CREATE TRIGGER merges_no_delete BEFORE DELETE OR TRUNCATE ON merges FOR EACH STATEMENT EXECUTE FUNCTION append_only();

UPDATE gate SET schema = 73;
