package main

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/trial"
	"github.com/wardlight/wardlight/ui/words"
)

// openDemo stands the station on a ward that ends with this program.
func (s *Station) openDemo(ctx context.Context) error {
	var err error
	if s.trial, err = trial.Open(ctx, s.logger); err != nil {
		return err
	}
	s.site = s.trial.Site
	if s.ward, err = s.site.Record.FindWard(ctx, s.site.Config.Ward); err != nil {
		return errors.Join(err, s.trial.Close())
	}
	s.always = words.Message{What: "DEMO: nothing is kept, not for care.",
		Next: "Invented patients. Sign in as achen (charge nurse) or mdiaz (nurse), password " + demo.Password + "."}
	s.wire(s.site.Config.Station)
	return nil
}
