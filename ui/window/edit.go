package window

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
)

// editor is what is being written here; guarded by Window.mu.
type editor struct {
	edits       map[editKey]*edit
	waiting     map[editKey]*inLine        // in line for a section
	reserved    map[editKey]*chart.Editing // waited for, and held until Edit is pressed
	chosenDraft chart.Draft                // in My drafts, until its section is opened
	handing     chan struct{}              // closed once what is being given back is; nil: nothing ever was
	drafts      int                        // of this person, as counted last
	counted     uint64                     // when that was begun to be read, see [Window.began]
}

// newEditor is one in which nothing is written yet.
func newEditor() editor {
	return editor{edits: map[editKey]*edit{}, waiting: map[editKey]*inLine{},
		reserved: map[editKey]*chart.Editing{}}
}

// editKey is a section of a patient's chart.
type editKey struct {
	patient string
	section chart.Section
}

// keyOf is the section of a draft.
func keyOf(d chart.Draft) editKey { return editKey{d.Patient, d.Section} }

// at is how the section stands on the screen, in a phase.
func (k editKey) at(p screen.Phase) screen.Edit {
	return screen.Edit{Patient: k.patient, Section: k.section, Phase: p}
}

// edit is one section being edited in this window. Its fields are guarded by
// Window.mu.
type edit struct {
	*chart.Editing
	by    staff.Session     // who opened it: what becomes of it is said to them alone
	typed map[string]string // latest text
	// text counts the texts; kept is the newest that is written down.
	text, kept int
	done       bool // closed by this window: its end is no loss
	saving     bool // from a press of Save until it came to nothing: see startsSave
	// lapsed means that the lease is gone. What is typed is kept all the same, and a
	// conflict can be decided: its save takes the lease again.
	lapsed bool
	// deciding means that the two sides of a conflict are on the screen.
	deciding bool
	// gone is what the person was told of a patient who left, moved or died: what they
	// write is a late entry.
	gone patient.Gone
	// base is the version that the text started from, whatever it was rebased to.
	base int64
	// began is how the signed entry stands that is changed; nil: a new one is written.
	began map[string]string

	// asked are the sets of other people that this one may stand beside.
	asked map[string]bool

	pressed pressedSave

	away   time.Time // since when its chart is not the one that is open; zero while it is
	last   time.Time // when something was typed last
	warned bool
}

// show shows the person who opened an edit how it stands.
func (w *Window) show(s staff.Session, e screen.Edit) {
	e.Now = time.Now().UTC()
	w.forOnly(s, func() { w.chart.SetEdit(e) })
}

// take is the edit of a draft's section; nil if none is open here.
func (w *Window) take(d chart.Draft) *edit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.editor.edits[keyOf(d)]
}

// isDeciding reports whether the two sides of a conflict are on the screen.
func (w *Window) isDeciding(ed *edit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return ed.deciding
}
