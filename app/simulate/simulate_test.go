package simulate_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/simulate"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/assets/demo"
)

var start = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func demoWard(t testing.TB) (*records.Store, []patient.Summary) {
	t.Helper()
	s, err := records.Open(t.Context(), recordtest.SQLite(t).Options)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	ok(t, demo.Seed(t.Context(), s, start, func(string) (string, error) { return "hash", nil }))
	ids, err := s.WardPatients(t.Context(), "4B")
	ok(t, err)
	byID, err := s.Summaries(t.Context(), ids)
	ok(t, err)
	var all []patient.Summary
	for _, p := range byID {
		all = append(all, p)
	}
	return s, all
}

// play runs a ward for a time in steps of five seconds.
func play(all []patient.Summary, seed uint64, long time.Duration) []simulate.Step {
	w := simulate.New(seed, start)
	w.Admit(all, start)
	var out []simulate.Step
	for at := start; at.Before(start.Add(long)); at = at.Add(5 * time.Second) {
		out = append(out, w.Step(at))
	}
	return out
}

func TestAlertsComeAtADemoPaceAndEnd(t *testing.T) {
	_, all := demoWard(t)
	ended := map[string]bool{}
	raised := map[string]alert.Alert{}
	texts := map[string]int{}
	var last time.Time
	const long = 4 * time.Hour
	for _, s := range play(all, 7, long) {
		for _, a := range s.Raised {
			if a.Patient == "" || a.Bed == "" || a.Ward != "4B" || !a.Priority.Known() || a.Source != simulate.Source {
				t.Fatalf("%+v", a)
			}
			if gap := a.Raised.Sub(last); !last.IsZero() && gap > 4*time.Minute {
				t.Errorf("no alert for %v", gap)
			}
			last = a.Raised
			raised[a.ID] = a
			word, _, _ := strings.Cut(a.Text, " ")
			texts[word]++
		}
		for _, e := range s.Ended {
			if _, known := raised[e.Alert]; !known || ended[e.Alert] {
				t.Fatalf("ended twice or never raised: %+v", e)
			}
			ended[e.Alert] = true
		}
		for _, o := range s.Observations {
			score := vitals.NEWS2(o)
			if !score.Complete || *o.SpO2 < 70 || *o.SpO2 > 100 || *o.SBP <= *o.DBP || *o.Pulse < 30 || *o.Temp > 41 {
				t.Fatalf("not believable: %+v", o)
			}
		}
	}
	every := long / time.Duration(len(raised))
	t.Logf("an alert every %v: %v", every, texts)
	if every < 30*time.Second || every > 90*time.Second {
		t.Errorf("an alert every %v", every)
	}
	if open := len(raised) - len(ended); open > 8 {
		t.Errorf("%d alerts are open at the end", open)
	}
	for _, word := range []string{"SpO₂", "Heart", "Systolic", "Respiration", "Temperature", "NEWS2"} {
		if texts[word] == 0 {
			t.Errorf("no alert about %s", word)
		}
	}
}

func TestSameSeedSameWard(t *testing.T) {
	_, all := demoWard(t)
	if !reflect.DeepEqual(play(all, 3, time.Hour), play(all, 3, time.Hour)) {
		t.Error("two runs of one seed differ")
	}
	if reflect.DeepEqual(play(all, 3, time.Hour), play(all, 4, time.Hour)) {
		t.Error("two seeds make the same ward")
	}
}

func TestWhoLeavesEndsTheirAlerts(t *testing.T) {
	_, all := demoWard(t)
	w := simulate.New(1, start)
	w.Admit(all, start)
	at := start
	var open []alert.Alert
	for ; len(open) == 0; at = at.Add(5 * time.Second) {
		open = w.Step(at).Raised
	}
	w.Admit(nil, at)
	ended := w.Step(at).Ended
	if len(ended) != 1 || ended[0].Alert != open[0].ID {
		t.Errorf("ended %+v", ended)
	}
	w.Admit(nil, at)
	if s := w.Step(at.Add(time.Hour)); len(s.Observations)+len(s.Raised)+len(s.Ended) != 0 {
		t.Errorf("an empty ward does %+v", s)
	}
}

// flaky fails every other call; what it let through is real.
type flaky struct {
	simulate.Alerts
	mu     sync.Mutex
	tried  []string // alert IDs
	raised chan alert.Alert
}

func (f *flaky) Raise(ctx context.Context, a alert.Alert) error {
	f.mu.Lock()
	f.tried = append(f.tried, a.ID)
	fail := len(f.tried)%2 == 1
	f.mu.Unlock()
	if fail {
		return errors.New("link down")
	}
	if err := f.Alerts.Raise(ctx, a); err != nil {
		return err
	}
	f.raised <- a
	return nil
}

// Seen red: with a failed write taken off the queue, every other alert that was
// tried is not in the record.
func TestRunWritesToTheRecordAndTriesAgain(t *testing.T) {
	s, _ := demoWard(t)
	_, err := s.AppendMove(t.Context(),
		alert.Move{ID: "old", Kind: alert.Raised, Alert: alert.Alert{ID: "left-over", Ward: "4B",
			Priority: alert.Low, Text: "x", Source: simulate.Source}})
	ok(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := &flaky{Alerts: simulate.ToRecord(s), raised: make(chan alert.Alert, 100)}
	var mu sync.Mutex
	clock := start
	done := make(chan error, 1)
	go func() {
		done <- simulate.Run(ctx, simulate.Options{Ward: "4B", Every: time.Millisecond, Seed: 9, Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			clock = clock.Add(5 * time.Second)
			return clock
		}}, s, f)
	}()
	for range 5 {
		select {
		case <-f.raised:
		case <-time.After(30 * time.Second):
			t.Fatal("no alert")
		}
	}
	cancel()
	ok(t, <-done)
	want := map[string]bool{}
	for _, id := range f.tried[:10] { // the run may have been ended in the middle of a later one
		want[id] = true
	}
	if len(want) != 5 {
		t.Errorf("%d different alerts in 10 tries, want 5", len(want))
	}
	moves, err := s.MovesAfter(t.Context(), "4B", 0, 1000)
	ok(t, err)
	for _, m := range moves {
		if m.Kind == alert.Raised {
			delete(want, m.Alert.ID)
		}
	}
	if len(want) != 0 {
		t.Errorf("%d alerts are not in the record", len(want))
	}
	if last := moves[1]; last.Kind != alert.Resolved || last.Alert.ID != "left-over" {
		t.Errorf("the alert of an earlier run: %+v", last)
	}
}
