package patient

import (
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
)

// now is the time by the screen's clock.
func (c *notesCard) now() time.Time {
	if c.s.Clock != nil {
		return c.s.Clock()
	}
	if !c.edit.Now.IsZero() {
		return c.edit.Now
	}
	return c.view.Now
}

// write takes a change of the text by hand.
func (c *notesCard) write() {
	switch {
	case c.field.Text() == "":
		c.typed = time.Time{}
		c.offer.reset()
	case c.typed.IsZero():
		c.typed = c.now()
	}
	c.offerTime()
	c.s.changed(chart.Notes)
}

// offerTime asks when a note was written that was typed a while ago. A change of a signed note
// leaves its time as it is.
func (c *notesCard) offerTime() {
	was := c.offer.box.Hidden
	c.offer.set(c.typed, c.now(), c.edit.Phase.typing() && c.amends == "")
	if was != c.offer.box.Hidden && c.s.content != nil {
		c.s.content.Refresh()
	}
}

func (c *notesCard) pickTime(time.Time) {
	c.s.changed(chart.Notes)
	c.toSave()
}

// toSave puts the keyboard on Save; pressing it is the nurse's.
func (c *notesCard) toSave() { c.s.lead(c.buttons.save) }

func (c *notesCard) save() {
	if !c.edit.Phase.typing() || c.s.actions.Save == nil {
		return
	}
	d := c.s.Draft(chart.Notes)
	// A line of the template that nobody filled in is no part of the note.
	var lines []string
	for _, l := range strings.Split(d.Fields[NoteField], "\n") {
		if !slices.Contains(sbar(), strings.TrimSpace(l)+" ") {
			lines = append(lines, l)
		}
	}
	d.Fields[NoteField] = strings.TrimSpace(strings.Join(lines, "\n"))
	if d.Fields[NoteField] == "" {
		c.buttons.say(tongue.T("Nothing is written yet."))
		return
	}
	if c.offer.unanswered() {
		c.s.lead(c.offer.button())
		c.buttons.say(tongue.T("This was typed a while ago. Choose when it was with Space or a click, then save."))
		return
	}
	c.s.actions.Save(d)
}
