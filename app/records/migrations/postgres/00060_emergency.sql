-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Emergency access ("break the glass"): what a person opened for a while, on one
-- ward, in one session, and who looked at it afterwards. The typed reason is here
-- and not in the trail, which names the line.
CREATE TABLE emergencies (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    session  TEXT COLLATE "C" NOT NULL,
    staff    TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    station  TEXT COLLATE "C" NOT NULL,
    ward     TEXT COLLATE "C" NOT NULL REFERENCES wards (id),
    reason   TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    began    BIGINT NOT NULL, -- by the database's own clock, as all of these
    until    BIGINT NOT NULL,
    uses     BIGINT NOT NULL DEFAULT 0,
    ended    BIGINT,
    why      TEXT COLLATE "C" NOT NULL DEFAULT '', -- time, sign-out, session-ended
    reviewed BIGINT,
    reviewer TEXT COLLATE "C" NOT NULL DEFAULT '',
    finding  TEXT COLLATE "C" NOT NULL DEFAULT ''
);
-- One runs at a time for a session on a ward.
CREATE UNIQUE INDEX emergencies_running ON emergencies (session, ward) WHERE ended IS NULL;
CREATE INDEX emergencies_until ON emergencies (until) WHERE ended IS NULL;
CREATE TRIGGER emergencies_no_delete BEFORE DELETE OR TRUNCATE ON emergencies FOR EACH STATEMENT EXECUTE FUNCTION append_only();

UPDATE gate SET schema = 60;
