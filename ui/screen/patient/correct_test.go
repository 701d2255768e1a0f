package patient_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// corrected is a chart on which a set of Chen stands, and which sets were opened on it to be
// corrected.
type corrected struct {
	*patient.Screen
	page   chart.Page
	me     string
	opened []string
	person *screentest.Person
	now    time.Time
}

func correcting(t *testing.T) *corrected {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	c := &corrected{page: fixture.Chart(), now: fixture.Now}
	c.Screen = patient.New(patient.Actions{Amend: func(_ string, _ chart.Section, f map[string]string) {
		c.opened = append(c.opened, f[patient.AmendsField]+" "+f[obsform.RR])
	}})
	w := test.NewTempWindow(t, c.Content())
	w.Resize(fyne.NewSize(1200, 1400))
	c.person = &screentest.Person{Canvas: w.Canvas(), Nobody: widgets.Keyed{}}
	*widgets.Hand() = widgets.NewHand()
	widgets.Hand().Now = func() time.Time { return c.now }
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	c.Open(fixture.Sickest)
	c.charts("mine", "Chen, A", 22, 9*time.Minute)
	c.now = c.now.Add(time.Second)
	return c
}

// charts shows the page with one set more, of which the respiration is rr.
func (c *corrected) charts(id, by string, rr float64, ago time.Duration) {
	o := vitals.Observation{ID: id, Patient: fixture.Sickest, Taken: fixture.Now.Add(-ago), By: by, RR: &rr}
	c.page.Observations = vitals.With(slices.Clone(c.page.Observations), o)
	c.page.History = append([]chart.Change{{At: o.Taken, Patient: o.Patient, By: by, What: chart.Charted, Entry: id}},
		c.page.History...)
	c.shows()
}

// shows shows the page to whoever looks.
func (c *corrected) shows() {
	v := view(c.page)
	v.Me = c.me
	widgets.Hand().Aside(func() { c.Show(v) })
}

// button is the one that corrects, as it is shown.
func (c *corrected) button(t *testing.T) *widgets.Button {
	t.Helper()
	for _, b := range screentest.All[*widgets.Button](c.Content()) {
		if b.Visible() && strings.HasPrefix(b.SpotText(), "Correct the set of ") {
			return b
		}
	}
	t.Fatalf("no set can be corrected:\n%s", screentest.Texts(c.Content()))
	return nil
}

// Another person's set comes just before a nurse presses the button that corrects hers: neither the
// pointer nor the keyboard opens it. The button names the set that it opens, and once it can have been
// read it opens that one.
//
// Seen red without For: the press opened the set of 13:54, of another nurse.
func TestTheSetThatCameIsNotCorrected(t *testing.T) {
	for name, press := range map[string]struct {
		to, do func(*corrected, *widgets.Button)
	}{
		"pointer": {func(c *corrected, b *widgets.Button) {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			c.person.Move(at.AddXY(b.Size().Width/2, b.Size().Height/2))
		}, func(c *corrected, _ *widgets.Button) { c.person.Click() }},
		"keyboard": {func(c *corrected, b *widgets.Button) { c.person.Canvas.Focus(b) },
			func(c *corrected, _ *widgets.Button) { c.person.Key(fyne.KeyReturn, 0) }},
	} {
		c := correcting(t)
		b := c.button(t)
		if b.SpotText() != "Correct the set of 13:54" {
			t.Fatalf("%s: it says %q", name, b.SpotText())
		}
		press.to(c, b)
		c.now = c.now.Add(time.Second)
		c.charts("theirs", "Diaz, M", 18, 8*time.Minute)
		c.now = c.now.Add(100 * time.Millisecond)
		if press.do(c, b); len(c.opened) > 0 {
			t.Errorf("%s: %v was opened by a press that was for the set of 13:54", name, c.opened)
		}
		c.now = c.now.Add(time.Second)
		press.to(c, b)
		c.now = c.now.Add(time.Second)
		if press.do(c, b); !slices.Equal(c.opened, []string{"theirs 18"}) || b.SpotText() != "Correct the set of 13:55" {
			t.Errorf("%s: %q opened %v", name, b.SpotText(), c.opened)
		}
	}
}

// fixes are the buttons that correct a set, as they are shown.
func (c *corrected) fixes() (out []*widgets.Button) {
	for _, b := range screentest.All[*widgets.Button](c.Content()) {
		if b.Visible() && strings.HasPrefix(b.SpotText(), "Correct ") {
			out = append(out, b)
		}
	}
	return out
}

// A nurse corrects her own newest set of this stay also below a device's set or another nurse's later one; the newest
// set that a person charted may be corrected as before, by whoever may edit. A set dated in the future is neither.
//
// Seen red with the newest set alone, with her set of before the admission offered, with the newest of anybody taken
// for her own,
// and with what is dated in the future not passed over in newest and in ownBelow.
func TestOnesOwnSetIsCorrectedWhereverItStands(t *testing.T) {
	const mine, theirs = "Correct your set of 13:54", "Correct the set of 13:55"
	for name, x := range map[string]struct {
		do     func(*corrected)
		says   []string
		opened []string
	}{
		"the newest": {func(*corrected) {}, []string{"Correct the set of 13:54"}, []string{"mine 22"}},
		"below another's": {func(c *corrected) { c.charts("theirs", "Diaz, M", 18, 8*time.Minute) },
			[]string{theirs, mine}, []string{"theirs 18", "mine 22"}},
		"below a device's": {func(c *corrected) { c.charts("monitor", "", 18, 8*time.Minute) },
			[]string{mine}, []string{"mine 22"}},
		"below both, and an older one": {func(c *corrected) {
			c.charts("old", "Chen, A", 12, 30*time.Minute)
			c.charts("theirs", "Diaz, M", 18, 8*time.Minute)
			c.charts("monitor", "", 18, 7*time.Minute)
		}, []string{mine}, []string{"mine 22"}},
		"of the stay before": {func(c *corrected) {
			c.page.Summary.Admitted = fixture.Now
			c.page.Observations = slices.DeleteFunc(slices.Clone(c.page.Observations),
				func(o vitals.Observation) bool { return o.ID == "mine" })
			c.charts("before", "Chen, A", 12, 30*time.Hour)
			c.charts("theirs", "Diaz, M", 18, 8*time.Minute)
		}, []string{theirs}, []string{"theirs 18"}},
		"beside one dated in the future": {func(c *corrected) {
			c.charts("theirs", "Diaz, M", 18, 8*time.Minute)
			c.charts("ahead", "Chen, A", 12, -time.Hour)
			c.page.Observations = slices.Clone(c.page.Observations)
			for i, o := range c.page.Observations {
				c.page.Observations[i].Future = o.ID == "ahead"
			}
		}, []string{theirs, mine}, []string{"theirs 18", "mine 22"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := correcting(t)
			c.me = "Chen, A"
			x.do(c)
			c.shows()
			var says []string
			for _, b := range c.fixes() {
				says = append(says, b.SpotText())
				c.now = c.now.Add(2 * time.Second)
				test.Tap(b)
			}
			if !slices.Equal(says, x.says) || !slices.Equal(c.opened, x.opened) {
				t.Errorf("%q open %q", says, c.opened)
			}
			c.me = "Diaz, M" // who may edit, and charted none of hers
			if c.shows(); len(c.fixes()) > 1 {
				t.Errorf("Diaz may correct %d sets", len(c.fixes()))
			}
		})
	}
}

// The form of a change says in its title which entry it changes, of a set and of a note, and so does what
// is said of it elsewhere; where the page does not have it the title names no other. Seen red with the titles
// as they were, "Correct the newest set" and "Change a signed note".
func TestTheFormNamesWhatItCorrects(t *testing.T) {
	c := correcting(t)
	c.charts("theirs", "Diaz, M", 18, 8*time.Minute)
	note := c.page.Notes[0]
	for _, x := range []struct {
		section           chart.Section
		id, title, saying string
	}{
		{chart.Observations, "mine", "Correct the set of 13:54 by Chen, A", "The set of 13:54 by Chen, A"},
		{chart.Observations, "gone", "Correct a saved set", ""},
		{chart.Notes, note.ID, "Change the note of 13:46 by Nguyen, T", "The note of 13:46 by Nguyen, T"},
		{chart.Notes, "gone", "Change a signed note", ""},
	} {
		c.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: x.section, Phase: patient.Editing,
			Draft: chart.Draft{Fields: map[string]string{patient.AmendsField: x.id}}})
		if text := screentest.Texts(c.Content()); !strings.Contains(text, x.title) || c.Amending(x.section) != x.saying {
			t.Errorf("%s is said as %q, in\n%s", x.id, c.Amending(x.section), text)
		}
		c.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: x.section, Phase: patient.Reading})
		if got := c.Amending(x.section); got != "" {
			t.Errorf("after %s: %q", x.id, got)
		}
	}
}
