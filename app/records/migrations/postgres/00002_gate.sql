-- +goose Up

-- The one row that every write passes. A write transaction locks it (FOR UPDATE)
-- before all else, so that write transactions run one after the other and change
-- numbers follow the order of commits: a sequence would hand out 7 and 8 and let
-- 8 be seen before 7, and whoever reads "after 8" never sees 7. schema is the
-- newest migration done: a program that does not know it refuses to write, also
-- when the record was changed while it ran. Each migration from here on locks
-- the row and sets it.
CREATE TABLE gate (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    schema BIGINT NOT NULL
);
INSERT INTO gate (id, schema) VALUES (1, 2);
