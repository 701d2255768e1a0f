-- +goose Up

-- Where a message came from, and when its sender says it was sent: by whose word the
-- record holds what it holds. Of older messages it is not known.
ALTER TABLE messages ADD COLUMN source  TEXT NOT NULL DEFAULT ''; -- MSH-3 and MSH-4
ALTER TABLE messages ADD COLUMN control TEXT NOT NULL DEFAULT ''; -- MSH-10
ALTER TABLE messages ADD COLUMN kind    TEXT NOT NULL DEFAULT ''; -- MSH-9
ALTER TABLE messages ADD COLUMN sent    BIGINT NOT NULL DEFAULT 0;  -- 0: it does not say
CREATE INDEX messages_source ON messages (source, at);

UPDATE gate SET schema = 76;
