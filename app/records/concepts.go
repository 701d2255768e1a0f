package records

import (
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// What the ward's concepts ask of a record.
var (
	_ task.Record        = (*Store)(nil)
	_ patient.Loader     = (*Store)(nil)
	_ patient.Encounters = (*Store)(nil)
	_ patient.Problems   = (*Store)(nil)
	_ chart.Amender      = (*Store)(nil)
)
