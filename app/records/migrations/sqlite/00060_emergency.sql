-- +goose Up

-- Emergency access ("break the glass"): what a person opened for a while, on one
-- ward, in one session, and who looked at it afterwards. The typed reason is here
-- and not in the trail, which names the line.
CREATE TABLE emergencies (
    id       TEXT NOT NULL PRIMARY KEY,
    session  TEXT NOT NULL,
    staff    TEXT NOT NULL REFERENCES staff (id),
    station  TEXT NOT NULL,
    ward     TEXT NOT NULL REFERENCES wards (id),
    reason   TEXT NOT NULL CHECK (reason <> ''),
    began    BIGINT NOT NULL, -- by the database's own clock, as all of these
    until    BIGINT NOT NULL,
    uses     BIGINT NOT NULL DEFAULT 0,
    ended    BIGINT,
    why      TEXT NOT NULL DEFAULT '', -- time, sign-out, session-ended
    reviewed BIGINT,
    reviewer TEXT NOT NULL DEFAULT '',
    finding  TEXT NOT NULL DEFAULT ''
);
-- One runs at a time for a session on a ward.
CREATE UNIQUE INDEX emergencies_running ON emergencies (session, ward) WHERE ended IS NULL;
CREATE INDEX emergencies_until ON emergencies (until) WHERE ended IS NULL;
-- +goose StatementBegin
CREATE TRIGGER emergencies_no_delete BEFORE DELETE ON emergencies
BEGIN
    SELECT RAISE(ABORT, 'emergency access is never forgotten');
END;
-- +goose StatementEnd

UPDATE gate SET schema = 60;
