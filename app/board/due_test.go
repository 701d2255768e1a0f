package board_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Whoever was admitted and not observed since asks for a nurse at once, and is late an hour after
// admission: on the board, in its counts and filters, whatever their age, and also where an earlier stay
// left sets behind. Who is away, has died or is not here yet is not. Seen red with the mark left out of
// Attention, with no due time for them, with a set of an earlier stay taken for one of this, and with
// the first set due by one.
func TestAdmittedWithoutObservations(t *testing.T) {
	old, coming := full(90*24*time.Hour), full(-time.Hour)
	refused := vitals.Observation{ID: "r", Taken: now.Add(-time.Minute), NotDone: vitals.Refused}
	coming.Future, coming.Received = true, now
	admitted := func(k board.Known, ago time.Duration) board.Known {
		k.Summary.Admitted = now.Add(-ago)
		return k
	}
	child := admitted(known("child", "Young"), 30*time.Minute)
	child.Summary.Patient.Born = now.AddDate(-4, 0, 0)
	away, died := admitted(known("away", "Away"), 3*time.Hour), admitted(known("died", "Died"), 3*time.Hour)
	away.Summary.Leave, died.Summary.Patient.Deceased = now.Add(-time.Hour), true
	s := build(admitted(known("new", "New"), 30*time.Minute), admitted(known("late", "Late"), 3*time.Hour), child,
		admitted(known("again", "Again", old), 2*time.Hour),
		admitted(known("refused", "Refused", refused), 2*time.Hour),
		admitted(known("ahead", "Ahead", coming), 2*time.Hour), away, died,
		admitted(known("planned", "Planned"), -time.Hour),
		admitted(known("seen", "Seen", full(time.Minute)), 3*time.Hour),
		admitted(known("brought", "Brought", full(40*time.Minute)), 10*time.Minute), known("undated", "Undated"))
	want := map[string]struct {
		marked bool
		late   time.Duration
	}{"new": {true, 0}, "late": {true, 2 * time.Hour}, "child": {true, 0}, "again": {true, time.Hour},
		"refused": {true, time.Hour}, "ahead": {true, time.Hour}, "away": {}, "died": {}, "planned": {}, "seen": {},
		"brought": {}, "undated": {true, 0}}
	for _, r := range s.Rows {
		w := want[r.Patient]
		if r.Is(board.Unobserved) != w.marked || w.marked && !r.Attention() || r.Overdue != w.late {
			t.Errorf("%s: marked %v, attention %v, due %v, late %v", r.Patient, r.Is(board.Unobserved), r.Attention(),
				r.Due, r.Overdue)
		}
	}
	first := s.Rows[0]
	text := "No observations since admission " + tongue.Moment(now.Add(-30*time.Minute), now)
	if !first.Due.Equal(now.Add(30*time.Minute)) || first.Badge.Why != text ||
		!slices.Contains(chipTexts(first), text) {
		t.Errorf("due %v, %q, %v", first.Due, first.Badge.Why, first.Chips)
	}
	late := ids(s.Select(board.Query{Filter: board.Overdue, Order: board.ByBed}))
	if !slices.Equal(late, []string{"late", "again", "refused", "ahead"}) || s.Counts.Overdue != 4 {
		t.Errorf("overdue are %v, counted %d", late, s.Counts.Overdue)
	}
	if n := len(s.Select(board.Query{Filter: board.Attention})); n != s.Counts.Attention || n != 7 {
		t.Errorf("%d ask for a nurse, counted %d", n, s.Counts.Attention)
	}
}

// Of a stay before neither score nor values are shown as this one's, whatever was measured then: the patient was
// not observed. Seen red with Summary.OfStay giving back all sets: 8 of ninety days ago on the tile.
func TestNoScoreOfTheStayBefore(t *testing.T) {
	ill := full(90 * 24 * time.Hour)
	ill.RR, ill.SpO2, ill.Pulse = f(26), f(90), f(125)
	ill.Remarks = []vitals.Remark{{Kind: vitals.Preliminary, Of: vitals.PulseRate}}
	again, coming, part := known("again", "Again", ill), known("coming", "Coming", ill), full(time.Minute)
	part.Temp = nil
	begun := known("begun", "Begun", part, ill)
	again.Summary.Admitted, begun.Summary.Admitted = now.Add(-30*time.Minute), now.Add(-30*time.Minute)
	coming.Summary.Admitted = now.Add(time.Hour)
	s := build(again, begun, coming)
	if r := s.Rows[0]; r.Badge.Text != "–" || r.Badge.Risk != vitals.RiskNone || r.Cells[0].Text != "–" ||
		!r.Taken.IsZero() || !r.Is(board.Unobserved) || r.Due.IsZero() || !r.Attention() {
		t.Errorf("nothing measured here: %+v", r)
	}
	if r := s.Rows[1]; r.Badge.Text != "≥0" || r.Badge.Total != 0 || r.Cells[4].Text != "–" || r.Is(board.Unobserved) {
		t.Errorf("a part measured here: %+v", r)
	}
	if r := s.Rows[2]; r.Badge.Text != "8" {
		t.Errorf("an admission to come has hidden the score: %+v", r)
	}
}

// A high alert puts its patient among the sickest, whatever their last set scored and whether they are scored at
// all.
func TestAHighAlertCountsForEveryPatient(t *testing.T) {
	well, child := known("well", "Well", full(time.Minute)), known("child", "Young", full(time.Minute))
	child.Summary.Patient.Born = now.AddDate(-4, 0, 0)
	medium := full(time.Minute)
	medium.RR, medium.SpO2 = f(22), f(93)
	s := wardOf(func(in *board.Input) {
		in.Alerts = map[string]alert.Priority{"well": alert.High, "child": "urgent!", "other": alert.Low}
	}, known("other", "Other", full(time.Minute)), known("ill", "Ill", medium), child, well)
	got := ids(s.Select(board.Query{}))
	if slices.Index(got, "ill") != 2 || got[3] != "other" {
		t.Errorf("by acuity %v", got)
	}
	if got := ids(s.Select(board.Query{Filter: board.Attention})); len(got) != s.Counts.Attention ||
		!slices.Contains(got, "well") {
		t.Errorf("attention %v, counted %d", got, s.Counts.Attention)
	}
}
