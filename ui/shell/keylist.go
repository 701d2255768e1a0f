package shell

import (
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Key is one line of the list of keys.
type Key struct{ Keys, Does string }

// Keys is the list that F1 shows.
func Keys() []Key {
	return []Key{
		{tongue.T("Ctrl L"), tongue.T("Lock this station")},
		{"F1", tongue.T("This list")},
		{tongue.T("Ctrl K"), tongue.T("Any command, or any patient, by a part of its name")},
		{tongue.T("Ctrl D"), tongue.T("My drafts: what you typed and did not save")},
		{"F2", tongue.T("Board")},
		{"F3", tongue.T("Alerts: the first card")},
		{"A   R   F", tongue.T("On a card: accept, reject, forward")},
		{"G", tongue.T("On a card: accept all open alerts of its patient")},
		{"W", tongue.T("On a card that you cannot accept: say that you are on your way")},
		{"N", tongue.T("On a card: say that you are not coming after all")},
		{"E   B", tongue.T("On a card of yours: end, give back")},
		{"/   " + tongue.T("Ctrl F"), tongue.T("Search the board")},
		{"← → ↑ ↓", tongue.T("Move between beds")},
		{"M", tongue.T("On a bed: take the patient for the shift, or give back")},
		{"N", tongue.T("On a bed: give the patient to a nurse")},
		{tongue.T("Ctrl I"), tongue.T("Initials in place of names, for a screen that the public sees")},
		{"↵", tongue.T("Open the chart, press the button")},
		{"1 … 5", tongue.T("In a chart: its tabs")},
		{"O   N", tongue.T("In a chart: new observations, new note")},
		{tongue.T("Ctrl B"), tongue.T("In a note: the words of SBAR")},
		{tongue.T("Ctrl ↵"), tongue.T("Save what is being edited")},
		{"Esc", tongue.T("Back, or close")},
		{"Tab", tongue.T("Next field or button")},
	}
}

// ShowKeys shows the list of keys.
func (s *Shell) ShowKeys() {
	rows := make([]widgets.Pair, 0, len(Keys()))
	for _, k := range Keys() {
		rows = append(rows, widgets.Pair{Left: k.Keys, Right: k.Does})
	}
	s.Ask(Dialog{Title: tongue.T("Keys"), Pairs: rows, Confirm: tongue.T("Close")})
}
