package shell

import "slices"

// pack readies a dialog that is taken off the screen to be asked again, and reports whether it waits for
// that: one that stays does, and one into which something was typed, for no word of it may be lost. It
// takes along what stands in its fields, in memory alone, as any question that waits: another person who
// signs in never sees it, and once they do, or the one it asks signs out, it is gone.
//
// One that cannot tell whom it asks, such as that of an emergency at the door, keeps nothing:
// it would be put to whoever comes next.
func (g *dialog) pack() bool {
	d := &g.spec
	if d.Stands != nil && g.isTyped() {
		d.Stays = true
	}
	if !d.Stays {
		return false
	}
	if g.reason != nil {
		d.typed = g.reason.Text()
	}
	d.Fields = slices.Clone(d.Fields) // whoever asked holds the same list
	for n, f := range g.fields {
		d.Fields[n].Text = f.Text()
	}
	return true
}

// isTyped reports whether somebody typed into the dialog.
func (g *dialog) isTyped() bool {
	if g.reason != nil && g.reason.Text() != "" {
		return true
	}
	for n, f := range g.fields {
		if f.Text() != g.spec.Fields[n].Text {
			return true
		}
	}
	return false
}
