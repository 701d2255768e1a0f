-- +goose Up

-- Who looks after whom, until the shift ends or they give the patient back.
CREATE TABLE assignments (
    patient  TEXT NOT NULL REFERENCES patients (id),
    staff    TEXT NOT NULL REFERENCES staff (id),
    since    BIGINT NOT NULL,
    until    BIGINT NOT NULL,
    by_staff TEXT NOT NULL,
    PRIMARY KEY (patient, staff)
);
CREATE INDEX assignments_until ON assignments (until);

-- How often a ward observes, where it differs from the national minimums; '' is
-- those.
ALTER TABLE wards ADD COLUMN observe TEXT NOT NULL DEFAULT '';

-- Why parameters of a set were left out.
ALTER TABLE observations ADD COLUMN not_done TEXT NOT NULL DEFAULT '';

UPDATE gate SET schema = 30;
