package alarmload

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// told is a log of moves.
type told []alert.Move

func (l told) AlertMoves(_ context.Context, ward string, since, until time.Time, each func(alert.Move) error) error {
	for _, m := range l {
		if m.Alert.Ward == ward && !m.Alert.Received.Before(since) && m.Alert.Received.Before(until) {
			if err := each(m); err != nil {
				return err
			}
		}
	}
	return nil
}

var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// raise adds an alert, and what became of it: "a30" accepted after 30 s, "r"
// rejected, "e" escalated, "x" ended by its cause.
func (l *told) raise(at time.Time, patient, source string, p alert.Priority, became ...string) {
	a := alert.Alert{ID: fmt.Sprint(len(*l)), Ward: "4B", Patient: patient, Source: source, Priority: p, Received: at}
	add := func(kind alert.MoveKind, at time.Time) { *l = append(*l, alert.Move{Kind: kind, Alert: a, At: at}) }
	add(alert.Raised, at)
	for _, b := range became {
		var s int
		switch b[0] {
		case 'a':
			_, _ = fmt.Sscan(b[1:], &s)
			add(alert.Accepted, at.Add(time.Duration(s)*time.Second))
		case 'r':
			add(alert.Rejected, at.Add(time.Second))
		case 'e':
			add(alert.Escalated, at.Add(20*time.Second))
		case 'x':
			add(alert.Resolved, at.Add(time.Minute))
		}
	}
}

func TestReportCounts(t *testing.T) {
	var log told
	log.raise(monday.Add(8*time.Hour), "p1", "monitor", alert.High, "a10", "x")
	log.raise(monday.Add(9*time.Hour), "p1", "monitor", alert.High, "r", "e", "a40")
	log.raise(monday.Add(9*time.Hour+59*time.Minute), "p1", "bed exit", alert.Medium, "a20")
	log.raise(monday.Add(10*time.Hour), "p1", "monitor", alert.Low, "x") // the first is 2 h ago: no more in its window
	log.raise(monday.Add(22*time.Hour), "p2", "monitor", alert.Medium, "e")
	log.raise(monday.Add(23*time.Hour), "", "intake", alert.Technical, "a100")
	log.raise(monday.Add(25*time.Hour), "p2", "monitor", "odd", "a-5") // the next night, by a clock that is slow
	log.raise(monday.Add(-time.Hour), "p1", "monitor", alert.High)
	r, err := Make(t.Context(), log, Query{Ward: "4B", Since: monday, Until: monday.Add(48 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	total := r.Total
	if total.Alerts != 7 || total.High != 3 || total.Medium != 2 || total.Low != 1 || total.Technical != 1 ||
		total.Accepted != 5 || total.Rejected != 1 || total.Escalated != 2 || total.Unanswered != 2 {
		t.Errorf("%+v", total)
	}
	if total.ResponseMedian != 20 || total.ResponseMost != 100 || total.Response90 != 100 {
		t.Errorf("%v %v %v", total.ResponseMedian, total.Response90, total.ResponseMost)
	}
	if got := total.EscalatedShare(); got < 0.285 || got > 0.286 {
		t.Errorf("share %v", got)
	}
	shifts := map[string]int{}
	for _, s := range r.Shifts {
		shifts[s.Name] = s.Alerts
	}
	if len(r.Shifts) != 3 || shifts["day"] != 4 || shifts["late"] != 1 || shifts["night"] != 2 {
		t.Errorf("%v", shifts)
	}
	if len(r.Sources) != 3 || r.Sources[0].Name != "monitor" || r.Sources[0].Alerts != 5 {
		t.Errorf("%+v", r.Sources)
	}
	if len(r.Patients) != 2 || r.Patients[0].Name != "p1" || r.Patients[0].Busiest != 3 ||
		r.Patients[0].Rate != 4.0/24 || r.Patients[1].Busiest != 1 {
		t.Errorf("%+v", r.Patients)
	}
	if r.Busiest != 3 || r.Rate != (4.0/24+2.0/24)/2 {
		t.Errorf("%v %v", r.Busiest, r.Rate)
	}
}

// The response time is told by how many alerts came before.
func TestResponseByAlertsBefore(t *testing.T) {
	var log told
	for i := range 100 {
		log.raise(monday.Add(time.Duration(i)*time.Minute), "p1", "m", alert.Low, fmt.Sprintf("a%d", i))
	}
	r, err := Make(t.Context(), log, Query{Ward: "4B", Since: monday, Until: monday.Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		n      int
		median float64
	}{{30, 15}, {50, 55}, {20, 90}} {
		if b := r.Bins[i]; b.Alerts != want.n || b.ResponseMedian != want.median {
			t.Errorf("%s: %d alerts, %v s", b.Name, b.Alerts, b.ResponseMedian)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, q := range []Query{{Since: monday, Until: monday}, {Since: monday, Until: monday.Add(-1)}, {Until: monday}} {
		if _, err := Make(t.Context(), told{}, q); !errors.Is(err, ErrPeriod) {
			t.Errorf("%v", err)
		}
	}
	r, err := Make(t.Context(), told{}, Query{Since: monday, Until: monday.Add(time.Hour)})
	if err != nil || r.Total.Alerts != 0 || len(r.Shifts) != 3 {
		t.Errorf("%+v %v", r, err)
	}
	// The shift of a moment is by the ward's own clock.
	oslo := time.FixedZone("", 3600)
	if got := shiftOf(Query{Shifts: DefaultShifts, In: oslo}, monday.Add(6*time.Hour)); got != "day" {
		t.Error(got)
	}
}
