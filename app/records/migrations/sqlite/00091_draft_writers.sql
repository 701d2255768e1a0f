-- +goose Up

-- A draft belongs to the edit that wrote it: one nurse who types at two stations has two,
-- and neither writes over the other. An edit that goes on with a draft takes it over, so
-- that the one before finds its own gone, and writes another. Drafts of before have no
-- writer until somebody goes on with them.
CREATE TABLE drafts_of_writers (
    staff   TEXT NOT NULL,
    patient TEXT NOT NULL REFERENCES patients (id),
    section TEXT NOT NULL,
    writer  TEXT NOT NULL DEFAULT '', -- ID of the edit
    version BIGINT NOT NULL,
    fields  TEXT NOT NULL,
    saved   BIGINT NOT NULL,
    typed   BIGINT NOT NULL DEFAULT 0,
    key     TEXT NOT NULL DEFAULT '',
    tried   INTEGER NOT NULL DEFAULT 0,
    station TEXT NOT NULL DEFAULT '', -- where it was written last
    PRIMARY KEY (staff, patient, section, writer)
);
INSERT INTO drafts_of_writers (staff, patient, section, version, fields, saved, typed, key, tried)
    SELECT staff, patient, section, version, fields, saved, typed, key, tried FROM drafts;
DROP TABLE drafts;
ALTER TABLE drafts_of_writers RENAME TO drafts;

UPDATE gate SET schema = 91;
