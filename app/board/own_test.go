package board_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// wardOf builds a ward of one bed a patient.
func wardOf(change func(*board.Input), patients ...board.Known) board.Snapshot {
	in := board.Input{Ward: ward.Ward{ID: "4B"}, Patients: map[string]board.Known{}, Now: now}
	for i, p := range patients {
		in.Beds = append(in.Beds, ward.Bed{Name: fmt.Sprint(i + 1), Patient: p.Summary.Patient.ID})
		in.Patients[p.Summary.Patient.ID] = p
	}
	change(&in)
	return board.Build(in)
}

func beds(rows []board.Row) (out []string) {
	for _, r := range rows {
		out = append(out, r.Bed)
	}
	return out
}

func TestMineAndAttention(t *testing.T) {
	single3, partial := full(time.Minute), full(time.Minute)
	single3.RR, partial.Temp = f(26), nil
	old := known("stale", "Stale", full(time.Minute))
	old.Confirmed = now.Add(-time.Hour)
	s := wardOf(func(in *board.Input) {
		in.Nurses = map[string][]board.Nurse{"calm": {{ID: "me", Name: "Chen, A"}, {ID: "you", Name: "Diaz, M"}},
			"late": {{ID: "you"}}}
		in.Alerts = map[string]alert.Priority{"rung": alert.Low}
		in.Beds = append(in.Beds, ward.Bed{Name: "8"})
	}, known("calm", "Calm", full(time.Minute)), known("three", "Three", single3), known("part", "Part", partial),
		known("late", "Late", full(20*time.Hour)), known("rung", "Rung", full(time.Minute)), old)
	get := func(q board.Query) []string { q.Order = board.ByBed; return beds(s.Select(q)) }
	equal(t, get(board.Query{Filter: board.Attention}), "2", "3", "4", "5", "6")
	equal(t, get(board.Query{Filter: board.Mine, Me: "me"}), "1")
	equal(t, get(board.Query{Filter: board.Mine, Me: "you"}), "1", "4")
	equal(t, get(board.Query{Filter: board.Mine}))
	if s.Counts.Attention != 5 || s.Mine("you") != 2 || s.Mine("") != 0 {
		t.Errorf("counts %+v, yours %d", s.Counts, s.Mine("you"))
	}
}

// A ward's own intervals decide what is overdue on its board.
func TestDueByTheWardsOwnRule(t *testing.T) {
	own, err := vitals.ParseIntervals("2h,2h,1h,1h,30m")
	if err != nil {
		t.Fatal(err)
	}
	p := known("a", "Kaya", full(3*time.Hour))
	if r := wardOf(func(*board.Input) {}, p).Rows[0]; r.Overdue != 0 {
		t.Errorf("by Chart 4 a total of 0 is due after 12 h: overdue %v", r.Overdue)
	}
	if r := wardOf(func(in *board.Input) { in.Ward.Observe = own }, p).Rows[0]; r.Overdue != time.Hour {
		t.Errorf("overdue %v, want 1 h", r.Overdue)
	}
}

// Nothing that says who lies in a bed is left on a public screen. Seen red with
// the chips kept (the allergy and the editor's name stood there), and with the MRN
// kept.
func TestInitialsTellNobody(t *testing.T) {
	p := known("id-1", "Łukasiewicz", full(20*time.Hour))
	p.Summary.Patient.Given, p.Summary.Patient.MRN = "Zoë", "7009876"
	p.Summary.Allergy, p.Summary.Allergic = patient.AllergiesRecorded, []patient.Allergy{{Substance: "Penicillin"}}
	p.Summary.Flags = []patient.Flag{{Kind: patient.FlagDNACPR}}
	s := wardOf(func(in *board.Input) {
		in.Nurses = map[string][]board.Nurse{"id-1": {{ID: "me", Name: "Chen, A"}}}
		in.Editing = map[string][]board.SectionHolder{"id-1": {{Section: chart.Notes,
			Holder: chart.Holder{Name: "Diaz, M"}}}}
	}, p, known("id-2", "Lukasiewicz", full(time.Minute)))
	shown := s.InInitials()
	r := shown.Rows[0]
	if !shown.Initials || r.Surname != "Z. Ł." || r.Bed != "1" || r.Badge.Text != "0" || r.Overdue == 0 {
		t.Errorf("%+v", r)
	}
	r.Patient = "" // the ID is never drawn
	all := strings.ToUpper(fmt.Sprintf("%+v", r))
	for _, word := range []string{"UKASIEWICZ", "ZO", "9876", "PENICILLIN", "DNACPR", "CHEN", "DIAZ", "1976",
		"NAME LIKE", "FEMALE"} {
		if strings.Contains(all, word) {
			t.Errorf("%q is still there: %s", word, all)
		}
	}
	if s.Rows[0].MRN == "" || len(s.Rows[0].Chips) < 3 {
		t.Error("the board with names was changed")
	}
	for want, names := range map[string][]string{"–": {"", " 1"}, "O. É.": {"'o", "élan"}} {
		if got := board.Initials(names...); got != want {
			t.Errorf("initials of %q: %q", names, got)
		}
	}
}

// house is a thousand patients whose names begin alike.
func house() board.Snapshot {
	in := board.Input{Ward: ward.Ward{ID: "X"}, Now: now, Patients: map[string]board.Known{}}
	for i := range 1000 {
		id := fmt.Sprintf("%04d", i)
		in.Patients[id] = known(id, fmt.Sprintf("Ångström-%c%c", 'A'+i%26, 'A'+i/26%26), full(time.Hour))
		in.Beds = append(in.Beds, ward.Bed{Name: id, Patient: id})
	}
	return board.Build(in)
}

// Typing finds in a house of a thousand, too.
func TestSearchOfAThousand(t *testing.T) {
	s := house()
	for typed, is := range map[string]func(found int) bool{
		"ang":       func(n int) bool { return n == 1000 },
		"angstromq": func(n int) bool { return n > 0 && n < 1000 },
	} {
		if found := s.Select(board.Query{Text: typed}); !is(len(found)) {
			t.Errorf("%q found %d", typed, len(found))
		}
	}
}

// What a letter more costs in a house of a thousand: a screen that answers has 50 ms.
func BenchmarkSearchOfAThousand(b *testing.B) {
	s := house()
	for _, typed := range []string{"a", "angstrom", "angstromq", "700"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				s.Select(board.Query{Text: typed})
			}
		})
	}
}
