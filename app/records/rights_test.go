package records_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// answerers are one of each who might answer an alert of 4B, and some who must not.
var answerers = []staff.Staff{
	{ID: "diaz", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
	{ID: "khan", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
	{ID: "osei", Role: staff.Doctor, Wards: []string{"4B"}, Active: true},
	{ID: "park", Role: staff.CareAssistant, Wards: []string{"4B"}, Active: true},
	{ID: "chen", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true},
	{ID: "roy", Role: staff.ChargeNurse, Wards: []string{"5A"}, Active: true},
	{ID: "tech", Role: staff.IT, Wards: []string{"4B"}, Active: true},
	{ID: "left", Role: staff.ChargeNurse, Wards: []string{"4B"}},
}

// calls is a record with those people, and alerts of p1 in 4B.
type calls struct {
	*testing.T
	*records.Store
	raised int
}

// raise begins an alert to which something happened already.
func (c *calls) raise(then ...alert.Move) alert.Alert {
	c.Helper()
	c.raised++
	a := alert.Alert{ID: fmt.Sprint("r", c.raised), Ward: "4B", Patient: "p1", Priority: alert.High, Text: "x"}
	for n, m := range append([]alert.Move{{Kind: alert.Raised}}, then...) {
		m.ID, m.Alert, m.Station = fmt.Sprint(n, a.ID), a, "WS-1"
		if m.By != "" {
			m.Claim = &alert.Claim{Ward: "4B", Reach: alert.ToEveryone}
		}
		_, err := c.AppendMove(c.Context(), m)
		ok(c, err)
	}
	return a
}

// try takes a step by a person's right.
func (c *calls) try(who string, kind alert.MoveKind, a alert.Alert, claim alert.Claim) error {
	_, err := c.AppendMove(c.Context(), alert.Move{ID: fmt.Sprint(kind, a.ID, who), Kind: kind, Alert: a, By: who,
		Reason: "r", To: alert.ChargeNurse, Station: "WS-1", Session: "session of " + who, Claim: &claim})
	return err
}

// may wants exactly those people to accept, or else to be on the way, each to an
// alert of their own to which the same happened.
func (c *calls) may(what, accept, way string, claim alert.Claim, then ...alert.Move) {
	c.Helper()
	got := map[alert.MoveKind][]string{}
	for _, who := range append(answerers, staff.Staff{ID: "nobody"}) {
		for _, kind := range []alert.MoveKind{alert.Accepted, alert.OnMyWay} {
			switch err := c.try(who.ID, kind, c.raise(then...), claim); {
			case err == nil:
				got[kind] = append(got[kind], who.ID)
			case !errors.Is(err, alert.ErrNotCalled) || !errors.Is(err, staff.ErrNotAllowed) || !alert.Refused(err):
				c.Errorf("%s: %s, %s: %v", what, who.ID, kind, err)
			}
		}
	}
	if a, w := strings.Join(got[alert.Accepted], " "), strings.Join(got[alert.OnMyWay], " "); a != accept || w != way {
		c.Errorf("%s: accept %q, on the way %q; want %q, %q", what, a, w, accept, way)
	}
}

// The record decides by what it holds itself who may answer an alert: who looks
// after the patient now, whom it was forwarded to, how far it has escalated, the
// role and the ward of the person, and the alert's own ward, whatever the caller
// says of them. A refusal leaves no move.
//
// Seen red with mayMove returning nil at once, and for a step without a claim, with assignments that ended still
// counting, with the alert's ward not compared, with people who left let in, and with the emergency
// taken by the caller's word, or in another person's name.
func TestTheRecordDecidesWhoAnswers(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		c := &calls{T: t, Store: fresh(t, r)}
		ctx := t.Context()
		for _, p := range answerers {
			p.Surname = p.ID
			ok(t, c.PutStaff(ctx, p, ""))
		}
		by := staff.Session{Staff: staff.Staff{ID: "chen", Role: staff.ChargeNurse}, Station: "WS-1"}
		assign := func(who string, until time.Duration) {
			ok(t, c.Assign(ctx, ward.Assignment{Patient: "p1", Staff: who, By: "chen", Until: time.Now().Add(until)},
				by))
		}
		assign("diaz", time.Hour)
		assign("khan", -time.Minute) // the shift is over
		here := alert.Claim{Ward: "4B"}
		charge := alert.Move{Kind: alert.Escalated, Level: 1}
		every := alert.Move{Kind: alert.Escalated, Level: 2}
		to := func(target alert.Target) alert.Move {
			return alert.Move{Kind: alert.Forwarded, By: "chen", To: target}
		}

		c.may("raised", "diaz chen", "khan osei park", here)
		c.may("with the charge nurse", "diaz chen", "khan osei park", here, charge)
		c.may("with everyone", "diaz khan osei chen", "park", here, charge, every)
		c.may("forwarded", "diaz khan chen", "osei park", here, to(alert.Person("khan")))
		c.may("forwarded on", "diaz khan chen", "osei park", here, to(alert.Person("khan")), to(alert.ChargeNurse))
		c.may("forwarded to everyone", "diaz khan osei chen", "park", here, to(alert.Everyone))
		c.may("forwarded to a care assistant", "diaz chen", "khan osei park", here, to(alert.Person("park")))
		c.may("nobody nearer is signed in", "diaz khan osei chen", "park",
			alert.Claim{Ward: "4B", Reach: alert.ToEveryone})
		c.may("in another ward's name", "", "", alert.Claim{Ward: "5A"})
		emergency := alert.Claim{Ward: "4B", Emergency: true}
		c.may("in an emergency that nobody began", "diaz chen", "khan osei park", emergency)
		for _, p := range answerers {
			sess := staff.Session{ID: "session of " + p.ID, Staff: p, Station: "WS-1"}
			_, err := c.BeginEmergency(ctx, sess, "4B", "arrest", time.Hour)
			ok(t, err)
		}
		c.may("in an emergency", "diaz khan osei chen roy", "park", emergency)
		ok(t, c.EndEmergencies(ctx, "session of roy", "sign-out"))
		c.may("in an emergency of which one ended", "diaz khan osei chen", "park", emergency)
		for _, p := range answerers {
			ok(t, c.EndEmergencies(ctx, "session of "+p.ID, "sign-out"))
		}
		_, err := c.BeginEmergency(ctx, staff.Session{ID: "session of roy", Staff: answerers[0]}, "4B", "arrest",
			time.Hour)
		ok(t, err)
		c.may("in somebody else's name", "diaz chen", "khan osei park", emergency)

		for _, kind := range []alert.MoveKind{alert.Accepted, alert.Rejected, alert.Forwarded, alert.OnMyWay,
			alert.Resolved, alert.TakenBack} {
			then := []alert.Move{}
			if kind == alert.TakenBack {
				then = append(then, alert.Move{Kind: alert.Accepted, By: "chen"})
			}
			_, err := c.AppendMove(ctx,
				alert.Move{ID: fmt.Sprint("no claim ", kind), Kind: kind, Alert: c.raise(then...),
					By: "chen", Reason: "r", To: alert.ChargeNurse, Station: "WS-1"})
			if !errors.Is(err, alert.ErrNotCalled) || !alert.Refused(err) {
				t.Errorf("%s without a word by what right: %v", kind, err)
			}
		}

		ok(t, c.Release(ctx, "p1", "diaz", by))
		c.may("released", "chen", "diaz khan osei park", here)

		before, err := c.AuditTail(ctx, 1)
		ok(t, err)
		a := c.raise()
		if err = c.try("khan", alert.Accepted, a, here); !errors.Is(err, alert.ErrNotCalled) {
			t.Error(err)
		}
		after, err := c.AuditTail(ctx, 1)
		ok(t, err)
		if life, err := c.AlertLife(ctx, a.ID); err != nil || life.Accepted != nil || after[0].Seq != before[0].Seq {
			t.Errorf("a refusal left %+v, %v, in the trail %+v", life, err, after)
		}
	})
}

// What is in hand: whoever has it gives it back, forwards and ends it, a charge
// nurse takes it back or ends it with a reason, and nobody else does anything. What
// changed since it was read is not accepted.
//
// Seen red with Claim.AsOf not compared.
func TestTheRecordDecidesWhoEnds(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		c := &calls{T: t, Store: fresh(t, r)}
		for _, p := range answerers {
			p.Surname = p.ID
			ok(t, c.PutStaff(t.Context(), p, ""))
		}
		here := alert.Claim{Ward: "4B", Reach: alert.ToEveryone}
		held := alert.Move{Kind: alert.Accepted, By: "diaz"}
		for kind, want := range map[alert.MoveKind]string{
			alert.TakenBack: "diaz chen", alert.Resolved: "diaz chen", alert.Forwarded: "diaz",
		} {
			got := ""
			for _, p := range answerers {
				err := c.try(p.ID, kind, c.raise(held), here)
				if err == nil {
					got += " " + p.ID
				} else if !alert.Refused(err) {
					t.Errorf("%s, %s: %v", p.ID, kind, err)
				}
			}
			if strings.TrimSpace(got) != want {
				t.Errorf("%s what Diaz has: %q, want %q", kind, got, want)
			}
		}
		read := here
		read.AsOf = &alert.AsOf{}
		ok(t, c.try("diaz", alert.Accepted, c.raise(), read))
		again := c.raise(held, alert.Move{Kind: alert.TakenBack, By: "diaz"})
		if err := c.try("diaz", alert.Accepted, again, read); !errors.Is(err, alert.ErrChanged) || !alert.Refused(err) {
			t.Errorf("another turn: %v", err)
		}
		said := c.raise()
		worse := said
		worse.Text = "worse"
		_, err := c.AppendMove(t.Context(), alert.Move{ID: "said", Kind: alert.Raised, Alert: worse, Station: "WS-1"})
		ok(t, err)
		if err := c.try("diaz", alert.Accepted, said, read); !errors.Is(err, alert.ErrChanged) {
			t.Errorf("it says more: %v", err)
		}
	})
}

// Whoever has an alert in hand gives it back, though they work on its ward no more, in another role, or in none; they
// do nothing else with it, and nobody else of another ward gives it back for them.
//
// Seen red with the ward asked first, and with whoever gives back not held against who has it.
func TestWhatIsInHandIsGivenBackFromAnyWard(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		c := &calls{T: t, Store: fresh(t, r)}
		ctx := t.Context()
		put := func(p staff.Staff) { p.Surname = p.ID; ok(t, c.PutStaff(ctx, p, "")) }
		for _, p := range answerers {
			put(p)
		}
		ok(t, c.PutWard(ctx, ward.Ward{ID: "5A", Name: "5A Surgery"}))
		for name, now := range map[string]staff.Staff{
			"another ward": {ID: "diaz", Role: staff.Nurse, Wards: []string{"5A"}, Active: true},
			"no ward":      {ID: "diaz", Role: staff.Nurse, Active: true},
			"another role": {ID: "diaz", Role: staff.IT, Wards: []string{"4B"}, Active: true},
		} {
			put(answerers[0])
			a := c.raise(alert.Move{Kind: alert.Accepted, By: "diaz"})
			put(now)
			for who, kinds := range map[string][]alert.MoveKind{"diaz": {alert.Resolved, alert.Forwarded},
				"roy": {alert.TakenBack}} {
				for _, kind := range kinds {
					if err := c.try(who, kind, a, alert.Claim{Ward: "4B"}); !errors.Is(err, alert.ErrNotCalled) {
						t.Errorf("%s: %s by %s: %v", name, kind, who, err)
					}
				}
			}
			if err := c.try("diaz", alert.TakenBack, a, alert.Claim{Ward: "4B"}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if life, err := c.AlertLife(ctx, a.ID); err != nil || !life.Stage.Open() || life.Back == nil {
				t.Errorf("%s: %+v, %v", name, life, err)
			}
		}
	})
}

// On the way there is recorded, audited, said once however often it is pressed, and
// leaves the alert open and due as it was.
//
// It is taken back by the person who said it, and by nobody else.
//
// Seen red with Life.With taking it for an accept: nothing was due.
func TestOnTheWayInTheRecord(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		c := &calls{T: t, Store: fresh(t, r)}
		ctx := t.Context()
		for _, p := range answerers {
			p.Surname = p.ID
			ok(t, c.PutStaff(ctx, p, ""))
		}
		a := c.raise()
		before, err := c.DueOf(ctx, []string{a.ID})
		ok(t, err)
		for range 3 {
			ok(t, c.try("park", alert.OnMyWay, a, alert.Claim{Ward: "4B"}))
		}
		after, err := c.DueOf(ctx, []string{a.ID})
		ok(t, err)
		if len(before) != 1 || len(after) != 1 || after[0].In > before[0].In || after[0].Level != before[0].Level {
			t.Errorf("due %+v before, %+v after", before, after)
		}
		life, err := c.AlertLife(ctx, a.ID)
		ok(t, err)
		if !life.Stage.Open() || len(life.OnWay) != 1 || life.OnWay[0].By != "park" || life.OnWay[0].At.IsZero() {
			t.Errorf("%+v", life)
		}
		trail, err := c.AuditTail(ctx, 1)
		ok(t, err)
		if e := trail[0]; e.Action != audit.OnWayToAlert || e.Actor != "park" || e.Object != a.ID || e.Patient != "p1" {
			t.Errorf("in the trail: %+v", e)
		}
		if err := c.try("diaz", alert.OnMyWay, a, alert.Claim{Ward: "4B", Reach: alert.ToEveryone}); err == nil {
			t.Error("who may accept is on the way in place of it")
		}
		if err := c.try("diaz", alert.NotComing, a, alert.Claim{Ward: "4B"}); !errors.Is(err, alert.ErrNotOnWay) {
			t.Errorf("another takes it back: %v", err)
		}
		ok(t, c.try("park", alert.NotComing, a, alert.Claim{Ward: "4B"}))
		if life, err = c.AlertLife(ctx, a.ID); err != nil || len(life.OnWay) != 0 || !life.Stage.Open() {
			t.Errorf("taken back: %+v %v", life, err)
		}
		last, err := c.DueOf(ctx, []string{a.ID})
		ok(t, err)
		if len(last) != 1 || last[0].In > after[0].In {
			t.Errorf("due %+v, then %+v", after, last)
		}
		if trail, err = c.AuditTail(ctx, 1); err != nil || trail[0].Action != audit.NotComingToAlert ||
			trail[0].Actor != "park" {
			t.Errorf("in the trail: %+v %v", trail, err)
		}
	})
}
