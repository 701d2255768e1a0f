package patient

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Saves is the button that the key for Save stands for, and what it does: of the section in which the
// keyboard stands, or of the only one with a form. do is nil where that cannot be saved now, or nobody
// can know which one is meant; open tells whether there is anything that could be meant. What is being saved
// is no more to be saved: the key of just now is at work, and another press is answered by what comes of it.
func (s *Screen) Saves() (button *widgets.Button, do func(), open bool) {
	section, open := s.saving()
	switch {
	case section == "":
		return nil, nil, open
	case s.deciding != "":
		c := s.conflicts[section]
		button, do = c.saves()
	case section == chart.Notes:
		button, do = s.notes.buttons.saves(s.notes.edit.Phase.typing(), s.notes.save)
	default:
		button, do = s.obs.buttons.saves(s.obs.maySave(), s.obs.save)
	}
	return button, do, do != nil || !s.isSaving(section)
}

// saves is the Save of a form and what it does, as far as it may be saved.
func (b *formButtons) saves(may bool, do func()) (*widgets.Button, func()) {
	if may {
		return b.save, do
	}
	return nil, nil
}

// saves is the Save of two sides of a conflict and what it does, while they are to be decided.
func (c *conflictCard) saves() (*widgets.Button, func()) {
	if c.edit.Phase == Saving {
		return nil, nil
	}
	return c.save, c.commit
}

// isSaving reports whether a section is on its way to the record.
func (s *Screen) isSaving(section chart.Section) bool {
	if s.deciding != "" {
		return s.conflicts[section].edit.Phase == Saving
	}
	return s.Phase(section) == Saving
}

// saving is the section that Save is about, "" for none; open tells whether any has a form.
func (s *Screen) saving() (section chart.Section, open bool) {
	if s.deciding != "" {
		return s.deciding, true
	}
	forms := map[chart.Section]bool{chart.Notes: s.notes.edit.Phase.form(), chart.Observations: s.obs.edit.Phase.form()}
	at, _ := widgets.Focused(s.content).(fyne.CanvasObject)
	panels := map[chart.Section]fyne.CanvasObject{chart.Notes: s.notes.panel, chart.Observations: s.obs.panel}
	for section, panel := range panels {
		if forms[section] && at != nil && widgets.Shows(panel, at) {
			return section, true
		}
	}
	switch {
	case forms[chart.Notes] && forms[chart.Observations]:
		return "", true
	case forms[chart.Notes]:
		return chart.Notes, true
	case forms[chart.Observations]:
		return chart.Observations, true
	}
	return "", false
}

// Save saves what the key for Save is about, if anything.
func (s *Screen) Save() {
	if _, do, _ := s.Saves(); do != nil {
		do()
	}
}
