-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- Closings of tasks that were entered in error and taken back: what was said, who took
-- it back and why. Rows are added, never changed; n is 1 for a task's first.
CREATE TABLE task_backs (
    task      TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
    n         BIGINT NOT NULL,
    outcome   TEXT COLLATE "C" NOT NULL,
    closed    BIGINT NOT NULL,
    closed_by TEXT COLLATE "C" NOT NULL,
    said      TEXT COLLATE "C" NOT NULL, -- the reason given when it was closed
    reason    TEXT COLLATE "C" NOT NULL, -- why it was an error
    by_staff  TEXT COLLATE "C" NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (task, n)
);

UPDATE gate SET schema = 81;
