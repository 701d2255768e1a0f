-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Who wrote the line (a station), the ID of a line that was kept aside while the
-- record was away, and the purpose of use. Lines with a writer are linked in
-- their second form.
ALTER TABLE audit ADD COLUMN writer  TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN id      TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN purpose TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_id ON audit (id) WHERE id <> '';

-- Writers' public keys, and what they signed about the trail.
CREATE TABLE audit_keys (
    id     TEXT COLLATE "C" PRIMARY KEY,
    writer TEXT COLLATE "C" NOT NULL,
    public TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL
);
CREATE TABLE audit_checkpoints (
    key_id TEXT COLLATE "C" NOT NULL REFERENCES audit_keys (id),
    n      BIGINT NOT NULL,
    writer TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    hash   TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    sig    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key_id, n)
);
CREATE TRIGGER audit_keys_no_update BEFORE UPDATE ON audit_keys FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_keys_no_delete BEFORE DELETE OR TRUNCATE ON audit_keys FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE OR TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION append_only();

UPDATE gate SET schema = 10;
