package patient_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
)

// marked is a page of which every text carries the patient's own mark.
func marked(n int) chart.Page {
	mark, id := fmt.Sprintf("mark%dmark", n), fmt.Sprint("p", n)
	at := fixture.Now.Add(-time.Hour)
	rr := 16.0
	return chart.Page{Confirmed: fixture.Now,
		Sections: map[chart.Section]chart.SectionState{chart.Notes: {Changed: at, By: mark, Version: 3}},
		Summary: apppatient.Summary{Patient: apppatient.Patient{ID: id, Surname: mark, Given: mark, MRN: mark},
			Reason:  mark,
			Allergy: apppatient.AllergiesRecorded, Allergic: []apppatient.Allergy{{Substance: mark}}},
		Observations: []vitals.Observation{{ID: mark, Patient: id, Taken: at, RR: &rr, Source: mark, By: mark}},
		Notes:        []chart.Note{{ID: mark, Patient: id, Text: mark, ByName: mark, Written: at}},
		Tasks: []task.Task{{ID: mark, Patient: id, Kind: task.Care, Text: mark, Due: at, By: mark},
			{ID: mark + "m", Patient: id, Kind: task.Medicine, Text: mark, Due: at, By: mark}},
		Oxygen: []apppatient.OxygenTarget{{ID: mark, Patient: id, Prescriber: mark, Low: 88, High: 92, Decided: at,
			By: mark}},
		Problems:   []apppatient.Problem{{ID: mark, Patient: id, Text: mark, Noted: at}},
		Encounters: []apppatient.Encounter{{ID: mark, Patient: id, Admitted: at, Discharged: at, Reason: mark}},
		History:    []chart.Change{{At: at, Patient: id, By: mark, What: chart.Wrote, Text: mark}},
	}
}

// sides are a conflict in which every text carries the patient's mark.
func sides(n int) *patient.Sides {
	mark := fmt.Sprintf("mark%dmark", n)
	return &patient.Sides{By: mark, At: fixture.Now, Note: mark, Fields: []patient.Side{
		{Name: patient.NoteField, Label: mark, Was: mark, Is: mark, Mine: mark + " too", Result: mark + " too",
			Long: true},
		{Name: "same", Label: mark, Is: mark, Mine: mark}}}
}

// marks are the patients whose marks a text carries. The surname is drawn in
// capitals.
func marks(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i+4 < len(text); i++ {
			if w := text[i : i+4]; w != "mark" && w != "MARK" || text[i+4] < '0' || text[i+4] > '9' {
				continue
			}
			n := 0
			for i += 4; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
				n = 10*n + int(text[i]-'0')
			}
			if !yield(n) {
				return
			}
		}
	}
}

// The toolkit keeps one application in a process, so windows side by side are
// processes side by side: each plays its part of the switches with a seed of its own.
const shardEnv = "WARDLIGHT_NEVER_SHARD"

func shard() (n, parts int, is bool) {
	got, err := fmt.Sscanf(os.Getenv(shardEnv), "%d/%d", &n, &parts)
	return n, parts, err == nil && got == 2
}

func inParts(t *testing.T, parts int) {
	for n := range parts {
		t.Run(fmt.Sprint("window", n), func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNeverTheWrongPatient$", "-test.v")
			cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d/%d", shardEnv, n, parts))
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}

// Whatever order pages, edits and failures come in, however late, nothing of any
// patient but the one opened is ever drawn, nor held in a field behind. Each step
// is a frame, and each frame is searched whole.
//
// Seen red: with the IDs not compared in Show, in SetEdit or in Failed, and with the
// reset of any one card left out of Open.
func TestNeverTheWrongPatient(t *testing.T) {
	const patients = 6
	seed, switches := uint64(20261123), switches
	if n, parts, is := shard(); is { // one of several processes, each with a window
		seed, switches = seed+uint64(n), switches/parts
	} else if parts := runtime.GOMAXPROCS(0); switches > 10_000 && parts > 1 {
		inParts(t, parts)
		return
	}
	s, _, _ := open(t)
	r := rand.New(rand.NewPCG(seed, seed))
	var pages []chart.Page
	for n := range patients {
		pages = append(pages, marked(n))
	}
	type late struct {
		at      int // the step at which it arrives
		deliver func()
	}
	var coming []late
	opened, frames, drawn := -1, 0, 0
	for turn, step := 0, 0; turn < switches; step++ {
		switch n := r.IntN(patients); r.IntN(6) {
		case 0, 1: // turn to a patient; the answers come some time later
			s.Open(fmt.Sprint("p", n))
			opened = n
			turn++
			soon := func() int { return step + r.IntN(14) }
			coming = append(coming,
				late{soon(),
					func() {
						s.Show(patient.View{Page: pages[n], Now: fixture.Now, MayEdit: true, MayGive: true,
							MayDecide: true, Gone: fmt.Sprintf("mark%dmark", n)})
					}},
				late{soon(), func() {
					s.SetEdit(patient.Edit{Patient: fmt.Sprint("p", n), Section: chart.Notes, Phase: patient.Editing,
						Now:   fixture.Now,
						Draft: chart.Draft{Fields: map[string]string{patient.NoteField: fmt.Sprintf("mark%dmark", n)}}})
				}},
				late{soon(), func() {
					s.SetEdit(patient.Edit{Patient: fmt.Sprint("p", n), Section: chart.Notes, Phase: patient.Conflict,
						What:  fmt.Sprintf("mark%dmark", n),
						Sides: sides(n), Now: fixture.Now})
				}},
				late{soon(), func() { s.Failed(fmt.Sprint("p", n), fmt.Sprintf("mark%dmark", n)) }})
		case 2:
			s.ShowTab(patient.Tab(r.IntN(5)))
		case 3:
			if r.IntN(8) == 0 {
				s.Close()
				opened = -1
			}
		}
		keep := coming[:0]
		for _, l := range coming {
			if l.at <= step {
				l.deliver()
			} else {
				keep = append(keep, l)
			}
		}
		coming = keep
		frames++
		seen := false
		whole := screentest.Scan(s.Content(), frames%16 == 0, func(text string) bool { // every 16th also what is hidden
			for n := range marks(text) {
				if seen = true; n != opened {
					return false
				}
			}
			return true
		})
		if !whole {
			t.Fatalf("frame %d of seed %d: something of another patient is drawn while %d is open:\n%s", frames, seed,
				opened, screentest.Behind(s.Content()))
		}
		if seen {
			drawn++
		}
	}
	if drawn < frames/10 {
		t.Errorf("only %d of %d frames showed anybody: the test looks at nothing", drawn, frames)
	}
	t.Logf("%d switches, %d frames searched, %d showed the patient opened, 0 another", switches, frames, drawn)
}
