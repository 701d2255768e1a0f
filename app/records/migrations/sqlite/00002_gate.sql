-- +goose Up

-- The one row that every write passes. schema is the newest migration done: a
-- program that does not know it refuses to write, also when the record was
-- changed while it ran. Each migration from here on sets it.
CREATE TABLE gate (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    schema BIGINT NOT NULL
);
INSERT INTO gate (id, schema) VALUES (1, 2);
