package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// forShowing refuses to bring to a hospital's site what is only for showing.
func (t *tool) forShowing() error {
	c, from, err := site.LoadConfig(t.data)
	if err != nil || c.Feed.Training {
		return err
	}
	what := ""
	for key, source := range from {
		if source.Layer == site.Machine || source.Layer == site.Policy {
			what = key + " stands in " + source.File
		}
	}
	if c.Record.DSN != "" {
		what = "record.dsn names a database"
	}
	if what == "" {
		return nil
	}
	return fmt.Errorf("--rebase and --training are for showing, and this is a hospital's site (%s): use another --data folder "+
		"with `alone = true` in its site.toml, set feed.training if nobody in the record is a patient, or add --into-live-record", what)
}

// showsOnly refuses to bring what is only for showing to a record with patients who came
// otherwise, and keeps which kind of record it is. A demonstration's stays one.
func showsOnly(ctx context.Context, s *site.Site, showing bool) error {
	if s.Config.Feed.Training { // nobody in it is a patient
		return nil
	}
	switch _, err := s.Record.Meta(ctx, demo.MetaSeeded); {
	case err == nil:
		return nil
	case !errors.Is(err, records.ErrNotFound):
		return err
	}
	if showing {
		empty, err := s.Record.ForShowing(ctx)
		if err != nil {
			return err
		}
		if !empty {
			return errors.New("--rebase and --training are for showing, and this record has patients who came otherwise: " +
				"use another --data folder, set feed.training if nobody in the record is a patient, or add --into-live-record")
		}
	}
	return s.Record.Shows(ctx, showing)
}
