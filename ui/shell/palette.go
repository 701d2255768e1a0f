package shell

import (
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// commands are what can be done from where the nurse is, each with its key.
func (s *Shell) commands() []Choice {
	var out []Choice
	add := func(text, key string, do func()) *Choice {
		if key != "" {
			text += "   " + key
		}
		out = append(out, Choice{Text: text, Do: do})
		return &out[len(out)-1]
	}
	if s.place == Patient {
		p := s.screens.Patient
		add(tongue.T("New observations"), "O", func() { p.StartEdit("observations") })
		add(tongue.T("New note"), "N", func() { p.StartEdit("notes") })
		if _, _, open := p.Saves(); open {
			add(tongue.T("Save"), tongue.T("Ctrl ↵"), p.Save)
		}
		for i, name := range patient.TabNames() {
			add(tongue.Tf("Chart: %s", name), string(rune('1'+i)), func() { p.ShowTab(patient.Tab(i)) })
		}
		add(tongue.T("Back to the board"), "Esc", p.Back)
	}
	for _, r := range s.screens.Board.Rows() {
		if r.Patient != "" && !r.Initials {
			// What is cut where a name is long is the given name, no identifier.
			open := tongue.Tf("Open bed %s", r.Bed)
			if r.Bed == "" {
				open = tongue.T("Open a patient without a bed")
			}
			add(open+" · "+tongue.Tf("MRN %s", r.MRN)+" · "+named(r), "", func() { s.screens.Board.Open(r.Patient) }).Is =
				r.InBed
		}
	}
	if s.place == Board {
		b := s.screens.Board
		add(tongue.T("Search"), "/", b.FocusSearch)
		add(tongue.T("Take the selected patient, or give back"), "M", b.ToggleMine)
		if b.MayAssign() {
			add(tongue.T("Give the selected patient to a nurse"), "N", b.AskAssign)
		}
		add(tongue.T("Tiles"), "", func() { b.SetList(false) })
		add(tongue.T("List"), "", func() { b.SetList(true) })
		add(tongue.T("Initials in place of names"), tongue.T("Ctrl I"), s.initials)
	}
	if s.actions.Drafts != nil {
		add(tongue.T("My drafts"), tongue.T("Ctrl D"), s.drafts)
	}
	add(tongue.T("Alerts"), "F3", func() { s.screens.Alerts.FocusFirst() })
	add(tongue.T("Another ward"), "", func() { run(s.actions.Ward) })
	if s.actions.Station != nil {
		add(tongue.T("This station: links, sound, notifications, version"), "", s.actions.Station)
	}
	add(tongue.T("Keys"), "F1", s.ShowKeys)
	add(tongue.T("Lock this station"), tongue.T("Ctrl L"), s.lock)
	add(tongue.T("Sign out"), "", func() { run(s.actions.User) })
	return out
}

// ShowCommands asks what to do: one types a part of it, or of a patient's name.
func (s *Shell) ShowCommands() {
	if s.place != SignIn && !s.Covered() {
		s.Ask(Dialog{Title: tongue.T("What do you want to do?"), Filter: tongue.T("Type a part of it, or of a name"),
			Choices: s.commands(), Unmatched: s.unmatched, Nobody: s.nobody,
			Cancel: tongue.T("Cancel")})
	}
}

// nobody says that a text is the name of an empty bed: it may be a part of a patient's number, who is not meant. "" is
// any other text.
func (s *Shell) nobody(text string) string {
	for _, r := range s.screens.Board.Rows() {
		if r.Patient == "" && r.IsBed(text) {
			return tongue.Tf("Bed %s is empty.", r.Bed)
		}
	}
	return ""
}

// unmatched says that neither a patient nor a command has a text in it, and where it was looked for.
func (s *Shell) unmatched(text string) string {
	b := s.screens.Board
	switch {
	case b.Initials():
		return tongue.Tf("No command matches “%s”. Patients are not searched while names are hidden: press Ctrl I.", text)
	case b.Loading():
		return tongue.Tf("No command matches “%s”. The patients of the ward have not been read yet: try again.", text)
	}
	return tongue.Tf("Nobody here matches “%s”: no bed, name or MRN of this ward, and no command.", text) + " " +
		tongue.T("Check the spelling, or look on another ward.")
}

// named is how the list names a bed's patient.
func named(r board.Row) string {
	if r.Given == "" {
		return r.Surname
	}
	return r.Surname + ", " + r.Given
}
