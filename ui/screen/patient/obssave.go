package patient

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
)

// now is the time by the screen's clock.
func (c *obsCard) now() time.Time {
	if c.s.Clock != nil {
		return c.s.Clock()
	}
	if !c.edit.Now.IsZero() {
		return c.edit.Now
	}
	return c.view.Now
}

// write takes a change of a field by hand.
func (c *obsCard) write(name string) {
	now := c.now()
	if name == obsform.Taken {
		c.ago, c.moment = now, ""
		c.offer.reset() // what is typed counts
	}
	switch d := c.s.Draft(chart.Observations); {
	case d.Empty():
		c.typed = time.Time{}
		c.offer.reset()
	case c.typed.IsZero():
		c.typed = now
	}
	c.score()
	c.s.changed(chart.Observations)
}

// offerTime asks when a set was taken that was typed a while ago, unless its time was typed.
func (c *obsCard) offerTime(raw map[string]string, now time.Time) {
	untimed := strings.TrimSpace(raw[obsform.Taken]) == "" || !c.offer.pick.IsZero()
	was := c.offer.box.Hidden
	c.offer.set(c.typed, now, c.adds() && untimed)
	if was != c.offer.box.Hidden && c.s.content != nil {
		c.s.content.Refresh()
	}
}

// pickTime puts the chosen time where it would have been typed, and goes on.
func (c *obsCard) pickTime(t time.Time) {
	c.ago = c.now()
	c.setTaken(obsform.At(t, c.ago, tongue.Zone()))
	c.score()
	c.s.changed(chart.Observations)
	c.afterTaken()
}

// setTaken puts a time of taking into its field, which shows its face alone.
func (c *obsCard) setTaken(moment string) {
	c.moment = moment
	c.fields[obsform.Taken].SetRaw(obsform.Face(moment))
}

// taken is the time of taking that stands here, as it was meant.
func (c *obsCard) taken() string {
	if c.moment != "" {
		return obsform.Fixed(c.moment, c.ago, tongue.Zone())
	}
	return obsform.Fixed(c.fields[obsform.Taken].Raw(), c.ago, tongue.Zone())
}

// adds reports whether a new set is entered: it stands beside whatever others save.
func (c *obsCard) adds() bool { return c.amends == "" && c.edit.Phase.form() }

// maySave reports whether what stands here can be saved now: a new set also after its
// section was lost.
func (c *obsCard) maySave() bool { return c.edit.Phase.typing() || c.edit.Phase == Lost && c.adds() }

// afterTaken goes on from the time: to the question of when, and past it.
func (c *obsCard) afterTaken() {
	if c.offer.unanswered() {
		c.s.lead(c.offer.button())
		return
	}
	c.afterOffer()
}

// afterOffer goes on from the question of when: to why something was left out if something
// was, and else to Save.
func (c *obsCard) afterOffer() {
	if c.whole() {
		c.toSave()
		return
	}
	c.s.lead(c.fields[obsform.NotDone].Input())
}

// whole reports whether all seven are entered.
func (c *obsCard) whole() bool {
	return obsform.Read(c.s.Draft(chart.Observations).Fields, c.scale2(), c.now(), tongue.Zone()).Score.Complete
}

// toSave puts the keyboard on Save; pressing it is the nurse's.
func (c *obsCard) toSave() { c.s.lead(c.buttons.save) }

// leaves reports whether a draft holds anything that was measured, or why it was not.
func (c *obsCard) leaves(d chart.Draft) bool {
	return obsform.Read(d.Fields, c.scale2(), c.now(), tongue.Zone()).Any
}

func (c *obsCard) save() {
	if !c.maySave() || c.s.actions.Save == nil {
		return
	}
	c.score()
	for _, n := range c.order {
		if c.wrong[n] != "" {
			c.s.lead(c.fields[n].Input())
			if n == obsform.NotDone { // its line has no room for a word
				c.buttons.say(c.wrong[n] + " " + tongue.T("Press the reason again to take it away."))
				return
			}
			c.buttons.say(tongue.T("Check the marked value."))
			return
		}
	}
	d := c.s.Draft(chart.Observations)
	if d.Empty() {
		c.buttons.say(tongue.T("Nothing is entered yet."))
		return
	}
	if c.amends != "" && !c.leaves(d) {
		c.buttons.say(tongue.T(
			"Nothing would be left of this set. Keep a value that is right, or say under “Not all done” why there is none."))
		return
	}
	if c.offer.unanswered() {
		c.s.lead(c.offer.button())
		c.buttons.say(tongue.T("This was typed a while ago. Choose when it was with Space or a click, then save."))
		return
	}
	for _, n := range c.order {
		if c.unusual[n] != "" && c.asked[n] != d.Fields[n] {
			c.asked[n] = d.Fields[n]
			c.s.lead(c.fields[n].Input())
			c.buttons.say(tongue.T("Check the marked value. If it is right, save once more."))
			return
		}
	}
	c.s.actions.Save(d)
}
