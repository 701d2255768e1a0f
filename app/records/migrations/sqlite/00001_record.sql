-- Times are whole microseconds since 1970-01-01 UTC; NULL is "not known".
-- Booleans are 0 or 1. Texts are UTF-8, never NULL unless said so.

-- +goose Up

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
-- 'change' numbers the outbox: the row is locked from its update to the commit,
-- so the numbers follow the order of commits. 'relayed' is how far they were told.
INSERT INTO counters (name, value) VALUES ('change', 0), ('relayed', 0);

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE wards (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    site TEXT NOT NULL
);

CREATE TABLE beds (
    ward  TEXT NOT NULL REFERENCES wards (id),
    name  TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (ward, name)
);

CREATE TABLE patients (
    id          TEXT PRIMARY KEY,
    surname     TEXT NOT NULL,
    given       TEXT NOT NULL,
    born        BIGINT,
    sex         TEXT NOT NULL,
    mrn         TEXT NOT NULL,
    deceased    INTEGER NOT NULL DEFAULT 0,
    pregnant    INTEGER NOT NULL DEFAULT 0,
    merged_into TEXT REFERENCES patients (id),
    ward        TEXT REFERENCES wards (id), -- NULL: not in the house
    bed         TEXT,                       -- NULL: on the ward without a bed
    admitted    BIGINT,
    reason      TEXT NOT NULL,
    allergy     TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    CHECK (bed IS NULL OR ward IS NOT NULL),
    FOREIGN KEY (ward, bed) REFERENCES beds (ward, name),
    UNIQUE (ward, bed) -- one bed, one patient
);
CREATE INDEX patients_mrn ON patients (mrn);

CREATE TABLE identifiers (
    authority TEXT NOT NULL,
    type      TEXT NOT NULL,
    value     TEXT NOT NULL,
    patient   TEXT NOT NULL REFERENCES patients (id),
    PRIMARY KEY (authority, type, value) -- one number, one patient
);
CREATE INDEX identifiers_patient ON identifiers (patient);

CREATE TABLE allergies (
    patient   TEXT NOT NULL REFERENCES patients (id),
    pos       INTEGER NOT NULL,
    substance TEXT NOT NULL,
    reaction  TEXT NOT NULL,
    severity  TEXT NOT NULL,
    PRIMARY KEY (patient, pos)
);

CREATE TABLE flags (
    patient TEXT NOT NULL REFERENCES patients (id),
    pos     INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (patient, pos)
);

-- charted_for is the patient it was first charted for; patient is the survivor
-- after a merge.
CREATE TABLE observations (
    id          TEXT PRIMARY KEY,
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
    by_staff    TEXT NOT NULL
);
CREATE INDEX observations_newest ON observations (patient, taken, id);

CREATE TABLE results (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    system      TEXT NOT NULL,
    value       TEXT NOT NULL, -- as sent: "<15" stays "<15"
    unit        TEXT NOT NULL,
    range_text  TEXT NOT NULL,
    flag        TEXT NOT NULL, -- OBX-8: H, L, HH, ...
    status      TEXT NOT NULL, -- OBX-11: F, P, C, X
    taken       BIGINT NOT NULL,
    taken_from  TEXT NOT NULL, -- the field the time came from
    received    BIGINT NOT NULL,
    source      TEXT NOT NULL
);
CREATE INDEX results_newest ON results (patient, taken, id);

CREATE TABLE notes (
    id          TEXT PRIMARY KEY,
    patient     TEXT NOT NULL REFERENCES patients (id),
    charted_for TEXT NOT NULL REFERENCES patients (id),
    text        TEXT NOT NULL,
    by_staff    TEXT NOT NULL,
    by_name     TEXT NOT NULL,
    written     BIGINT NOT NULL
);
CREATE INDEX notes_newest ON notes (patient, written, id);

CREATE TABLE sections (
    patient TEXT NOT NULL REFERENCES patients (id),
    section TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 0),
    fence   BIGINT NOT NULL CHECK (fence >= 0),
    changed BIGINT,
    by_staff TEXT NOT NULL,
    PRIMARY KEY (patient, section)
);

-- One row a save that was taken: the same key is answered from here.
CREATE TABLE saves (
    key      TEXT PRIMARY KEY,
    digest   TEXT NOT NULL,
    version  BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE drafts (
    staff   TEXT NOT NULL,
    patient TEXT NOT NULL REFERENCES patients (id),
    section TEXT NOT NULL,
    version BIGINT NOT NULL,
    fields  TEXT NOT NULL,
    saved   BIGINT NOT NULL,
    PRIMARY KEY (staff, patient, section)
);

-- patient has no foreign key: an alert for somebody the record does not know
-- must still be heard.
CREATE TABLE alerts (
    id       TEXT PRIMARY KEY,
    ward     TEXT NOT NULL,
    patient  TEXT NOT NULL,
    bed      TEXT NOT NULL,
    priority TEXT NOT NULL,
    text     TEXT NOT NULL,
    source   TEXT NOT NULL,
    raised   BIGINT NOT NULL,
    received BIGINT NOT NULL,
    resolved INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX alerts_open ON alerts (ward) WHERE resolved = 0;
CREATE INDEX alerts_patient ON alerts (patient);

CREATE TABLE moves (
    seq      BIGINT PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    alert    TEXT NOT NULL REFERENCES alerts (id),
    kind     TEXT NOT NULL,
    by_staff TEXT NOT NULL,
    by_name  TEXT NOT NULL,
    station  TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX moves_alert ON moves (alert, seq);
CREATE UNIQUE INDEX moves_one_raised ON moves (alert) WHERE kind = 'raised';
CREATE UNIQUE INDEX moves_one_accepted ON moves (alert) WHERE kind = 'accepted';
CREATE UNIQUE INDEX moves_one_resolved ON moves (alert) WHERE kind = 'resolved';

CREATE TABLE changes (
    seq      BIGINT PRIMARY KEY,
    kind     TEXT NOT NULL,
    ward     TEXT NOT NULL,
    patient  TEXT NOT NULL,
    revision BIGINT NOT NULL,
    payload  TEXT NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE staff (
    id      TEXT PRIMARY KEY,
    surname TEXT NOT NULL,
    given   TEXT NOT NULL,
    role    TEXT NOT NULL,
    active  INTEGER NOT NULL,
    hash    TEXT NOT NULL
);

CREATE TABLE staff_wards (
    staff TEXT NOT NULL REFERENCES staff (id),
    ward  TEXT NOT NULL,
    PRIMARY KEY (staff, ward)
);

-- Append-only, and each row hashes the one before it.
CREATE TABLE audit (
    seq     BIGINT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    role    TEXT NOT NULL,
    station TEXT NOT NULL,
    session TEXT NOT NULL,
    action  TEXT NOT NULL,
    patient TEXT NOT NULL,
    object  TEXT NOT NULL,
    version BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reason  TEXT NOT NULL,
    hash    TEXT NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

-- One row a message from another system that was taken, and what was kept of it.
CREATE TABLE messages (
    key  TEXT PRIMARY KEY,
    kept TEXT NOT NULL,
    at   BIGINT NOT NULL
);

-- +goose Down
-- A record is never rolled back to nothing: restore a backup instead.
SELECT 1;
