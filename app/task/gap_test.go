package task_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// A dose that follows the last one of its medicine within less than half of the gap between their due times is asked
// about: 4-hourly paracetamol due at 8:00 was given at 10:20, and the next is given at 11:30. Exactly half is enough,
// in either order of the due times, and of several doses the last one counts. The times are hours from now.
//
// Seen red without crowds, with half of the gap asked about, with the gap not taken as Abs, and with any dose for the
// last one.
func TestADoseAfterALateOneIsAskedAbout(t *testing.T) {
	type row struct{ due, given time.Duration }
	m := time.Minute
	for name, c := range map[string]struct {
		due    time.Duration
		others []row
		again  string
	}{
		"given late before":     {30 * m, []row{{-210 * m, -70 * m}}, "a"},
		"half of the gap":       {0, []row{{-240 * m, -120 * m}}, ""},
		"a minute less":         {0, []row{{-240 * m, -119 * m}}, "a"},
		"a minute more":         {0, []row{{-240 * m, -121 * m}}, ""},
		"a daily one":           {0, []row{{-24 * 60 * m, -11 * 60 * m}}, "a"},
		"the other way round":   {-240 * m, []row{{0, -119 * m}}, "a"},
		"half the other way":    {-240 * m, []row{{0, -120 * m}}, ""},
		"two, the last on time": {0, []row{{-26 * 60 * m, -5 * 60 * m}, {-240 * m, -240 * m}}, ""},
		"two, the last late":    {0, []row{{-480 * m, -470 * m}, {-240 * m, -110 * m}}, "b"},
		"both due long ago":     {-10 * 60 * m, []row{{-14 * 60 * m, -119 * m}}, "a"},
	} {
		var others []task.Task
		for i, r := range c.others {
			others = append(others, dose(string(rune('a'+i)), "Paracetamol", r.due, r.given))
		}
		d := task.DoubtsOf(dose("t1", "Paracetamol 1 g", c.due, open),
			task.Known{Others: others, Allergy: patient.NoKnownAllergies}, "x", now)
		if d.Again.ID != c.again {
			t.Errorf("%s: asked about %q, not %q", name, d.Again.ID, c.again)
		}
		others = append(others, dose("i1", "Ibuprofen", -1000*m, -61*m)) // another medicine is not its last dose
		d = task.DoubtsOf(dose("t1", "Paracetamol 1 g", c.due, open),
			task.Known{Others: others, Allergy: patient.NoKnownAllergies}, "x", now)
		if d.Again.ID != c.again {
			t.Errorf("%s, beside another medicine: asked about %q", name, d.Again.ID)
		}
	}
}

// A medicine may be given 30 minutes before its time without a question, the tighter of the windows that wards use.
// Seen red with EarlyBy at 60 minutes.
func TestADoseIsEarlyByHalfAnHour(t *testing.T) {
	if task.EarlyBy != 30*time.Minute {
		t.Errorf("early is more than %v", task.EarlyBy)
	}
}
