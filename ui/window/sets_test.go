package window

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
)

// sets are the sets of the first patient in the record, newest first.
func (o *opened) sets() []vitals.Observation {
	o.t.Helper()
	sets, err := o.store.Observations(o.t.Context(), "p1", time.Time{}, 50)
	must(o.t, err)
	return sets
}

// rates are the respirations of sets, by whoever charted them.
func rates(sets []vitals.Observation) map[string]float64 {
	out := map[string]float64{}
	for _, o := range sets {
		out[o.By] = *o.RR
	}
	return out
}

// connected opens a window with a Redis of its own, and another station on the same.
func connected(t *testing.T, who string) (*opened, *colleague) {
	o, _, other := connectedHalting(t, who)
	return o, other
}

// connectedHalting is connected over a record that can be made to hang.
func connectedHalting(t *testing.T, who string) (*opened, *halting, *colleague) {
	t.Helper()
	server := redistest.Start(t, redistest.Options{})
	connect := func(name string) *redisx.Client {
		c, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}, Name: name})
		must(t, err)
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	o, h := openHalting(t, connect("WS-1"))
	other := &colleague{t: t, record: o.store, Station: station.New(station.Options{Name: "WS-2", Record: o.store,
		Client: connect("WS-2"), NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})}
	var err error
	other.s, err = other.Staff.SignIn(t.Context(), who, password)
	must(t, err)
	return o, h, other
}

// A nurse whose section is taken over while she types saves her set all the same, after
// one question, since the other's was taken minutes before; going back saves nothing and
// loses nothing.
//
// Seen red with commitSet not asking, and with the set under the guard of the lease.
func TestSetsAppendAfterATakeOver(t *testing.T) {
	o, other := connected(t, "chen")
	p := o.writing("diaz", chart.Observations)
	p.write("24")
	hold, err := other.Desk("4B").Holders(t.Context(), []string{"p1"})
	must(t, err)
	over, err := other.Desk("4B").TakeOver(t.Context(), other.s, "4B", "p1", chart.Observations,
		hold["p1"][chart.Observations].Fence, "doctor")
	must(t, err)
	o.wait("the loss", func() bool { return o.chart.Phase(chart.Observations) == patient.Lost })
	o.until("Nothing of yours is lost")
	_, err = over.Save(t.Context(), map[string]string{"rr": "20"},
		chart.Entry{Observation: &vitals.Observation{RR: num(20)}})
	must(t, err)

	p.ctrl(fyne.KeyReturn)
	o.wait("the question", o.shell.Modal)
	for _, want := range []string{"Two sets minutes apart", "OKOYE, Ada", "MRN 700 1001", "4B, bed 01", "Chen, A",
		"Respiration 20",
		"Respiration 24", "They differ", "theirs 20, yours 24"} {
		o.untilOver(want)
	}
	p.press(fyne.KeyEscape)
	if o.shell.Modal() || len(o.sets()) != 1 || o.chart.Draft(chart.Observations).Fields["rr"] != "24" {
		t.Fatalf("after going back: %d sets, %+v", len(o.sets()), o.chart.Draft(chart.Observations))
	}
	p.ctrl(fyne.KeyReturn)
	o.wait("the question", o.shell.Modal)
	o.choose("Save mine beside, for OKOYE, Ada")
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if got := rates(o.sets()); len(o.sets()) != 2 || got["diaz"] != 24 || got["chen"] != 20 {
		t.Errorf("in the record: %v", got)
	}
	o.wait("no draft left", func() bool {
		left, err := o.store.Drafts(t.Context(), "diaz")
		return err == nil && len(left) == 0
	})
}

// A nurse who is told that another is charting adds a set beside, and the other's edit goes on.
// Seen red with Beside asking for the lease.
func TestSetsAppendBesideWhoIsCharting(t *testing.T) {
	o, other := connected(t, "diaz")
	held, err := other.Desk("4B").Edit(t.Context(), other.s, "4B", "p1", chart.Observations)
	must(t, err)
	o.signIn("chen", password)
	o.until("OKOYE")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	o.until("Diaz, M · WS-2")
	o.hit(t, "Add a set beside")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	o.until("Another nurse is charting here, too.")
	p.write("24")
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if held.Why() != nil {
		t.Errorf("the other lost the section: %v", held.Why())
	}
	_, err = held.Save(t.Context(), map[string]string{"rr": "20"},
		chart.Entry{Observation: &vitals.Observation{RR: num(20)}})
	must(t, err)
	if got := rates(o.sets()); got["chen"] != 24 || got["diaz"] != 20 {
		t.Errorf("in the record: %v", got)
	}
}

// A set that others saved meanwhile is no conflict, and a set of one's own minutes later
// is not asked about.
func TestSetsAppendWithoutAConflict(t *testing.T) {
	o := open(t)
	other := beside(t, o.store, "diaz")
	p := o.writing("chen", chart.Observations)
	p.write("24")
	other.save(chart.Observations, chart.Entry{Observation: &vitals.Observation{RR: num(20),
		Taken: time.Now().Add(-time.Hour)}})
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	o.until("Edit observations")
	p.write("o")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	p.write("25")
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if len(o.sets()) != 3 {
		t.Errorf("%d sets in the record", len(o.sets()))
	}
}

// fill types a whole set from the field of the respiration on.
func (p *typist) fill(rr, spo2, bp, pulse, temp string) {
	for _, v := range []string{rr, spo2} {
		p.write(v)
		p.press(fyne.KeyReturn)
	}
	p.write("a")
	for _, v := range []string{bp, pulse} {
		p.write(v)
		p.press(fyne.KeyReturn)
	}
	p.write("a")
	p.write(temp)
	p.press(fyne.KeyReturn)
}

// jumped is a window in which chen has just saved a set whose score is 8 more than that of
// diaz 40 minutes ago, and is asked about it.
func jumped(t *testing.T) (*opened, *typist) {
	t.Helper()
	o := open(t)
	other := beside(t, o.store, "diaz")
	no := false
	other.save(chart.Observations, chart.Entry{Observation: &vitals.Observation{RR: num(16), SpO2: num(97), Oxygen: &no,
		SBP: num(120), DBP: num(80), Pulse: num(70), ACVPU: vitals.Alert, Temp: num(37),
		Taken: time.Now().Add(-40 * time.Minute)}})
	p := o.writing("chen", chart.Observations)
	p.fill("26", "91", "95/60", "70", "37")
	p.ctrl(fyne.KeyReturn)
	o.wait("the question", o.shell.Modal)
	return o, p
}

// A score that jumps is asked about once, when it is saved and on the board already, and
// what was mistyped is corrected from there. Seen red with askOfJump turned off, and with
// it asked before the save.
func TestSetsAppendAndAJumpIsAskedAbout(t *testing.T) {
	o, p := jumped(t)
	o.untilOver("NEWS2 rose from 0 to 8 within 40 minutes.")
	o.untilOver("Was each value right?")
	if len(o.sets()) != 2 || o.chart.Phase(chart.Observations) != patient.Saved {
		t.Fatalf("%d sets when it was asked", len(o.sets()))
	}
	o.wait("the board", func() bool {
		for _, r := range o.shown().Board.Rows {
			if r.Patient == "p1" && strings.Contains(r.Badge.Text, "8") {
				return true
			}
		}
		return false
	})
	o.choose("Correct…")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	if d := o.chart.Draft(chart.Observations); d.Fields["rr"] != "26" ||
		d.Fields[patient.AmendsField] != o.sets()[0].ID {
		t.Fatalf("to correct: %+v", d.Fields)
	}
	for range 2 {
		p.press(fyne.KeyBackspace)
	}
	p.write("16")
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	p.write("mistyped")
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool { return *o.sets()[0].RR == 16 })
	o.queue.Drain()
	if o.shell.Modal() || o.shell.Place() != shell.Patient {
		t.Error("asked twice")
	}
}

// untilOver draws until the open dialog shows text.
func (o *opened) untilOver(text string) {
	o.t.Helper()
	o.wait(text, func() bool { return strings.Contains(o.overText(), text) })
}

// overText is what the open dialog says, in one line.
func (o *opened) overText() string {
	var all []string
	for _, over := range o.win.Canvas().Overlays().List() {
		all = append(all, strings.Fields(screentest.Texts(over))...)
	}
	return strings.Join(all, " ")
}
