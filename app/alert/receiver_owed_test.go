package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// gate is a record that takes a move when it is let through, or fails.
type gate struct {
	mu    sync.Mutex
	away  bool
	at    chan struct{} // tells of a move that waits
	open  chan struct{} // closed: none waits
	texts []string
}

func (g *gate) AppendMove(_ context.Context, m Move) (Move, error) {
	g.mu.Lock()
	open := g.open
	g.mu.Unlock()
	if open != nil {
		g.at <- struct{}{}
		<-open
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.away {
		return m, errors.New("away")
	}
	g.texts = append(g.texts, m.Alert.Text)
	return m, nil
}

type nobodyFound struct{}

func (nobodyFound) ByMRN(context.Context, string) (Found, error)            { return Found{}, nil }
func (nobodyFound) ByBed(context.Context, string, string) ([]string, error) { return nil, nil }

// owing is a receiver that owes messages, and stands in the middle of paying the first.
func owing(t *testing.T, payloads ...string) (*Receiver, *gate, chan bool) {
	t.Helper()
	g := &gate{away: true, at: make(chan struct{}, 16)}
	r := &Receiver{Line: &Line{Record: g}, Find: nobodyFound{}}
	r.Act(t.Context(), true)
	for _, p := range payloads {
		r.Hear(t.Context(), "4B", []byte(p))
		r.Wait()
	}
	g.mu.Lock()
	g.away, g.open = false, make(chan struct{})
	g.mu.Unlock()
	paid := make(chan bool, 1)
	go func() { paid <- r.pay(t.Context()) }()
	<-g.at
	return r, g, paid
}

// let lets all through, and pays what is still owed.
func (g *gate) let(t *testing.T, r *Receiver, paid chan bool) []string {
	t.Helper()
	g.mu.Lock()
	close(g.open)
	g.open = nil
	g.mu.Unlock()
	<-paid
	r.Wait()
	for r.pay(t.Context()) {
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.texts
}

const asystole = `{"text":"ASYSTOLE"}`

// What is owed leaves only when it was raised itself. Seen red: while one was being raised
// its source said more of it, and another that was owed was dropped, or the program fell.
func TestWhatIsOwedLeavesByItself(t *testing.T) {
	for n, c := range []struct{ owed, heard, want []string }{
		{[]string{`{"id":"x","text":"HR 120"}`}, []string{`{"id":"x","text":"HR 150"}`}, []string{"HR 120", "HR 150"}},
		{[]string{`{"id":"x","text":"HR 120"}`, asystole}, []string{`{"id":"x","text":"HR 150"}`},
			[]string{"HR 120", "HR 150", "ASYSTOLE"}},
		{[]string{asystole, `{"id":"x","text":"HR 120"}`}, []string{`{"id":"x","text":"HR 150"}`},
			[]string{"ASYSTOLE", "HR 150"}},
		{[]string{asystole, `{"id":"x","text":"HR 120"}`}, []string{`{"id":"x","priority":"low"}`},
			[]string{"ASYSTOLE", "HR 120"}},
	} {
		r, g, paid := owing(t, c.owed...)
		for _, p := range c.heard {
			r.Hear(t.Context(), "4B", []byte(p))
		}
		got := g.let(t, r, paid)
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) || len(r.owed) > 0 {
			t.Errorf("%d: raised %q, owed %d; want %q", n, got, len(r.owed), c.want)
		}
	}
}

// What could not be raised is still owed.
func TestWhatCannotBeRaisedStaysOwed(t *testing.T) {
	r, g, paid := owing(t, `{"id":"x","text":"HR 120"}`, asystole)
	g.mu.Lock()
	g.away = true
	close(g.open)
	g.open = nil
	g.mu.Unlock()
	if more := <-paid; more || len(r.owed) != 2 {
		t.Fatalf("owed %d, more %v", len(r.owed), more)
	}
	r.Hear(t.Context(), "4B", []byte(`{"id":"x","text":"HR 150"}`))
	r.Wait()
	if len(r.owed) != 2 || r.owed[1].req.Text != "HR 150" {
		t.Errorf("owed %+v", r.owed)
	}
}

// A message that comes after one that failed is told last, and once.
func TestALaterMessageOvertakesWhatFailed(t *testing.T) {
	g := &gate{away: true, at: make(chan struct{}, 16), open: make(chan struct{})}
	r := &Receiver{Line: &Line{Record: g}, Find: nobodyFound{}}
	r.Act(t.Context(), true)
	r.Hear(t.Context(), "4B", []byte(`{"id":"x","priority":"high","text":"HR 120"}`))
	<-g.at
	r.Hear(t.Context(), "4B", []byte(`{"id":"x","priority":"low","text":"HR 150"}`)) // waits for the first
	g.mu.Lock()
	close(g.open)
	g.open = nil
	g.mu.Unlock()
	r.Wait()
	if len(r.owed) != 1 || r.owed[0].req.Text != "HR 150" || r.owed[0].req.Priority != High {
		t.Fatalf("owed %d: %+v", len(r.owed), r.owed[0])
	}
}

// The counts of messages are those of what is kept. Seen red: they were cleared only when
// nothing was kept, and a channel that never rests is never without.
func TestCountsGoWithWhatIsKept(t *testing.T) {
	r := &Receiver{Grace: time.Minute}
	at := time.Now()
	for n := range 5000 {
		k := r.keep(kept{ward: "4B", payload: fmt.Append(nil, n), at: at.Add(time.Duration(n) * time.Second)})
		if k.nth != 1 {
			t.Fatalf("%d is the %d. of its kind", n, k.nth)
		}
	}
	if len(r.count) > 100 || len(r.count) != len(r.kept) {
		t.Errorf("%d counts of %d messages", len(r.count), len(r.kept))
	}
	// One of two leaves: the third is still the third.
	r = &Receiver{Grace: 10 * time.Second}
	for n, after := range []int{0, 5, 12} {
		k := r.keep(kept{ward: "4B", payload: []byte("x"), at: at.Add(time.Duration(after) * time.Second)})
		if k.nth != n+1 {
			t.Errorf("after %d s it is the %d., want %d", after, k.nth, n+1)
		}
	}
}
