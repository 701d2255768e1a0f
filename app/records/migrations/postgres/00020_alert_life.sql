-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- An alert that was accepted can be given back: it is then open for another turn,
-- in which one person accepts it and each level is called once.
ALTER TABLE moves ADD COLUMN turn        BIGINT NOT NULL DEFAULT 0;
ALTER TABLE moves ADD COLUMN level       BIGINT NOT NULL DEFAULT 0;
ALTER TABLE moves ADD COLUMN target      TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE moves ADD COLUMN target_name TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX moves_one_accepted;
CREATE UNIQUE INDEX moves_one_accepted ON moves (alert, turn) WHERE kind = 'accepted';
CREATE UNIQUE INDEX moves_one_level ON moves (alert, turn, level) WHERE kind = 'escalated' AND level > 0;

-- When an alert escalates next, by the database's own clock; NULL is never.
ALTER TABLE alerts ADD COLUMN due        BIGINT;
ALTER TABLE alerts ADD COLUMN due_turn   BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alerts ADD COLUMN due_level  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alerts ADD COLUMN due_reason TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX alerts_due ON alerts (due) WHERE due IS NOT NULL;

-- What each station reports of an alert: that it has it, shows it, sounds it.
CREATE TABLE sightings (
    alert     TEXT COLLATE "C" NOT NULL,
    station   TEXT COLLATE "C" NOT NULL,
    delivered BIGINT,
    shown     BIGINT,
    sounded   BIGINT,
    PRIMARY KEY (alert, station)
);

-- A ward's settings, each change a line of its own; the newest version counts.
CREATE TABLE ward_settings (
    ward     TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,
    value    TEXT COLLATE "C" NOT NULL, -- JSON
    by_staff TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (ward, name, version)
);
CREATE TRIGGER ward_settings_no_update BEFORE UPDATE ON ward_settings FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER ward_settings_no_delete BEFORE DELETE OR TRUNCATE ON ward_settings FOR EACH STATEMENT EXECUTE FUNCTION append_only();

UPDATE gate SET schema = 20;
