-- +goose Up

-- Which entry a save made, so that a conflict can show what came between.
ALTER TABLE saves ADD COLUMN patient TEXT NOT NULL DEFAULT '';
ALTER TABLE saves ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE saves ADD COLUMN entry   TEXT NOT NULL DEFAULT '';
CREATE INDEX saves_section ON saves (patient, section, version);

-- Signed entries are amended, never edited: each amendment keeps the entry as it
-- was and as it became (JSON). The entry's own table shows how it stands.
CREATE TABLE amendments (
    entry    TEXT NOT NULL,
    n        BIGINT NOT NULL,
    section  TEXT NOT NULL,
    was      TEXT NOT NULL,
    became   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    by_staff TEXT NOT NULL,
    by_name  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (entry, n)
);
-- +goose StatementBegin
CREATE TRIGGER amendments_no_update BEFORE UPDATE ON amendments
BEGIN
    SELECT RAISE(ABORT, 'amendments are append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER amendments_no_delete BEFORE DELETE ON amendments
BEGIN
    SELECT RAISE(ABORT, 'amendments are append-only');
END;
-- +goose StatementEnd

-- A patient's times in the house, and the beds of each.
CREATE TABLE encounters (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    admitted    BIGINT NOT NULL,
    discharged  BIGINT, -- NULL: still here
    reason      TEXT NOT NULL
);
CREATE INDEX encounters_patient ON encounters (patient, admitted);
CREATE UNIQUE INDEX encounters_open ON encounters (patient) WHERE discharged IS NULL;

CREATE TABLE stays (
    encounter TEXT NOT NULL REFERENCES encounters (id),
    n         BIGINT NOT NULL,
    ward      TEXT NOT NULL,
    bed       TEXT NOT NULL, -- '': on the ward without a bed
    since     BIGINT NOT NULL,
    until     BIGINT, -- NULL: still there
    PRIMARY KEY (encounter, n)
);
CREATE INDEX stays_bed ON stays (ward, bed, since);

INSERT INTO encounters (id, patient, charted_for, admitted, discharged, reason)
    SELECT 'first-' || id, id, id, COALESCE(admitted, changed), NULL, reason FROM patients WHERE ward IS NOT NULL;
INSERT INTO stays (encounter, n, ward, bed, since, until)
    SELECT 'first-' || id, 1, ward, COALESCE(bed, ''), COALESCE(admitted, changed), NULL FROM patients WHERE ward IS NOT NULL;

CREATE TABLE problems (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    code        TEXT NOT NULL,
    system      TEXT NOT NULL,
    text        TEXT NOT NULL,
    onset       BIGINT,
    noted       BIGINT NOT NULL,
    by_staff    TEXT NOT NULL,
    resolved    BIGINT
);
CREATE INDEX problems_patient ON problems (patient, noted);

-- What is to be done for a patient by a time: tasks, and medicines due.
CREATE TABLE tasks (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    dose        TEXT NOT NULL,
    route       TEXT NOT NULL,
    due         BIGINT NOT NULL,
    made        BIGINT NOT NULL,
    by_staff    TEXT NOT NULL,
    outcome     TEXT NOT NULL, -- '': open
    closed      BIGINT,
    closed_by   TEXT NOT NULL,
    reason      TEXT NOT NULL
);
CREATE INDEX tasks_open ON tasks (patient, due) WHERE closed IS NULL;
CREATE INDEX tasks_patient ON tasks (patient, due);

-- NULL: the person's own role.
ALTER TABLE staff_wards ADD COLUMN role TEXT;

-- A patient's sets lie together, newest last, so that a board reads them in one
-- stretch and not one by one from all over the file.
CREATE TABLE observations_by_patient (
    id          TEXT NOT NULL,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    taken       BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    rr          DOUBLE PRECISION,
    spo2        DOUBLE PRECISION,
    oxygen      INTEGER,
    sbp         DOUBLE PRECISION,
    dbp         DOUBLE PRECISION,
    pulse       DOUBLE PRECISION,
    acvpu       TEXT NOT NULL,
    temp        DOUBLE PRECISION,
    scale2      INTEGER NOT NULL,
    source      TEXT NOT NULL,
    by_staff    TEXT NOT NULL,
    PRIMARY KEY (patient, taken, id)
) WITHOUT ROWID;
INSERT INTO observations_by_patient SELECT * FROM observations ORDER BY patient, taken, id;
DROP TABLE observations;
ALTER TABLE observations_by_patient RENAME TO observations;
CREATE UNIQUE INDEX observations_id_key ON observations (id);

-- In the words of the queries, so that SQLite sees that it serves them.
DROP INDEX alerts_open;
CREATE INDEX alerts_open ON alerts (ward) WHERE resolved = FALSE;

UPDATE gate SET schema = 3;
