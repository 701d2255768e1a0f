package recordtest

import (
	"context"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
)

// Draft is what a person has typed last and not saved in a section, and whether there is anything.
func Draft(ctx context.Context, s *records.Store, staffID, patientID string,
	section chart.Section) (chart.Draft, bool, error) {
	all, err := s.Drafts(ctx, staffID)
	for _, d := range all {
		if d.Patient == patientID && d.Section == section {
			return d, true, err
		}
	}
	return chart.Draft{}, false, err
}
