package patient

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// sectionHead is the head of a section: what it is, how old, its Edit, who else
// holds it, and what happened to the edit.
type sectionHead struct {
	s       *Screen
	section chart.Section
	title   *widgets.Label
	edit    *widgets.Button
	lock    *widgets.LockBanner
	strip   *widgets.Strip
	box     *fyne.Container
}

func newSectionHead(s *Screen, section chart.Section) *sectionHead {
	h := &sectionHead{s: s, section: section, title: widgets.Runs(15).Wrapped()}
	key := map[chart.Section]string{chart.Observations: "O", chart.Notes: "N"}[section]
	h.edit = widgets.NewButton(widgets.Secondary, tongue.T("Edit"), key,
		func() { s.startEdit(section) }).Compact().Since(s.since).Named("patient.edit." + string(section))
	h.lock = widgets.NewLockBanner(string(section))
	if section == chart.Observations {
		h.lock.Beside(s.beside)
	}
	h.lock.OnTell = func() {
		if s.actions.Tell != nil {
			s.actions.Tell(s.opened, section)
		}
	}
	h.lock.OnTake = func() {
		if s.actions.TakeOver != nil {
			s.actions.TakeOver(s.opened, section)
		}
	}
	h.strip = widgets.NewStrip("patient.message." + string(section))
	h.box = widgets.Col(8, widgets.Row(8, widgets.Grow(h.title), h.edit), h.lock, h.strip)
	return h
}

func (h *sectionHead) set(v View, e Edit, title, note string) {
	state := v.Page.Sections[h.section]
	held := state.Holder != nil && !state.Mine && !e.Phase.typing() && e.Phase != Saving
	if e.Phase.form() {
		note = "" // how old the section is would read as the age of what was typed
	}
	if e.Phase == Lost {
		note = tongue.T("yours, not saved")
	}
	if e.Phase.typing() && len(state.Waiting) > 0 {
		note = tongue.T("you hold this section") + " · " + waits(state.Waiting)
	}
	h.title.SetRuns(widgets.Run{Text: title, Style: theme.Bold},
		widgets.Run{Text: "  " + note, Size: 12.5, Role: theme.Muted})
	h.edit.Set(tongue.Tf("Edit %s", h.section.Lower()))
	h.edit.Hidden = !v.MayEdit || held || !(e.Phase == Reading || e.Phase == Taking || e.Phase == Saved)
	h.edit.SetEnabled(e.Phase != Taking)
	h.lock.Hidden = !held
	if held {
		h.lock.Set(*state.Holder, v.Told[h.section], v.MayTakeOver, waits(state.Waiting))
	}
	tone := map[Phase]widgets.Tone{Saved: widgets.Fine, Lost: widgets.Alarm, Conflict: widgets.Warn,
		Failed: widgets.Warn}[e.Phase]
	what := e.What
	if what == "" {
		what = map[Phase]string{Lost: tongue.T("You no longer hold this section."),
			Conflict: tongue.T("This section changed while you were typing."),
			Failed:   tongue.T("This was not saved.")}[e.Phase]
	}
	next := e.Next
	before := e.Phase == Saved && v.Now.Before(e.Now) // it was read before that was saved
	if d, own := v.Page.Draft(h.section); own && !before && what == "" && !e.Phase.form() && e.Phase != Taking {
		tone, what = widgets.Warn, tongue.Tf("Your own text of %s is here, not saved.", tongue.Moment(d.Typed, v.Now))
		next = tongue.T("Edit to go on with it, or to discard it.")
		if held && h.section == chart.Observations {
			next = tongue.T("Add your set beside, or wait until the section is free.")
		}
	}
	h.strip.Set(tone, what, next)
}

// waits says who stands in line: "Diaz, M waits", "Diaz, M and 2 more wait".
func waits(line []chart.Holder) string {
	switch len(line) {
	case 0:
		return ""
	case 1:
		return tongue.Tf("%s waits", line[0].Name)
	}
	return tongue.Tf("%s and %d more wait", line[0].Name, len(line)-1)
}

// formButtons are the buttons of an edit. The one that commits names the patient.
type formButtons struct {
	save, discard, again *widgets.Button
	compare, copy        *widgets.Button
	note                 *widgets.Label
	line, box            *fyne.Container // the buttons, and the note above them
	grown                func()
	phase                Phase // that they were set for last
	came                 time.Time
}

// buttonGap is between the buttons of an edit, and between their lines.
const buttonGap = 8

// tries are what the buttons of an edit do.
// grown is told when they take more room or less.
type tries struct{ save, discard, again, compare, copy, grown func() }

func newFormButtons(name string, do tries) *formButtons {
	b := &formButtons{grown: do.grown, note: widgets.Text("", 13, theme.SemiBold, theme.Alarm).Wrapped()}
	b.save = widgets.NewButton(widgets.Primary, tongue.T("Save"), tongue.T("Ctrl ↵"), do.save).Named(name + ".save").
		Came(func() time.Time { return b.came })
	b.again = widgets.NewButton(widgets.Primary, tongue.T("Edit again"), "", do.again).Named(name + ".again")
	b.discard = widgets.NewButton(widgets.Secondary, tongue.T("Discard"), "", do.discard).Named(name + ".discard")
	b.compare = widgets.NewButton(widgets.Secondary, tongue.T("Compare with the record"), "",
		do.compare).Named(name + ".compare")
	b.copy = widgets.NewButton(widgets.Secondary, tongue.T("Copy my text"), "", do.copy).Named(name + ".copy")
	spots.Mark(name+".note", b.note)
	b.line = widgets.Flow(buttonGap, buttonGap, b.save, b.again, b.compare, b.copy, b.discard)
	b.box = widgets.Col(6, b.note, b.line)
	return b
}

// say says why nothing was saved. It stands until something is typed or the edit is at another phase: a
// page that comes meanwhile, such as with every picture of the ward, takes no word of it.
func (b *formButtons) say(s string) {
	b.note.Set(s)
	b.note.Hidden = s == ""
	b.grown()
}

// unsay takes that away: what it was about has changed.
func (b *formButtons) unsay() {
	if !b.note.Hidden {
		b.say("")
	}
}

// set shows the buttons of a phase. held says that another holds the section now, adds
// that a new set is entered: whoever lost the section saves it beside what is there; changes that what is
// typed is to replace a signed entry, also one that turned out to be saved only after the form was opened.
func (b *formButtons) set(e Edit, p patient.Patient, held, adds, changes bool) {
	if b.box.Hidden && e.Phase.form() {
		b.came = widgets.Hand().Time() // what it would save came with it
	}
	b.box.Hidden = !e.Phase.form()
	if e.Phase != b.phase {
		b.note.Set("")
		b.note.Hidden = true
	}
	b.phase = e.Phase
	text := tongue.Tf("Save for %s", p.Name())
	if changes {
		text = tongue.Tf("Save the change for %s", p.Name())
	}
	if e.Phase == Saving {
		text = tongue.Tf("Saving for %s…", p.Name())
	}
	lost := e.Phase == Lost
	if lost && adds {
		text = tongue.Tf("Save mine beside, for %s", p.Name())
	}
	b.save.Set(text)
	b.save.SetEnabled(e.Phase.typing() || lost && adds)
	b.save.Hidden = lost && !adds || e.Phase == Conflict
	b.again.Hidden = !lost && e.Phase != Conflict || lost && held && !adds // to be asked for first
	b.compare.Hidden = !lost || adds
	b.copy.Hidden = !lost
	b.again.Kind = widgets.Primary
	if lost && adds {
		b.again.Kind = widgets.Secondary
	}
	b.again.Set(tongue.T("Edit again, keeping my text"))
	if e.Phase == Conflict {
		b.again.Set(tongue.T("Compare and decide"))
	}
	b.discard.Set(tongue.T("Discard"))
	b.discard.SetEnabled(e.Phase != Saving)
}
