-- +goose Up

-- Messages whose patient nobody could tell, a row for each patient that one speaks
-- of. The text stays while it waits; of what was decided it is erased after a time,
-- and the row stays.
CREATE TABLE parked (
    id       BIGINT PRIMARY KEY,
    message  TEXT NOT NULL, -- its key in messages
    part     BIGINT NOT NULL, -- which of its patients, from 0
    received BIGINT NOT NULL,
    since    BIGINT NOT NULL, -- waits since then, or waited last
    control  TEXT NOT NULL, -- MSH-10
    source   TEXT NOT NULL,
    kind     TEXT NOT NULL, -- MSH-9
    reason   TEXT NOT NULL, -- why it is parked
    numbers  TEXT NOT NULL, -- JSON, as sent
    name     TEXT NOT NULL, -- PID-5 as sent
    born     TEXT NOT NULL, -- PID-7 as sent
    ward     TEXT NOT NULL, -- '' names none of the record
    raw      TEXT NOT NULL, -- the whole message, base64; '' once erased
    shift    BIGINT NOT NULL, -- microseconds by which the import moved all times
    zone     TEXT NOT NULL, -- in which the import read times without an offset
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'assigned', 'discarded')),
    patient  TEXT REFERENCES patients (id), -- while it is assigned
    by_staff TEXT NOT NULL DEFAULT '',
    at       BIGINT,
    why      TEXT NOT NULL DEFAULT '',
    turn     BIGINT NOT NULL DEFAULT 0, -- how often it was taken back
    alerted  BIGINT,
    erased   BIGINT,
    UNIQUE (message, part)
);
CREATE INDEX parked_waiting ON parked (ward, since) WHERE state = 'waiting';
CREATE INDEX parked_decided ON parked (at) WHERE erased IS NULL AND state <> 'waiting';

UPDATE gate SET schema = 75;
