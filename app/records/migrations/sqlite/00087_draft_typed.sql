-- +goose Up

-- A draft keeps when its text was begun, so that this time can be offered when it is
-- saved, and the idempotency key of that save: what was saved once is no draft again,
-- whoever writes it down late. Tried says that an earlier text was sent with this key and
-- that the answer is not known: the key in saves then says nothing of the text here.
-- Of drafts of before it is known when they were written down last.
ALTER TABLE drafts ADD COLUMN typed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE drafts ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;
UPDATE drafts SET typed = saved;

UPDATE gate SET schema = 87;
