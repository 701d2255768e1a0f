package shell

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Ask opens a dialog. One at a time: a newer one that the nurse asks for replaces, and
// cancels, the older. One that comes by itself waits until she has answered, and until the
// screens are uncovered: it may name a patient. One that stays waits until it stands, too, and
// until somebody is signed in.
func (s *Shell) Ask(d Dialog) {
	aside := widgets.Hand().IsAside()
	if s.dialog != nil && aside || s.Covered() || s.staysBack(d) {
		s.waiting = append(s.waiting, d)
		return
	}
	s.replace(d, aside)
}

// staysBack reports whether a dialog that stays goes on waiting.
func (s *Shell) staysBack(d Dialog) bool { return d.Stays && (s.place == SignIn || !d.stands()) }

// reworded is a dialog as it is opened after a wait, with what was typed into it.
func (d Dialog) reworded() Dialog {
	if d.Anew != nil {
		n := d.Anew(widgets.Hand().Time())
		d.Title, d.Whom, d.Text, d.Pairs, d.Confirm = n.Title, n.Whom, n.Text, n.Pairs, n.Confirm
	}
	return d
}

// stands reports whether it may be opened now.
func (d Dialog) stands() bool { return d.Stands == nil || d.Stands() }

// replace opens a dialog in place of the one that is open, if any; aside says that it came by itself.
func (s *Shell) replace(d Dialog, aside bool) {
	old := s.dialog
	g := &dialog{shell: s, spec: d, opened: widgets.Hand().Time(), aside: aside}
	if old != nil {
		if old.close(); old.pack() {
			s.waiting, old = append([]Dialog{old.spec}, s.waiting...), nil
		}
	}
	if aside {
		g.rests = widgets.Hand().Wrote().Add(press.Rest)
	}
	s.dialog = g
	g.build()
	g.heed()
	s.canvas.Overlays().Add(g.overlay)
	g.overlay.Resize(s.canvas.Size())
	if aside {
		widgets.Hand().Unasked(g.focus)
	} else {
		g.focus()
	}
	if old != nil {
		run(old.spec.OnCancel)
	}
}

// Modal reports whether a dialog is open.
func (s *Shell) Modal() bool { return s.dialog != nil }

// CloseDialog closes a dialog as if it had been cancelled. Those that wait go on waiting.
func (s *Shell) CloseDialog() {
	if g := s.dialog; g != nil && g.close() {
		run(g.spec.OnCancel)
	}
}

// leave closes the dialog of a screen that is left or covered: one that stays waits, with what
// was typed into it.
func (s *Shell) leave() {
	if g := s.dialog; g != nil && g.pack() && g.close() {
		s.waiting = append([]Dialog{g.spec}, s.waiting...)
		return
	}
	s.CloseDialog()
}

// Drop forgets all that waits: the person is gone.
func (s *Shell) Drop() { s.drop(func(Dialog) bool { return true }) }

// dropWaiting forgets the dialogs that wait, but those that stay: the person they ask is not
// there any more, or has locked the station.
func (s *Shell) dropWaiting() { s.drop(func(d Dialog) bool { return !d.Stays }) }

// drop cancels those that wait of which a condition holds.
func (s *Shell) drop(is func(Dialog) bool) {
	waiting := s.waiting
	s.waiting = nil
	for _, d := range waiting {
		if is(d) {
			run(d.OnCancel)
		} else {
			s.waiting = append(s.waiting, d)
		}
	}
}

// AskNext opens the dialog that has waited longest and stands still, if it can be read now and no other
// is open: what it waited for may have come. The nurse has not asked for it: it came by itself.
func (s *Shell) AskNext() {
	for n := 0; n < len(s.waiting) && s.dialog == nil && !s.Covered(); {
		d := s.waiting[n]
		if s.staysBack(d) {
			n++
			continue
		}
		s.waiting = slices.Delete(s.waiting, n, n+1)
		if d.stands() {
			s.replace(d.reworded(), true)
			s.dialog.rests = s.dialog.opened.Add(press.Rest) // nobody pressed anything for it
			return
		}
		run(d.Unasked)
		run(d.OnCancel)
	}
}

// answer confirms, if what is asked for stands there.
func (g *dialog) answer() {
	reason := ""
	if g.reason != nil {
		if reason = strings.TrimSpace(g.reason.Text()); reason == "" {
			return
		}
	}
	if g.spec.OnFields != nil {
		in := map[string]string{}
		for i, f := range g.fields {
			in[g.spec.Fields[i].Name] = strings.TrimSpace(f.Text())
		}
		if wrong := g.spec.OnFields(in); wrong != "" {
			g.wrong.Set(wrong)
			g.wrong.Hidden = false
			g.overlay.Refresh()
			return
		}
	}
	if !g.close() {
		return
	}
	if g.spec.OnConfirm != nil {
		g.spec.OnConfirm(reason)
	}
	g.shell.AskNext()
}

// dismiss cancels.
func (g *dialog) dismiss() {
	if g.close() {
		run(g.spec.OnCancel)
		g.shell.AskNext()
	}
}

// close takes the dialog away; false if it already was: a dialog answers once.
func (g *dialog) close() bool {
	if g.shell.dialog != g {
		return false
	}
	g.shell.dialog = nil
	g.shell.canvas.Overlays().Remove(g.overlay)
	g.shell.screens.Patient.Resume()
	return true
}
