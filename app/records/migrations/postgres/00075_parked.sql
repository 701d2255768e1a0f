-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Messages whose patient nobody could tell, a row for each patient that one speaks
-- of. The text stays while it waits; of what was decided it is erased after a time,
-- and the row stays.
CREATE TABLE parked (
    id       BIGINT PRIMARY KEY,
    message  TEXT COLLATE "C" NOT NULL, -- its key in messages
    part     BIGINT NOT NULL, -- which of its patients, from 0
    received BIGINT NOT NULL,
    since    BIGINT NOT NULL, -- waits since then, or waited last
    control  TEXT COLLATE "C" NOT NULL, -- MSH-10
    source   TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL, -- MSH-9
    reason   TEXT COLLATE "C" NOT NULL, -- why it is parked
    numbers  TEXT COLLATE "C" NOT NULL, -- JSON, as sent
    name     TEXT COLLATE "C" NOT NULL, -- PID-5 as sent
    born     TEXT COLLATE "C" NOT NULL, -- PID-7 as sent
    ward     TEXT COLLATE "C" NOT NULL, -- '' names none of the record
    raw      TEXT COLLATE "C" NOT NULL, -- the whole message, base64; '' once erased
    shift    BIGINT NOT NULL, -- microseconds by which the import moved all times
    zone     TEXT COLLATE "C" NOT NULL, -- in which the import read times without an offset
    state    TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'assigned', 'discarded')),
    patient  TEXT COLLATE "C" REFERENCES patients (id), -- while it is assigned
    by_staff TEXT COLLATE "C" NOT NULL DEFAULT '',
    at       BIGINT,
    why      TEXT COLLATE "C" NOT NULL DEFAULT '',
    turn     BIGINT NOT NULL DEFAULT 0, -- how often it was taken back
    alerted  BIGINT,
    erased   BIGINT,
    UNIQUE (message, part)
);
CREATE INDEX parked_waiting ON parked (ward, since) WHERE state = 'waiting';
CREATE INDEX parked_decided ON parked (at) WHERE erased IS NULL AND state <> 'waiting';

UPDATE gate SET schema = 75;
