package alert_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// book is a record that decides by the rules alone.
type book struct {
	mu    sync.Mutex
	taken map[string]alert.Move
	moves []alert.Move
	in    *alert.Inbox
}

func (b *book) AppendMove(_ context.Context, m alert.Move) (alert.Move, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if had, is := b.taken[m.ID]; is {
		return had, nil
	}
	if l, a, is := b.in.Life(m.Alert.ID); is && m.Kind == alert.Raised {
		next, says := l.Again(a, m)
		switch {
		case !says && l.Stage == alert.Ended:
			return *l.Resolved, nil
		case !says:
			return m, nil
		}
		m = next
	}
	m.Seq = int64(len(b.moves) + 1)
	b.moves, b.taken[m.ID] = append(b.moves, m), m
	b.in.Apply(m, t0, false)
	return m, nil
}

// beds knows two patients by number, and who lies where.
type beds struct{ away bool }

var errAway = errors.New("away")

func (b beds) ByMRN(ctx context.Context, mrn string) (alert.Found, error) {
	switch {
	case b.away:
		return alert.Found{}, errAway
	case mrn == "1002":
		return alert.Found{Patient: "p1002", Bed: "02", Holders: alert.One}, nil
	case mrn == "777":
		return alert.Found{Holders: alert.Several}, nil
	}
	return alert.Found{Holders: alert.Nobody}, nil
}

func (b beds) ByBed(_ context.Context, _, bed string) ([]string, error) {
	return map[string][]string{"04": {"p4"}, "05": {"p5", "p6"}}[bed], nil
}

func receive(t *testing.T, find alert.Finder, payloads ...string) *book {
	t.Helper()
	b := &book{taken: map[string]alert.Move{}, in: alert.NewInbox()}
	r := &alert.Receiver{Line: &alert.Line{Record: b}, Find: find}
	r.Act(t.Context(), true)
	for _, p := range payloads {
		r.Hear(t.Context(), "4B", []byte(p))
	}
	r.Wait()
	// Another station takes the role over, which heard the same.
	r.Act(t.Context(), false)
	r.Act(t.Context(), true)
	return b
}

// The number that was sent is kept, and the bed decides where it does not.
//
// Seen red: with the bed asked only where no number was sent, the alert of bed 04
// had no patient.
func TestWhoseAlertItIs(t *testing.T) {
	for sent, want := range map[string]alert.Alert{
		`{"mrn":1002,"text":"x"}`:                {Patient: "p1002", Bed: "02", Sent: "1002", Holders: alert.One},
		`{"mrn":1002,"bed":"04","text":"x"}`:     {Patient: "p1002", Bed: "02", Sent: "1002", Holders: alert.One},
		`{"mrn":"99999","text":"x"}`:             {Sent: "99999", Holders: alert.Nobody},
		`{"mrn":"99999","bed":"04","text":"x"}`:  {Patient: "p4", Bed: "04", Sent: "99999", Holders: alert.Nobody},
		`{"mrn":"777","bed":"04","text":"x"}`:    {Patient: "p4", Bed: "04", Sent: "777", Holders: alert.Several},
		`{"mrn":"777","text":"x"}`:               {Sent: "777", Holders: alert.Several},
		`{"mrn":"777","bed":"05","text":"x"}`:    {Bed: "05", Sent: "777", Holders: alert.Several},
		`{"mrn":"10\u000002","text":"x"}`:        {Sent: "10 02"}, // not 1002
		`{"mrn":"1002\u0000","text":"x"}`:        {Patient: "p1002", Bed: "02", Sent: "1002", Holders: alert.One},
		`{"bed":"05","text":"two lie there"}`:    {Bed: "05"},
		`{"bed":"99","text":"no such bed"}`:      {Bed: "99"},
		`{"bed":"04","mrn":null,"text":"a bed"}`: {Patient: "p4", Bed: "04"},
	} {
		b := receive(t, beds{}, sent)
		if len(b.moves) != 1 {
			t.Fatalf("%s: %+v", sent, b.moves)
		}
		if a := b.moves[0].Alert; a.Patient != want.Patient || a.Bed != want.Bed || a.Sent != want.Sent ||
			a.Holders != want.Holders || a.Priority != alert.High {
			t.Errorf("%s: %+v", sent, a)
		}
	}
	b := receive(t, beds{away: true}, `{"mrn":1002,"bed":"04","text":"x","priority":"low"}`)
	if a := b.moves[0].Alert; a.Patient != "p4" || a.Sent != "1002" || a.Holders != "" || a.Priority != alert.Low {
		t.Errorf("the numbers cannot be looked up: %+v", a)
	}
}

// What a source says of one alert is taken in its order, and once, also when the
// station that took it dies.
//
// Seen red: with no message waiting for the one before it, an earlier text came
// last.
func TestASourceSaysMore(t *testing.T) {
	for range 50 {
		b := receive(t, beds{}, `{"id":"x","priority":"low","text":"HR 120"}`,
			`{"id":"x","priority":"low","text":"HR 120"}`,
			`{"id":"x","priority":"high","text":"HR 150"}`, `{"id":"x","priority":"low","text":"HR 130"}`,
			`{"id":"x","priority":"low","text":"HR 130","at":1773133140}`,
			`{"id":"x","priority":"low","text":"HR 120"}`)
		c := b.in.Cards()
		if len(c) != 1 || c[0].Alert.Priority != alert.High || c[0].Alert.Text != "HR 120" ||
			c[0].Alert.ID != "intake:4B:x" || len(b.moves) != 4 {
			t.Fatalf("%+v\n%+v", c, b.moves)
		}
	}
}

// An alert whose ID comes again after its end is a new one if it was raised since; else
// the log says that it was not. Seen red: neither, and in one minute it was always taken
// for the same message.
func TestAnIDThatComesAgainAfterItsEnd(t *testing.T) {
	b := &book{taken: map[string]alert.Move{}, in: alert.NewInbox()}
	var log strings.Builder
	r := &alert.Receiver{Line: &alert.Line{Record: b}, Find: beds{}, Grace: time.Nanosecond,
		Logger: slog.New(slog.NewTextHandler(&log, nil))}
	r.Act(t.Context(), true)
	hear := func(at time.Time) {
		r.Hear(t.Context(), "4B", fmt.Appendf(nil, `{"id":"x","text":"HR 120","at":%d}`, at.Unix()))
		r.Wait()
	}
	first := time.Now().Add(-time.Hour).Truncate(time.Second)
	hear(first)
	_, err := r.Line.Resolve(t.Context(), b.moves[0].Alert, "")
	if err != nil {
		t.Fatal(err)
	}
	b.moves[1].At = first.Add(time.Minute) // it ended long ago
	b.in = alert.NewInbox()
	for _, m := range b.moves {
		b.in.Apply(m, t0, false)
	}
	hear(first.Add(time.Second))
	if len(b.moves) != 2 || !strings.Contains(log.String(), "it is not raised again") ||
		strings.Contains(log.String(), "HR 120") {
		t.Errorf("told again: %+v\n%s", b.moves, log.String())
	}
	hear(first.Add(2 * time.Minute))
	if len(b.moves) != 3 || b.moves[2].Alert.ID != "again:2:intake:4B:x" {
		t.Errorf("happened again: %+v", b.moves)
	}
}
