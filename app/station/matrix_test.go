package station_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// mode is what the ward does meanwhile.
type mode struct {
	name   string
	alerts int
	accept bool
}

// tally is what came of runs.
type tally struct {
	runs, raised, refused, lost, doubled, turned, accepts, unaccepted, wrongWinner int
	notice                                                                         []time.Duration
	settle, emptied                                                                time.Duration
}

func (a *tally) add(b tally) {
	a.runs += b.runs
	a.raised += b.raised
	a.refused += b.refused
	a.lost += b.lost
	a.doubled += b.doubled
	a.turned += b.turned
	a.accepts += b.accepts
	a.unaccepted += b.unaccepted
	a.wrongWinner += b.wrongWinner
	a.notice = append(a.notice, b.notice...)
	a.settle, a.emptied = max(a.settle, b.settle), max(a.emptied, b.emptied)
}

// run plays a fault once: alerts are raised before, while and after it lasts, on
// the first station; in the end every station must have each of them once, in
// the record's order, and know the same accepter.
func (s *scene) run(f fault, m mode, n int) (got tally) {
	got.runs = 1
	victim := 1 + s.dice.IntN(2)
	for _, d := range s.desks {
		d.forget()
	}
	lasts := f.lasts
	if lasts == 0 {
		lasts = 700 * time.Millisecond
	}
	var mu sync.Mutex
	var raised []alert.Alert
	var refused atomic.Int64
	raise := func(part string, count int, over time.Duration, group *sync.WaitGroup) {
		for i := range count {
			id := fmt.Sprintf("%s-%d-%s-%d", m.name, n, part, i)
			group.Go(func() {
				time.Sleep(over * time.Duration(i) / time.Duration(count))
				ctx, cancel := context.WithTimeout(context.Background(), 12*time.Second) // a test's own root
				defer cancel()
				mv, err := s.desks[0].Line.Raise(ctx,
					alert.Alert{ID: id, Ward: "4B", Patient: "p1", Priority: alert.Low, Text: id})
				if err != nil {
					refused.Add(1)
					return
				}
				mu.Lock()
				raised = append(raised, mv.Alert)
				mu.Unlock()
				if m.accept {
					s.rivals(mv.Alert)
				}
			})
		}
	}
	var before, during, after sync.WaitGroup
	raise("before", max(m.alerts/5, 1), 100*time.Millisecond, &before)
	before.Wait()
	raise("during", max(m.alerts*3/5, 1), lasts, &during)
	began := time.Now()
	heal := f.do(s, victim)
	if f.deafens {
		d := s.desks[victim]
		if d.wait(began.Add(lasts), func() bool { return !d.picture.Load().Links.Hearing }) {
			got.notice = append(got.notice, time.Since(began))
		} else {
			got.notice = append(got.notice, time.Minute) // not noticed at all
		}
	}
	time.Sleep(time.Until(began.Add(lasts)))
	heal()
	healed := time.Now()
	during.Wait()
	raise("after", max(m.alerts/5, 1), 100*time.Millisecond, &after)
	after.Wait()
	got.refused = int(refused.Load())
	s.check(raised, healed, m, &got)
	return got
}

// rivals lets one person on each station accept the same alert.
func (s *scene) rivals(a alert.Alert) {
	var group sync.WaitGroup
	for n, d := range s.desks {
		group.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // a test's own root
			defer cancel()
			_, _ = d.Line.Accept(ctx, staff.Session{Staff: rival(n), Station: d.Name}, alert.Read{Alert: a})
		})
	}
	group.Wait()
}

// check waits until every station has every alert, and counts.
func (s *scene) check(raised []alert.Alert, healed time.Time, m mode, got *tally) {
	got.raised = len(raised)
	end := time.Now().Add(20 * time.Second)
	for _, d := range s.desks {
		d.wait(end, func() bool { return d.lacks(raised) == 0 })
	}
	got.settle = time.Since(healed)
	store := s.records[0].Store
	// What the stream alone brought is in the record soon.
	winner := map[string]string{}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		moves, err := store.OpenMoves(s.t.Context(), "4B")
		must(s.t, err)
		known := map[string]bool{}
		for _, mv := range moves {
			known[mv.Alert.ID] = true
			if mv.Kind == alert.Accepted {
				if winner[mv.Alert.ID] != "" && winner[mv.Alert.ID] != mv.By {
					got.wrongWinner++
				}
				winner[mv.Alert.ID] = mv.By
			}
		}
		missing := 0
		for _, a := range raised {
			if !known[a.ID] {
				missing++
			}
		}
		if missing == 0 || time.Now().After(end) {
			got.lost += missing
			break
		}
	}
	for _, d := range s.desks {
		got.lost += d.lacks(raised)
		if m.accept {
			d.wait(time.Now().Add(5*time.Second), func() bool { return d.wrong(winner) == 0 })
			got.wrongWinner += d.wrong(winner)
		}
		d.mu.Lock()
		seen, last := map[string]bool{}, int64(0)
		for _, mv := range d.moves {
			if seen[mv.ID] {
				got.doubled++
			}
			seen[mv.ID] = true
			if mv.Seq > 0 && mv.Seq < last {
				got.turned++
			}
			last = max(last, mv.Seq)
		}
		d.mu.Unlock()
	}
	got.accepts = len(winner)
	if m.accept {
		got.unaccepted = len(raised) - len(winner)
	}
	s.empty(got)
}

// lacks counts the alerts that a station never showed.
func (d *desk) lacks(raised []alert.Alert) (missing int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range raised {
		if _, seen := d.heardAt[a.Text+string(alert.Raised)]; !seen {
			missing++
		}
	}
	return missing
}

// empty ends all that is open, so that the next run begins with an empty ward.
// That is more than what was raised: who raised an alert and got an error does not
// know whether it was, and no station may be left with it.
func (s *scene) empty(got *tally) {
	store := s.records[0].Store
	begun := time.Now()
	for end := begun.Add(20 * time.Second); ; {
		open, err := store.OpenMoves(s.t.Context(), "4B")
		must(s.t, err)
		var ends []alert.Move
		for _, m := range open {
			if m.Kind == alert.Raised {
				ends = append(ends, alert.Move{ID: "end:" + m.Alert.ID, Kind: alert.Resolved, Alert: m.Alert})
			}
		}
		if len(ends) > 0 {
			if _, errs := store.AppendMoves(s.t.Context(), ends); errs[0] != nil {
				s.t.Fatal(errs[0])
			}
			s.desks[0].Line.Committed(alert.Move{})
		}
		clear := true
		for _, d := range s.desks {
			clear = clear && d.wait(time.Now().Add(time.Second), func() bool {
				p := d.picture.Load()
				return p.Open == 0 && p.Links.Hearing && !p.Links.RecordAway
			})
		}
		if clear {
			got.emptied = max(got.emptied, time.Since(begun))
			return
		}
		if time.Now().After(end) {
			s.stuck(got)
		}
	}
}

// stuck ends the test with all that is known of what a station still shows.
func (s *scene) stuck(got *tally) {
	for _, d := range s.desks {
		p := d.picture.Load()
		for _, c := range p.Cards[:min(5, len(p.Cards))] {
			life, err := s.records[0].Store.AlertLife(s.t.Context(), c.Alert.ID)
			s.t.Logf("%s still shows %s as %s, turn %d, level %d, unrecorded %v; the record has it as %s: %v", d.Name,
				c.Alert.ID,
				c.Stage, c.Turn, c.Level, c.Unrecorded, life.Stage, err)
		}
		s.t.Logf("%s: %d open, links %+v, %d refused", d.Name, p.Open, p.Links, got.refused)
	}
	s.t.Fatal("20 s after all was ended a ward is not empty, or not confirmed")
}

// wrong counts the alerts of which a station shows another accepter than the
// record has.
func (d *desk) wrong(winner map[string]string) (n int) {
	for _, c := range d.picture.Load().Cards {
		if c.State == alert.TakenInHand && winner[c.Alert.ID] != c.TakenID {
			n++
		}
	}
	return n
}

// runsOfFaults is how often each fault is played in each mode.
var runsOfFaults = flag.Int("matrix.runs", matrixRuns, "how often each fault of the matrix is played in each mode")

// Every fault, while the ward is idle, in a storm, and while three accept each
// alert: no alert is lost, doubled or turned, on no station; one accepter; a dead
// link is noticed within 3 s. The short form plays few faults once.
//
// Seen red with inbox and follower both forgetting what they had (177 doubled, 316
// out of order of 80 × 3), and with the follower's fill off (after the record was
// away for all, what ended meanwhile stood on the screens for good).
func TestFaultMatrix(t *testing.T) {
	list, runs, modes := faults, *runsOfFaults,
		[]mode{{"idle", 10, false}, {"storm", 250, false}, {"accepting", 40, true}}
	if !full {
		list, runs, modes = nil, 1, []mode{{"storm", 60, false}, {"accepting", 20, true}}
		for _, f := range faults {
			if slices.Contains([]string{"connections cut", "packets dropped", "Redis killed and restarted empty",
				"the record away for all"}, f.name) {
				list = append(list, f)
			}
		}
	}
	var mu sync.Mutex
	var total tally
	lines := map[string]tally{}
	t.Run("faults", func(t *testing.T) {
		slots := make(chan bool, 6) // runs wait more than they work
		for _, f := range list {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				slots <- true
				defer func() { <-slots }()
				s := stage(t, f.sentinels)
				var sum tally
				for _, m := range modes {
					for n := range runs {
						sum.add(s.run(f, m, n))
					}
				}
				mu.Lock()
				total.add(sum)
				lines[f.name] = sum
				mu.Unlock()
				noticed := ""
				if len(sum.notice) > 0 {
					noticed = fmt.Sprint(", noticed after ", slices.Max(sum.notice).Round(10*time.Millisecond),
						" at most")
				}
				t.Logf("%d runs, %d alerts × 3 stations: %d lost, %d doubled, %d out of order, %d wrong accepters, %d refused while both ways were shut; all there %v after healing and ended %v after that at most%s",
					sum.runs, sum.raised, sum.lost, sum.doubled, sum.turned, sum.wrongWinner, sum.refused,
					sum.settle.Round(10*time.Millisecond),
					sum.emptied.Round(10*time.Millisecond), noticed)
				if sum.lost+sum.doubled+sum.turned+sum.wrongWinner > 0 || sum.raised == 0 {
					t.Errorf("not safe")
				}
				for _, d := range sum.notice {
					if d > 3*time.Second {
						t.Errorf("a dead link was noticed after %v", d)
					}
				}
			})
		}
	})
	t.Logf("%d kinds of fault, %d runs, %d alerts × 3 stations: %d lost, %d doubled, %d out of order, %d wrong accepters; %d accepted, %d left open, %d refused",
		len(lines), total.runs, total.raised, total.lost, total.doubled, total.turned, total.wrongWinner, total.accepts,
		total.unaccepted, total.refused)
}
