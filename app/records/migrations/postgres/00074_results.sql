-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- A result is a version of a value. ord is the order's number, item what is measured
-- and with which sensor; effect and status_at say what the version does to its value
-- and from when. value_id is the value that it is a version of, value_at when that
-- was measured, set_id the set of observations that it is charted in. loose versions
-- may yet turn out to belong to another value. sign, number, word and zero are what
-- it says of a vital sign; void is why a person took it back.
ALTER TABLE results ADD COLUMN message    TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN part       BIGINT NOT NULL DEFAULT 0;
ALTER TABLE results ADD COLUMN place      BIGINT NOT NULL DEFAULT 0;
ALTER TABLE results ADD COLUMN ord        TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN order_code TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN order_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN order_at   BIGINT;
ALTER TABLE results ADD COLUMN order_note TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN item       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN sub        TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN sensor     TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN kind       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN raw        TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN note       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN effect     TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN status_at  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE results ADD COLUMN sent_at    BIGINT;
ALTER TABLE results ADD COLUMN arrived    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE results ADD COLUMN sign       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN number     DOUBLE PRECISION;
ALTER TABLE results ADD COLUMN word       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN zero       BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE results ADD COLUMN void       TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN void_by    TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN void_at    BIGINT;
ALTER TABLE results ADD COLUMN value_id   TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN value_at   BIGINT NOT NULL DEFAULT 0;
ALTER TABLE results ADD COLUMN set_id     TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN stands     BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE results ADD COLUMN loose      BOOLEAN NOT NULL DEFAULT FALSE;

-- What older programs kept: each version stands for itself, as it was sent.
UPDATE results SET effect = CASE status WHEN '' THEN 'F' WHEN 'D' THEN 'W' WHEN 'S' THEN 'P' WHEN 'B' THEN 'C' ELSE status END,
    item = UPPER(code) || '|' || CASE WHEN system = 'LOINC' THEN 'LN' ELSE UPPER(system) END || '||' || source,
    status_at = received, value_id = id, value_at = taken, stands = status NOT IN ('X', 'D', 'W');

CREATE INDEX results_item ON results (patient, item, ord);
CREATE INDEX results_loose ON results (patient, item) WHERE loose = TRUE;
CREATE INDEX results_set ON results (set_id) WHERE set_id <> '';

UPDATE gate SET schema = 74;
