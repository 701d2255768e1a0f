package window

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// colleague is another station on the same record, with a nurse at it.
type colleague struct {
	*station.Station
	t      *testing.T
	s      staff.Session
	record *records.Store
}

func beside(t *testing.T, store *records.Store, name string) *colleague {
	t.Helper()
	c := &colleague{t: t, record: store, Station: station.New(station.Options{Name: "WS-2", Record: store,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})}
	s, err := c.Staff.SignIn(t.Context(), name, password)
	must(t, err)
	c.s = s
	return c
}

func (c *colleague) save(section chart.Section, e chart.Entry) {
	c.t.Helper()
	ed, err := c.Desk("4B").Edit(c.t.Context(), c.s, "4B", "p1", section)
	must(c.t, err)
	_, err = ed.Save(c.t.Context(), map[string]string{"x": "y"}, e)
	must(c.t, err)
}

func num(v float64) *float64 { return &v }

// amend changes the newest set of the patient.
func (c *colleague) amend(change func(*vitals.Observation)) {
	c.t.Helper()
	sets, err := c.record.Observations(c.t.Context(), "p1", time.Time{}, 1)
	must(c.t, err)
	o := sets[0]
	change(&o)
	ed, err := c.Desk("4B").Edit(c.t.Context(), c.s, "4B", "p1", chart.Observations)
	must(c.t, err)
	_, err = ed.Amend(c.t.Context(), map[string]string{"x": "y"}, chart.Entry{Observation: &o}, o.ID, "read again")
	must(c.t, err)
}

// Two nurses correct the same set. The second sees what was, what is and what
// she typed, chooses line by line, is shown it again when the section moves once
// more, and what she chose is what is saved.
//
// Seen red with the draft carrying the version that the text began from in place of
// the one that was shown: the conflict came back for ever.
func TestConflictIsDecidedByField(t *testing.T) {
	o := open(t)
	other := beside(t, o.store, "diaz")
	other.save(chart.Observations, chart.Entry{Observation: &vitals.Observation{RR: num(18), SpO2: num(91)}})
	o.signIn("chen", password)
	o.until("OKOYE")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	the := "Correct the set of " + tongue.Moment(o.sets()[0].Taken, time.Now())
	o.until(the)
	o.hit(t, the)
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	for range 2 {
		p.press(fyne.KeyBackspace)
	}
	p.write("24")

	other.amend(func(o *vitals.Observation) { o.RR, o.Temp = num(20), num(38.2) })
	save := func() {
		p.ctrl(fyne.KeyReturn)
		o.wait("the reason", o.shell.Modal)
		p.write("counted again")
		p.press(fyne.KeyReturn)
	}
	save()
	o.until("In the record now")
	for _, want := range []string{"Two people changed the same entry", "Diaz, M", "Respiration", "18",
		"20", "24", "38.2",
		"The same on both sides: SpO₂ 91"} {
		if !strings.Contains(o.text(), want) {
			t.Errorf("%q is not shown:\n%s", want, o.text())
		}
	}
	// The temperature of the other; the respiration is edited by the keyboard alone.
	for range 40 {
		if e, is := o.win.Canvas().Focused().(interface{ AccessibilityLabel() string }); is &&
			e.AccessibilityLabel() == "Temperature: Theirs" {
			break
		}
		o.win.Canvas().FocusNext()
	}
	p.press(fyne.KeySpace)
	if d := o.chart.Draft(chart.Observations); d.Fields["temp"] != "38.2" || d.Fields["rr"] != "24" {
		t.Fatalf("chosen: %+v", d.Fields)
	}
	other.amend(func(o *vitals.Observation) { o.RR, o.Pulse = num(21), num(77) })
	save()
	o.wait("it moved again",
		func() bool { return strings.Contains(o.text(), "77") && strings.Contains(o.text(), "21") })
	if d := o.chart.Draft(chart.Observations); d.Fields["temp"] != "38.2" || d.Fields["rr"] != "24" {
		t.Fatalf("the choice was lost: %+v", d.Fields)
	}
	save()
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	s, _ := o.signed()
	page, err := o.page(t.Context(), s, "p1")
	must(t, err)
	if len(page.Observations) != 1 {
		t.Fatalf("%d sets in the record", len(page.Observations))
	}
	got := page.Observations[0]
	if *got.RR != 24 || got.Temp == nil || *got.Temp != 38.2 || *got.SpO2 != 91 {
		t.Errorf("saved: %+v", got)
	}
	if strings.Contains(o.text(), "In the record now") {
		t.Error("the conflict still stands")
	}
}

// A nurse who walks away from a conflict finds both texts again, hers as she first typed it
// and what she had chosen, and is asked again before anything is saved.
func TestConflictSurvivesWalkingAway(t *testing.T) {
	o := open(t)
	other := beside(t, o.store, "diaz")
	p := o.writing("chen", chart.Notes)
	p.write("left leg")
	other.save(chart.Notes, chart.Entry{Note: &chart.Note{Text: "right leg"}})
	p.ctrl(fyne.KeyReturn)
	o.until("In the record now")
	o.hit(t, "Theirs")
	o.keep(t.Context())
	o.lock()
	o.until("Chen")
	o.unlock(password)
	o.until("Edit notes")
	p.write("n")
	o.wait("the conflict again", func() bool { return strings.Contains(o.text(), "In the record now") })
	d := o.chart.Draft(chart.Notes)
	if d.Fields[patient.MinePrefix+patient.NoteField] != "left leg" ||
		!strings.Contains(d.Fields[patient.NoteField], "right leg") {
		t.Fatalf("kept: %+v", d.Fields)
	}
	p.ctrl(fyne.KeyReturn)
	o.until("Nothing of yours is left to save")
	o.hit(t, "Mine")
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Notes) == patient.Saved })
	s, _ := o.signed()
	page, err := o.page(t.Context(), s, "p1")
	must(t, err)
	if len(page.Notes) != 2 || page.Notes[0].Text != "left leg" || page.Notes[1].Text != "right leg" {
		t.Errorf("in the record: %+v", page.Notes)
	}
}

// Two change the same signed note: was is how it stood when the second began, is
// how the first left it, and an edit starts from both.
func TestConflictOfTwoChanges(t *testing.T) {
	o := open(t)
	other := beside(t, o.store, "diaz")
	other.save(chart.Notes, chart.Entry{Note: &chart.Note{Text: "walks alone"}})
	notes, err := o.store.Notes(t.Context(), "p1", 5)
	must(t, err)
	o.signIn("chen", password)
	o.until("OKOYE")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	o.until("walks alone")
	o.hit(t, "Change")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
	p.write(". No")
	ed, err := other.Desk("4B").Edit(t.Context(), other.s, "4B", "p1", chart.Notes)
	must(t, err)
	_, err = ed.Amend(t.Context(), map[string]string{"a": "b"},
		chart.Entry{Note: &chart.Note{Text: "walks with a stick"}}, notes[0].ID, "seen on the corridor")
	must(t, err)
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	p.write("fell")
	p.press(fyne.KeyReturn)
	o.until("Two people changed the same entry")
	text := o.text()
	if !strings.Contains(text, "walks alone") || !strings.Contains(text, "walks with a stick") ||
		!strings.Contains(text, "walks alone. No") {
		t.Fatalf("the sides:\n%s", text)
	}
	o.hit(t, "Edit")
	if d := o.chart.Draft(chart.Notes); d.Fields[patient.NoteField] != "walks with a stick\nwalks alone. No" {
		t.Fatalf("to edit: %q", d.Fields[patient.NoteField])
	}
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	p.write("both")
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Notes) == patient.Saved })
	notes, err = o.store.Notes(t.Context(), "p1", 5)
	must(t, err)
	all, err := o.store.Amendments(t.Context(), notes[0].ID)
	must(t, err)
	if len(notes) != 1 || !strings.Contains(notes[0].Text, "stick") || len(all) != 2 {
		t.Errorf("in the record: %+v, %d amendments", notes, len(all))
	}
}
