-- Times are whole microseconds since 1970-01-01 UTC; NULL is "not known".
-- Texts are UTF-8, never NULL unless said so. They are compared byte by byte, as
-- SQLite does: a language's order would differ from the other engine, and an
-- index in it breaks when an update of the system changes that order.

-- +goose Up

CREATE TABLE counters (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);
-- 'change' numbers the outbox: the row is locked from its update to the commit,
-- so the numbers follow the order of commits. 'relayed' is how far they were told.
INSERT INTO counters (name, value) VALUES ('change', 0), ('relayed', 0);

CREATE TABLE meta (
    key   TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE wards (
    id   TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    site TEXT COLLATE "C" NOT NULL
);

CREATE TABLE beds (
    ward  TEXT COLLATE "C" NOT NULL REFERENCES wards (id),
    name  TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (ward, name)
);

CREATE TABLE patients (
    id          TEXT COLLATE "C" PRIMARY KEY,
    surname     TEXT COLLATE "C" NOT NULL,
    given       TEXT COLLATE "C" NOT NULL,
    born        BIGINT,
    sex         TEXT COLLATE "C" NOT NULL,
    mrn         TEXT COLLATE "C" NOT NULL,
    deceased    BOOLEAN NOT NULL DEFAULT FALSE,
    pregnant    BOOLEAN NOT NULL DEFAULT FALSE,
    merged_into TEXT COLLATE "C" REFERENCES patients (id),
    ward        TEXT COLLATE "C" REFERENCES wards (id), -- NULL: not in the house
    bed         TEXT COLLATE "C",                       -- NULL: on the ward without a bed
    admitted    BIGINT,
    reason      TEXT COLLATE "C" NOT NULL,
    allergy     TEXT COLLATE "C" NOT NULL,
    revision    BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    CHECK (bed IS NULL OR ward IS NOT NULL),
    FOREIGN KEY (ward, bed) REFERENCES beds (ward, name),
    UNIQUE (ward, bed) -- one bed, one patient
);
CREATE INDEX patients_mrn ON patients (mrn);

CREATE TABLE identifiers (
    authority TEXT COLLATE "C" NOT NULL,
    type      TEXT COLLATE "C" NOT NULL,
    value     TEXT COLLATE "C" NOT NULL,
    patient   TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    PRIMARY KEY (authority, type, value) -- one number, one patient
);
CREATE INDEX identifiers_patient ON identifiers (patient);

CREATE TABLE allergies (
    patient   TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    pos       INTEGER NOT NULL,
    substance TEXT COLLATE "C" NOT NULL,
    reaction  TEXT COLLATE "C" NOT NULL,
    severity  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (patient, pos)
);

CREATE TABLE flags (
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    pos     INTEGER NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    text    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (patient, pos)
);

-- charted_for is the patient it was first charted for; patient is the survivor
-- after a merge.
CREATE TABLE observations (
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    taken       BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    rr          DOUBLE PRECISION,
    spo2        DOUBLE PRECISION,
    oxygen      BOOLEAN,
    sbp         DOUBLE PRECISION,
    dbp         DOUBLE PRECISION,
    pulse       DOUBLE PRECISION,
    acvpu       TEXT COLLATE "C" NOT NULL,
    temp        DOUBLE PRECISION,
    scale2      BOOLEAN NOT NULL,
    source      TEXT COLLATE "C" NOT NULL,
    by_staff    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX observations_newest ON observations (patient, taken, id);

CREATE TABLE results (
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    code        TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    system      TEXT COLLATE "C" NOT NULL,
    value       TEXT COLLATE "C" NOT NULL, -- as sent: "<15" stays "<15"
    unit        TEXT COLLATE "C" NOT NULL,
    range_text  TEXT COLLATE "C" NOT NULL,
    flag        TEXT COLLATE "C" NOT NULL, -- OBX-8: H, L, HH, ...
    status      TEXT COLLATE "C" NOT NULL, -- OBX-11: F, P, C, X
    taken       BIGINT NOT NULL,
    taken_from  TEXT COLLATE "C" NOT NULL, -- the field the time came from
    received    BIGINT NOT NULL,
    source      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX results_newest ON results (patient, taken, id);

CREATE TABLE notes (
    id          TEXT COLLATE "C" PRIMARY KEY,
    patient     TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    charted_for TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    text        TEXT COLLATE "C" NOT NULL,
    by_staff    TEXT COLLATE "C" NOT NULL,
    by_name     TEXT COLLATE "C" NOT NULL,
    written     BIGINT NOT NULL
);
CREATE INDEX notes_newest ON notes (patient, written, id);

CREATE TABLE sections (
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    section TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 0),
    fence   BIGINT NOT NULL CHECK (fence >= 0),
    changed BIGINT,
    by_staff TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (patient, section)
);

-- One row a save that was taken: the same key is answered from here.
CREATE TABLE saves (
    key      TEXT COLLATE "C" PRIMARY KEY,
    digest   TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE drafts (
    staff   TEXT COLLATE "C" NOT NULL,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    section TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    fields  TEXT COLLATE "C" NOT NULL,
    saved   BIGINT NOT NULL,
    PRIMARY KEY (staff, patient, section)
);

-- patient has no foreign key: an alert for somebody the record does not know
-- must still be heard.
CREATE TABLE alerts (
    id       TEXT COLLATE "C" PRIMARY KEY,
    ward     TEXT COLLATE "C" NOT NULL,
    patient  TEXT COLLATE "C" NOT NULL,
    bed      TEXT COLLATE "C" NOT NULL,
    priority TEXT COLLATE "C" NOT NULL,
    text     TEXT COLLATE "C" NOT NULL,
    source   TEXT COLLATE "C" NOT NULL,
    raised   BIGINT NOT NULL,
    received BIGINT NOT NULL,
    resolved BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX alerts_open ON alerts (ward) WHERE resolved = FALSE;
CREATE INDEX alerts_patient ON alerts (patient);

CREATE TABLE moves (
    seq      BIGINT PRIMARY KEY,
    id       TEXT COLLATE "C" NOT NULL UNIQUE,
    alert    TEXT COLLATE "C" NOT NULL REFERENCES alerts (id),
    kind     TEXT COLLATE "C" NOT NULL,
    by_staff TEXT COLLATE "C" NOT NULL,
    by_name  TEXT COLLATE "C" NOT NULL,
    station  TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX moves_alert ON moves (alert, seq);
CREATE UNIQUE INDEX moves_one_raised ON moves (alert) WHERE kind = 'raised';
CREATE UNIQUE INDEX moves_one_accepted ON moves (alert) WHERE kind = 'accepted';
CREATE UNIQUE INDEX moves_one_resolved ON moves (alert) WHERE kind = 'resolved';

CREATE TABLE changes (
    seq      BIGINT PRIMARY KEY,
    kind     TEXT COLLATE "C" NOT NULL,
    ward     TEXT COLLATE "C" NOT NULL,
    patient  TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    payload  TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE staff (
    id      TEXT COLLATE "C" PRIMARY KEY,
    surname TEXT COLLATE "C" NOT NULL,
    given   TEXT COLLATE "C" NOT NULL,
    role    TEXT COLLATE "C" NOT NULL,
    active  BOOLEAN NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE staff_wards (
    staff TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    ward  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (staff, ward)
);

-- Append-only, and each row hashes the one before it.
CREATE TABLE audit (
    seq     BIGINT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT COLLATE "C" NOT NULL,
    role    TEXT COLLATE "C" NOT NULL,
    station TEXT COLLATE "C" NOT NULL,
    session TEXT COLLATE "C" NOT NULL,
    action  TEXT COLLATE "C" NOT NULL,
    patient TEXT COLLATE "C" NOT NULL,
    object  TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    reason  TEXT COLLATE "C" NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_no_delete BEFORE DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- One row a message from another system that was taken, and what was kept of it.
CREATE TABLE messages (
    key  TEXT COLLATE "C" PRIMARY KEY,
    kept TEXT COLLATE "C" NOT NULL,
    at   BIGINT NOT NULL
);

-- +goose Down
-- A record is never rolled back to nothing: restore a backup instead.
SELECT 1;
