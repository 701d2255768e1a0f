-- +goose Up

-- Who wrote the line (a station), the ID of a line that was kept aside while the
-- record was away, and the purpose of use. Lines with a writer are linked in
-- their second form.
ALTER TABLE audit ADD COLUMN writer  TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN id      TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_id ON audit (id) WHERE id <> '';

-- Writers' public keys, and what they signed about the trail.
CREATE TABLE audit_keys (
    id     TEXT PRIMARY KEY,
    writer TEXT NOT NULL,
    public TEXT NOT NULL,
    at     BIGINT NOT NULL
);
CREATE TABLE audit_checkpoints (
    key_id TEXT NOT NULL REFERENCES audit_keys (id),
    n      BIGINT NOT NULL,
    writer TEXT NOT NULL,
    record TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    hash   TEXT NOT NULL,
    at     BIGINT NOT NULL,
    sig    TEXT NOT NULL,
    PRIMARY KEY (key_id, n)
);
-- +goose StatementBegin
CREATE TRIGGER audit_keys_no_update BEFORE UPDATE ON audit_keys
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_keys_no_delete BEFORE DELETE ON audit_keys
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

UPDATE gate SET schema = 10;
