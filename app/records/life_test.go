package records_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// now is a raised alert of this moment: its clock is the database's.
func now(id string, p alert.Priority) alert.Move {
	m := raise(id)
	m.Alert.Priority, m.Alert.Received, m.At = p, time.Now().UTC(), time.Now().UTC()
	return m
}

func today(kind alert.MoveKind, id, by string) alert.Move {
	m := step(kind, id, by)
	m.At = time.Now().UTC()
	return m
}

func dueIn(t *testing.T, s *records.Store, id string) (in time.Duration, level int, reason string) {
	t.Helper()
	list, err := s.DueOf(t.Context(), []string{id})
	ok(t, err)
	if len(list) == 0 {
		return 0, 0, "never"
	}
	return list[0].In, list[0].Level, list[0].Reason
}

// The record keeps when each alert escalates next, from its own clock, and every
// step of its life moves it as the pure rules say.
//
// Seen red: with setDue not called after an accept, the clock ran on; with
// shownAt doing nothing, an alert on a screen escalated after 5 s.
func TestTheRecordKeepsWhenAnAlertIsDue(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		want := func(what, id string, in time.Duration, level int, reason string) {
			t.Helper()
			gotIn, gotLevel, gotReason := dueIn(t, s, id)
			if gotReason != reason || gotLevel != level || reason != "never" &&
				(gotIn > in || gotIn < in-2*time.Second) {
				t.Errorf("%s: in %v, level %d, %s; want in %v, level %d, %s", what, gotIn, gotLevel, gotReason, in,
					level, reason)
			}
		}
		put := func(m alert.Move) alert.Move {
			t.Helper()
			got, err := s.AppendMove(ctx, m)
			ok(t, err)
			return got
		}
		put(now("a", alert.High))
		want("raised", "a", 5*time.Second, 1, alert.NotShown)
		ok(t, s.PutSightings(ctx,
			[]alert.Sighting{{Alert: "a", Station: "WS-1", Delivered: time.Now(), Shown: time.Now()},
				{Alert: "a", Station: "WS-2", Shown: time.Now()},
				{Alert: "not known", Station: "WS-2", Shown: time.Now()}}))
		want("shown", "a", 20*time.Second, 1, alert.NotAnswered)
		put(alert.Escalation(alert.Alert{ID: "a"}, alert.DefaultPolicy(), 0, 1, alert.NotAnswered, time.Now()))
		want("level 1", "a", 20*time.Second, 2, alert.NotAnswered)
		put(today(alert.Accepted, "a", "achen"))
		want("accepted", "a", 0, 0, "never")
		put(today(alert.TakenBack, "a", "achen"))
		want("given back", "a", 20*time.Second, 1, alert.NotAnswered)
		rejected := today(alert.Rejected, "a", "achen")
		rejected.Called = []string{"achen", "bkhan"}
		put(rejected)
		want("one of two rejected", "a", 20*time.Second, 1, alert.NotAnswered)
		rejected = today(alert.Rejected, "a", "bkhan")
		rejected.Called = []string{"achen", "bkhan"}
		put(rejected)
		want("all rejected", "a", 20*time.Second, 2, alert.NotAnswered)
		if life, err := s.AlertLife(ctx, "a"); err != nil || life.Level != 1 ||
			life.Escalation.Reason != alert.AllRejected || life.Turn != 1 {
			t.Errorf("all rejected: %+v %v", life, err)
		}
		put(today(alert.Resolved, "a", ""))
		want("resolved", "a", 0, 0, "never")

		put(now("low", alert.Low))
		want("low", "low", 5*time.Second, 1, alert.NotShown)
		ok(t, s.PutSightings(ctx, []alert.Sighting{{Alert: "low", Station: "WS-1", Shown: time.Now()}}))
		want("low and shown", "low", 0, 0, "never")

		future := now("future", alert.High)
		future.Alert.Received = time.Now().Add(time.Hour)
		future.Alert.Raised, future.At = future.Alert.Received, future.Alert.Received
		put(future)
		want("a source an hour ahead", "future", 5*time.Second, 1, alert.NotShown)

		soon, err := s.DueWithin(ctx, 6*time.Second, 10)
		ok(t, err)
		if len(soon) != 1 || soon[0].Alert.ID != "future" || soon[0].Alert.Text == "" {
			t.Errorf("due within 6 s: %+v", soon)
		}
		if got, err := s.Sightings(ctx, "a"); err != nil || len(got) != 2 || got[0].Shown.IsZero() ||
			!got[1].Delivered.IsZero() {
			t.Errorf("sightings %+v %v", got, err)
		}
	})
}

// The turns of an alert each have one accepter; a person's second tap is the
// first; an escalation of the turn before moves nothing. Seen red with the turn
// not part of a person's move ID: the second accept was answered with the first.
func TestTurnsInTheRecord(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		_, err := s.AppendMove(ctx, now("a", alert.High))
		ok(t, err)
		for turn := range 3 {
			got, err := s.AppendMove(ctx, step(alert.Accepted, "a", "achen"))
			ok(t, err)
			twice, err := s.AppendMove(ctx, step(alert.Accepted, "a", "achen"))
			ok(t, err)
			if got.Turn != turn || twice.Seq != got.Seq {
				t.Fatalf("turn %d: %+v, again %+v", turn, got, twice)
			}
			back, err := s.AppendMove(ctx, step(alert.TakenBack, "a", "achen"))
			ok(t, err)
			again, err := s.AppendMove(ctx, step(alert.TakenBack, "a", "achen"))
			ok(t, err)
			if back.Seq != again.Seq {
				t.Fatal("given back twice")
			}
			late := alert.Escalation(alert.Alert{ID: "a"}, alert.DefaultPolicy(), turn, 1, alert.NotAnswered,
				time.Now())
			if _, err := s.AppendMove(ctx, late); !errors.Is(err, alert.ErrOldClock) {
				t.Fatalf("the clock of turn %d: %v", turn, err)
			}
		}
		forward := step(alert.Forwarded, "a", "achen")
		forward.To, forward.ToName, forward.Reason = alert.Person("bkhan"), "Khan, B", "has the next bed"
		_, err = s.AppendMove(ctx, forward)
		ok(t, err)
		life, err := s.AlertLife(ctx, "a")
		ok(t, err)
		if life.Turn != 3 || life.Forward == nil || life.Forward.To.Staff() != "bkhan" ||
			life.Forward.Reason != "has the next bed" {
			t.Fatalf("%+v", life)
		}
		if _, err := s.AppendMove(ctx,
			alert.Move{ID: "x", Kind: alert.Shown, Alert: alert.Alert{ID: "a"}}); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("a sighting as a move: %v", err)
		}
	})
}

// Many moves in one transaction are taken or refused one by one.
func TestMovesInOneTransaction(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		var list []alert.Move
		for n := range 50 {
			list = append(list, now(fmt.Sprint(n), alert.High), step(alert.Accepted, fmt.Sprint(n), "achen"),
				step(alert.Accepted, fmt.Sprint(n), "bkhan"))
		}
		got, errs := s.AppendMoves(t.Context(), list)
		for n := 0; n < len(list); n += 3 {
			var taken *alert.TakenError
			if errs[n] != nil || errs[n+1] != nil || !errors.As(errs[n+2], &taken) || got[n+1].Seq != got[n].Seq+1 {
				t.Fatalf("%d: %v %+v", n, errs[n:n+3], got[n:n+3])
			}
		}
	})
}

// Settings are versioned, audited, and never such that nobody is called.
func TestAlertPolicyOfAWard(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		p, err := s.AlertPolicy(ctx, "4B")
		ok(t, err)
		if p.Version != 0 || p.High.After.D() != 20*time.Second || p.Medium.After.D() != time.Minute ||
			p.Low.After != 0 {
			t.Fatalf("%+v", p)
		}
		p.High.After, p.Low.Latching = alert.Seconds(30*time.Second), true
		ok(t, s.SetAlertPolicy(ctx, "4B", p, "achen", "WS-1"))
		if err := s.SetAlertPolicy(ctx, "4B", p, "bkhan", "WS-2"); !errors.Is(err, records.ErrKeyReused) {
			t.Fatalf("made from an older version: %v", err)
		}
		bad := p
		bad.Version, bad.High.After = 1, 0
		if err := s.SetAlertPolicy(ctx, "4B", bad, "achen", "WS-1"); !errors.Is(err, alert.ErrPolicy) {
			t.Fatalf("unsafe: %v", err)
		}
		p, err = s.AlertPolicy(ctx, "4B")
		ok(t, err)
		if other, _ := s.AlertPolicy(ctx, "5A"); p.Version != 1 || p.High.After.D() != 30*time.Second ||
			!p.Low.Latching || other.Version != 0 {
			t.Fatalf("%+v", p)
		}
		tail, err := s.AuditTail(ctx, 1)
		ok(t, err)
		if e := tail[0]; e.Action != audit.ChangeConfig || e.Actor != "achen" || e.Object != "4B/alerts" ||
			e.Version != 1 {
			t.Fatalf("audit %+v", e)
		}
		if err := r.Exec(t, `UPDATE ward_settings SET value = ''`); err == nil {
			t.Error("a setting was changed behind the record's back")
		}
		// A latched low alert stays when its cause ends.
		_, err = s.AppendMove(ctx, now("low", alert.Low))
		ok(t, err)
		m, err := s.AppendMove(ctx, step(alert.Resolved, "low", ""))
		ok(t, err)
		again, err := s.AppendMove(ctx, step(alert.Resolved, "low", ""))
		ok(t, err)
		open, err := s.OpenMoves(ctx, "4B")
		ok(t, err)
		if m.Kind != alert.Ceased || again.Seq != m.Seq || len(open) != 2 {
			t.Errorf("latched: %+v, %d open moves", m, len(open))
		}
	})
}
