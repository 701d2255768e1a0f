-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Which entry a save made, so that a conflict can show what came between.
ALTER TABLE saves ADD COLUMN patient TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE saves ADD COLUMN section TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE saves ADD COLUMN entry   TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX saves_section ON saves (patient, section, version);

-- Signed entries are amended, never edited: each amendment keeps the entry as it
-- was and as it became (JSON). The entry's own table shows how it stands.
CREATE TABLE amendments (
    entry    TEXT COLLATE "C" NOT NULL,
    n        BIGINT NOT NULL,
    section  TEXT COLLATE "C" NOT NULL,
    was      TEXT COLLATE "C" NOT NULL,
    became   TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C" NOT NULL,
    by_staff TEXT COLLATE "C" NOT NULL,
    by_name  TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (entry, n)
);
CREATE TRIGGER amendments_no_update BEFORE UPDATE ON amendments FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER amendments_no_delete BEFORE DELETE OR TRUNCATE ON amendments FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A patient's times in the house, and the beds of each.
CREATE TABLE encounters (
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    admitted    BIGINT NOT NULL,
    discharged  BIGINT, -- NULL: still here
    reason      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX encounters_patient ON encounters (patient, admitted);
CREATE UNIQUE INDEX encounters_open ON encounters (patient) WHERE discharged IS NULL;

CREATE TABLE stays (
    encounter TEXT COLLATE "C" NOT NULL REFERENCES encounters (id),
    n         BIGINT NOT NULL,
    ward      TEXT COLLATE "C" NOT NULL,
    bed       TEXT COLLATE "C" NOT NULL, -- '': on the ward without a bed
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
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    code        TEXT COLLATE "C" NOT NULL,
    system      TEXT COLLATE "C" NOT NULL,
    text        TEXT COLLATE "C" NOT NULL,
    onset       BIGINT,
    noted       BIGINT NOT NULL,
    by_staff    TEXT COLLATE "C" NOT NULL,
    resolved    BIGINT
);
CREATE INDEX problems_patient ON problems (patient, noted);

-- What is to be done for a patient by a time: tasks, and medicines due.
CREATE TABLE tasks (
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    kind        TEXT COLLATE "C" NOT NULL,
    text        TEXT COLLATE "C" NOT NULL,
    dose        TEXT COLLATE "C" NOT NULL,
    route       TEXT COLLATE "C" NOT NULL,
    due         BIGINT NOT NULL,
    made        BIGINT NOT NULL,
    by_staff    TEXT COLLATE "C" NOT NULL,
    outcome     TEXT COLLATE "C" NOT NULL, -- '': open
    closed      BIGINT,
    closed_by   TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX tasks_open ON tasks (patient, due) WHERE closed IS NULL;
CREATE INDEX tasks_patient ON tasks (patient, due);

-- NULL: the person's own role.
ALTER TABLE staff_wards ADD COLUMN role TEXT COLLATE "C";

UPDATE gate SET schema = 3;
