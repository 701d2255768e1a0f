package shell

import (
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// commands are what can be done from where the nurse is, each with its key.
func (s *Shell) commands() []Choice {
	var out []Choice
	add := func(text, key string, do func()) {
		if key != "" {
			text += "   " + key
		}
		out = append(out, Choice{Text: text, Do: do})
	}
	if s.place == Patient {
		p := s.screens.Patient
		add("New observations", "O", func() { p.StartEdit("observations") })
		add("New note", "N", func() { p.StartEdit("notes") })
		add("Save", "Ctrl ↵", p.Save)
		for i, name := range patient.TabNames() {
			add("Chart: "+name, string(rune('1'+i)), func() { p.ShowTab(patient.Tab(i)) })
		}
		add("Back to the board", "Esc", p.Back)
	}
	for _, r := range s.screens.Board.Rows() {
		if r.Patient != "" && !r.Initials {
			add("Open "+r.Surname+", "+r.Given+" · MRN "+r.MRN+" · bed "+r.Bed, "", func() { s.screens.Board.Open(r.Patient) })
		}
	}
	if s.place == Board {
		b := s.screens.Board
		add("Search", "/", b.FocusSearch)
		add("Take the selected patient, or give back", "M", b.ToggleMine)
		add("Tiles", "", func() { b.SetList(false) })
		add("List", "", func() { b.SetList(true) })
		add("Initials in place of names", "Ctrl I", s.initials)
	}
	add("Alerts", "F3", func() { s.screens.Alerts.FocusFirst() })
	add("Another ward", "", func() { run(s.actions.Ward) })
	if s.actions.Station != nil {
		add("This station: links, sound, notifications, version", "", s.actions.Station)
	}
	add("Keys", "F1", s.ShowKeys)
	add("Lock this station", "Ctrl L", s.lock)
	add("Sign out", "", func() { run(s.actions.User) })
	return out
}

// ShowCommands asks what to do: one types a part of it, or of a patient's name.
func (s *Shell) ShowCommands() {
	if s.place != SignIn && !s.Covered() {
		s.Ask(Dialog{Title: "What do you want to do?", Filter: "Type a part of it, or of a name", Choices: s.commands(), Cancel: "Cancel"})
	}
}
