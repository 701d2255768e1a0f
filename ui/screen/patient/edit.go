package patient

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Phase is where an edit of one section stands.
type Phase int

// The phases of an edit.
const (
	Reading  Phase = iota // nobody here edits; the fields are not shown
	Taking                // the lease is being asked for
	Editing               // this nurse holds the section
	Saving                // a save is under way: nothing can be typed
	Saved                 // the record took it
	Lost                  // the lease is gone; the text stands, read only
	Conflict              // the section changed meanwhile; now and mine are shown
	Failed                // the save did not reach the record; still held
)

// Edit is the state of one section's edit, as the screen shows it.
type Edit struct {
	Patient string
	Section chart.Section
	Phase   Phase
	// Draft is put into the fields when an edit begins, and after a loss or a
	// conflict if nothing stands there. While a nurse types it is not looked at.
	Draft chart.Draft
	Now   time.Time
	// What and Next say what happened, and what to do.
	What, Next string
	// Amends turns what is being typed into a change of this entry: an earlier text of it
	// is saved already. "" changes nothing.
	Amends string
	// Sides are, in a conflict, what stands against each other; nil if that is as
	// it was shown before.
	Sides *Sides
}

// showConflict turns to the two sides of a section, in place of the chart's tabs:
// they need its whole width.
func (s *Screen) showConflict(section chart.Section) {
	c := s.conflicts[section]
	if !c.open() {
		return
	}
	s.deciding = section
	for i := range s.tabs {
		s.lines[i].set(false)
	}
	s.body.Objects = []fyne.CanvasObject{c.panel}
	s.scroll.ToTop()
	s.content.Refresh()
	if !s.waitsElsewhere(section) {
		c.focus()
	}
}

// typing reports whether the fields of a phase take text.
func (p Phase) typing() bool { return p == Editing || p == Failed }

// form reports whether a phase shows the fields.
func (p Phase) form() bool { return p != Reading && p != Taking && p != Saved }

// SetEdit shows the state of an edit. One of another patient is refused.
func (s *Screen) SetEdit(e Edit) bool {
	if s.opened == "" || e.Patient != s.opened {
		return false
	}
	c := s.conflicts[e.Section]
	was := c.open()
	// What becomes of another section is nothing to the form that is waited for.
	waited := s.ahead.section == e.Section
	hidden := e.Phase.typing() && s.deciding != "" && s.deciding != e.Section // behind what is to be decided
	if waited && (!e.Phase.typing() || hidden) && e.Phase != Taking && s.ahead.drop() {
		lost := tongue.T("What you typed meanwhile was not taken.")
		if e.What == "" {
			e.What, lost = lost, ""
		}
		e.Next = strings.TrimSpace(e.Next + " " + lost)
	}
	if e.Phase == Editing && !s.Phase(e.Section).form() && !(s.tab == Notes && e.Section == chart.Notes) &&
		!s.sideFirst {
		s.sideFirst = true // the form is what is worked on
		if e.Section == chart.Observations {
			s.scroll.ToTop()
		}
	}
	c.setEdit(e)
	if e.Phase == Saving && c.open() {
		e.Phase = Conflict // which is what the section itself shows meanwhile
	}
	if e.Section == chart.Notes {
		s.notes.setEdit(e)
	} else {
		s.obs.setEdit(e)
	}
	switch {
	case e.Sides != nil:
		s.showConflict(e.Section)
	case was && !c.open():
		s.ShowTab(s.tab)
	}
	s.content.Refresh()
	switch {
	case !waited || e.Phase == Taking:
	case e.Phase.typing() && !hidden:
		s.ahead.end()
		s.ahead.play(widgets.CanvasOf(s.ahead))
	default:
		s.ahead.end()
		s.Focus()
	}
	return true
}

// Phase is where the edit of a section stands.
func (s *Screen) Phase(section chart.Section) Phase {
	if section == chart.Notes {
		return s.notes.edit.Phase
	}
	return s.obs.edit.Phase
}

// Draft is what stands in the fields of a section, as raw text.
func (s *Screen) Draft(section chart.Section) (d chart.Draft) {
	d = chart.Draft{Patient: s.opened, Section: section, Version: s.version(section), Fields: map[string]string{}}
	defer func() {
		if c := s.conflicts[section]; c.open() {
			d.Version = c.sides.Version
			c.draft(d.Fields)
		}
	}()
	if section == chart.Notes {
		d.Version = keepVersion(s.notes.edit, d.Version)
		d.Fields[NoteField], d.Typed = s.notes.field.Text(), s.notes.typed
		if at := s.notes.offer.pick; !at.IsZero() {
			d.Fields[WrittenField] = at.UTC().Format(time.RFC3339)
		}
		if s.notes.amends != "" {
			d.Fields[AmendsField] = s.notes.amends
		}
		return d
	}
	d.Version = keepVersion(s.obs.edit, d.Version)
	for name, f := range s.obs.fields {
		d.Fields[name] = f.Raw()
	}
	d.Fields[obsform.Taken] = s.obs.taken()
	d.Typed = s.obs.typed
	if s.obs.amends != "" {
		d.Fields[AmendsField] = s.obs.amends
	}
	return d
}

// keepVersion is the version the edit started from, not the one shown since: a
// page that comes while a nurse types must not make the save look up to date.
func keepVersion(e Edit, shown int64) int64 {
	if e.Phase.form() {
		return e.Draft.Version
	}
	return shown
}

func (s *Screen) version(section chart.Section) int64 {
	return s.view.Page.Sections[section].Version
}

// NoteField is the one text of a draft in the notes. AmendsField is the ID of the
// signed entry that a draft is to replace; a draft without one is a new entry.
// WrittenField is when a note was written, as RFC 3339: what its writer chose.
const (
	NoteField    = "note"
	AmendsField  = "amends"
	WrittenField = "written"
)

// canAmend reports whether a section's entries can be changed now.
func (s *Screen) canAmend(section chart.Section) bool {
	st := s.view.Page.Sections[section]
	phase := s.Phase(section)
	return s.shown && s.view.MayEdit && s.actions.Amend != nil && (phase == Reading || phase == Saved) &&
		(st.Holder == nil || st.Mine)
}

func (s *Screen) amend(section chart.Section, fields map[string]string) {
	if s.canAmend(section) {
		s.ahead.wait(section)
		s.actions.Amend(s.opened, section, fields)
	}
}

func (s *Screen) changed(section chart.Section) {
	if section == chart.Notes {
		s.notes.buttons.unsay()
	} else {
		s.obs.buttons.unsay()
	}
	if s.actions.Changed != nil && s.opened != "" {
		s.actions.Changed(s.Draft(section))
	}
}

// StartEdit asks to edit a section, if it is offered to this nurse now. Where
// another holds it the keyboard goes to what she can do about that.
func (s *Screen) StartEdit(section chart.Section) {
	head := s.headOf(section)
	switch {
	case !s.shown:
	case !head.lock.Hidden:
		widgets.Hand().Missed() // a value that is typed on is for the form that did not open
		head.lock.Focus()
	case !head.edit.Hidden && !head.edit.Disabled():
		s.startEdit(section)
	}
}

// Edits is the button that edits a section.
func (s *Screen) Edits(section chart.Section) press.Thing { return s.headOf(section).edit }

func (s *Screen) headOf(section chart.Section) *sectionHead {
	if section == chart.Notes {
		return s.notes.head
	}
	return s.obs.head
}

// lead puts the keyboard on something in the chart that may just have been shown.
func (s *Screen) lead(to fyne.Focusable) {
	s.content.Refresh() // it has its place
	widgets.Focus(to)
}

// beside goes on with a set of one's own, beside whoever holds the section.
func (s *Screen) beside() {
	if s.actions.Beside != nil && s.shown {
		s.ahead.wait(chart.Observations)
		s.actions.Beside(s.opened)
	}
}

// Template puts the words of a structured note into the note being written.
func (s *Screen) Template() { s.notes.Template() }

func (s *Screen) startEdit(section chart.Section) {
	if s.actions.Edit != nil && s.shown {
		s.ahead.wait(section)
		s.actions.Edit(s.opened, section)
	}
}

func heldByAnother(v View, section chart.Section) bool {
	st := v.Page.Sections[section]
	return st.Holder != nil && !st.Mine
}

func (s *Screen) tries(section chart.Section, save func()) tries {
	return tries{save: save, grown: func() { s.content.Refresh(); s.scroll.Uncover() },
		discard: func() { s.discard(section) },
		again:   func() { s.again(section) },
		compare: func() {
			if s.actions.Compare != nil && s.opened != "" {
				s.actions.Compare(s.opened, section)
			}
		},
		copy: func() {
			if s.actions.Copy != nil {
				s.actions.Copy(plain(s.Draft(section)))
			}
		}}
}

// plain is a draft as text that can be pasted elsewhere.
func plain(d chart.Draft) string {
	if d.Section == chart.Notes {
		return d.Fields[NoteField]
	}
	var lines []string
	for _, name := range obsform.Fields {
		if raw := d.Fields[name]; raw != "" {
			lines = append(lines, obsform.Names()[name]+" "+Said(name, raw))
		}
	}
	return strings.Join(lines, "\n")
}

// again goes on after a loss, or with what is to be decided.
func (s *Screen) again(section chart.Section) {
	if s.conflicts[section].open() {
		s.showConflict(section)
		return
	}
	if section == chart.Observations && heldByAnother(s.view, section) && s.obs.adds() {
		s.beside()
		return
	}
	s.startEdit(section)
}

func (s *Screen) discard(section chart.Section) {
	if s.actions.Discard != nil && s.opened != "" {
		s.actions.Discard(s.opened, section)
	}
}

// Save saves what is being edited: the section whose fields have the focus, or
// the only one open. It does nothing while nothing is edited.
func (s *Screen) Save() {
	switch {
	case s.deciding != "":
		s.conflicts[s.deciding].commit()
	case s.notes.edit.Phase.typing() && (s.notes.focused() || !s.obs.maySave()):
		s.notes.save()
	case s.obs.maySave():
		s.obs.save()
	}
}
