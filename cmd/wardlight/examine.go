package main

import (
	"context"

	"github.com/wardlight/wardlight/cmd/internal/doctor"
	"github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/widgets"
)

// examine is what `wardctl doctor` does, for the window. A demonstration stands
// on nothing that could be looked at.
func (s *Station) examine() func(context.Context) []station.Check {
	if s.trial != nil {
		return nil
	}
	states := map[doctor.State]widgets.LinkState{doctor.OK: widgets.LinkUp, doctor.Warning: widgets.LinkSlow,
		doctor.Failing: widgets.LinkDown}
	return func(ctx context.Context) []station.Check {
		var out []station.Check
		for _, f := range doctor.Examine(ctx, doctor.Options{Data: s.settings.data, Version: version}) {
			out = append(out, station.Check{ID: f.ID, State: states[f.State], Text: f.Text, Next: f.Next})
		}
		return out
	}
}
