-- +goose Up

-- A prescriber's decision that a patient's SpO2 is scored on scale 2 of NEWS2, for
-- a target range, until it is ended. At most one holds for a patient.
CREATE TABLE oxygen_targets (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    prescriber  TEXT NOT NULL, -- as named by who recorded it
    low         BIGINT NOT NULL, -- percent
    high        BIGINT NOT NULL,
    decided     BIGINT NOT NULL,
    recorded    BIGINT NOT NULL,
    by_staff    TEXT NOT NULL,
    ended       BIGINT,
    ended_by    TEXT NOT NULL,
    reason      TEXT NOT NULL -- why it was ended
);
CREATE INDEX oxygen_targets_patient ON oxygen_targets (patient, recorded);
CREATE UNIQUE INDEX oxygen_targets_one ON oxygen_targets (patient) WHERE ended IS NULL;

-- Until now a flag said it. Nobody's scale changes by this migration; who decided
-- is what the flag said.
INSERT INTO oxygen_targets (id, patient, charted_for, prescriber, low, high, decided, recorded, by_staff, ended, ended_by, reason)
    SELECT 'flag-' || p.id, p.id, p.id, MAX(CASE WHEN f.text = '' THEN 'not named' ELSE f.text END), 88, 92,
        COALESCE(p.admitted, 0), COALESCE(p.admitted, 0), '', NULL, '', ''
    FROM flags f JOIN patients p ON p.id = f.patient WHERE f.kind = 'spo2-scale-2' GROUP BY p.id, p.admitted;
DELETE FROM flags WHERE kind = 'spo2-scale-2';

UPDATE gate SET schema = 50;
