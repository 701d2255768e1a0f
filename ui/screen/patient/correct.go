package patient

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/widgets"
)

// correction is the button that opens a set to be corrected. It names the set that it was drawn with, and opens that
// one: another person's set may come just before it is pressed.
type correction struct {
	s      *Screen
	button *widgets.Button
	which  func(View) (set vitals.Observation, offered bool)
	words  func(at string) string
	set    vitals.Observation // as drawn; without an ID while none is offered
	came   time.Time          // since when the button is for it
}

func newCorrection(s *Screen, name string, which func(View) (vitals.Observation, bool),
	words func(at string) string) *correction {
	c := &correction{s: s, which: which, words: words}
	c.button = widgets.NewButton(widgets.Quiet, "", "", c.open).Compact().Named(name).
		For(func() string { return c.set.ID }).Since(c.since)
	return c
}

// newCorrections are the buttons for the newest set, and for the person's own below it.
func newCorrections(s *Screen) (newest, own *correction) {
	return newCorrection(s, "patient.obs.correct", newestCharted,
			func(at string) string { return tongue.Tf("Correct the set of %s", at) }),
		newCorrection(s, "patient.obs.correctown", ownBelow,
			func(at string) string { return tongue.Tf("Correct your set of %s", at) })
}

// since is when what the button stands on moved last, or the button came to be for another set.
func (c *correction) since() time.Time {
	if moved := c.s.since(); moved.After(c.came) {
		return moved
	}
	return c.came
}

// show offers the set of a view that the button is for, if there is one.
func (c *correction) show(v View, offered bool) {
	set, is := c.which(v)
	if offered = offered && is; !offered {
		set = vitals.Observation{}
	}
	if set.ID != c.set.ID {
		c.came = widgets.Hand().Time()
	}
	c.set, c.button.Hidden = set, !offered
	if offered {
		c.button.Set(c.words(tongue.Moment(set.Taken, v.Now)))
		c.button.About(tongue.Tf("The set of %s by %s", tongue.Moment(set.Taken, v.Now), v.Page.Charter(set)))
	}
}

// open opens the set that the button names.
func (c *correction) open() {
	if c.set.ID == "" {
		return
	}
	f := obsform.Write(c.set)
	f[AmendsField] = c.set.ID
	c.s.amend(chart.Observations, f)
}

// newestCharted is the newest set, if a person charted it: whoever may edit the section may correct it.
func newestCharted(v View) (vitals.Observation, bool) {
	set, any := newest(v.Page.Observations)
	return set, any && set.By != ""
}

// ownBelow is the newest set of this stay that the person who looks charted, where a device's or another person's
// later one stands above it: theirs is no reason to leave a wrong one.
func ownBelow(v View) (vitals.Observation, bool) {
	first, _ := newest(v.Page.Observations)
	for _, o := range v.stay() {
		if o.By == v.Me && o.By != "" && !o.Future {
			return o, o.ID != first.ID
		}
	}
	return vitals.Observation{}, false
}

// newest is the set charted or sent last, of those that are not dated in the future.
func newest(sets []vitals.Observation) (vitals.Observation, bool) {
	for _, o := range sets {
		if !o.Future {
			return o, true
		}
	}
	return vitals.Observation{}, false
}

// amended is when the signed entry was taken or written that is being changed in a section, and by
// whom; false where a new one is written, or the page does not have it.
func (s *Screen) amended(section chart.Section) (at time.Time, by string, is bool) {
	page := s.view.Page
	if section == chart.Notes {
		for _, n := range page.Notes {
			if n.ID == s.notes.amends && n.ID != "" {
				return n.Written, n.ByName, true
			}
		}
		return at, by, false
	}
	for _, o := range page.Observations {
		if o.ID == s.obs.amends && o.ID != "" {
			return o.Taken, page.Charter(o), true
		}
	}
	return at, by, false
}

// Signed is how a signed entry of a section stands, as its form would be filled with it; nil where the page does
// not have it.
func (s *Screen) Signed(section chart.Section, id string) map[string]string {
	if section == chart.Notes {
		for _, n := range s.view.Page.Notes {
			if n.ID == id {
				return map[string]string{NoteField: n.Text, AmendsField: id}
			}
		}
		return nil
	}
	for _, o := range s.view.Page.Observations {
		if o.ID == id {
			f := obsform.Write(o)
			f[AmendsField] = id
			return f
		}
	}
	return nil
}

// Amending says in words which signed entry is being changed in a section; "" where that is not known.
func (s *Screen) Amending(section chart.Section) string {
	at, by, is := s.amended(section)
	switch {
	case !is:
		return ""
	case section == chart.Notes:
		return tongue.Tf("The note of %s by %s", tongue.Moment(at, s.view.Now), by)
	}
	return tongue.Tf("The set of %s by %s", tongue.Moment(at, s.view.Now), by)
}

// amendTitle heads the form of a change: it names the entry, so that none is taken for another.
func (s *Screen) amendTitle(section chart.Section) string {
	at, by, is := s.amended(section)
	switch {
	case section == chart.Notes && is:
		return tongue.Tf("Change the note of %s by %s", tongue.Moment(at, s.view.Now), by)
	case section == chart.Notes:
		return tongue.T("Change a signed note")
	case is:
		return tongue.Tf("Correct the set of %s by %s", tongue.Moment(at, s.view.Now), by)
	}
	return tongue.T("Correct a saved set")
}
