-- +goose Up

SELECT schema FROM gate FOR UPDATE; -- running writes end first

-- The ID of the press that closed a task: the same act again is answered as the first
-- time, and another of the same person is told who closed it and when. Of what was closed
-- before it is not known.
ALTER TABLE tasks ADD COLUMN act TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE task_backs ADD COLUMN act TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE gate SET schema = 92;
