package station_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A station that can hear alerts in no way says so within 5 s, to itself without
// Redis or the record, and the others list it; healed, both end.
//
// Seen red: with the follower's call to the record without a limit, a record that
// hangs was not noticed within 15 s; with answer replying nothing, nobody knew of
// the others.
func TestAStationThatCannotHearSaysSo(t *testing.T) {
	h := build(t)
	a := h.open("WS-1")
	proxy := redistest.NewProxy(t, h.redis.Addr())
	record := &faulty{Store: h.store()}
	deaf := make(chan bool, 10)
	b := h.start("WS-2", proxy.Addr(), record, shows, func(w *live.Ward) { w.OnDeaf = func(d bool) { deaf <- d } })
	both := func(p live.Picture) bool { return len(p.Stations) == 2 && len(p.Ill()) == 0 }
	a.until(t, "both stations answer beats", both)
	b.until(t, "both stations answer beats", both)
	proxy.Blackhole(true)
	record.hangs.Store(true)
	began := time.Now()
	b.until(t, "the lost link is shown", func(p live.Picture) bool { return !p.Links.Hearing })
	link := time.Since(began)
	select {
	case d := <-deaf:
		if took := time.Since(began); !d || took > 5*time.Second || link > 3*time.Second {
			t.Errorf("deaf %v after %v, link after %v", d, took, link)
		} else {
			t.Logf("link loss shown after %v, deaf after %v", link, took)
		}
	case <-time.After(15 * time.Second):
		t.Fatal("a deaf station does not say so")
	}
	b.until(t, "the banner", func(p live.Picture) bool { return p.Links.Deaf() })
	for end := time.Now().Add(25 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if ill := a.picture.Load().Ill(); len(ill) == 1 && ill[0].Station == "WS-2" && ill[0].Deaf {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the other station does not list it: %+v", a.picture.Load().Stations)
		}
	}
	t.Logf("listed by the other station after %v", time.Since(began))
	proxy.Blackhole(false)
	record.hangs.Store(false)
	if d := <-deaf; d {
		t.Error("still deaf")
	}
	a.until(t, "it answers again", both)
}

// An alert that a station has but no screen shows calls the next level at once,
// not after its time. Seen red with unshown taken out of Policy.Due.
func TestShownNowhereEscalates(t *testing.T) {
	h := build(t)
	d := h.openWith("WS-1", func(*live.Ward, live.Picture) {}) // locked: nobody sees anything
	began := time.Now()
	m, err := d.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "unseen"})
	must(t, err)
	at := d.heard(t, "unseen"+string(alert.Escalated))
	if took := at.Sub(began); took < 4*time.Second || took > 6*time.Second {
		t.Errorf("escalated after %v", took)
	}
	store := h.store()
	life, err := store.AlertLife(t.Context(), m.Alert.ID)
	must(t, err)
	if life.Escalation == nil || life.Escalation.Reason != alert.NotShown || life.Delivered.IsZero() ||
		!life.Shown.IsZero() {
		t.Errorf("%+v", life)
	}
	c := d.until(t, "the card",
		func(p live.Picture) bool { return len(p.Cards) == 1 && p.Cards[0].Level == 1 }).Cards[0]
	if said(c) != "Escalated to everyone: no nurse assigned; no charge nurse signed in" || !c.Call.Everyone ||
		c.NextTo != "everyone, again" ||
		time.Until(c.NextAt) < 15*time.Second {
		t.Errorf("%+v", c)
	}
}

// What a screen shows waits for its own time: the clock of what no screen shows,
// which was set before, moves it no more. Seen red without ErrShown: each alert
// had escalated after 5 s, although it stood on a screen.
func TestWhatIsShownIsNotTakenForUnshown(t *testing.T) {
	h := build(t)
	d := h.open("WS-1")
	for _, p := range []alert.Priority{alert.High, alert.Low} {
		_, err := d.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: p, Text: "seen"})
		must(t, err)
	}
	d.until(t, "both", func(p live.Picture) bool { return len(p.Cards) == 2 })
	for end := time.Now().Add(7 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for _, c := range d.picture.Load().Cards {
			if c.Level > 0 {
				t.Fatalf("%s escalated after %v", c.Alert.Priority, time.Since(c.Alert.Received))
			}
		}
	}
}

// Two people are there: one's rejection waits for the other, both's escalates in
// the same moment. Giving back and forwarding are seen by the other station.
// Seen red with Line.Present not set: the first rejection escalated.
func TestAllRejectedGivenBackForwarded(t *testing.T) {
	h := build(t)
	who := func(id string) func(*live.Ward) {
		return func(w *live.Ward) {
			w.Who = func() string { return id }
			w.Here = func() (string, staff.Role) { return id, staff.ChargeNurse }
		}
	}
	a := h.start("WS-1", h.redis.Addr(), h.store(), shows, who("chen"))
	b := h.start("WS-2", h.redis.Addr(), h.store(), shows, who("khan"))
	chen, khan := a.signIn(t, "chen"), b.signIn(t, "khan")
	for _, d := range []*desk{a, b} {
		d.until(t, "both stations answer beats", func(p live.Picture) bool { return len(p.Stations) == 2 })
	}
	m, err := a.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "both"})
	must(t, err)
	_, err = a.Line.Reject(t.Context(), chen, alert.Read{Alert: m.Alert}, "with another patient")
	must(t, err)
	b.until(t, "who rejected", func(p live.Picture) bool {
		return len(p.Cards) == 1 && len(p.Cards[0].RejectedBy) == 1 && p.Cards[0].Level == 0
	})
	_, err = b.Line.Reject(t.Context(), khan, alert.Read{Alert: m.Alert}, "at a reanimation")
	must(t, err)
	for _, d := range []*desk{a, b} {
		d.until(t, "the escalation", func(p live.Picture) bool { return p.Cards[0].Level == 1 })
	}
	_, err = a.Line.Accept(t.Context(), chen, alert.Read{Alert: m.Alert})
	must(t, err)
	b.until(t, "who has it", func(p live.Picture) bool { return p.Cards[0].TakenID == "chen" })
	_, err = a.Line.TakeBack(t.Context(), chen, alert.Read{Alert: m.Alert}, "")
	must(t, err)
	b.until(t, "who gave it back", func(p live.Picture) bool {
		return p.Cards[0].BackBy == "Chen, A" &&
			p.Cards[0].Turn == 1
	})
	_, err = a.Line.Forward(t.Context(), chen, alert.Read{Alert: m.Alert}, alert.Person("khan"), "Khan, B", "your bay")
	must(t, err)
	b.until(t, "the forward", func(p live.Picture) bool {
		return p.Cards[0].ForwardedID == "khan" && p.Cards[0].Comment == "your bay" &&
			p.Cards[0].Route == "Forwarded to Khan, B"
	})
	_, err = b.Line.Accept(t.Context(), khan, alert.Read{Alert: m.Alert})
	must(t, err)
	_, err = b.Line.End(t.Context(), khan, alert.Read{Alert: m.Alert}, "")
	must(t, err)
	a.until(t, "who ended it",
		func(p live.Picture) bool { return len(p.History) == 1 && p.History[0].EndedBy == "Khan, B" })
	people, err := a.Colleagues(t.Context(), "4B")
	must(t, err)
	if len(people) != 3 || people[0].Role != staff.ChargeNurse {
		t.Errorf("colleagues %+v", people)
	}
}
