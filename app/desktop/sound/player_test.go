package sound

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// paper is a sink that notes what it is given, and how long it sounded. Its time
// is the test's.
type paper struct {
	mu    sync.Mutex
	notes []note
	state State
	err   error
	hang  chan struct{} // not nil: Play does not answer, nor hears of ctx, until it is closed
}

type note struct {
	signal Signal // signals for what is no burst
	from   time.Time
	took   time.Duration
	whole  bool
}

func (p *paper) Play(ctx context.Context, w Wave) error {
	p.mu.Lock()
	err, hang := p.err, p.hang
	p.mu.Unlock()
	if hang != nil {
		<-hang
		return ErrHanging
	}
	if err != nil {
		return err
	}
	n := note{signal: signals, from: time.Now()}
	for s := range signals {
		if &w[0] == &Burst(s)[0] {
			n.signal = s
		}
	}
	timer := time.NewTimer(w.Length())
	defer timer.Stop()
	select {
	case <-timer.C:
		n.whole = true
	case <-ctx.Done():
		err = ctx.Err()
	}
	n.took = time.Since(n.from)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.notes = append(p.notes, n)
	return err
}

func (p *paper) State(context.Context) State {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return stateOf(p.err)
	}
	return p.state
}

func (p *paper) set(f func(*paper)) { p.mu.Lock(); defer p.mu.Unlock(); f(p) }

// since lists what was played from t on.
func (p *paper) since(t time.Time) (out []note) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, n := range p.notes {
		if !n.from.Before(t) {
			out = append(out, n)
		}
	}
	return out
}

// onPaper runs a test with a player and a clock that jumps.
func onPaper(t *testing.T, o Options, test func(*testing.T, *Player, *paper)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		sink := &paper{state: State{Kind: OK, Volume: 100}}
		p, err := NewPlayer(sink, o)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- p.Run(ctx) }()
		defer func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}()
		test(t, p, sink)
	})
}

// The clock of these tests jumps: waiting is how time passes, not how goroutines
// meet.
func pass(d time.Duration) { time.Sleep(d); synctest.Wait() }

// Each signal begins at once and repeats after its interval until it is silenced.
func TestRepeatsUntilSilenced(t *testing.T) {
	for s := range signals {
		onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
			if err := p.Ring("a", s); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			pass(3*defaultRepeat[s] + 3*Burst(s).Length() - ms)
			notes := sink.since(start)
			if len(notes) != 3 || notes[0].from != start {
				t.Fatalf("%v: %+v", s, notes)
			}
			for i, n := range notes {
				if n.signal != s || !n.whole {
					t.Errorf("%v: %+v", s, n)
				}
				if i > 0 && n.from.Sub(notes[i-1].from.Add(notes[i-1].took)) != defaultRepeat[s] {
					t.Errorf("%v: silence before burst %d", s, i)
				}
			}
			p.Silence("a")
			now := time.Now()
			pass(time.Hour)
			if n := sink.since(now); len(n) > 0 {
				t.Errorf("%v sounds on: %+v", s, n)
			}
		})
	}
}

// What is more urgent breaks off the rest; the rest comes back afterwards. Red
// once: with wanted always true the medium burst ended first.
func TestMoreUrgentBreaksOff(t *testing.T) {
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		_ = p.Ring("m", Medium)
		pass(300 * ms)
		now := time.Now()
		_ = p.Ring("h", High)
		pass(Burst(High).Length() + ms)
		first := sink.since(now.Add(-time.Second))
		if len(first) != 2 || first[0].whole || first[1].signal != High || first[1].from != now {
			t.Fatalf("%+v", first)
		}
		p.Silence("h")
		pass(20 * time.Second)
		if rest := sink.since(now.Add(Burst(High).Length())); len(rest) == 0 || rest[0].signal != Medium ||
			!rest[0].whole {
			t.Errorf("the medium alert does not come back: %+v", rest)
		}
	})
}

// Accepting an alert ends its sound in the middle of the burst.
func TestSilencedInTheMiddle(t *testing.T) {
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		_ = p.Ring("h", High)
		pass(400 * ms)
		p.Silence("h")
		pass(time.Minute)
		if n := sink.since(time.Time{}); len(n) != 1 || n[0].took != 400*ms {
			t.Errorf("%+v", n)
		}
	})
}

// A pause ends by itself, high after 2 minutes at most; a new high alert sounds
// in spite of it, a new medium one waits. Red once: with the bounds of Pause out
// (silent for a day), and with breaks always false.
func TestPauseEndsByItself(t *testing.T) {
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		_ = p.Ring("h1", High)
		_ = p.Ring("m1", Medium)
		pass(time.Second)
		began := time.Now()
		if until := p.Pause(24 * time.Hour); until != began.Add(MostPause) {
			t.Errorf("paused for %v", until.Sub(began))
		}
		if st := p.Status(); st.Sounding || !st.Held || st.Paused.IsZero() {
			t.Errorf("%+v", st)
		}
		pass(time.Minute)
		_ = p.Ring("m2", Medium)
		pass(10 * time.Second)
		if n := sink.since(began); len(n) > 0 {
			t.Fatalf("sounds in the pause: %+v", n)
		}
		new := time.Now()
		_ = p.Ring("h2", High)
		pass(time.Second)
		p.Silence("h2")
		pass(10 * time.Second)
		if n := sink.since(new); len(n) != 1 || n[0].signal != High || n[0].from != new {
			t.Fatalf("a new high alert in the pause: %+v", n)
		}
		pass(MostPauseHigh)
		if n := sink.since(began.Add(MostPauseHigh)); len(n) == 0 || n[0].signal != High ||
			n[0].from != began.Add(MostPauseHigh) {
			t.Fatalf("after the pause: %+v", n)
		}
		p.Silence("h1")
		pass(time.Second)
		if n := sink.since(time.Now()); len(n) > 0 {
			t.Errorf("the medium pause ended with the high one: %+v", n)
		}
		pass(MostPause)
		if n := sink.since(began.Add(MostPause)); len(n) == 0 || n[0].signal != Medium ||
			n[0].from != began.Add(MostPause) {
			t.Errorf("after the pause: %+v", n)
		}
		p.Pause(time.Minute)
		now := time.Now()
		p.Resume()
		pass(5 * time.Second)
		if n := sink.since(now); len(n) == 0 {
			t.Error("Resume does not end the pause")
		}
	})
}

// A burst counts as heard only where it could be: whole, and not muted. Red once:
// with the State after the burst not asked for.
func TestPlayedOnlyWhatCouldBeHeard(t *testing.T) {
	var reports []Played
	onPaper(t, Options{Played: func(x Played) { reports = append(reports, x) }},
		func(t *testing.T, p *Player, sink *paper) {
			sink.set(func(s *paper) { s.state = State{Kind: Muted} })
			_ = p.Ring("a", Medium)
			pass(30 * time.Second)
			if len(reports) > 0 {
				t.Fatalf("heard while muted: %+v", reports)
			}
			if st := p.Status(); st.State.Kind != Muted {
				t.Errorf("%+v", st)
			}
			sink.set(func(s *paper) { s.state = State{Kind: OK} })
			pass(12 * time.Second)
			if len(reports) != 1 || !slices.Equal(reports[0].Alerts, []string{"a"}) || reports[0].Signal != Medium {
				t.Fatalf("%+v", reports)
			}
			// A high burst also tells what it keeps silent; an alert is told once.
			_ = p.Ring("b", Low)
			_ = p.Ring("c", High)
			pass(Burst(High).Length() + ms)
			last := reports[len(reports)-1]
			slices.Sort(last.Alerts)
			if !slices.Equal(last.Alerts, []string{"b", "c"}) || last.Signal != High {
				t.Errorf("%+v", last)
			}
			p.Silence("c")
			p.Silence("a")
			pass(5 * time.Minute)
			for _, r := range reports[len(reports)-2:] {
				if len(r.Alerts) > 0 {
					t.Errorf("told again: %+v", r)
				}
			}
		})
}

// A device that fails is tried again each second, and its state is told. Red
// once: with the failed burst taken for one that sounded, tried after 5 s.
func TestDeviceThatFailsIsTriedAgain(t *testing.T) {
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		sink.set(func(s *paper) { s.err = ErrAbsent })
		_ = p.Ring("a", High)
		pass(10 * time.Second)
		if st := <-p.States(); st.Kind != Absent {
			t.Errorf("%+v", st)
		}
		back := time.Now()
		sink.set(func(s *paper) { s.err = nil })
		pass(time.Second + Burst(High).Length())
		if n := sink.since(back); len(n) == 0 || p.Status().State.Kind != OK {
			t.Errorf("not tried again: %+v", n)
		}
	})
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		sink.set(func(s *paper) { s.state = State{Kind: Muted} })
		pass(11 * time.Second) // nothing sounds: it is looked at all the same
		if st := <-p.States(); st.Kind != Muted {
			t.Errorf("%+v", st)
		}
	})
}

// The caller never waits, whatever the device does. Red once: with Ring handing
// the burst to the sink itself.
func TestCallerNeverWaits(t *testing.T) {
	p, err := NewPlayer(&paper{hang: make(chan struct{})}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { _ = p.Run(ctx); close(ended) }()
	start := time.Now()
	for i := range 100_001 {
		err = p.Ring(fmt.Sprint(i), Medium)
	}
	if !errors.Is(err, ErrFull) {
		t.Errorf("%v", err)
	}
	p.Pause(time.Minute)
	p.Status()
	p.Clear()
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%v", took)
	}
	if err := p.Ring("a", High); err != nil {
		t.Error(err)
	}
	cancel()
	close(p.sink.(*paper).hang)
	<-ended
	if err := p.Test(t.Context()); !errors.Is(err, ErrStopped) {
		t.Errorf("%v", err)
	}
}

func TestSelfTest(t *testing.T) {
	onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
		if err := p.Test(t.Context()); err != nil {
			t.Error(err)
		}
		sink.set(func(s *paper) { s.state = heard("x", 100, true) })
		if err := p.Test(t.Context()); !errors.Is(err, ErrNotHeard) {
			t.Errorf("muted: %v", err)
		}
		sink.set(func(s *paper) { s.err = ErrAbsent })
		if err := p.Test(t.Context()); !errors.Is(err, ErrAbsent) {
			t.Errorf("no device: %v", err)
		}
		sink.set(func(s *paper) { s.err = nil })
		done := make(chan error)
		go func() { done <- p.Test(t.Context()) }()
		pass(time.Second)
		now := time.Now()
		_ = p.Ring("a", Medium)
		if err := <-done; !errors.Is(err, ErrSounding) || time.Since(now) > 0 {
			t.Errorf("%v after %v", err, time.Since(now))
		}
		if err := p.Test(t.Context()); !errors.Is(err, ErrSounding) {
			t.Errorf("%v", err)
		}
	})
}

func TestIntervalsKeepToTheStandard(t *testing.T) {
	for _, c := range []struct {
		s  Signal
		d  time.Duration
		ok bool
	}{{High, 2 * time.Second, false}, {High, 2500 * ms, true}, {High, 16 * time.Second, false},
		{Medium, 31 * time.Second, false},
		{Low, 10 * time.Second, false}, {Low, time.Minute, true}, {Low, time.Hour, false},
		{signals, time.Minute, false}} {
		if _, err := NewPlayer(&paper{}, Options{Repeat: map[Signal]time.Duration{c.s: c.d}}); (err == nil) != c.ok ||
			err != nil && !errors.Is(err, ErrInterval) {
			t.Errorf("%v every %v: %v", c.s, c.d, err)
		}
	}
}

// Whatever is rung, silenced, paused and resumed: what is open and not covered by
// a pause is never silent for longer than its repetition, nothing sounds that is
// not open, and no pause outlasts its bound.
func TestNothingOpenFallsSilent(t *testing.T) {
	for seed := range uint64(40) {
		onPaper(t, Options{}, func(t *testing.T, p *Player, sink *paper) {
			rnd := rand.New(rand.NewPCG(seed, 5))
			open := map[string]Signal{}
			for range 60 {
				id := fmt.Sprint(rnd.IntN(6))
				switch rnd.IntN(8) {
				case 0, 1, 2:
					s := Signal(rnd.IntN(int(signals)))
					if _, is := open[id]; !is {
						_ = p.Ring(id, s)
						open[id] = s
					}
				case 3, 4:
					p.Silence(id)
					delete(open, id)
				case 5:
					p.Pause(time.Duration(rnd.IntN(300)) * time.Second)
				case 6:
					p.Resume()
				}
				synctest.Wait()
				st := p.Status()
				if limit := time.Now().Add(MostPause); st.Paused.After(limit) {
					t.Fatalf("seed %d: paused until %v", seed, st.Paused)
				}
				if len(open) > 0 && !st.Sounding && !st.Held {
					t.Fatalf("seed %d: %d open, none sounds or is held", seed, len(open))
				}
				now, wait := time.Now(), time.Duration(rnd.IntN(90_000))*ms
				pass(wait)
				notes := sink.since(now)
				if len(open) == 0 && len(notes) > 0 {
					t.Fatalf("seed %d: nothing is open and it sounds: %+v", seed, notes)
				}
				// A burst is noted when it ends; one may have been under way.
				if longest := defaultRepeat[st.Signal] + 2*Burst(st.Signal).Length(); st.Sounding &&
					st.Paused.IsZero() && wait > longest+ms && len(notes) == 0 {
					t.Fatalf("seed %d: %v is open and silent for %v", seed, st.Signal, wait)
				}
				for _, n := range notes {
					if st.Sounding && n.signal > st.Signal {
						t.Fatalf("seed %d: %v sounds while %v is open", seed, n.signal, st.Signal)
					}
				}
			}
		})
	}
}
