package patient

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A set that only carries a score on says so: in brackets, and below the table in words.
//
// Seen red with the score as its own: "8" below a set that measured a temperature.
func TestACarriedScoreStandsInBrackets(t *testing.T) {
	test.NewTempApp(t)
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	num := func(v float64) *float64 { return &v }
	oxygen := true
	sets := []vitals.Observation{{ID: "b", Taken: at.Add(time.Hour), Received: at.Add(time.Hour), Temp: num(37.1)},
		{ID: "a", Taken: at, Received: at, RR: num(26), SpO2: num(91), Oxygen: &oxygen, SBP: num(120), DBP: num(80),
			Pulse: num(80), ACVPU: vitals.Alert, Temp: num(37)}}
	table := newSetTable(5)
	table.set(sets, sets, true, false, at.Add(2*time.Hour))
	if got := table.cells[8][1].SpotText() + " " + table.cells[8][2].SpotText(); got != "(8) 8" {
		t.Errorf("%q", got)
	}
	want := "8 in brackets: the NEWS2 of an earlier set, which stands. This set is not complete."
	if got := table.notes.SpotText(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A task is due now for the minute that its time names, and late after that. Seen red with "0 s late" at once.
func TestATaskIsDueNowForAMinute(t *testing.T) {
	test.NewTempApp(t)
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for late, want := range map[time.Duration]string{0: "now", 59 * time.Second: "now", time.Minute: "1 min late"} {
		runs := dueRuns(task.Task{Due: at}, at.Add(late))
		if got := runs[1].Text; got != "\n"+want {
			t.Errorf("after %v: %q, want %q", late, got, want)
		}
	}
}

// History says of a medicine that it was given, and of other tasks that they were done. Seen red with "did" for both.
func TestAMedicineIsGiven(t *testing.T) {
	for _, c := range []struct {
		change chart.Change
		want   string
	}{{chart.Change{What: chart.DidTask, Medicine: true, Text: "Gentamicin"}, " gave: Gentamicin"},
		{chart.Change{What: chart.DidTask, Text: "Mouth care"}, " did: Mouth care"},
		{chart.Change{What: chart.OmittedTask, Medicine: true, Text: "Gentamicin", Reason: "no line"},
			" did not give: Gentamicin, because no line"}} {
		if got := widgets.Runs(14, changeRuns(c.change)[1:]...).SpotText(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
