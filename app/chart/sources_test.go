package chart_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// What a source corrected or took back stands in the history at its own time, by its
// own name, with what stood there before; what is only to be known of a value does not.
func TestCorrectionsOfSourcesAreHistory(t *testing.T) {
	at := time.Date(2026, 3, 10, 10, 0, 0, 0, time.UTC)
	v := 98.0
	sets := []vitals.Observation{{ID: "s", Received: at, SpO2: &v, Source: "Monitor", Remarks: []vitals.Remark{
		{Kind: vitals.Corrected, Of: vitals.OxygenSaturation, Text: "82", At: at.Add(2 * time.Hour), By: "OAK Lab"},
		{Kind: vitals.Withdrawn, Of: vitals.PulseRate, Text: "72"},
		{Kind: vitals.AlsoRead, Of: vitals.OxygenSaturation, Text: "84"}}}}
	got := chart.WithSources([]chart.Change{{At: at.Add(time.Hour), What: chart.Wrote}}, sets, "p")
	if len(got) != 3 || got[0].What != chart.CorrectedValue || got[0].Was != "82" || got[0].Text != "98" ||
		got[0].By != "OAK Lab" || got[0].Patient != "p" {
		t.Fatalf("%+v", got)
	}
	if got[1].What != chart.Wrote || got[2].What != chart.WithdrewValue || got[2].Was != "72" || got[2].Text != "" ||
		got[2].By != "Monitor" {
		t.Errorf("%+v", got[1:])
	}
}
